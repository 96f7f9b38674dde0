"""Numbers whatever their wording: every number of a text in the base unit of what it measures.

Owns when two wordings give one number: "72 hours" and "three days", "four fifths" and "80 percent", "19 miles" and "30
kilometres", "two dozen" and "24", "just over half" and "51.3 percent". Must never decide what is counted or what
follows from a number that is nowhere else: ``news.reports.quantities`` finds figures, ``news.deciding.telling`` weighs
them.

The words stand in ``data/measures.toml``. All numbers count here, hours of the clock, ages and ordinals included, since
the question is only whether another text has them too.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import compress
from typing import NamedTuple

from news.memo import WordMemo
from news.tables import load_toml
from news.words.clock_times import HALF_DAY, ClockTime, clock_times
from news.words.number_words import number_starters, plain_numbers
from news.words.numerals import Number, Tokens, read_number, read_tokens
from news.words.quantity_words import quantity_words

__all__ = ["CLOCK", "Measure", "is_held", "measures_in"]

_MAX_TEXT = 12_000
_MAX_NUMBERS = 400
"""Numbers of a text that are read: more are a table, and each may be held against each of another one."""
_EXACT_RATIO = 0.001
_UNIT_RATIO = 0.03
_ROUND_RATIO = 0.06
_LOOSE_RATIO = 0.16
_COLLECTIVE_RATIO = 10.0
_UNDER_RATIO = 0.7
_OVER_RATIO = 1.5
_HEDGE_WORDS = 4
CLOCK = "clock"
"""Kind of a time of day, in minutes of twelve hours."""

_CLOCK_REACH = 5.0
_FREEZING_F = 32
_FEW = 10
_ROUND_FROM = 100
_AND_A_HALF = ("and", "a", "half")
_OUT_OF = frozenset({"in", "of"})
_HALVES = frozenset({"half", "quarter"})
_ONES = frozenset({"a", "an"})
_WITH_HALF = frozenset({"dozen", "point", "percentage", "percent", "per"})
_POUNDS = frozenset({"mass", "gbp"})
_POINTS = frozenset({"point", "points"})
_BEFORE_POINT = frozenset({"of", "a", "-", "percentage", "per", "cent", "percent"})
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_YEARS = range(1900, 2101)
_MAX_DAY, _DAY_DIGITS = 31, 2
_DAY_LINKS = frozenset({"de", "of", "el"})
_DAY_JOINS = frozenset({"to", "and", "or", "-", "–", "y", "e", "o", "al", "a", "по", "до", "на", "и", "или"})
"""Words between a day and its month, and between two days of one."""


class Measure(NamedTuple):
    """A number with what it measures.

    Attributes:
        value: in the base unit of ``kind``.
        kind: ``time`` (hours), ``length`` (km), ``mass`` (tonnes), ``volume`` (litres), ``share`` (percent),
            ``temperature`` (Celsius), ``clock`` (minutes of twelve hours) and other kinds of ``measures.toml``, a unit
            that is not converted (``usd``), or empty for what is counted.
        loose: how far it reaches, as a ratio of the value.
        is_open: a plural without a number, such as "dozens": the value is its lower end.
        bare: the number without its unit: 3 for "three days".
        start: offset of its first character.
    """

    value: float
    kind: str
    loose: float
    is_open: bool
    bare: float
    start: int
    end: int
    is_over: bool = False
    """Whether it is a round bound from below: "well over a hundred"."""

    is_under: bool = False
    """Whether it is a bound from above: "less than a dozen"."""


@cache
def _units() -> Mapping[str, tuple[str, float]]:
    """Return canonical unit -> (kind, factor to the base unit)."""
    found: dict[str, tuple[str, float]] = {}
    for kind, rows in load_toml("measures.toml")["units"].items():
        for row in str(rows).split():
            unit, _, factor = row.partition("=")
            found[unit] = (kind, float(factor))
    return found


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(str(load_toml("measures.toml")["words"][name]).split())


@cache
def _values(name: str) -> Mapping[str, float]:
    pairs = (row.partition("=") for row in str(load_toml("measures.toml")["values"][name]).split())
    return {word: float(value) for word, _, value in pairs}


@lru_cache(maxsize=1 << 11)
def measures_in(text: str, language: str = "en") -> tuple[Measure, ...]:
    """Return the numbers of a text in order; days of the month, years and what is too large for a float are left out.

    Linear in the text, which is cut at 12,000 characters, and the numbers at 400.
    """
    times = clock_times(text[:_MAX_TEXT])
    tokens = read_tokens(text[:_MAX_TEXT], language)
    found = [_clock_measure(one) for one in times]
    after = 0
    ends = [one.end for one in times]
    for index in compress(range(len(tokens.words)), map(_may_begin.__getitem__, tokens.words)):
        if times and _is_in_one(times, ends, tokens.start_of(index)):
            continue
        read = _read(tokens, index, language) if index >= after else None
        if read is not None:
            measure, after = read
            if measure is not None and math.isfinite(measure.value):
                found.append(measure)
    in_order = sorted(found, key=lambda one: one.start) if times else found
    return tuple(in_order[:_MAX_NUMBERS])


def _is_in_one(times: Sequence[ClockTime], ends: Sequence[int], offset: int) -> bool:
    """Return whether an offset lies in one of the times, which stand in order with their ends."""
    place = bisect_right(ends, offset)
    return place < len(times) and times[place].start <= offset


def _clock_measure(time: ClockTime) -> Measure:
    return Measure(float(time.minute), CLOCK, 0.0, is_open=False, bare=-1.0, start=time.start, end=time.end)


@cache
def _begins() -> frozenset[str]:
    """Return the words that a number can begin with, digits aside: all others are passed over."""
    own = frozenset(_values("words")) | frozenset(_values("parts")) | _words("singles")
    return number_starters() | frozenset(quantity_words().symbols) | own


_may_begin = WordMemo(lambda word: word in _begins() or word[0].isdecimal())
"""Whether a number can begin with a word."""


def _read(  # noqa: PLR0911 - one question after the other, the first answer counts
    tokens: Tokens, index: int, language: str
) -> tuple[Measure | None, int] | None:
    """Return the number at ``index``, None for a date, with the index after it; None where no number begins."""
    word = tokens.words[index]
    of_one = _read_part_of_one(tokens, index, language)
    if of_one is not None:
        return of_one
    worded = _values("words").get(word)
    if worded is not None:
        return _made(tokens, index, index + 1, worded, "")
    point = _read_point(tokens, index, word)
    if point is not None:
        return point
    number = read_number(tokens, index, language)
    is_part = word in _values("parts") and index > 0 and tokens.words[index - 1] in _words("part_leads")
    if is_part and (number is None or number.is_ordinal):
        return _made(tokens, index, index + 1, 100 / _values("parts")[word], "share")
    if number is not None:
        return _read_numeral(tokens, index, number)
    part = _read_part(tokens, index + 1, plain_numbers().get(word, 0.0))  # "two-thirds"
    if part is not None and part[0] > 0:
        return _made(tokens, index, part[1], part[0], "share")
    return _read_single(tokens, index) if word in _words("singles") else None


def _read_part_of_one(tokens: Tokens, index: int, language: str) -> tuple[Measure | None, int] | None:
    """Return "half an hour" and "a quarter of a century" with the index after it, or None."""
    words = tokens.words
    if words[index] not in _HALVES:
        return None
    place = index + 1 + (index + 1 < len(words) and words[index + 1] == "of")
    if place + 1 >= len(words) or words[place] not in _ONES or words[place + 1] in _WITH_HALF:
        return None
    read = _read(tokens, place, language)
    if read is None or read[0] is None or read[0].kind != "time":
        return None
    whole, after = read[0], read[1]
    share = 1 / _values("parts")[words[index]]
    start = tokens.start_of(index)
    return whole._replace(value=whole.value * share, bare=whole.bare * share, loose=_ROUND_RATIO, start=start), after


def _read_point(tokens: Tokens, index: int, word: str) -> tuple[Measure | None, int] | None:
    """Return "a quarter of a point" and "half a percentage point" as percent with the index after it, or None."""
    if word not in _HALVES:
        return None
    place = index + 1
    while place < len(tokens.words) and tokens.words[place] in _BEFORE_POINT:
        place += 1
    if place == index + 1 or place >= len(tokens.words) or tokens.words[place] not in _POINTS:
        return None
    value = 1 / _values("parts")[word]
    span = tokens.start_of(index), tokens.end_of(place)
    return Measure(value, "share", _EXACT_RATIO, is_open=False, bare=value, start=span[0], end=span[1]), place + 1


def _read_numeral(tokens: Tokens, index: int, number: Number) -> tuple[Measure | None, int]:
    after = max(index + 1, number.after)
    if number.is_ordinal and number.is_word:
        return _made(tokens, index, after, number.value, "")
    if number.is_one:
        return _read_single(tokens, index)
    part = _read_part(tokens, after, number.value)
    if part is not None:
        return _made(tokens, index, part[1], part[0], "share")
    if _is_name(tokens, index) or _is_date(tokens, index, after, number.value):
        return None, after
    measure, past = _made(tokens, index, after, number.value, number.currency, is_open=number.is_collective)
    return (measure._replace(loose=_LOOSE_RATIO) if number.is_about else measure), past


def _read_single(tokens: Tokens, index: int) -> tuple[Measure | None, int]:
    """Return "a week" and "one week" as a measure; one of anything else counts nothing."""
    unit, past = _read_unit(tokens, index + 1)
    if _units().get(unit, ("", 0.0))[0] != "time":
        return None, index + 1
    return _made(tokens, index, index + 1, 1.0, "") if past else (None, index + 1)


def _read_part(tokens: Tokens, after: int, value: float) -> tuple[float, int] | None:
    """Return "four fifths" and "nine in ten" as percent with the index after it, or None."""
    place = after + 1 if after < len(tokens.words) and tokens.words[after] == "-" else after
    if place < len(tokens.words) and tokens.words[place] in _values("parts") and value < _FEW:
        return value * 100 / _values("parts")[tokens.words[place]], place + 1
    if after + 1 < len(tokens.words) and tokens.words[after] in _OUT_OF and value < _FEW:
        whole = plain_numbers().get(tokens.words[after + 1], 0.0)
        is_part = tokens.words[after] == "in" and value < whole < _FEW and not _read_unit(tokens, after + 2)[0]
        if (whole == _FEW or is_part) and not (after + 2 < len(tokens.words) and tokens.words[after + 2] == "-"):
            return value * 100 / whole, after + 2
    return None


def _is_name(tokens: Tokens, index: int) -> bool:
    """Return whether a hyphen ties the number to a word before it ("Il-76"): a name counts nothing."""
    if index < 2 or tokens.words[index - 1] != "-" or not tokens.is_glued(index):  # noqa: PLR2004 - a word and a hyphen
        return False
    return tokens.is_glued(index - 1) and tokens.is_word(index - 2)


def _is_date(tokens: Tokens, index: int, after: int, value: float) -> bool:
    if after == index + 1 and value in _YEARS and tokens.words[index].isdecimal():
        return True
    is_beside = index > 0 and _is_month(tokens.words, index - 1)
    return value <= _MAX_DAY and (is_beside or _meets_month(tokens.words, after))


def _meets_month(words: Sequence[str], place: int) -> bool:
    """Return whether a month stands at a place, or behind another day that a word ties to it: "8 to 9 February"."""
    place = _pass_over(words, place)
    if _is_month(words, place):
        return True
    if place >= len(words) or words[place] not in _DAY_JOINS:
        return False
    at = _pass_over(words, place + 1)
    is_day = at < len(words) and len(words[at]) <= _DAY_DIGITS and words[at].isdecimal() and int(words[at]) <= _MAX_DAY
    return is_day and _is_month(words, _pass_over(words, at + 1))


def _is_month(words: Sequence[str], place: int) -> bool:
    return place < len(words) and (words[place] in _MONTHS or words[place] in quantity_words().months)


def _pass_over(words: Sequence[str], place: int) -> int:
    """Return the next place that has none of the little words between a day and its month."""
    while place < len(words) and words[place] in _DAY_LINKS:
        place += 1
    return place


def _made(
    tokens: Tokens, index: int, after: int, value: float, kind: str, *, is_open: bool = False
) -> tuple[Measure, int]:
    """Return the measure with the unit that follows it and the index after it."""
    unit, past = _read_unit(tokens, after) if kind in {"", "share"} else ("", after)
    bare = value
    if unit:
        name, factor = _units().get(unit, (unit, 1.0))
        if tuple(tokens.words[past : past + 3]) == _AND_A_HALF:
            value, past = value + 0.5, past + 3
        is_part = kind == "share"
        value = (value - _FREEZING_F) * factor if unit == "fahrenheit" else value * factor / (100 if is_part else 1)
        kind = name
        if not is_part and unit == "percent":
            kind = "share"
    before = tokens.words[max(0, index - _HEDGE_WORDS) : index]
    is_over = _is_round(bare) and not _words("bounds").isdisjoint(before)
    is_under = not _words("ceilings").isdisjoint(before)
    start, end = tokens.start_of(index), tokens.end_of(past - 1)
    return Measure(value, kind, _looseness(tokens, index, value), is_open, bare, start, end, is_over, is_under), past


def _read_unit(tokens: Tokens, after: int) -> tuple[str, int]:
    """Return the canonical unit after a number and the index after it, "cubic" and hyphens taken in."""
    place, words, between = after, tokens.words, _words("between")
    while place < len(words) and (words[place] == "-" or words[place] in between):
        place += 1
    for size in (3, 2, 1):
        if place + size > len(words):
            continue
        name = "-".join(words[place : place + size])
        unit = quantity_words().find_unit(name) or _values_of_units().get(name, "")
        if unit:
            return unit, place + size
    return "", after


@cache
def _values_of_units() -> Mapping[str, str]:
    table: Mapping[str, str] = load_toml("measures.toml")["more_units"]
    return {word: unit for unit, words in table.items() for word in str(words).split()}


def _looseness(tokens: Tokens, index: int, value: float) -> float:
    """Return how far a number reaches: words of rounding before it, or its own roundness."""
    if not _words("hedges").isdisjoint(tokens.words[max(0, index - _HEDGE_WORDS) : index]):
        return _LOOSE_RATIO
    return _ROUND_RATIO if _is_round(value) else _EXACT_RATIO


def _is_round(value: float) -> bool:
    """Return whether a number of 100 or more has hardly more than one figure that is not zero."""
    if not _ROUND_FROM <= value < math.inf:
        return False
    unit = 10.0 ** (len(str(int(value))) - 1)
    return value % (unit / 2) == 0


def _agree(one: Measure, other: Measure) -> bool:  # noqa: PLR0911 - one question after the other
    if one.kind != other.kind:
        if {one.kind, other.kind} == _POUNDS:  # "half a million pounds" is of money or of weight
            return abs(one.bare - other.bare) <= max(one.bare, other.bare) * max(one.loose, other.loose, _EXACT_RATIO)
        if one.kind and other.kind:
            return False
        return abs(one.bare - other.bare) <= max(one.bare, other.bare) * _EXACT_RATIO
    if one.is_open or other.is_open:
        low, high = sorted((one, other), key=lambda m: not m.is_open)
        return low.value * 0.5 <= high.value < low.value * _COLLECTIVE_RATIO
    if one.kind == CLOCK:
        apart = abs(one.value - other.value) % HALF_DAY
        return min(apart, HALF_DAY - apart) <= _CLOCK_REACH
    if one.is_over != other.is_over:
        bound, exact = sorted((one, other), key=lambda m: not m.is_over)
        if bound.value <= exact.value <= bound.value * _OVER_RATIO:
            return True
    if one.is_under != other.is_under:
        bound, exact = sorted((one, other), key=lambda m: not m.is_under)
        if bound.value * _UNDER_RATIO <= exact.value <= bound.value:
            return True
    largest = max(abs(one.value), abs(other.value), 1e-9)
    reach = max(one.loose, other.loose, _EXACT_RATIO if _has_one_unit(one, other) else _UNIT_RATIO)
    return abs(one.value - other.value) <= largest * reach


def _has_one_unit(one: Measure, other: Measure) -> bool:
    """Return whether two measures are written in the same unit: others were rounded in converting."""
    return math.isclose(one.value * other.bare, other.value * one.bare, rel_tol=_EXACT_RATIO)


def is_held(measure: Measure, others: Iterable[Measure]) -> bool:
    """Return whether a number is among others, in whatever unit and wording; a rounded one agrees with its exact."""
    kind = measure.kind
    for other in others:
        is_other_kind = kind and other.kind and kind != other.kind and kind not in _POUNDS
        if not is_other_kind and _agree(measure, other):
            return True
    return False
