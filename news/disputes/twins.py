"""Two tellings that are one but for a single value: the town, the day or the number.

Owns the finding of that value. Must never say whether the two tell of one event by other evidence than their own words,
and gives no value where more than one slot differs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from news.decision import FactKind, StoredReport
from news.disputes.days import is_one_date, is_overlapping, list_dated
from news.disputes.rivals import find_rivals
from news.disputes.shares import is_alike, is_comparable, is_general
from news.disputes.slots import Teller, is_contested_figure
from news.disputes.tallies import find_other_tally
from news.model import Quantity, Report, TimeSpan
from news.reports.explicit import Difference
from news.reports.moods import may_differ
from news.reports.progress import is_development
from news.reports.quantities import find_quantities
from news.reports.tellings import Telling, listed, main_acts, plain_share, tell
from news.reports.wording import say_days, say_figure
from news.words.facts import Fit, compare_figures, figures_of, is_same_slot
from news.words.meanings import acts_in
from news.words.states import state_of
from news.words.units import DURATION, measure_of

LIKE = 0.5
"""Two tellings that have less in common are compared only by the figures that they state."""

_SOME = 0.2
_ONE = 0.6
_COUNTED_ON = re.compile(r", [\w ]{1,20} (?:minutes?|hours?|days?|nights?|weeks?|months?|years?) (?:after|later)\b")
_NO_LENGTH = re.compile(
    r"\W{0,2}(?:-?old\b|ago\b|after\b|before\b|later\b|earlier\b|of age\b|since\b|to go\b|away\b)|[- ]old\b"
)
_NO_LENGTH_BEFORE = re.compile(
    r"\b(?:aged?|marks?|marked|marking|after|within|every|past|last|next|first|another|in) $"
)


def find_difference(
    ours: Telling, theirs: Telling, report: Report, stored: StoredReport, teller: Teller, *, share: float
) -> Difference | None:
    """Return the one value in which two like tellings differ; None for none or several, or where they are too unlike.

    Args:
        share: what the tellings have in common, 0 to 1.
    """
    if not may_differ(ours, theirs):
        return None
    if share < LIKE:
        return find_stated_difference(ours, theirs, report, stored, teller) if share >= _SOME else None
    names = find_rivals(ours, theirs, teller.within, share=share)
    pairs = _day_pairs(ours, theirs, teller, stored)
    figure = _figure_difference(report, stored, teller) or find_other_tally(ours, theirs)
    if bool(names) + bool(pairs) + bool(figure) != 1 or len({one.kind for one in names}) > 1:
        return None
    if pairs:
        return _day_difference(ours, theirs, pairs)
    return names[0] if names else figure


def find_stated_difference(
    ours: Telling, theirs: Telling, report: Report, stored: StoredReport, teller: Teller
) -> Difference | None:
    """Return the counts in which two less like tellings differ where both say the same of the same sort of counted."""
    figure = _figure_difference(report, stored, teller, is_strict=True)
    return None if figure is None or find_rivals(ours, theirs, teller.within, share=0.0) else figure


def _is_stated(ours: Quantity, theirs: Quantity, report: Report, stored: StoredReport) -> bool:
    """Return whether one thing is said of two counts, or the same act is told of one specific sort of things."""
    if state_of(ours, report.quote):
        return True
    acts = acts_in(tell(report.quote).core) & acts_in(tell(stored.report.quote).core)
    return ours.unit == "count" and bool(acts) and not is_general(ours) and not is_general(theirs)


def _day_difference(ours: Telling, theirs: Telling, pairs: Sequence[tuple[TimeSpan, TimeSpan]]) -> Difference | None:
    if len(pairs) != 1 or _is_moved(ours) or not _is_one_act(ours, theirs):
        return None
    return Difference(FactKind.DATE, say_days(pairs[0][0]), say_days(pairs[0][1]))


def _day_pairs(ours: Telling, theirs: Telling, teller: Teller, stored: StoredReport) -> list[tuple[TimeSpan, TimeSpan]]:
    """Return the days that each telling has and the other lacks, side by side; none where only one has some."""
    here = list_dated(ours, teller.article.published_at.date() if teller.article.published_at else None)
    there = list_dated(theirs, stored.published_at.date() if stored.published_at else None)
    left = [day for day in here if not any(is_overlapping(day.span, other.span) for other in there)]
    held = [day for day in there if not any(is_overlapping(day.span, other.span) for other in here)]
    return [(one.span, other.span) for one, other in zip(left, held, strict=False) if not is_one_date(one, other)]


def _is_one_act(ours: Telling, theirs: Telling) -> bool:
    """Return whether one telling names no act that the other lacks; without any act, both must be worded alike."""
    here, there = main_acts(ours), main_acts(theirs)
    is_one = bool(here & there) and (here <= there or there <= here)
    is_one = is_one or (not here and not there and plain_share(ours, theirs) >= _ONE)
    return is_one and not has_other_way(ours, theirs)


def has_other_way(ours: Telling, theirs: Telling) -> bool:
    """Return whether one of the tellings goes on to a place that the other has nothing of: "flew on to Doha"."""
    return any(
        name.part in {"to", "from"} and not set(name.words) & set(other.lows)
        for one, other in ((ours, theirs), (theirs, ours))
        for name in one.names
    )


def _is_moved(telling: Telling) -> bool:
    is_moved = is_development(telling.quote) or bool(listed("moved", "words") & set(telling.lows))
    return is_moved or bool(_COUNTED_ON.search(telling.core))


@lru_cache(maxsize=1 << 10)
def _lengths(quote: str) -> tuple[Quantity, ...]:
    """Return the durations of a sentence: a reading takes them for times."""
    return tuple(one for one in find_quantities(quote, "en") if measure_of(one.unit)[0] == DURATION)


def _with_lengths(report: Report) -> list[Quantity]:
    figures = figures_of(report)
    texts = {one.text for one in figures}
    lengths = [one for one in _lengths(report.quote) if not any(one.text in text for text in texts)]
    return [*figures, *lengths]


def _figure_difference(
    report: Report, stored: StoredReport, teller: Teller, *, is_strict: bool = False
) -> Difference | None:
    here, there = (_with_lengths(one) for one in (report, stored.report))
    pairs = [(ours, theirs) for ours in here for theirs in there]
    agreed = {
        id(one)
        for pair in pairs
        if _is_slot(*pair, report, stored) and compare_figures(*pair) in {Fit.SAME, Fit.FINER}
        for one in pair
    }
    for ours, theirs in pairs:
        if agreed & {id(ours), id(theirs)} or not _is_slot(ours, theirs, report, stored):
            continue
        if is_strict and not _is_stated(ours, theirs, report, stored):
            continue
        fit = compare_figures(ours, theirs)
        if is_contested_figure(ours, report, stored, fit, teller):
            return Difference(FactKind.FIGURE, say_figure(ours, report.quote), say_figure(theirs, stored.report.quote))
    return None


def _is_slot(ours: Quantity, theirs: Quantity, report: Report, stored: StoredReport) -> bool:
    quotes = report.quote, stored.report.quote
    if measure_of(ours.unit)[0] == DURATION and not (_is_length(ours, quotes[0]) and _is_length(theirs, quotes[1])):
        return False
    is_slot = is_same_slot(ours, theirs, here_quote=quotes[0], there_quote=quotes[1])
    if not is_slot or not is_comparable(ours, theirs, *quotes):
        return False
    return ours.unit != "count" or bool(state_of(ours, quotes[0])) or is_alike(ours, theirs, *quotes)


def _is_length(duration: Quantity, quote: str) -> bool:
    """Return whether a duration says how long what is told went on: no age, no distance in time."""
    at = quote.find(duration.text)
    after = quote[at + len(duration.text) : at + len(duration.text) + 12]
    return at >= 0 and not _NO_LENGTH.match(after) and not _NO_LENGTH_BEFORE.search(quote[:at])
