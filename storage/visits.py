"""What readers were shown of timelines. When a visit ends is ``news.timelines.visits``'s."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.dialects.sqlite import insert as insert_or
from sqlalchemy.engine import Connection, Row

from news.timelines.visits import Marks, Visit, Watermark
from storage.codec import from_json, to_json
from storage.schema import EVENTS, REPORTS, VISITS
from storage.types import storable

_PUT = insert_or(VISITS)
_REPLACE = _PUT.on_conflict_do_update(
    index_elements=["reader", "scope"],
    set_={name: _PUT.excluded[name] for name in ("topic", "began_at", "asked_at", "since_at", "marks", "entries")},
)


class SqlVisits:
    """Visits; see ``handlers.stores.VisitStore``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def measure(self) -> Watermark:
        """Return how far the store has come: its newest report and event; 0 where there is none."""
        report = self._connection.execute(select(func.max(REPORTS.c.id))).scalar()
        event = self._connection.execute(select(func.max(EVENTS.c.id))).scalar()
        return Watermark(report or 0, event or 0)

    def find(self, reader: str, scope: str) -> Visit | None:
        """Return the last visit of a reader to a scope, or None."""
        query = select(VISITS).where(VISITS.c.reader == storable(reader), VISITS.c.scope == storable(scope))
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _to_visit(row)

    def find_last(self, reader: str) -> Visit | None:
        """Return what the reader asked for last, or None."""
        query = select(VISITS).where(VISITS.c.reader == storable(reader)).order_by(VISITS.c.asked_at.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _to_visit(row)

    def put(self, visit: Visit) -> None:
        """Write a visit in the place of the one before to the same scope."""
        self._connection.execute(
            _REPLACE,
            {
                "reader": storable(visit.reader),
                "scope": storable(visit.scope),
                "topic": storable(visit.topic),
                "began_at": visit.began_at,
                "asked_at": visit.asked_at,
                "since_at": visit.since_at,
                "marks": to_json(visit.marks),
                "entries": to_json(visit.entries),
            },
        )

    def forget(self, reader: str, scope: str | None = None) -> int:
        """Forget a reader's visits to a scope, narrowed or not (``scope|...``), or all of them; return how many."""
        where: list[ColumnElement[bool]] = [VISITS.c.reader == storable(reader)]
        if scope is not None:
            exact = storable(scope)
            where.append(or_(VISITS.c.scope == exact, VISITS.c.scope.startswith(f"{exact}|", autoescape=True)))
        return self._connection.execute(delete(VISITS).where(*where)).rowcount

    def prune(self, *, before: datetime) -> int:
        """Forget visits that ended before then; return how many."""
        return self._connection.execute(delete(VISITS).where(VISITS.c.asked_at < before)).rowcount


def _to_visit(row: Row[Any]) -> Visit:
    return Visit(
        row.reader,
        row.scope,
        row.topic,
        row.began_at,
        row.asked_at,
        from_json(Marks, row.marks),
        row.since_at,
        from_json(tuple[tuple[int, ...], ...], row.entries),
    )
