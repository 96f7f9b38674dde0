"""A dated history out of stored events: what happened when, who says so, and where they disagree.

Owns which events become entries, their order and what stands in each. Every sentence is one that is stored, unchanged.
Which days matter is ``news.timelines.salience``'s, which sentences ``news.reports.quotes``'s, which events are one
``news.timelines.merging``'s, which disputes stand with an event ``news.timelines.contests``'s.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from news.dates.when import shift_day, sort_key
from news.decision import Dispute, StoredEvent, StoredReport
from news.model import EventKind, Modality, Quantity, TimeSpan
from news.reports.origins import count_independent, origins_of
from news.reports.quotes import Candidate, Rarity, choose_quotes
from news.tables import load_toml
from news.timelines.contests import Contests
from news.timelines.day_reports import gather_reports, list_on, span_on
from news.timelines.entry_figures import choose_figures, is_outgrown
from news.timelines.fulfilment import planned_since
from news.timelines.merging import merge_events
from news.timelines.occurrences import Occurrence, has_date
from news.timelines.salience import NAMED, named_day, published_day, rank_days
from news.timelines.titles import shorten
from news.timelines.worth import LEAD, choose_occurrences, preselect, rank_occurrences

"""Characters of a title at most."""

_SPARE = 2
"""Days that are looked at for each that is asked for: of some no sentence speaks."""

_MOST_COUNTED = 3_000
"""Events whose words are counted to know which are rare: enough for any subject, and cheap."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One event, or one day where days were asked for.

    Attributes:
        span: the best supported date, with its precision.
        modality: HAPPENED as soon as one report says so, else what most reports say.
        title: the clearest sentence, shortened with an ellipsis where it is long.
        sentences: stored sentences that tell it best, verbatim, best first.
        reports: all reports of it, oldest first; with days asked for, those of what ``sentences`` tell.
        n_independent: origins that do not go back to one another.
        disputes: those that were told when an article of it came.
        figures: of each thing that is counted the most precise figure that is in no dispute.
        planned_since: for what happened, the day on which it was first told as planned; None if it never was.
    """

    span: TimeSpan
    modality: Modality
    kind: EventKind
    title: str
    sentences: tuple[str, ...]
    reports: tuple[StoredReport, ...]
    n_independent: int
    disputes: tuple[Dispute, ...] = ()
    event_ids: tuple[int, ...] = ()
    planned_since: date | None = None
    figures: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Entries in order of the event's date, finer dates first on one day.

    Attributes:
        n_undated: events that have no date and therefore no place here.
        n_left_out: dated events that mattered less than those shown.
        unplaced: disputes between articles that it shows, of which none of the events has a sentence.
    """

    entries: tuple[TimelineEntry, ...]
    n_undated: int = 0
    n_left_out: int = 0
    unplaced: tuple[Dispute, ...] = ()


def build_timeline(
    events: Sequence[StoredEvent],
    *,
    n_dates: int | None = None,
    per_date: int | None = None,
    first_on: date | None = None,
    last_on: date | None = None,
    most: int | None = None,
    disputes: Sequence[Dispute] = (),
) -> Timeline:
    """Return the timeline of the events.

    Without ``n_dates`` every event that is worth telling is one entry (at most ``most``, or ``entries.most`` of
    ``timeline.toml`` if that is less).
    With it the ``n_dates`` days that matter most are one entry each, told in ``per_date`` sentences (1 if left out)
    from reports of that day and from the first sentences of articles of the day and the day after; where no more events
    are known than that, all of them, also those of a week or a month. ``first_on`` and ``last_on`` bound the days that
    may be chosen, both included; the events that are given are bounded already. ``disputes`` are those of the stories,
    both claims naming their article; each is shown with the entries that it is on.

    Known failures: two like events of one day and place may become one; a day is chosen by what articles name, so one
    that nobody names by date or weekday is found only through what was published on it.
    """
    n_sentences, contests = max(1, per_date or 1), Contests(disputes, events)
    if n_dates is None:
        return _build_entries(events, n_sentences, contests, most=most)
    ranked = rank_days(events, first_on=first_on, last_on=last_on)
    whole = _build_entries(events, n_sentences, contests) if len(ranked) < n_dates else None
    if whole is not None and len(ranked) < len(whole.entries) <= n_dates:
        return whole
    return _build_days(events, ranked, (max(0, n_dates), n_sentences), contests)


