"""A feed server on loopback: for tests inside the process, for benchmarks as a process of its own.

Owns made-up feeds with ETags that count as changed when they are told to, and bodies that a test sets. As a program,
``python -m benchmarks.feed_server --feeds 1000 --entries 30``, it prints its address on the first line, serves
``/feed/N.xml``, gains entries by ``POST /control?new=2``, and ends with its standard input.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import random
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import TracebackType
from typing import Self

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_WORDS = [
    "minister", "harbour", "council", "ferry", "budget", "storm", "river", "bridge", "election", "strike",
    "treaty", "convoy", "island", "province", "mayor", "railway", "court", "drought", "harvest", "border",
    "embassy", "port", "airline", "reactor", "festival", "league", "market", "copper", "wheat", "cable",
]  # fmt: skip
_NEWEST_AT = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Hit:
    """One request as the server saw it."""

    path: str
    status: int
    headers: Mapping[str, str]


@dataclass(slots=True)
class Page:
    """What a path answers, unless a handler answers for it."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""


class FeedServer:
    """An HTTP server on a free port of 127.0.0.1, on a thread of its own, inside a ``with``.

    Attributes:
        hits: the requests so far, in order of their answers.
    """

    def __init__(self, *, n_feeds: int = 0, n_entries: int = 30) -> None:
        self.hits: list[Hit] = []
        self._pages: dict[str, Page] = {}
        self._handlers: dict[str, Handler] = {}
        self._feeds = MadeUpFeeds(n_feeds, n_entries)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="feed-server", daemon=True)
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self.port = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> int:
        app = web.Application(client_max_size=2**20)
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        return int(self._runner.addresses[0][1])

    async def _stop(self) -> None:
        await self._runner.cleanup()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def url(self, path: str) -> str:
        """Return the address of a path such as ``/a.xml``."""
        return f"http://127.0.0.1:{self.port}{path}"

    def set_page(self, path: str, body: bytes | str = b"", *, status: int = 200, etag: str = "", **headers: str) -> str:
        """Let the path answer with this; header names are written with underscores. Return its address.

        ``etag="auto"`` makes one from the body and honours ``If-None-Match``.
        """
        data = body.encode() if isinstance(body, str) else body
        etag = f'"{hashlib.sha256(data).hexdigest()[:16]}"' if etag == "auto" else etag
        self._pages[path] = Page(data, status, {name.replace("_", "-"): value for name, value in headers.items()}, etag)
        return self.url(path)

    def set_handler(self, path: str, handler: Handler) -> str:
        """Let a coroutine answer for the path. Return its address."""
        self._handlers[path] = handler
        return self.url(path)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        handler = self._handlers.get(request.path)
        if handler is not None:
            self.hits.append(Hit(request.path, 0, dict(request.headers)))
            return await handler(request)
        if request.path == "/control":
            self._feeds.n_new = int(request.query["new"])
            return web.Response(text="ok")
        response = self._respond(request, self._pages.get(request.path) or self._feeds.find_page(request.path))
        self.hits.append(Hit(request.path, response.status, dict(request.headers)))
        return response

    def _respond(self, request: web.Request, page: Page | None) -> web.Response:
        if page is None:
            return web.Response(status=404)
        headers = {"Content-Type": "application/rss+xml", **page.headers}
        if page.etag:
            headers["ETag"] = page.etag
            if request.headers.get("If-None-Match") == page.etag:
                return web.Response(status=304, headers=headers)
        return web.Response(status=page.status, body=page.body, headers=headers)


class MadeUpFeeds:
    """``/feed/0.xml`` ... with ``n_entries`` entries, before which ``n_new`` newer ones stand."""

    def __init__(self, n_feeds: int, n_entries: int) -> None:
        self._n_feeds = n_feeds
        self._n_entries = n_entries
        self._made: dict[tuple[int, int], Page] = {}
        self.n_new = 0

    def find_page(self, path: str) -> Page | None:
        """Return the page of ``/feed/N.xml``, or None for any other path."""
        name = path.removeprefix("/feed/").removesuffix(".xml")
        if not name.isdigit() or int(name) >= self._n_feeds:
            return None
        key = (int(name), self.n_new)
        if key not in self._made:
            body = make_feed(int(name), self._n_entries, self.n_new)
            self._made[key] = Page(body, etag=f'"{key[0]}-{key[1]}"')
        return self._made[key]

    def make_all(self) -> None:
        """Make all pages now, so that a measurement does not pay for it."""
        for number in range(self._n_feeds):
            self.find_page(f"/feed/{number}.xml")


def make_feed(number: int, n_entries: int, n_new: int = 0) -> bytes:
    """Return an RSS 2.0 feed; entries keep their text, id and date when newer ones come before them."""
    items = "".join(_make_item(number, index) for index in range(n_entries + n_new - 1, -1, -1))
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Gazette {number}</title><link>https://gazette-{number}.example/</link><language>en</language>"
        f"<description>Made up.</description>{items}</channel></rss>"
    ).encode()


def _make_item(number: int, index: int) -> str:
    chance = random.Random(number * 100_003 + index)
    title = " ".join(chance.choices(_WORDS, k=8)).capitalize()
    text = " ".join(f"{' '.join(chance.choices(_WORDS, k=12)).capitalize()}." for _ in range(7))
    url = f"https://gazette-{number}.example/{index}"
    when = format_datetime(_NEWEST_AT + timedelta(minutes=30 * (index - 30)))
    return (
        f'<item><title>{title}</title><link>{url}</link><guid isPermaLink="false">{number}:{index}</guid>'
        f"<pubDate>{when}</pubDate><dc:creator>Desk</dc:creator>"
        f"<description>&lt;p&gt;{text}&lt;/p&gt;"
        f'&lt;p&gt;&lt;a href="{url}"&gt;More&lt;/a&gt;&lt;/p&gt;</description></item>'
    )


def main(argv: list[str]) -> int:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=30)
    options = parser.parse_args(argv)
    with FeedServer(n_feeds=options.feeds, n_entries=options.entries) as server:
        server._feeds.make_all()  # noqa: SLF001  # the same module
        print(server.url(""), flush=True)
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
