"""The days that a sentence gives to what it tells, and not to the saying of it.

Owns the reading of dates out of a telling. Must never compare reports: ``news.disputes.slots`` and
``news.disputes.twins`` do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from news.dates import find_dates
from news.dates.saying_days import is_day_of_saying
from news.model import DateBasis, Precision, Report, TimeSpan
from news.reports.tellings import Telling
from news.words.facts import gap_days, is_said
from news.words.vocabulary import language_of

_WEEK = 7
_NEAR = 30
_FINE = frozenset({Precision.DAY, Precision.MONTH})
_TURNED_DOWN = re.compile(
    r"\b(?:not|never|rather than|instead of|neither|nor)(?: on| in| at| until| before| the){0,2} $"
)
_BOUND = re.compile(
    r"\b(?:(?:[Ss]ince|[Uu]ntil|[Tt]ill|[Bb]efore|[Aa]fter|[Ff]ollowing)\b[^,;.]{0,30}|"
    r"(?:[Aa]s (?:of|at)|[Bb]y) (?:late |early )?)$"
)
_NAMED = re.compile(
    r"\d|day\b|\b(?:days?|weeks?|months?) (?:ago|earlier|later|before|after)\b|"
    r"\b(?:today|tonight|yesterday|tomorrow|last night|this (?:morning|afternoon|evening|week|month)|"
    r"jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|(?:last|next) (?:week|month))",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\b|o['’]clock|hours?\b|h\b|gmt)|\d{1,2}[:.]\d\d(?![\d.])", re.IGNORECASE
)
_SOME = re.compile(r"\b(?:a|one) $", re.IGNORECASE)
"""Before a day that could be any: "on a Tuesday"."""
_DETERMINED = re.compile(r"\b(?:the|a|that|this|his|her|their|its) $", re.IGNORECASE)
_NOUN = re.compile(
    r" (?!(?:of|in|on|at|by|to|from|for|with|and|or|but|when|as|after|before|morning|evening|night|afternoon|was|were|"
    r"is|the|a|an|near|that|which|who|between|until|over|during|into|off|had|has|have)\b)[a-z]{3,}"
)
_BREAK = re.compile(r"[,;:]|(?<![ap]\.m)\. | and | but | because | while ")
_LATE = re.compile(
    r"\b(?:nights?|overnight|midnight|late|evening|p\.?m|noche|medianoche|ноч[ьи]ю?|вечер\w{0,2}|полночь)\b",
    re.IGNORECASE,
)
_EARLY = re.compile(
    r"\b(?:overnight|midnight|small hours|early|dawn|daybreak|a\.?m|o'clock|morning|madrugada|medianoche|amanecer|"
    r"ночь на|полночь|рассвете?|утро\w?|утром)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day or month that a telling names, with the words around it that belong to it."""

    span: TimeSpan
    text: str
    around: str


def list_dated(telling: Telling, published_on: date | None) -> tuple[Day, ...]:
    """Return the days and months that a telling gives to what it tells, in order.

    Left out are those on which somebody spoke, those that are turned down ("not last Sunday"), those that name
    something else ("the Monday storm"), and a bare time of day ("in the night").
    """
    return _list_dated(telling.core, published_on)


@lru_cache(maxsize=1 << 12)
def _list_dated(core: str, published_on: date | None) -> tuple[Day, ...]:
    found = find_dates(core, published_on=published_on)
    return tuple(
        Day(one.span, one.text, _around(core, one.start, one.end))
        for one in found
        if one.type in {"DATE", "TIME"} and one.span.precision in _FINE and _is_of_act(core, one.start, one.end)
    )


def _is_of_act(core: str, start: int, end: int) -> bool:
    before = core[max(0, start - 40) : start]
    if (
        is_day_of_saying(core, start, end, language_of(core))
        or _BOUND.search(before)
        or _TURNED_DOWN.search(before)
        or _SOME.search(before)
        or not names_day(core[start:end])
    ):
        return False
    return not (_DETERMINED.search(before) and _NOUN.match(core[end : end + 24]))


def names_day(text: str) -> bool:
    """Return whether a date names a day, and not only the hour of one."""
    return bool(_NAMED.search(_CLOCK.sub("", text)))


def _around(core: str, start: int, end: int) -> str:
    """Return a date with a few words on either side, no farther than its clause."""
    before = _BREAK.split(core[max(0, start - _NEAR) : start])[-1]
    return f"{before}{core[start:end]}{_BREAK.split(core[end : end + _NEAR])[0]}"


def list_days(telling: Telling, published_on: date | None) -> list[TimeSpan]:
    """Return the spans of ``list_dated``."""
    return [day.span for day in list_dated(telling, published_on)]


def is_overlapping(one: TimeSpan, other: TimeSpan) -> bool:
    """Return whether two spans share a day; one that is open or unknown shares days with all."""
    if one.first_on is None or one.last_on is None or other.first_on is None or other.last_on is None:
        return True
    return one.first_on <= other.last_on and other.first_on <= one.last_on


def is_one_date(one: Day, other: Day) -> bool:
    """Return whether two days may be one: late on the one and early on the other, or the same day of the week."""
    here, there = one.span, other.span
    if gap_days(here, there) == _WEEK and here.basis is there.basis is DateBasis.RESOLVED:
        return not any(map(str.isdigit, one.text + other.text))  # "on Thursday" in papers of two days may be one
    if gap_days(here, there) != 1 or here.first_on is None or there.first_on is None:
        return False
    first, second = (one, other) if here.first_on < there.first_on else (other, one)
    late, early = _LATE.search(first.around), _EARLY.search(second.around)
    return (
        bool(late and early)
        or bool(late and not _LATE.search(second.around))
        or bool(early and not _EARLY.search(first.around))
    )


def day_of(span: TimeSpan, telling: Telling, published_on: date | None) -> Day:
    """Return the day of a telling that a span is; the span with all its words where no date of it stands there."""
    own = (day for day in list_dated(telling, published_on) if is_overlapping(day.span, span))
    return next(own, Day(span, telling.core, telling.core))


def named_day(report: Report) -> date | None:
    """Return the first day that a sentence gives to what it tells or, failing that, to the saying; None if neither."""
    when = report.when
    if is_said(when) or when.first_on is None:
        return when.first_on
    if when.precision is not Precision.DAY or when.basis is not DateBasis.ARTICLE:
        return None
    named = find_dates(report.quote, published_on=when.first_on, language=language_of(report.quote))
    is_named = any(one.span.first_on == when.first_on and names_day(one.text) for one in named)
    return when.first_on if is_named else None


def is_only_said(telling: Telling, span: TimeSpan, published_on: date | None) -> bool:
    """Return whether a sentence has dates, but none of the days of ``span`` for what it tells."""
    if any(is_overlapping(span, day) for day in list_days(telling, published_on)):
        return False
    return any(one.type in {"DATE", "TIME"} for one in find_dates(telling.quote, published_on=published_on))
