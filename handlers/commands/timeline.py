"""``/timeline``: the dated history of a topic, in order of the events, each line with its source.

Owns the question to the store, what stands around the entries, and the ``data`` contract. Which events are shown, and
in which sentences, is ``news.timelines.timeline``'s; how an entry looks is ``handlers.entries``'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.arguments import find_number, find_text, get_text
from handlers.comparison import answer_comparison
from handlers.entries import Item, Show, entry_record, make_blocks, unplaced_blocks
from handlers.messages import count_words, format_day, format_moment, notice
from handlers.narrowing import Narrowing, read_narrowing, remark_on, type_term
from handlers.nothing import find_around, tell_around, tell_extent, tell_left_out
from handlers.opening import load_occurrence
from handlers.ports import Ports, Transaction
from handlers.records import Record, References, dispute_record, moment
from handlers.reply import Action, Block, Reply
from handlers.request import Argument, Request
from handlers.standing import list_disputes
from handlers.today import find_today, find_zone
from handlers.topics import answer_unknown, get_topic, is_named
from handlers.values import parse_first_day, parse_last_day
from handlers.visiting import begin_visit, count_news, keep_visit, list_ids, scope_of
from news.decision import Dispute, StoredEvent
from news.errors import NotFoundError, QueryError
from news.queries.asked import is_left_out
from news.queries.topics import Topic
from news.reports.origins import count_independent, outlet_origin
from news.timelines.reach import is_within
from news.timelines.revisions import find_revisions
from news.timelines.selection import EventQuery, EventSelection
from news.timelines.timeline import Timeline, TimelineEntry, build_rest, build_timeline
from news.timelines.visits import Visit

MOST_ENTRIES = 60
"""Entries of an answer; ``full`` shows as many as ``news.timelines.timeline`` takes for worth telling."""

_CONSIDERED, _CONSIDERED_FULL, _CONSIDERED_DAYS = 180, 300, 1_200
"""Events whose words are looked at: for the usual answer, for a full one, and for one of so many dates."""

_NEWS_DAYS = 7
"""An event that does not name what its article is about counts for it while it is news."""


@dataclass(frozen=True, slots=True)
class _Question:
    """What was asked, read."""

    topic: Topic
    query: EventQuery
    narrowing: Narrowing
    show: Show
    n_dates: int | None
    per_date: int | None
    page: int = 1

    @property
    def is_whole(self) -> bool:
        """Whether neither days nor kinds nor names of the topic were left out."""
        return self.query.first_on is None and self.query.last_on is None and not self.narrowing.typed


@dataclass(frozen=True, slots=True)
class _Found:
    """What the record has on it, as of a visit."""

    timeline: Timeline
    items: tuple[Item, ...]
    selection: EventSelection
    visit: Visit
    today: date
    zone: str


def show_timeline(request: Request, ports: Ports) -> Reply:
    """Return the timeline, or one entry of it in full; ``data`` is the contract of ``timeline --format json``."""
    opened = find_text(request, "entry")
    with ports.store.read() as tx:
        question = _read_question(request, tx)
        selection = tx.events.select(question.query)
        timeline = _build(question, selection, tx)
        if not timeline.entries:
            return _answer_nothing(question, tx)
        scope = scope_of(question.query, question.n_dates)
        if question.page > 1:
            timeline, scope = _build_further(question, timeline, tx), f"{scope}|page {question.page}"
        before, visit = begin_visit(tx, request, scope=scope, topic=question.topic.text)
        if opened is not None:
            today = find_today(request, find_zone(request, ports, tx))
            return _open_entry(opened, timeline, before, tx, today=today)
        found = _find(timeline, selection, visit, tx=tx, request=request, ports=ports)
        references = References(tx)
        references.look_up(report for entry in timeline.entries for report in entry.reports)
        data = _record(question, found, references)
    keep_visit(ports, replace(visit, entries=list_ids(timeline.entries)))
    actions = _actions(request, question, n_left_out=timeline.n_left_out)
    return Reply(_title(question, found), tuple(_blocks(question, found)), data, actions=actions)


def _read_question(request: Request, tx: Transaction) -> _Question:
    first_on, last_on = _interval(request)
    topic, narrowing = get_topic(get_text(request, "topic"), tx), read_narrowing(request, tx)
    show = Show(find_text(request, "show") or Show.USUAL)
    n_dates = find_number(request, "dates")
    is_wide = show is Show.FULL or narrowing.named or topic.without
    considered = _CONSIDERED_FULL if is_wide else _CONSIDERED
    query = EventQuery(
        topic,
        first_on,
        last_on,
        kinds=narrowing.kinds,
        named=narrowing.named,
        most=considered if n_dates is None else _CONSIDERED_DAYS,
    )
    page = find_number(request, "page") or 1
    if page > 1 and n_dates is not None:
        raise QueryError("Pages are for a timeline without --dates; with it, ask for more dates.")
    return _Question(topic, query, narrowing, show, n_dates, find_number(request, "per_date"), page)


def _interval(request: Request) -> tuple[date | None, date | None]:
    typed_first, typed_last = find_text(request, "from"), find_text(request, "to")
    first_on = None if typed_first is None else parse_first_day(typed_first, now=request.now)
    last_on = None if typed_last is None else parse_last_day(typed_last, now=request.now)
    if first_on is not None and last_on is not None and first_on > last_on:
        raise QueryError(f"The first day, {first_on}, is after the last, {last_on}.")
    return first_on, last_on


def _build(question: _Question, selection: EventSelection, tx: Transaction) -> Timeline:
    """Return the timeline of the events that really concern the topic, with nothing outside of the asked days."""
    query = question.query
    events = _list_fitting(question, selection)
    timeline = build_timeline(
        events,
        n_dates=question.n_dates,
        per_date=question.per_date,
        first_on=query.first_on,
        last_on=query.last_on,
        most=None if question.show is Show.FULL else MOST_ENTRIES,
        disputes=_list_disputes(events, tx),
    )
    entries = [each for each in timeline.entries if is_within(each.span, each.reports, query.first_on, query.last_on)]
    n_told = len({event_id for entry in entries for event_id in entry.event_ids})
    n_dated = len(events) + selection.n_events - selection.n_undated - len(selection.events)
    if question.n_dates is None:
        entries = _complete(entries, selection, tx)
    unplaced = timeline.unplaced if question.is_whole else ()
    return Timeline(tuple(entries), selection.n_undated, max(0, n_dated - n_told), unplaced)


def _list_disputes(events: Sequence[StoredEvent], tx: Transaction) -> tuple[Dispute, ...]:
    return list_disputes(tx, {event.story_id for event in events})


def _list_fitting(question: _Question, selection: EventSelection) -> list[StoredEvent]:
    return [
        event
        for event in selection.events
        if question.narrowing.takes(event)
        and not is_left_out(question.topic, event)
        and (event.id not in selection.about or _is_news(event))
    ]


def _build_further(question: _Question, first: Timeline, tx: Transaction) -> Timeline:
    """Return a further page: of what the first one leaves out, what matters next. Raises NotFoundError behind the last.

    More events are looked at than for the first page, so that most of what it leaves out can be reached.
    """
    query = replace(question.query, most=_CONSIDERED_DAYS)
    selection = tx.events.select(query)
    shown = {report.id for entry in first.entries for report in entry.reports}
    skip = (question.page - 2) * MOST_ENTRIES
    events = _list_fitting(question, selection)
    rest = build_rest(events, shown, skip=skip, most=MOST_ENTRIES, disputes=_list_disputes(events, tx))
    entries = [each for each in rest.entries if is_within(each.span, each.reports, query.first_on, query.last_on)]
    if not entries:
        raise NotFoundError(
            f"This timeline has no page {question.page}: nothing that can be shown is left out before it."
        )
    return Timeline(tuple(_complete(entries, selection, tx)), first.n_undated, rest.n_left_out)


def _is_news(event: StoredEvent) -> bool:
    """Return whether some article tells the event as its news, not looking back from another time."""
    for stored in event.reports:
        when, published_at = stored.report.when, stored.published_at
        days = [day for day in (when.first_on, when.last_on) if day is not None]
        if published_at is None or stored.report.is_background or not days:
            continue
        if min(abs((published_at.date() - day).days) for day in days) <= _NEWS_DAYS:
            return True
    return False


def _complete(entries: Sequence[TimelineEntry], selection: EventSelection, tx: Transaction) -> list[TimelineEntry]:
    """Return the entries with all reports of those events of which only the first and last were loaded."""
    cut = selection.n_reports
    wanted = [event_id for entry in entries for event_id in entry.event_ids if event_id in cut]
    whole = {event.id: event for event in tx.events.list_by_ids(wanted)}
    return [_with_all(entry, whole) if not whole.keys().isdisjoint(entry.event_ids) else entry for entry in entries]


def _with_all(entry: TimelineEntry, whole: dict[int, StoredEvent]) -> TimelineEntry:
    """Return the entry with the reports that its events have beside those loaded, as far as they are of its date."""
    held = {report.id for report in entry.reports}
    more = [
        report
        for event_id in entry.event_ids
        if event_id in whole
        for report in whole[event_id].reports
        if report.id not in held and report.report.when == entry.span
    ]
    reports = tuple(sorted((*entry.reports, *more), key=lambda report: report.id))
    origins = [stored.report.origin or outlet_origin(stored.outlet, stored.url) for stored in reports]
    return replace(entry, reports=reports, n_independent=count_independent(origins))


def _find(
    timeline: Timeline,
    selection: EventSelection,
    visit: Visit,
    *,
    tx: Transaction,
    request: Request,
    ports: Ports,
) -> _Found:
    items = []
    for number, entry in enumerate(timeline.entries, 1):
        n_new, is_new = count_news(entry, visit.marks.seen)
        revisions = find_revisions(entry.reports, entry.disputes) if len(entry.reports) > 1 else ()
        items.append(Item(number, entry, len(entry.reports), n_new, is_new, revisions))
    zone = find_zone(request, ports, tx)
    return _Found(timeline, tuple(items), selection, visit, find_today(request, zone), zone)


def _open_entry(typed: str, timeline: Timeline, before: Visit | None, tx: Transaction, *, today: date) -> Reply:
    """Return one entry with all its quotes; a number is that of the answer that the reader saw last."""
    reference = typed.strip().lower()
    shown = before.entries if before is not None and before.entries else [each.event_ids for each in timeline.entries]
    if reference.isdecimal() and 1 <= int(reference[:9]) <= len(shown):
        return answer_comparison(load_occurrence(shown[int(reference[:9]) - 1], tx), tx, today=today)
    if reference.startswith("e") and reference[1:].isdecimal():
        return answer_comparison(load_occurrence((int(reference[1:16]),), tx), tx, today=today)
    raise NotFoundError(f"There is no entry “{typed[:20]}”. Entries are numbered from 1 to {len(shown)}.")


def _title(question: _Question, found: _Found) -> str:
    entries = count_words(len(found.items), "entry", "entries")
    entries += f", page {question.page}" if question.page > 1 else ""
    asked = question.narrowing.describe() + _interval_words(question.query.first_on, question.query.last_on)
    return f"{question.topic.text}: {entries}{asked}"


def _interval_words(first_on: date | None, last_on: date | None) -> str:
    words = f" from {format_day(first_on)}" if first_on is not None else ""
    return f"{words} to {format_day(last_on)}" if last_on is not None else words


def _blocks(question: _Question, found: _Found) -> list[Block]:
    remarks = [*remark_on(question.topic), *_news_remarks(found, question.topic)]
    blocks: list[Block] = [notice(remark) for remark in remarks]
    blocks.extend(make_blocks(found.items, today=found.today, show=question.show))
    blocks.extend(unplaced_blocks(found.timeline.unplaced))
    blocks.extend(notice(remark) for remark in _rest_remarks(question, found))
    return blocks


def _news_remarks(found: _Found, topic: Topic) -> list[str]:
    """Return how much is new since the reader's last visit; nothing on the first."""
    since = found.visit.since_at
    if since is None:
        return []
    n_new = sum(item.is_new for item in found.items)
    n_more = sum(item.n_new > 0 and not item.is_new for item in found.items)
    asked = f"you last asked, {format_moment(since)}"
    if not n_new and not n_more:
        return [f"Nothing new since {asked}."]
    more = f", and {count_words(n_more, 'entry has', 'entries have')} new reports" if n_more else ""
    return [
        f"New since {asked}: {count_words(n_new, 'entry', 'entries')}{more}. /forget {topic.text} ends these marks."
    ]


