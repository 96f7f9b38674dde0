"""The number of another account that a sentence names beside its own: "not 62 as the government claims".

Owns which numbers of a sentence are the other side's, and which of its own is set against them. Must never look for
what is denied (``news.disputes.contesting.statements``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from news.decision import FactKind, StoredReport
from news.disputes.cues import Cue, cues_of, find_cue, flatten, knows
from news.disputes.frames.parts import list_parts
from news.reports.explicit import Difference
from news.reports.progress import is_development
from news.tables import load_toml
from news.words.ages import is_age
from news.words.measures import Measure, is_held, measures_in
from news.words.text import content_terms, lower_in_place, stem_words, stop_words
from news.words.vocabulary import language_of

__all__ = ["SENTENCES_BACK", "contested_in", "find_multiple", "find_number", "names_other"]

_APART = 0.05
_SIZE, _LARGE = 10, 20
_MOST_NUMBERS = 24
_LEAD = 2
"""First sentences, whose number may be meant anywhere behind where it counts the same."""
SENTENCES_BACK = 3
"""Sentences between a number and the one that it is set against."""
_REACH, _BEHIND = 90, 40
_LEAST_RATIO, _MOST_RATIO = 0.7, 1.5
""" "Four times the official count", with what is rounded on either side."""

_LEAST = re.compile(
    r"\b(?:at least|no fewer than|no less than|al menos|por lo menos|como mínimo|не менее|не меньше|как минимум) $"
)

Found = tuple[int, StoredReport, Difference]
"""The sentence with the article's own value, by its place; the stored one; and the two values."""


class _Told(NamedTuple):
    """A number with its sentence, and the place of that in the article."""

    at: int
    quote: str
    measure: Measure


@lru_cache(maxsize=1 << 12)
def _numbers_in(quote: str) -> tuple[Measure, ...]:
    """Return the first numbers of a sentence, read in its own language: each is held against each of another one."""
    return measures_in(quote, language_of(quote))[:_MOST_NUMBERS]


def names_other(quote: str, value: str) -> bool:
    """Return whether a sentence tells what others say and has a number of theirs: "the ministry had reported five"."""
    numbers = _numbers_in(value)
    return bool(numbers) and find_cue(quote) is not None and is_held(numbers[0], _numbers_in(quote))


def contested_in(quote: str) -> tuple[Measure, ...]:
    """Return the numbers of a sentence that may be those of another account that it names."""
    cue = find_cue(quote)
    if cue is None:
        return ()
    text = flatten(quote, language_of(quote))
    told = [one for one in _numbers_in(quote) if not _is_factor(quote, one) and not _is_former(text, one)]
    behind = tuple(one for one in told if cue[0] <= one.start <= cue[1] + _REACH)
    if behind or not cues_of(language_of(quote), "mismatch").search(text):
        return behind
    return tuple(one for one in told if one.start < cue[0])  # "the figure of nine does not match the facts"


def _is_former(text: str, number: Measure) -> bool:
    """Return whether a number is that of a plan, or of its own side before: "twelve rooms and not three as planned"."""
    found = cues_of(language_of(text), "former").search(text, number.end, number.end + _BEHIND + _REACH)
    return found is not None and not any(letter.isdigit() for letter in text[number.end : found.start()])


def _is_least(quote: str, number: Measure) -> bool:
    """Return whether a number is a bound from below, which a larger one does not contradict."""
    return _LEAST.search(lower_in_place(quote), max(0, number.start - _BEHIND), number.start) is not None


def _is_factor(quote: str, number: Measure) -> bool:
    """Return whether a number counts nothing: "three times the number given by the ministry", "twice the 12"."""
    found = _factor(language_of(quote)).match(lower_in_place(quote), number.start)
    return found is not None and found.end() >= number.end


@cache
def _factor(language: str) -> re.Pattern[str]:
    return re.compile(str(load_toml("contested.toml")[language]["factor"]).strip() if knows(language) else r"(?!)")