def _build_entries(
    events: Sequence[StoredEvent], per_date: int, contests: Contests, *, most: int | None = None
) -> Timeline:
    """Return every event that is worth telling as one entry."""
    chosen = choose_occurrences(merge_events(preselect(events)))[:most]
    n_told = len({event_id for each in chosen for event_id in each.event_ids})
    rarity = Rarity(report.report.quote for each in chosen for report in each.reports)
    entries = sorted((_entry_of(each, rarity, per_date, contests) for each in chosen), key=_order)
    n_undated = sum(not any(map(has_date, event.reports)) for event in events)
    unplaced = contests.list_unplaced(report for entry in entries for report in entry.reports)
    return Timeline(tuple(entries), n_undated, len(events) - n_undated - n_told, unplaced)


def build_rest(
    events: Sequence[StoredEvent],
    shown: Collection[int],
    *,
    skip: int,
    most: int,
    disputes: Sequence[Dispute] = (),
) -> Timeline:
    """Return further entries, those that matter most first: what is left where the reports ``shown`` stand already.

    Args:
        shown: ids of reports, those of the timeline that is gone on with.
        skip: entries of the rest that were shown too.
        disputes: as ``build_timeline`` takes them.
    """
    contests = Contests(disputes, events)
    rest = [part for event in preselect(events) if (part := _without(event, shown)).reports]
    ranked = rank_occurrences(merge_events(rest))
    chosen = ranked[skip : skip + most]
    rarity = Rarity(report.report.quote for each in chosen for report in each.reports)
    entries = sorted((_entry_of(each, rarity, 1, contests) for each in chosen), key=_order)
    n_left_out = len({event_id for each in ranked[skip + most :] for event_id in each.event_ids})
    return Timeline(tuple(entries), 0, n_left_out)


def _without(event: StoredEvent, shown: Collection[int]) -> StoredEvent:
    return replace(event, reports=tuple(report for report in event.reports if report.id not in shown))


def _order(entry: TimelineEntry) -> tuple[tuple[int, int, int], int, int]:
    return (sort_key(entry.span), -entry.n_independent, min(entry.event_ids, default=0))


# Events as entries


def _entry_of(occurrence: Occurrence, rarity: Rarity, n_sentences: int, contests: Contests) -> TimelineEntry:
    reports, modality = occurrence.reports, choose_modality(occurrence.reports)
    sure = [report for report in reports if report.report.modality is modality]
    own = [report for report in sure if report.report.when == occurrence.when] or sure
    disputes = contests.list_at(reports)
    figures = choose_figures(reports, modality, disputes)
    own = [report for report in own if not is_outgrown(report, figures, reports)] or own
    candidates = [_candidate(at, report, 1.0) for at, report in enumerate(own)]
    quotes = choose_quotes(candidates, rarity, n_quotes=n_sentences)
    sentences = tuple(quote.text for quote in quotes) or (own[0].report.quote,)
    return TimelineEntry(
        span=occurrence.when,
        modality=modality,
        kind=_choose_kind(reports),
        title=shorten(sentences[0]),
        sentences=sentences,
        reports=reports,
        n_independent=count_independent(origins_of(reports)),
        disputes=disputes,
        event_ids=occurrence.event_ids,
        planned_since=planned_since(reports),
        figures=figures,
    )


def make_entry(occurrence: Occurrence, contests: Contests) -> TimelineEntry:
    """Return one event as the entry that it is on a timeline."""
    return _entry_of(occurrence, Rarity(stored.report.quote for stored in occurrence.reports), 1, contests)


def _candidate(source: int, report: StoredReport, weight: float) -> Candidate:
    return Candidate(source, report.report.quote, weight, n_actors=len(report.report.actors))


def choose_modality(reports: Sequence[StoredReport]) -> Modality:
    """Return HAPPENED if any report says so, else what most reports say, the later of equals.

    A plan that came true thereby has happened; its report stays among those of the entry.
    """
    said = Counter(stored.report.modality for stored in reports)
    if said[Modality.HAPPENED] or not reports:
        return Modality.HAPPENED
    most = max(said.values())
    return next(stored.report.modality for stored in reversed(reports) if said[stored.report.modality] == most)


def _choose_kind(reports: Sequence[StoredReport]) -> EventKind:
    kinds = Counter(stored.report.kind for stored in reports if stored.report.kind is not EventKind.OTHER)
    return kinds.most_common(1)[0][0] if kinds else EventKind.OTHER


# Days as entries


