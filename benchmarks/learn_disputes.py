"""Learn the weights of ``news.disputes.judging`` on our own pairs and streams; print what they get on unseen sets.

What is printed for a set is what weights get that were learnt without it and without all others of its fold: on other
stories, by other authors. An article is held against the stored articles of other voices that an editor puts it to, and
contradicts as much as the most telling of all their differences (multiple-instance learning; Ray and Craven 2005): the
chance of the article is that of a soft maximum over them. The pairs of disputes, those of labels, the streams and the
accounts of the two weeks count; an article that an editor would also label otherwise counts for less.

Whoever writes pairs to contradict each other also writes in a way of their own, with more quotations and fewer figures
than the news. So articles of newsrooms count as well (the public development data of stories and of timelines), each
held against those of other outlets in its story, all of them as no contradiction: hardly any is one. Without them three
times as many were taken for one on a topic that was left out.

``--store`` puts the weights learnt on all sets into ``news/data/weights.toml``; the signs are those that stand there,
so a sign is tried by a line ``name = 0`` and left out by deleting its line. The limits are set by hand from the table.
Takes over a quarter of an hour, with ``--quick`` five minutes.
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from benchmarks.desk import load_stream
from benchmarks.disputes import load_dispute_pairs
from benchmarks.novelty import GOLDEN, article_of, load_pairs
from benchmarks.regression import descend
from benchmarks.stories import NOW, MemoryStore, data_folder, make_article, read_rows
from benchmarks.table import render_table
from benchmarks.weights import render_learnt, store_weights
from news.decision import Label
from news.disputes.judging.judge import describe
from news.model import Article
from news.novelty import decide
from news.reading import read
from news.reports.origins import outlet_origin
from news.tables import load_toml
from tests.golden.two_weeks_stories import load_expected, load_pieces

SETS = "abcdefghijklmnqsvwxy12368"
STREAMS = "abcdegijlmno"
FOLDS = ("ah", "b1", "ci", "dj", "ek", "fl", "gm", "n2", "q3", "s", "v8", "w6", "x", "y")
"""Sets left out together, each with a stream in the order of ``STREAMS``; with the last also the two weeks."""
NEWS = ("bpoil", "h1n1", "events")
"""Topics of newsrooms, left out with the first folds in order; ``events`` are the stories, which have no outlets."""
WORTH = {"disputes": 1.0, "labels": 0.5, "stream": 1.0, "weeks": 0.5, "news": 0.5}
EITHER = 0.3
"""Weight of an article that may be labelled otherwise as well."""
RIDGE, STEPS, SHARP = 0.01, 200, 2.0
_NEWEST = 5
"""Articles of a running story that are looked at."""
_NEAREST = 3
"""Articles of a story of newsrooms that are looked at; their articles are long."""
_MOST_NEWS = slice(700, 1250)
"""Which articles of the largest topic are read."""
_LIMITS = (0.75, 1.0, 1.25, 1.5, 2.0)

Row = Sequence[tuple[int, float]]
"""The signs of a difference that are not 0, by their places."""


@dataclass(frozen=True, slots=True)
class Example:
    """An article with all that it and the stored ones differ in.

    Attributes:
        source: ``disputes``, ``labels`` or ``stream``; ``name`` is the letter of the set.
    """

    source: str
    name: str
    rows: Sequence[Row]
    is_disputed: bool
    worth: float


def _names() -> list[str]:
    return [name for name in load_toml("weights.toml")["disputing"] if name != "bias"]


def _rows(article: Article, stored: Sequence[Article], places: Mapping[str, int]) -> list[Row]:
    ours = outlet_origin(article.outlet).key
    others = [one for one in stored if not ours or outlet_origin(one.outlet).key != ours]
    described = chain.from_iterable(describe(article, one) for one in others)
    return [
        [(places[name], value) for name, value in signs.items() if value and name in places] for _, signs in described
    ]


def _labelled(source: str, name: str, labels: Sequence[str], rows: Sequence[Row]) -> Iterator[Example]:
    """Yield the example of an article with an editor's labels; none of a copy or a correction."""
    if rows and not {"REPRINT", "REVISED"} & set(labels):
        worth = WORTH[source] * (EITHER if "DISPUTED" in labels and len(labels) > 1 else 1.0)
        yield Example(source, name, rows, "DISPUTED" in labels, worth)


