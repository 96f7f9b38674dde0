"""How far the store has come. Must never count: the database's triggers do (``storage.schema_changes``)."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Connection

from news.versions import Version
from storage.quick import fetch_rows
from storage.schema_changes import CHANGES

_READ = select(CHANGES.c.what, CHANGES.c.n)


def read_version(connection: Connection) -> Version:
    """Return the version of the state that the transaction sees, its own writes included."""
    counts = {str(what): int(n) for what, n in fetch_rows(connection, _READ, {})}
    return Version(counts["record"], counts["watches"])
