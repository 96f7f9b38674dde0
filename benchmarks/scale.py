"""What an article costs in stores of growing size: reading, finding candidates, deciding, writing, and memory.

Makes a store of each size with ``benchmarks.bulk_store``, then takes in dated articles of the ``timelines`` data,
oldest first and cut to 400 words, in a process of its own for each size. Seconds are those of one core. The limit of
the same run is fetching the rows of the same candidates with ``sqlite3`` alone, without decoding or deciding anything.

A timeline is asked for as well, of a name with some 3,000 events, three times: finding its events, choosing among them,
and the whole command. The first time, which also reads the pages, is given beside the median.
"""

from __future__ import annotations

import argparse
import multiprocessing
import re
import resource
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any, TypeVar

from benchmarks.bulk_blocks import multiply_store
from benchmarks.bulk_store import make_store, words_path
from benchmarks.read import cut_row
from benchmarks.stories import NOW, data_folder, make_article, parse_day, read_rows
from benchmarks.table import render_table
from bot.config import Config
from bot.interpreter import give_way
from bot.wiring import closed_ports
from handlers.dispatch import dispatch
from handlers.ports import Ports
from handlers.request import Access, Request
from news.decision import Candidates
from news.model import Article
from news.novelty import decide
from news.reading import read
from news.timeline import build_timeline
from news.topics import parse_topic
from storage.articles import SqlArticles
from storage.engine import open_store

_T = TypeVar("_T")
_STEPS = ("reading", "candidates", "deciding", "writing", "limit")
_ASKED = ("timeline: events", "timeline: choosing", "timeline: whole command")
_N_EVENTS = 3_000
_N_TIMES = 3
_MOST_EVENTS = 20_000
_SIZES = "10000,100000"
_BLOCK = 100_000
"""Articles that a larger store repeats, each time of the year after."""

_WORD = re.compile("[a-z]{4,}")
_BYTES_OF_MAXRSS = 1 if sys.platform == "darwin" else 1024


@dataclass(slots=True)
class Costs:
    """Seconds of each step for each article, and what the process took of memory at most."""

    steps: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in (*_STEPS, *_ASKED)})
    peak_bytes: int = 0
    store_bytes: int = 0
    n_events: int = 0

    def time(self, step: str, work: Callable[..., _T], *arguments: Any, **options: Any) -> _T:  # noqa: ANN401 - handed on
        """Do the work and note what it took."""
        started = time.process_time()
        result = work(*arguments, **options)
        self.steps[step].append(time.process_time() - started)
        return result


