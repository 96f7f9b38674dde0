"""Learn the weights of ``news.stories.parting`` on the development stream; print how well they do by topic left out.

The stories of the stream, and mixtures of both events of a topic, all in random portions, are parted as deciding does;
a logistic regression (Newton's method with a ridge) learns which partings fall between the two events. ``--store`` puts
the weights learnt on all topics into ``news/data/weights.toml``.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.regression import fit_logistic
from benchmarks.story_rows import Row, Weights, learn_by_fold, list_topics, load
from benchmarks.weights import render_weights, store_weights
from news.stories.parting import FEATURES, LEAST, MOST, part, score_features
from news.stories.profiles import lead_and_text
from news.stories.texts import Told, tell_text

N_DRAWS = 30
RIDGE = 100.0
THRESHOLD = 1.5
_MOST_OF_EITHER = (14, 10)
_PURE = 0.85
"""A mixture is parted rightly if so many of its articles are on the side of their event."""


@dataclass(frozen=True, slots=True)
class Example:
    """A story, or a mixture of two, with how it was parted.

    Attributes:
        is_mixed: it has articles of two events. ``purity``: the share of them on the side of their event.
    """

    topic: str
    values: tuple[float, ...]
    is_mixed: bool
    purity: float

    @property
    def is_right(self) -> bool:
        """Whether the parts are the two events."""
        return self.is_mixed and self.purity >= _PURE


def collect(rows: Sequence[Row]) -> list[Example]:
    """Return the examples of all stories, in a repeatable order."""
    chance = random.Random(5)
    told: dict[str, list[Told]] = defaultdict(list)
    topics = {row.story: row.topic for row in rows}
    for row in rows:
        title, _, text = lead_and_text(row.article).partition("\n")
        told[row.story].append(tell_text(title, text, row.reading.language))
    examples: list[Example] = []
    for story, own in told.items():
        others = [other for other in told if topics[other] == topics[story] and other != story]
        for _ in range(N_DRAWS):
            alone = chance.sample(own, chance.randint(min(LEAST, len(own)), min(MOST, len(own))))
            examples += _example(topics[story], alone, [])
            if others:
                second = told[chance.choice(others)]
                ours, theirs = (
                    chance.sample(one, chance.randint(2, min(most, len(one))))
                    for one, most in zip((own, second), _MOST_OF_EITHER, strict=True)
                )
                examples += _example(topics[story], ours, theirs)
    return examples


def _example(topic: str, ours: Sequence[Told], theirs: Sequence[Told]) -> list[Example]:
    found = part([*ours, *theirs]) if len(ours) + len(theirs) >= LEAST else None
    if found is None:
        return []
    (kept, _), values = found
    n_right = sum((place < len(ours)) == (place in kept) for place in range(len(ours) + len(theirs)))
    share = n_right / (len(ours) + len(theirs))
    return [Example(topic, values, bool(theirs), max(share, 1 - share))]


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights by name, with ``bias``, in the units of the features."""
    table = [one.values for one in examples]
    bias, found = fit_logistic(table, [one.is_right for one in examples], [1.0] * len(table), ridge=RIDGE)
    return {"bias": bias, **dict(zip(FEATURES, found, strict=True))}


def out_of_fold(examples: Sequence[Example], topics: Sequence[str]) -> dict[str, Weights]:
    """Return for each topic the weights learnt without its fold."""
    return learn_by_fold(topics, lambda held: fit([one for one in examples if one.topic not in held]))


def print_table(examples: Sequence[Example], models: Mapping[str, Weights], thresholds: Sequence[float]) -> None:
    """Print how often a whole story is parted, and how often a mixture is, rightly and wrongly."""
    scored = [(one, score_features(one.values, models[one.topic])) for one in examples]
    whole = [score for one, score in scored if not one.is_mixed]
    mixed = [(one, score) for one, score in scored if one.is_mixed]
    print("| threshold | whole stories parted | mixtures parted between the events | elsewhere |\n|---|---|---|---|")
    for threshold in thresholds:
        wrongly = sum(score > threshold for score in whole) / len(whole)
        right = sum(score > threshold and one.is_right for one, score in mixed) / len(mixed)
        elsewhere = sum(score > threshold and not one.is_right for one, score in mixed) / len(mixed)
        print(f"| {threshold} | {wrongly:.3f} | {right:.3f} | {elsewhere:.3f} |")


def main(argv: Sequence[str]) -> int:
    """Learn, print the table, and write the weights if asked to; return 0."""
    parser = argparse.ArgumentParser(prog="learn_parting", description=__doc__)
    parser.add_argument("--data", help="folder with stories/stories.jsonl.gz")
    parser.add_argument("--thresholds", default="1,1.5,2,2.5,3")
    parser.add_argument(
        "--store", type=float, metavar="THRESHOLD", help="keep the weights learnt on all topics, with it"
    )
    options = parser.parse_args(argv)
    rows = load(options.data)
    examples = collect(rows)
    print(f"{len(examples)} stories and mixtures that fall into parts, out of fold\n")
    print_table(
        examples, out_of_fold(examples, list_topics(rows)), [float(one) for one in options.thresholds.split(",")]
    )
    weights = fit(examples)
    print("\n" + render_weights(weights))
    if options.store is not None:
        store_weights("parting", {**weights, "threshold": options.store})
    return 0
