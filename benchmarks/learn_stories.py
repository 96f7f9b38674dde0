"""Learn the weights of ``news.stories.belonging`` on the development stream, out of fold by topic.

A logistic regression (Newton's method with a ridge) over the candidate stories of each article, collected while the
right story is given, in several orders of the stream. The dear mistake is to put the first article of an event into a
story of the same subject, since all that follow go the same way: such examples weigh more. ``--write`` puts the weights
learnt on all topics into ``news/data/weights.toml``.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.regression import scale_columns, solve
from benchmarks.stories import MemoryStore, bcubed, data_folder, make_article, read_rows
from news.decision import Candidates, Decision, Label
from news.matching.assignments import assignments_of, place_reports, score_events
from news.matching.world import World
from news.model import Article, Reading
from news.reading import read
from news.stories.belonging import group_by_story, rank_stories, score_features, with_logs
from news.stories.features import FEATURES
from news.stories.profiles import profile_of

N_FOLDS = 5
RIDGE = 10.0
DEAR = 10.0
"""Weight of a candidate of the same topic that is offered before the article's own story exists."""
NAMES = (*FEATURES, *(f"log_{name}" for name in FEATURES), "event_match")
_WEIGHTS = Path(__file__).resolve().parents[1] / "news" / "data" / "weights.toml"

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """An article with one candidate story."""

    topic: str
    values: tuple[float, ...]
    is_own: bool
    weight: float


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


Offer = tuple[int, dict[str, float]]


def _offers(row: Row, candidates: Candidates) -> list[Offer]:
    """Return the candidate stories with their features, nearest by present weights first."""
    world = World(candidates.n_articles, candidates.document_counts, {}, row.reading.language)
    fits = rank_stories(profile_of(row.article, row.reading), group_by_story(candidates), world)
    nearest = [fit.story_id for fit in fits[:4]]
    events = score_events(row.reading.reports, candidates.reports, world, story_ids=nearest)
    return [(fit.story_id, {**fit.features, "event_match": events.get(fit.story_id, 0.0)}) for fit in fits[:8]]


def _put(store: MemoryStore, row: Row, candidates: Candidates, story_id: int | None) -> int:
    world = World(candidates.n_articles, candidates.document_counts, {}, row.reading.language)
    placed = place_reports(row.reading.reports, candidates.reports, world, story_id=story_id)
    decision = Decision(Label.NEW, story_id, assignments_of(placed))
    return store.add(row.article, row.reading, decision).story_id


def _values(features: Mapping[str, float]) -> tuple[float, ...]:
    logs = with_logs({name: features[name] for name in FEATURES})
    return tuple({**logs, "event_match": features["event_match"]}[name] for name in NAMES)


def collect(rows: Sequence[Row]) -> list[Example]:
    """Return the examples of one order of the stream, each article then put where it belongs."""
    store, examples = MemoryStore(), []
    ids: dict[str, int] = {}
    stories: dict[int, Row] = {}
    for row in rows:
        candidates = store.find_candidates(row.article, row.reading)
        for story_id, features in _offers(row, candidates):
            theirs = stories[story_id]
            is_own = theirs.story == row.story
            is_dear = not is_own and theirs.topic == row.topic and row.story not in ids
            weight = DEAR if is_dear else 1.0 if is_own or row.story in ids else 2.0
            examples.append(Example(row.topic, _values(features), is_own, weight))
        ids[row.story] = _put(store, row, candidates, ids.get(row.story))
        stories.setdefault(ids[row.story], row)
    return examples


def fit(examples: Sequence[Example], *, n_steps: int = 9) -> dict[str, float]:
    """Return the weights by name, with ``bias``, in the units of the features."""
    means, spreads = scale_columns([example.values for example in examples])
    table = [
        [*((v - m) / s for v, m, s in zip(example.values, means, spreads, strict=True)), 1.0] for example in examples
    ]
    found = [0.0] * (len(NAMES) + 1)
    for _ in range(n_steps):
        found = _newton_step(examples, table, found)
    weights = {name: value / spread for name, value, spread in zip(NAMES, found, spreads, strict=False)}
    shift = sum(value * mean / spread for value, mean, spread in zip(found, means, spreads, strict=False))
    return {"bias": found[-1] - shift, **weights}


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


