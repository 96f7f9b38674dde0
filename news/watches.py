"""Which channel hears what: watches, the alerts they make, and the rows that carry them out.

Owns the decision whether a watch takes an article. Sending is ``handlers.jobs.deliver``'s.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.decision import POSTED_LABELS, Decision, Label
from news.errors import QueryError
from news.expression_grammar import parse_expression
from news.expressions import Content, find_match
from news.model import Article, Reading
from news.topics import Resolve


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
        expression: what it listens to as typed, see ``news.expressions``; ``*`` takes everything.
        created_by: ``<platform>:<id>`` of who made it.
        ping: whom its alerts call, as the platform writes it (a role's or group's id); empty for nobody.
        is_paused: it takes nothing until it is resumed.
    """

    id: int
    channel: str
    expression: str
    created_by: str
    created_at: datetime
    labels: frozenset[Label] = POSTED_LABELS
    ping: str = ""
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class Alert:
    """An article that a channel is to hear of; unique by article, edition and channel."""

    article_id: int
    channel: str
    watch_id: int
    label: Label
    revision: int = 0


class OutboxState(StrEnum):
    """How far an alert has come."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


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
    """

    channel: str
    n_waiting: int
    n_recent: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """The first message on a story in a channel; later reports hang on it, and it is kept current.

    Attributes:
        row_id: the outbox row that opened it.
        receipt: what the platform called the message.
        thread: what the platform called the thread under it, empty for none.
        n_changes: grows whenever the story changed; ``record_edited`` takes the number that was shown.
        n_failures: edits that failed since the last one that did not.
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


@dataclass(frozen=True, slots=True)
class ClosedChannel:
    """A channel that refuses the bot; nothing is sent there until it is opened again."""

    channel: str
    reason: str
    closed_at: datetime
    n_waiting: int = 0


def size_message(queue: Queue, *, most: int) -> int:
    """Return how many waiting alerts the next message to a channel takes; 0 waits.

    Alerts go out one by one while there is room for all of them among ``most`` messages in the time that
    ``Queue.n_recent`` counts; the last place takes all that is left as one digest. Nothing is left out.
    """
    n_places = most - queue.n_recent
    if n_places <= 0 or not queue.n_waiting:
        return 0
    return queue.n_waiting if n_places == 1 else 1


def select_alerts(
    watches: Iterable[Watch],
    *,
    article_id: int,
    article: Article,
    reading: Reading,
    decision: Decision,
    resolve: Resolve,
    revision: int = 0,
) -> tuple[Alert, ...]:
    """Return one alert for each channel that is to hear of the article, in order of the watches' ids.

    A watch takes the article if the label is among its own and its expression takes it (by names with what they lie
    within: a watch on Venezuela takes Caracas). Where several watches of a channel fit, the oldest counts. A watch
    whose expression cannot be read any more takes nothing and stops no other.

    ``revision`` counts the editions of the article; an alert is unique by article, edition and channel.
    """
    content = Content(article, reading)
    fits: dict[str, bool] = {}
    heard: dict[str, Alert] = {}
    for watch in sorted(watches, key=lambda each: each.id):
        if watch.is_paused or watch.channel in heard or decision.label not in watch.labels:
            continue
        if watch.expression not in fits:
            fits[watch.expression] = _is_taken(watch.expression, content, resolve)
        if fits[watch.expression]:
            heard[watch.channel] = Alert(article_id, watch.channel, watch.id, decision.label, revision)
    return tuple(heard.values())


def _is_taken(expression: str, content: Content, resolve: Resolve) -> bool:
    try:
        return find_match(parse_expression(expression, resolve), content) is not None
    except QueryError:
        return False
