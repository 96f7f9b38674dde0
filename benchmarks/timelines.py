"""Timelines of running stories against those that newsrooms wrote: Date-F1, AR1-F and AR2-F.

    python -m benchmarks timelines [--data FOLDER] [--scorer FILE] [--each]

FOLDER holds ``timelines/articles.jsonl.gz`` and ``timelines/timelines.jsonl.gz`` (Timeline17, Tran et al. 2013), FILE
scores as Martschat and Markert (2017) do. The protocol is that of Gholipour Ghalandari and Ifrim (2020): for each
timeline the program gets the articles of its topic between its first and last day, the number of days and the number
of sentences for a day.

The way is that of the program: every article is read by ``news.reading``, its reports become events, and
``news.timelines.timeline`` draws the timeline. Beside it run two peers. PubCount: the days with most articles, told by
the first sentences of the first article. Datewise (after Gholipour Ghalandari and Ifrim): the days that most articles
name, told by the sentences of that day, and of the articles of it and of the two days after, that come nearest to their
centre; it has the dates of this program. ``benchmarks.learn_timelines`` learns the weights and shows what they give on
topics that were left out. Intervals are of 90 %, by resampling timelines.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks.stories import data_folder
from news.dates.when import shift_day
from news.decision import StoredEvent, StoredReport
from news.model import Article, Precision
from news.reading import read
from news.reports.quotes import Candidate, Rarity, choose_quotes
from news.timelines.salience import count_days, named_day, published_day
from news.timelines.timeline import build_timeline
from news.words.text import clean_text

_SAMPLES = 1000
_PLAIN = {"best_length": 20.0, "length_width": 100.0, "unclear": 1.0, "no_actor": 1.0, "own_weight": 0.0, "same": 0.7}
"""Weights of sentences that look at nothing but their words."""

Row = Mapping[str, Any]
Entries = list[dict[str, Any]]


@dataclass(frozen=True)
class Source:
    """An article with what the program read out of it, one event for each report."""

    published_on: date
    sentences: tuple[str, ...]
    events: tuple[StoredEvent, ...]


@dataclass(frozen=True)
class Case:
    """One timeline of a newsroom with what the program may know of it."""

    row: Row
    first_on: date
    last_on: date
    n_dates: int
    per_date: int
    sources: tuple[Source, ...]

    @property
    def events(self) -> list[StoredEvent]:
        """The events of all its articles."""
        return [event for source in self.sources for event in source.events]


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a JSON Lines file, compressed with gzip."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_source(number: int, row: Row) -> Source:
    """Read one article as the program does and make an event of each of its reports."""
    published_at = datetime.fromisoformat(row["published_at"]).replace(tzinfo=UTC)
    article = Article(
        row["id"], "", row["outlet"], row["title"] or "", clean_text(row["text"]), published_at, Precision.DAY
    )
    reading = read(article)
    stored = (
        StoredReport(
            number * 10_000 + at,
            number * 10_000 + at,
            number,
            number,
            article.outlet,
            "",
            article.title,
            published_at,
            report,
        )
        for at, report in enumerate(reading.reports)
    )
    events = tuple(StoredEvent(report.event_id, number, (report,)) for report in stored)
    return Source(published_at.date(), tuple(sentence.text for sentence in reading.sentences[:10]), events)


def load_cases(folder: Path) -> list[Case]:
    """Read all articles and return the timelines to draw."""
    topics: dict[str, list[Source]] = defaultdict(list)
    rows = read_rows(folder / "articles.jsonl.gz")
    started = time.perf_counter()
    for number, row in enumerate(rows, 1):
        topics[row["topic"]].append(read_source(number, row))
    spent = time.perf_counter() - started
    print(f"read {len(rows)} articles in {spent:.0f} s ({len(rows) / spent:.0f} a second)")
    return [make_case(row, topics[row["topic"]]) for row in read_rows(folder / "timelines.jsonl.gz")]


def make_case(row: Row, sources: Sequence[Source]) -> Case:
    """Return what the protocol tells of a timeline."""
    first_on, last_on = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
    n_dates = len(row["entries"])
    per_date = max(1, round(sum(len(entry["sentences"]) for entry in row["entries"]) / n_dates))
    within = tuple(source for source in sources if first_on <= source.published_on <= last_on)
    return Case(row, first_on, last_on, n_dates, per_date, within)


def draw(case: Case) -> Entries:
    """Return the program's timeline."""
    timeline = build_timeline(
        case.events, n_dates=case.n_dates, per_date=case.per_date, first_on=case.first_on, last_on=case.last_on
    )
    return [{"date": str(entry.span.first_on), "sentences": list(entry.sentences)} for entry in timeline.entries]


