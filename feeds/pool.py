"""Parsing off the event loop, in processes that a hostile body may hang or kill without harm to anything else.

Owns who parses what and when. Each process has one thread here that keeps it busy: the next small body is in the pipe
before the answer to the last one is out, or a busy machine would leave the process waiting for its turn after every
body. Must never lose a job: each ends in a ``ParsedFeed``, if need be with an error.
"""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue

from feeds.outcome import ParsedFeed, ParseJob
from feeds.parser_process import ParserProcess
from feeds.settings import MIB, FetchSettings

_TIMEOUT_PER_MIB = 0.3
_HEAVY_BYTES = MIB
"""Larger bodies have a process of their own: however many there are, the small ones pass them."""
_AHEAD_BYTES = 48 * 1024
"""Bodies up to this size are handed over ahead. They fit into the pipe whole, so that the process and its owner never
both wait for the other to read."""
_DEPTH = 2
_BODIES_PER_PROCESS = 5_000
"""A process is replaced after so many: whatever a parser leaks stays small."""

_Task = tuple[ParseJob, "Future[ParsedFeed]"]
_Tasks = SimpleQueue[_Task | None]


class ParsePool:
    """Parses bodies; processes start one by one when there is something to parse. Safe to call from any thread.

    ``parse_workers`` processes take the bodies, one more those over 1 MiB. With ``parse_workers=0`` one thread of this
    process parses: simple, but without protection from hostile bodies.
    """

    def __init__(self, settings: FetchSettings) -> None:
        self._inline = ThreadPoolExecutor(1, thread_name_prefix="parse") if settings.parse_workers == 0 else None
        self._light = _Lane(settings, settings.parse_workers)
        self._heavy = _Lane(settings, 1)

    def submit(self, job: ParseJob) -> Future[ParsedFeed]:
        """Return a future of what the body holds; errors are in the value."""
        if self._inline is not None:
            return self._inline.submit(_parse_here, job)
        return (self._heavy if len(job.body) > _HEAVY_BYTES else self._light).submit(job)

    def list_pids(self) -> list[int]:
        """Return the ids of the processes, for status and tests."""
        return sorted([*self._light.list_pids(), *self._heavy.list_pids()])

    def close(self) -> None:
        """End all processes; bodies under way end in an error, waiting ones are cancelled. May be called again."""
        if self._inline is not None:
            self._inline.shutdown(wait=True, cancel_futures=True)
        self._light.close()
        self._heavy.close()


def _parse_here(job: ParseJob) -> ParsedFeed:
    from feeds.parse import parse_feed  # noqa: PLC0415  # feedparser is only loaded where it is used

    return parse_feed(job)


class _Lane:
    """A queue of bodies and the owners that serve it, started one by one as the queue grows."""

    def __init__(self, settings: FetchSettings, n_owners: int) -> None:
        self._settings = settings
        self._n_owners = n_owners
        self._tasks: _Tasks = SimpleQueue()
        self._owners: list[_Owner] = []
        self._lock = threading.Lock()
        self._n_open = 0
        self._is_closed = False

    def submit(self, job: ParseJob) -> Future[ParsedFeed]:
        future: Future[ParsedFeed] = Future()
        future.add_done_callback(self._count_done)
        with self._lock:
            if self._is_closed:
                future.cancel()
                return future
            self._n_open += 1
            self._tasks.put((job, future))
            if len(self._owners) < min(self._n_open, self._n_owners):
                self._owners.append(_Owner(self._settings, self._tasks))
        return future

    def _count_done(self, _: Future[ParsedFeed]) -> None:
        self._n_open -= 1  # only steers how many owners start; a lost update starts one early

    def list_pids(self) -> list[int]:
        return [pid for owner in self._owners if (pid := owner.find_pid()) is not None]

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
        for _ in self._owners:
            self._tasks.put(None)
        for owner in self._owners:
            owner.stop()
        with suppress(Empty):
            while True:
                task = self._tasks.get_nowait()
                if task is not None:
                    task[1].cancel()


class _Owner:
    """A thread that keeps one parser process busy."""

    def __init__(self, settings: FetchSettings, tasks: _Tasks) -> None:
        self._settings = settings
        self._tasks = tasks
        self._held: _Task | None = None
        self._under_way: deque[_Task] = deque()
        self._process: ParserProcess | None = None
        self._is_stopped = False
        self._thread = threading.Thread(target=self._run, name="parse", daemon=True)
        self._thread.start()

    def find_pid(self) -> int | None:
        process = self._process
        return None if process is None else process.pid

    def stop(self) -> None:
        """End the process and the thread; bodies under way end in an error."""
        self._is_stopped = True
        while self._thread.is_alive():  # a process may just be starting
            process = self._process
            if process is not None:
                process.kill()
            self._thread.join(0.1)

    def _run(self) -> None:
        while self._fill():
            self._finish_oldest()
            if self._process is not None and self._process.n_parsed >= _BODIES_PER_PROCESS and not self._under_way:
                self._drop_process()
        self._drop_process()
        if self._held is not None:
            self._held[1].cancel()

    def _fill(self) -> bool:
        """Hand over bodies until enough are under way; return whether any is. Waits only if none is."""
        while len(self._under_way) < _DEPTH and not self._is_stopped:
            task = self._next_task()
            if task is None:
                break
            if task[1].set_running_or_notify_cancel():
                self._under_way.append(task)
                self._hand_over(task[0])
        return bool(self._under_way)

    def _next_task(self) -> _Task | None:
        """Return the next body, or None at the end, or if it must wait until the ones under way are done."""
        task, self._held = self._held, None
        if task is None and not self._under_way:
            task = self._tasks.get()
        elif task is None:
            with suppress(Empty):
                task = self._tasks.get_nowait()
            if task is None:
                return None
        if task is None:
            self._is_stopped = True
        elif self._under_way and len(task[0].body) > _AHEAD_BYTES:
            self._held, task = task, None
        return task

    def _hand_over(self, job: ParseJob) -> None:
        """Send the body; a dead process is noticed when its answer is asked for."""
        with suppress(OSError):
            if self._process is None:
                self._process = ParserProcess(self._settings.worker_memory_bytes)
            self._process.send(job, self._limit_s(job))

    def _limit_s(self, job: ParseJob) -> float:
        return self._settings.parse_timeout_s * (1 + _TIMEOUT_PER_MIB * len(job.body) / MIB)

    def _finish_oldest(self) -> None:
        job, future = self._under_way[0]
        answer = self._ask(self._limit_s(job))
        self._under_way.popleft()
        is_lost = answer.error in _LOSSES
        if is_lost:
            self._drop_process()
        future.set_result(answer)
        if is_lost and not self._is_stopped:
            for waiting, _ in self._under_way:
                self._hand_over(waiting)

    def _ask(self, limit_s: float) -> ParsedFeed:
        if self._process is None:
            return ParsedFeed(error=_NO_PROCESS)
        try:
            return self._process.receive(limit_s)
        except TimeoutError:
            return ParsedFeed(error=_TOO_SLOW)
        except (OSError, EOFError):
            return ParsedFeed(error=_CRASHED)

    def _drop_process(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.end()


_NO_PROCESS = "no parser could be started; is there memory left?"
_TOO_SLOW = "the body could not be parsed in time and was given up"
_CRASHED = "the body crashed the parser, or needed too much memory, and was given up"
_LOSSES = frozenset({_NO_PROCESS, _TOO_SLOW, _CRASHED})
