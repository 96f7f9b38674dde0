"""Feeds and the state of their polls.

Owns what a poll changes in a feed's row. Must never fetch, nor choose when to poll next: the poll names that.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.engine import Connection, Row

from news.errors import NotFoundError
from news.polling import Feed, FeedPoll, FeedStatus, PollResult
from news.words.text import fold
from storage.leases import GIVEN_BACK, is_free, take
from storage.quick import fetch_rows
from storage.schema import FEEDS
from storage.types import storable

MOVES_TO_BELIEVE = 3
"""Polls in a row that must name the same permanent address before the feed moves: one bad proxy moves nothing."""

_FIRST_URL = select(FEEDS.c.first_url).where(FEEDS.c.url == bindparam("feed_url"))
_COUNT_ARTICLES = (
    update(FEEDS).where(FEEDS.c.url == bindparam("feed_url")).values(n_articles=FEEDS.c.n_articles + bindparam("n_new"))
)
_SUCCESSES = frozenset({PollResult.CHANGED, PollResult.UNCHANGED})


class SqlFeeds:
    """Feeds; see ``handlers.stores.FeedStore``. Unique by URL as it was added."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, url: str, *, outlet: str, language: str, interval_s: int, now: datetime, owner: str = ""
    ) -> tuple[Feed, bool]:
        """Return the feed of that URL and whether it was added now; a new one is due at once.

        ``owner`` is the place that added it; a feed that is there already keeps its own.
        """
        held = self._find_url(url)
        if held is not None:
            return held, False
        self._connection.execute(
            insert(FEEDS).values(
                url=url,
                first_url=url,
                status=FeedStatus.ACTIVE,
                added_at=now,
                next_poll_at=now,
                interval_s=interval_s,
                outlet=outlet,
                language=language,
                owner=owner,
            )
        )
        return self._get_url(url), True

    def get_first_url(self, url: str) -> str:
        """Return the address under which the feed of that URL was added; the URL itself if it is no feed's."""
        return find_first_urls(self._connection, {url}).get(url, url)

    def find(self, reference: str) -> Feed | None:
        """Return the feed with that id, URL (also its first one), or title or outlet (case and accents aside)."""
        reference = reference.strip()
        if reference.isascii() and reference.isdigit() and len(reference) < 19:  # noqa: PLR2004 - digits of a 63-bit id
            row = self._connection.execute(select(FEEDS).where(FEEDS.c.id == int(reference))).first()
            if row is not None:
                return _to_feed(row)
        return self._find_url(reference) or self._find_first_url(reference) or self._find_named(reference)

    def _find_url(self, url: str) -> Feed | None:
        row = self._connection.execute(select(FEEDS).where(FEEDS.c.url == url)).first()
        return None if row is None else _to_feed(row)

    def _get_url(self, url: str) -> Feed:
        return _to_feed(self._connection.execute(select(FEEDS).where(FEEDS.c.url == url)).one())

    def _find_first_url(self, url: str) -> Feed | None:
        row = self._connection.execute(select(FEEDS).where(FEEDS.c.first_url == url).order_by(FEEDS.c.id)).first()
        return None if row is None else _to_feed(row)

    def _find_named(self, name: str) -> Feed | None:
        wanted = fold(name)
        feeds = self.list_all() if wanted else []
        return next((feed for feed in feeds if wanted in {fold(feed.title), fold(feed.outlet)}), None)

    def list_all(self) -> list[Feed]:
        """Return all feeds in order of id."""
        return [_to_feed(row) for row in self._connection.execute(select(FEEDS).order_by(FEEDS.c.id))]

    def remove(self, feed_id: int) -> None:
        """Forget the feed; its articles stay. Raises NotFoundError."""
        if not self._connection.execute(delete(FEEDS).where(FEEDS.c.id == feed_id)).rowcount:
            raise NotFoundError(f"there is no feed {feed_id}")

    def set_status(self, feed_id: int, status: FeedStatus, *, now: datetime) -> None:
        """Pause, resume (due at once, failures forgotten) or stop the feed. Raises NotFoundError."""
        values: dict[str, Any] = {"status": status}
        if status is FeedStatus.ACTIVE:
            values |= {"next_poll_at": now, "n_failures": 0, "error": ""}
        if not self._connection.execute(update(FEEDS).where(FEEDS.c.id == feed_id).values(values)).rowcount:
            raise NotFoundError(f"there is no feed {feed_id}")

    def lease_due(self, *, now: datetime, limit: int, lease_s: int, worker: str) -> list[Feed]:
        """Take a lease on active feeds that are due, longest waiting first.

        A feed that somebody holds is left out until the lease is over, whoever asks.
        """
        query = (
            select(FEEDS)
            .where(FEEDS.c.status == FeedStatus.ACTIVE, FEEDS.c.next_poll_at <= now, is_free(FEEDS, now))
            .order_by(FEEDS.c.next_poll_at, FEEDS.c.id)
            .limit(limit)
        )
        until = now + timedelta(seconds=lease_s)
        rows = take(self._connection, query, table=FEEDS, until=until, worker=worker, values={})
        return [_to_feed(row) for row in rows]

    def record_poll(self, poll: FeedPoll, *, worker: str | None = None) -> None:
        """Write the outcome and give the lease back; a feed that was removed meanwhile stays removed.

        Nothing happens where a later poll was recorded already, or where the lease is over and somebody else than
        ``worker`` holds the feed now: that one will say how it went. Validators are kept as the last success gave
        them. After ``MOVES_TO_BELIEVE`` polls that name the same permanent address the feed moves there, unless another
        feed has it.
        """
        row = self._connection.execute(select(FEEDS).where(FEEDS.c.id == poll.feed.id)).first()
        if row is None or _is_late(poll, row, worker):
            return
        is_success = poll.result in _SUCCESSES
        values = _after_success(poll) if is_success else _after_failure(poll, row)
        values |= {**GIVEN_BACK, "polled_at": poll.polled_at, "next_poll_at": poll.next_poll_at, "error": poll.error}
        if is_success:
            values |= self._move(poll, row)
        self._connection.execute(update(FEEDS).where(FEEDS.c.id == row.id).values(values))

    def _move(self, poll: FeedPoll, row: Row[Any]) -> dict[str, Any]:
        n_moves = row.n_moves + 1 if poll.moved_to == row.moved_to else 1
        if not poll.moved_to or poll.moved_to == row.url:
            return {"moved_to": "", "n_moves": 0}
        if n_moves >= MOVES_TO_BELIEVE and self._find_url(poll.moved_to) is None:
            return {"url": poll.moved_to, "moved_to": "", "n_moves": 0}
        return {"moved_to": poll.moved_to, "n_moves": n_moves}


