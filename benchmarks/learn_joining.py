"""Learn the weights of ``news.deciding.going_on`` on our own pairs; print what they get on unseen sets.

What is printed for a set is what weights get that were learnt on all other sets: other stories, by other authors. An
article is right if the story with the best score is its own, or if none is above 0 where it tells another event. Each
article of the sets of labels is held against three records: that of its file, one of a few articles, and one of all
sets together; those of the disputes against the record of their set; the accounts of the two
weeks against what came before. A logistic regression (Newton's method with a
ridge); ``--store`` puts the weights learnt on all pairs into ``news/data/weights.toml``.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.disputes import load_dispute_pairs
from benchmarks.learn_novelty import write_weights
from benchmarks.novelty import GOLDEN, article_of, load_pairs, open_store, read_base
from benchmarks.regression import scale_columns, solve
from benchmarks.stories import NOW, MemoryStore
from news.another.stories import is_brief
from news.deciding.choosing import rank_candidates
from news.deciding.going_on import FEATURES, describe
from news.decision import Decision, Label
from news.matching.assignments import assignments_of, place_reports
from news.matching.world import World
from news.model import Article, Reading
from news.reading import read
from news.stories.belonging import is_foreign
from news.stories.case import open_case
from tests.golden.two_weeks_stories import load_pieces

SETS = ("old", *"abcdefgh")
RIDGE = 10.0
N_OFFERED = 4
FEW = (0, 1, 3, 6)
"""How many other articles the small records hold, in turn."""
FAR, APART = 0.15, 1.5
"""Weights of an offered story that is not of the pair, and of that of another event: joining it is dearer."""
OTHER_RECORD = 0.3
"""Weight of an example from another record than that of its file."""
_TWO_EVENTS = """
    road-safety-marches teenagers-with-sniffer siberia-manoeuvres nogueira-polls wagah-cement waddani-council-seats
    peru-bus-ravine hokkaido-snow yerevan-prizes zarzis-lampedusa-dinghy katowice-mine-methane balsfjord-herring
    bucharest-taxi-app-fine vienna-violin-auction ankara-opinion-poll mindanao-tremors quito-condor-eggs
    sarajevo-snow-bus split-regatta-mast apia-cable-landing reykjanes-evacuees heat-kuwait-basra quake-nepal-two
    palau-whale-and-port canoe-amazon-schools chile-quake-two samarkand-tremor vienna-opera-strings utah-canyon-rockfall
    luzon-two-shocks calais-tunnel-walkers pamplona-run-gorings
"""
TWO_EVENTS = frozenset(_TWO_EVENTS.split())
"""Pairs of the disputes that an editor tells to be of two events."""
_OPEN = """
    calama-quake-afternoon bjorkhem-autumn tegucigalpa-vaccine-first osaka-expo-visitors sanctions-minsk-lists
    opera-hanoi-auction orchestra-vienna-conductor-cancel delhi-smog-school-close-place seville-heat-record
    kerala-train-hoax mindanao-quake-magnitude belfast-linen-museum tariff-mexico-threat kazakh-wheat
    antofagasta-copper-tonnes
