"""Polling speed beside the PyPI package ``reader``, on the same loopback server.

``python -m benchmarks.poll [--feeds 1000] [--entries 30] [--peer-python PATH]``: three rounds in turns, each
program in a process of its own with an empty database: first sight, all unchanged (the server honours ETag), and with
two new entries in each feed. Wirewatch runs with reading and deciding off: fetch, parse, store. ``reader`` runs with
its own parallel setting, ``update_feeds(workers=N)``; its manual names no number, see ``--peer-workers``.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.table import render_table

ROUNDS = ("first sight", "all unchanged", "two new in each")
N_NEW = 2
TIME_LIMIT_S = 900
_ROOT = Path(__file__).resolve().parents[1]


def main(argv: list[str]) -> int:
    """Measure and print; 1 if Wirewatch was slower than the peer in any round."""
    options = _parse(argv)
    if options.only:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(_PROGRAMS[options.only](options, Path(folder))))
        return 0
    with _serve(options.feeds, options.entries) as url, ExitStack() as stack:
        programs = {"Wirewatch": stack.enter_context(_start(sys.executable, "wirewatch", url, options))}
        if options.peer_python:
            programs["reader"] = stack.enter_context(_start(options.peer_python, "reader", url, options))
        else:
            print("reader is not installed here (requirements-bench.txt): Wirewatch alone is measured\n")
        results = _take_turns(programs, url)
    return _report({f"{name} {one.get('version', '')}".strip(): one for name, one in results.items()}, options)


def _take_turns(programs: dict[str, subprocess.Popen[str]], url: str) -> dict[str, dict[str, Any]]:
    """Let the programs do each round one after the other, so that both meet the machine in the same state."""
    for number, _ in enumerate(ROUNDS):
        set_new(url, N_NEW if number == len(ROUNDS) - 1 else 0)
        for program in programs.values():
            _tell(program, "go")
    return {name: json.loads(_tell(program, "end")) for name, program in programs.items()}


def _tell(program: subprocess.Popen[str], word: str) -> str:
    """Send one word and return the line that answers it. Raises RuntimeError if the program ended."""
    assert program.stdin is not None  # noqa: S101  # both were asked for
    assert program.stdout is not None  # noqa: S101  # the same
    program.stdin.write(f"{word}\n")
    program.stdin.flush()
    answer = program.stdout.readline()
    if not answer:
        raise RuntimeError(f"{program.args!r} ended early")
    return answer


def _parse(argv: list[str]) -> argparse.Namespace:
    has_peer = importlib.util.find_spec("reader") is not None
    parser = argparse.ArgumentParser(prog="bench poll", description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--entries", type=int, default=30)
    parser.add_argument("--peer-python", default=sys.executable if has_peer else "", help="a Python that has reader")
    parser.add_argument("--peer-workers", type=int, default=10, help="threads that it gets feeds with")
    parser.add_argument("--only", choices=["wirewatch", "reader"], help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    return parser.parse_args(argv)


@contextmanager
def _serve(n_feeds: int, n_entries: int) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.feed_server", f"--feeds={n_feeds}", f"--entries={n_entries}"]
    with subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None  # noqa: S101  # it was asked for
        try:
            yield server.stdout.readline().strip()
        finally:
            server.communicate()


@contextmanager
def _start(python: str, program: str, url: str, options: argparse.Namespace) -> Iterator[subprocess.Popen[str]]:
    command = [python, "-m", "benchmarks.poll", "--only", program, "--url", url, f"--feeds={options.feeds}"]
    command += [f"--peer-workers={options.peer_workers}"]
    with subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        deadline = threading.Timer(TIME_LIMIT_S, running.kill)
        deadline.start()
        try:
            yield running
        finally:
            deadline.cancel()
            running.kill()


def set_new(url: str, n_new: int) -> None:
    """Let each feed of the server have so many entries on top of its first ones, and wait until all are made."""
    with urllib.request.urlopen(f"{url}/control?new={n_new}", data=b"") as answer:  # noqa: S310  # our own server
        answer.read()


def _report(results: dict[str, dict[str, Any]], options: argparse.Namespace) -> int:
    head = ["program", *(f"{name}, s" for name in ROUNDS), "CPU, s", "memory, MB"]
    rows = [[name, *result["seconds"], result["cpu_s"], result["memory_mb"]] for name, result in results.items()]
    ours, *peers = (result["seconds"] for result in results.values())
    ratios = [[peer_s / our_s for our_s, peer_s in zip(ours, peer, strict=True)] for peer in peers]
    rows += [["times as fast", *(f"{value:.1f} x" for value in ratio), "", ""] for ratio in ratios]
    counts = {name: result["n_articles"] for name, result in results.items()}
    text = (
        f"{options.feeds:,} feeds of {options.entries} entries on loopback; articles stored at the end: "
        f"{', '.join(f'{name} {count:,}' for name, count in counts.items())}. CPU counts the parsing processes, "
        f"memory the largest of them.\n\n{render_table(head, rows)}"
    )
    print(text)
    return int(any(value < 1 for ratio in ratios for value in ratio))


def _measure(poll_all: Callable[[], None]) -> list[float]:
    """Poll whenever the other end says so; return the seconds of each time."""
    seconds: list[float] = []
    while sys.stdin.readline().strip() == "go":
        began = time.perf_counter()
        poll_all()
        seconds.append(time.perf_counter() - began)
        print("done", flush=True)
    return seconds


def _usage() -> dict[str, float]:
    mine, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = mine.ru_utime + mine.ru_stime + children.ru_utime + children.ru_stime
    return {"cpu_s": cpu_s, "memory_mb": (mine.ru_maxrss + children.ru_maxrss) / 1024}


def run_wirewatch(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Poll all feeds three times into a new store; one transaction a feed."""
    from feeds.door import HttpFeedDoor  # noqa: PLC0415  # the peer's Python has none of this
    from feeds.settings import FetchSettings  # noqa: PLC0415  # the same
    from storage.engine import open_store  # noqa: PLC0415  # the same

    clock = [datetime.now(UTC)]
    store = open_store(f"sqlite:///{folder / 'wirewatch.db'}")
    with store.write() as tx:
        for number in range(options.feeds):
            tx.feeds.add(f"{options.url}/feed/{number}.xml", outlet="", language="", interval_s=600, now=clock[0])

    def poll_all() -> None:
        clock[0] += timedelta(days=1)
        with store.write() as tx:
            due = tx.feeds.lease_due(now=clock[0], limit=options.feeds, lease_s=600, worker="benchmark")
        for poll in door.poll(due):
            with store.write() as tx:
                tx.articles.add_unread(poll.articles, now=clock[0])
                tx.feeds.record_poll(poll)

    with HttpFeedDoor(FetchSettings(allow_networks=("127.0.0.1",)), now=lambda: clock[0]) as door:
        seconds = _measure(poll_all)
    with store.read() as tx:
        n_articles = tx.articles.count()
    store.close()
    return {"seconds": seconds, "n_articles": n_articles, **_usage()}


def run_reader(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Poll all feeds three times into a new ``reader`` database."""
    import reader  # noqa: PLC0415  # only the peer's Python has it

    with reader.make_reader(str(folder / "reader.db")) as peer:
        for number in range(options.feeds):
            peer.add_feed(f"{options.url}/feed/{number}.xml")
        seconds = _measure(lambda: peer.update_feeds(scheduled=False, workers=options.peer_workers))
        n_articles = peer.get_entry_counts().total
    return {"seconds": seconds, "n_articles": n_articles, "version": reader.__version__, **_usage()}


_PROGRAMS = {"wirewatch": run_wirewatch, "reader": run_reader}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
