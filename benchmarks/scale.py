"""What an article and a timeline cost in stores of growing size, in seconds of one core, and how much memory.

Makes a store of each size with ``benchmarks.bulk_store``, or takes those that ``--store`` names, then takes in dated
articles of the ``timelines`` data, oldest first and cut to 400 words, in a process of its own for each size and in one
transaction that is undone. Two things in the same run say what the figures mean. The limit is fetching the rows of the
same candidates with ``sqlite3`` alone, without decoding or deciding anything. The peer is the one pass of the first
programs for detecting new events, a comparison by TF-IDF with every article so far (Allan, Papka and Lavrenko 1998): it
is timed on the newest articles of the store, their vectors in memory, and multiplied.

A timeline is asked for as a reader would, of the name with the most articles, plain and narrowed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import resource
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import log, sqrt
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
from handlers.request import Access, Argument, Request
from news.decision import Candidates
from news.model import Article
from news.novelty import decide
from news.reading import read
from news.words.text import content_terms
from storage.articles import SqlArticles
from storage.engine import open_store
from storage.types import from_microseconds

_T = TypeVar("_T")
_STEPS = {
    "reading": "reading",
    "candidates": "finding candidates",
    "deciding": "deciding",
    "preparing": "making ready what is written",
    "writing": "writing, under the lock",
    "limit": "limit: the rows of the candidates alone",
    "peer": "peer: TF-IDF over all articles",
}
_N_TIMES = 3
_N_PEERS = 2_000
"""Articles that the peer is timed on."""

_SIZES = "10000,100000"
_WHOLE = 100
"""Milliseconds from which tenths say nothing."""

_BLOCK = 100_000
"""Articles that a larger store repeats, each time of the year after."""

_WORD = re.compile("[a-z]{4,}")
_BYTES_OF_MAXRSS = 1 if sys.platform == "darwin" else 1024


@dataclass(slots=True)
class Costs:
    """Seconds of each step for each article, of each question, and what the process took of memory at most.

    Attributes:
        name: whose timeline was asked for.
        n_events: how many events it has.
    """

    steps: dict[str, list[float]] = field(default_factory=dict)
    asked: dict[str, list[float]] = field(default_factory=dict)
    n_articles: int = 0
    peak_bytes: int = 0
    store_bytes: int = 0
    name: str = ""
    n_events: int = 0

    def time(self, step: str, work: Callable[..., _T], *arguments: Any, **options: Any) -> _T:  # noqa: ANN401 - handed on
        """Do the work and note what it took."""
        started = time.process_time()
        result = work(*arguments, **options)
        self.steps.setdefault(step, []).append(time.process_time() - started)
        return result


def main(argv: Sequence[str]) -> int:
    """Measure and print the tables; return 0."""
    options = _parse(argv)
    rows = read_rows(data_folder(options.data) / "timelines" / "articles.jsonl.gz")
    rows = sorted((cut_row(row) for row in rows), key=lambda row: str(row["published_at"]))
    rows = rows[: options.warm + options.articles]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(options.keep or temporary)
        folder.mkdir(parents=True, exist_ok=True)
        last = parse_day(str(rows[-1]["published_at"]))
        results = []
        for path in options.store or [folder / f"scale-{size}.db" for size in options.sizes.split(",")]:
            if not path.exists():
                _in_own_process(_make, path, last.date() if last else NOW.date(), _list_words(rows))
            costs = _in_own_process(_measure, path, rows, options.warm)
            costs.steps["peer"] = _in_own_process(_scan, path, rows[options.warm :], costs.n_articles)
            asked = _in_own_process(_ask, path)
            costs.asked, costs.name, costs.n_events = asked.asked, asked.name, asked.n_events
            results.append(costs)
    _print_tables(results)
    return 0


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench scale", description=__doc__)
    parser.add_argument("--data", help="folder of the public data sets")
    parser.add_argument("--sizes", default=_SIZES, help="sizes of the stores; 1000000 takes half an hour and 13 GB")
    parser.add_argument("--store", action="append", type=Path, help="a store made before, again for each; no --sizes")
    parser.add_argument("--articles", type=int, default=200, help="how many articles are measured")
    parser.add_argument("--warm", type=int, default=100, help="how many are taken in before them, unmeasured")
    parser.add_argument("--keep", help="folder in which the stores stay, to be used again")
    return parser.parse_args(argv)


def _in_own_process(work: Callable[..., _T], *arguments: Any) -> _T:  # noqa: ANN401 - handed on as they are
    """Return what ``work`` gives in a fresh process, whose memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def _make(path: Path, last_on: date, vocabulary: Sequence[str]) -> None:
    """Make a store of the size that its name says; one of more than a block out of that block."""
    size = int(path.stem.rpartition("-")[2])
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
    """Take the articles in one after another, and undo it."""
    store, plain = open_store(f"sqlite:///{path}"), sqlite3.connect(path)
    costs = Costs()
    try:
        with suppress(_Undo), store.write() as tx:
            for row in rows[:n_warm]:
                _take(tx.articles, make_article(row), plain, Costs())
            give_way()  # as the program does once it is warm
            for row in rows[n_warm:]:
                _take(tx.articles, make_article(row), plain, costs)
            raise _Undo
    finally:
        plain.close()
        store.close()
    costs.peak_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _BYTES_OF_MAXRSS
    costs.store_bytes = path.stat().st_size
    with closing(sqlite3.connect(path)) as plain:
        (costs.n_articles,) = plain.execute("SELECT COUNT(*) FROM articles").fetchone()
    return costs


