"""Notices on their way: rows first and messages second, as alerts are.

Owns their leases and states. Must never compose or send one: that is ``handlers.jobs.notify``'s.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, literal_column, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from news.errors import NotFoundError
from news.watches.notices import Notice, NoticeKind
from news.watches.watch import OutboxState
from storage.codec import from_json, to_json
from storage.leases import GIVEN_BACK, is_free, take
from storage.outbox import is_open
from storage.places import begins_with
from storage.schema import CLOSED_CHANNELS, NOTICE_TROUBLES, NOTICES, TROUBLES
from storage.types import AnyRow

_OPEN = is_open(NOTICES)
_OF_TROUBLE = NOTICES.c.kind == literal_column("'trouble'")
"""In the words of the index ``ix_notices_told``."""
_CHUNK = 900
_IS_CLOSED = exists().where(CLOSED_CHANNELS.c.channel == NOTICES.c.channel)


class SqlNotices:
    """Notices; see ``handlers.stores_notices.NoticeStore``. Unique by channel and key."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, notice: Notice) -> bool:
        """Write a notice under a new id unless the channel has one of its key; return whether it was written."""
        values = {
            "channel": notice.channel,
            "kind": notice.kind,
            "key": notice.key,
            "created_at": notice.created_at,
            "trouble_ids": to_json(notice.trouble_ids),
            "text": notice.text,
            "under": notice.under,
            "thread": notice.thread,
            "due_at": notice.due_at,
            "held_by": notice.held_by,
            "state": OutboxState.PENDING,
        }
        statement = insert(NOTICES).on_conflict_do_nothing(index_elements=["channel", "key"]).returning(NOTICES.c.id)
        notice_id = self._connection.execute(statement, values).scalar()
        if notice_id is not None:
            self._link(notice_id, notice.trouble_ids)
        return notice_id is not None

    def _link(self, notice_id: int, trouble_ids: tuple[int, ...]) -> None:
        """Note which troubles a notice tells of, so that it is found by them."""
        rows = [{"trouble_id": trouble_id, "notice_id": notice_id} for trouble_id in dict.fromkeys(trouble_ids)]
        if rows:
            self._connection.execute(insert(NOTICE_TROUBLES), rows)

    def has_due(self, *, now: datetime, channels: str) -> bool:
        """Return whether ``lease`` would find one; takes no lock."""
        query = select(NOTICES.c.id).where(*_is_due(now, channels)).limit(1)
        return self._connection.execute(query).first() is not None

    def lease(self, *, now: datetime, channels: str, lease_s: int, worker: str) -> Notice | None:
        """Take a lease on the next notice to a channel that begins with ``channels``, or return None.

        The attempt is counted now, before anything is sent: a message whose sender died may have arrived.
        """
        query = select(NOTICES).where(*_is_due(now, channels)).order_by(NOTICES.c.id).limit(1)
        until = now + timedelta(seconds=lease_s)
        values = {"state": OutboxState.SENDING, "n_attempts": NOTICES.c.n_attempts + 1}
        rows = take(self._connection, query, table=NOTICES, until=until, worker=worker, values=values)
        if not rows:
            return None
        ours = NOTICES.c.id == rows[0].id
        tried = NOTICES.c.first_tried_at.is_(None)
        self._connection.execute(update(NOTICES).where(ours, tried).values(first_tried_at=now))
        return self.get(rows[0].id)

    def record_sent(self, notice: Notice, *, receipt: str, thread: str, now: datetime) -> None:
        """The platform has the message; nothing happens unless it is being sent by that attempt."""
        values: dict[str, Any] = {
            "state": OutboxState.SENT,
            "receipt": receipt,
            "own_thread": thread,
            "sent_at": now,
            "error": "",
        }
        values["next_try_at"] = None
        self._finish(notice, values)

    def record_failed(self, notice: Notice, *, error: str, retry_at: datetime | None) -> None:
        """The platform does not have it; None gives up. Nothing happens unless it is being sent by that attempt."""
        state = OutboxState.FAILED if retry_at is None else OutboxState.PENDING
        self._finish(notice, {"state": state, "error": error, "next_try_at": retry_at})

    def _finish(self, notice: Notice, values: dict[str, Any]) -> None:
        held = (
            NOTICES.c.id == notice.id,
            NOTICES.c.state == OutboxState.SENDING,
            NOTICES.c.n_attempts == notice.n_attempts,
        )
        self._connection.execute(update(NOTICES).where(*held).values(**GIVEN_BACK, **values))

    def withdraw(self, notice_ids: Iterable[int], *, reason: str) -> int:
        """Let notices that were never tried stay where they are; return how many."""
        never = (_OPEN, NOTICES.c.n_attempts == 0, NOTICES.c.id.in_(list(notice_ids)))
        values = {"state": OutboxState.WITHDRAWN, "error": reason}
        return self._connection.execute(update(NOTICES).where(*never).values(**values)).rowcount

    def get(self, notice_id: int) -> Notice:
        """Return one. Raises NotFoundError."""
        row = self._connection.execute(select(NOTICES).where(NOTICES.c.id == notice_id)).first()
        if row is None:
            raise NotFoundError(f"there is no notice t{notice_id}")
        return _to_notice(row)

    def find(self, channel: str, key: str) -> Notice | None:
        """Return the notice of that key to a channel, or None."""
        row = self._connection.execute(
            select(NOTICES).where(NOTICES.c.channel == channel, NOTICES.c.key == key)
        ).first()
        return None if row is None else _to_notice(row)

    def list_waiting(self, channel: str) -> list[Notice]:
        """Return the notices to a channel that were never tried, in order."""
        query = select(NOTICES).where(_OPEN, NOTICES.c.channel == channel, NOTICES.c.n_attempts == 0)
        return [_to_notice(row) for row in self._connection.execute(query.order_by(NOTICES.c.id))]

    def find_last_trouble(self, channel: str) -> datetime | None:
        """Return when a channel was last sent a notice of troubles, or None."""
        query = select(func.max(NOTICES.c.sent_at)).where(NOTICES.c.channel == channel, _OF_TROUBLE)
        return self._connection.execute(query).scalar()

    def list_telling(self, trouble_id: int) -> list[Notice]:
        """Return the notices of troubles, not of recoveries, that tell of this one, in order."""
        query = (
            select(NOTICES)
            .join(NOTICE_TROUBLES, NOTICE_TROUBLES.c.notice_id == NOTICES.c.id)
            .where(NOTICE_TROUBLES.c.trouble_id == trouble_id, _OF_TROUBLE)
            .order_by(NOTICES.c.id)
        )
        return [_to_notice(row) for row in self._connection.execute(query)]

    def set_troubles(self, notice_id: int, trouble_ids: tuple[int, ...]) -> None:
        """Let a notice that was never tried tell of these."""
        never = (NOTICES.c.id == notice_id, _OPEN, NOTICES.c.n_attempts == 0)
        change = update(NOTICES).where(*never).values(trouble_ids=to_json(trouble_ids))
        if self._connection.execute(change).rowcount:
            self._connection.execute(delete(NOTICE_TROUBLES).where(NOTICE_TROUBLES.c.notice_id == notice_id))
            self._link(notice_id, trouble_ids)

    def mark(self, notice_id: int) -> None:
        """What it tells of is otherwise by now."""
        self._connection.execute(update(NOTICES).where(NOTICES.c.id == notice_id).values(is_stale=True))

    def list_stale(self, *, now: datetime, channels: str, limit: int) -> list[Notice]:
        """Return notices that were sent and are to be edited, oldest first; no closed channels.

        Those whose edit failed come when their time has come, and after all others.
        """
        waits_no_more = or_(NOTICES.c.next_try_at.is_(None), NOTICES.c.next_try_at <= now)
        ours = (NOTICES.c.is_stale, NOTICES.c.state == OutboxState.SENT, begins_with(NOTICES.c.channel, channels))
        query = (
            select(NOTICES)
            .where(*ours, waits_no_more, ~_IS_CLOSED)
            .order_by(NOTICES.c.next_try_at.is_not(None), NOTICES.c.next_try_at, NOTICES.c.id)
            .limit(limit)
        )
        return [_to_notice(row) for row in self._connection.execute(query)]

    def record_edited(self, notice_id: int) -> None:
        """Its message is current."""
        values = {"is_stale": False, "next_try_at": None, "error": ""}
        self._connection.execute(update(NOTICES).where(NOTICES.c.id == notice_id).values(values))

    def record_edit_failed(self, notice_id: int, *, error: str, retry_at: datetime) -> None:
        """Its message is not current, and is not to be edited before then."""
        # What was sent is not sent again, so that the moment of the next try is free for the next edit.
        sent = (NOTICES.c.id == notice_id, NOTICES.c.state == OutboxState.SENT)
        self._connection.execute(update(NOTICES).where(*sent).values(error=error, next_try_at=retry_at))

    def expire(self, *, before: datetime, now: datetime) -> int:
        """Give up notices to closed channels that were made before then; return how many."""
        old = (_OPEN, _IS_CLOSED, is_free(NOTICES, now), NOTICES.c.created_at < before)
        values = {**GIVEN_BACK, "state": OutboxState.FAILED, "error": "the channel stayed closed"}
        return self._connection.execute(update(NOTICES).where(*old).values(**values)).rowcount

    def prune(self, *, before: datetime, limit: int = 1_000) -> int:
        """Forget notices from before then, oldest first, ``limit`` at most; return how many.

        What waits, what is to be edited and what tells of a trouble that is not over stays.
        """
        tells = exists().where(
            NOTICE_TROUBLES.c.notice_id == NOTICES.c.id,
            TROUBLES.c.id == NOTICE_TROUBLES.c.trouble_id,
            TROUBLES.c.closed_at.is_(None),
        )
        done = (NOTICES.c.created_at < before, ~_OPEN, ~NOTICES.c.is_stale, ~tells)
        query = select(NOTICES.c.id).where(*done).order_by(NOTICES.c.created_at).limit(limit)
        ids = list(self._connection.execute(query).scalars())
        for first in range(0, len(ids), _CHUNK):
            chosen = ids[first : first + _CHUNK]
            self._connection.execute(delete(NOTICE_TROUBLES).where(NOTICE_TROUBLES.c.notice_id.in_(chosen)))
            self._connection.execute(delete(NOTICES).where(NOTICES.c.id.in_(chosen)))
        return len(ids)


def _is_due(now: datetime, channels: str) -> tuple[ColumnElement[bool], ...]:
    return (
        _OPEN,
        begins_with(NOTICES.c.channel, channels),
        is_free(NOTICES, now),
        or_(NOTICES.c.due_at.is_(None), NOTICES.c.due_at <= now),
        or_(NOTICES.c.next_try_at.is_(None), NOTICES.c.next_try_at <= now),
        ~_IS_CLOSED,
    )


def _to_notice(row: AnyRow) -> Notice:
    return Notice(
        id=row.id,
        channel=row.channel,
        kind=NoticeKind(row.kind),
        key=row.key,
        created_at=row.created_at,
        trouble_ids=from_json(tuple[int, ...], row.trouble_ids),
        text=row.text,
        under=row.under,
        thread=row.thread,
        due_at=row.due_at,
        state=OutboxState(row.state),
        n_attempts=row.n_attempts,
        receipt=row.receipt,
        own_thread=row.own_thread,
        error=row.error,
        sent_at=row.sent_at,
        first_tried_at=row.first_tried_at,
        is_stale=row.is_stale,
        held_by=row.held_by,
        next_try_at=row.next_try_at,
    )
