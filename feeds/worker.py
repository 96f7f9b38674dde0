"""The program of one parsing process: take a body, give what it holds, until the other end is gone.

Owns the process's own limits: memory, time for each body, and the end when the program that started it ends, be it by
``kill -9`` and in the middle of a body. Must never write anywhere but into its pipe. Run as ``python -m feeds.worker``.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection

from feeds.outcome import ParsedFeed
from feeds.parse import parse_feed
from feeds.parser_process import open_parent_pipe

_GRACE_S = 5.0
"""After the time-out of the program, should it be gone: then the system's alarm ends this process."""


def main(argv: list[str]) -> int:
    """Serve until the pipe ends; ``argv`` holds the memory limit in bytes, 0 for none."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(int(argv[0]) if argv else 0)
    threading.Thread(target=_watch_parent, args=(os.getppid(),), daemon=True).start()
    # A body makes some ten thousand objects that live as long as it: looking through them for cycles is lost time.
    gc.freeze()
    gc.set_threshold(100_000)
    pipe = open_parent_pipe()
    with suppress(EOFError, OSError):
        pipe.send("ready")
        while True:
            _serve_one(pipe)
    return 0


def _serve_one(pipe: Connection) -> None:
    job, limit_s = pipe.recv()
    # The alarm's default action ends the process even while C code holds the interpreter, where no thread can run.
    signal.setitimer(signal.ITIMER_REAL, limit_s + _GRACE_S)
    try:
        answer = parse_feed(job)
    except MemoryError:
        answer = ParsedFeed(error="the body needs too much memory to be parsed and was given up")
    signal.setitimer(signal.ITIMER_REAL, 0)
    pipe.send(answer)


def _limit_memory(n_bytes: int) -> None:
    if not n_bytes:
        return
    with suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (n_bytes, n_bytes))


def _watch_parent(parent: int) -> None:
    """End the process as soon as the other end of the pipe is gone, also while a body is being parsed."""
    watcher = select.poll()
    watcher.register(0, 0)  # hang-up and error are always reported
    while os.getppid() == parent:
        if any(event & (select.POLLHUP | select.POLLERR) for _, event in watcher.poll(1_000)):
            break
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