def collect(places: Mapping[str, int]) -> Iterator[Example]:
    """Yield the examples of all sets and streams."""
    for name in SETS:
        for pair in load_dispute_pairs(name):
            rows = _rows(article_of(pair["new"]), [article_of(pair["stored"])], places)
            labels = ["DISPUTED"] if pair["is_disputed"] else ["UPDATE"]
            yield from _labelled("disputes", name, labels, rows)
        path = GOLDEN / f"novelty_pairs_{name}.toml"
        bases, pairs = load_pairs(path) if path.exists() else ({}, [])
        for pair in pairs:
            rows = _rows(article_of(pair), [article_of(bases[one]) for one in pair["bases"]], places)
            yield from _labelled("labels", name, pair["label"], rows)
    for name in STREAMS:
        told: dict[str, list[Article]] = {}
        for row in load_stream(name):
            article, before = article_of(row), told.setdefault(row["story"], [])
            yield from _labelled("stream", name, row["label"], _rows(article, before[-_NEWEST:], places))
            before.append(article)
    lines: dict[str, list[Article]] = {}
    for piece in load_pieces():
        before = lines.setdefault(piece.storyline, [])
        if not piece.is_copy:
            rows = _rows(piece.article, before[-_NEWEST:], places)
            yield from _labelled("weeks", "weeks", load_expected().get(piece.account, ()), rows)
            before.append(piece.article)


def collect_news(places: Mapping[str, int]) -> Iterator[Example]:
    """Yield articles of newsrooms, each against the last ones of its story; none of them contradicts another."""
    folder = data_folder(None)
    told: dict[str, list[Article]] = defaultdict(list)
    for row in read_rows(folder / "stories" / "stories.jsonl.gz"):
        article, before = make_article(row), told[row["story"]]
        yield from _labelled("news", "events", ["UPDATE"], _rows(article, before[1 - _NEAREST :], places))
        before.append(article)
    rows = sorted(
        read_rows(folder / "timelines" / "articles.jsonl.gz"), key=lambda row: (row["topic"], str(row["published_at"]))
    )
    for topic in NEWS[:-1]:
        own = [row for row in rows if row["topic"] == topic]
        yield from _news_of(topic, own[_MOST_NEWS] if len(own) > _MOST_NEWS.stop else own, places)


def _news_of(topic: str, rows: Iterable[Mapping[str, Any]], places: Mapping[str, int]) -> Iterator[Example]:
    store, told = MemoryStore(), defaultdict[int, list[Article]](list)
    for article in (make_article(dict(row)) for row in rows):
        reading = read(article)
        now = article.published_at or NOW
        decision = decide(article, reading, store.find_candidates(article, reading), now=now)
        before = told[store.add(article, reading, decision).story_id]
        if decision.label is Label.REPRINT:
            continue
        ours = outlet_origin(article.outlet).key
        others = [one for one in before if outlet_origin(one.outlet).key != ours]
        yield from _labelled("news", topic, ["UPDATE"], _rows(article, others[-_NEAREST:], places))
        before.append(article)


def _score(row: Row, weights: Sequence[float]) -> float:
    return weights[-1] + sum(weights[place] * value for place, value in row)


def _pull(one: Example, weights: Sequence[float], slope: list[float], worth: float) -> None:
    """Add what one article says of the slope of the loss."""
    scores = [_score(row, weights) for row in one.rows]
    best = max(scores)
    shares = [math.exp(SHARP * (score - best)) for score in scores]
    total = sum(shares)
    whole = sum(share * score for share, score in zip(shares, scores, strict=True)) / total
    error = worth * (1 / (1 + math.exp(-max(-30.0, min(30.0, whole)))) - one.is_disputed)
    for row, share in zip(one.rows, shares, strict=True):
        factor = error * share / total
        slope[-1] += factor
        for place, value in row:
            slope[place] += factor * value