def main(argv: Sequence[str]) -> int:
    """Measure and print the tables; return 0."""
    options = _parse(argv)
    rows = read_rows(data_folder(options.data) / "timelines" / "articles.jsonl.gz")
    rows = sorted((cut_row(row) for row in rows), key=lambda row: str(row["published_at"]))
    rows = rows[: options.warm + options.articles]
    sizes = [int(size) for size in options.sizes.split(",")]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(options.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        results = {}
        for size in sizes:
            results[size] = _in_own_process(_measure_size, folder, size, rows, options.warm)
            asked = _in_own_process(_ask, folder / f"scale-{size}.db")
            results[size].steps |= {name: asked.steps[name] for name in _ASKED}
            results[size].n_events = asked.n_events
    _print_tables(results)
    return 0


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench scale", description=__doc__)
    parser.add_argument("--data", help="folder of the public data sets")
    parser.add_argument("--sizes", default=_SIZES, help="sizes of the stores; 1000000 takes ten minutes and 13 GB")
    parser.add_argument("--articles", type=int, default=200, help="how many articles are measured")
    parser.add_argument("--warm", type=int, default=100, help="how many are taken in before them, unmeasured")
    parser.add_argument("--keep", help="folder in which the stores stay, to be used again")
    return parser.parse_args(argv)


def _in_own_process(work: Callable[..., _T], *arguments: Any) -> _T:  # noqa: ANN401 - handed on as they are
    """Return what ``work`` gives in a fresh process, whose memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _measure_size(folder: Path, size: int, rows: Sequence[dict[str, Any]], n_warm: int) -> Costs:
    path = folder / f"scale-{size}.db"
    if not path.exists():
        last = parse_day(str(rows[-1]["published_at"]))
        _in_own_process(_make, path, size, last.date() if last else NOW.date(), _list_words(rows))
    return _measure(path, rows, n_warm)


def _make(path: Path, size: int, last_on: date, vocabulary: Sequence[str]) -> None:
    """Make a store; one of more than a block out of that block."""
    n_blocks, rest = divmod(size, _BLOCK)
    if n_blocks <= 1:
        make_store(path, size, last_on=last_on, vocabulary=vocabulary)
        return
    if rest:
        raise ValueError(f"sizes above {_BLOCK} are multiples of it, not {size}")
    block = path.with_name(f"scale-{_BLOCK}.db")
    if not words_path(block).exists():
        block.unlink(missing_ok=True)
        make_store(block, _BLOCK, last_on=last_on, vocabulary=vocabulary)
    multiply_store(block, path, n_blocks)


def _list_words(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Return the words of the articles that are measured, most common first: the stores are to have them too."""
    counts = Counter(word for row in rows for word in set(_WORD.findall(str(row["text"]).lower())))
    return [word for word, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


def _measure(path: Path, rows: Sequence[dict[str, Any]], n_warm: int) -> Costs:
    """Take the articles in one after another in one transaction, which is undone at the end."""
    store, plain = open_store(f"sqlite:///{path}"), sqlite3.connect(path)
    try:
        with suppress(_Undo), store.write() as tx:
            for row in rows[:n_warm]:
                _take(tx.articles, make_article(row), plain, Costs())
            give_way()  # as the program does once it is warm
            costs = Costs()
            for row in rows[n_warm:]:
                _take(tx.articles, make_article(row), plain, costs)
            raise _Undo
    finally:
        plain.close()
        store.close()
    costs.peak_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _BYTES_OF_MAXRSS
    costs.store_bytes = path.stat().st_size
    return costs


class _Undo(Exception):  # noqa: N818 - no error: it takes back what was measured
    pass


def _take(articles: SqlArticles, article: Article, plain: sqlite3.Connection, costs: Costs) -> None:
    reading = costs.time("reading", read, article)
    candidates = costs.time("candidates", articles.find_candidates, article, reading)
    decision = costs.time("deciding", decide, article, reading, candidates, now=NOW)
    costs.time("writing", articles.add, article, reading, decision, now=NOW, is_seed=False)
    costs.time("limit", _fetch_bare, plain, candidates)


def _ask(path: Path) -> Costs:
    """Ask for the timeline of a name again and again, first in its parts and then as the command."""
    name, n_events = _choose_name(path)
    costs, closed = Costs(n_events=n_events), closed_ports(Config())
    with open_store(f"sqlite:///{path}", read_only=True) as store:
        ports = Ports(store, closed.feeds, lambda: NOW, closed.settings)
        request = Request("timeline", {"topic": name}, now=NOW, access=Access.READ)
        for _ in range(_N_TIMES):
            with store.read() as tx:
                topic = parse_topic(name, tx.events.resolve)
                listed = partial(tx.events.list_for_topic, topic, limit=_MOST_EVENTS)
                events = costs.time("timeline: events", listed)
            costs.time("timeline: choosing", build_timeline, events)
        for _ in range(_N_TIMES):
            costs.time("timeline: whole command", dispatch, request, ports)
    return costs


def _choose_name(path: Path) -> tuple[str, int]:
    """Return the name that has the number of events nearest to 3,000, and that number."""
    rows = (
        "SELECT e.name, COUNT(*) FROM event_entities v JOIN entities e ON e.id = v.entity_id WHERE v.via = 0 "
        "AND v.entity_id IN (SELECT id FROM entities ORDER BY n_articles DESC LIMIT 400) GROUP BY v.entity_id"
    )
    with closing(sqlite3.connect(path)) as plain:
        found = plain.execute(rows).fetchall()
    name, n_events = min(found, key=lambda row: abs(row[1] - _N_EVENTS))
    return str(name), int(n_events)


def _fetch_bare(plain: sqlite3.Connection, candidates: Candidates) -> int:
    """Fetch the rows of the candidates by id and nothing else; return how many."""
    asked = {"articles": [one.id for one in (*candidates.similar, *candidates.related)]}
    asked["reports"] = [one.id for one in candidates.reports]
    n_rows = 0
    for table, ids in asked.items():
        marks = ", ".join("?" * len(ids))
        n_rows += len(plain.execute(f"SELECT * FROM {table} WHERE id IN ({marks})", ids).fetchall())
    return n_rows


def _print_tables(results: dict[int, Costs]) -> None:
    head = ["milliseconds an article: median / p95", *(f"{size:,} articles" for size in results)]
    body = [[step, *(_show(costs.steps[step]) for costs in results.values())] for step in _STEPS]
    body += [[step, *(_show_asked(costs.steps[step]) for costs in results.values())] for step in _ASKED]
    body.append(["events of the name", *(str(costs.n_events) for costs in results.values())])
    body.append(["size of the store, MB", *(f"{costs.store_bytes / 1e6:.0f}" for costs in results.values())])
    body.append(["memory at most, MB", *(f"{costs.peak_bytes / 1e6:.0f}" for costs in results.values())])
    body.append(["reading and deciding, articles/s a core", *(f"{_rate(costs):.0f}" for costs in results.values())])
    print(render_table(head, body))
    print("\nGoal: 150 articles/s at 100,000 articles; at 1,000,000 a median of 10 ms for candidates and deciding,")
    print("400 MB of memory at most, and 300 ms for a timeline.")


def _show_asked(seconds: Sequence[float]) -> str:
    return f"{1000 * median(seconds):.0f} / first {1000 * seconds[0]:.0f}"


def _show(seconds: Sequence[float]) -> str:
    return f"{1000 * median(seconds):.2f} / {1000 * quantiles(seconds, n=20)[-1]:.2f}"


def _rate(costs: Costs) -> float:
    """Return the articles a second of reading, finding candidates and deciding, by their mean."""
    n_articles = len(costs.steps["reading"])
    return n_articles / sum(sum(costs.steps[step]) for step in ("reading", "candidates", "deciding"))
