"""Conditional GETs: one feed's exchange from the first look-up to the last byte, bounded in time, size and hops.

Owns the HTTP session. Must never raise for anything that a server or a network does: that is a ``Fetched`` with an
error.
"""

from __future__ import annotations

import asyncio
import hashlib
import socket
import ssl
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

import aiohttp
from yarl import URL

from feeds.fetch.gate import Gate, HostGates
from feeds.fetch.resolve import GuardedResolver
from feeds.fetch.wording import describe_error, describe_status, parse_retry_after
from feeds.guard import Guard
from feeds.inflate import ACCEPT_ENCODING, InflateError, open_inflater
from feeds.outcome import Fetched
from feeds.settings import MIB, FetchSettings
from news.errors import FetchRefusedError
from news.polling import Feed

_REDIRECTS = {301, 302, 303, 307, 308}
_PERMANENT = {301, 308}
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_MAX_VALIDATOR = 1_000
"""Characters of an ETag or date that are kept; longer ones are no validators but something else."""
_OPEN_FACTOR = 4
_HOST_OPEN_FACTOR = 8
_DNS_TTL_S = 60
_HOST: ContextVar[str] = ContextVar("host", default="")
"""The host of the hop under way, as aiohttp reads it: an exception that names a host holds for its sockets only."""


class _TooLargeError(Exception):
    """The body is larger than the cap."""


class Client:
    """An HTTP session with its gates. Made, used and closed on the loop.

    Args:
        now: the clock, for ``Retry-After`` dates.
    """

    def __init__(self, settings: FetchSettings, guard: Guard, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._guard = guard
        self._now = now
        patience = settings.patience_s
        self._gate = Gate(settings.concurrency, settings.concurrency * _OPEN_FACTOR, patience)
        self._hosts = HostGates(settings.per_host, settings.per_host * _HOST_OPEN_FACTOR, patience)
        self._session = self._open_session()

    def _open_session(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            resolver=GuardedResolver(self._guard),
            socket_factory=self._open_socket,
            ssl=open_ssl_context(),
            limit=0,  # the gates limit
            ttl_dns_cache=_DNS_TTL_S,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._settings.connect_timeout_s),
            headers={
                "User-Agent": self._settings.user_agent,
                "Accept": _ACCEPT,
                "Accept-Encoding": ACCEPT_ENCODING,
            },
            auto_decompress=False,
            trust_env=False,
            read_bufsize=65_536,
            max_line_size=32_768,
            max_field_size=32_768,
        )

    def _open_socket(self, info: tuple[int, int, int, str, tuple[object, ...]]) -> socket.socket:
        self._guard.check_socket(_HOST.get(), str(info[4][0]))
        return socket.socket(family=info[0], type=info[1], proto=info[2])

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    async def fetch(self, feed: Feed) -> Fetched:
        """Return what the feed's address gives now, redirects followed. Never raises but for cancellation."""
        try:
            self._guard.check_url(feed.url)
        except FetchRefusedError as error:
            return Fetched(url=feed.url, error=str(error), is_refused=True)
        async with self._hosts.enter(urlsplit(feed.url).netloc.lower()), self._gate.enter():
            return await self._fetch_in_time(feed)

    async def _fetch_in_time(self, feed: Feed) -> Fetched:
        limit = self._settings.total_timeout_s
        try:
            async with asyncio.timeout(limit) as clock:
                return await self._follow(feed)
        except FetchRefusedError as error:
            return Fetched(url=feed.url, error=f"redirected: {error}")
        except Exception as error:  # noqa: BLE001  # libraries raise more than they name; one feed must fail alone
            if isinstance(error, TimeoutError) and clock.expired():
                return Fetched(url=feed.url, error=f"timed out after {limit:g} s")
            return Fetched(url=feed.url, error=describe_error(error, urlsplit(feed.url).hostname or "the server"))

    async def _follow(self, feed: Feed) -> Fetched:
        url, moved_to, is_permanent = feed.url, "", True
        for _ in range(self._settings.max_redirects + 1):
            self._guard.check_url(url)
            target = URL(url)
            _HOST.set(target.raw_host or "")
            async with self._session.get(target, headers=_conditions(feed), allow_redirects=False) as response:
                location = response.headers.get("Location", "")
                if response.status not in _REDIRECTS or not location:
                    return replace(await self._take(response), url=url, moved_to=moved_to)
                url = urljoin(url, location.strip())
                is_permanent = is_permanent and response.status in _PERMANENT
                moved_to = url if is_permanent else moved_to
        return Fetched(url=url, error=f"redirected more than {self._settings.max_redirects} times")

    async def _take(self, response: aiohttp.ClientResponse) -> Fetched:
        headers = response.headers
        fetched = Fetched(
            status=response.status,
            etag=_short(headers.get("ETag", "")),
            last_modified=_short(headers.get("Last-Modified", "")),
            content_type=headers.get("Content-Type", "")[:200],
        )
        if response.status == 304:  # noqa: PLR2004  # not modified
            return fetched
        if not 200 <= response.status < 300:  # noqa: PLR2004  # success
            retry_after_s = parse_retry_after(headers.get("Retry-After", ""), now=self._now())
            return replace(fetched, error=describe_status(response.status), retry_after_s=retry_after_s)
        try:
            body, digest = await self._read(response)
        except _TooLargeError:
            cap = self._settings.body_cap_bytes / MIB
            return replace(fetched, error=f"too large: the body has more than {cap:.4g} MiB and was not read further")
        except InflateError as error:
            return replace(fetched, error=str(error))
        return replace(fetched, body=body, body_hash=digest, n_bytes=len(body))

    async def _read(self, response: aiohttp.ClientResponse) -> tuple[bytes, str]:
        """Return the decoded body and its hash, holding never more than the cap and one piece."""
        cap = self._settings.body_cap_bytes
        if (response.content_length or 0) > cap:
            raise _TooLargeError
        inflater = open_inflater(response.headers.get("Content-Encoding", ""))
        body, digest, n_raw, n_pieces = bytearray(), hashlib.sha256(), 0, 0
        async for chunk in response.content.iter_any():
            n_raw += len(chunk)
            if n_raw > cap:
                raise _TooLargeError
            await asyncio.sleep(0)  # chunks that have come already are given without a pause, and may hold no piece
            for piece in inflater.pieces(chunk):
                if len(body) + len(piece) > cap:
                    raise _TooLargeError
                body += piece
                digest.update(piece)
                n_pieces += 1
                if n_pieces % 16 == 0:
                    await asyncio.sleep(0)  # a bomb unfolds without a new chunk: others must come in between
        return bytes(body), digest.hexdigest()


def _conditions(feed: Feed) -> dict[str, str]:
    conditions = {}
    if feed.etag and feed.etag.isprintable():
        conditions["If-None-Match"] = feed.etag
    if feed.last_modified and feed.last_modified.isprintable():
        conditions["If-Modified-Since"] = feed.last_modified
    return conditions


def _short(validator: str) -> str:
    return validator if len(validator) <= _MAX_VALIDATOR else ""


def open_ssl_context() -> ssl.SSLContext:
    """Return a context that trusts the system's authorities (``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` name others)."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context
