"""Leases: work that one worker holds for a while, and that another may take when the while is over.

Owns when a lease is free and what taking and giving back writes, for every table with ``lease_by`` and ``lease_until``.
Must never look at the clock: a lease is judged by the time that the caller names. A lease is over at its very end:
``lease_until <= now`` is free. On databases with row locks, ``SKIP LOCKED`` keeps workers from waiting for one another;
SQLite has one writer at a time and needs none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, update
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import Select

_CHUNK = 900

GIVEN_BACK: Mapping[str, None] = {"lease_by": None, "lease_until": None}
"""The columns of a row that nobody holds."""


def is_free(table: Table, now: datetime) -> ColumnElement[bool]:
    """Return the condition that nobody holds the row at ``now``."""
    return or_(table.c.lease_until.is_(None), table.c.lease_until <= now)


def take(
    connection: Connection,
    query: Select[Any],
    *,
    table: Table,
    until: datetime,
    worker: str,
    values: Mapping[str, Any],
) -> Sequence[Row[Any]]:
    """Lease the rows of ``table`` that ``query`` finds, set ``values`` in them too, and return them as they were.

    The query selects whole rows in the order in which they are to be returned; it must ask for ``is_free``.
    """
    rows = connection.execute(query.with_for_update(skip_locked=True, of=table)).all()
    hold(connection, [row.id for row in rows], table=table, until=until, worker=worker, values=values)
    return rows


def hold(
    connection: Connection,
    ids: Sequence[int],
    *,
    table: Table,
    until: datetime,
    worker: str,
    values: Mapping[str, Any],
) -> None:
    """Lease these rows, which the caller found to be free in this very transaction, and set ``values`` in them too."""
    for start in range(0, len(ids), _CHUNK):
        taken = table.c.id.in_(ids[start : start + _CHUNK])
        connection.execute(update(table).where(taken).values(lease_by=worker, lease_until=until, **values))


def release(connection: Connection, table: Table, worker: str) -> int:
    """Give back all rows that ``worker`` holds; return how many."""
    return connection.execute(update(table).where(table.c.lease_by == worker).values(**GIVEN_BACK)).rowcount