def _build_days(
    events: Sequence[StoredEvent], ranked: Sequence[date], asked: tuple[int, int], contests: Contests
) -> Timeline:
    """Return the first so many of the ranked days of which a sentence speaks: ``asked`` is days, and sentences of each.

    A sentence that names no day tells one day only: those of which few speak take theirs first.
    """
    n_dates, per_date = asked
    spare = ranked[: n_dates * _SPARE]
    told = _reports_by_day(events, frozenset(spare), load_toml("timeline.toml")["quotes"])
    days = [day for day in spare if told.get(day)][:n_dates]
    event_of = {report.id: event for event in events for report in event.reports}
    rarity = _rarity_of(events)
    known: list[TimelineEntry] = []
    shown_quotes: set[str] = set()
    for day in sorted(days, key=lambda day: (len(told[day]), day)):
        own = [each for each in told[day] if named_day(each[0]) == day or each[0].report.quote not in shown_quotes]
        entry = _day_entry(day, own, rarity, per_date, events=list_on(events, day), contests=contests)
        if entry is not None:
            known.append(entry)
            shown_quotes.update(entry.sentences)
    n_undated = sum(not any(map(has_date, event.reports)) for event in events)
    shown = {event_of[report.id].id for entry in known for report in entry.reports}
    return Timeline(tuple(sorted(known, key=_order)), n_undated, len(events) - n_undated - len(shown))


def list_candidates(
    events: Sequence[StoredEvent], days: frozenset[date], weights: Mapping[str, float]
) -> dict[date, list[Candidate]]:
    """Return for each day the sentences that may tell of it, each with how surely it does by ``weights``."""
    told = _reports_by_day(events, days, weights)
    return {
        day: [_candidate(at, report, weight) for at, (report, weight) in enumerate(found)]
        for day, found in told.items()
        if day in days
    }


def _reports_by_day(
    events: Sequence[StoredEvent], days: frozenset[date], weights: Mapping[str, float]
) -> Mapping[date, list[tuple[StoredReport, float]]]:
    """Return for each day the reports that may tell of it, with how surely they do."""
    told: dict[date, list[tuple[StoredReport, float]]] = defaultdict(list)
    for event in events:
        for report in event.reports:
            named, published_on = named_day(report), published_day(report)
            if named is not None:
                if named in days:
                    told[named].append((report, weights["named"]))
            elif published_on is not None and report.report.sentence < LEAD:
                before = shift_day(published_on, -1)
                for day, weight in ((published_on, weights["lead"]), (before, weights["lead_next"])):
                    if day in days and _may_be_on(report.report.when, day):
                        told[day].append((report, weight))
    return told


def _may_be_on(when: TimeSpan, day: date) -> bool:
    """Return whether what a sentence says of its date leaves the day open: "over the weekend" is no Tuesday."""
    if when.basis not in NAMED:
        return True
    return when.first_on is not None and when.last_on is not None and when.first_on <= day <= when.last_on


def _rarity_of(events: Sequence[StoredEvent]) -> Rarity:
    """Return how rare words are among the sentences of the events; of very many, in every so many-th."""
    step = 1 + len(events) // _MOST_COUNTED
    return Rarity(report.report.quote for event in events[::step] for report in event.reports)


def _day_entry(
    day: date,
    told: Sequence[tuple[StoredReport, float]],
    rarity: Rarity,
    n_sentences: int,
    *,
    events: Sequence[StoredEvent],
    contests: Contests,
) -> TimelineEntry | None:
    """Return the entry of a day, or None where no sentence speaks of it.

    Its reports are those of what its sentences tell, put together from the events of the day as on a whole timeline.
    """
    candidates = [_candidate(at, report, weight) for at, (report, weight) in enumerate(told)]
    quotes = choose_quotes(candidates, rarity, n_quotes=n_sentences)
    if not quotes:
        return None
    quoted = [told[quote.source][0] for quote in quotes]
    reports = gather_reports(quoted, events)
    modality, disputes = choose_modality(reports), contests.list_at(reports)
    return TimelineEntry(
        span=span_on(day, quoted),
        modality=modality,
        kind=_choose_kind(reports),
        title=shorten(quotes[0].text),
        sentences=tuple(quote.text for quote in quotes),
        reports=reports,
        n_independent=count_independent(origins_of(reports)),
        disputes=disputes,
        event_ids=tuple(dict.fromkeys(report.event_id for report in (*quoted, *reports))),
        planned_since=planned_since(reports),
        figures=choose_figures(reports, modality, disputes),
    )
