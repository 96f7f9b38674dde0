"""Learn the weights of ``telling`` and ``another.stories`` on our own pairs; print what they get on unseen sets.

What is printed for a set is what weights get that were learnt without it: on other stories, by other authors.
``recurrence`` is a logistic regression over the stories that are offered for a new article. ``telling`` learns from
labels of whole articles: an article is news if one of its sentences is, so that the chance of the article is the noisy
or of those of its sentences (multiple-instance learning; Maron and Lozano-Pérez 1998). Written pairs are brief, and who
learns on them alone takes a long article for one that repeats: each brief example is given a second time, followed by
sentences that tell nothing. The articles of the streams are held against the stories that an editor gave them. The
articles of the pairs of disputes that contradict are news too, and count for less. ``--store`` puts the weights
learnt on all pairs into ``news/data/weights.toml``.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.desk import load_stream
from benchmarks.disputes import load_dispute_pairs
from benchmarks.novelty import GOLDEN, article_of, load_pairs, open_store, read_base, take_in
from benchmarks.regression import descend
from benchmarks.stories import NOW, MemoryStore
from benchmarks.weights import render_learnt, store_weights
from news.another import stories as recurrence
from news.deciding import telling
from news.deciding.choosing import rank_candidates
from news.deciding.findings import hold_against
from news.novelty import decide
from news.reading import read
from news.stories.belonging import group_by_story
from news.stories.case import Case, open_case
from news.tables import load_toml

SETS = ("novelty_pairs.toml", *(f"novelty_pairs_{name}.toml" for name in "abcdefghijklmnq"))
STREAMS = "abcdeg"
CONTRADICTIONS = "abcdefghijklmnq"
CONTRADICTED = 0.07
"""Weight of an article that contradicts its story: it tells something that the story has not, whatever else it is."""
RIDGE = {"recurrence": 0.01, "telling": 0.06}
FAR = 0.15
"""Weight of an offered story that is not of the pair: there are many, and none is hard."""
RISING = frozenset(telling.FEATURES) - {"background", "lead", "agreed", "reworded", "length"}
"""Evidence of news, which may not count against it."""
_LONG = 4
"""Sentences of a lengthened example; from here on ``length`` grows no more."""
_OF_ALL = ("agreed", "none_agreed", "reworded")
"""Features that are the same in each sentence of an article, beside ``length``."""
FOLDS = 6
PARTS = (*SETS, *(f"stream {name}" for name in STREAMS))

Weights = dict[str, float]
Rows = Sequence[Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Example:
    """The sentences of an article, or one story offered for it, with what is right."""

    pair: str
    set_name: str
    rows: Rows
    is_right: bool
    weight: float = 1.0


def iter_cases(name: str) -> Iterator[tuple[dict[str, Any], Case, set[int]]]:
    """Yield each pair with its article on the table and the stories of its stored articles."""
    path = GOLDEN / name
    bases, pairs = load_pairs(path)
    for pair in pairs:
        store = open_store(read_base(path, one) for one in bases if one not in pair["bases"])
        stories = set()
        for one in pair["bases"]:
            take_in(store, *read_base(path, one))
            stories.add(store.articles[len(store.articles)].story_id)
        article = article_of(pair)
        reading = read(article)
        now = article.published_at
        assert now is not None  # noqa: S101 - every pair is dated
        found = store.find_candidates(article, reading)
        yield pair, open_case(article, reading, found, now=now, old_event_days=30), stories


def _tellings(pair: Mapping[str, Any], case: Case, stories: set[int], name: str) -> list[Example]:
    labels = set(pair["label"])
    is_news = labels <= {"UPDATE", "NEW"} and "UPDATE" in labels
    own = [one for one in case.candidates.related if one.story_id in stories]
    if not (is_news or "KNOWN" in labels) or not own:
        return []
    found = hold_against(case, own[0].story_id)
    return [Example(pair["id"], name, [one.features for one in found.tellings], is_news)] if found.tellings else []


def _of_stream(name: str) -> Iterator[Example]:
    """Yield the articles of a stream that go on with a story of it, each held against all that came before."""
    store = MemoryStore()
    opened: dict[str, int] = {}
    for row in load_stream(name):
        article = article_of(row)
        reading, now = read(article), article.published_at or NOW
        found = store.find_candidates(article, reading)
        story_id = opened.get(row["story"])
        if story_id is not None:
            case = open_case(article, reading, found, now=now, old_event_days=30)
            labels = ["UPDATE" if one == "DISPUTED" else one for one in row["label"]]  # who contradicts tells something
            yield from _tellings({**row, "label": labels}, case, {story_id}, f"stream {name}")
        decision = replace(decide(article, reading, found, now=now), story_id=story_id)
        opened[row["story"]] = store.add(article, reading, decision).story_id


def _lengthened(one: Example) -> list[Example]:
    """Return an example followed by sentences that tell nothing; none for one that is long."""
    if len(one.rows) >= _LONG:
        return []
    longer = {"length": math.log(_LONG)}
    nothing = {name: one.rows[0][name] if name in _OF_ALL else 0.0 for name in one.rows[0]}
    rows = [{**row, **longer} for row in (*one.rows, *[nothing] * (_LONG - len(one.rows)))]
    return [replace(one, rows=rows)]


def _with_longer(examples: Sequence[Example], names: Sequence[str]) -> list[Example]:
    """Return the examples with the lengthened ones, where the length of an article is a feature."""
    return [*examples, *(more for one in examples for more in _lengthened(one) if "length" in names)]


def _contradicting(name: str) -> Iterator[Example]:
    """Yield the articles of a set of disputes that contradict the stored one: none of them tells nothing new."""
    for pair in load_dispute_pairs(name):
        if not pair["is_disputed"]:
            continue
        stored, article = article_of(pair["stored"]), article_of(pair["new"])
        reading = read(article)
        found = open_store([(stored, read(stored))]).find_candidates(article, reading)
        case = open_case(article, reading, found, now=article.published_at or NOW, old_event_days=30)
        own = case.candidates.related
        if not own:
            continue
        tellings = hold_against(case, own[0].story_id).tellings
        if tellings:
            yield Example(
                pair["id"], f"disputes {name}", [one.features for one in tellings], is_right=True, weight=CONTRADICTED
            )


def _offers(pair: Mapping[str, Any], case: Case, stories: set[int], name: str) -> list[Example]:
    labels = set(pair["label"])
    if labels & {"REPRINT", "REVISED"} or labels == {"OLD_EVENT"}:
        return []
    fits = rank_candidates(case)
    groups = group_by_story(case.candidates)
    found = []
    for one in recurrence.judge_stories(case, fits):
        is_near = one.fit.story_id in stories and bool(groups.get(one.fit.story_id))
        if is_near and "NEW" in labels and len(labels) > 1:
            continue
        is_own = is_near and labels != {"NEW"}
        found.append(Example(pair["id"], name, [one.features], is_own, 1.0 if is_near else FAR))
    return found


def collect(name: str) -> tuple[list[Example], list[Example]]:
    """Return the examples of one file of pairs for ``telling`` and for ``recurrence``."""
    tellings: list[Example] = []
    offers: list[Example] = []
    for pair, case, stories in iter_cases(name):
        tellings += _tellings(pair, case, stories, name)
        offers += _offers(pair, case, stories, name)
    return tellings, offers


def _chance(score: float) -> float:
    return 1 / (1 + math.exp(-max(-20.0, min(20.0, score))))


_Scales = tuple[list[float], list[float]]
"""Mean and spread of each feature."""


def _scales(examples: Sequence[Example], names: Sequence[str]) -> _Scales:
    rows = [row for example in examples for row in example.rows]
    means = [sum(row[name] for row in rows) / len(rows) for name in names]
    spreads = [
        math.sqrt(sum((row[name] - mean) ** 2 for row in rows) / len(rows)) + 1e-6
        for name, mean in zip(names, means, strict=True)
    ]
    return means, spreads


_Row = Sequence[tuple[int, float]]
"""The features of a row that are not zero, by their places."""


def _slope(weights: Sequence[float], bag: Sequence[_Row], *, bias: float, is_right: bool) -> tuple[list[float], float]:
    """Return the slope of the loss of one article by the features as they are, and that of the bias.

    The loss is minus the logarithm of the noisy or of its sentences.
    """
    chances = [_chance(bias + sum(weights[place] * value for place, value in row)) for row in bag]
    nothing = math.prod(1 - chance for chance in chances)
    slope, of_bias = [0.0] * len(weights), 0.0
    for chance, row in zip(chances, bag, strict=True):
        factor = -(nothing / max(1 - nothing, 1e-6)) * chance if is_right else chance
        of_bias += factor
        for place, value in row:
            slope[place] += factor * value
    return slope, of_bias


def _loss_slope(
    examples: Sequence[Example], bags: Sequence[Sequence[_Row]], found: Sequence[float], scales: _Scales, ridge: float
) -> list[float]:
    """Return the slope of the loss of all by the weights of scaled features, that of the bias last."""
    means, spreads = scales
    weights = [value / spread for value, spread in zip(found, spreads, strict=False)]
    bias = found[-1] - sum(value * mean for value, mean in zip(weights, means, strict=True))
    total = sum(one.weight for one in examples)
    slope, of_bias = [0.0] * len(weights), 0.0
    for one, bag in zip(examples, bags, strict=True):
        own, own_bias = _slope(weights, bag, bias=bias, is_right=one.is_right)
        share = one.weight / total
        of_bias += share * own_bias
        for place, value in enumerate(own):
            slope[place] += share * value
    scaled = [(v - m * of_bias) / s for v, m, s in zip(slope, means, spreads, strict=True)]
    return [*(ridge * value + own for value, own in zip(found, scaled, strict=False)), of_bias]


def fit(examples: Sequence[Example], names: Sequence[str], ridge: float, *, n_steps: int = 200) -> Weights:
    """Return the weights by name, with ``bias``, in the units of the features."""
    scales = _scales(examples, names)
    bags = [
        [[(place, row[name]) for place, name in enumerate(names) if row[name]] for row in one.rows] for one in examples
    ]
    rising = {place for place, name in enumerate(names) if name in RISING}
    start = [0.0] * (len(names) + 1)
    found = descend(
        lambda point: _loss_slope(examples, bags, point, scales, ridge), start, n_steps=n_steps, rising=rising
    )
    weights = {name: value / s for name, value, s in zip(names, found, scales[1], strict=False)}
    shift = sum(value * m / s for value, m, s in zip(found, *scales, strict=False))
    return {"bias": found[-1] - shift, **weights}


def score(weights: Mapping[str, float], rows: Rows) -> float:
    """Return the chance of an article or an offered story by these weights."""
    return 1 - math.prod(1 - _chance(weights["bias"] + sum(weights[k] * v for k, v in row.items())) for row in rows)


def out_of_set(examples: Sequence[Example], names: Sequence[str], ridge: float) -> list[float]:
    """Return the chance of each example by weights that were learnt without its set and two others."""
    chances = [0.0] * len(examples)
    for held in (PARTS[fold::FOLDS] for fold in range(FOLDS)):
        left_out = {*held, *(f"disputes {one.removesuffix('.toml')[-1]}" for one in held if one in SETS)}
        rest = [one for one in examples if one.set_name not in left_out]
        weights = fit(_with_longer(rest, names), names, ridge, n_steps=120)
        for place, one in enumerate(examples):
            if one.set_name in held:
                chances[place] = score(weights, one.rows)
    return chances


def _is_news_right(examples: Sequence[Example], chances: Sequence[float]) -> dict[str, bool]:
    return {f"{e.set_name}/{e.pair}": (c > 0.5) == e.is_right for e, c in zip(examples, chances, strict=True)}


def _is_story_right(examples: Sequence[Example], chances: Sequence[float]) -> dict[str, bool]:
    """Return for each article whether the likeliest story is its own, and above half exactly if it has one."""
    offers: dict[str, list[tuple[float, bool]]] = {}
    for one, chance in zip(examples, chances, strict=True):
        offers.setdefault(f"{one.set_name}/{one.pair}", []).append((chance, one.is_right))
    best = {pair: max(found) for pair, found in offers.items()}
    return {
        pair: top[1] and top[0] > 0.5 if any(right for _, right in offers[pair]) else top[0] <= 0.5
        for pair, top in best.items()
    }


def measure(
    name: str,
    examples: Sequence[Example],
    names: Sequence[str],
    judge: Callable[[Sequence[Example], Sequence[float]], dict[str, bool]],
) -> None:
    """Print how many articles of each set are right by weights that were learnt without it."""
    right = judge(examples, out_of_set(examples, names, RIDGE[name]))
    by_set = [[ok for pair, ok in right.items() if pair.startswith(f"{one}/")] for one in PARTS]
    shares = " | ".join(f"{sum(one)}/{len(one)}" for one in by_set)
    print(f"| {name} | {' | '.join(PARTS)} |\n|---|{'---|' * len(PARTS)}\n| right | {shares} |\n", flush=True)


def main(argv: Sequence[str]) -> int:
    """Learn, print the table, and write the weights if asked to; return 0."""
    parser = argparse.ArgumentParser(prog="learn_novelty", description=__doc__)
    parser.add_argument("--store", action="store_true", help="keep the weights learnt on all pairs")
    parser.add_argument("--only", choices=["telling", "recurrence"], help="learn and keep these weights alone")
    options = parser.parse_args(argv)
    collected = [collect(name) for name in SETS]
    tellings = [one for found, _ in collected for one in found]
    tellings += [one for name in STREAMS for one in _of_stream(name)]
    tellings += [one for name in CONTRADICTIONS for one in _contradicting(name)]
    offers = [one for _, found in collected for one in found]
    print(f"{len(tellings)} articles, {len(offers)} offers\n", flush=True)
    tasks = {
        "telling": (tellings, telling.FEATURES, _is_news_right),
        "recurrence": (offers, recurrence.FEATURES, _is_story_right),
    }
    for name, (examples, names, judge) in tasks.items():
        if options.only not in {None, name}:
            continue
        weights = fit(_with_longer(examples, names), names, RIDGE[name])
        print(render_learnt(name, weights, load_toml("weights.toml")[name]) + "\n", flush=True)
        if options.store:
            store_weights(name, weights)
        measure(name, examples, names, judge)
    return 0
