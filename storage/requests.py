"""Requests whose answers are still on a screen. Must never read their words: those are ``handlers.saved``'s."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection

from storage.schema import SAVED_REQUESTS

_LARGEST_ID = (1 << 63) - 1


class SqlRequests:
    """Saved requests; see ``handlers.stores.SavedRequestStore``. Ids are never used twice."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, body: str, *, now: datetime) -> int:
        """Write a request in words of the caller's; return its id."""
        key = self._connection.execute(insert(SAVED_REQUESTS).values(body=body, made_at=now)).inserted_primary_key
        assert key is not None  # noqa: S101 - so it is after a single insert
        return int(key[0])

    def find(self, request_id: int) -> str | None:
        """Return the words, or None if there is no such request any more. Any number may be asked for."""
        if not 0 < request_id <= _LARGEST_ID:
            return None
        query = select(SAVED_REQUESTS.c.body).where(SAVED_REQUESTS.c.id == request_id)
        return self._connection.execute(query).scalar()

    def prune(self, *, before: datetime) -> int:
        """Forget requests from before then; return how many."""
        return self._connection.execute(delete(SAVED_REQUESTS).where(SAVED_REQUESTS.c.made_at < before)).rowcount
