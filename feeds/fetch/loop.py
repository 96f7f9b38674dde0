"""The event loop on its own thread, and streams of results out of it for callers that know no asyncio.

Owns the thread and the hand-over. Must never let one piece of work hold up or break another.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from itertools import count
from typing import Any, TypeVar

T = TypeVar("T")
J = TypeVar("J")

_RELEASE_EVERY = 32
"""Places are given back in dozens: each time wakes the loop."""
_CLOSED = "the feed door is closed"
MAX_UNDELIVERED = 256
"""Results that wait for a slow consumer; more would only fill the memory."""


class LoopThread:
    """An event loop that starts with the first call and ends with ``close``. Safe to call from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._streams: set[Future[None]] = set()
        self._is_closed = False

    def run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Await ``work`` on the loop and return its result. Raises RuntimeError once closed, also meanwhile."""
        with self._lock:
            loop = self._started()
            future = asyncio.run_coroutine_threadsafe(work(), loop)
        try:
            return future.result()
        except CancelledError:
            raise RuntimeError(_CLOSED) from None

    def stream(self, jobs: Sequence[J], work: Callable[[J], Awaitable[T]]) -> Iterator[T]:
        """Work on all jobs side by side; yield each result as it is done. ``work`` must not raise.

        Closing the iterator cancels what is not done, without waiting for its end; ``close`` waits.
        """
        results: queue.SimpleQueue[tuple[T] | None] = queue.SimpleQueue()
        room = asyncio.Semaphore(MAX_UNDELIVERED)
        with self._lock:
            loop = self._started()
            stream = asyncio.run_coroutine_threadsafe(_work_all(jobs, work, results, room), loop)
            self._streams.add(stream)
        stream.add_done_callback(lambda _: results.put(None))
        try:
            for n_taken in count(1):
                item = results.get()
                if item is None:
                    break
                if n_taken % _RELEASE_EVERY == 0:
                    loop.call_soon_threadsafe(_release, room)
                yield item[0]
        finally:
            stream.cancel()
            self._streams.discard(stream)
        with suppress(CancelledError):
            stream.result()

    def _started(self) -> asyncio.AbstractEventLoop:
        """Return the running loop. The lock is held until the work is handed over, so that ``close`` comes behind."""
        if self._is_closed:
            raise RuntimeError(_CLOSED)
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=_serve, args=(self._loop,), name="fetch", daemon=True)
            self._thread.start()
        return self._loop

    def close(self, last: Callable[[], Awaitable[None]]) -> None:
        """Cancel all streams, await ``last`` on the loop, and end the thread. Does nothing the second time."""
        with self._lock:
            loop, thread = self._loop, self._thread
            is_done, self._is_closed = self._is_closed or loop is None, True
        if is_done or loop is None or thread is None:
            return
        for stream in tuple(self._streams):
            stream.cancel()
        asyncio.run_coroutine_threadsafe(_settle(last), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        loop.close()


async def _work_all(
    jobs: Sequence[J],
    work: Callable[[J], Awaitable[T]],
    results: queue.SimpleQueue[tuple[T] | None],
    room: asyncio.Semaphore,
) -> None:
    async def one(job: J) -> None:
        result = await work(job)
        await room.acquire()
        results.put((result,))

    async with asyncio.TaskGroup() as group:
        for job in jobs:
            group.create_task(one(job))


def _release(room: asyncio.Semaphore) -> None:
    for _ in range(_RELEASE_EVERY):
        room.release()


async def _settle(last: Callable[[], Awaitable[None]]) -> None:
    """Wait for the end of what was cancelled, then do the last thing."""
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await last()