def draw_pubcount(case: Case) -> Entries:
    """Return the days with most articles, told by the first sentences of the first article."""
    by_day: dict[date, list[Source]] = defaultdict(list)
    for source in case.sources:
        by_day[source.published_on].append(source)
    days = sorted(by_day, key=lambda day: (-len(by_day[day]), day))[: case.n_dates]
    return [{"date": str(day), "sentences": list(by_day[day][0].sentences[: case.per_date])} for day in sorted(days)]


def draw_datewise(case: Case) -> Entries:
    """Return the days that most articles name, told by the sentences nearest to the centre of what speaks of each."""
    counts = {day: len(found.mentioning) for day, found in count_days(case.events).items()}
    within = [day for day in counts if case.first_on <= day <= case.last_on]
    days = frozenset(sorted(within, key=lambda day: (-counts[day], day))[: case.n_dates])
    told: dict[date, list[Candidate]] = defaultdict(list)
    for event in case.events:
        report = event.reports[0]
        day, published_on = named_day(report), published_day(report)
        near = {day, *(shift_day(published_on, -step) for step in range(3) if published_on)}
        for each in days.intersection(filter(None, near)):
            told[each].append(Candidate(0, report.report.quote))
    rarity = Rarity(event.reports[0].report.quote for event in case.events)
    chosen = {day: choose_quotes(told[day], rarity, n_quotes=case.per_date, weights=_PLAIN) for day in sorted(days)}
    return [{"date": str(day), "sentences": [each.text for each in quotes]} for day, quotes in chosen.items()]


class Scorer:
    """The measure, from the file that defines it."""

    def __init__(self, path: Path) -> None:
        sys.path.insert(0, str(path.parent))
        try:
            self._module = importlib.import_module(path.stem)
        finally:
            sys.path.remove(str(path.parent))

    def score(self, case: Case, entries: Entries) -> dict[str, float]:
        """Return precision and recall of one timeline, by name."""
        told = [entry for entry in entries if entry["sentences"]]
        return dict(self._module.score_one(case.row["entries"], told))


def average(scores: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return F1 of the average precision and recall, by measure."""
    means = {name: sum(score[name] for score in scores) / len(scores) for name in scores[0]}
    return {kind: harmonic(means[f"{kind}_p"], means[f"{kind}_r"]) for kind in ("date", "ar1", "ar2")}


def harmonic(one: float, other: float) -> float:
    """Return the harmonic mean, 0 if both are."""
    return 2 * one * other / (one + other) if one + other else 0.0


def show(name: str, scores: Sequence[Mapping[str, float]]) -> None:
    """Print one line of the table, with intervals."""
    chance = random.Random(7)
    resampled = [average(chance.choices(scores, k=len(scores))) for _ in range(_SAMPLES)]
    cells = []
    for kind, value in average(scores).items():
        low, high = (sorted(each[kind] for each in resampled)[int(_SAMPLES * share)] for share in (0.05, 0.95))
        cells.append(f"{value:.3f} [{low:.3f}-{high:.3f}]")
    print(f"{name:<12} " + "   ".join(cells))


def compare(cases: Sequence[Case], scorer: Scorer, *, each: bool) -> None:
    """Print the program beside its peers."""
    print(f"{'':<12} {'Date-F1':<21}   {'AR1-F':<21}   AR2-F")
    show("PubCount", [scorer.score(case, draw_pubcount(case)) for case in cases])
    show("Datewise", [scorer.score(case, draw_datewise(case)) for case in cases])
    started = time.perf_counter()
    scores = [scorer.score(case, draw(case)) for case in cases]
    show("Wirewatch", scores)
    print(f"drawn and scored in {time.perf_counter() - started:.1f} s")
    if each:
        for case, score in zip(cases, scores, strict=True):
            print(
                f"  {case.row['id']:<28} date {score['date_r']:.2f}  ar1 {harmonic(score['ar1_p'], score['ar1_r']):.3f}"
            )


def main(argv: Sequence[str]) -> int:
    """Run the benchmark; 2 if the data is not there."""
    parser = argparse.ArgumentParser(prog="benchmarks timelines")
    parser.add_argument("--data", help="folder with timelines/")
    parser.add_argument("--scorer", type=Path, help="else eval/timelines.py beside the data")
    parser.add_argument("--each", action="store_true")
    options = parser.parse_args(argv)
    folder = data_folder(options.data)
    scorer = options.scorer or folder.parent / "eval" / "timelines.py"
    if not (folder / "timelines").is_dir() or not scorer.is_file():
        print(f"no data at {folder / 'timelines'} or no scorer at {scorer}: name them with --data and --scorer")
        return 2
    compare(load_cases(folder / "timelines"), Scorer(scorer), each=options.each)
    return 0
