"""Reports of one event told by many articles become one occurrence with one date.

Owns which stored events are one on a timeline; which of their dates stands is ``news.timelines.occurrences``'s. Whether
two sentences tell of one event is weighed by ``news.matching.same_event``; here is only what is compared with what.
Must never compare everything with everything: events meet by day and by the words that they share, plans and what
became of them by names (``news.timelines.fulfilment``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from news.another.accounts import are_two, is_count
from news.dates.when import shift_day
from news.decision import StoredEvent, StoredReport
from news.matching.same_event import match_report
from news.matching.world import World
from news.model import DateBasis, Precision, TimeSpan
from news.reports.quotes import Rarity, Vector
from news.tables import load_toml
from news.timelines.fulfilment import link_plans
from news.timelines.occurrences import Occurrence, age_of, choose_span, join_events
from news.timelines.restating import is_told_twice
from news.words.facts import gap_days, is_lasting, is_said
from news.words.text import content_terms

_FINENESS = {precision: rank for rank, precision in enumerate(Precision)}

_WIDEST = 31
"""Days of the widest span that is held against single days inside it: a month."""

_DISPUTED_DAYS = 7
"""Days by which two articles may differ on the date of one event."""

_TOLD_AFTER_DAYS = 2
"""Days after an event on which an article may tell of it without naming its day."""

_MOST_COMPARED = 6
"""Events weighed as the same, nearest in words first."""


def split_event(event: StoredEvent) -> list[StoredEvent]:
    """Return the event as one or more, so that no article gives two dates for one of them.

    Two articles may disagree by a week on the day of an event; one article that names two days tells of two events. An
    act and a state that lasted for months are two as well. Reports without a date of their own stay with the
    sentence of their article that stands nearest before; so does a count that goes on, whose day is its own. Days that
    several articles give come first, so that a stray one takes none of their accounts along.
    """
    parts: list[list[StoredReport]] = []
    n_agreeing = Counter(day for _, day in {(each.article_id, each.report.when.first_on) for each in event.reports})
    order = sorted(
        event.reports,
        key=lambda each: (not _is_dated(each), -n_agreeing[each.report.when.first_on], *age_of(each)),
    )
    for report in order:
        fits = [part for part in parts if all(_may_share(report, other) for other in part)]
        if fits:
            min(fits, key=lambda part: min(_distance(report, other) for other in part)).append(report)
        else:
            parts.append([report])
    return [replace(event, reports=tuple(sorted(part, key=age_of))) for part in parts] if len(parts) > 1 else [event]


def _may_share(here: StoredReport, there: StoredReport) -> bool:
    ours, theirs = here.report.when, there.report.when
    gap = gap_days(ours, theirs)
    if gap is None or not _is_dated(here) or not _is_dated(there):
        return True
    if gap and are_two(here.report, there.report) is not None:
        return False
    most = 0 if here.article_id == there.article_id else _DISPUTED_DAYS
    return gap <= most and is_lasting(ours) == is_lasting(theirs)


def _is_dated(stored: StoredReport) -> bool:
    """Return whether the text dates the event itself."""
    return is_said(stored.report.when) and not is_count(stored.report.quote)


def _distance(here: StoredReport, there: StoredReport) -> tuple[bool, bool, int]:
    """Return how far two reports are from being one: by date, by article, by place in the article."""
    gap = gap_days(here.report.when, there.report.when)
    return (
        gap is not None and gap > 0,
        here.article_id != there.article_id,
        abs(here.report.sentence - there.report.sentence),
    )


def merge_events(events: Sequence[StoredEvent]) -> tuple[Occurrence, ...]:
    """Return the occurrences in no particular order; events without any date are left out.

    Events are split first where they hold what cannot be one. An event joins the one nearest in words among those of
    its day (the day before and after where only the article's date is known, the days inside where a week or month
    is), if ``news.matching.same_event`` takes the two for one event. Two sentences of one article must moreover share
    most of their words, name the act by the same word and its place, or tell of one thing twice
    (``news.timelines.restating``): details of one day are not one event.
    """
    parts = [(part, choose_span(part.reports)) for event in events for part in split_event(event)]
    dated = [(part, span) for part, span in parts if span.precision is not Precision.UNKNOWN]
    # What only its article dates comes after what its text dates, for it looks at the days around its own.
    dated.sort(key=lambda pair: (_FINENESS[pair[1].precision], pair[1].basis is DateBasis.ARTICLE, pair[0].id))
    groups = _Groups([part for part, _ in dated])
    for part, span in dated:
        groups.add(part, span)
    return link_plans([join_events(group) for group in groups.members], groups.world)


class _Groups:
    """Events put together so far, found again by day and word. Events go by their place in order of arrival."""

    def __init__(self, events: Sequence[StoredEvent]) -> None:
        first = [event.reports[0] for event in events]
        self.members: list[list[StoredEvent]] = []
        self._rarity = Rarity(report.report.quote for report in first)
        self.world = _world_of(first)
        self._events: list[StoredEvent] = []
        self._group_of: list[int] = []
        self._postings: dict[date, dict[str, list[tuple[int, float]]]] = defaultdict(lambda: defaultdict(list))
        self._least = load_toml("timeline.toml")["merging"]

    def add(self, event: StoredEvent, span: TimeSpan) -> None:
        vector = self._rarity.vector(event.reports[0].report.quote)
        found = self._find(event, span, vector)
        if found is None:
            self.members.append([])
        group = len(self.members) - 1 if found is None else self._group_of[found]
        self.members[group].append(event)
        self._events.append(event)
        self._group_of.append(group)
        if (day := span.first_on or span.last_on) is not None:
            for term, weight in vector.items():
                self._postings[day][term].append((len(self._events) - 1, weight))

    def _find(self, event: StoredEvent, span: TimeSpan, vector: Vector) -> int | None:
        """Return the place of the event that this one repeats, or None."""
        shared: dict[int, float] = defaultdict(float)
        for day in _days_near(span):
            if (postings := self._postings.get(day)) is not None:
                for term, weight in vector.items():
                    for at, other in postings.get(term, ()):
                        shared[at] += weight * other
        nearest = sorted(shared, key=lambda at: -shared[at])[:_MOST_COMPARED]
        near = {
            at: self._events[at].reports[0] for at in nearest if self._may_join(event, self._events[at], shared[at])
        }
        match = match_report(event.reports[0].report, list(near.values()), self.world, story_id=event.story_id)
        if match is not None:
            return next(at for at, report in near.items() if report is match.stored)
        return next((at for at in nearest if _is_told_twice(event, self._events[at])), None)

    def _may_join(self, event: StoredEvent, other: StoredEvent, cosine: float) -> bool:
        here, there = event.reports[0], other.reports[0]
        if gap_days(here.report.when, there.report.when) and are_two(here.report, there.report) is not None:
            return False
        articles = {report.article_id for report in event.reports}
        is_within = any(report.article_id in articles for report in other.reports)
        is_same_act = _is_same_act(event, other)
        if is_same_act and not is_within:
            return True  # in a subject of few articles all words are common, and no two sentences near
        return cosine >= float(self._least["words_within" if is_within and not is_same_act else "words"])


def _is_told_twice(event: StoredEvent, other: StoredEvent) -> bool:
    """Return whether sentences of one article tell of both as of one."""
    return any(
        is_told_twice(here.report, there.report)
        for here in event.reports
        for there in other.reports
        if here.article_id == there.article_id
    )


def _is_same_act(event: StoredEvent, other: StoredEvent) -> bool:
    """Return whether both are named by one word and share a place or a piece of equipment."""
    here, there = event.reports[0].report, other.reports[0].report
    if not here.trigger or here.trigger != there.trigger:
        return False
    return not {*here.places, *here.equipment}.isdisjoint((*there.places, *there.equipment))


def _days_near(span: TimeSpan) -> Iterator[date]:
    first, last = span.first_on or span.last_on, span.last_on or span.first_on
    assert first is not None  # noqa: S101  # dated events only
    assert last is not None  # noqa: S101  # the same
    if span.basis is DateBasis.ARTICLE:
        first, last = shift_day(first, -_TOLD_AFTER_DAYS), shift_day(last, 1)
    n_days = (last - first).days
    yield from (shift_day(first, step) for step in range(n_days + 1 if n_days <= _WIDEST else 1))


def _world_of(reports: Sequence[StoredReport]) -> World:
    counts: Counter[str] = Counter()
    articles: dict[int, set[str]] = defaultdict(set)
    for stored in reports:
        report = stored.report
        articles[stored.article_id].update((*report.actors, *report.places, *report.equipment))
        articles[stored.article_id].update(content_terms(report.quote))
    for names in articles.values():
        counts.update(names)
    return World(n_articles=len(articles), document_counts=counts)
