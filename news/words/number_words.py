"""The words that numbers are spelled in, and what each may do.

Owns the table ``news/data/number_words.toml`` in memory, of English, Spanish and Russian. Must never put words
together: ``news.words.spelled_numbers`` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from news.memo import WordMemo
from news.tables import load_toml
from news.words.text import plain_in_place

__all__ = [
    "NumberWords",
    "english_number_words",
    "list_number_words",
    "number_pattern",
    "number_starters",
    "number_words_from",
    "ones_of",
    "plain_numbers",
    "scale_of",
    "written_numbers",
]

_TEN, _HUNDRED = 10.0, 100.0


@dataclass(frozen=True, slots=True)
class NumberWords:
    """The number words of a language; what each list means stands in ``number_words.toml``."""

    plain: Mapping[str, float]
    scales: Mapping[str, float]
    bunches: Mapping[str, float]
    short_scales: Mapping[str, float]
    parts: Mapping[str, float]
    open: Mapping[str, float]
    inner: Mapping[str, float]
    ordinals: Mapping[str, float]
    ordinal_ends: Mapping[str, float]
    articles: frozenset[str]
    closed: frozenset[str]
    unfinished: frozenset[str]
    hundreds: frozenset[str]
    about: frozenset[str]
    singles: frozenset[str]
    led: frozenset[str]
    leads: frozenset[str]
    after_scales: frozenset[str]
    after_tens: frozenset[str]
    between: frozenset[str]
    halves: frozenset[str]
    fractions: frozenset[str]
    hyphens: frozenset[str]
    no_numbers: frozenset[str]
    and_half: tuple[tuple[str, ...], ...]
    part_of: tuple[tuple[str, ...], ...]
    open_of: frozenset[str]
    followers: frozenset[str] = field(init=False, repr=False, compare=False)
    """The words that a number goes on with: most numbers are one word, and end before any other."""
    openers: frozenset[str] = field(init=False, repr=False, compare=False)
    """The words that are a number only with a follower behind them ("a hundred"): most are articles."""

    def __post_init__(self) -> None:
        """Gather the followers and the openers."""
        tables = (self.plain, self.inner, self.scales, self.bunches, self.parts, self.ordinals, self.ordinal_ends)
        firsts = (phrase[0] for phrase in self.and_half)
        joins = (self.hundreds, self.hyphens, self.after_scales, self.after_tens, firsts)
        object.__setattr__(self, "followers", frozenset().union(*tables, *joins))
        alone = (self.plain, self.parts, self.open, self.ordinals, self.halves)
        object.__setattr__(self, "openers", self.articles.union(self.inner).difference(*alone))

    def room_after(self, word: str, value: float) -> float:
        """Return what the next word must be smaller than."""
        if word in self.closed or value != int(value):
            return 0
        if value >= _HUNDRED:
            return _HUNDRED
        return _TEN if value >= 2 * _TEN and value % _TEN == 0 else 0

    def multiplier(self, word: str) -> float:
        """Return what a word multiplies the number before it by, 0 for none."""
        return self.scales.get(word) or self.bunches.get(word) or (_HUNDRED if word in self.hundreds else 0)

    def starters(self) -> frozenset[str]:
        """Return the words that a number can begin with."""
        tables = (self.plain, self.inner, self.open, self.ordinals, self.parts)
        return frozenset().union(*tables, self.articles, self.halves, self.singles, self.led)


@cache
def list_number_words() -> Mapping[str, NumberWords]:
    """Return language -> its words."""
    return {language: _words_of(rows) for language, rows in load_toml("number_words.toml").items()}


def _read_pairs(block: str) -> dict[str, float]:
    pairs = (pair.partition("=") for pair in block.split())
    return {word: float(value) for word, _, value in pairs}


def _words_of(rows: Mapping[str, str]) -> NumberWords:
    def values(name: str) -> Mapping[str, float]:
        return _read_pairs(plain_in_place(rows.get(name, "")))

    def words(name: str) -> frozenset[str]:
        return frozenset(plain_in_place(rows.get(name, "")).split())

    def phrases(name: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(phrase.split("-")) for phrase in rows.get(name, "").split())

    return NumberWords(
        plain=values("plain"),
        scales=values("scales"),
        bunches=values("bunches"),
        short_scales=values("short_scales"),
        parts=values("parts"),
        open=values("open"),
        inner=values("inner"),
        ordinals=values("ordinals"),
        ordinal_ends=values("ordinal_ends"),
        articles=words("articles"),
        closed=words("closed"),
        unfinished=words("unfinished"),
        hundreds=words("hundreds"),
        about=words("about"),
        singles=words("singles"),
        led=words("led"),
        leads=words("leads"),
        after_scales=words("after_scales"),
        after_tens=words("after_tens"),
        between=words("between"),
        halves=words("halves"),
        fractions=words("fractions"),
        hyphens=words("hyphens"),
        no_numbers=words("no_numbers"),
        and_half=phrases("and_half"),
        part_of=phrases("part_of"),
        open_of=words("open_of"),
    )


@cache
def _starting() -> Mapping[str, NumberWords]:
    """Return the words that a number can begin with -> the words of its language."""
    return {word: table for table in list_number_words().values() for word in table.starters()}


def number_words_from(word: str, language: str) -> NumberWords | None:
    """Return the number words of which ``word`` may be the first, None where it begins no number.

    The word decides and not the language of the text, but for words that mean something else in it ("once").
    """
    own = list_number_words().get(language)
    return None if own is not None and word in own.no_numbers else _starting().get(word)


@cache
def number_starters() -> frozenset[str]:
    """Return all words that a number can begin with, in small letters without accents."""
    return frozenset(_starting())


@cache
def plain_numbers() -> Mapping[str, float]:
    """Return the words of all languages that are numbers by themselves, with their values."""
    return {word: value for table in list_number_words().values() for word, value in table.plain.items()}


def written_numbers(language: str, sort: str) -> dict[str, float]:
    """Return the words of a language, as written and without accents, with their values.

    Args:
        sort: ``plain`` words, ``scales``, or ``inner`` ones, which are numbers beside others only.
    """
    block = load_toml("number_words.toml")[language].get(sort, "")
    return _read_pairs(plain_in_place(block)) | _read_pairs(block)


@cache
def ones_of(language: str) -> frozenset[str]:
    """Return the words of a language that mean one of something, articles left out; empty for one that is not read."""
    table = list_number_words().get(language)
    words = {**table.plain, **table.inner} if table is not None else {}
    return frozenset(word for word, value in words.items() if value == 1)


@cache
def english_number_words() -> frozenset[str]:
    """Return the English words above one that are numbers or parts of one ("seven", "hundred", "dozens")."""
    table = list_number_words()["en"]
    plain = {word for word, value in table.plain.items() if value > 1}
    return frozenset(plain | table.hundreds | set(table.scales) | set(table.bunches) | set(table.open))


@cache
def number_pattern() -> str:
    """Return the pattern of an English number below a hundred in words, above one; it ends where the number does."""
    plain = list_number_words()["en"].plain
    ones = "|".join(word for word, value in plain.items() if 0 < value < _TEN)
    tens = "|".join(word for word, value in plain.items() if value >= 2 * _TEN)
    others = "|".join(word for word, value in plain.items() if 1 < value < 2 * _TEN)
    return rf"(?:(?:{tens})(?:-(?:{ones})\b|(?!-(?:{ones})\b))|{others})"


def _find_scale(word: str) -> float | None:
    for table in list_number_words().values():
        found = table.multiplier(word) or table.short_scales.get(word)
        if found:
            return found
    prefixes = (
        pair for table in list_number_words().values() for pair in table.short_scales.items() if pair[0].endswith("*")
    )
    return next((value for key, value in prefixes if word.startswith(key[:-1])), None)


_scales: WordMemo[float | None] = WordMemo(_find_scale)


def scale_of(word: str) -> float | None:
    """Return what a word behind digits multiplies them by ("billion", "k", "тыс", "docenas"), or None."""
    return _scales[word]
