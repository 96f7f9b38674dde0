"""A plan and what came of it are one occurrence: "will sign on 3 April" and "signed a day later than planned".

Owns which later event fulfils which plan. Must never join two plans, or two events that happened:
``news.timelines.merging`` does that, and leaves here what its days keep apart: plans that slipped, and plans without a
day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from news.decision import StoredReport
from news.matching.same_event import match_report
from news.matching.world import World
from news.model import DateBasis, Modality, TimeSpan
from news.timelines.occurrences import Occurrence, join_occurrences
from news.words.facts import is_said

_SLIPS_DAYS = 7
"""Days by which what was planned for a day may come later."""

_OPEN_DAYS = 60
"""Days after its announcement within which a plan without a day may be fulfilled."""

_EARLIER_DAYS = 1
_MOST_TRIED = 6
"""Events that are weighed as the fulfilment of one plan, nearest in time first."""


def link_plans(occurrences: Sequence[Occurrence], world: World) -> tuple[Occurrence, ...]:
    """Return the occurrences with each plan put into what fulfilled it, in the order in which they came.

    What fulfils a plan has happened, was told later than the plan and by another article, lies in the days planned or
    up to a week after them (two months where no day was named), is named by the same word or kind of act, and would be
    taken for the same event by ``news.matching.same_event`` if both gave the same day. Known failure: of two visits
    within two months, a plan without a day goes to the first.
    """
    done = [at for at, each in enumerate(occurrences) if is_done(each.reports)]
    by_name = _index(occurrences, done)
    joined: dict[int, list[Occurrence]] = defaultdict(list)
    fulfilled: set[int] = set()
    for at, plan in enumerate(occurrences):
        if not _is_plan(plan):
            continue
        found = _find_fulfilment(plan, [(one, occurrences[one]) for one in _list_near(plan, by_name)], world)
        if found is not None:
            joined[found].append(plan)
            fulfilled.add(at)
    return tuple(
        join_occurrences([each, *joined[at]]) if at in joined else each
        for at, each in enumerate(occurrences)
        if at not in fulfilled
    )


def planned_since(reports: Sequence[StoredReport]) -> date | None:
    """Return the day on which it was first told as planned, if others then tell that it happened; else None."""
    if not is_done(reports):
        return None
    done = [report.published_at for report in reports if report.report.modality is Modality.HAPPENED]
    first_done = min((at for at in done if at is not None), default=None)
    plans = [report.published_at for report in reports if report.report.modality is Modality.PLANNED]
    first_plan = min((at for at in plans if at is not None), default=None)
    is_before = first_plan is not None and first_done is not None and first_plan.date() < first_done.date()
    return first_plan.date() if first_plan is not None and is_before else None


def is_done(reports: Sequence[StoredReport]) -> bool:
    """Return whether any report says that it happened."""
    return any(report.report.modality is Modality.HAPPENED for report in reports)


def _is_plan(occurrence: Occurrence) -> bool:
    return all(stored.report.modality is Modality.PLANNED for stored in occurrence.reports)


def _names_of(occurrence: Occurrence) -> Iterator[str]:
    for stored in occurrence.reports:
        yield from stored.report.actors
        yield from stored.report.places
        yield from stored.report.equipment


def _index(occurrences: Sequence[Occurrence], done: Sequence[int]) -> dict[str, list[int]]:
    by_name: dict[str, list[int]] = defaultdict(list)
    for at in done:
        for name in dict.fromkeys(_names_of(occurrences[at])):
            by_name[name].append(at)
    return by_name


def _list_near(plan: Occurrence, by_name: dict[str, list[int]]) -> list[int]:
    """Return the events that share a name with the plan."""
    return sorted({at for name in dict.fromkeys(_names_of(plan)) for at in by_name.get(name, ())})


def _find_fulfilment(plan: Occurrence, candidates: Sequence[tuple[int, Occurrence]], world: World) -> int | None:
    window = _window_of(plan.when)
    if window is None:
        return None
    timely = [(at, each) for at, each in candidates if _is_within(each, window) and _is_told_later(each, plan)]
    timely.sort(key=lambda pair: (pair[1].when.first_on or date.max, pair[0]))
    return next((at for at, each in timely[:_MOST_TRIED] if _is_same(plan, each, world)), None)


def _window_of(span: TimeSpan) -> tuple[date, date] | None:
    """Return the days in which a plan may be fulfilled."""
    if span.first_on is None or span.first_on.toordinal() <= _EARLIER_DAYS:
        return None
    is_open = span.last_on is None or span.basis is DateBasis.ARTICLE
    last = span.first_on if span.last_on is None else span.last_on
    if last > date.max - timedelta(days=_OPEN_DAYS):
        return None
    return span.first_on - timedelta(days=_EARLIER_DAYS), last + timedelta(days=_OPEN_DAYS if is_open else _SLIPS_DAYS)


def _is_within(done: Occurrence, window: tuple[date, date]) -> bool:
    first, last = done.when.first_on, done.when.last_on
    return first is not None and last is not None and window[0] <= last and first <= window[1]


def _is_told_later(done: Occurrence, plan: Occurrence) -> bool:
    """Return whether the first account of what happened came after the first of the plan, in another article."""
    if {report.article_id for report in done.reports} & {report.article_id for report in plan.reports}:
        return False
    first = [min((report.published_at for report in each.reports if report.published_at), default=None)
             for each in (done, plan)]  # fmt: skip
    return first[0] is not None and first[1] is not None and first[0] > first[1]


def _is_same(plan: Occurrence, done: Occurrence, world: World) -> bool:
    """Return whether any account of the one would be taken for the other if both gave the same day."""
    told = next(stored for stored in done.reports if stored.report.modality is Modality.HAPPENED)
    when = done.when if is_said(done.when) else replace(done.when, basis=DateBasis.RESOLVED)
    here = replace(told.report, when=when)
    alike = [stored for stored in plan.reports if _is_same_act(stored, told)]
    return any(
        match_report(here, [replace(stored, report=replace(stored.report, when=when))], world) is not None
        for stored in alike
    )


def _is_same_act(here: StoredReport, there: StoredReport) -> bool:
    ours, theirs = here.report, there.report
    return bool(ours.trigger) and (ours.trigger == theirs.trigger or ours.kind is theirs.kind)
