"""Bars of what lasted or is not known to the day: which entries each one reaches over, and its lane beside the axis.

Owns the honesty of spans. A bar ends where its last day falls among the entries; one whose end nobody named goes no
further than its own entry, for that is all that is known. Equal spans share one bar. A bar that finds no free lane is
left out: the words of its date are there all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.render.chart.items import Item
from news.model import Precision

MOST_LANES = 2
"""Lanes beside the axis."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from entry ``first`` to entry ``last`` (indices), in a lane counted from the axis outwards.

    Attributes:
        is_exact: it lasted so long; else it was on some day within.
        is_open: nobody said when it ended; ``is_unbegun``: nor when it began.
    """

    first: int
    last: int
    lane: int
    is_exact: bool
    is_open: bool = False
    is_unbegun: bool = False


def lay_bars(items: Sequence[Item]) -> list[Bar]:
    """Return the bars of entries in order of time."""
    reaches: dict[tuple[date | None, date | None, bool], tuple[int, int]] = {}
    for n, item in enumerate(items):
        is_point = item.span.precision is Precision.DAY or item.is_date_of_telling
        if item.starts_on is not None and not is_point:
            span = item.span.first_on, item.span.last_on, item.span.precision is Precision.SPAN
            first = reaches.get(span, (n, n))[0]
            reaches[span] = (first, max(n, _reach(items, n, item.span.last_on)))
    ends = [-1] * MOST_LANES
    bars: list[Bar] = []
    for (first_on, last_on, is_exact), (first, last) in reaches.items():
        lane = next((lane for lane, end in enumerate(ends) if end < first), None)
        if lane is None:
            continue
        ends[lane] = last
        bars.append(Bar(first, last, lane, is_exact, last_on is None, first_on is None))
    return bars


def _reach(items: Sequence[Item], start: int, last_on: date | None) -> int:
    """Return the index of the last entry that begins within the span."""
    end = start
    for n in range(start, len(items)):
        begins_on = items[n].starts_on
        if (
            begins_on is None
            or last_on is None
            or begins_on > last_on
            or begins_on < (items[start].starts_on or last_on)
        ):
            break
        end = n
    return end
