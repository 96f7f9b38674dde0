"""All that was told of what the sentences chosen for a day tell, for timelines of so many dates.

Owns that an entry there has the reports, and so the words, that it has on a whole timeline. Which sentences are chosen
is ``news.reports.quotes``'s, which events are one ``news.timelines.merging``'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from news.decision import StoredEvent, StoredReport
from news.model import DateBasis, TimeSpan
from news.timelines.merging import merge_events
from news.timelines.occurrences import age_of
from news.timelines.salience import named_day
from news.words.facts import is_said

_MOST = 60
"""Events of one day that are held against each other, its best told ones: a busy day costs no more than that."""


def list_on(events: Sequence[StoredEvent], day: date) -> list[StoredEvent]:
    """Return the events that some report dates to the day, or to what begins on it, those told most often first."""
    found = [event for event in events if any(_begins_on(report, day) for report in event.reports)]
    return sorted(found, key=lambda event: (-len(event.reports), event.id))[:_MOST]


def span_on(day: date, quoted: Sequence[StoredReport]) -> TimeSpan:
    """Return the date of an entry for a day: the day as the quoted sentences give it.

    Where none names it, it is what the first of them gives if that begins on the day ("week of 10 December"), and else
    the day on which it was reported.
    """
    bases = [report.report.when.basis for report in quoted if named_day(report) == day]
    if not bases and quoted[0].report.when.first_on == day:
        return quoted[0].report.when
    return TimeSpan.of_day(day, min(bases, key=list(DateBasis).index, default=DateBasis.ARTICLE))


def _begins_on(stored: StoredReport, day: date) -> bool:
    return stored.report.when.first_on == day and is_said(stored.report.when)


def gather_reports(quoted: Sequence[StoredReport], events: Sequence[StoredEvent]) -> tuple[StoredReport, ...]:
    """Return the quoted reports with all others of the same events, oldest first; each once."""
    wanted = {report.id for report in quoted}
    touched = {report.event_id for report in quoted}
    told = {report.id: report for report in quoted}
    if not any(event.id in touched for event in events):
        return tuple(sorted(quoted, key=age_of))
    for occurrence in merge_events(events):
        if not wanted.isdisjoint(report.id for report in occurrence.reports):
            told |= {report.id: report for report in occurrence.reports}
    return tuple(sorted(told.values(), key=age_of))
