"""Who changed what and when. Must never be rewritten: lines are only added."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from news.audit import AuditLine
from storage.places import lies_in
from storage.schema import AUDIT


class SqlAudit:
    """The log; see ``handlers.stores.AuditLog``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, *, actor: str, action: str, subject: str, now: datetime, channel: str = "") -> None:
        """Write one line."""
        line = {"at": now, "actor": actor, "action": action, "subject": subject, "channel": channel}
        self._connection.execute(insert(AUDIT), line)

    def list_newest(self, *, limit: int, place: str = "") -> list[AuditLine]:
        """Return the newest lines, of a place or of all, newest first."""
        columns = AUDIT.c
        query = select(columns.at, columns.actor, columns.action, columns.subject, columns.channel)
        if place:
            query = query.where(lies_in(columns.channel, place))
        query = query.order_by(columns.id.desc()).limit(limit)
        return [AuditLine(*row) for row in self._connection.execute(query)]
