"""Names to addresses, through the guard, without ever blocking the loop or another look-up.

Owns the resolver that aiohttp calls. Must never return an address that the guard refuses.
"""

from __future__ import annotations

import asyncio
import socket
import threading

from aiohttp.abc import AbstractResolver, ResolveResult

from feeds.guard import Guard, RefusedAddressError, refusal

MAX_LOOKUPS = 64
"""At once; a dead name server holds each for many seconds, and each takes a thread."""

_AddressInfo = tuple[socket.AddressFamily, socket.SocketKind, int, str, tuple[str, int] | tuple[str, int, int, int]]


class GuardedResolver(AbstractResolver):
    """The system's resolver on daemon threads, which a hanging look-up cannot keep from ending the program."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._lookups = asyncio.Semaphore(MAX_LOOKUPS)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of ``host`` that may be connected.

        Raises:
            RefusedAddressError: there are addresses, but none of them may.
            OSError: the name cannot be resolved.
        """
        async with self._lookups:
            infos = await _look_up(host, port, family)
        selected = set(self._guard.select(host, [str(info[4][0]) for info in infos]))
        if infos and not selected:
            raise RefusedAddressError(refusal(host))
        return [_to_result(host, info) for info in infos if str(info[4][0]) in selected]

    async def close(self) -> None:
        """Nothing is held."""


def _to_result(host: str, info: _AddressInfo) -> ResolveResult:
    return ResolveResult(
        hostname=host,
        host=str(info[4][0]),
        port=int(info[4][1]),
        family=info[0],
        proto=info[2],
        flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
    )


async def _look_up(host: str, port: int, family: socket.AddressFamily) -> list[_AddressInfo]:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[list[_AddressInfo]] = loop.create_future()

    def settle(infos: list[_AddressInfo], error: Exception | None) -> None:
        if future.done():
            return
        if error is None:
            future.set_result(infos)
        else:
            future.set_exception(error)

    def work() -> None:
        try:
            infos = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
            outcome: tuple[list[_AddressInfo], Exception | None] = (list(infos), None)  # type: ignore[arg-type]  # typeshed unites the address tuples
        except (OSError, UnicodeError) as error:
            outcome = ([], error if isinstance(error, OSError) else socket.gaierror(socket.EAI_NONAME, "bad name"))
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, *outcome)

    threading.Thread(target=work, name=f"lookup-{host[:40]}", daemon=True).start()
    return await future
