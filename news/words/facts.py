"""Comparing the values of one slot: figures, days, places.

Owns when two values agree, when one is finer or further along than the other, and when both cannot be right. Must never
decide what follows from that: ``news.disputes.slots`` does, which knows who said it and when.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from news.model import DateBasis, Precision, Quantity, Report, TimeSpan
from news.words.fractions import list_fractions
from news.words.meanings import GLOSSED, listed, thing_across
from news.words.numerals import number_at
from news.words.states import ABOARD, state_of, thing_of
from news.words.units import measure_of
from news.words.vocabulary import language_of

Within = Mapping[str, tuple[str, ...]]
"""Entity key -> keys of what it lies in, nearest first; a key that is missing lies in nothing known."""


class Fit(StrEnum):
    """How the value here stands to the value there."""

    SAME = "same"
    """They agree within their precision, or here is vaguer."""
    FINER = "finer"
    """They agree and here says more: a day for a month, a town for its country, 20 for "at least 12"."""
    MORE = "more"
    """Figures only: here is larger, and both cannot be right at once."""
    LESS = "less"
    """Figures only: here is smaller, and both cannot be right at once."""
    OTHER = "other"
    """Both cannot be right."""
    APART = "apart"
    """They are not about the same thing, or one is unknown."""


_APPROXIMATE_RATIO = 0.12
"""How far "around 100" reaches: 88 to 112. It must take in "99" and "about 110", and leave out "120"."""

_ROUND_RATIO = 0.05
"""How far a round number of 100 or more reaches when nothing says that it is one: 1,000 may stand for 973."""

_ROUND_FROM = 100
_BOUND_RATIO = 1.15
_DEGREE_RATIO = 0.02
_CONVERTED_RATIO = 0.06
"""How far a figure reaches on either side where the other is given in another unit: six miles stand for ten km."""


_MOVED = re.compile(
    r"\b(?:risen|rises|rose|rising|climbed|climbs|increased|grown|grew|jumped|fallen|fell|dropped|stands?|stood|now|"
    r"reached|passed|hit|revised)\b(?: (?:up|down))?(?: (?:to|at))?(?: (at least|about|around|more than))?"
    r" (\d{1,15}(?:,\d{3}){0,4}(?:\.\d{1,4})?)(?=[,.;:]? |[,.;:]?$)"
)
_TOLL = re.compile(
    r"\b(?:toll|dead|deaths|victims|casualties|killed|injured|wounded|missing)\b[^.;,]{0,60}?"
    r"\b(?:is|was|were|at|to be|reached|totalled) (at least |about |around |more than )?"
    r"(\d{1,3}(?:,\d{3}){0,3}|[a-z]{3,9}(?:(?: and)?[ -][a-z]{3,9}){0,4}?)"
    r"(?=[,.;]? (?:not|and|but|while|with)\b|[,.;]? *$|[,;.] )"
)
_MEASURED = re.compile(r"\b([a-z]{4,12})(?: of)? (\d{1,4}(?:\.\d{1,4})?)\b|\b(\d{1,4}(?:\.\d{1,4})?)-([a-z]{4,12})\b")
_MAX_QUOTE = 1_000
_MOST_FIGURES = 24


def _bare(text: str, start: int, *, hedge: str = "", thing: str = "") -> Quantity:
    bound = "min" if hedge in {"at least", "more than"} else ""
    value = float(text.replace(",", ""))
    return Quantity(start, start + len(text), text, value, "count", thing, approximate=bool(hedge), bound=bound)


_MOVED_ABROAD = re.compile(
    r"\b(?:subi[óo]|subieron|aument[óo]|aumentaron|ascendi[óo]|asciende|eleva|elev[óo]|creci[óo]|lleg[óo]|pas[óo])"
    r"(?: de [\w.]{1,12}){0,3}? a (?:al menos )?(?=\w)"
    r"|\b(?:вырос(?:ло|ла)?|возросло|увеличил(?:ось|ся)|достигло|поднялось)(?: с [\w.]{1,15})?(?: до)? (?=\w)"
)


def _moved_figures(quote: str) -> list[Quantity]:
    language = language_of(quote)
    if language in GLOSSED:
        ends = (found.end() for found in _MOVED_ABROAD.finditer(quote))
        return [_figure(quote, end, read) for end in ends if (read := number_at(quote, end, language))]
    tolls = ((found, number_at(quote, found.start(2), language)) for found in _TOLL.finditer(quote))
    return [
        *(_bare(found[2], found.start(2), hedge=found[1] or "") for found in _MOVED.finditer(quote)),
        *(_figure(quote, found.start(2), read, found[1]) for found, read in tolls if read and read[1] == found.end(2)),
    ]


def _figure(quote: str, start: int, read: tuple[float, int], hedge: str | None = None) -> Quantity:
    """Return a bare count from its value and the offset behind it."""
    bound = "min" if (hedge or "").strip() in {"at least", "more than"} else ""
    return Quantity(start, read[1], quote[start : read[1]], read[0], "count", "", approximate=bool(hedge), bound=bound)


def _measured_figures(quote: str) -> list[Quantity]:
    measures = listed("measures", "words")
    found = [(m[1] or m[4], m[2] or m[3], m.start(2) if m[2] else m.start(3)) for m in _MEASURED.finditer(quote)]
    return [_bare(text, start, thing=thing) for thing, text, start in found if thing in measures]


def figures_of(report: Report) -> tuple[Quantity, ...]:
    """Return the figures of a report with the bare numbers that its words give a meaning, in that order.

    "The toll has risen to 19" and "magnitude 5.7" have a number without a noun of its own. Offsets of these are into
    the quote. Numbers that the reading found already are not given twice. What a sentence lists beyond its first 24
    figures is left out: each is held against each of another sentence.
    """
    fractions = _fractions(report.quote)
    first = report.quantities[:_MOST_FIGURES]
    read = [one for one in first if not _is_within(one, fractions, report.quote)] if fractions else first
    values = {quantity.value for quantity in read}
    if any(one.unit == "degree" for one in read):
        read = [_in_celsius(one, report.quote) for one in read]
    bare = (figure for figure in _bare_figures(report.quote) if figure.value not in values)
    return (*read, *islice(bare, _MOST_FIGURES))


def _is_within(figure: Quantity, fractions: Sequence[Quantity], quote: str) -> bool:
    """Return whether a figure is a part of a fraction: the five of "four out of five drivers"."""
    at = quote.find(figure.text)
    return any(one.start <= at < one.end for one in fractions)


_FAHRENHEIT = re.compile(r"(?: degrees?)?\s?(?:°\s?)?(?:Fahrenheit|F)\b")


def _in_celsius(figure: Quantity, quote: str) -> Quantity:
    """Return a temperature in degrees Celsius; its unit says that it was converted."""
    at = quote.find(figure.text)
    if figure.unit != "degree" or at < 0 or not _FAHRENHEIT.match(quote, at + len(figure.text)):
        return figure
    return replace(figure, value=(figure.value - 32) * 5 / 9, unit="fahrenheit")


@lru_cache(maxsize=1 << 13)
def _bare_figures(quote: str) -> tuple[Quantity, ...]:
    quote = quote[:_MAX_QUOTE]
    return (*_moved_figures(quote), *_measured_figures(quote), *_fractions(quote))


@lru_cache(maxsize=1 << 13)
def _fractions(quote: str) -> tuple[Quantity, ...]:
    return tuple(list_fractions(quote[:_MAX_QUOTE]))


def _scaled(quantity: Quantity) -> tuple[str, float]:
    return measure_of(quantity.unit)


def _round_unit(value: float) -> float:
    """Return ten to the number of trailing zeros of a whole number: 1000 for 3,000, 1 for 3,001."""
    unit = 1.0
    while value and unit < abs(value) and value % (unit * 10) == 0:
        unit *= 10
    return unit


def _interval_of(quantity: Quantity) -> tuple[float, float]:
    """Return the lowest and highest value that the figure allows, both included, in its canonical unit."""
    factor = _scaled(quantity)[1]
    low = quantity.value * factor
    high = (quantity.upper if quantity.upper is not None else quantity.value) * factor
    if quantity.bound == "min":
        return low, math.inf
    if quantity.bound == "max":
        return 0.0, high
    if quantity.approximate:
        return low - abs(low) * _APPROXIMATE_RATIO, high + abs(high) * _APPROXIMATE_RATIO
    if abs(quantity.value) >= _ROUND_FROM and quantity.upper is None:
        slack = min(
            _round_unit(quantity.value) / 2 if _round_unit(quantity.value) > 1 else 0.0, abs(low) * _ROUND_RATIO
        )
        return low - slack, high + slack
    return low, high


def is_same_slot(
    here: Quantity, there: Quantity, *, here_quote: str = "", there_quote: str = "", is_strict: bool = True
) -> bool:
    """Return whether two figures count the same thing: unit, object, and what is said of the counted.

    Not strict, a state that only one of the sentences names is let pass: enough to say that figures agree, too little
    to say that they differ. That people came aboard something says little of them: soldiers on board are soldiers.
    """
    if _scaled(here)[0] != _scaled(there)[0]:
        return False
    states = state_of(here, here_quote), state_of(there, there_quote)
    if all(states):
        return states[0] == states[1]
    things = thing_of(here, here_quote), thing_of(there, there_quote)
    if not all(things):
        return here.unit != "count" and not any(states)
    if things[0] != things[1] and language_of(here_quote) != language_of(there_quote):
        things = thing_across(things[0], here.object), thing_across(things[1], there.object)
    return things[0] == things[1] and (not is_strict or not any(state != ABOARD for state in states if state))


def compare_figures(here: Quantity, there: Quantity) -> Fit:
    """Return how two figures of one slot stand to each other; ``is_same_slot`` is the caller's to ask first.

    "around 100" and "99" are SAME; 20 after "at least 12" is FINER; 4 and 2 are MORE.
    """
    (low, high), (there_low, there_high) = _interval_of(here), _interval_of(there)
    if here.unit != there.unit:
        ratio = _DEGREE_RATIO if _scaled(here)[0] == "degree" else _CONVERTED_RATIO
        low, high = low * (1 - ratio), high * (1 + ratio)
        there_low, there_high = there_low * (1 - ratio), there_high * (1 + ratio)
    if low > there_high:
        return Fit.MORE
    if high < there_low:
        return Fit.LESS
    if there.bound == "min" and here.value > there.value * _BOUND_RATIO and here.unit == there.unit:
        return Fit.FINER
    return Fit.SAME


def gap_days(here: TimeSpan, there: TimeSpan) -> int | None:
    """Return the days between two spans, 0 if they touch or overlap, None if either is unknown."""
    if Precision.UNKNOWN in {here.precision, there.precision}:
        return None
    if here.first_on and there.last_on and here.first_on > there.last_on:
        return (here.first_on - there.last_on).days
    if there.first_on and here.last_on and there.first_on > here.last_on:
        return (there.first_on - here.last_on).days
    return 0


def is_lasting(span: TimeSpan) -> bool:
    """Return whether the span is that of a state: open at an end, or longer than a month."""
    if span.precision is Precision.UNKNOWN:
        return False
    return span.first_on is None or span.last_on is None or (span.last_on - span.first_on).days > _MONTH_DAYS


_MONTH_DAYS = 31
_FINENESS = {precision: rank for rank, precision in enumerate(Precision)}
_SAID = frozenset({DateBasis.STATED, DateBasis.RESOLVED})


def is_said(span: TimeSpan) -> bool:
    """Return whether the text itself dates the event, rather than the article's own date standing in."""
    return span.basis in _SAID and span.precision is not Precision.UNKNOWN