def find_number(at: int, quotes: Sequence[str], cue: Cue, stored: Sequence[StoredReport]) -> Found | None:
    """Return the number of the other side that a sentence names, with the article's own: one that no stored one has.

    Its own one may stand in one of the sentences before it, nearest first; for a side that keeps to its number ("police
    acknowledge 2,000") in one behind it as well.

    Args:
        at: the place of the sentence in ``quotes``, those of the article.
        cue: where it names the other account.
        stored: sentences of other voices, of one story.
    """
    quote = quotes[at]
    told = [measure for one in stored for measure in _numbers_in(one.report.quote)]
    for theirs in contested_in(quote):
        one = next((one for one in stored if is_held(theirs, _numbers_in(one.report.quote))), None)
        if one is None:
            continue
        rivals = [
            each
            for each in _list_own(at, quotes, cue, theirs)
            if _is_rival(each.measure, theirs)
            and not is_held(each.measure, told)
            and not (cue[2] == "others" and each.measure.value > theirs.value and _is_least(quote, theirs))
            and not is_age(each.quote, each.measure.start, each.measure.end)
        ]
        other = _Told(at, quote, theirs)
        fresh = min(rivals, key=lambda each: (not _is_kin(each, other), _distance(each.measure, theirs)), default=None)
        if fresh is not None:
            values = Difference(FactKind.FIGURE, _say(fresh.quote, fresh.measure), _say(quote, theirs))
            return fresh.at, one, values
    return None


def _list_own(at: int, quotes: Sequence[str], cue: Cue, theirs: Measure) -> list[_Told]:
    """Return the numbers that the article may set against one of another side, those of the sentence first."""
    quote = quotes[at]
    here = [_Told(at, quote, one) for one in _numbers_in(quote) if one is not theirs and not _is_factor(quote, one)]
    near = list(range(max(0, at - SENTENCES_BACK), at))[::-1]
    lead = [place for place in range(min(_LEAD, at)) if place not in near]
    if cue[2] == "keeps":
        near += range(at + 1, min(len(quotes), at + 1 + SENTENCES_BACK))
        here = [one for one in here if _is_kin(one, _Told(at, quote, theirs))]
    places = [place for place in near if not is_development(quotes[place])]
    others = [_Told(place, quotes[place], one) for place in places for one in _numbers_in(quotes[place])]
    first = [_Told(place, quotes[place], one) for place in lead for one in _numbers_in(quotes[place])]
    others += [one for one in first if _is_kin(one, _Told(at, quote, theirs))]
    if here:  # "the ministry had reported five cases and three deaths": it is the cases that may be counted before
        return here + [one for one in others if _is_kin(one, _Told(at, quote, theirs))]
    if theirs.start == cue[1] and not theirs.kind:  # "one tank and not two"
        others += [_Told(at, quote, one) for one in _singles(quote[: cue[0]], language_of(quote))]
    return others


def _singles(text: str, language: str) -> Iterator[Measure]:
    """Yield each "one" of a text, which counts nothing where it is not set against a number."""
    for one in cues_of(language, "single").finditer(lower_in_place(text)):
        yield Measure(1.0, "", 0.0, is_open=False, bare=1.0, start=one.start(), end=one.end())


