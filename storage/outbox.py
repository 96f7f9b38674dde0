"""Alerts on their way: an alert is a row first and a message second.

Owns order and leases of what is to be sent. Must never compose or send a message.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection, Row

from news.decision import Label
from news.errors import NotFoundError
from news.watches import Alert, OutboxRow, OutboxState
from storage.leases import GIVEN_BACK, take
from storage.schema import OUTBOX

_OPEN = (OutboxState.PENDING, OutboxState.SENDING)


class SqlOutbox:
    """Alerts; see ``handlers.ports.OutboxStore``. A row is unique by article, edition and channel."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, alerts: Iterable[Alert], *, now: datetime) -> int:
        """Write alerts that are not yet there; return how many were new."""
        rows = [
            {
                "article_id": alert.article_id,
                "revision": alert.revision,
                "channel": alert.channel,
                "watch_id": alert.watch_id,
                "label": alert.label,
                "state": OutboxState.PENDING,
                "created_at": now,
            }
            for alert in alerts
        ]
        statement = insert(OUTBOX).on_conflict_do_nothing(index_elements=["article_id", "revision", "channel"])
        return sum(self._connection.execute(statement, row).rowcount for row in rows)

    def lease_due(self, *, now: datetime, channels: str, limit: int, lease_s: int, worker: str) -> list[OutboxRow]:
        """Take a lease on rows to send whose channel begins with ``channels``, oldest first.

        Order holds within a channel: nothing is given out behind a row that somebody holds or that waits for its next
        try, so one channel that refuses holds up itself and no other. The attempt is counted now, before anything is
        sent: a row whose sender died may have arrived.
        """
        ours = and_(OUTBOX.c.state.in_(_OPEN), _begins_with(channels))
        waits = or_(OUTBOX.c.lease_until > now, OUTBOX.c.next_try_at > now)
        blocked = (
            select(OUTBOX.c.channel, func.min(OUTBOX.c.id).label("first_id"))
            .where(ours, waits)
            .group_by(OUTBOX.c.channel)
            .cte("blocked")
        )
        query = (
            select(OUTBOX)
            .outerjoin(blocked, blocked.c.channel == OUTBOX.c.channel)
            .where(ours, or_(blocked.c.first_id.is_(None), OUTBOX.c.id < blocked.c.first_id))
            .order_by(OUTBOX.c.id)
            .limit(limit)
        )
        values = {"state": OutboxState.SENDING, "n_attempts": OUTBOX.c.n_attempts + 1}
        until = now + timedelta(seconds=lease_s)
        rows = take(self._connection, query, table=OUTBOX, until=until, worker=worker, values=values)
        return [_to_outbox_row(row, n_new_attempts=1, state=OutboxState.SENDING) for row in rows]

    def record_sent(self, row_id: int, *, receipt: str, now: datetime, attempt: int | None = None) -> None:
        """The platform has it. Raises NotFoundError.

        Nothing happens unless the row is being sent, by that ``attempt`` (``OutboxRow.n_attempts``) if one is named:
        who comes after the end of the lease must not undo what the next one did.
        """
        values = {"state": OutboxState.SENT, "receipt": receipt, "error": "", "sent_at": now, "next_try_at": None}
        self._finish(row_id, attempt, values)

    def record_failed(
        self,
        row_id: int,
        *,
        error: str,
        retry_at: datetime | None,
        now: datetime,  # noqa: ARG002 - the protocol's form
        attempt: int | None = None,
    ) -> None:
        """The platform does not have it; None gives up. Raises NotFoundError. ``attempt`` as in ``record_sent``."""
        state = OutboxState.FAILED if retry_at is None else OutboxState.PENDING
        self._finish(row_id, attempt, {"state": state, "error": error, "next_try_at": retry_at})

    def _finish(self, row_id: int, attempt: int | None, values: Mapping[str, Any]) -> None:
        is_held = and_(OUTBOX.c.id == row_id, OUTBOX.c.state == OutboxState.SENDING)
        if attempt is not None:
            is_held = and_(is_held, OUTBOX.c.n_attempts == attempt)
        if not self._connection.execute(update(OUTBOX).where(is_held).values(**GIVEN_BACK, **values)).rowcount:
            self.get(row_id)

    def get(self, row_id: int) -> OutboxRow:
        """Return one row. Raises NotFoundError."""
        row = self._connection.execute(select(OUTBOX).where(OUTBOX.c.id == row_id)).first()
        if row is None:
            raise NotFoundError(f"there is no alert {row_id}")
        return _to_outbox_row(row)

    def list_for_article(self, article_id: int) -> list[OutboxRow]:
        """Return the alerts on an article, oldest first."""
        query = select(OUTBOX).where(OUTBOX.c.article_id == article_id).order_by(OUTBOX.c.id)
        return [_to_outbox_row(row) for row in self._connection.execute(query)]

    def count_by_state(self) -> Mapping[str, int]:
        """Return the number of rows in each state, 0 for those without any."""
        counts = {state.value: 0 for state in OutboxState}
        rows = self._connection.execute(select(OUTBOX.c.state, func.count()).group_by(OUTBOX.c.state))
        return counts | {row[0]: row[1] for row in rows}


def _begins_with(prefix: str) -> ColumnElement[bool]:
    # LIKE would ignore case in SQLite and read % and _ as patterns.
    return func.substr(OUTBOX.c.channel, 1, len(prefix)) == prefix


def _to_outbox_row(row: Row[Any], *, n_new_attempts: int = 0, state: OutboxState | None = None) -> OutboxRow:
    return OutboxRow(
        id=row.id,
        alert=Alert(row.article_id, row.channel, row.watch_id, Label(row.label), row.revision),
        state=state or OutboxState(row.state),
        created_at=row.created_at,
        n_attempts=row.n_attempts + n_new_attempts,
        receipt=row.receipt,
        error=row.error,
        sent_at=row.sent_at,
    )
