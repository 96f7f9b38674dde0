"""Watches in the database. Must never judge an expression: that is ``news.watches.watch``'s."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection, Row

from news.decision import POSTED_LABELS, Label
from news.errors import NotFoundError
from news.watches.schedule import Schedule
from news.watches.watch import Watch
from storage.codec import from_json, to_json
from storage.places import lies_in
from storage.schema import WATCH_EDITIONS, WATCHES


class SqlWatches:
    """Watches; see ``handlers.stores_delivery.WatchStore``. Unique by channel and expression as typed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *, channel: str, expression: str, actor: str, now: datetime, ping: str = "") -> tuple[Watch, bool]:
        """Return the watch and whether it was added now; one that is there already stays as it is."""
        held = select(WATCHES).where(WATCHES.c.channel == channel, WATCHES.c.expression == expression)
        row = self._connection.execute(held).first()
        if row is not None:
            return _to_watch(row), False
        self._connection.execute(
            insert(WATCHES).values(
                channel=channel,
                expression=expression,
                created_by=actor,
                created_at=now,
                labels=to_json(POSTED_LABELS),
                ping=ping,
            )
        )
        return _to_watch(self._connection.execute(held).one()), True

    def list_all(self, channel: str | None = None, *, place: str = "") -> list[Watch]:
        """Return the watches (of a channel, of a place), in order of id."""
        query = select(WATCHES).order_by(WATCHES.c.id)
        if channel is not None:
            query = query.where(WATCHES.c.channel == channel)
        if place:
            query = query.where(lies_in(WATCHES.c.channel, place))
        return [_to_watch(row) for row in self._connection.execute(query)]

    def find(self, watch_id: int) -> Watch | None:
        """Return the watch, or None."""
        row = self._connection.execute(select(WATCHES).where(WATCHES.c.id == watch_id)).first()
        return None if row is None else _to_watch(row)

    def update(self, watch: Watch, *, now: datetime | None = None) -> None:
        """Write what may be changed: labels, origins, schedule, ping, pause, mute. Raises NotFoundError.

        With a moment, what it was until then is kept for replays, unless it was only paused, muted or resumed.
        """
        if now is not None:
            held = self.find(watch.id)
            if held is not None and _settings_of(held) != _settings_of(watch):
                self._keep(held, now, is_end=False)
        values = {
            "labels": to_json(watch.labels),
            "ping": watch.ping,
            "is_paused": watch.is_paused,
            "n_origins": watch.n_origins,
            "schedule": to_json(watch.schedule),
            "muted_until": watch.muted_until,
        }
        if not self._connection.execute(update(WATCHES).where(WATCHES.c.id == watch.id).values(**values)).rowcount:
            raise NotFoundError(f"there is no watch {watch.id}")

    def remove(self, watch_id: int, *, now: datetime | None = None) -> None:
        """Forget the watch; what it posted stays, and with a moment what it was. Raises NotFoundError."""
        held = None if now is None else self.find(watch_id)
        if held is not None and now is not None:
            self._keep(held, now, is_end=True)
        if not self._connection.execute(delete(WATCHES).where(WATCHES.c.id == watch_id)).rowcount:
            raise NotFoundError(f"there is no watch {watch_id}")

    def _keep(self, watch: Watch, now: datetime, *, is_end: bool) -> None:
        row = {"watch_id": watch.id, "until_at": now, "is_end": is_end, "data": to_json(watch)}
        self._connection.execute(insert(WATCH_EDITIONS), row)


def _settings_of(watch: Watch) -> tuple[object, ...]:
    return (watch.labels, watch.ping, watch.n_origins, watch.schedule)


def _to_watch(row: Row[Any]) -> Watch:
    return Watch(
        id=row.id,
        channel=row.channel,
        expression=row.expression,
        created_by=row.created_by,
        created_at=row.created_at,
        labels=from_json(frozenset[Label], row.labels),
        ping=row.ping,
        is_paused=row.is_paused,
        n_origins=row.n_origins,
        schedule=from_json(Schedule, row.schedule),
        muted_until=row.muted_until,
    )
