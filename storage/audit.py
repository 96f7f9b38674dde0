"""Who changed what and when. Must never be rewritten: lines are only added."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from storage.schema import AUDIT


class AuditLine(NamedTuple):
    """One change: when, by whom (``<platform>:<id>``), what was done, and to what."""

    at: datetime
    actor: str
    action: str
    subject: str


class SqlAudit:
    """The log; see ``handlers.ports.AuditLog``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *, actor: str, action: str, subject: str, now: datetime) -> None:
        """Write one line."""
        self._connection.execute(insert(AUDIT).values(at=now, actor=actor, action=action, subject=subject))

    def list_newest(self, *, limit: int) -> list[AuditLine]:
        """Return the newest lines, newest first."""
        query = select(AUDIT.c.at, AUDIT.c.actor, AUDIT.c.action, AUDIT.c.subject).order_by(AUDIT.c.id.desc())
        return [AuditLine(*row) for row in self._connection.execute(query.limit(limit))]
