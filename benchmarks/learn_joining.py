"""Learn the weights of ``news.deciding.going_on`` on our own pairs and streams; print what they get on unseen sets.

What is printed for a set is what weights get that were learnt on all other sets: other stories, by other authors. An
article is right if it is put to a story that it goes on with, or to none where it opens one. An article of the pairs is
held against two records: that of its file, and either one of a few articles or one of all sets together; one of a
stream or of the two weeks against all that came before it, put where it belongs; and, cut to a brief, against what is
nearest of that alone, with its own story and without: in a small store all that a town or a firm has is rare.

The weights are those of a multinomial logit (McFadden 1974) over the stories that are offered and none of them, found
by Newton's method with a ridge. A false join counts twice as much as a split, so that no limit but 0 is needed; what
other limits would cost is printed too. Weights without a set are one step of Newton's method from those of all sets.
Those learnt on all sets are printed beside those that stand in ``news/data/weights.toml``; ``--store`` puts them there.
Takes two to four minutes.
"""

from __future__ import annotations

import argparse
import math
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.desk import load_stream
from benchmarks.novelty import GOLDEN, article_of, load_pairs, open_store, read_base
from benchmarks.regression import scale_columns, solve
from benchmarks.stories import NOW, MemoryStore
from benchmarks.table import render_table
from benchmarks.weights import render_learnt, store_weights
from news.deciding.choosing import list_offered, rank_candidates
from news.deciding.going_on import FEATURES, describe_all, is_barred
from news.decision import Decision, Label
from news.matching.assignments import assignments_of, place_reports
from news.matching.world import World
from news.model import Article, Reading
from news.reading import read
from news.stories.case import open_case
from news.tables import load_toml
from tests.golden.two_weeks_stories import load_pieces

SETS = ("old", *"abcdefghijklmnqsvwxy1236")
STREAMS = "abcdegijlmno"
RIDGE = 30.0
FEW = (0, 1, 3, 6)
"""How many other articles the small records hold, in turn."""
NEAREST = (1, 2, 4)
"""How many articles are left of a stream, in turn."""
WORTH = {"file": 1.0, "few": 0.4, "all": 0.4, "stream": 2.0, "brief": 0.3, "weeks": 3.0, "neighbours": 0.4}
"""Weight of an article by its record: streams are what deciding is for."""
STRANGER = 2.0
"""So much more weighs an article that opens a story: a false join confuses, a split is noise."""
_CLOSE = 1e-3
_N_BRIEF = 2
LIMITS = (-1.0, -0.5, 0.0, 0.5, 1.0, 2.0)

Told = tuple[Article, Reading]
Table = list[list[float]]


@dataclass(frozen=True, slots=True)
class Offers:
    """An article with the stories that are near.

    Attributes:
        record: what it is held against, a key of ``WORTH``.
        rows: the signs of each story; ``is_own`` whether the article goes on with it.
        joins: whether it goes on with any.
        is_liked_right: whether the story that likeness alone chooses, whatever the signs say, is right; None for none.
    """

    set_name: str
    record: str
    rows: Sequence[Sequence[float]]
    is_own: Sequence[bool]
    joins: bool
    is_liked_right: bool | None

    @property
    def worth(self) -> float:
        """What it counts for."""
        return WORTH[self.record] * (1.0 if self.joins else STRANGER)


def offer(set_name: str, record: str, store: MemoryStore, told: Told, own: set[int]) -> Offers:
    """Return an article held against a record; ``own`` are the stories that it goes on with."""
    article, reading = told
    found = store.find_candidates(article, reading)
    case = open_case(article, reading, found, now=article.published_at or NOW, old_event_days=30)
    liked, near = list_offered(case, rank_candidates(case))
    rows = [[one[name] for name in FEATURES] for one in describe_all(case, near).values()]
    is_right = None if liked is None else liked.story_id in own
    return Offers(set_name, record, rows, [one.story_id in own for one in near], bool(own), is_right)


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


def _cut(told: Told) -> Told:
    """Return a brief of an article: headline and the first two sentences."""
    article, reading = told
    ends = [one.end for one in reading.sentences[:_N_BRIEF]]
    brief = replace(article, text=article.text[: ends[-1]]) if ends else article
    return brief, read(brief)


def _open_small(near: Sequence[tuple[Told, str]]) -> tuple[MemoryStore, dict[str, int]]:
    """Return a store of these articles alone, put where they belong, with the ids of their stories."""
    store, ids = MemoryStore(), dict[str, int]()
    for told, story in near:
        ids[story] = put(store, told, ids.get(story))
    return store, ids


