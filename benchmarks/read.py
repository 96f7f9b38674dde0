"""Articles a second with reading and deciding on: the whole way from a row of JSON Lines into a real SQLite store.

Takes the dated articles of the ``timelines`` data, in order of time as a newsroom meets them, cut to 400 words each.
Three figures, all of one core: reading alone, reading with deciding and writing, and the limit of the same run: writing
the same articles without reading them. A second table says which room of reading takes how much of it. All is processor
time; the words that a room has met before are known to it by then, as they are in a program that runs on.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.stories import data_folder, make_article, read_rows
from benchmarks.table import render_table
from bot.config import Config
from bot.interpreter import give_way
from bot.wiring import closed_ports
from handlers.jobs.ingest import ingest_rows
from handlers.ports import Ports
from news import reading
from news.model import Article
from news.reading import read
from storage.engine import SqlStore, open_store

_WORDS = 400
_ROOMS = {
    "language": "detect_language",
    "sentences": "split_sentences",
    "dates": "find_dates",
    "names": "find_mentions",
    "figures": "find_quantities",
    "credit": "credit_origin",
    "reports": "find_reports",
    "signature": "sign",
}
"""What the benchmark calls a room of reading -> the function that ``news.reading`` calls there."""


def main(argv: Sequence[str]) -> int:
    """Measure and print the table; return 0."""
    options = _parse(argv)
    rows = read_rows(data_folder(options.data) / "timelines" / "articles.jsonl.gz")
    rows = sorted((cut_row(row) for row in rows), key=lambda row: str(row["published_at"]))[: options.articles]
    articles = [make_article(row) for row in rows]
    read(articles[0])
    give_way()  # as the program does once it is warm
    results = [
        ("reading alone", _time_reading(articles)),
        ("reading, deciding and writing", _time_ingest(rows)),
        ("writing alone (limit)", _time_writing(articles)),
    ]
    table = render_table(
        ["one core", "articles", "seconds", "articles/s", "ms an article"],
        [[name, len(rows), spent, len(rows) / spent, 1000 * spent / len(rows)] for name, spent in results],
    )
    print(table, "\n\nGoal for the middle row: 150 articles/s.\n")
    print(_tell_rooms(articles))
    return 0


def _parse(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench read", description=__doc__)
    parser.add_argument("--data", help="folder of the public data sets")
    parser.add_argument("--articles", type=int, default=1_000, help="how many articles, oldest first")
    return parser.parse_args(argv)


def cut_row(row: dict[str, object]) -> dict[str, object]:
    """Return the row with at most 400 words of text, whole lines as far as they go."""
    kept, n_words = [], 0
    for line in str(row["text"]).splitlines():
        kept.append(line)
        n_words += len(line.split())
        if n_words >= _WORDS:
            break
    return {**row, "text": "\n".join(kept)}


@contextmanager
def _fresh_store() -> Iterator[SqlStore]:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'bench.db'}")
        try:
            yield store
        finally:
            store.close()


def _time_reading(articles: Sequence[Article]) -> float:
    started = time.process_time()
    for article in articles:
        read(article)
    return time.process_time() - started


def _tell_rooms(articles: Sequence[Article]) -> str:
    """Return the table of what each room of reading takes."""
    spent = dict.fromkeys(_ROOMS, 0.0)
    with ExitStack() as stack:
        for room, name in _ROOMS.items():
            stack.enter_context(patch.object(reading, name, _clocked(getattr(reading, name), room, spent)))
        whole = _time_reading(articles)
    rows = [*spent.items(), ("all else", max(0.0, whole - sum(spent.values()))), ("reading", whole)]
    shown = [[room, 1000 * seconds / len(articles), 100 * seconds / whole] for room, seconds in rows]
    return render_table(["room of reading", "ms an article", "% of reading"], shown)


def _clocked(work: Callable[..., Any], room: str, spent: dict[str, float]) -> Callable[..., Any]:
    """Return ``work`` with its time added to what its room has spent."""

    def timed(*args: object, **options: object) -> object:
        started = time.process_time()
        try:
            return work(*args, **options)
        finally:
            spent[room] += time.process_time() - started

    return timed


def _time_ingest(rows: Sequence[dict[str, object]]) -> float:
    with _fresh_store() as store:
        closed = closed_ports(Config())
        ports = Ports(store, closed.feeds, lambda: datetime.now(UTC), closed.settings)
        started = time.process_time()
        n_done = sum(not result.error for result in ingest_rows((json.dumps(row) for row in rows), ports))
        spent = time.process_time() - started
    if n_done != len(rows):
        raise SystemExit(f"{len(rows) - n_done} rows could not be taken in")
    return spent


def _time_writing(articles: Sequence[Article]) -> float:
    with _fresh_store() as store:
        started = time.process_time()
        for first in range(0, len(articles), 50):
            with store.write() as tx:
                tx.articles.add_unread(articles[first : first + 50], now=datetime.now(UTC))
        return time.process_time() - started
