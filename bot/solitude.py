"""Whether this process is the only one that runs the bot on a database.

Owns a lock file beside the database, held as long as the process lives. The one that holds it may give back at once
what a killed predecessor had leased; a second one works beside it and waits for leases to run out.
"""

from __future__ import annotations

import os
import secrets
from functools import cache
from pathlib import Path
from typing import Protocol, Self

from bot.logs import Log
from bot.wiring import RUN_WORKER


class Releases(Protocol):
    """A store that can give back what a worker holds."""

    def release_leases(self, worker: str) -> int:
        """Give back all that ``worker`` holds; return how much that was."""


class Solitude:
    """Holds the lock file while in the ``with``, if no other process does. It names the worker that held it last."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1
        self._is_alone = False

    def __enter__(self) -> Self:
        try:
            import fcntl  # noqa: PLC0415 - not there on Windows, where leases just run out

            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._is_alone = True
        except (ImportError, OSError):
            self._is_alone = False
        return self

    def __exit__(self, *_: object) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)

    def take_over(self, store: Releases, log: Log) -> None:
        """Give back what the last one held that ran alone, and write who runs now."""
        if not self._is_alone:
            return
        before = os.pread(self._descriptor, 100, 0).decode("ascii", "replace").strip()
        n_released = store.release_leases(before) if before else 0
        if n_released:
            log.warning("the last run was cut off; its work goes on", released=n_released)
        os.truncate(self._descriptor, 0)
        os.pwrite(self._descriptor, worker_name().encode("ascii"), 0)

    def hand_back(self, store: Releases) -> None:
        """Give back what this process still holds, at a clean end."""
        if self._is_alone:
            store.release_leases(worker_name())


@cache
def worker_name() -> str:
    """Return the name of this process on its leases, the same as long as it lives.

    The number of the process is for people to read; in two containers on one database it may be the same.
    """
    return f"{RUN_WORKER}-{os.getpid()}-{secrets.token_hex(8)}"
