"""Dates in English news: found, typed and resolved, against annotated articles, beside ``dateparser``.

``python -m benchmarks.dates [--data DIR] [--peer-texts 25] [--write]``: reads ``dates/dates.jsonl.gz`` below the data
folder (TimeBank and AQUAINT, the training texts of TempEval-3). The measures are those of its task A (UzZaman et al.
2013), micro-averaged: *strict* is the same span, *relaxed* an overlap, one to one, *value* and *type* an overlap with
the same value or type. Intervals are 95 % percentile bootstraps over texts.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from benchmarks.table import describe_setting, render_table, store_section
from news.dates import find_dates

MEASURES = ("strict", "relaxed", "value", "type")
WORDS_A_TEXT = 400
N_RESAMPLES = 1000
_ROOT = Path(__file__).resolve().parents[1]
_DEFAULT_DATA = _ROOT.parent / "shared" / "data"

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """One expression, expected or found; ``start`` and ``end`` without white space around it."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What one text adds to the figures: expressions expected and given, and the matches of each measure."""

    n_expected: int
    n_given: int
    matches: tuple[int, ...]


def main(argv: list[str]) -> int:
    """Measure and print; 2 if the data set is not there."""
    options = _parse(argv)
    path = Path(options.data) / "dates" / "dates.jsonl.gz"
    if not path.exists():
        print(f"no data set at {path}: name its folder with --data or WIREWATCH_DATA", file=sys.stderr)
        return 2
    rows = read_rows(path)
    lines = [_measure("Wirewatch", _find_ours, rows)]
    if options.peer_texts and importlib.util.find_spec("dateparser"):
        sample = random.Random(0).sample(rows, min(options.peer_texts, len(rows)))
        lines.append(_measure(f"Wirewatch, the same {len(sample)} texts", _find_ours, sample))
        lines.append(_measure(f"dateparser search_dates, {len(sample)} texts", _find_peer, sample))
    report = _render(lines, rows)
    print(report)
    if options.write:
        store_section("dates", report)
    return 0


def _parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench dates", description=__doc__)
    parser.add_argument("--data", default=os.environ.get("WIREWATCH_DATA", str(_DEFAULT_DATA)))
    parser.add_argument("--peer-texts", type=int, default=25, help="texts that the peer reads too; it is slow")
    parser.add_argument("--write", action="store_true", help="store the table in docs/benchmarks.md")
    return parser.parse_args(argv)


def read_rows(path: Path) -> list[Row]:
    """Return the annotated texts, in order of the file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _find_ours(row: Row) -> list[Found]:
    published_on = date.fromisoformat(row["published_on"]) if row["published_on"] else None
    found = find_dates(row["text"], published_on=published_on)
    return [Found(each.start, each.end, each.type, each.value) for each in found]


def _find_peer(row: Row) -> list[Found]:
    """Read with dateparser, which gives whole days and no types, and words in place of offsets."""
    from dateparser.search import search_dates  # noqa: PLC0415 - the peer is optional

    published = datetime.fromisoformat(row["published_on"] or "2000-01-01")
    settings = {"RELATIVE_BASE": published, "PREFER_DATES_FROM": "past"}
    found, at = [], 0
    for words, day in search_dates(row["text"], languages=["en"], settings=settings) or []:
        start = row["text"].find(words, at)
        if start >= 0:
            at = start + len(words)
            found.append(Found(start, at, "DATE", day.date().isoformat()))
    return found


def _expected(row: Row) -> list[Found]:
    return [Found(each["start"], each["end"], each["type"], each["value"]) for each in row["expressions"]]


def trim(found: Found, text: str) -> Found:
    """Return an expression without the white space at its ends."""
    inside = text[found.start : found.end]
    start = found.start + len(inside) - len(inside.lstrip())
    return Found(start, found.end - (len(inside) - len(inside.rstrip())), found.type, found.value)


def match_spans(expected: Iterable[Found], given: Iterable[Found]) -> list[tuple[Found, Found]]:
    """Pair overlapping expressions one to one, from left to right; the same span goes before the first overlap."""
    free = sorted(given, key=lambda each: (each.start, each.end))
    pairs = []
    for wanted in sorted(expected, key=lambda each: (each.start, each.end)):
        near = [each for each in free if each.start < wanted.end and wanted.start < each.end]
        if near:
            same = [each for each in near if (each.start, each.end) == (wanted.start, wanted.end)]
            taken = (same or near)[0]
            free.remove(taken)
            pairs.append((wanted, taken))
    return pairs


def count_matches(row: Row, given: Sequence[Found]) -> Counts:
    """Return one text's counts."""
    expected = _expected(row)
    pairs = match_spans(expected, [trim(each, row["text"]) for each in given])
    strict = sum((a.start, a.end) == (b.start, b.end) for a, b in pairs)
    value = sum(a.value == b.value for a, b in pairs)
    kind = sum(a.type == b.type for a, b in pairs)
    return Counts(len(expected), len(given), (strict, len(pairs), value, kind))


def f1_of(counts: Sequence[Counts], measure: int) -> float:
    """Return the micro-averaged F1 of a measure; 0.0 where nothing matches."""
    matched = sum(each.matches[measure] for each in counts)
    total = sum(each.n_expected + each.n_given for each in counts)
    return 2 * matched / total if matched else 0.0


def bootstrap(counts: Sequence[Counts], measure: int, n_resamples: int = N_RESAMPLES) -> tuple[float, float]:
    """Return the 95 % percentile interval of F1 over resampled texts; repeatable."""
    draw = random.Random(1)
    values = sorted(f1_of(draw.choices(counts, k=len(counts)), measure) for _ in range(n_resamples))
    return values[round(0.025 * n_resamples)], values[round(0.975 * n_resamples) - 1]


def _measure(name: str, find: Callable[[Row], list[Found]], rows: Sequence[Row]) -> list[object]:
    find(rows[0])  # compiles the grammars
    began = time.process_time()
    given = [find(row) for row in rows]
    elapsed_s = time.process_time() - began
    counts = [count_matches(row, each) for row, each in zip(rows, given, strict=True)]
    low, high = bootstrap(counts, MEASURES.index("value"))
    figures = [f"{f1_of(counts, index):.3f}" for index in range(len(MEASURES))]
    n_words = sum(len(row["text"].split()) for row in rows)
    return [name, *figures, f"{low:.3f}-{high:.3f}", round(n_words / WORDS_A_TEXT / elapsed_s, 1)]


def _render(lines: Sequence[Sequence[object]], rows: Sequence[Row]) -> str:
    head = ("", *(f"{measure} F1" for measure in MEASURES), "value F1, 95 %", f"texts of {WORDS_A_TEXT} words/s a core")
    n_expressions = sum(len(row["expressions"]) for row in rows)
    title = f"Dates in {len(rows)} English news texts with {n_expressions:,} annotated time expressions."
    return f"{title}\n\n{render_table(head, lines)}\n\n{describe_setting(['dateparser'])}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
