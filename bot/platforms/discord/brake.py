"""The brake on refused requests: Discord bans an address after 10,000 answers of 401, 403 or 429 in ten minutes.

Owns the count, through aiohttp's tracing, so that every request is seen, whichever part of discord.py makes it. Source:
Discord's documentation, "Rate Limits", "Invalid Request Limit". 429 of the scope ``shared`` do not count there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from types import SimpleNamespace

import aiohttp

from news.errors import DeliveryError

WINDOW_S = 600.0
"""Discord counts over ten minutes."""

MOST_REFUSED = 500
"""Refused requests in the window at which everything waits: a twentieth of what is allowed."""

_REFUSED = frozenset({401, 403, 429})


class RequestsHeldError(DeliveryError):
    """Too many requests were refused lately; nothing is sent until some of them are old enough."""


class Brake:
    """Counts refused requests and holds all others back while there are too many.

    Args:
        clock: seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float], *, most: int = MOST_REFUSED) -> None:
        self._clock = clock
        self._most = most
        self._refused: deque[float] = deque()

    @property
    def n_refused(self) -> int:
        """How many requests were refused in the window."""
        self._forget()
        return len(self._refused)

    def check(self) -> None:
        """Raise RequestsHeldError while too many were refused."""
        self._forget()
        if len(self._refused) >= self._most:
            wait_s = self._refused[0] + WINDOW_S - self._clock()
            raise RequestsHeldError(
                f"{len(self._refused)} requests were refused in ten minutes; nothing is sent for {wait_s:.0f} s, "
                "so that the address is not banned. The log says which channels refuse.",
                retry_after_s=wait_s,
            )

    def count(self, status: int, *, is_shared: bool = False) -> None:
        """Note the answer to a request."""
        if status in _REFUSED and not is_shared:
            self._refused.append(self._clock())

    def trace(self) -> aiohttp.TraceConfig:
        """Return what makes a session of aiohttp obey this brake."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._on_start)
        config.on_request_end.append(self._on_end)
        return config

    def _forget(self) -> None:
        oldest = self._clock() - WINDOW_S
        while self._refused and self._refused[0] <= oldest:
            self._refused.popleft()

    async def _on_start(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, _params: aiohttp.TraceRequestStartParams
    ) -> None:
        self.check()

    async def _on_end(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        is_shared = params.response.headers.get("X-RateLimit-Scope") == "shared"
        self.count(params.response.status, is_shared=is_shared)
