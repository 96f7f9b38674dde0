"""The days that a sentence gives to what it tells, and not to the saying of it.

Owns the reading of dates out of a telling. Must never compare reports: ``news.disputes`` and ``news.twins`` do.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from news.dates import find_dates
from news.facts import gap_days
from news.model import DateBasis, Precision, TimeSpan
from news.tellings import Telling

_WEEK = 7
_FINE = frozenset({Precision.DAY, Precision.MONTH})
_SAYING = re.compile(
    r"\b(?:said|says|saying|told|denied|denies|announced|confirmed|claimed|declared|stated|disclosed|reported|rejected|"
    r"dismissed|issued|published|accused|warned|insisted)\b[^,;.]{0,24}$"
)
_LATE = re.compile(r"\b(?:nights?|overnight|midnight|late|evening|p\.?m)\b", re.IGNORECASE)
_EARLY = re.compile(r"\b(?:overnight|midnight|small hours|early|dawn|daybreak|a\.?m|o'clock|morning)\b", re.IGNORECASE)


def list_days(telling: Telling, published_on: date | None) -> tuple[TimeSpan, ...]:
    """Return the days and months that a telling names, but for those on which somebody spoke."""
    return _list_days(telling.core, published_on)


@lru_cache(maxsize=1 << 12)
def _list_days(core: str, published_on: date | None) -> tuple[TimeSpan, ...]:
    found = find_dates(core, published_on=published_on)
    return tuple(
        one.span
        for one in found
        if one.type in {"DATE", "TIME"}
        and one.span.precision in _FINE
        and not _SAYING.search(core[max(0, one.start - 40) : one.start])
    )


def is_overlapping(one: TimeSpan, other: TimeSpan) -> bool:
    """Return whether two spans share a day; one that is open or unknown shares days with all."""
    if one.first_on is None or one.last_on is None or other.first_on is None or other.last_on is None:
        return True
    return one.first_on <= other.last_on and other.first_on <= one.last_on


def is_one_date(one: TimeSpan, other: TimeSpan, ours: Telling, theirs: Telling) -> bool:
    """Return whether two days may be one: late on the one and early on the other, or the same day of the week."""
    if gap_days(one, other) == _WEEK and one.basis is other.basis is DateBasis.RESOLVED:
        return True  # "on Thursday" in papers of two days may be one Thursday
    if gap_days(one, other) != 1 or one.first_on is None or other.first_on is None:
        return False
    first, second = (ours, theirs) if one.first_on < other.first_on else (theirs, ours)
    late, early = _LATE.search(first.core), _EARLY.search(second.core)
    return (
        bool(late and early)
        or bool(late and not _LATE.search(second.core))
        or bool(early and not _EARLY.search(first.core))
    )


def is_only_said(telling: Telling, span: TimeSpan, published_on: date | None) -> bool:
    """Return whether a sentence has dates, but none of the days of ``span`` for what it tells."""
    if any(is_overlapping(span, day) for day in list_days(telling, published_on)):
        return False
    return any(one.type in {"DATE", "TIME"} for one in find_dates(telling.quote, published_on=published_on))
