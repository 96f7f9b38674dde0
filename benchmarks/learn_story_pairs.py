"""Learn the weights of ``news.stories.pairs`` on the development stream; print how well they do by topic left out.

A logistic regression (Newton's method with a ridge) over pairs of each article with its candidates, in several orders
of the stream. What is learnt does not depend on how the stories were put together, so the errors of one pass do not
leak into it. Pairs of different topics that share next to nothing are thinned out. The tables tell how pairs do alone,
without what ``news.stories.belonging`` weighs beside them. ``--ablate`` shows what each signal adds. ``--keep`` puts
the weights learnt on all topics into ``news/data/weights.toml``.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.regression import scale_columns, solve
from benchmarks.stories import MemoryStore, bcubed, data_folder, make_article, read_rows
from news.decision import Assignment, Decision, Label
from news.matching.world import World
from news.model import Article, Reading
from news.reading import read
from news.stories.pairs import CONTRASTS, COSINES, FEATURES, Side, compare, join_scores
from news.stories.profiles import profile_of, stored_profile

N_FOLDS = 5
RIDGE = 100.0
SEEDS = (0, 1, 77)
"""Orders of the stream; 0 is its own."""

THIN = 8
"""One in so many pairs of different topics is learnt from, and weighs as many."""

SIGNALS = {
    **{name: (name, f"log_{name}") for name in COSINES},
    "what one lacks": tuple(name for name in CONTRASTS if name.endswith(("_least", "_most", "_both"))),
    "weekday": ("day",),
    "age": ("age",),
    "money": ("money",),
    "year": ("year_same", "year_differs"),
    "things counted": ("count_same", "count_differs"),
    "length": ("length",),
}
"""Features that are left out together in the ablation."""

_WEIGHTS = Path(__file__).resolve().parents[1] / "news" / "data" / "weights.toml"

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """An article with its right story."""

    article: Article
    reading: Reading
    story: str

    @property
    def topic(self) -> str:
        """The topic: both of its events have the same number."""
        found = re.match(r"\d+", self.story)
        return found.group() if found else self.story


@dataclass(frozen=True, slots=True)
class Pair:
    """An article and a candidate by their places in one order of the stream."""

    place: int
    other: int
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """The stream in one order with all pairs that are compared."""

    rows: Sequence[Row]
    pairs: Sequence[Pair]


@dataclass(frozen=True, slots=True)
class Example:
    """A pair to learn from. ``topics`` are those of both articles."""

    topics: frozenset[str]
    values: tuple[float, ...]
    is_own: bool
    weight: float


def compare_all(rows: Sequence[Row]) -> Order:
    """Return the pairs of one order: each article with its candidates, as the store is when it arrives."""
    store, pairs = MemoryStore(), []
    for place, row in enumerate(rows):
        candidates = store.find_candidates(row.article, row.reading)
        side = Side(profile_of(row.article, row.reading), World(candidates.n_articles, candidates.document_counts))
        near = {one.id: one for one in (*candidates.related, *candidates.similar)}
        pairs += [Pair(place, number - 1, tuple(compare(side, stored_profile(one)))) for number, one in near.items()]
        alone = tuple(Assignment(None, number) for number in range(len(row.reading.reports)))
        store.add(row.article, row.reading, Decision(Label.NEW, None, alone))
    return Order(rows, pairs)


def examples_of(order: Order) -> list[Example]:
    """Return what is learnt from one order."""
    found = []
    for number, pair in enumerate(order.pairs):
        one, other = order.rows[pair.place], order.rows[pair.other]
        is_near = one.topic == other.topic
        if is_near or number % THIN == 0:
            weight = 1.0 if is_near else float(THIN)
            found.append(Example(frozenset({one.topic, other.topic}), pair.values, one.story == other.story, weight))
    return found


def fit(examples: Sequence[Example], *, without: Collection[str] = (), n_steps: int = 7) -> dict[str, float]:
    """Return the weights by name, with ``bias``, in the units of the features; 0 for features left out."""
    means, spreads = scale_columns([example.values for example in examples])
    kept = [place for place, name in enumerate(FEATURES) if name not in without]
    table = [[*((example.values[k] - means[k]) / spreads[k] for k in kept), 1.0] for example in examples]
    found = [0.0] * (len(kept) + 1)
    for _ in range(n_steps):
        found = _newton_step(examples, table, found)
    weights = {FEATURES[k]: value / spreads[k] for k, value in zip(kept, found, strict=False)}
    shift = sum(value * means[k] / spreads[k] for k, value in zip(kept, found, strict=False))
    return {"bias": found[-1] - shift, **dict.fromkeys(FEATURES, 0.0), **weights}


def _newton_step(examples: Sequence[Example], table: Sequence[list[float]], found: list[float]) -> list[float]:
    n = len(found)
    slope = [RIDGE * value for value in found[:-1]] + [0.0]
    curve = [[0.0] * n for _ in range(n)]
    for place in range(n):
        curve[place][place] = RIDGE
    for example, line in zip(examples, table, strict=True):
        score = sum(map(float.__mul__, found, line))
        chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
        error = example.weight * (chance - example.is_own)
        bend = example.weight * (chance * (1 - chance) + 1e-6)
        for i, value in enumerate(line):
            slope[i] += error * value
            factor, target = bend * value, curve[i]
            for j in range(i + 1):
                target[j] += factor * line[j]
    for i in range(n):
        for j in range(i + 1, n):
            curve[i][j] = curve[j][i]
    return [value - step for value, step in zip(found, solve(curve, slope), strict=True)]


def run(order: Order, models: Mapping[str, Weights], threshold: float) -> list[int]:
    """Return the story of each row in one pass, each row by the weights of its own topic's fold."""
    near: dict[int, list[Pair]] = defaultdict(list)
    for pair in order.pairs:
        near[pair.place].append(pair)
    found: list[int] = []
    for place, row in enumerate(order.rows):
        scores: dict[int, list[float]] = defaultdict(list)
        weights = models[row.topic]
        line = [weights[name] for name in FEATURES]
        for pair in near[place]:
            scores[found[pair.other]].append(weights["bias"] + sum(map(float.__mul__, pair.values, line)))
        best = max(((join_scores(one), -story) for story, one in scores.items()), default=(threshold, 0))
        found.append(-best[1] if best[0] > threshold else max(found, default=0) + 1)
    return found