def compare_days(here: TimeSpan, there: TimeSpan) -> Fit:
    """Return how two dates of one event stand to each other; a date that stands in for a missing one is APART."""
    gap = gap_days(here, there)
    if gap is None or not is_said(here):
        return Fit.APART
    if not is_said(there):
        return Fit.FINER if gap == 0 and here.precision is not Precision.DAY else Fit.APART
    if gap > 0:
        return Fit.OTHER
    return Fit.FINER if _FINENESS[here.precision] < _FINENESS[there.precision] else Fit.SAME


def is_inside(key: str, other: str, within: Within) -> bool:
    """Return whether ``key`` is ``other`` or lies in it."""
    return key == other or other in within.get(key, ())


def compare_places(here: Sequence[str], there: Sequence[str], within: Within) -> Fit:
    """Return how two lists of places of one event stand to each other.

    They agree where one place of one list is, holds or lies in one of the other. They are OTHER only where the nearest
    places of both are known to lie in something and neither holds the other: two countries named in one sentence are
    often two parties, not two places.
    """
    if not here or not there:
        return Fit.APART
    if set(here) & set(there):
        return Fit.SAME
    if any(is_inside(theirs, ours, within) for ours in here for theirs in there):
        return Fit.SAME
    if any(is_inside(ours, theirs, within) for ours in here for theirs in there):
        return Fit.FINER
    return Fit.OTHER if within.get(here[0]) and within.get(there[0]) else Fit.APART