class _Undo(Exception):  # noqa: N818 - no error: it takes back what was measured
    pass


def _take(articles: SqlArticles, article: Article, plain: sqlite3.Connection, costs: Costs) -> None:
    reading = costs.time("reading", read, article)
    candidates = costs.time("candidates", articles.find_candidates, article, reading)
    decision = costs.time("deciding", decide, article, reading, candidates, now=NOW)
    costs.time("preparing", articles.prepare, article, reading, decision)
    costs.time("writing", articles.add, article, reading, decision, now=NOW, is_seed=False)
    costs.time("limit", _fetch_bare, plain, candidates)


def _ask(path: Path) -> Costs:
    """Ask for the timeline of the greatest name in every way that a reader may narrow it."""
    costs, closed = Costs(), closed_ports(Config())
    ways = _choose_ways(path, costs)
    with open_store(f"sqlite:///{path}", read_only=True) as store:
        ports = Ports(store, closed.feeds, lambda: NOW, closed.settings)
        for way, arguments in ways.items():
            request = Request("timeline", {"topic": costs.name, **arguments}, now=NOW, access=Access.READ)
            seconds = costs.asked.setdefault(way, [])
            for _ in range(_N_TIMES):
                started = time.process_time()
                dispatch(request, ports)
                seconds.append(time.process_time() - started)
    return costs


def _choose_ways(path: Path, costs: Costs) -> dict[str, dict[str, Argument]]:
    """Return how to ask by what is asked for, and note whose timeline it is."""
    with closing(sqlite3.connect(path)) as plain:
        found = plain.execute("SELECT id, name FROM entities WHERE kind = 'place' ORDER BY n_articles DESC LIMIT 2")
        (entity_id, costs.name), (_, place) = found.fetchall()
        events = "SELECT event_id FROM event_entities WHERE entity_id = ?"
        (costs.n_events,) = plain.execute(f"SELECT COUNT(*) FROM ({events})", (entity_id,)).fetchone()
        kinds = f"SELECT kind FROM events WHERE id IN ({events} ORDER BY standing DESC LIMIT 1000) AND kind <> 'other'"
        (kind,) = plain.execute(f"{kinds} GROUP BY kind ORDER BY COUNT(*) DESC LIMIT 1", (entity_id,)).fetchone()
        (newest,) = plain.execute("SELECT MAX(published_at) FROM articles").fetchone()
    last_on = from_microseconds(newest).date().replace(day=1) - timedelta(days=1)
    month = {"from": last_on.replace(day=1).isoformat(), "to": last_on.isoformat()}
    return {
        "usual": {},
        "`--show full`": {"show": "full"},
        "`--dates 20`": {"dates": 20},
        "one month": dict(month),
        "one kind of event": {"kind": kind},
        "with a place": {"place": place},
    }