def _rest_remarks(question: _Question, found: _Found) -> list[str]:
    timeline, remarks = found.timeline, []
    if timeline.n_left_out:
        words = count_words(timeline.n_left_out, "event")
        further = f" Page {question.page + 1} shows the next of them." if question.n_dates is None else ""
        remarks.append(f"Not shown: {words} of less weight.{further} Dates, a filter or more words narrow a timeline.")
    if timeline.n_undated:
        remarks.append(f"Not shown: {count_words(timeline.n_undated, 'event')} without a date.")
    if found.selection.is_partial:
        remarks.append(_remark_on_many(found.selection))
    return remarks


def _remark_on_many(selection: EventSelection) -> str:
    more = "" if selection.is_counted else "more than "
    return f"Chosen among {more}{selection.n_events:,} events: those with most articles and references were looked at."


def _actions(request: Request, question: _Question, *, n_left_out: int) -> tuple[Action, ...]:
    """Return what can be done next: open an entry, see what was left out, see less or more of each."""
    asked: dict[str, Argument] = {name: value for name, value in request.arguments.items() if name != "show"}
    actions = [Action("Open an entry…", "timeline", asked, asks="entry", hint="its number, such as 3")]
    if n_left_out and question.n_dates is None:
        further = {**request.arguments, "page": question.page + 1}
        actions.append(Action("What was left out", "timeline", further))
    if question.show is not Show.FULL:
        other = Show.BRIEF if question.show is not Show.BRIEF else Show.FULL
        actions.append(Action(f"In {other.value}", "timeline", {**asked, "show": other.value}))
    return tuple(actions)


