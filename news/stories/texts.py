"""Where a text says its news, for telling whether two texts are of one story: words, names and numbers by their place.

Owns what a word weighs by how early and how often it stands, and what is remembered of a text between decisions.
Must never compare two texts: ``news.stories.pairs`` does.

News comes first and background last, so a word weighs less the later it stands (the inverted pyramid of news writing):
1, 1/1.3, 1/1.6 ... by sentence. What is made of a text is remembered by it, so that an article that was decided on a
moment ago costs nothing when it is a candidate.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from news.memo import WordMemo
from news.stories.profiles import proper_words
from news.words.number_words import number_starters
from news.words.spelled_numbers import read_spelled
from news.words.text import content_terms, tokenize

_REMEMBERED = 512
"""Texts kept, about 40 kB each."""

_MAX_CHARS = 8000
_MAX_SENTENCES = 40
_N_LEAD = 4
_LEAD_CHARS = 700
_N_MAIN = 8
_N_COUNTED = 12
_REACH = 2
_DECAY = 0.3
_LOUD = 3.0
_LATE = 0.4
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_AGE = re.compile(
    # A digit first, whatever must stand before it behind it: the engine skips to digits.
    r"(\d(?:(?:(?<=\bage \d)|(?<=\baged \d)|(?<=\bwas \d)|(?<=\bis \d)|(?<=\b, \d))\d{0,2}(?=[,.;]| years old)"
    r"|(?<!\w\d)\d{0,2}(?=-year-old| years old)))"
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_YEAR = re.compile(r"[12](?<!\w.)(?:(?<=1)9[5-9]|(?<=2)0[0-4])\d\b")
_MONEY = re.compile(
    r"(?:[$€£]|\b(?:usd|eur|euros?|dollars?) ?)(\d{1,9}(?:[.,]\d{1,9}){0,4}) ?(thousand|million|mn|billion|bn|[mk]\b)?"
    r"|\b(\d{1,9}(?:[.,]\d{1,9}){0,4}) (thousand|million|billion) (?:dollars|euros|pounds)"
)
_CURRENCIES = ("$", "€", "£", "usd", "eur", "dollar", "pounds")
"""One of these stands beside every sum of money."""
_IN_WORDS = -1.0
_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9}
_WEEKDAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Told:
    """A text for comparing. Weights grow with how often and how early a word stands; rarity is not in them.

    Attributes:
        words: stem -> weight, of words that are neither names nor numbers.
        names: stem -> weight, of words that stand capitalised and never small.
        numbers: number as written -> weight.
        pairs: two neighbouring stems -> weight.
        squares: the sums of the squared weights of ``words``, ``names``, ``numbers`` and ``pairs``.
        names_sum: the sum of the weights of ``names``.
        terms: all stems. ``lead``: those of the title and the first sentences.
        main: the names that the text is about, with weights, weightiest first.
        counted: stem -> numbers that stand before it in the first sentences, by at most two words: "23 Somali pirates"
            gives 23 for both words. Ones and years count nothing.
        days: weekdays named in the lead. ``ages``, ``money``: figures of these kinds.
        year: the latest year that is named, 0 for none.
    """

    words: Weights
    names: Weights
    numbers: Weights
    pairs: Weights
    squares: tuple[float, float, float, float]
    names_sum: float
    terms: frozenset[str]
    lead: frozenset[str]
    main: tuple[tuple[str, float], ...]
    counted: Mapping[str, frozenset[float]]
    days: frozenset[str]
    ages: frozenset[str]
    money: frozenset[float]
    year: int


@dataclass(frozen=True, slots=True)
class _Counts:
    """What was counted sentence by sentence."""

    stems: dict[str, float]
    pairs: dict[str, float]
    lead: frozenset[str]
    counted: dict[str, frozenset[float]]


@cache
def _stems(language: str) -> WordMemo[str]:
    """Return the stems of content words, empty for stop words, by word."""
    return WordMemo(lambda word: next(iter(content_terms(word, language)), ""))


def _sentences(title: str, text: str) -> list[str]:
    parts = _SENTENCE_END.split(text[:_MAX_CHARS])
    return [part for part in (title, *parts) if part][:_MAX_SENTENCES]


@cache
def _values() -> WordMemo[float]:
    """Return the values of digits, 0 for ones, years and what is no number, -1 for what may begin one in words."""
    starters = number_starters()
    return WordMemo(lambda word: _IN_WORDS if word in starters else _value_of(word))


def _value_of(word: str) -> float:
    if not word[0].isdigit():
        return 0.0
    digits = word.replace(",", "")
    value = float(digits) if _DIGITS.fullmatch(digits) and not _YEAR.fullmatch(word) else 0.0
    return value if value > 1 else 0.0


def _iter_counted(words: Sequence[str], stems: Sequence[str], language: str) -> Iterator[tuple[str, float]]:
    values = list(map(_values().__getitem__, words))
    if not any(values):
        return
    behind = 0
    for place, own in enumerate(values):
        if not own or place < behind:
            continue
        value, behind = _read_words(words, place, language) if own == _IN_WORDS else (own, place + 1)
        if value > 1:
            for stem in stems[behind : behind + _REACH]:
                if stem and not stem[0].isdigit():
                    yield stem, value


def _read_words(words: Sequence[str], place: int, language: str) -> tuple[float, int]:
    """Return the number in words at a place and the place behind it; 0 where it is none, or none in particular."""
    found = read_spelled(words, place, language, lambda _: True)
    if found is None or found.is_ordinal or found.is_open:
        return 0.0, place + 1
    return found.value, found.after


def _count(title: str, text: str, language: str) -> _Counts:
    counts: dict[str, float] = {}
    pairs: dict[str, float] = {}
    lead: set[str] = set()
    counted: dict[str, frozenset[float]] = {}
    stem_of = _stems(language).__getitem__
    for place, sentence in enumerate(_sentences(title, text)):
        words = tokenize(sentence)
        every = list(map(stem_of, words))
        if place < _N_COUNTED:
            for stem, value in _iter_counted(words, every, language):
                counted[stem] = counted.get(stem, frozenset()) | {value}
        stems = list(filter(None, every))
        weight = 1 / (1 + _DECAY * place)
        for stem in stems:
            counts[stem] = counts.get(stem, 0.0) + weight
        for one, other in pairwise(stems):
            pair = f"{one} {other}"
            pairs[pair] = pairs.get(pair, 0.0) + weight
        if place < _N_LEAD:
            lead.update(stems)
    return _Counts(counts, pairs, frozenset(lead), counted)


def _loud(counts: Mapping[str, float]) -> dict[str, float]:
    return {key: math.log1p(_LOUD * value) for key, value in counts.items()}


def _square(weights: Weights) -> float:
    return sum(value * value for value in weights.values())


def _main_names(counts: Mapping[str, float], lead: frozenset[str]) -> tuple[tuple[str, float], ...]:
    weighed = {name: value if name in lead else _LATE * value for name, value in counts.items()}
    return tuple(sorted(weighed.items(), key=lambda pair: (-pair[1], pair[0]))[:_N_MAIN])


def _money(text: str) -> frozenset[float]:
    if not any(sign in text for sign in _CURRENCIES):
        return frozenset()
    found = set()
    for match in _MONEY.finditer(text):
        number, scale = match.group(1) or match.group(3), match.group(2) or match.group(4)
        plain = number.replace(",", "").rstrip(".")
        if plain.count(".") <= 1:
            found.add(float(plain) * _SCALES.get(scale or "", 1.0))
    return frozenset(found)


@lru_cache(maxsize=_REMEMBERED)
def tell_text(title: str, text: str, language: str) -> Told:
    """Return what a text tells, remembered for the last thousand texts."""
    counts = _count(title, text, language)
    proper = proper_words(f"{title}\n{text}", language).keys()
    numbers = {stem for stem in counts.stems if stem[0].isdigit()}
    names = {stem: value for stem, value in counts.stems.items() if stem in proper and stem not in numbers}
    classes = (
        _loud({stem: value for stem, value in counts.stems.items() if stem not in proper and stem not in numbers}),
        _loud(names),
        _loud({stem: counts.stems[stem] for stem in numbers}),
        _loud(counts.pairs),
    )
    whole = f"{title}\n{text[:_MAX_CHARS]}".casefold()
    return Told(
        *classes,
        squares=(_square(classes[0]), _square(classes[1]), _square(classes[2]), _square(classes[3])),
        names_sum=sum(classes[1].values()),
        terms=frozenset(counts.stems),
        lead=counts.lead,
        main=_main_names(names, counts.lead),
        counted=counts.counted,
        days=_WEEKDAYS.intersection(tokenize(whole[: len(title) + 1 + _LEAD_CHARS])),
        ages=frozenset(_AGE.findall(whole)),
        money=_money(whole),
        year=max(map(int, _YEAR.findall(whole)), default=0),
    )
