"""Where an entry of a timeline belongs: under which month or year, and how far an open span is known to reach.

Owns that nothing stands under a heading that says more than is known. Must never choose a date:
``news.timelines.merging`` does.

"Since 2005", said in 2019, is known to hold from 2005 to 2019 and no longer: an open end reaches to the day on which
the last report of it appeared, and an open beginning no further back than the known end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from news.decision import StoredReport
from news.model import Modality, Precision, TimeSpan

_MONTHLY = frozenset({Precision.DAY, Precision.WEEK, Precision.MONTH})
_WEEK = timedelta(days=7)
_TO_COME = frozenset({Modality.PLANNED, Modality.THREATENED})


@dataclass(frozen=True, slots=True)
class Place:
    """Under which heading an entry stands: a month, a year (``month`` 0), or longer times (both 0)."""

    year: int = 0
    month: int = 0


LONGER = Place()
"""What goes over the end of a year."""


def find_reach(span: TimeSpan, reports: Sequence[StoredReport]) -> tuple[date | None, date | None]:
    """Return the first and last day between which it is known to have been; both None for a span without any day."""
    first, last = span.first_on, span.last_on
    if first is not None and last is None:
        told = [stored.published_at.date() for stored in reports if stored.published_at is not None]
        last = max([first, *told])
    return first or last, last


def is_within(span: TimeSpan, reports: Sequence[StoredReport], first_on: date | None, last_on: date | None) -> bool:
    """Return whether what is known of the span touches the asked days; a span without any day touches all."""
    first, last = find_reach(span, reports)
    if first is None or last is None:
        return True
    return (last_on is None or first <= last_on) and (first_on is None or last >= first_on)


def find_place(span: TimeSpan, reports: Sequence[StoredReport]) -> Place:
    """Return where an entry belongs: its month, its year where that is all that is known, else the longer times.

    A week belongs to the month in which it begins. An open span belongs to the month in which it begins as long as it
    is known for that year only.
    """
    return place_between(span, *find_reach(span, reports))


def place_between(span: TimeSpan, first: date | None, last: date | None) -> Place:
    """Return where a span belongs that is known to reach from the first to the last day."""
    if first is None or last is None:
        return LONGER
    is_open = span.last_on is None or span.first_on is None
    is_short = span.precision in _MONTHLY or last - first < _WEEK
    if is_short and not is_open:
        return Place(first.year, first.month)
    if first.year != last.year:
        return LONGER
    if is_open and (first.month, first.day) == (1, 1):
        return Place(first.year)  # "from 2027" names no month
    return Place(first.year, first.month if is_open or first.month == last.month else 0)


def is_ahead(span: TimeSpan, today: date) -> bool:
    """Return whether it lies after today as a whole."""
    first = span.first_on or span.last_on
    return first is not None and first > today


def is_told_only(span: TimeSpan, modality: Modality, reports: Sequence[StoredReport]) -> bool:
    """Return whether the date of a plan is that of its telling: "will bring medicine, he said on Monday".

    Such a span is open, and begins no later than the first account of it appeared.
    """
    if modality not in _TO_COME or span.first_on is None or span.last_on is not None:
        return False
    told = [stored.published_at.date() for stored in reports if stored.published_at is not None]
    return not told or span.first_on <= min(told)


def is_overdue(span: TimeSpan, today: date) -> bool:
    """Return whether it was to be over before today."""
    return span.last_on is not None and span.last_on < today
