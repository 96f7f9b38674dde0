"""What handlers need of the database to deliver: watches, alerts, heads, channels, troubles and notices of them.

See ``handlers.stores`` for the rest, and for what holds of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from news.notices import Notice, Trouble
from news.silence import Health
from news.watches import Alert, ClosedChannel, Head, OutboxRow, Queue, Watch


class WatchStore(Protocol):
    """Which channel hears what."""

    def add(self, *, channel: str, expression: str, actor: str, now: datetime, ping: str = "") -> tuple[Watch, bool]:
        """Return the watch and whether it was added now."""

    def list_all(self, channel: str | None = None, *, place: str = "") -> list[Watch]:
        """Return the watches (of a channel, of a place), in order of id."""

    def find(self, watch_id: int) -> Watch | None:
        """Return the watch, or None."""

    def update(self, watch: Watch) -> None:
        """Write what may be changed of a watch: all but its id, channel, expression and maker. Raises NotFoundError."""

    def remove(self, watch_id: int) -> None:
        """Forget the watch; what it posted stays."""


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


class TroubleStore(Protocol):
    """What is not heard, and what is remembered of feeds beside their last poll."""

    def find_health(self, feed_id: int) -> Health | None:
        """Return what is remembered of a feed, or None."""

    def list_health(self) -> Mapping[int, Health]:
        """Return what is remembered of all feeds, by their ids."""

    def set_health(self, feed_id: int, health: Health) -> None:
        """Remember it instead of what was."""

    def forget_health(self, feed_ids: Iterable[int]) -> None:
        """Forget feeds that are there no more."""

    def open(self, trouble: Trouble) -> Trouble:
        """Write it under a new id. Raises InputError if one of its subject is open."""

    def close(self, trouble_id: int, *, now: datetime) -> None:
        """It is over; nothing happens if it was before."""

    def list_some(self, trouble_ids: Iterable[int]) -> list[Trouble]:
        """Return those of these ids that are there, in order of their ids."""

    def list_open(self) -> list[Trouble]:
        """Return all that are not over, oldest first."""

    def find_last_end(self, subject: str) -> datetime | None:
        """Return when the last trouble of a subject was over, or None."""

    def count_channels_of(self, feed_url: str, *, since: datetime) -> Mapping[str, int]:
        """Return how many alerts on articles of a feed each channel was to get since then."""


class NoticeStore(Protocol):
    """Notices on their way. A row is unique by channel and key."""

    def add(self, notice: Notice) -> bool:
        """Write a notice under a new id unless the channel has one of its key; return whether it was written."""

    def has_due(self, *, now: datetime, channels: str) -> bool:
        """Return whether ``lease`` would find one; takes no lock."""

    def lease(self, *, now: datetime, channels: str, lease_s: int, worker: str) -> Notice | None:
        """Take a lease on the next notice to a channel that begins with ``channels``, or return None."""

    def record_sent(self, notice: Notice, *, receipt: str, thread: str, now: datetime) -> None:
        """The platform has the message; nothing happens unless it is being sent by that attempt."""

    def record_failed(self, notice: Notice, *, error: str, retry_at: datetime | None) -> None:
        """The platform does not have it; None gives up. Nothing happens as in ``record_sent``."""

    def withdraw(self, notice_ids: Iterable[int], *, reason: str) -> int:
        """Let notices that were never tried stay where they are; return how many."""

    def get(self, notice_id: int) -> Notice:
        """Return one. Raises NotFoundError."""

    def find(self, channel: str, key: str) -> Notice | None:
        """Return the notice of that key to a channel, or None."""

    def list_waiting(self, channel: str) -> list[Notice]:
        """Return the notices to a channel that were never tried, in order."""

    def list_telling(self, trouble_id: int) -> list[Notice]:
        """Return the notices of troubles, not of recoveries, that tell of this one, in order."""

    def set_troubles(self, notice_id: int, trouble_ids: tuple[int, ...]) -> None:
        """Let a notice that was never tried tell of these."""

    def mark(self, notice_id: int) -> None:
        """What it tells of is otherwise by now."""

    def list_stale(self, *, channels: str, limit: int) -> list[Notice]:
        """Return notices that were sent and are to be edited, oldest first; no closed channels."""

    def record_edited(self, notice_id: int) -> None:
        """Its message is current."""

    def expire(self, *, before: datetime, now: datetime) -> int:
        """Give up notices to closed channels that were made before then; return how many."""


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
