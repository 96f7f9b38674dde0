"""How many exchanges run side by side: no host is overrun, and nobody waits for the slow.

Owns the places. Must never know what is done in them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Gate:
    """A semaphore for the impatient: who has been inside for ``patience_s`` gives the place to the next and stays.

    Args:
        n_active: places.
        n_open: how many may be inside in all, those included whose patience ran out.
    """

    def __init__(self, n_active: int, n_open: int, patience_s: float) -> None:
        self._active = asyncio.Semaphore(n_active)
        self._open = asyncio.Semaphore(n_open)
        self._patience_s = patience_s
        self.n_users = 0

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[None]:
        """Wait for a place and hold it."""
        self.n_users += 1
        try:
            async with self._open:
                await self._active.acquire()
                place = _Place(self._active)
                timer = asyncio.get_running_loop().call_later(self._patience_s, place.give_back)
                try:
                    yield
                finally:
                    timer.cancel()
                    place.give_back()
        finally:
            self.n_users -= 1


class _Place:
    """One place of a gate, given back once, by whoever comes first: the timer or the end."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places: asyncio.Semaphore | None = places

    def give_back(self) -> None:
        if self._places is not None:
            self._places.release()
            self._places = None


class HostGates:
    """A gate for each host, made when first needed and dropped when nobody uses it."""

    def __init__(self, n_active: int, n_open: int, patience_s: float) -> None:
        self._limits = (n_active, n_open, patience_s)
        self._gates: dict[str, Gate] = {}

    @asynccontextmanager
    async def enter(self, host: str) -> AsyncIterator[None]:
        """Wait for a place at the host and hold it."""
        gate = self._gates.get(host)
        if gate is None:
            gate = self._gates[host] = Gate(*self._limits)
        try:
            async with gate.enter():
                yield
        finally:
            if not gate.n_users:
                self._gates.pop(host, None)
