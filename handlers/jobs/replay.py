"""Replay: a stretch of the past once more, under other rules or another version, on a copy of the store.

Owns the order of what happens and what is fed into the copy: the articles as they came, at the moments at which they
were decided on; watches from the moment they were made; what readers marked, when they marked it; and deliveries into
nothing. Must never touch the store that it reads, nor a platform. What differs is ``news.watches.replays``' to say.

What goes out is tried at the moments at which the bot tried then, so that the same rules give the same messages; what
was not made then is tried one look after it is due.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from handlers.alerts import decision_of
from handlers.dispatch import dispatch
from handlers.jobs.deliver import deliver_due
from handlers.jobs.ingest import SEEN_BEFORE, IngestPlan, IngestResult, Intake
from handlers.jobs.switches import Edition, Switch, list_editions, list_switches
from handlers.messages import NO_ALERTS_STEP, count_words
from handlers.ports import Ports, Post, Receipt, Transaction
from handlers.reply import Reply
from handlers.request import Access, Argument, Request
from handlers.watch_settings import end_watch
from news.decision import Decision
from news.errors import QueryError
from news.reading import read, with_headline
from news.watches.feedback import Feedback, FeedbackKind
from news.watches.replays import Difference, Taken, Told, compare
from news.watches.watch import Head, OutboxRow, OutboxState, Watch

_WATCH, _EDIT, _BEGIN, _TAKE, _SWITCH, _MARK, _DELIVER = range(7)
"""What happens at one moment, in this order."""


@dataclass(frozen=True, slots=True)
class ReplayPlan:
    """Which stretch is replayed, and how.

    Attributes:
        until: the first moment that does not belong to it.
        tick_s: seconds between looks for alerts to post.
        left_out: channel and expression of watches that are not there in the replay.
    """

    since: datetime
    until: datetime
    tick_s: float = 1.0
    left_out: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class ReplayResult:
    """What came of it.

    Attributes:
        decisions: those that an edition had and would have, for editions of another label; in order.
        verdicts: of every edition that would be decided on, by article and edition of the record.
        notes: what could not be replayed, and what else a reader must know.
    """

    n_editions: int
    was: tuple[Told, ...]
    would: tuple[Told, ...]
    differences: tuple[Difference, ...]
    decisions: tuple[tuple[Taken, Decision], ...] = ()
    verdicts: dict[tuple[int, int], Decision] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


Progress = Callable[[int, int], None]
"""Told how many editions are done, and of how many."""


def replay(past: Ports, copy: Ports, plan: ReplayPlan, *, report: Progress = lambda _done, _all: None) -> ReplayResult:
    """Replay a stretch and compare it with what was.

    Args:
        past: the store as it is now; only read.
        copy: a store as it was right before ``plan.since``, which is written; its clock is not asked.

    Raises:
        QueryError: nothing was taken in during that time.
    """
    with past.store.read() as tx:
        taken = tx.history.list_taken(plan.since, plan.until)
        if not taken:
            raise QueryError(_say_empty(tx, plan))
        was = _list_told(tx, plan, lambda article_id, revision: (article_id, revision))
    stage = _Stage(past, copy, plan, report)
    stage.run(taken, was)
    with stage.ports.store.read() as tx:
        would = _list_told(tx, plan, stage.name_edition)
    decisions = tuple((each, stage.verdicts[each.edition]) for each in taken if _is_other(each, stage.verdicts))
    notes = tuple(stage.notes)
    return ReplayResult(len(taken), was, would, compare(was, would), decisions, stage.verdicts, notes)


def _is_other(taken: Taken, verdicts: dict[tuple[int, int], Decision]) -> bool:
    return taken.edition in verdicts and verdicts[taken.edition].label is not taken.label


def _say_empty(tx: Transaction, plan: ReplayPlan) -> str:
    bounds = tx.history.find_bounds()
    if bounds is None:
        return "The record holds no article that was decided on, so there is nothing to replay."
    days = f"{bounds[0]:%Y-%m-%d} to {bounds[1]:%Y-%m-%d}"
    last = plan.until - timedelta(seconds=1)
    return (
        f"No article came in between {plan.since:%Y-%m-%d} and {last:%Y-%m-%d}. The record has articles from {days}; "
        "choose days in that time."
    )


@dataclass(order=True, slots=True)
class _Happening:
    """Something that happened then, in order of moment, sort and number."""

    at: datetime
    sort: int
    number: int
    what: Taken | Watch | Edition | Switch | Feedback | None = field(compare=False, default=None)


class _Sink:
    """A platform that takes everything and shows it to nobody."""

    prefix = ""
    recognises = True
    is_ready = True

    def post(self, post: Post) -> Receipt:
        """Take a message."""
        return Receipt(f"replayed-{post.key}")

    def edit(self, head: Head, reply: Reply) -> None:
        """Take a change."""


class _Stage:
    """The copy, its clock, and what of the record stands for what in it."""

    def __init__(self, past: Ports, copy: Ports, plan: ReplayPlan, report: Progress) -> None:
        self.past, self._plan, self._report = past, plan, report
        self.now = plan.since
        self.ports = replace(copy, now=lambda: self.now)
        self.verdicts: dict[tuple[int, int], Decision] = {}
        self.notes: list[str] = []
        self._article_ids: dict[int, int] = {}
        self._editions: dict[tuple[int, int], tuple[int, int]] = {}
        self._mark_ids: dict[int, int] = {}
        self._slots: dict[tuple[str, int, int], tuple[datetime | None, bool]] = {}
        self._happenings: list[_Happening] = []
        self._n_done = 0
        self._n_queued = 0

    def run(self, taken: Sequence[Taken], was: Iterable[Told]) -> None:
        """Let everything happen again, in order."""
        self._slots = {told.key: (told.alert.due_at, told.alert.is_digest) for told in was}
        plan = self._plan
        with self.past.store.read() as tx:
            marks = tx.history.list_marks(plan.since, plan.until)
            watches = [watch for watch in tx.watches.list_all() if plan.since <= watch.created_at < plan.until]
            watches = [watch for watch in watches if (watch.channel, watch.expression) not in plan.left_out]
            switches = [switch for switch in list_switches(tx, plan.since) if switch.at < plan.until]
            editions = [each for each in list_editions(tx, plan.since) if each.at < plan.until]
            editions = [each for each in editions if (each.watch.channel, each.watch.expression) not in plan.left_out]
            tries = tx.history.list_tries(plan.since, plan.until)
        self._happenings = [
            *(_Happening(watch.created_at, _WATCH, watch.id, watch) for watch in watches),
            *(
                _Happening(each.at, _BEGIN if each.is_first else _SWITCH, place, each)
                for place, each in enumerate(switches)
            ),
            *(
                _Happening(each.at, _EDIT if each.is_first else _SWITCH, place, each)
                for place, each in enumerate(editions)
            ),
            *(_Happening(each.taken_at, _TAKE, place, each) for place, each in enumerate(taken)),
            *(_Happening(each.at, _MARK, each.id, each) for each in marks if plan.since <= each.at),
            *(_Happening(at, _MARK, each.id, each) for each in marks if (at := _undone_at(each, plan)) is not None),
            *(_Happening(at, _DELIVER, place) for place, at in enumerate(tries)),
        ]
        heapq.heapify(self._happenings)
        while self._happenings:
            self._let_happen(heapq.heappop(self._happenings), len(taken))

    def _let_happen(self, happening: _Happening, n_all: int) -> None:
        self.now = max(self.now, happening.at)
        match happening.what:
            case Taken() as taken:
                self._take(taken)
                self._n_done += 1
                self._report(self._n_done, n_all)
            case Watch() as watch:
                self._add_watch(watch)
            case Edition() as edition:
                self._edit(edition)
            case Switch() as switch:
                self._switch(switch.watch)
            case Feedback() as mark:
                self._mark(mark, is_taken_back=happening.at == mark.undone_at and mark.id in self._mark_ids)
            case _:
                deliver_due(self.ports, _Sink())
                self._look_again()

    def name_edition(self, article_id: int, revision: int) -> tuple[int, int]:
        """Return what an edition of the copy is called in the record."""
        return self._editions.get((article_id, revision), (article_id, revision))

    def _take(self, taken: Taken) -> None:
        with self.past.store.read() as tx:
            article = with_headline(tx.history.get_edition(*taken.edition))
            held = tx.articles.get_decision(taken.article_id, revision=taken.revision)
        silence = _find_silence(held)
        is_loud = not silence and not taken.is_seed
        rows_since = datetime.min.replace(tzinfo=UTC) if taken.revision else None
        plan = IngestPlan(0 if is_loud else None, silence, is_seed=taken.is_seed, rows_since=rows_since)
        reading = read(article)
        with self.ports.store.write() as tx:
            result = Intake(tx, self.ports, plan).take(article, reading, is_loud=is_loud)
            self._note(tx, taken, result)

    def _note(self, tx: Transaction, taken: Taken, result: IngestResult) -> None:
        """Remember what the edition is called in the copy, and look for its alerts when they are due."""
        self._article_ids.setdefault(taken.article_id, result.article_id)
        if result.decision is None:
            self.notes.append(f"a{taken.article_id}: edition {taken.revision} would be nothing new at all")
            return
        revision = tx.articles.get_revision(result.article_id)
        self._editions[result.article_id, revision] = taken.edition
        self.verdicts[taken.edition] = tx.articles.get_decision(result.article_id)
        for row in tx.outbox.list_for_article(result.article_id):
            alert = row.alert
            slot = self._slots.get((alert.channel, *taken.edition))
            if row.lead_id is None and slot != (alert.due_at, alert.is_digest):
                self._look_at(alert.due_at or self.now)

    def _look_at(self, due_at: datetime) -> None:
        at = max(due_at, self.now) + timedelta(seconds=self._plan.tick_s)
        if at < self._plan.until:
            self._n_queued += 1
            heapq.heappush(self._happenings, _Happening(at, _DELIVER, -self._n_queued))

    def _look_again(self) -> None:
        """Look again when the window of a channel that got many messages is over, if something still waits."""
        settings = self.ports.settings
        with self.ports.store.read() as tx:
            since = self.now - timedelta(seconds=settings.window_s)
            is_waiting = bool(tx.outbox.list_queues(now=self.now, channels="", since=since))
        at = self.now + timedelta(seconds=settings.window_s)
        has_look = any(each.sort == _DELIVER and each.at <= at for each in self._happenings)
        if is_waiting and not has_look:
            self._look_at(at)

    def _add_watch(self, watch: Watch) -> None:
        with self.ports.store.write() as tx:
            self._put_watch(tx, watch)

    def _put_watch(self, tx: Transaction, watch: Watch) -> None:
        added, _ = tx.watches.add(
            channel=watch.channel, expression=watch.expression, actor=watch.created_by, now=watch.created_at
        )
        tx.watches.update(replace(watch, id=added.id))

    def _edit(self, edition: Edition) -> None:
        """Set a watch as it was set from then on; one that is gone by now was there until it was ended."""
        wanted = edition.watch
        with self.ports.store.write() as tx:
            mine = (each for each in tx.watches.list_all(wanted.channel) if each.expression == wanted.expression)
            held = next(mine, None)
            if edition.is_end:
                if held is not None:
                    end_watch(tx, held, now=self.now)
            elif held is None:
                self._put_watch(tx, wanted)
            else:
                wanted = replace(wanted, id=held.id, is_paused=held.is_paused, muted_until=held.muted_until)
                tx.watches.update(wanted)

    def _switch(self, watch: Watch) -> None:
        with self.ports.store.write() as tx:
            for held in tx.watches.list_all(watch.channel):
                if held.expression == watch.expression:
                    tx.watches.update(replace(held, is_paused=watch.is_paused, muted_until=watch.muted_until))

    def _mark(self, mark: Feedback, *, is_taken_back: bool) -> None:
        if mark.is_own and mark.at >= self._plan.since:
            self._unjoin(mark)
            return
        if is_taken_back or mark.at < self._plan.since:
            self._ask("mark undo", {"mark": f"f{self._mark_ids.get(mark.id, mark.id)}"}, mark)
            return
        item = f"a{self._article_ids.get(mark.article_id, mark.article_id)}"
        arguments: dict[str, Argument] = {"item": item}
        if mark.kind is FeedbackKind.SAME:
            arguments["story"] = self._name_story(mark)
        reply = self._ask(f"mark {mark.kind.value}", arguments, mark)
        if not reply.failed:
            self._mark_ids[mark.id] = int(str(reply.data["mark"])[1:])

    def _unjoin(self, mark: Feedback) -> None:
        """Take back what the copy joined by itself where that was taken back then; joining it needs no help."""
        if mark.undone_at is None or self.now < mark.undone_at:
            return
        article_id = self._article_ids.get(mark.article_id, mark.article_id)
        with self.ports.store.read() as tx:
            story_id = tx.articles.get(article_id).story_id
            held = [each for each in tx.feedback.list_for_story(story_id) if each.is_own]
        own = next((each for each in held if each.article_id == article_id), None)
        if own is not None:
            request = Request(
                "mark undo",
                {"mark": f"f{own.id}"},
                actor=mark.undone_by,
                now=self.now,
                access=Access.OPERATE,
            )
            dispatch(request, self.ports)

    def _name_story(self, mark: Feedback) -> str:
        """Return the story that another one was joined with, by its first article that was there then."""
        with self.past.store.read() as tx:
            articles = tx.articles.list_of_story(mark.other_story_id or mark.story_id)
        others = [each.id for each in articles if each.fetched_at <= mark.at and each.id != mark.article_id]
        return f"a{self._article_ids.get(others[0], others[0])}" if others else f"s{mark.other_story_id}"

    def _ask(self, command: str, arguments: dict[str, Argument], mark: Feedback) -> Reply:
        request = Request(command, arguments, mark.channel, mark.actor, now=self.now, access=Access.OPERATE)
        reply = dispatch(request, self.ports)
        if reply.failed:
            self.notes.append(f"f{mark.id} ({mark.kind.value}) could not be set again: {reply.title}")
        return reply


def _undone_at(mark: Feedback, plan: ReplayPlan) -> datetime | None:
    """Return when a mark was taken back, if that was in the stretch."""
    if mark.undone_at is None or not plan.since <= mark.undone_at < plan.until:
        return None
    return mark.undone_at


def _find_silence(decision: Decision) -> str:
    """Return why nothing of an edition was to be posted; empty where it was.

    That its words were seen before is no silence from outside: ingesting finds it anew.
    """
    reasons = (reason.text for reason in decision.reasons if reason.step == NO_ALERTS_STEP)
    return next((words for words in reasons if words != SEEN_BEFORE), "")


def _list_told(tx: Transaction, plan: ReplayPlan, name: Callable[[int, int], tuple[int, int]]) -> tuple[Told, ...]:
    """Return the alerts of the stretch that were not taken back before they went out."""
    rows = [row for row in tx.history.list_alerts(plan.since, plan.until) if row.state is not OutboxState.WITHDRAWN]
    return tuple(_tell(tx, row, name) for row in rows)


def _tell(tx: Transaction, row: OutboxRow, name: Callable[[int, int], tuple[int, int]]) -> Told:
    article_id, revision = name(row.alert.article_id, row.alert.revision)
    alert = replace(row.alert, article_id=article_id, revision=revision)
    companions = None
    if row.state is OutboxState.SENT:
        others = (each.alert for each in tx.outbox.list_message(row.id) if each.id != row.id)
        companions = frozenset(name(other.article_id, other.revision) for other in others)
    return Told(alert, decision_of(tx, row), companions)


def list_unsent(tx: Transaction, plan: ReplayPlan) -> str:
    """Return how many alerts of the stretch never arrived, in words; empty for none."""
    rows = tx.history.list_alerts(plan.since, plan.until)
    n_failed = sum(1 for row in rows if row.state is OutboxState.FAILED)
    return f"{count_words(n_failed, 'alert')} could not be sent then; they count as posted." if n_failed else ""