def _scan(path: Path, rows: Sequence[dict[str, Any]], n_articles: int) -> list[float]:
    """Return the seconds that comparing each article with all of the store would take, by those of the newest."""
    with closing(sqlite3.connect(path)) as plain:
        newest = plain.execute("SELECT term_counts FROM articles ORDER BY id DESC LIMIT ?", (_N_PEERS,)).fetchall()
    counts = [json.loads(data) for (data,) in newest]
    holders = Counter(term for one in counts for term in one)
    rareness = {term: log(1 + len(counts) / n) for term, n in holders.items()}
    stored = [_normalise(one, rareness) for one in counts]
    seconds = []
    for row in rows:
        own = _normalise(content_terms(str(row["text"])), rareness)
        started = time.process_time()
        max(sum(weight * there[term] for term, weight in own.items() if term in there) for there in stored)
        seconds.append((time.process_time() - started) * n_articles / len(stored))
    return seconds


def _normalise(counts: Mapping[str, int], rareness: Mapping[str, float]) -> dict[str, float]:
    weights = {term: (1 + log(n)) * rareness.get(term, 0.0) for term, n in counts.items()}
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / length for term, weight in weights.items()}


def _fetch_bare(plain: sqlite3.Connection, candidates: Candidates) -> int:
    """Fetch the rows of the candidates by id and nothing else; return how many."""
    asked = {"articles": [one.id for one in (*candidates.similar, *candidates.related)]}
    asked["reports"] = [one.id for one in candidates.reports]
    n_rows = 0
    for table, ids in asked.items():
        marks = ", ".join("?" * len(ids))
        n_rows += len(plain.execute(f"SELECT * FROM {table} WHERE id IN ({marks})", ids).fetchall())
    return n_rows


def _print_tables(results: Sequence[Costs]) -> None:
    sizes = [f"{costs.n_articles:,} articles" for costs in results]
    body = [[words, *(_show(costs.steps[step]) for costs in results)] for step, words in _STEPS.items()]
    body.append(["candidates and deciding", *(_show(_join(costs)) for costs in results)])
    print("Milliseconds of one core, median / p95 of the articles.\n")
    print(render_table(["an article", *sizes], body))
    sums = [
        ["reading and deciding, articles/s a core", *(f"{_rate(costs):.0f}" for costs in results)],
        ["memory at most, MB", *(f"{costs.peak_bytes / 1e6:.0f}" for costs in results)],
        ["size of the store, MB", *(f"{costs.store_bytes / 1e6:,.0f}" for costs in results)],
    ]
    print()
    print(render_table(["in all", *sizes], sums))
    ways = [[way, *(_show_asked(costs.asked[way]) for costs in results)] for way in results[0].asked]
    ways.insert(0, ["events of the name", *(f"{costs.n_events:,}" for costs in results)])
    names = " and ".join(sorted({costs.name for costs in results}))
    print(f"\n`/timeline` of {names}, the place with the most articles: milliseconds of one core, least / first.\n")
    print(render_table(["asked for", *sizes], ways))
    print("\nGoals: 150 articles/s at 100,000 articles; at 1,000,000 a median of 10 ms for candidates and deciding,")
    print("400 MB of memory at most, and 300 ms for a timeline.", _say_load())


def _join(costs: Costs) -> list[float]:
    return [sum(both) for both in zip(costs.steps["candidates"], costs.steps["deciding"], strict=True)]


def _say_load() -> str:
    """Return how busy the machine was: others that share its caches make every figure larger."""
    return f"Load of the machine at the end: {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores."


def _show_asked(seconds: Sequence[float]) -> str:
    return f"{1000 * min(seconds):,.0f} / {1000 * seconds[0]:,.0f}"


def _show(seconds: Sequence[float]) -> str:
    return f"{_figure(1000 * median(seconds))} / {_figure(1000 * quantiles(seconds, n=20)[-1])}"


def _figure(milliseconds: float) -> str:
    return f"{milliseconds:,.0f}" if milliseconds >= _WHOLE else f"{milliseconds:.1f}"


def _rate(costs: Costs) -> float:
    """Return the articles a second of reading, finding candidates and deciding, by their mean."""
    n_articles = len(costs.steps["reading"])
    return n_articles / sum(sum(costs.steps[step]) for step in ("reading", "candidates", "deciding"))
