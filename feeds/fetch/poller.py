"""One poll of one feed: fetch, compare, parse elsewhere, and say what came of it.

Owns the order of these steps. Must never raise for a feed; what goes wrong is in the ``FeedPoll``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from feeds.fetch.client import Client
from feeds.outcome import Fetched, ParsedFeed, ParseJob
from feeds.pool import ParsePool
from feeds.schedule import next_poll_at
from feeds.settings import FetchSettings
from news.polling import Feed, FeedPoll, PollResult
from news.words.urls import hide_credentials

_GONE = 410


class Poller:
    """Polls feeds with one client and one pool of parsers.

    Args:
        now: the clock.
    """

    def __init__(
        self, client: Client, pool: ParsePool, settings: FetchSettings, *, now: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._pool = pool
        self._settings = settings
        self._now = now

    async def poll(self, feed: Feed) -> FeedPoll:
        """Return what one poll of the feed gave. Never raises but for cancellation."""
        try:
            fetched = await self._client.fetch(feed)
            if fetched.error:
                return self._failed(feed, fetched, fetched.error)
            if not fetched.body_hash or fetched.body_hash == feed.body_hash:
                return self._unchanged(feed, fetched)
            parsed = await self._parse(feed, fetched)
        except Exception as error:  # noqa: BLE001  # a mistake of ours in one feed must not end the poll of the others
            return self._failed(feed, Fetched(), f"internal error ({type(error).__name__}: {error})")
        return self._failed(feed, fetched, parsed.error) if parsed.error else self._changed(feed, fetched, parsed)

    async def _parse(self, feed: Feed, fetched: Fetched) -> ParsedFeed:
        job = ParseJob(
            body=fetched.body,
            url=fetched.url,
            feed_url=feed.url,
            now=self._now(),
            content_type=fetched.content_type,
            outlet=feed.outlet,
            language=feed.language,
            max_entries=self._settings.max_entries,
            body_cap_bytes=self._settings.body_cap_bytes,
        )
        return await asyncio.wrap_future(self._pool.submit(job))

    def _changed(self, feed: Feed, fetched: Fetched, parsed: ParsedFeed) -> FeedPoll:
        now = self._now()
        articles = tuple(article for article in parsed.articles if article.title or article.text or article.url)
        n_empty = len(parsed.articles) - len(articles)
        empty = f"{n_empty} entries have neither title, text nor address" if n_empty else ""
        return FeedPoll(
            feed=feed,
            result=PollResult.CHANGED,
            polled_at=now,
            next_poll_at=next_poll_at(feed, PollResult.CHANGED, now=now, settings=self._settings),
            articles=articles,
            title=parsed.title or feed.title,
            language=feed.language or parsed.language,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            body_hash=fetched.body_hash,
            moved_to=fetched.moved_to,
            http_status=fetched.status,
            error=hide_credentials("; ".join(filter(None, (parsed.notice, empty)))),
            n_bytes=fetched.n_bytes,
            n_unread=parsed.n_entries - len(articles),
        )

    def _unchanged(self, feed: Feed, fetched: Fetched) -> FeedPoll:
        now = self._now()
        return FeedPoll(
            feed=feed,
            result=PollResult.UNCHANGED,
            polled_at=now,
            next_poll_at=next_poll_at(feed, PollResult.UNCHANGED, now=now, settings=self._settings),
            title=feed.title,
            language=feed.language,
            etag=fetched.etag or feed.etag,
            last_modified=fetched.last_modified or feed.last_modified,
            body_hash=feed.body_hash,
            moved_to=fetched.moved_to,
            http_status=fetched.status,
            n_bytes=fetched.n_bytes,
        )

    def _failed(self, feed: Feed, fetched: Fetched, error: str) -> FeedPoll:
        now = self._now()
        result = PollResult.GONE if fetched.status == _GONE or fetched.is_refused else PollResult.FAILED
        when = next_poll_at(feed, result, now=now, settings=self._settings, retry_after_s=fetched.retry_after_s)
        return FeedPoll(
            feed=feed,
            result=result,
            polled_at=now,
            next_poll_at=when,
            title=feed.title,
            language=feed.language,
            # The last good body stays the one to compare with: a broken one must be asked for again.
            etag=feed.etag,
            last_modified=feed.last_modified,
            body_hash=feed.body_hash,
            http_status=fetched.status,
            error=hide_credentials(error),
            n_bytes=fetched.n_bytes,
        )
