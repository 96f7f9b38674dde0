"""What a channel would be told of real long running stories: labels, disputes and values that moved, by topic.

    python -m benchmarks streams [--data FOLDER] [--limit N] [--topics NAME ...] [--show]

FOLDER holds ``timelines/articles.jsonl.gz`` (Timeline17, Tran et al. 2013). The articles of each topic go through
reading and deciding in order of their date, with their first 25 sentences, into an empty store. Nobody has marked what
is a dispute there, so the table counts and does not judge: ``--show`` prints each one for a person to read. Two outlets
that report the same disaster for weeks seldom contradict each other, and a program that says so every third article is
wrong. Beside it stands the same run without the last question, whether both sides are on one thing
(``news.disputes.prominence``), whose limits were set by reading what these four topics gave.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from benchmarks.stories import MemoryStore, data_folder, read_rows
from benchmarks.table import render_table
from news.decision import Claim, Decision, FactKind, Label
from news.model import Article, Precision
from news.novelty import decide
from news.reading import read

_SENTENCES = 25
_TITLE_CHARS = 200


@dataclass
class Told:
    """What the articles of one topic were told as."""

    labels: Counter[Label] = field(default_factory=Counter)
    differences: list[tuple[str, FactKind, Claim, Claim]] = field(default_factory=list)

    def count(self, word: str) -> int:
        """Return how many differences go by that word."""
        return sum(each[0] == word for each in self.differences)


def make_article(row: dict[str, Any]) -> Article:
    """Return a row as an article; its first sentence is the title, as the data set has none."""
    lines = str(row["text"]).split("\n")
    at = datetime.fromisoformat(row["published_at"]).replace(tzinfo=UTC)
    text = "\n".join(lines[:_SENTENCES])
    return Article(row["id"], "", row["outlet"], lines[0][:_TITLE_CHARS], text, at, Precision.DAY)


def run(articles: Iterable[Article]) -> Told:
    """Decide on articles in order, each against those before it."""
    told, store = Told(), MemoryStore()
    for article in articles:
        reading = read(article)
        now = article.published_at or datetime.now(UTC)
        decision = decide(article, reading, store.find_candidates(article, reading), now=now)
        store.add(article, reading, decision)
        told.labels[decision.label] += 1
        told.differences.extend(_list_differences(decision))
    return told


def _list_differences(decision: Decision) -> Iterator[tuple[str, FactKind, Claim, Claim]]:
    yield from (("dispute", each.kind, each.here, each.there) for each in decision.disputes)
    if decision.label in {Label.UPDATE, Label.DISPUTED}:
        yield from (("moved", each.kind, each.after, each.before) for each in decision.new if each.before is not None)


def run_unasked(articles: Iterable[Article]) -> Told:
    """The same without asking whether both sides are on one thing."""
    with patch("news.disputes.prominence.Ground.is_on_one_thing", lambda *_: True):
        return run(articles)


def main(argv: Sequence[str]) -> int:
    """Print the table; return 0."""
    parser = argparse.ArgumentParser(prog="bench streams", description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--data", help="folder with timelines/articles.jsonl.gz")
    parser.add_argument("--limit", type=int, default=140, help="articles of each topic, from its first day on")
    parser.add_argument("--topics", nargs="+", help="which; left out, all")
    parser.add_argument("--show", action="store_true", help="print each dispute and each value that moved")
    options = parser.parse_args(argv)
    by_topic: dict[str, list[Article]] = {}
    for row in read_rows(data_folder(options.data) / "timelines" / "articles.jsonl.gz"):
        if not options.topics or row["topic"] in options.topics:
            by_topic.setdefault(row["topic"], []).append(make_article(row))
    rows: list[list[object]] = []
    for topic, all_articles in by_topic.items():
        articles = all_articles[: options.limit]
        n_outlets = len({article.outlet for article in articles})
        for way, told in (("Wirewatch", run(articles)), ("one thing not asked for", run_unasked(articles))):
            labels = [told.labels[label] for label in (Label.NEW, Label.UPDATE, Label.DISPUTED, Label.KNOWN)]
            rows.append([topic, n_outlets, way, len(articles), *labels, told.count("dispute"), told.count("moved")])
            if options.show and way == "Wirewatch":
                _show(told)
    head = ["topic", "outlets", "by", "articles", "NEW", "UPDATE", "DISPUTED", "KNOWN", "disputes", "values moved"]
    print(render_table(head, rows))
    return 0


def _show(told: Told) -> None:
    for word, kind, here, there in told.differences:
        print(f"{word} {kind.value}: {here.value} | {there.value}\n    {here.quote[:200]}\n    {there.quote[:200]}")
