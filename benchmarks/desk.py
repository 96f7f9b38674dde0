"""What a desk would be told of streams of articles that an editor wrote and labelled: stories, briefs and copies mixed.

    python -m benchmarks desk [--streams a b] [--show]

The streams stand in ``tests/golden/stream_*.toml``, each about two weeks of many outlets in order of arrival: running
stories, single articles of the same towns and actors, copies, retellings, corrections, three languages. Pairs ask for
one judgement; here each depends on those before it, and what does not belong together is most of what there is.
Beside it stands what a reader gets who is told of every article that is not a copy.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from benchmarks.novelty import GOLDEN, article_of
from benchmarks.own_sets import STREAMS as SETS
from benchmarks.stories import bcubed, take_stream
from benchmarks.table import render_table
from news.decision import Decision, Label

POSTED = {Label.NEW, Label.UPDATE, Label.DISPUTED, Label.REVISED}


@cache
def load_stream(name: str) -> tuple[dict[str, Any], ...]:
    """Return the rows of a stream in order of arrival."""
    table = tomllib.loads((GOLDEN / f"stream_{name}.toml").read_text(encoding="utf-8"))
    return tuple(table["article"])


def decide_stream(rows: Sequence[Mapping[str, Any]]) -> tuple[list[Decision], list[int]]:
    """Return the decision on each article, held against those before it, and the story that each is in at the end."""
    decisions, store = take_stream(article_of(row) for row in rows)
    return decisions, [stored.story_id for stored in store.articles.values()]


def is_right(row: Mapping[str, Any], decision: Decision) -> bool:
    """Return whether an editor would give the article the same label."""
    return decision.label.value in row["label"]


def _judge(found: Sequence[bool], gold: Sequence[bool]) -> tuple[float, float]:
    """Return precision and recall."""
    both = sum(one and other for one, other in zip(found, gold, strict=True))
    return both / max(1, sum(found)), both / max(1, sum(gold))


def _measure(name: str, *, is_shown: bool) -> tuple[list[list[object]], Counter[tuple[str, str]]]:
    """Return the rows of the table for a stream, and the counts of (expected, found)."""
    rows = load_stream(name)
    decisions, stories = decide_stream(rows)
    labels = [decision.label for decision in decisions]
    wanted = [bool(row["is_alert"]) for row in rows]
    told = [label in POSTED for label in labels]
    uncopied = [label is not Label.REPRINT for label in labels]
    disputed = _judge([label is Label.DISPUTED for label in labels], ["DISPUTED" in row["label"] for row in rows])
    right = sum(map(is_right, rows, decisions)) / len(rows)
    clusters = bcubed([row["story"] for row in rows], stories)
    own = [right, *clusters, *disputed, sum(told), *_judge(told, wanted)]
    table: list[list[object]] = [
        [f"{name}, {SETS[name]}", "Wirewatch", len(rows), *own],
        ["", "told of all but copies", len(rows), *[""] * 6, sum(uncopied), *_judge(uncopied, wanted)],
    ]
    if is_shown:
        for row, decision in zip(rows, decisions, strict=True):
            if not is_right(row, decision):
                print(f"- {row['id']}: {decision.label.value} for {'/'.join(row['label'])}; {row['why']}")
    return table, Counter((row["label"][0], label.value) for row, label in zip(rows, labels, strict=True))


def main(argv: Sequence[str]) -> int:
    """Print the tables; return 0."""
    parser = argparse.ArgumentParser(prog="bench desk", description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--streams", nargs="+", choices=list(SETS), default=list(SETS), help="which; left out, all")
    parser.add_argument("--show", action="store_true", help="print what is labelled otherwise than an editor does")
    options = parser.parse_args(argv)
    table: list[list[object]] = []
    total: Counter[tuple[str, str]] = Counter()
    for name in options.streams:
        rows, confusion = _measure(name, is_shown=options.show)
        table += rows
        total += confusion
    head = ["stream", "by", "articles", "labels right", "stories P", "R", "F1"]
    print(render_table([*head, "disputes P", "R", "told", "told P", "R"], table))
    print()
    print(render_table(["an editor says", "found", "articles"], [[*key, n] for key, n in sorted(total.items())]))
    return 0