def _collect_row(set_name: str, record: str, rows: Iterable[tuple[Article, str, bool]]) -> Iterator[Offers]:
    """Yield the offers of articles in order, given with their stories; copies are only put where they belong."""
    store, ids = MemoryStore(), dict[str, int]()
    before: list[tuple[Told, str]] = []
    for article, story, is_copy in rows:
        told = article, read(article)
        if not is_copy:
            yield offer(set_name, record, store, told, {ids[story]} if story in ids else set())
            nearest = [before[one.id - 1] for one in store.find_candidates(*told).related]
            others = [one for one in nearest if one[1] != story]
            for near in (nearest, others) if story in ids else (others,):
                small, known = _open_small(near[: NEAREST[len(before) % len(NEAREST)]])
                yield offer(set_name, "brief", small, _cut(told), {known[story]} if story in known else set())
        ids[story] = put(store, told, ids.get(story))
        before.append((_cut(told), story))


def collect_streams() -> Iterator[Offers]:
    """Yield the offers of the streams and of the accounts of the two weeks."""
    for name in STREAMS:
        rows: Sequence[Mapping[str, Any]] = load_stream(name)
        told = ((article_of(row), row["story"], row["label"][0] == "REPRINT") for row in rows)
        yield from _collect_row(f"stream {name}", "stream", told)
    pieces = sorted((one for one in load_pieces() if not one.is_copy), key=lambda piece: piece.at)
    yield from _collect_row("weeks", "weeks", ((one.article, one.storyline, False) for one in pieces))


def load_neighbours() -> Iterator[tuple[list[tuple[str, Article]], list[tuple[str, Article]]]]:
    """Yield the small records of our own: stored articles by id, and articles with the id that each goes on with."""
    table = tomllib.loads((GOLDEN / "neighbours.toml").read_text(encoding="utf-8"))
    for record in sorted({one["record"] for one in table["stored"]}):
        stored = [(one["id"], _dated(one)) for one in table["stored"] if one["record"] == record]
        yield stored, [(one["goes_on"], _dated(one)) for one in table["article"] if one["record"] == record]


def _dated(row: Mapping[str, Any]) -> Article:
    return article_of({"outlet": "", "published": f"2025-11-{row['day']:02}", **row})


def collect_neighbours() -> Iterator[Offers]:
    """Yield the offers of the small records of our own."""
    for stored, articles in load_neighbours():
        store, ids = _open_small([((one, read(one)), name) for name, one in stored])
        for name, article in articles:
            own = {ids[name]} if name else set()
            yield offer("neighbours", "neighbours", store, (article, read(article)), own)


class Logit:
    """The loss of weights on offers, in columns that are scaled."""

    def __init__(self, offers: Sequence[Offers]) -> None:
        self._learnt = [one for one in offers if one.rows and any(one.is_own) == one.joins]
        self.means, self.spreads = scale_columns([row for one in self._learnt for row in one.rows])
        self._tables = [[self.scale(row) for row in one.rows] for one in self._learnt]
        self.n = len(FEATURES) + 1

    def scale(self, row: Sequence[float]) -> list[float]:
        """Return a row in the scale of the columns, with a last column for the bias."""
        each = zip(row, self.means, self.spreads, strict=True)
        return [*((value - mean) / spread for value, mean, spread in each), 1.0]

    def bend(self, found: Sequence[float]) -> dict[str, tuple[list[float], Table]]:
        """Return the slope of the loss at these weights and the lower half of its curve, by set."""
        sums = {one.set_name: ([0.0] * self.n, [[0.0] * self.n for _ in range(self.n)]) for one in self._learnt}
        for one, table in zip(self._learnt, self._tables, strict=True):
            _add(*sums[one.set_name], table, one, found)
        return sums

    def step(self, sums: Iterable[tuple[list[float], Table]], found: Sequence[float]) -> list[float]:
        """Return the step of Newton's method on the sums of some sets."""
        slope = [RIDGE * value for value in found[:-1]] + [0.0]
        curve = [[RIDGE * (i == j) * (i < self.n - 1) for j in range(self.n)] for i in range(self.n)]
        for slopes, curves in sums:
            slope = [one + other for one, other in zip(slope, slopes, strict=True)]
            curve = [[a + b for a, b in zip(one, other, strict=True)] for one, other in zip(curve, curves, strict=True)]
        whole = [[curve[max(i, j)][min(i, j)] for j in range(self.n)] for i in range(self.n)]
        return solve(whole, slope)

    def fit(self, *, n_steps: int = 15) -> list[float]:
        """Return the weights of the scaled columns, the bias last."""
        found = [0.0] * self.n
        for _ in range(n_steps):
            steps = self.step(self.bend(found).values(), found)
            longest = max(map(abs, steps))
            found = [value - step * min(1.0, 3.0 / longest) for value, step in zip(found, steps, strict=True)]
            if longest < _CLOSE:
                break
        return found

    def unscale(self, found: Sequence[float]) -> dict[str, float]:
        """Return weights by name, with ``bias``, in the units of the signs."""
        weights = {name: value / spread for name, value, spread in zip(FEATURES, found, self.spreads, strict=False)}
        shift = sum(weights[name] * mean for name, mean in zip(FEATURES, self.means, strict=True))
        return {"bias": found[-1] - shift, **weights}


