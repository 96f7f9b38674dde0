"""Learn the weights of ``news.deciding.old_events`` on our own pairs and streams; print what they get on unseen sets.

What is printed for a set is what weights get that were learnt without it and the others of its fold: on other stories,
by other authors. An article of the pairs is held against the record of its file and against one of all sets together,
where what is nearest may be another event years ago; one of a stream against all that came before it. Articles of
newsrooms (the public development data of timelines) are held against some of every year before them; none is taken for
a look back, which is wrong for a few, so that they count half.

Learnt from, and counted, are those articles of which the signs are asked: that tell of the past but do not open with
these days, beside a story that is long over. What is mostly narrated in the past is an old event without them. A
regression of logits (Newton's method with a ridge). ``--store`` puts the weights learnt on all sets into
``news/data/weights.toml``. Takes about three minutes.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.desk import load_stream
from benchmarks.novelty import GOLDEN, article_of, load_pairs, open_store, read_base
from benchmarks.regression import fit_logistic
from benchmarks.stories import NOW, MemoryStore, data_folder, make_article, read_rows
from benchmarks.table import render_table
from benchmarks.weights import render_learnt, store_weights
from news.deciding.choosing import rank_candidates
from news.deciding.old_events import FEATURES, describe_age, score_age
from news.model import Article, Reading
from news.novelty import decide
from news.reading import read
from news.stories.case import open_case
from news.tables import load_toml

SETS = ("old", *"abcdefghijklmnqsuvwxy123")
STREAMS = "abcdegijlmno"
N_FOLDS = 12
WORTH = {"file": 1.0, "all": 0.5, "stream": 1.0, "news": 0.5}
RIDGE = 3.0
DAYS = 30
_EVERY_NEWS, _SINCE_NEWS = 3, 600
"""Which of the articles of newsrooms are read, and from which on they are judged."""
LIMITS = (-1.0, -0.5, 0.0, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Example:
    """An article with its signs; no signs where it does not look back at all."""

    set_name: str
    record: str
    values: Sequence[float]
    is_old: bool


def describe(
    set_name: str, record: str, store: MemoryStore, article: Article, reading: Reading, *, is_old: bool
) -> Example:
    """Return an article held against a record."""
    found = store.find_candidates(article, reading)
    case = open_case(article, reading, found, now=article.published_at or NOW, old_event_days=DAYS)
    signs = describe_age(case, rank_candidates(case))
    return Example(set_name, record, [signs[name] for name in FEATURES] if signs else [], is_old)


def collect_pairs() -> Iterator[Example]:
    """Yield the articles of the sets of labels, each in two records, but for those that may be labelled either way."""
    files = {name: GOLDEN / f"novelty_pairs{'' if name == 'old' else f'_{name}'}.toml" for name in SETS}
    files = {name: path for name, path in files.items() if path.exists()}
    stored = {name: {one: read_base(path, one) for one in load_pairs(path)[0]} for name, path in files.items()}
    whole = open_store(one for bases in stored.values() for one in bases.values())
    for name, path in files.items():
        for pair in load_pairs(path)[1]:
            is_old = "OLD_EVENT" in pair["label"]
            if is_old and len(pair["label"]) > 1:
                continue
            article = article_of(pair)
            reading = read(article)
            own = open_store([stored[name][one] for one in pair["bases"]])
            yield describe(name, "file", own, article, reading, is_old=is_old)
            yield describe(name, "all", whole, article, reading, is_old=is_old)


def collect_streams() -> Iterator[Example]:
    """Yield the articles of the streams, in order."""
    for name in STREAMS:
        store = MemoryStore()
        for row in load_stream(name):
            article = article_of(row)
            reading = read(article)
            if row["label"] == ["OLD_EVENT"] or "OLD_EVENT" not in row["label"]:
                yield describe(f"stream {name}", "stream", store, article, reading, is_old="OLD_EVENT" in row["label"])
            _take(store, article, reading)


def collect_news(data: str | None) -> Iterator[Example]:
    """Yield articles of newsrooms, in order, each against some of all the years before."""
    rows = read_rows(data_folder(data) / "timelines" / "articles.jsonl.gz")
    rows = sorted(rows, key=lambda row: str(row["published_at"]))[::_EVERY_NEWS]
    store = MemoryStore()
    for place, row in enumerate(rows):
        article = make_article(row)
        reading = read(article)
        if place >= _SINCE_NEWS // _EVERY_NEWS:
            yield describe(f"news {str(row['published_at'])[:4]}", "news", store, article, reading, is_old=False)
        _take(store, article, reading)


def _take(store: MemoryStore, article: Article, reading: Reading) -> None:
    found = store.find_candidates(article, reading)
    store.add(article, reading, decide(article, reading, found, now=article.published_at or NOW))


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights by name, with ``bias``."""
    told = [one for one in examples if one.values]
    bias, weights = fit_logistic(
        [one.values for one in told], [one.is_old for one in told], [WORTH[one.record] for one in told], ridge=RIDGE
    )
    return {"bias": bias, **dict(zip(FEATURES, weights, strict=True))}


def score_unseen(examples: Sequence[Example]) -> list[float]:
    """Return the log-odds of each article by weights learnt without its fold; minus infinity without signs."""
    folds = {name: place % N_FOLDS for place, name in enumerate(dict.fromkeys(one.set_name for one in examples))}
    models = [fit([one for one in examples if folds[one.set_name] != fold]) for fold in range(N_FOLDS)]
    return [
        score_age(dict(zip(FEATURES, one.values, strict=True)), models[folds[one.set_name]])
        if one.values
        else float("-inf")
        for one in examples
    ]


def measure(examples: Sequence[Example], scores: Sequence[float]) -> None:
    """Print how many old events are found, and how much news is taken for one, of those asked, by record and limit."""
    asked: dict[str, list[tuple[Example, float]]] = defaultdict(list)
    for one, score in zip(examples, scores, strict=True):
        asked[one.record].append((one, score))
    rows = []
    for record, told in asked.items():
        asked_of = [one for one, _ in told if one.values]
        n_old = sum(one.is_old for one in asked_of)
        found = [
            f"{sum(one.is_old and score > limit for one, score in told)}"
            f" + {sum(not one.is_old and score > limit for one, score in told)}"
            for limit in LIMITS
        ]
        rows.append([record, len(told), n_old, len(asked_of) - n_old, *found])
    print(
        render_table(
            ["record", "articles", "asked: old", "asked: news", *(f"> {limit}: right + false" for limit in LIMITS)],
            rows,
        )
    )


def main(argv: Sequence[str]) -> int:
    """Learn, print the table, and write the weights if asked to; return 0."""
    parser = argparse.ArgumentParser(prog="learn_old_events", description=__doc__)
    parser.add_argument("--data", help="folder with timelines/articles.jsonl.gz")
    parser.add_argument("--store", action="store_true", help="keep the weights learnt on all sets")
    options = parser.parse_args(argv)
    examples = [*collect_pairs(), *collect_streams(), *collect_news(options.data)]
    print(f"{len(examples)} articles, {sum(bool(one.values) for one in examples)} look back\n", flush=True)
    measure(examples, score_unseen(examples))
    weights = fit(examples)
    print("\n" + render_learnt("old_event", weights, load_toml("weights.toml").get("old_event", {})))
    if options.store:
        store_weights("old_event", weights)
    return 0
