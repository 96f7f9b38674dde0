"""Ticks: poll and deliver run every so often, each in a worker thread and never twice at once.

Owns when things run. APScheduler only ticks; the leases in the store decide what is worked on, so a process that dies
in the middle loses nothing. A job that fails is logged and runs again at the next tick.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

from apscheduler.executors.asyncio import AsyncIOExecutor
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.logs import Log

_MISSED_S = 3_600
_LOOK_S = 0.02


@dataclass(frozen=True, slots=True)
class Tick:
    """Something that runs again and again.

    Attributes:
        run: blocks; called in a worker thread, first at once.
    """

    name: str
    every_s: float
    run: Callable[[], object]


@dataclass(slots=True)
class Ticker:
    """Runs ticks on the event loop that ``start`` was called on, until ``stop``."""

    log: Log
    _scheduler: AsyncIOScheduler | None = None
    _busy: dict[str, threading.Lock] = field(default_factory=dict)
    _pool: ThreadPoolExecutor | None = None
    _is_stopping: bool = False

    def start(self, ticks: tuple[Tick, ...]) -> None:
        """Begin to tick."""
        self._pool = ThreadPoolExecutor(len(ticks), thread_name_prefix="tick")
        self._scheduler = AsyncIOScheduler(
            executors={"default": AsyncIOExecutor()},
            job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": _MISSED_S},
            timezone="UTC",
        )
        for tick in ticks:
            self._busy[tick.name] = threading.Lock()
            self._scheduler.add_job(
                self._run, "interval", (tick,), seconds=tick.every_s, id=tick.name, next_run_time=datetime.now(UTC)
            )
        self._scheduler.start()

    async def stop(self, patience_s: float) -> bool:
        """Tick no more and wait for what is running; return whether all of it ended in time."""
        self._is_stopping = True
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
        deadline = asyncio.get_running_loop().time() + patience_s
        while self.is_busy() and asyncio.get_running_loop().time() < deadline:  # noqa: ASYNC110 - threads set no Event
            await asyncio.sleep(_LOOK_S)
        is_idle = not self.is_busy()
        if self._pool is not None:
            self._pool.shutdown(wait=is_idle, cancel_futures=True)
        return is_idle

    def is_busy(self) -> bool:
        """Return whether a job is running now."""
        return any(lock.locked() for lock in self._busy.values())

    async def _run(self, tick: Tick) -> None:
        lock = self._busy[tick.name]
        if self._pool is None or self._is_stopping or lock.locked():
            return
        await asyncio.get_running_loop().run_in_executor(self._pool, self._run_logged, tick, lock)

    def _run_logged(self, tick: Tick, lock: threading.Lock) -> None:
        with lock:
            try:
                tick.run()
            except Exception as error:  # one bad round must not end the rounds
                if self._is_stopping:  # the door was closed under it, on purpose
                    return
                self.log.error("tick failed", tick=tick.name, error=repr(error), exc_info=error)  # noqa: TRY400 - a structlog log