"""
OPEN = frozenset(_OPEN.split())
"""Pairs that may be told as one story or as two."""

Weights = Mapping[str, float]
Read = tuple[Article, Reading]


@dataclass(frozen=True, slots=True)
class Offers:
    """An article with the stories that are offered for it.

    Attributes:
        record: what it is held against: ``file``, ``few``, ``all`` or ``disputes``.
        is_own: for each story whether it is the one of the pair.
        joins: whether the article goes on with that one.
    """

    set_name: str
    record: str
    rows: Sequence[Sequence[float]]
    is_own: Sequence[bool]
    joins: bool


def _offer(set_name: str, record: str, store: MemoryStore, new: Read, own: set[int], *, joins: bool) -> Offers | None:
    """Return the offers of an article; None where the story is weighed as one in another language."""
    article, reading = new
    found = store.find_candidates(article, reading)
    case = open_case(article, reading, found, now=article.published_at or NOW, old_event_days=30)
    fits = [fit for fit in rank_candidates(case)[:N_OFFERED] if not is_foreign(fit)]
    if any(one.language != reading.language for one in (*found.related, *found.similar) if one.story_id in own):
        return None
    rows = [[signs[name] for name in FEATURES] for signs in (describe(case, fit) for fit in fits)]
    return Offers(set_name, record, rows, [fit.story_id in own for fit in fits], joins)


def _is_joined(labels: Sequence[str]) -> bool | None:
    """Return whether an editor puts an article to its story; None where it may be told either way."""
    if "OLD_EVENT" in labels or ("NEW" in labels and len(labels) > 1):
        return None
    return "NEW" not in labels


def _ids(store: MemoryStore, wanted: Iterable[Article]) -> set[int]:
    """Return the stories of the stored articles with these texts."""
    texts = {one.text for one in wanted}
    return {one.story_id for one in store.articles.values() if one.article.text in texts}


def collect_labels() -> Iterator[Offers]:
    """Yield the offers of the sets of labels, each in three records."""
    files = {name: GOLDEN / f"novelty_pairs{'' if name == 'old' else f'_{name}'}.toml" for name in SETS}
    stored = {name: {one: read_base(path, one) for one in load_pairs(path)[0]} for name, path in files.items()}
    whole = open_store(one for bases in stored.values() for one in bases.values())
    for name, path in files.items():
        bases = stored[name]
        record = open_store(bases.values())
        for place, pair in enumerate(load_pairs(path)[1]):
            joins = _is_joined(pair["label"])
            if joins is None:
                continue
            article = article_of(pair)
            new, own = (article, read(article)), [bases[one] for one in pair["bases"]]
            others = [bases[one] for one in bases if one not in pair["bases"]][place % 7 :][: FEW[place % len(FEW)]]
            stores = {"file": record, "few": open_store([*own, *others]), "all": whole}
            for kind, store in stores.items():
                ids = _ids(store, (one for one, _ in own))
                found = _offer(name, kind, store, new, ids, joins=joins)
                if found is not None:
                    yield found


def collect_disputes() -> Iterator[Offers]:
    """Yield the offers of the sets of disputes, each against the stored articles of its set."""
    for name in SETS[1:]:
        pairs: Sequence[Mapping[str, Any]] = load_dispute_pairs(name)
        texts = {pair["stored"]["text"]: pair["stored"] for pair in pairs}
        articles = [article_of(one) for one in texts.values()]
        store = open_store((one, read(one)) for one in articles)
        for pair in pairs:
            if pair["id"] in OPEN:
                continue
            article = article_of(pair["new"])
            ids = _ids(store, [article_of(pair["stored"])])
            joins = pair["id"] not in TWO_EVENTS
            found = _offer(name, "disputes", store, (article, read(article)), ids, joins=joins)
            if found is not None:
                yield found


def collect_weeks() -> Iterator[Offers]:
    """Yield the offers of the accounts of the two weeks, each against what came before, put where it belongs."""
    store, ids = MemoryStore(), dict[str, int]()
    for piece in sorted(load_pieces(), key=lambda piece: piece.at):
        if piece.is_copy:
            continue
        article, reading = piece.article, read(piece.article)
        known = ids.get(piece.storyline)
        found = _offer("weeks", "weeks", store, (article, reading), {known or 0}, joins=known is not None)
        if found is not None and is_brief(article.text):
            yield found
        placed = place_reports(reading.reports, (), World(), story_id=known)
        stored = store.add(article, reading, Decision(Label.NEW, known, assignments_of(placed)))
        ids.setdefault(piece.storyline, stored.story_id)


def _examples(offers: Sequence[Offers]) -> Iterator[tuple[Sequence[float], bool, float]]:
    for one in offers:
        is_week = one.record == "weeks"
        share = 1.0 if one.record == "file" or is_week else OTHER_RECORD
        far = 1.0 if is_week else FAR  # all of these are of one country and a few towns
        for row, is_own in zip(one.rows, one.is_own, strict=True):
            yield row, is_own and one.joins, share * (far if not is_own else 1.0 if one.joins else APART)


def fit(offers: Sequence[Offers], *, n_steps: int = 8) -> dict[str, float]:
    """Return the weights by name, with ``bias``, in the units of the signs."""
    examples = list(_examples(offers))
    means, spreads = scale_columns([row for row, _, _ in examples])
    table = [
        ([*((v - m) / s for v, m, s in zip(row, means, spreads, strict=True)), 1.0], y, w) for row, y, w in examples
    ]
    n = len(FEATURES) + 1
    found = [0.0] * n
    for _ in range(n_steps):
        slope = [RIDGE * value for value in found[:-1]] + [0.0]
        curve = [[RIDGE * (i == j) for j in range(n)] for i in range(n)]
        for line, is_right, weight in table:
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(map(float.__mul__, found, line))))))
            error, bend = weight * (chance - is_right), weight * (chance * (1 - chance) + 1e-6)
            for i, value in enumerate(line):
                slope[i] += error * value
                factor, target = bend * value, curve[i]
                for j in range(i + 1):
                    target[j] += factor * line[j]
        whole = [[curve[max(i, j)][min(i, j)] for j in range(n)] for i in range(n)]
        found = [value - step for value, step in zip(found, solve(whole, slope), strict=True)]
    weights = {name: value / spread for name, value, spread in zip(FEATURES, found, spreads, strict=False)}
    shift = sum(value * mean / spread for value, mean, spread in zip(found, means, spreads, strict=False))
    return {"bias": found[-1] - shift, **weights}


def is_right(one: Offers, weights: Weights) -> bool:
    """Return whether these weights put an article where an editor does."""
    scores = [weights["bias"] + sum(weights[k] * v for k, v in zip(FEATURES, row, strict=True)) for row in one.rows]
    best = max(zip(scores, one.is_own, strict=True), default=(0.0, False))
    return best[1] and best[0] > 0 if one.joins else best[0] <= 0


def measure(offers: Sequence[Offers]) -> None:
    """Print the share of the articles of each set that weights learnt on the other sets get right, by record."""
    right: dict[str, Counter[str]] = defaultdict(Counter)
    asked: dict[str, Counter[str]] = defaultdict(Counter)
    for name in SETS:
        weights = fit([one for one in offers if one.set_name != name])
        for one in offers:
            if one.set_name == name:
                for key in (name, "joins" if one.joins else "another event"):
                    right[one.record][key] += is_right(one, weights)
                    asked[one.record][key] += 1
    columns = (*SETS, "joins", "another event")
    print(f"| record | {' | '.join(columns)} |\n|---|{'---:|' * len(columns)}")
    for record, counts in asked.items():
        shares = (f"{right[record][one] / counts[one]:.3f}" if counts[one] else "" for one in columns)
        print(f"| {record} | {' | '.join(shares)} |", flush=True)


def main(argv: Sequence[str]) -> int:
    """Learn, print the table, and write the weights if asked to; return 0."""
    parser = argparse.ArgumentParser(prog="learn_joining", description=__doc__)
    parser.add_argument("--store", action="store_true", help="keep the weights learnt on all pairs")
    parser.add_argument("--quick", action="store_true", help="learn only, without what unseen sets get")
    options = parser.parse_args(argv)
    offers = [*collect_labels(), *collect_disputes(), *collect_weeks()]
    print(f"{len(offers)} articles with {sum(len(one.rows) for one in offers)} stories\n")
    if not options.quick:
        measure(offers)
    weights = fit(offers)
    print("\n[going_on]\n" + "\n".join(f"{key} = {value:.3f}" for key, value in weights.items()))
    if options.store:
        write_weights("going_on", weights)
    return 0
