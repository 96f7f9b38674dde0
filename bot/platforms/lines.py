"""Lines from a pipe, read beside the event loop and never holding up the end of the program."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator

_CHUNK_BYTES = 65_536
_LONGEST_LINE_BYTES = 65_536


async def iter_pipe_lines(descriptor: int) -> AsyncIterator[str]:
    """Yield the lines of a file descriptor until its end; the rest of one that is far too long is dropped."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def put(line: str | None) -> None:
        try:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        except RuntimeError:  # the loop is closed: nobody waits for lines any more
            return

    # os.read on a daemon thread: a thread inside sys.stdin holds its lock, and Python cannot end while it does.
    threading.Thread(target=_read_lines, args=(descriptor, put), daemon=True, name="stdin").start()
    while (line := await lines.get()) is not None:
        yield line


def _read_lines(descriptor: int, put: object) -> None:
    assert callable(put)  # noqa: S101 - threading passes arguments untyped
    rest = b""
    while chunk := _read_chunk(descriptor):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            put(line[:_LONGEST_LINE_BYTES].decode("utf-8", "replace"))
        rest = rest[:_LONGEST_LINE_BYTES]
    if rest:
        put(rest.decode("utf-8", "replace"))
    put(None)


def _read_chunk(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, _CHUNK_BYTES)
    except OSError:
        return b""
