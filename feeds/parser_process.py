"""One parsing process as its owner sees it: start it, hand it a body, take the answer, end it.

Owns the child process and the pipe to it. A plain child process is used in place of ``concurrent.futures`` because
there a dead worker fails every waiting job, and because spawned workers would import the main program again. Not for
two threads at once, but for ``kill``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from pathlib import Path

from feeds.outcome import ParsedFeed, ParseJob

START_TIMEOUT_S = 60.0
_ROOT = Path(__file__).resolve().parents[1]


class ParserProcess:
    """A running ``feeds.worker``.

    Args:
        memory_bytes: its address space, 0 for no limit.

    Raises:
        OSError: it could not be started.
    """

    def __init__(self, memory_bytes: int) -> None:
        self._pipe, theirs = Pipe()
        self._is_ready = False
        self.n_parsed = 0
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and our own module
                [sys.executable, "-m", "feeds.worker", str(memory_bytes)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(_search_path())},
                process_group=0,  # Ctrl-C is for the program, which ends its workers itself
            )
        self.pid = self._process.pid

    def send(self, job: ParseJob, limit_s: float) -> None:
        """Hand over a body. Raises OSError if the process is gone."""
        self._pipe.send((job, limit_s))

    def receive(self, limit_s: float) -> ParsedFeed:
        """Return the answer to the oldest body that was handed over.

        Raises:
            TimeoutError: none came within ``limit_s``, counted from the moment when the process was ready.
            OSError, EOFError: the process is gone.
        """
        if not self._is_ready:
            self._take(START_TIMEOUT_S)
            self._is_ready = True
        answer = self._take(limit_s)
        if not isinstance(answer, ParsedFeed):
            raise EOFError("the parser answers nonsense")  # noqa: TRY004  # to the caller it is a dead process
        self.n_parsed += 1
        return answer

    def _take(self, limit_s: float) -> object:
        if not self._pipe.poll(limit_s):
            raise TimeoutError
        return self._pipe.recv()

    def kill(self) -> None:
        """End the process, which holds nothing worth saving; whoever waits for its answer gets EOFError."""
        with suppress(OSError):
            self._process.kill()

    def end(self) -> None:
        """End the process, collect it, and close the pipe."""
        self.kill()
        self._process.wait()
        with suppress(OSError):
            self._pipe.close()


def _search_path() -> list[str]:
    given = os.environ.get("PYTHONPATH", "")
    return [str(_ROOT), *([given] if given else [])]


def open_parent_pipe() -> Connection:
    """Return, in a worker, the pipe to the program that started it."""
    return Connection(0)