def _record(question: _Question, found: _Found, references: References) -> Record:
    query, timeline = question.query, found.timeline
    return {
        "topic": question.topic.text,
        "entries": [entry_record(item, references, today=found.today) for item in found.items],
        "from": None if query.first_on is None else query.first_on.isoformat(),
        "to": None if query.last_on is None else query.last_on.isoformat(),
        "filters": dict(question.narrowing.typed),
        "show": question.show.value,
        "page": question.page,
        "today": found.today.isoformat(),
        "zone": found.zone,
        "since": moment(found.visit.since_at),
        "n_new": sum(item.is_new for item in found.items),
        "n_left_out": timeline.n_left_out,
        "n_undated": timeline.n_undated,
        "also_disputed": list(map(dispute_record, timeline.unplaced)),
        "is_partial": found.selection.is_partial,
        "remarks": remark_on(question.topic),
    }


def _answer_nothing(question: _Question, tx: Transaction) -> Reply:
    """Say why there is nothing: the days, the filters, the names together, or the name itself."""
    topic, query = question.topic, question.query
    data: Record = {"topic": topic.text, "entries": []}
    wide = EventQuery(topic, most=_CONSIDERED)
    whole = tx.events.select(wide).events
    if not whole:
        return _answer_no_topic(topic, tx, data)
    if topic.without and all(is_left_out(topic, event) for event in whole):
        return Reply(f"Nothing on {topic.text}.", (notice("What is left out leaves nothing of it."),), data)
    words = _interval_words(query.first_on, query.last_on)
    title = f"Nothing on {topic.text}{question.narrowing.describe()}{words}."
    blocks: list[Block] = [notice(f"/timeline {topic.text} shows the whole history.")]
    within = tx.events.select(replace(wide, first_on=query.first_on, last_on=query.last_on)).events if words else whole
    if question.narrowing.typed and within:
        told, counted = tell_left_out(within)
        return Reply(title, (*blocks, *told), data | counted)
    fitting = [event for event in whole if question.narrowing.takes(event) and question.narrowing.has_kind(event)]
    around, nearest = tell_around(*find_around(fitting or whole, query.first_on, query.last_on))
    return Reply(title, (*blocks, *tell_extent(whole), *around), data | {"nearest": nearest})


def _answer_no_topic(topic: Topic, tx: Transaction, data: Record) -> Reply:
    if not topic.either and is_named(topic) and len(topic.terms) > 1:
        words = [term.text for term in topic.terms]
        either = " OR ".join(map(type_term, topic.terms))
        hint = notice(f"An event must tell of each of them. /timeline {either} shows those that tell of either.")
        return Reply(f"No event in the record tells of {' and '.join(words)} together.", (hint,), data)
    return answer_unknown(topic, tx, {**data})
