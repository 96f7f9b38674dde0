"""Alerts on their way: an alert is a row first and a message second.

Owns order and leases of what is to be sent, and which rows are one message. Must never compose or send a message.

A message is one row or, as a digest, several: all carry the id of the first as ``lead_id`` from the first lease on, and
from then on they are leased, sent, failed and given up together. Rows of a channel go in order of their ids, one
message at a time. A row that is being sent waits again when its lease is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    and_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection, Row

from news.decision import Label
from news.errors import NotFoundError
from news.watches.watch import Alert, OutboxRow, OutboxState, Queue
from storage.codec import from_json, to_json
from storage.leases import GIVEN_BACK, hold, is_free
from storage.places import begins_with, bounds_of, list_names
from storage.schema import ARTICLES, CLOSED_CHANNELS, HEADS, OUTBOX
from storage.types import Moment


def is_open(outbox: FromClause) -> ColumnElement[bool]:
    """Return the condition that an alert is on its way, in the words of the index ``ix_outbox_open``."""
    ends: list[ColumnElement[str]] = [literal_column(f"'{word}'") for word in ("sent", "failed", "withdrawn")]
    return and_(*(outbox.c.state != end for end in ends))


_OPEN = is_open(OUTBOX)
_IS_CLOSED = exists().where(CLOSED_CHANNELS.c.channel == OUTBOX.c.channel)
_ALIKE = OUTBOX.alias("alike")
_IS_BUSY = or_(OUTBOX.c.lease_until > bindparam("now"), OUTBOX.c.next_try_at > bindparam("now"))
_IS_DUE = or_(OUTBOX.c.due_at.is_(None), OUTBOX.c.due_at <= bindparam("now"))
# What was begun goes first, then a digest that is due, then the others in order.
_FIRST = (
    select(OUTBOX)
    .where(_OPEN, OUTBOX.c.channel == bindparam("channel"), _IS_DUE)
    .order_by(OUTBOX.c.lead_id.is_(None), OUTBOX.c.is_digest.desc(), OUTBOX.c.id)
    .limit(bindparam("n_rows"))
)
_BUSY = select(OUTBOX.c.id).where(_OPEN, OUTBOX.c.channel == bindparam("channel"), or_(_IS_BUSY, _IS_CLOSED)).limit(1)
_MESSAGE = (
    select(OUTBOX)
    .where(_OPEN, OUTBOX.c.channel == bindparam("channel"), OUTBOX.c.lead_id == bindparam("lead_id"))
    .order_by(OUTBOX.c.id)
)


def _select_queues() -> Select[Any]:
    names = list_names(OUTBOX.c.channel, _OPEN)
    is_open_channel = ~exists().where(CLOSED_CHANNELS.c.channel == names.c.channel)
    waiting = (
        select(
            OUTBOX.c.channel,
            func.count().label("n_waiting"),
            func.sum(cast(OUTBOX.c.is_digest, Integer)).label("n_digest"),
            func.min(OUTBOX.c.id).label("first_id"),
        )
        .where(_OPEN, _IS_DUE, OUTBOX.c.channel.in_(select(names.c.channel).where(is_open_channel)))
        .group_by(OUTBOX.c.channel)
        .having(func.coalesce(func.max(_IS_BUSY), 0) == 0)
        .subquery("waiting")
    )
    n_recent = (
        select(func.count(_ALIKE.c.lead_id.distinct()))
        .where(_ALIKE.c.channel == waiting.c.channel, _ALIKE.c.sent_at > bindparam("since"))
        .scalar_subquery()
    )
    return select(waiting.c.channel, waiting.c.n_waiting, n_recent, waiting.c.n_digest).order_by(waiting.c.first_id)


_QUEUES = _select_queues()
"""Made once: every sender of every platform asks it at each tick, and making it took ten times as long as asking it."""


class SqlOutbox:
    """Alerts; see ``handlers.stores_delivery.OutboxStore``. A row is unique by article, edition and channel."""

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
                "due_at": alert.due_at,
                "is_digest": alert.is_digest,
                "held_by": alert.held_by,
                "matched": to_json(alert.matched),
            }
            for alert in alerts
        ]
        statement = insert(OUTBOX).on_conflict_do_nothing(index_elements=["article_id", "revision", "channel"])
        return sum(self._connection.execute(statement, row).rowcount for row in rows)

    def list_queues(self, *, now: datetime, channels: str, since: datetime) -> list[Queue]:
        """Return what may be leased now, for each channel that begins with ``channels``, longest waiting first.

        A channel is left out while a message to it is being sent or waits for its next try, and while it is closed, so
        that one channel that refuses holds up itself and no other. ``n_recent`` counts the messages, not the alerts,
        that went there after ``since``. The cost grows with what waits in open channels: neither with what was sent nor
        with what waits in closed ones.
        """
        rows = self._connection.execute(_QUEUES, {"now": now, "since": since, **bounds_of(channels)})
        return [Queue(*row) for row in rows]

    def lease(self, channel: str, *, n_rows: int, now: datetime, lease_s: int, worker: str) -> list[OutboxRow]:
        """Take a lease on the next rows of a channel, which go out as one message; empty where there are none by now.

        Rows that an earlier try took together come together again, whatever ``n_rows`` above 0 says. The first row is
        the lead. The attempt is counted now, before anything is sent: a message whose sender died may have arrived.
        """
        if n_rows < 1 or self._connection.execute(_BUSY, {"channel": channel, "now": now}).first() is not None:
            return []
        rows = self._find_next(channel, n_rows, now)
        if not rows:
            return []
        lead_id = rows[0].id
        values = {
            "state": OutboxState.SENDING,
            "n_attempts": OUTBOX.c.n_attempts + 1,
            "lead_id": lead_id,
            "first_tried_at": func.coalesce(OUTBOX.c.first_tried_at, literal(now, Moment())),
        }
        until = now + timedelta(seconds=lease_s)
        hold(self._connection, [row.id for row in rows], table=OUTBOX, until=until, worker=worker, values=values)
        return [_to_leased_row(row, lead_id, now) for row in rows]

    def _find_next(self, channel: str, n_rows: int, now: datetime) -> Sequence[Row[Any]]:
        """Return the rows of the message that is begun, or those of a new one: a digest, or others, never both."""
        rows = self._connection.execute(_FIRST, {"channel": channel, "n_rows": n_rows, "now": now}).all()
        if rows and rows[0].lead_id is not None:
            return self._connection.execute(_MESSAGE, {"channel": channel, "lead_id": rows[0].lead_id}).all()
        return [row for row in rows if row.is_digest is rows[0].is_digest]

    def record_sent(self, lead_id: int, *, receipt: str, now: datetime, attempt: int | None = None) -> None:
        """The platform has the message. Raises NotFoundError.

        Nothing happens unless the message is being sent, by that ``attempt`` (``OutboxRow.n_attempts``) if one is
        named: who comes after the end of the lease must not undo what the next one did.
        """
        values = {"state": OutboxState.SENT, "receipt": receipt, "error": "", "sent_at": now, "next_try_at": None}
        self._finish(lead_id, attempt, values)

    def record_failed(
        self,
        lead_id: int,
        *,
        error: str,
        retry_at: datetime | None,
        now: datetime,  # noqa: ARG002 - the protocol's form
        attempt: int | None = None,
    ) -> None:
        """The platform does not have it; None gives up. Raises NotFoundError. ``attempt`` as in ``record_sent``."""
        state = OutboxState.FAILED if retry_at is None else OutboxState.PENDING
        self._finish(lead_id, attempt, {"state": state, "error": error, "next_try_at": retry_at})

    def _finish(self, lead_id: int, attempt: int | None, values: Mapping[str, Any]) -> None:
        channel = self.get(lead_id).alert.channel
        is_held = and_(OUTBOX.c.state == OutboxState.SENDING, OUTBOX.c.channel == channel, OUTBOX.c.lead_id == lead_id)
        if attempt is not None:
            is_held = and_(is_held, OUTBOX.c.n_attempts == attempt)
        self._connection.execute(update(OUTBOX).where(is_held).values(**GIVEN_BACK, **values))

    def list_waiting(self, channel: str) -> list[OutboxRow]:
        """Return the alerts to a channel that were never tried, in order."""
        query = select(OUTBOX).where(_OPEN, OUTBOX.c.channel == channel, OUTBOX.c.lead_id.is_(None))
        return [_to_outbox_row(row) for row in self._connection.execute(query.order_by(OUTBOX.c.id))]

    def has_digest(self, channel: str, due_at: datetime) -> bool:
        """Return whether alerts to a channel waited for the digest of that moment, sent by now or not."""
        ours = (OUTBOX.c.channel == channel, OUTBOX.c.is_digest, OUTBOX.c.due_at == due_at)
        # Each of these has an index: what is on its way, and what was sent since.
        return any(
            self._connection.execute(select(OUTBOX.c.id).where(*ours, state).limit(1)).first() is not None
            for state in (_OPEN, OUTBOX.c.sent_at >= due_at)
        )

    def list_undelivered(self, channel: str, due_at: datetime) -> list[OutboxRow]:
        """Return the alerts to a channel for the digest of that moment that were given up, in order."""
        ours = (OUTBOX.c.state == OutboxState.FAILED, OUTBOX.c.channel == channel)
        query = select(OUTBOX).where(*ours, OUTBOX.c.is_digest, OUTBOX.c.due_at == due_at).order_by(OUTBOX.c.id)
        return [_to_outbox_row(row) for row in self._connection.execute(query)]

    def withdraw(self, row_ids: Iterable[int], *, reason: str) -> int:
        """Let alerts that were never tried stay where they are; return how many."""
        never = (_OPEN, OUTBOX.c.lead_id.is_(None))
        values = {**GIVEN_BACK, "state": OutboxState.WITHDRAWN, "error": reason}
        return _update_all(self._connection, list(row_ids), values, *never)

    def restore(self, channel: str, *, reason: str) -> int:
        """Let the alerts to a channel that were withdrawn for this reason wait again; return how many."""
        ours = (OUTBOX.c.channel == channel, OUTBOX.c.state == OutboxState.WITHDRAWN, OUTBOX.c.error == reason)
        values = {"state": OutboxState.PENDING, "error": ""}
        return self._connection.execute(update(OUTBOX).where(*ours).values(**values)).rowcount

    def get(self, row_id: int) -> OutboxRow:
        """Return one row. Raises NotFoundError."""
        row = self._connection.execute(select(OUTBOX).where(OUTBOX.c.id == row_id)).first()
        if row is None:
            raise NotFoundError(f"there is no alert n{row_id}")
        return _to_outbox_row(row)

    def list_message(self, row_id: int) -> list[OutboxRow]:
        """Return the rows of the message that carries this one, the lead first. Raises NotFoundError."""
        row = self.get(row_id)
        if row.lead_id is None:
            return [row]
        query = select(OUTBOX).where(OUTBOX.c.channel == row.alert.channel, OUTBOX.c.lead_id == row.lead_id)
        return [_to_outbox_row(each) for each in self._connection.execute(query.order_by(OUTBOX.c.id))]

    def list_for_article(self, article_id: int) -> list[OutboxRow]:
        """Return the alerts on an article, oldest first."""
        query = select(OUTBOX).where(OUTBOX.c.article_id == article_id).order_by(OUTBOX.c.id)
        return [_to_outbox_row(row) for row in self._connection.execute(query)]

    def list_for_story(self, story_id: int, channel: str) -> list[OutboxRow]:
        """Return the alerts that a channel was sent on the articles that a story has now, in order of sending."""
        # The state is looked at afterwards: SQLite would walk through all that the channel was ever sent.
        inside = select(ARTICLES.c.id).where(ARTICLES.c.story_id == story_id)
        query = select(OUTBOX).where(OUTBOX.c.article_id.in_(inside), OUTBOX.c.channel == channel)
        query = query.order_by(OUTBOX.c.sent_at, OUTBOX.c.id)
        rows = (_to_outbox_row(row) for row in self._connection.execute(query))
        return [row for row in rows if row.state is OutboxState.SENT]

    def count_by_state(self, *, place: str = "") -> Mapping[str, int]:
        """Return the number of rows in each state, 0 for those without any, of the channels of a place or of all.

        For all, the many that were sent are not looked at one by one: they are what is left of the whole.
        """
        counts = {state.value: 0 for state in OutboxState}
        if place:
            for ours in (OUTBOX.c.channel == place, begins_with(OUTBOX.c.channel, f"{place}/")):
                found = self._count(and_(ours, OUTBOX.c.state.in_(list(OutboxState))))
                counts |= {state: counts[state] + n for state, n in found.items()}
            return counts
        counts |= self._count(OUTBOX.c.state.in_([state for state in OutboxState if state is not OutboxState.SENT]))
        n_rows = self._connection.execute(select(func.count()).select_from(OUTBOX)).scalar_one()
        return counts | {OutboxState.SENT.value: n_rows - sum(counts.values())}

    def _count(self, condition: ColumnElement[bool]) -> dict[str, int]:
        query = select(OUTBOX.c.state, func.count()).where(condition).group_by(OUTBOX.c.state)
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def list_told(self, story_id: int) -> list[str]:
        """Return the channels that were told of a story or will be, in order.

        They have a head on it, or an alert on an article that it has now, sent or waiting.
        """
        inside = select(ARTICLES.c.id).where(ARTICLES.c.story_id == story_id)
        # Of a text that is made, not of the column: SQLite would walk through a state instead.
        is_alive = OUTBOX.c.state.concat("").not_in([OutboxState.FAILED, OutboxState.WITHDRAWN])
        alerts = select(OUTBOX.c.channel).where(OUTBOX.c.article_id.in_(inside), is_alive)
        found = union(alerts, select(HEADS.c.channel).where(HEADS.c.story_id == story_id))
        return sorted(self._connection.execute(found).scalars())

    def expire(self, *, before: datetime, now: datetime, limit: int = 1_000) -> int:
        """Give up rows to closed channels that were made before then, the oldest ``limit`` of them; return how many.

        What is being sent right now is left alone, and a digest is given up when its newest row is that old. A call
        that gives up fewer than ``limit`` leaves none.
        """
        ours = OUTBOX.c.channel.in_(select(CLOSED_CHANNELS.c.channel))
        # Found once for all rows: rows that are compared with each other take the square of their number.
        young = select(OUTBOX.c.lead_id).where(
            _OPEN, ours, OUTBOX.c.lead_id.is_not(None), OUTBOX.c.created_at >= before
        )
        is_old = or_(OUTBOX.c.lead_id.is_(None), OUTBOX.c.lead_id.not_in(young))
        is_due = and_(_OPEN, ours, is_free(OUTBOX, now), OUTBOX.c.created_at < before, is_old)
        values = {**GIVEN_BACK, "state": OutboxState.FAILED, "next_try_at": None, "error": "the channel stayed closed"}
        query = select(OUTBOX.c.id).where(is_due).order_by(OUTBOX.c.channel, OUTBOX.c.id).limit(limit)
        ids = list(self._connection.execute(query).scalars())
        return _update_all(self._connection, ids, values)


def _update_all(
    connection: Connection, ids: Sequence[int], values: Mapping[str, Any], *conditions: ColumnElement[bool]
) -> int:
    n_changed = 0
    for start in range(0, len(ids), 900):
        chosen: ColumnElement[bool] = OUTBOX.c.id.in_(ids[start : start + 900])
        n_changed += connection.execute(update(OUTBOX).where(chosen, *conditions).values(**values)).rowcount
    return n_changed


def _to_leased_row(row: Row[Any], lead_id: int, now: datetime) -> OutboxRow:
    """Return the value of a row as the lease that is being taken makes it."""
    return replace(
        _to_outbox_row(row),
        state=OutboxState.SENDING,
        n_attempts=row.n_attempts + 1,
        lead_id=lead_id,
        first_tried_at=row.first_tried_at or now,
    )


def _to_outbox_row(row: Row[Any]) -> OutboxRow:
    return OutboxRow(
        id=row.id,
        alert=Alert(
            row.article_id,
            row.channel,
            row.watch_id,
            Label(row.label),
            row.revision,
            row.due_at,
            is_digest=row.is_digest,
            held_by=row.held_by,
            matched=from_json(tuple[str, ...], row.matched),
        ),
        state=OutboxState(row.state),
        created_at=row.created_at,
        n_attempts=row.n_attempts,
        receipt=row.receipt,
        error=row.error,
        sent_at=row.sent_at,
        lead_id=row.lead_id,
        first_tried_at=row.first_tried_at,
    )