def _spreads(examples: Sequence[Example], n_signs: int) -> list[float]:
    rows = [row for one in examples for row in one.rows]
    sums, squares = [0.0] * n_signs, [0.0] * n_signs
    for row in rows:
        for place, value in row:
            sums[place] += value
            squares[place] += value * value
    pairs = zip(sums, squares, strict=True)
    return [math.sqrt(max(0.0, square / len(rows) - (total / len(rows)) ** 2)) + 1e-6 for total, square in pairs]


def fit(examples: Sequence[Example], n_signs: int, start: Sequence[float] | None = None) -> list[float]:
    """Return the weights in the units of the signs, the bias last.

    Args:
        start: weights to begin with, those of nearly the same examples; a quarter of the steps is enough then.
    """
    spreads = _spreads(examples, n_signs)
    scaled = [
        replace(one, rows=[[(place, value / spreads[place]) for place, value in row] for row in one.rows])
        for one in examples
    ]
    total = sum(one.worth for one in examples)

    def slope_of(found: Sequence[float]) -> list[float]:
        slope = [*(RIDGE * value for value in found[:-1]), 0.0]
        for one in scaled:
            _pull(one, found, slope, one.worth / total)
        return slope

    units = [*spreads, 1.0]
    begin = [*[0.0] * n_signs, -2.0] if start is None else list(map(float.__mul__, start, units))
    found = descend(slope_of, begin, n_steps=STEPS if start is None else STEPS // 4)
    return [value / own for value, own in zip(found, units, strict=True)]


def out_of_set(examples: Sequence[Example], n_signs: int, whole: Sequence[float]) -> list[float]:
    """Return the score of each example by weights that were learnt without its fold.

    Args:
        whole: the weights learnt on all.
    """
    scores = [0.0] * len(examples)
    for place, fold in enumerate(FOLDS):
        own: dict[str, Container[str]] = {
            "stream": STREAMS[place : place + 1],
            "weeks": "weeks" if place == len(FOLDS) - 1 else "",
            "news": NEWS[place : place + 1],
        }
        held = [one.name in own.get(one.source, fold) for one in examples]
        weights = fit([one for one, is_held in zip(examples, held, strict=True) if not is_held], n_signs, whole)
        for at, one in enumerate(examples):
            if held[at]:
                scores[at] = max(_score(row, weights) for row in one.rows)
    return scores


def measure(examples: Sequence[Example], scores: Sequence[float]) -> str:
    """Return a table of what is right and false over the limit, by kind of set, each by weights learnt without it."""
    rows: list[list[object]] = []
    for source in WORTH:
        own = [(score, one.is_disputed) for one, score in zip(examples, scores, strict=True) if one.source == source]
        n_gold = sum(is_disputed for _, is_disputed in own)
        for limit in _LIMITS:
            found = [is_disputed for score, is_disputed in own if score > limit]
            n_right = sum(found)
            rows.append([source, len(own), n_gold, limit, n_right, len(found) - n_right])
    return render_table(["articles", "n", "contradict", "from", "right", "false"], rows)


def main(argv: Sequence[str]) -> int:
    """Learn, print the table, and write the weights if asked to; return 0."""
    parser = argparse.ArgumentParser(prog="learn_disputes", description=__doc__)
    parser.add_argument("--store", action="store_true", help="keep the weights learnt on all sets")
    parser.add_argument(
        "--without", metavar="SOURCE", choices=WORTH, help="learn without disputes, labels, stream, weeks or news"
    )
    parser.add_argument("--quick", action="store_true", help="learn only, without what unseen sets get")
    options = parser.parse_args(argv)
    names = _names()
    places = {name: at for at, name in enumerate(names)}
    examples = [one for one in chain(collect(places), collect_news(places)) if one.source != options.without]
    print(f"{len(examples)} articles with {sum(len(one.rows) for one in examples)} differences\n", flush=True)
    found = fit(examples, len(names))
    if not options.quick:
        print(measure(examples, out_of_set(examples, len(names), found)), flush=True)
    weights = {"bias": found[-1], **dict(zip(names, found, strict=False))}
    print(render_learnt("disputing", weights, load_toml("weights.toml")["disputing"]))
    if options.store:
        store_weights("disputing", weights)
    return 0


if __name__ == "__main__":
    import sys

    raise SystemExit(main(sys.argv[1:]))
