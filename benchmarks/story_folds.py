"""How stories are put together with weights that have not seen them: each topic left out of all that is learnt.

Owns the learning by folds of topics, deciding with the weights of an article's own fold, and the interval over topics.
Must never write weights. All learnt tables are left out, ``[stories]``, ``[story_pairs]`` and ``[parting]``; the
thresholds and what is set by hand were chosen with all topics in view.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from unittest import mock

from benchmarks import learn_parting, learn_stories, learn_story_pairs
from benchmarks.stories import NOW, MemoryStore, bcubed
from benchmarks.story_rows import Row, Weights, list_topics, load, shuffled, topic_of
from news.novelty import decide
from news.stories import belonging as stories
from news.stories import pairs as story_pairs
from news.stories import parting
from news.tables import load_toml

N_DRAWS = 1000
_NAME = "Wirewatch, topics left out of all that is learnt"

Fold = tuple[Weights, Weights, Weights]


def learn_folds(rows: Sequence[Row], *, n_orders: int) -> dict[str, Fold]:
    """Return for each topic the weights of stories, of pairs and of partings, learnt without its fold of topics."""
    topics = list_topics(rows)
    orders = [shuffled(rows, seed) for seed in range(n_orders)]
    by_story = learn_stories.out_of_fold([one for order in orders for one in learn_stories.collect(order)], topics)
    pairs = map(learn_story_pairs.compare_all, orders)
    examples = [one for order in pairs for one in learn_story_pairs.examples_of(order)]
    by_pair = learn_story_pairs.out_of_fold(examples, topics)
    by_parts = learn_parting.out_of_fold(learn_parting.collect(rows), topics)
    learnt = {"stories": by_story, "story_pairs": by_pair, "parting": by_parts}
    return {topic: _fold_of({table: by_topic[topic] for table, by_topic in learnt.items()}) for topic in topics}


def _fold_of(learnt: Mapping[str, Weights]) -> Fold:
    by_story, by_pair, by_parts = (_beside(table, weights) for table, weights in learnt.items())
    return by_story, by_pair, by_parts


def _beside(table: str, learnt: Weights) -> Weights:
    """Return learnt weights with those of the table that are set by hand; so is ``event_match``."""
    kept = {key: float(value) for key, value in load_toml("weights.toml")[table].items()}
    own = {key: value for key, value in learnt.items() if key != "event_match"}
    return MappingProxyType({**kept, **own})


@contextmanager
def _deciding_by(fold: Fold) -> Iterator[None]:
    line = tuple(fold[1][name] for name in story_pairs.FEATURES)
    with (
        mock.patch.object(stories, "_weights", return_value=fold[0]),
        mock.patch.object(story_pairs, "_weights", return_value=fold[1]),
        mock.patch.object(story_pairs, "_learnt", return_value=line),
        mock.patch.object(parting, "_weights", return_value=fold[2]),
    ):
        yield


def run_held_out(rows: Sequence[Row], folds: Mapping[str, Fold]) -> list[int]:
    """Return the story of each row by deciding in order, each article by the weights of its topic's fold."""
    store = MemoryStore()
    for row in rows:
        with _deciding_by(folds[row.topic]):
            candidates = store.find_candidates(row.article, row.reading)
            decision = decide(row.article, row.reading, candidates, now=row.article.published_at or NOW)
        added = store.add(row.article, row.reading, decision)
        if decision.bond is not None:
            store.weigh_bond(added.id, decision.bond)
        store.weigh_linkages(added.id, decision)
        with _deciding_by(folds[row.topic]):
            store.weigh_parting(added.id)
    return [stored.story_id for stored in store.articles.values()]


def interval(gold: Sequence[str], found: Sequence[int], *, n_draws: int = N_DRAWS) -> tuple[float, float]:
    """Return the 95 % interval of BCubed F1 over topics drawn with replacement."""
    by_topic: dict[str, list[int]] = {}
    for place, story in enumerate(gold):
        by_topic.setdefault(topic_of(story), []).append(place)
    whole = _shares(gold, found)
    parts = [[whole(place) for place in places] for places in by_topic.values()]
    chance = random.Random(1)
    values = sorted(_f1([one for part in chance.choices(parts, k=len(parts)) for one in part]) for _ in range(n_draws))
    return values[int(0.025 * n_draws)], values[int(0.975 * n_draws) - 1]


def _shares(gold: Sequence[str], found: Sequence[int]) -> Callable[[int], tuple[float, float]]:
    """Return BCubed precision and recall of the article at a place."""
    groups: dict[object, set[int]] = {}
    for place, (theirs, ours) in enumerate(zip(gold, found, strict=True)):
        groups.setdefault(("gold", theirs), set()).add(place)
        groups.setdefault(("found", ours), set()).add(place)

    def share(place: int) -> tuple[float, float]:
        theirs, ours = groups["gold", gold[place]], groups["found", found[place]]
        both = len(theirs & ours)
        return both / len(ours), both / len(theirs)

    return share


def _f1(parts: Sequence[tuple[float, float]]) -> float:
    precision = sum(one for one, _ in parts) / len(parts)
    recall = sum(other for _, other in parts) / len(parts)
    return 2 * precision * recall / (precision + recall)


def print_held_out(data: str | None, *, n_orders: int, limit: int = 0, others: Sequence[int] = ()) -> None:
    """Print the row of the table for weights that have not seen the topic of an article.

    Args:
        others: seeds of other orders of the stream; the mean of all orders is a row of its own. One order tells little:
            the first article of an event put wrong or right is a hundredth.
    """
    rows = load(data)[: limit or None]
    folds = learn_folds(rows, n_orders=n_orders)
    orders = [shuffled(rows, seed) for seed in (0, *others)]
    found = [run_held_out(order, folds) for order in orders]
    table = [bcubed([row.story for row in order], ours) for order, ours in zip(orders, found, strict=True)]
    gold = [row.story for row in rows]
    low, high = interval(gold, found[0])
    counted = f"{len(set(found[0]))} of {len(set(gold))}"
    precision, recall, f1 = table[0]
    print(f"| {_NAME} | {precision:.3f} | {recall:.3f} | {f1:.3f} [{low:.3f}-{high:.3f}] | {counted} | one pass |")
    if others:
        precision, recall, f1 = (sum(column) / len(column) for column in zip(*table, strict=True))
        by_order = ", ".join(f"{one:.3f}" for _, _, one in table)
        name = f"the same, mean of {len(table)} orders"
        print(f"| {name} | {precision:.3f} | {recall:.3f} | {f1:.3f} | | {by_order} |")
