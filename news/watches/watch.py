"""Which channel hears what: watches, the alerts they make, and the rows that carry them out.

Owns the decision whether a watch takes an article. Sending is ``handlers.jobs.deliver``'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from news.decision import POSTED_LABELS, Decision, Label
from news.errors import QueryError
from news.queries.expression_grammar import parse_expression
from news.queries.expressions import Content, find_match
from news.queries.topics import Resolve
from news.watches.schedule import Schedule, find_slot


def place_of(channel: str) -> str:
    """Return what a channel lies in and its settings belong to: the part before the slash, or itself.

    ``discord:<server>/<channel>`` and ``slack:<workspace>/<channel>`` lie in a server or workspace;
    ``terminal:local`` is a place of its own.
    """
    return channel.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Watch:
    """A channel listens to a topic.

    Attributes:
        channel: ``<platform>:<place>/<id>``, or ``terminal:<name>``.
        expression: what it listens to as typed, see ``news.queries.expressions``; ``*`` takes everything.
        created_by: ``<platform>:<id>`` of who made it.
        ping: whom its alerts call, as the platform writes it (a role's or group's id); empty for nobody.
        is_paused: it takes nothing until it is resumed.
        n_origins: a story is told as soon as so many independent origins tell of it.
        schedule: when its alerts go out.
        muted_until: it takes nothing until then; None for a watch that hears.
    """

    id: int
    channel: str
    expression: str
    created_by: str
    created_at: datetime
    labels: frozenset[Label] = POSTED_LABELS
    ping: str = ""
    is_paused: bool = False
    n_origins: int = 1
    schedule: Schedule = field(default_factory=Schedule)
    muted_until: datetime | None = None

    def hears(self, now: datetime) -> bool:
        """Return whether it takes anything now."""
        return not self.is_paused and (self.muted_until is None or self.muted_until <= now)


@dataclass(frozen=True, slots=True)
class Alert:
    """An article that a channel is to hear of; unique by article, edition and channel.

    Attributes:
        due_at: when it may go out; None for at once.
        is_digest: it goes out together with all others of the channel that are due then.
        held_by: what it waits for, ``daily digest``, ``hourly digest`` or ``quiet hours``; empty for nothing.
        matched: what of the watch's expression took the article.
    """

    article_id: int
    channel: str
    watch_id: int
    label: Label
    revision: int = 0
    due_at: datetime | None = None
    is_digest: bool = False
    held_by: str = ""
    matched: tuple[str, ...] = ()


class OutboxState(StrEnum):
    """How far an alert has come."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    """Never tried: a reader's word or the end of its watch came first."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """An alert with the state of its delivery.

    Attributes:
        n_attempts: times it was leased, this one included; above 1 means that an earlier try may have arrived.
        receipt: what the platform called the message, empty before.
        lead_id: the first row of the message that carries this one; its own id, or that of a digest's first row.
            None until it is leased for the first time.
        first_tried_at: when it was leased for the first time; None before.
    """

    id: int
    alert: Alert
    state: OutboxState
    created_at: datetime
    n_attempts: int = 0
    receipt: str = ""
    error: str = ""
    sent_at: datetime | None = None
    lead_id: int | None = None
    first_tried_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for one channel now.

    Attributes:
        n_waiting: rows that may be leased, in order.
        n_recent: messages that went there lately; how lately is the caller's.
        n_digest: those of the waiting that go out together, before the others.
    """

    channel: str
    n_waiting: int
    n_recent: int = 0
    n_digest: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """The first message on a story in a channel; later reports hang on it, and it is kept current.

    Attributes:
        row_id: the outbox row that opened it.
        receipt: what the platform called the message.
        thread: what the platform called the thread under it, empty for none.
        n_changes: grows whenever the story changed; ``record_edited`` takes the number that was shown.
        n_failures: edits that failed since the last one that did not.
        opened_at: when it was posted.
        closed_at: its story fell silent: what comes after that opens another head; None while it goes on.
        name: key of a message that is no alert's; empty for that of ``row_id``.
    """

    id: int
    channel: str
    story_id: int
    row_id: int
    receipt: str
    thread: str = ""
    n_changes: int = 0
    edited_at: datetime | None = None
    n_failures: int = 0
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    name: str = ""

    @property
    def key(self) -> str:
        """The key that its message was posted with."""
        return self.name or f"n{self.row_id}"


@dataclass(frozen=True, slots=True)
class ClosedChannel:
    """A channel that refuses the bot; nothing is sent there until it is opened again."""

    channel: str
    reason: str
    closed_at: datetime
    n_waiting: int = 0


def size_message(queue: Queue, *, most: int) -> int:
    """Return how many waiting alerts the next message to a channel takes; 0 waits.

    A digest that is due goes first, as one message. Other alerts go out one by one while there is room for all of them
    among ``most`` messages in the time that ``Queue.n_recent`` counts; the last place takes all that is left as one
    digest. Nothing is left out.
    """
    n_places = most - queue.n_recent
    if n_places <= 0 or not queue.n_waiting:
        return 0
    if queue.n_digest:
        return queue.n_digest
    return queue.n_waiting if n_places == 1 else 1


def select_alerts(
    watches: Iterable[Watch],
    *,
    content: Content,
    decision: Decision,
    resolve: Resolve,
    now: datetime,
    told: Collection[str] = (),
) -> tuple[Alert, ...]:
    """Return one alert for each channel that is to hear of the article, not numbered yet, by the watches' ids.

    A watch takes the article if the label is among its own and its expression takes it (by names with what they lie
    within: a watch on Venezuela takes Caracas). Where several watches of a channel fit, the one that tells it first
    counts, and of those the oldest. A watch whose expression cannot be read any more takes nothing and stops no other.

    A watch that waits for several origins hears of a story when they are there, be it by an article that adds nothing
    but its own: to a channel that was not told of it (``told``), that is NEW.
    """
    fits: dict[str, tuple[str, ...] | None] = {}
    heard: dict[str, Alert] = {}
    for watch in sorted(watches, key=lambda each: each.id):
        label = _label_for(watch, decision, is_told=watch.channel in told)
        if label is None or not watch.hears(now):
            continue
        if watch.expression not in fits:
            fits[watch.expression] = _find_match(watch.expression, content, resolve)
        matched = fits[watch.expression]
        if matched is not None:
            alert = _schedule(Alert(0, watch.channel, watch.id, label, matched=matched), watch, now)
            held = heard.get(watch.channel)
            if held is None or (alert.due_at or now) < (held.due_at or now):
                heard[watch.channel] = alert
    return tuple(heard.values())


def _label_for(watch: Watch, decision: Decision, *, is_told: bool) -> Label | None:
    """Return under which label a watch hears of the article, or None if it does not."""
    if decision.n_independent < watch.n_origins:
        return None
    is_confirmation = decision.label is Label.KNOWN and watch.n_origins > 1 and not is_told
    label = Label.NEW if is_confirmation else decision.label
    return label if label in watch.labels else None


def _schedule(alert: Alert, watch: Watch, now: datetime) -> Alert:
    slot = find_slot(watch.schedule, now)
    if not slot.is_digest:
        return alert
    return replace(alert, due_at=slot.due_at, is_digest=True, held_by=slot.reason)


def _find_match(expression: str, content: Content, resolve: Resolve) -> tuple[str, ...] | None:
    try:
        return find_match(parse_expression(expression, resolve), content)
    except QueryError:
        return None