def _add(slope: list[float], curve: Table, table: Table, one: Offers, found: Sequence[float]) -> None:
    """Add what one article says of the slope of the loss and of its curve, of which only the lower half is kept."""
    worth = one.worth
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


def is_right(one: Offers, scores: Sequence[float], *, limit: float = 0.0) -> bool:
    """Return whether these log-odds of its stories put an article where an editor does."""
    if one.is_liked_right is not None:
        return one.is_liked_right
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    return one.is_own[best] if best is not None and scores[best] > limit else not one.joins


def score_unseen(offers: Sequence[Offers], logit: Logit, found: Sequence[float]) -> list[list[float]]:
    """Return the log-odds of the stories of each article, by weights that were learnt without its set."""
    sums = logit.bend(found)
    without = {}
    for name in dict.fromkeys(one.set_name for one in offers):
        steps = logit.step((one for key, one in sums.items() if key != name), found)
        without[name] = [value - step for value, step in zip(found, steps, strict=True)]
    return [[_score(row, without[one.set_name], logit) for row in one.rows] for one in offers]


def _score(row: Sequence[float], weights: Sequence[float], logit: Logit) -> float:
    if is_barred(dict(zip(FEATURES, row, strict=True))):
        return -math.inf
    return sum(map(float.__mul__, weights, logit.scale(row)))


def measure(offers: Sequence[Offers], scores: Sequence[Sequence[float]]) -> None:
    """Print splits and false joins of each set and record, and what other limits would cost."""
    wrong: dict[str, Counter[bool]] = defaultdict(Counter)
    asked: dict[str, Counter[bool]] = defaultdict(Counter)
    for one, own in zip(offers, scores, strict=True):
        for key in {one.record, *((one.set_name,) if one.record in {"file", "stream", "neighbours"} else ())}:
            asked[key][one.joins] += 1
            wrong[key][one.joins] += not is_right(one, own)
    rows = [[key, of[True], wrong[key][True], of[False], wrong[key][False]] for key, of in asked.items()]
    print(render_table(["set or record", "go on", "split", "open a story", "joined"], rows))
    costs = [
        sum(one.worth * (not is_right(one, own, limit=limit)) for one, own in zip(offers, scores, strict=True))
        for limit in LIMITS
    ]
    print("\n" + render_table(["limit", *map(str, LIMITS)], [["cost", *(round(cost, 1) for cost in costs)]]))


def main(argv: Sequence[str]) -> int:
    """Learn, print the table, and write the weights if asked to; return 0."""
    parser = argparse.ArgumentParser(prog="learn_joining", description=__doc__)
    parser.add_argument("--store", action="store_true", help="keep the weights learnt on all sets")
    parser.add_argument("--without", metavar="SET", help="learn without a set, such as weeks")
    options = parser.parse_args(argv)
    offers = [*collect_pairs(), *collect_streams(), *collect_neighbours()]
    offers = [one for one in offers if one.set_name != options.without]
    print(f"{len(offers)} articles with {sum(len(one.rows) for one in offers)} stories\n", flush=True)
    logit = Logit(offers)
    found = logit.fit()
    measure(offers, score_unseen(offers, logit, found))
    weights = logit.unscale(found)
    print("\n" + render_learnt("going_on", weights, load_toml("weights.toml")["going_on"]))
    if options.store:
        store_weights("going_on", weights)
    return 0