def find_multiple(at: int, quotes: Sequence[str], stored: Sequence[StoredReport]) -> Found | None:
    """Return the number that a sentence says to be a multiple of what the other side counts, with that one.

    "Four times the official count": the other side's number is not named, and known by what it must be.
    """
    quote = quotes[at]
    factor = _read_multiple(quote)
    if factor is None:
        return None
    told = [measure for one in stored for measure in _numbers_in(one.report.quote)]
    near = (at, *range(at - 1, max(-1, at - 1 - SENTENCES_BACK), -1))
    own = [_Told(place, quotes[place], one) for place in near for one in _numbers_in(quotes[place])]
    for each in own:
        if _is_factor(each.quote, each.measure) or each.measure.is_open or is_development(each.quote):
            continue
        if is_held(each.measure, told) or is_age(each.quote, each.measure.start, each.measure.end):
            continue
        for one in stored:
            for theirs in _numbers_in(one.report.quote):
                ratio = each.measure.value / (factor * theirs.value) if theirs.value else 0.0
                if not _LEAST_RATIO <= ratio <= _MOST_RATIO or theirs.kind != each.measure.kind:
                    continue
                if _is_kin(each, _Told(at, one.report.quote, theirs)):
                    here, there = _say(each.quote, each.measure), _say(one.report.quote, theirs)
                    return each.at, one, Difference(FactKind.FIGURE, here, there)
    return None


@lru_cache(maxsize=1 << 11)
def _read_multiple(quote: str) -> float | None:
    """Return what the count of another side is to be multiplied by to give that of a sentence; None where none is."""
    language = language_of(quote)
    if not knows(language):
        return None
    found = cues_of(language, "multiple").search(flatten(quote, language))
    if found is None:
        return None
    number = next((one for one in _numbers_in(quote) if found.start() <= one.start < found.end()), None)
    words = lower_in_place(quote)[found.start() : found.end()].split()
    known = next((_factors()[word] for word in words if word in _factors()), None)
    value = known if known is not None else number.value if number is not None else None
    return 1 / value if value and cues_of(language, "lesser").search(found[0]) else value


@cache
def _factors() -> Mapping[str, float]:
    rows = str(load_toml("contested.toml")["factors"]["words"]).split()
    return {word: float(value) for word, value in (row.split("=") for row in rows)}


def _distance(one: Measure, other: Measure) -> float:
    """Return how far two numbers are apart: of several the nearest in size is meant, not that of a "second bridge"."""
    pairs = ((one.value, other.value), (one.bare, other.bare))
    return min(abs(math.log((abs(here) + 1) / (abs(there) + 1))) for here, there in pairs)


def _is_rival(one: Measure, other: Measure) -> bool:
    """Return whether two numbers measure the same and differ by more than their wording."""
    if one.is_open or other.is_open or (one.kind != other.kind and one.kind and other.kind):
        return False
    if one.kind != other.kind:  # "1.1 billion dollars, not the 1.4 billion"
        is_one_size = min(one.bare, other.bare) * _SIZE > max(one.bare, other.bare) > _LARGE
        return is_one_size and {one.kind, other.kind} <= {"", "usd", "eur", "gbp", "length", "mass", "volume", "share"}
    return abs(one.value - other.value) > max(abs(one.value), abs(other.value)) * _APART


def _is_kin(here: _Told, there: _Told) -> bool:
    """Return whether two numbers of sentences count one thing: in the words behind them, or by the part they play."""
    return bool(_nouns(here) & _nouns(there)) or _part(here) == _part(there) != ""


def _part(told: _Told) -> str:
    """Return which part a number plays in its event: ``dead``, ``hurt``; empty for none."""
    return next((one.name for one in list_parts(told.quote) if one.measure.start == told.measure.start), "")


def _nouns(told: _Told) -> frozenset[str]:
    """Return the stems of the two words behind a number, without little ones."""
    language = language_of(told.quote)
    words = re.findall(r"[^\W\d_]+", told.quote[told.measure.end : told.measure.end + _BEHIND])[:2]
    plain = (word for word in words if word.lower() not in stop_words(language))
    return frozenset(stem for word in plain for stem in stem_words(word, language))


def _say(quote: str, measure: Measure) -> str:
    """Return a number as written, with the word right after it where that is one that says of what."""
    after = re.match(r"%| [\w-]+", quote[measure.end : measure.end + 24])
    is_thing = after is not None and bool(after[0] == "%" or content_terms(after[0], language_of(quote)))
    return " ".join(quote[measure.start : measure.end + (after.end() if after and is_thing else 0)].split())
