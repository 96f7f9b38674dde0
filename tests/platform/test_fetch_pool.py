"""The parsing processes: hostile bodies fail alone, and nothing outlives the program."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.feed_server import make_feed
from feeds.outcome import ParseJob
from feeds.pool import ParsePool
from feeds.settings import MIB, FetchSettings
from tests.patience import PATIENCE_S

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PATIENT = FetchSettings(parse_workers=1, parse_timeout_s=PATIENCE_S)
GOOD = ParseJob(make_feed(1, 3), "http://e.example/f", "http://e.example/f", NOW)
HEAVY = replace(GOOD, body=make_feed(1, 900))
"""Takes any machine far longer than a hundredth of a second."""


@pytest.fixture
def pool() -> ParsePool:
    return ParsePool(PATIENT)


def test_workers_start_when_needed_and_end_with_the_pool(pool: ParsePool) -> None:
    assert pool.list_pids() == []
    assert len(pool.submit(GOOD).result().articles) == 3
    (pid,) = pool.list_pids()
    assert len(pool.submit(GOOD).result().articles) == 3
    assert pool.list_pids() == [pid]
    pool.close()
    pool.close()
    assert not is_running(pid)


def test_a_body_that_hangs_fails_alone() -> None:
    """The worker is ended, the feed is told, and the next body finds a new worker."""
    pool = ParsePool(replace(PATIENT, parse_timeout_s=0.01))
    try:
        assert "could not be parsed in time" in pool.submit(HEAVY).result().error
        pool._light._owners[0]._settings = PATIENT
        assert len(pool.submit(GOOD).result().articles) == 3
    finally:
        pool.close()


def test_a_body_that_kills_the_parser_fails_alone(pool: ParsePool) -> None:
    pool.submit(GOOD).result()
    (pid,) = pool.list_pids()
    under_way = pool.submit(HEAVY)
    waiting = pool.submit(GOOD)
    os.kill(pid, signal.SIGKILL)
    assert "crashed the parser" in under_way.result().error
    assert len(waiting.result().articles) == 3
    pool.close()


def test_a_body_that_needs_too_much_memory_fails_alone() -> None:
    pool = ParsePool(replace(PATIENT, worker_memory_bytes=180 * MIB))
    many = replace(GOOD, body=b'<rss version="2.0"><channel>' + b"<item><description>" + b"word " * 3_000_000)
    try:
        error = pool.submit(many).result().error
        assert "too much memory" in error
        assert len(pool.submit(GOOD).result().articles) == 3
    finally:
        pool.close()


def test_closing_while_a_body_is_parsed(pool: ParsePool) -> None:
    pool.submit(GOOD).result()
    (pid,) = pool.list_pids()
    under_way = pool.submit(HEAVY)
    pool.close()
    assert not is_running(pid)
    assert under_way.cancelled() or under_way.result().error


PROGRAM = """
import sys
from tests.platform.test_fetch_pool import GOOD, HEAVY, PATIENT
from feeds.pool import ParsePool
pool = ParsePool(PATIENT)
pool.submit(GOOD).result()
if sys.argv[1] == "busy":
    pool.submit(HEAVY)
print(*pool.list_pids(), flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("state", ["idle", "busy"])
def test_workers_end_when_the_program_is_killed(state: str) -> None:
    """After kill -9 no parsing process stays behind, neither a waiting nor a working one."""
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, state], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        worker = int(program.stdout.readline())
        assert is_running(worker)
        program.kill()
    deadline = time.monotonic() + PATIENCE_S
    while is_running(worker) and time.monotonic() < deadline:
        threading.Event().wait(0.01)
    assert not is_running(worker)


def is_running(pid: int) -> bool:
    """Return whether a process lives; one that only waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