def run(rows: Sequence[Row], models: Mapping[str, Weights], threshold: float) -> list[int]:
    """Return the story of each row in one pass, each row by the weights of its own topic's fold."""
    store, found = MemoryStore(), []
    for row in rows:
        weights = models[row.topic]
        candidates = store.find_candidates(row.article, row.reading)
        scored = [
            (
                score_features({k: v for k, v in f.items() if k in FEATURES}, weights)
                + weights["event_match"] * f["event_match"],
                -story_id,
            )
            for story_id, f in _offers(row, candidates)
        ]
        best = max(scored, default=(threshold, 0))
        found.append(_put(store, row, candidates, -best[1] if best[0] > threshold else None))
    return found


def out_of_fold(examples: Sequence[Example], topics: Sequence[str]) -> dict[str, Weights]:
    """Return for each topic the weights learnt without its fold."""
    models: dict[str, Weights] = {}
    for fold in range(N_FOLDS):
        held = set(topics[fold::N_FOLDS])
        weights = fit([example for example in examples if example.topic not in held])
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
    """Put learnt weights in the place of those of the same names under ``[stories]``.

    ``event_match`` stays as it is: without dates, events are no evidence, and the development data has none of use.
    """
    head, rest = _WEIGHTS.read_text(encoding="utf-8").split("[stories]\n", 1)
    body, *tail = rest.split("\n# ---", 1)
    by_data = {name: value for name, value in weights.items() if name != "event_match"}
    kept = [line for line in body.splitlines() if line and line.split(" = ")[0] not in {*by_data, "threshold"}]
    learnt = [f"{name} = {value:.3f}" for name, value in {**by_data, "threshold": threshold}.items()]
    head = re.sub(r"# Origin: [^\n]*\n$", f"# Origin: {origin}\n", head)
    text = head + "[stories]\n" + "\n".join([*learnt, *kept]) + "\n"
    _WEIGHTS.write_text(text + ("\n# ---" + tail[0] if tail else ""), encoding="utf-8")


def main(argv: Sequence[str]) -> int:
    """Learn, print the table, and write the weights if asked to; return 0."""
    parser = argparse.ArgumentParser(prog="learn_stories", description=__doc__)
    parser.add_argument("--data", help="folder with stories/stories.jsonl.gz")
    parser.add_argument("--orders", type=int, default=3, help="orders of the stream to learn from")
    parser.add_argument("--thresholds", default="-3,-2.5,-2,-1.5")
    parser.add_argument("--write", type=float, help="write the weights of all topics with this threshold")
    options = parser.parse_args(argv)
    rows = load(options.data)
    examples = [example for seed in range(options.orders) for example in collect(shuffled(rows, seed))]
    topics = sorted({row.topic for row in rows})
    random.Random(1).shuffle(topics)
    models = out_of_fold(examples, topics)
    print(f"{len(examples)} examples\n\n| threshold | BCubed P | R | F1 | in another order |\n|---|---|---|---|---|")
    for threshold in map(float, options.thresholds.split(",")):
        orders = [shuffled(rows, 0), shuffled(rows, 77)]
        p_r_f = [bcubed([row.story for row in order], run(order, models, threshold)) for order in orders]
        print(f"| {threshold} | {' | '.join(f'{value:.3f}' for value in p_r_f[0])} | {p_r_f[1][2]:.3f} |", flush=True)
    weights = fit(examples)
    print("\n" + "\n".join(f"{name} = {value:.3f}" for name, value in weights.items()))
    if options.write is not None:
        write_weights(weights, options.write, "python -m benchmarks.learn_stories, all development topics.")
    return 0
