"""What is remembered of feeds beside their last poll, and what is not heard.

Owns that one trouble of a subject is open at a time. Must never judge a feed: that is ``news.watches.silence``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection, Row

from news.errors import InputError
from news.watches.notices import BOT, Trouble, TroubleKind
from news.watches.silence import Health
from storage.codec import from_json, to_json
from storage.schema import ARTICLES, FEED_HEALTH, NOTICE_TROUBLES, OUTBOX, TROUBLES
from storage.types import AnyRow

_CHUNK = 900

# Made once: they run at each poll.
_FIND_HEALTH = select(FEED_HEALTH.c.data).where(FEED_HEALTH.c.feed_id == bindparam("id"))
_INSERT_HEALTH = insert(FEED_HEALTH)
_SET_HEALTH = _INSERT_HEALTH.on_conflict_do_update(
    index_elements=["feed_id"], set_={"data": _INSERT_HEALTH.excluded.data}
)


class SqlTroubles:
    """Health of feeds and troubles; see ``handlers.stores_notices.TroubleStore``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find_health(self, feed_id: int) -> Health | None:
        """Return what is remembered of a feed, or None."""
        text = self._connection.execute(_FIND_HEALTH, {"id": feed_id}).scalar()
        return None if text is None else from_json(Health, text)

    def list_health(self) -> Mapping[int, Health]:
        """Return what is remembered of all feeds, by their ids."""
        rows = self._connection.execute(select(FEED_HEALTH.c.feed_id, FEED_HEALTH.c.data))
        return {row.feed_id: from_json(Health, row.data) for row in rows}

    def set_health(self, feed_id: int, health: Health) -> None:
        """Remember it instead of what was."""
        self._connection.execute(_SET_HEALTH, {"feed_id": feed_id, "data": to_json(health)})

    def forget_health(self, feed_ids: Iterable[int]) -> None:
        """Forget feeds that are there no more."""
        for feed_id in feed_ids:
            self._connection.execute(delete(FEED_HEALTH).where(FEED_HEALTH.c.feed_id == feed_id))

    def open(self, trouble: Trouble) -> Trouble:
        """Write it under a new id. Raises InputError if one of its subject is open."""
        held = select(TROUBLES.c.id).where(TROUBLES.c.subject == trouble.subject, TROUBLES.c.closed_at.is_(None))
        if trouble.closed_at is None and self._connection.execute(held).first() is not None:
            raise InputError(f"a trouble of {trouble.subject} is open already; close that first")
        values = {
            "kind": trouble.kind,
            "subject": trouble.subject,
            "reason": trouble.reason,
            "since": trouble.since,
            "opened_at": trouble.opened_at,
            "closed_at": trouble.closed_at,
            "next_try_at": trouble.next_try_at,
        }
        key = self._connection.execute(insert(TROUBLES).values(**values)).inserted_primary_key
        assert key is not None  # noqa: S101 - so it is after a single insert
        return self.get(int(key[0]))

    def close(self, trouble_id: int, *, now: datetime) -> None:
        """It is over; nothing happens if it was before."""
        ours = (TROUBLES.c.id == trouble_id, TROUBLES.c.closed_at.is_(None))
        self._connection.execute(update(TROUBLES).where(*ours).values(closed_at=now))

    def get(self, trouble_id: int) -> Trouble:
        """Return one that is there."""
        return _to_trouble(self._connection.execute(select(TROUBLES).where(TROUBLES.c.id == trouble_id)).one())

    def list_some(self, trouble_ids: Iterable[int]) -> list[Trouble]:
        """Return those of these ids that are there, in order of their ids."""
        ids, found = sorted(set(trouble_ids)), list[Row[Any]]()
        for first in range(0, len(ids), _CHUNK):
            chosen = TROUBLES.c.id.in_(ids[first : first + _CHUNK])
            found.extend(self._connection.execute(select(TROUBLES).where(chosen).order_by(TROUBLES.c.id)))
        return [_to_trouble(row) for row in found]

    def list_open(self) -> list[Trouble]:
        """Return all that are not over, oldest first."""
        query = select(TROUBLES).where(TROUBLES.c.closed_at.is_(None)).order_by(TROUBLES.c.id)
        return [_to_trouble(row) for row in self._connection.execute(query)]

    def find_last_end(self, subject: str) -> datetime | None:
        """Return when the last trouble of a subject was over, or None."""
        return self._connection.execute(
            select(TROUBLES.c.closed_at)
            .where(TROUBLES.c.subject == subject, TROUBLES.c.closed_at.is_not(None))
            .order_by(TROUBLES.c.id.desc())
            .limit(1)
        ).scalar()

    def prune(self, *, before: datetime, limit: int = 1_000) -> int:
        """Forget troubles that were over before then and that no notice tells of; return how many.

        When the bot itself was cut off last is kept: silence is counted from there.
        """
        is_told = exists().where(NOTICE_TROUBLES.c.trouble_id == TROUBLES.c.id)
        over = TROUBLES.c.closed_at.is_not(None)
        last = select(func.max(TROUBLES.c.id)).where(TROUBLES.c.subject == BOT, over).scalar_subquery()
        is_last = TROUBLES.c.id == func.coalesce(last, 0)
        query = select(TROUBLES.c.id).where(TROUBLES.c.closed_at < before, ~is_told, ~is_last)
        ids = list(self._connection.execute(query.order_by(TROUBLES.c.closed_at).limit(limit)).scalars())
        for first in range(0, len(ids), _CHUNK):
            self._connection.execute(delete(TROUBLES).where(TROUBLES.c.id.in_(ids[first : first + _CHUNK])))
        return len(ids)

    def list_hearers(self, *, since: datetime) -> Mapping[str, frozenset[str]]:
        """Return the channels that were to get an alert since then on articles of each feed, by its address."""
        query = (
            select(ARTICLES.c.feed_url, OUTBOX.c.channel)
            .join(OUTBOX, OUTBOX.c.article_id == ARTICLES.c.id)
            .where(OUTBOX.c.created_at >= since)
            .distinct()
        )
        found: dict[str, set[str]] = {}
        for feed_url, channel in self._connection.execute(query):
            found.setdefault(feed_url, set()).add(channel)
        return {feed_url: frozenset(channels) for feed_url, channels in found.items()}


def _to_trouble(row: AnyRow) -> Trouble:
    return Trouble(
        id=row.id,
        kind=TroubleKind(row.kind),
        subject=row.subject,
        reason=row.reason,
        since=row.since,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        next_try_at=row.next_try_at,
    )
