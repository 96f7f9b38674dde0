"""Learn the weights of ``news.stories.belonging`` on the development stream, out of fold by topic.

A logistic regression (Newton's method with a ridge) over the candidate stories of each article, collected while the
right story is given, in several orders of the stream. The dear mistake is to put the first article of an event into a
story of the same subject, since all that follow go the same way: such examples weigh more. ``--store`` puts the weights
learnt on all topics into ``news/data/weights.toml``, but ``event_match``: without dates events are no evidence, and the
development data has none of use.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.regression import fit_logistic
from benchmarks.stories import MemoryStore, bcubed
from benchmarks.story_rows import Row, Weights, learn_by_fold, list_topics, load, shuffled
from benchmarks.weights import render_weights, store_weights
from news.decision import Candidates, Decision, Label
from news.matching.assignments import assignments_of, place_reports, score_events
from news.matching.world import World
from news.stories.belonging import group_by_story, rank_stories, score_features, with_logs
from news.stories.features import FEATURES
from news.stories.profiles import profile_of

RIDGE = 10.0
DEAR = 10.0
"""Weight of a candidate of the same topic that is offered before the article's own story exists."""
NAMES = (*FEATURES, *(f"log_{name}" for name in FEATURES), "event_match")


@dataclass(frozen=True, slots=True)
class Example:
    """An article with one candidate story."""

    topic: str
    values: tuple[float, ...]
    is_own: bool
    weight: float


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


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights by name, with ``bias``, in the units of the features."""
    worths = [one.weight for one in examples]
    bias, found = fit_logistic([one.values for one in examples], [one.is_own for one in examples], worths, ridge=RIDGE)
    return {"bias": bias, **dict(zip(NAMES, found, strict=True))}


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
    return learn_by_fold(topics, lambda held: fit([one for one in examples if one.topic not in held]))


def main(argv: Sequence[str]) -> int:
    """Learn, print the table, and write the weights if asked to; return 0."""
    parser = argparse.ArgumentParser(prog="learn_stories", description=__doc__)
    parser.add_argument("--data", help="folder with stories/stories.jsonl.gz")
    parser.add_argument("--orders", type=int, default=3, help="orders of the stream to learn from")
    parser.add_argument("--thresholds", default="-3,-2.5,-2,-1.5")
    parser.add_argument(
        "--store", type=float, metavar="THRESHOLD", help="keep the weights learnt on all topics, with it"
    )
    options = parser.parse_args(argv)
    rows = load(options.data)
    examples = [example for seed in range(options.orders) for example in collect(shuffled(rows, seed))]
    models = out_of_fold(examples, list_topics(rows))
    print(f"{len(examples)} examples\n\n| threshold | BCubed P | R | F1 | in another order |\n|---|---|---|---|---|")
    for threshold in map(float, options.thresholds.split(",")):
        orders = [shuffled(rows, 0), shuffled(rows, 77)]
        p_r_f = [bcubed([row.story for row in order], run(order, models, threshold)) for order in orders]
        print(f"| {threshold} | {' | '.join(f'{value:.3f}' for value in p_r_f[0])} | {p_r_f[1][2]:.3f} |", flush=True)
    weights = fit(examples)
    print("\n" + render_weights(weights))
    if options.store is not None:
        store_weights("stories", {**weights, "threshold": options.store}, by_hand=["event_match"])
    return 0
