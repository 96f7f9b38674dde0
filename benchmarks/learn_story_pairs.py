"""Learn the weights of ``news.stories.pairs`` on the development stream; print how well they do by topic left out.

A logistic regression (Newton's method with a ridge) over pairs of each article with its candidates, in several orders
of the stream. What is learnt does not depend on how the stories were put together, so the errors of one pass do not
leak into it. Pairs of different topics that share next to nothing are thinned out. The tables tell how pairs do alone,
without what ``news.stories.belonging`` weighs beside them. ``--ablate`` shows what each signal adds. ``--store`` puts
the weights learnt on all topics into ``news/data/weights.toml``.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.regression import fit_logistic
from benchmarks.stories import MemoryStore, bcubed
from benchmarks.story_rows import Row, Weights, learn_by_fold, list_topics, load, shuffled
from benchmarks.weights import store_weights
from news.decision import Assignment, Decision, Label
from news.matching.world import World
from news.stories.pairs import CONTRASTS, COSINES, FEATURES, Side, compare, join_scores
from news.stories.profiles import profile_of, stored_profile

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


def fit(examples: Sequence[Example], *, without: Collection[str] = ()) -> dict[str, float]:
    """Return the weights by name, with ``bias``, in the units of the features; 0 for features left out."""
    kept = [place for place, name in enumerate(FEATURES) if name not in without]
    table = [[one.values[place] for place in kept] for one in examples]
    worths = [one.weight for one in examples]
    bias, found = fit_logistic(table, [one.is_own for one in examples], worths, ridge=RIDGE, n_steps=7)
    learnt = {FEATURES[place]: value for place, value in zip(kept, found, strict=True)}
    return {"bias": bias, **dict.fromkeys(FEATURES, 0.0), **learnt}


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

    def learn(held: Collection[str]) -> Weights:
        return fit([one for one in examples if one.topics.isdisjoint(held)], without=without)

    return learn_by_fold(topics, learn)


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
    parser.add_argument(
        "--store", type=float, metavar="THRESHOLD", help="keep the weights learnt on all topics, with it"
    )
    options = parser.parse_args(argv)
    rows = load(options.data)
    orders = [compare_all(shuffled(rows, seed)) for seed in SEEDS]
    examples = [example for order in orders for example in examples_of(order)]
    topics = list_topics(rows)
    models = out_of_fold(examples, topics)
    print(f"{len(examples)} pairs\n\n| out of fold | BCubed P | R | F1 | by order |\n|---|---|---|---|---|")
    for threshold in map(float, options.thresholds.split(",")):
        print(_row(f"threshold {threshold}", orders, models, threshold), flush=True)
    if options.ablate is not None:
        for signal, names in SIGNALS.items():
            without = out_of_fold(examples, topics, without=names)
            print(_row(f"without {signal}", orders, without, options.ablate), flush=True)
    if options.store is not None:
        store_weights("story_pairs", {**fit(examples), "threshold": options.store})
    return 0
