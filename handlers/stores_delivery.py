"""What handlers need of the database to deliver: watches, alerts, heads and channels.

See ``handlers.stores`` for the rest, and for what holds of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from news.watches.watch import Alert, ClosedChannel, Head, OutboxRow, Queue, Watch


class WatchStore(Protocol):
    """Which channel hears what."""

    def add(self, *, channel: str, expression: str, actor: str, now: datetime, ping: str = "") -> tuple[Watch, bool]:
        """Return the watch and whether it was added now."""

    def list_all(self, channel: str | None = None, *, place: str = "") -> list[Watch]:
        """Return the watches (of a channel, of a place), in order of id."""

    def find(self, watch_id: int) -> Watch | None:
        """Return the watch, or None."""

    def update(self, watch: Watch, *, now: datetime | None = None) -> None:
        """Write what may be changed of a watch: all but its id, channel, expression and maker. Raises NotFoundError.

        With a moment, what it was until then is kept for replays.
        """

    def remove(self, watch_id: int, *, now: datetime | None = None) -> None:
        """Forget the watch; what it posted stays, and with a moment what it was."""


class OutboxStore(Protocol):
    """Alerts on their way. A row is unique by article, edition and channel."""

    def add(self, alerts: Iterable[Alert], *, now: datetime) -> int:
        """Write alerts that are not yet there; return how many were."""

    def list_queues(self, *, now: datetime, channels: str, since: datetime) -> list[Queue]:
        """Return what may be leased now, for each channel that begins with ``channels``, longest waiting first.

        A channel is left out while a row of it is being sent or waits for its next try, and while it is closed.
        ``n_recent`` counts the messages sent there after ``since``.
        """

    def lease(self, channel: str, *, n_rows: int, now: datetime, lease_s: int, worker: str) -> list[OutboxRow]:
        """Take a lease on the next rows of a channel, which go out as one message; empty where there are none by now.

        Rows that an earlier try took together come together again, whatever ``n_rows`` says: a message is the same
        at each try. The first row is the lead.
        """

    def record_sent(self, lead_id: int, *, receipt: str, now: datetime, attempt: int | None = None) -> None:
        """The platform has the message. Nothing happens unless that attempt (``n_attempts``) is still the last."""

    def record_failed(
        self, lead_id: int, *, error: str, retry_at: datetime | None, now: datetime, attempt: int | None = None
    ) -> None:
        """The platform does not have it; None gives up. Nothing happens as in ``record_sent``."""

    def list_waiting(self, channel: str) -> list[OutboxRow]:
        """Return the alerts to a channel that were never tried, in order."""

    def has_digest(self, channel: str, due_at: datetime) -> bool:
        """Return whether alerts to a channel waited for the digest of that moment, sent by now or not."""

    def list_undelivered(self, channel: str, due_at: datetime) -> list[OutboxRow]:
        """Return the alerts to a channel for the digest of that moment that were given up, in order."""

    def withdraw(self, row_ids: Iterable[int], *, reason: str) -> int:
        """Let alerts that were never tried stay where they are; return how many."""

    def restore(self, channel: str, *, reason: str) -> int:
        """Let the alerts to a channel that were withdrawn for this reason wait again; return how many."""

    def get(self, row_id: int) -> OutboxRow:
        """Return one row. Raises NotFoundError."""

    def list_message(self, row_id: int) -> list[OutboxRow]:
        """Return the rows of the message that carries this one, the lead first. Raises NotFoundError."""

    def list_for_article(self, article_id: int) -> list[OutboxRow]:
        """Return the alerts on an article."""

    def list_for_story(self, story_id: int, channel: str) -> list[OutboxRow]:
        """Return the alerts that a channel was sent on the articles of a story, in order of sending."""

    def count_by_state(self, *, place: str = "") -> Mapping[str, int]:
        """Return the number of rows in each state, of the channels of a place or of all."""

    def list_told(self, story_id: int) -> list[str]:
        """Return the channels that have a head on a story, or an alert on an article of it, sent or waiting."""

    def expire(self, *, before: datetime, now: datetime, limit: int = 1_000) -> int:
        """Give up rows to closed channels that were made before then, ``limit`` at most; return how many."""


class HeadStore(Protocol):
    """The first message on each story in each channel."""

    def open(self, *, channel: str, story_id: int, row_id: int, receipt: str, thread: str, now: datetime) -> None:
        """Note a head; one that is there already for channel and story is replaced."""

    def find(self, channel: str, story_id: int) -> Head | None:
        """Return the head of a story in a channel, or None."""

    def list_for_story(self, story_id: int) -> list[Head]:
        """Return the heads of a story in all channels, in order of channel."""

    def set_thread(self, head_id: int, thread: str) -> None:
        """Note the thread under a head."""

    def mark(self, story_id: int) -> None:
        """Note that a story changed, so that its heads are not current."""

    def list_stale(self, *, channels: str, edited_before: datetime, limit: int) -> list[Head]:
        """Return heads that are not current and were not edited after then, longest ago first; no closed channels."""

    def record_edited(self, head_id: int, *, n_changes: int, now: datetime) -> None:
        """The message shows the story as it was after so many changes."""

    def record_failed(self, head_id: int, *, now: datetime) -> None:
        """An edit failed: the head stays stale and waits as if it had been edited ``now``, which may lie ahead."""

    def close_silent(self, *, before: datetime, now: datetime, limit: int = 1_000) -> int:
        """Close heads whose story had nothing since then, ``limit`` at most; return how many."""

    def forget(self, head_id: int) -> None:
        """The message is gone: the next alert on the story opens another."""


class ChannelStore(Protocol):
    """Channels that refuse the bot. All others are open."""

    def move(self, channel: str, to: str) -> int:
        """Let all that belongs to a channel belong to another address of it; return how many watches and alerts."""

    def close(self, channel: str, *, reason: str, now: datetime) -> bool:
        """Send nothing there any more; return whether it was open."""

    def reopen(self, channel: str) -> bool:
        """Send again to that channel and no other; return whether it was closed."""

    def list_closed(self, place: str = "") -> list[ClosedChannel]:
        """Return the closed channels of a place or of all, with how many alerts wait for each."""