def out_of_fold(
    examples: Sequence[Example], topics: Sequence[str], *, without: Collection[str] = ()
) -> dict[str, Weights]:
    """Return for each topic the weights learnt without its fold."""
    models: dict[str, Weights] = {}
    for fold in range(N_FOLDS):
        held = frozenset(topics[fold::N_FOLDS])
        weights = fit([example for example in examples if not example.topics & held], without=without)
        models.update(dict.fromkeys(held, weights))
    return models


def shuffled(rows: Sequence[Row], seed: int) -> list[Row]:
    """Return the rows in a repeatable other order; seed 0 keeps the order of the stream."""
    order = list(rows)
    if seed:
        random.Random(seed).shuffle(order)
    return order


def load(data: str | None) -> list[Row]:
    """Return the development rows, read, without outlet and date."""
    table: list[dict[str, Any]] = read_rows(data_folder(data) / "stories" / "stories.jsonl.gz")
    articles = [make_article(row, is_dated=False) for row in table]
    return [Row(article, read(article), row["story"]) for article, row in zip(articles, table, strict=True)]


def write_weights(weights: Weights, threshold: float, origin: str) -> None:
    """Put learnt weights in the place of those of the same names under ``[story_pairs]``; hand-set ones stay."""
    head, rest = _WEIGHTS.read_text(encoding="utf-8").split("[story_pairs]\n", 1)
    body, *tail = rest.split("\n# ---", 1)
    learnt = {**weights, "threshold": threshold}
    kept = [line for line in body.splitlines() if line and line.split(" = ")[0] not in learnt]
    lines = [f"{name} = {value:.3f}" for name, value in learnt.items()]
    head = re.sub(r"# Origin: [^\n]*\n$", f"# Origin: {origin}\n", head)
    text = head + "[story_pairs]\n" + "\n".join([*lines, *kept]) + "\n"
    _WEIGHTS.write_text(text + ("\n# ---" + tail[0] if tail else ""), encoding="utf-8")


def _row(name: str, orders: Sequence[Order], models: Mapping[str, Weights], threshold: float) -> str:
    table = [bcubed([row.story for row in order.rows], run(order, models, threshold)) for order in orders]
    means = [sum(column) / len(column) for column in zip(*table, strict=True)]
    by_order = " ".join(f"{f1:.3f}" for _, _, f1 in table)
    return f"| {name} | {' | '.join(f'{value:.3f}' for value in means)} | {by_order} |"


def main(argv: Sequence[str]) -> int:
    """Learn, print the tables, and write the weights if asked to; return 0."""
    parser = argparse.ArgumentParser(prog="learn_story_pairs", description=__doc__)
    parser.add_argument("--data", help="folder with stories/stories.jsonl.gz")
    parser.add_argument("--thresholds", default="-1,-0.75,-0.5,-0.25,0")
    parser.add_argument("--ablate", type=float, help="leave out one signal after another, at this threshold")
    parser.add_argument("--keep", type=float, help="write the weights of all topics with this threshold")
    options = parser.parse_args(argv)
    rows = load(options.data)
    orders = [compare_all(shuffled(rows, seed)) for seed in SEEDS]
    examples = [example for order in orders for example in examples_of(order)]
    topics = sorted({row.topic for row in rows})
    random.Random(1).shuffle(topics)
    models = out_of_fold(examples, topics)
    print(f"{len(examples)} pairs\n\n| out of fold | BCubed P | R | F1 | by order |\n|---|---|---|---|---|")
    for threshold in map(float, options.thresholds.split(",")):
        print(_row(f"threshold {threshold}", orders, models, threshold), flush=True)
    if options.ablate is not None:
        for signal, names in SIGNALS.items():
            without = out_of_fold(examples, topics, without=names)
            print(_row(f"without {signal}", orders, without, options.ablate), flush=True)
    if options.keep is not None:
        write_weights(fit(examples), options.keep, "python -m benchmarks.learn_story_pairs, all development topics.")
    return 0
