"""Two tellings that are one but for a single value: the town, the day, the number, or who did it.

Owns the finding of that value. Must never say whether the two tell of one event by other evidence than their own words,
and gives no value where more than one slot differs.
"""

from __future__ import annotations

import re
from datetime import date

from news.dates import find_dates
from news.decision import FactKind, StoredReport
from news.disputes import Teller, is_contested_figure, say_days, say_figure
from news.explicit import Difference
from news.facts import Fit, acts_in, compare_figures, figures_of, gap_days, is_development, is_same_slot
from news.model import Precision, Quantity, Report, TimeSpan
from news.rivals import find_rivals
from news.shares import is_comparable
from news.tellings import Telling, listed

_LIKE, _ALIKE = 0.5, 0.6
_FINE = frozenset({Precision.DAY, Precision.MONTH})


def find_difference(
    ours: Telling, theirs: Telling, report: Report, stored: StoredReport, teller: Teller, *, share: float
) -> Difference | None:
    """Return the one value in which two like tellings differ, or None: none does, or more than one, or all is too unlike.

    Args:
        share: what the tellings have in common, 0 to 1.
    """
    if share < _LIKE:
        return None
    names = find_rivals(ours, theirs, teller.within, share=share)
    days = _day_difference(ours, theirs, teller, stored)
    figure = _figure_difference(report, stored, teller)
    found = [*names[:1], *([days] if days else []), *([figure] if figure else [])]
    if len(found) != 1 or len({one.kind for one in names}) > 1:
        return None
    return found[0]


_SAYING = re.compile(
    r"\b(?:said|says|saying|told|denied|denies|announced|confirmed|claimed|declared|stated|disclosed|reported|rejected|"
    r"dismissed|issued|published|accused|warned|insisted)\b[^,;.]{0,24}$"
)
_NIGHT = re.compile(r"\b(?:nights?|overnight|midnight|small hours|late on|late|evening|[1-5](?::\d\d)? ?a\.?m|early|dawn)\b", re.IGNORECASE)


def _days_of(telling: Telling, published_on: date | None) -> list[TimeSpan]:
    """Return the days and months that a telling names, but for those on which somebody spoke."""
    found = find_dates(telling.core, published_on=published_on)
    return [
        one.span
        for one in found
        if one.type in {"DATE", "TIME"}
        and one.span.precision in _FINE
        and not _SAYING.search(telling.core[max(0, one.start - 40) : one.start])
    ]


def _overlaps(one: TimeSpan, other: TimeSpan) -> bool:
    if one.first_on is None or one.last_on is None or other.first_on is None or other.last_on is None:
        return True
    return one.first_on <= other.last_on and other.first_on <= one.last_on


def _day_difference(ours: Telling, theirs: Telling, teller: Teller, stored: StoredReport) -> Difference | None:
    here = _days_of(ours, teller.article.published_at.date() if teller.article.published_at else None)
    there = _days_of(theirs, stored.published_at.date() if stored.published_at else None)
    left = [span for span in here if not any(_overlaps(span, other) for other in there)]
    held = [span for span in there if not any(_overlaps(span, other) for other in here)]
    if len(left) != 1 or len(held) != 1 or _is_moved(ours) or not _is_one_act(ours, theirs):
        return None
    if gap_days(left[0], held[0]) == 1 and bool(_NIGHT.search(ours.core)) is not bool(_NIGHT.search(theirs.core)):
        return None  # the night from Saturday to Sunday has two days
    return Difference(FactKind.DATE, say_days(left[0]), say_days(held[0]))


def _is_one_act(ours: Telling, theirs: Telling) -> bool:
    """Return whether one telling names no act that the other lacks, and both name one."""
    here, there = acts_in(ours.core), acts_in(theirs.core)
    return bool(here & there) and (here <= there or there <= here)


def _is_moved(telling: Telling) -> bool:
    return is_development(telling.quote) or bool(listed("moved", "words") & set(telling.lows))


def _figure_difference(report: Report, stored: StoredReport, teller: Teller) -> Difference | None:
    pairs = [(ours, theirs) for ours in figures_of(report) for theirs in figures_of(stored.report)]
    agreed = {id(one) for pair in pairs if _is_slot(*pair, report, stored) and compare_figures(*pair) in {Fit.SAME, Fit.FINER} for one in pair}
    for ours, theirs in pairs:
        if agreed & {id(ours), id(theirs)} or not _is_slot(ours, theirs, report, stored):
            continue
        fit = compare_figures(ours, theirs)
        if is_contested_figure(ours, report, stored, fit, teller):
            return Difference(FactKind.FIGURE, say_figure(ours, report.quote), say_figure(theirs, stored.report.quote))
    return None


def _is_slot(ours: Quantity, theirs: Quantity, report: Report, stored: StoredReport) -> bool:
    quotes = report.quote, stored.report.quote
    return is_same_slot(ours, theirs, here_quote=quotes[0], there_quote=quotes[1]) and is_comparable(ours, theirs, *quotes)
