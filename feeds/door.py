"""The feed door as handlers know it: poll these feeds, give me the text of this page.

Owns the life of the loop, the client and the parsers. Must never start anything before it is needed.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from feeds.extract import clean_html
from feeds.fetch.client import Client
from feeds.fetch.loop import LoopThread
from feeds.fetch.poller import Poller
from feeds.guard import Guard
from feeds.pool import ParsePool
from feeds.settings import FetchSettings
from news.errors import FetchRefusedError
from news.polling import Feed, FeedPoll


def utc_now() -> datetime:
    """Return the time, aware UTC."""
    return datetime.now(UTC)


class HttpFeedDoor:
    """Fills ``handlers.ports.FeedDoor`` with HTTP. Threads, sockets and processes start with the first poll.

    Args:
        now: the clock; tests give their own.

    Raises:
        ConfigError: ``settings.allow_networks`` has an entry that is neither network nor host name.
    """

    def __init__(self, settings: FetchSettings | None = None, *, now: Callable[[], datetime] = utc_now) -> None:
        self._settings = settings or FetchSettings()
        self._now = now
        self._guard = Guard(self._settings.allow_networks)
        self._loop = LoopThread()
        self._pool = ParsePool(self._settings)
        self._client: Client | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def find_refusal(self, url: str) -> str:
        """Return why an address is not fetched by what it says of itself, empty for one that is; looks nothing up.

        A name that leads to an address inside is refused when it is fetched.
        """
        try:
            self._guard.check_url(url)
        except FetchRefusedError as error:
            return str(error)
        return ""

    def poll(self, feeds: Sequence[Feed]) -> Iterator[FeedPoll]:
        """Fetch and parse the feeds side by side; yield each as it is done.

        Never raises for a single feed, and a slow one never delays the others. Nothing starts before the first item is
        asked for; closing the iterator cancels what is not done. Raises RuntimeError once the door is closed.
        """
        if not feeds:
            return
        poller = Poller(self._opened_client(), self._pool, self._settings, now=self._now)
        yield from self._loop.stream(feeds, poller.poll)

    def clean_html(self, html: str, url: str = "") -> str:
        """Return the main text of an HTML page, paragraphs separated by blank lines."""
        return clean_html(html, url)

    def _opened_client(self) -> Client:
        with self._lock:
            return self._client or self._loop.run(self._make_client)

    async def _make_client(self) -> Client:
        # Kept here and not by who waits for it: a closing that comes right behind must find it.
        self._client = Client(self._settings, self._guard, self._now)
        return self._client

    def close(self) -> None:
        """Cancel what is under way and end threads, connections and processes. May be called again."""
        self._loop.close(self._close_client)
        self._pool.close()

    async def _close_client(self) -> None:
        if self._client is not None:
            await self._client.close()