def count_articles(connection: Connection, feed_url: str, n_new: int) -> None:
    """Add to the number of articles of the feed of that URL, if there is one."""
    if feed_url:
        connection.execute(_COUNT_ARTICLES, {"feed_url": feed_url, "n_new": n_new})


def find_first_urls(connection: Connection, urls: set[str]) -> dict[str, str]:
    """Return the address under which each of these feeds was added; a URL that is no feed's is left out."""
    found: dict[str, str] = {}
    for url in urls - {""}:
        rows = fetch_rows(connection, _FIRST_URL, {"feed_url": storable(url)})
        if rows and rows[0][0] is not None:
            found[url] = rows[0][0]
    return found


def _is_late(poll: FeedPoll, row: Row[Any], worker: str | None) -> bool:
    if row.polled_at is not None and poll.polled_at < row.polled_at:
        return True
    return worker is not None and row.lease_by is not None and row.lease_by != worker


def _after_success(poll: FeedPoll) -> dict[str, Any]:
    values: dict[str, Any] = {"n_failures": 0, "succeeded_at": poll.polled_at, "is_primed": True}
    optional = {"title": poll.title, "language": poll.language}
    if poll.result is PollResult.CHANGED:
        # A server that has stopped sending a validator must not be asked with the old one.
        values |= {"etag": poll.etag, "last_modified": poll.last_modified, "body_hash": poll.body_hash}
    else:
        optional |= {"etag": poll.etag, "last_modified": poll.last_modified, "body_hash": poll.body_hash}
    return values | {name: value for name, value in optional.items() if value}


def _after_failure(poll: FeedPoll, row: Row[Any]) -> dict[str, Any]:
    values: dict[str, Any] = {"n_failures": row.n_failures + 1}
    return values | {"status": FeedStatus.STOPPED} if poll.result is PollResult.GONE else values


def _to_feed(row: Row[Any]) -> Feed:
    fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    for name in ("first_url", "lease_by", "lease_until"):
        del fields[name]
    return Feed(**{**fields, "status": FeedStatus(row.status)})
