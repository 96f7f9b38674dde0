"""What handlers need of the database for what is told beside the news: troubles and notices.

As ``handlers.stores``, which has the rooms of the news themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from news.watches.notices import Notice, Trouble
from news.watches.silence import Health


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

    def prune(self, *, before: datetime, limit: int = 1_000) -> int:
        """Forget ``limit`` troubles at most that were over before then and that no notice tells of; return how many."""

    def list_hearers(self, *, since: datetime) -> Mapping[str, frozenset[str]]:
        """Return the channels that were to get an alert since then on articles of each feed, by its address.

        One walk over all alerts since then, whatever the number of feeds: not for a transaction that writes.
        """


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

    def find_last_trouble(self, channel: str) -> datetime | None:
        """Return when a channel was last sent a notice of troubles, or None."""

    def list_telling(self, trouble_id: int) -> list[Notice]:
        """Return the notices of troubles, not of recoveries, that tell of this one, in order."""

    def set_troubles(self, notice_id: int, trouble_ids: tuple[int, ...]) -> None:
        """Let a notice that was never tried tell of these."""

    def mark(self, notice_id: int) -> None:
        """What it tells of is otherwise by now."""

    def list_stale(self, *, now: datetime, channels: str, limit: int) -> list[Notice]:
        """Return notices that were sent and are to be edited, oldest first; no closed channels.

        Those whose edit failed come when their time has come, and after all others.
        """

    def record_edited(self, notice_id: int) -> None:
        """Its message is current."""

    def record_edit_failed(self, notice_id: int, *, error: str, retry_at: datetime) -> None:
        """Its message is not current, and is not to be edited before then."""

    def expire(self, *, before: datetime, now: datetime) -> int:
        """Give up notices to closed channels that were made before then; return how many."""

    def prune(self, *, before: datetime, limit: int = 1_000) -> int:
        """Forget notices from before then, ``limit`` at most; return how many. What is not over stays."""
