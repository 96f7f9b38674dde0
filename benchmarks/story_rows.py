"""The development stream as rows to learn from, in several orders and by topic.

Owns reading it, its orders, and learning without a fold of topics. Must never know what is learnt.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.stories import data_folder, make_article, read_rows
from news.model import Article, Reading
from news.reading import read

N_FOLDS = 5

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Row:
    """An article with its right story."""

    article: Article
    reading: Reading
    story: str

    @property
    def topic(self) -> str:
        """The topic of its story."""
        return topic_of(self.story)


def topic_of(story: str) -> str:
    """Return the topic of a story: both of its events have the same number."""
    found = re.match(r"\d+", story)
    return found.group() if found else story


def load(data: str | None) -> list[Row]:
    """Return the development rows, read, without outlet and date."""
    table: list[dict[str, Any]] = read_rows(data_folder(data) / "stories" / "stories.jsonl.gz")
    articles = [make_article(row, is_dated=False) for row in table]
    return [Row(article, read(article), row["story"]) for article, row in zip(articles, table, strict=True)]


def shuffled(rows: Sequence[Row], seed: int) -> list[Row]:
    """Return the rows in a repeatable other order; seed 0 keeps the order of the stream."""
    order = list(rows)
    if seed:
        random.Random(seed).shuffle(order)
    return order


def list_topics(rows: Iterable[Row]) -> list[str]:
    """Return the topics in the repeatable order in which folds are made of them."""
    topics = sorted({row.topic for row in rows})
    random.Random(1).shuffle(topics)
    return topics


def learn_by_fold(topics: Sequence[str], learn: Callable[[Collection[str]], Weights]) -> dict[str, Weights]:
    """Return for each topic what is learnt without its fold; ``learn`` is given the topics to leave out."""
    models: dict[str, Weights] = {}
    for fold in range(N_FOLDS):
        held = frozenset(topics[fold::N_FOLDS])
        models.update(dict.fromkeys(held, learn(held)))
    return models
