"""What a channel is told that is no alert: feeds in trouble, stories that go on elsewhere, digests without news.

Owns the value types. What counts as trouble is ``news.watches.silence``'s; wording and sending are the handlers'.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from news.watches.watch import Head, OutboxState


class TroubleKind(StrEnum):
    """Why something is not heard."""

    SILENT = "silent"
    """A feed that is polled well and brings nothing for far longer than usual."""
    FAILING = "failing"
    """A feed whose polls have failed for long."""
    UNREADABLE = "unreadable"
    """A feed whose body is no feed any more."""
    UNDATED = "undated"
    """A feed whose entries have lost their dates."""
    UNNAMED = "unnamed"
    """A feed whose entries have lost their ids."""
    STOPPED = "stopped"
    """A feed that is gone (410), or whose address must not be fetched."""
    PAUSED = "paused"
    """A feed that a person paused."""
    MOVED = "moved"
    """A feed that is at another address from now on; no trouble that could be over."""
    UNFED = "unfed"
    """A watch that no living feed could bring anything to."""
    OFFLINE = "offline"
    """The bot itself reaches nobody."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is not heard, from when it was noticed until it is over.

    Attributes:
        subject: ``feed:3``, ``watch:2`` or ``bot``; one trouble of a subject is open at a time.
        reason: in words, as it was known then.
        since: when it began, as far as that is known.
        next_try_at: when it is tried again, as it was known then; None where nothing is tried.
    """

    id: int
    kind: TroubleKind
    subject: str
    reason: str
    since: datetime
    opened_at: datetime
    closed_at: datetime | None = None
    next_try_at: datetime | None = None


KEPT = timedelta(days=90)
"""Notices, and troubles that are over, are remembered for so long."""

BOT = "bot"
"""The subject of a trouble of the bot itself."""


def feed_subject(feed_id: int) -> str:
    """Return what a trouble of a feed is about."""
    return f"feed:{feed_id}"


def watch_subject(watch_id: int) -> str:
    """Return what a trouble of a watch is about."""
    return f"watch:{watch_id}"


def number_of(subject: str) -> int | None:
    """Return the number of the feed or watch of a subject; None for the bot itself."""
    _, colon, number = subject.partition(":")
    return int(number) if colon else None


QUIET = "quiet hours"
"""``Notice.held_by`` where a watch of the channel wants quiet."""
BRAKE = "brake"
"""``Notice.held_by`` where the channel was told of other trouble a short while before."""
GATHERING = "gathering"
"""``Notice.held_by`` where more may follow that is told in the same line."""


class NoticeKind(StrEnum):
    """What a notice tells."""

    TROUBLE = "trouble"
    RECOVERY = "recovery"
    """Under the notice of a trouble: it is over."""
    EMPTY = "empty"
    """A digest that had nothing in it."""
    STORY = "story"
    """In the thread of a story: it goes on elsewhere."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to one channel that is no alert; a row first and a message second, as an alert is.

    Attributes:
        key: the same for the same thing told twice; unique by channel.
        trouble_ids: what it tells of, if of troubles.
        text: what it tells otherwise.
        under: receipt of the message that it belongs under, empty for none.
        thread: the thread there, if it is known.
        due_at: not before.
        held_by: what it waits for until then, one of the words below; empty for nothing, or where that is not known.
        next_try_at: after a try that failed.
        is_stale: what it tells of is otherwise by now, and the message is to be edited.
        n_attempts: times it was leased; above 1 means that an earlier try may have arrived.
    """

    id: int
    channel: str
    kind: NoticeKind
    key: str
    created_at: datetime
    trouble_ids: tuple[int, ...] = ()
    text: str = ""
    under: str = ""
    thread: str = ""
    due_at: datetime | None = None
    state: OutboxState = OutboxState.PENDING
    n_attempts: int = 0
    receipt: str = ""
    own_thread: str = ""
    error: str = ""
    sent_at: datetime | None = None
    first_tried_at: datetime | None = None
    is_stale: bool = False
    held_by: str = ""
    next_try_at: datetime | None = None

    @property
    def name(self) -> str:
        """What it is called: ``t12``."""
        return f"t{self.id}"

    def as_head(self) -> Head:
        """Return its message as one that others can go under and that can be edited."""
        return Head(0, self.channel, 0, 0, self.receipt, self.own_thread, name=self.name)

    def over(self) -> Head | None:
        """Return the message that it belongs under, or None."""
        return Head(0, self.channel, 0, 0, self.under, self.thread, name=self.name) if self.under else None
