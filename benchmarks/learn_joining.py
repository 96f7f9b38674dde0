"""Learn the weights of ``news.deciding.going_on`` on our own pairs and streams; print what they get on unseen sets.

What is printed for a set is what weights get that were learnt on all other sets: other stories, by other authors. An
article is right if it is put to a story that it goes on with, or to none where it opens one; once by the signs alone
(the best story, if it is above 0) and once as ``news.deciding.choosing`` settles it, where the signs overrule likeness
only when they are plain. An article of the pairs is held against two records: that of its file, and either one of a few
articles or one of all sets together; one of a stream or of the two weeks against all that came before it, put where it
belongs.

The weights are those of a multinomial logit (McFadden 1974) over the stories that are offered and none of them, found
by Newton's method with a ridge; ``--store`` puts those learnt on all sets into ``news/data/weights.toml``. Takes about
ten minutes.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.desk import load_stream
from benchmarks.learn_novelty import write_weights
from benchmarks.novelty import GOLDEN, article_of, load_pairs, open_store, read_base
from benchmarks.regression import scale_columns, solve
from benchmarks.stories import NOW, MemoryStore
from news.deciding.choosing import choose_by_likeness, list_meant, list_near, rank_candidates, settle
from news.deciding.going_on import FEATURES, Weights, describe_all, score_signs
from news.decision import Decision, Label
from news.matching.assignments import assignments_of, place_reports
from news.matching.world import World
from news.model import Article, Reading
from news.reading import read
from news.stories.case import open_case
from tests.golden.two_weeks_stories import load_pieces

SETS = ("old", *"abcdefghijkln")
STREAMS = "abde"
RIDGE = 10.0
FEW = (0, 1, 3, 6)
"""How many other articles the small records hold, in turn."""
WORTH = {"file": 1.0, "few": 0.4, "all": 0.4, "stream": 2.0, "weeks": 0.3}
"""Weight of an article by its record: a stream is what deciding is for, and the two weeks are of one country."""
STRANGER = 1.5
"""So much more weighs an article that opens a story: a false join confuses, a split is noise."""

Told = tuple[Article, Reading]


@dataclass(frozen=True, slots=True)
class Offers:
    """An article with the stories that are near.

    Attributes:
        record: what it is held against, a key of ``WORTH``.
        rows: the signs of each story; ``is_own`` whether the article goes on with it.
        joins: whether it goes on with any.
        ruled: place of the story that likeness chooses, -1 for one that is not offered, None for none.
        is_ruled_right: whether that is where an editor puts the article.
    """

    set_name: str
    record: str
    rows: Sequence[Sequence[float]]
    is_own: Sequence[bool]
    joins: bool
    ruled: int | None
    is_ruled_right: bool


def offer(set_name: str, record: str, store: MemoryStore, told: Told, own: set[int]) -> Offers:
    """Return an article held against a record; ``own`` are the stories that it goes on with."""
    article, reading = told
    found = store.find_candidates(article, reading)
    case = open_case(article, reading, found, now=article.published_at or NOW, old_event_days=30)
    fits = list_meant(case, rank_candidates(case))
    ruled, near = choose_by_likeness(case, fits), list_near(case, fits)
    signs = describe_all(case, near, near)
    rows = [[one[name] for name in FEATURES] for one in signs.values()]
    place = None if ruled is None else next((at for at, one in enumerate(signs) if one == ruled.story_id), -1)
    is_right = ruled.story_id in own if ruled is not None else not own
    return Offers(set_name, record, rows, [one in own for one in signs], bool(own), place, is_right)


def put(store: MemoryStore, told: Told, story_id: int | None) -> int:
    """Put an article into a story, or let it open one; return the story."""
    article, reading = told
    placed = place_reports(reading.reports, (), World(), story_id=story_id)
    return store.add(article, reading, Decision(Label.NEW, story_id, assignments_of(placed))).story_id


def _is_joined(labels: Sequence[str]) -> bool | None:
    """Return whether an editor puts an article to its story; None where it may be told either way, and for copies."""
    if "OLD_EVENT" in labels or labels[0] == "REPRINT" or ("NEW" in labels and len(labels) > 1):
        return None
    return "NEW" not in labels


def _open_record(others: Iterable[Told], own: Iterable[Told]) -> tuple[MemoryStore, int | None]:
    """Return a store in which ``own`` are one story and each of the others one of its own, with the id of the first."""
    store, story_id = open_store(others), None
    for told in own:
        story_id = put(store, told, story_id)
    return store, story_id


def collect_pairs() -> Iterator[Offers]:
    """Yield the offers of the sets of labels, each article in two records."""
    files = {name: GOLDEN / f"novelty_pairs{'' if name == 'old' else f'_{name}'}.toml" for name in SETS}
    stored = {name: {one: read_base(path, one) for one in load_pairs(path)[0]} for name, path in files.items()}
    whole = open_store(one for bases in stored.values() for one in bases.values())
    stories = {one.article.text: one.story_id for one in whole.articles.values()}
    for name, path in files.items():
        bases = stored[name]
        for place, pair in enumerate(load_pairs(path)[1]):
            joins = _is_joined(pair["label"])
            if joins is None:
                continue
            article = article_of(pair)
            told = (article, read(article))
            own, others = (
                [bases[one] for one in pair["bases"]],
                [bases[one] for one in bases if one not in pair["bases"]],
            )
            record, story_id = _open_record(others, own)
            yield offer(name, "file", record, told, {story_id or 0} if joins else set())
            if place % 2:
                yield offer(name, "all", whole, told, {stories[one.text] for one, _ in own} if joins else set())
            else:
                some = others[place % 7 :][: FEW[place // 2 % len(FEW)]]
                record, story_id = _open_record(some, own)
                yield offer(name, "few", record, told, {story_id or 0} if joins else set())


def _collect_row(set_name: str, record: str, rows: Iterable[tuple[Article, str]]) -> Iterator[Offers]:
    """Yield the offers of articles in order, given with their stories."""
    store, ids = MemoryStore(), dict[str, int]()
    for article, story in rows:
        told, known = (article, read(article)), ids.get(story)
        yield offer(set_name, record, store, told, set() if known is None else {known})
        ids.setdefault(story, put(store, told, known))


def collect_streams() -> Iterator[Offers]:
    """Yield the offers of the streams and of the accounts of the two weeks; copies are only put where they belong."""
    for name in STREAMS:
        rows: Sequence[Mapping[str, Any]] = load_stream(name)
        offers = _collect_row(f"stream {name}", "stream", ((article_of(row), row["story"]) for row in rows))
        yield from (one for row, one in zip(rows, offers, strict=True) if row["label"][0] != "REPRINT")
    pieces = sorted((one for one in load_pieces() if not one.is_copy), key=lambda piece: piece.at)
    yield from _collect_row("weeks", "weeks", ((one.article, one.storyline) for one in pieces))


def _worth(one: Offers) -> float:
    return WORTH[one.record] * (1.0 if one.joins else STRANGER)


def fit(offers: Sequence[Offers], start: Weights | None = None, *, n_steps: int = 10) -> dict[str, float]:
    """Return the weights by name, with ``bias``, in the units of the signs; the steps begin at ``start``."""
    learnt = [one for one in offers if one.rows and any(one.is_own) == one.joins]
    means, spreads = scale_columns([row for one in learnt for row in one.rows])
    n, found = len(FEATURES) + 1, [0.0] * (len(FEATURES) + 1)
    if start is not None:
        found = [start[name] * spread for name, spread in zip(FEATURES, spreads, strict=True)]
        found.append(start["bias"] + sum(start[name] * mean for name, mean in zip(FEATURES, means, strict=True)))
    tables = [[_scale(row, means, spreads) for row in one.rows] for one in learnt]
    for _ in range(n_steps):
        slope = [RIDGE * value for value in found[:-1]] + [0.0]
        curve = [[RIDGE * (i == j) * (i < n - 1) for j in range(n)] for i in range(n)]
        for one, table in zip(learnt, tables, strict=True):
            _add(slope, curve, table, one, found)
        whole = [[curve[max(i, j)][min(i, j)] for j in range(n)] for i in range(n)]
        steps = solve(whole, slope)
        longest = max(map(abs, steps))
        found = [value - step * min(1.0, 3.0 / longest) for value, step in zip(found, steps, strict=True)]
        if longest < 1e-3:
            break
    weights = {name: value / spread for name, value, spread in zip(FEATURES, found, spreads, strict=False)}
    shift = sum(weights[name] * mean for name, mean in zip(FEATURES, means, strict=True))
    return {"bias": found[-1] - shift, **weights}


def _scale(row: Sequence[float], means: Sequence[float], spreads: Sequence[float]) -> list[float]:
    return [*((value - mean) / spread for value, mean, spread in zip(row, means, spreads, strict=True)), 1.0]


def _add(
    slope: list[float], curve: list[list[float]], table: Sequence[Sequence[float]], one: Offers, found: Sequence[float]
) -> None:
    """Add what one article says of the slope of the loss and of its curve, of which only the lower half is kept."""
    worth = _worth(one)
    odds = [math.exp(max(-30.0, min(30.0, sum(map(float.__mul__, found, line))))) for line in table]
    whole, own = 1 + sum(odds), sum(value for value, is_own in zip(odds, one.is_own, strict=True) if is_own)
    mean = [0.0] * len(found)
    for line, value, is_own in zip(table, odds, one.is_own, strict=True):
        chance = value / whole
        error, bend = worth * (chance - (value / own if is_own else 0.0)), worth * chance
        for i, entry in enumerate(line):
            slope[i] += error * entry
            mean[i] += chance * entry
            factor, target = bend * entry, curve[i]
            for j in range(i + 1):
                target[j] += factor * line[j]
    for i, entry in enumerate(mean):
        factor, target = worth * entry, curve[i]
        for j in range(i + 1):
            target[j] -= factor * mean[j]


def is_right(one: Offers, weights: Weights, *, is_settled: bool) -> bool:
    """Return whether these weights put an article where an editor does.

    Args:
        is_settled: as deciding does, with likeness; else by the signs alone.
    """
    scores = {place: score_signs(dict(zip(FEATURES, row, strict=True)), weights) for place, row in enumerate(one.rows)}
    above = [place for place, score in scores.items() if score > 0]
    chosen = settle(one.ruled, scores) if is_settled else max(above, key=scores.__getitem__, default=None)
    if chosen is not None and chosen == one.ruled:
        return one.is_ruled_right
    return one.is_own[chosen] if chosen is not None else not one.joins


def measure(offers: Sequence[Offers], weights: Weights) -> None:
    """Print for each set, from weights learnt on the others: splits and false joins by likeness, signs, and both."""
    wrong: dict[str, Counter[str]] = defaultdict(Counter)
    asked: dict[str, Counter[bool]] = defaultdict(Counter)
    for name in dict.fromkeys(one.set_name for one in offers):
        learnt = fit([one for one in offers if one.set_name != name], weights, n_steps=4)
        for one in offers:
            if one.set_name != name:
                continue
            judged = {
                "likeness": one.is_ruled_right,
                "signs": is_right(one, learnt, is_settled=False),
                "both": is_right(one, learnt, is_settled=True),
            }
            for key in {name, one.record}:
                asked[key][one.joins] += 1
                for way, right in judged.items():
                    wrong[key][f"{way} {one.joins}"] += not right
    ways = ("likeness", "signs", "both")
    print(f"| set | go on | split by {', '.join(ways)} | open a story | joined by {', '.join(ways)} |")
    print("|---|--:|---|--:|---|")
    for key, counts in asked.items():
        cells = [", ".join(str(wrong[key][f"{way} {kind}"]) for way in ways) for kind in (True, False)]
        print(f"| {key} | {counts[True]} | {cells[0]} | {counts[False]} | {cells[1]} |", flush=True)


def main(argv: Sequence[str]) -> int:
    """Learn, print the table, and write the weights if asked to; return 0."""
    parser = argparse.ArgumentParser(prog="learn_joining", description=__doc__)
    parser.add_argument("--store", action="store_true", help="keep the weights learnt on all sets")
    parser.add_argument("--quick", action="store_true", help="learn only, without what unseen sets get")
    options = parser.parse_args(argv)
    offers = [*collect_pairs(), *collect_streams()]
    print(f"{len(offers)} articles with {sum(len(one.rows) for one in offers)} stories\n", flush=True)
    weights = fit(offers)
    if not options.quick:
        measure(offers, weights)
    print("\n[going_on]\n" + "\n".join(f"{key} = {value:.3f}" for key, value in weights.items()))
    if options.store:
        write_weights("going_on", weights)
    return 0
