"""How often the label is right, on our own pairs and on the share of new sentences of the development pack.

The pairs stand in ``tests/golden/novelty_pairs.toml``. Beside it stands the share of unseen words, with the thresholds
that suit it best on these very pairs.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from benchmarks import own_sets
from benchmarks.stories import NOW, MemoryStore, data_folder, make_article, read_rows
from benchmarks.table import render_table
from news.decision import Decision, Label, StoredArticle
from news.matching.assignments import assignments_of, place_reports
from news.matching.world import World
from news.model import Article, Precision, Reading
from news.novelty import decide
from news.reading import read
from news.words.text import content_terms

GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "golden"
PAIRS = GOLDEN / "novelty_pairs.toml"
SETS = {
    "novelty_pairs.toml": "weights were set on these",
    **{f"novelty_pairs_{letter}.toml": seen for letter, seen in own_sets.LABELS.items()},
}
"""Our own pairs by file, and what they are good for."""


@cache
def load_pairs(path: Path = PAIRS) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """Return the stored articles by id and the pairs in order."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {base["id"]: base for base in table["base"]}, table["pair"]


def article_of(row: Mapping[str, Any]) -> Article:
    """Return the article of a row of ours: ``published`` is a day or a moment."""
    article = make_article({**row, "published_at": None, "id": row.get("id", "")}, is_dated=False)
    moment = datetime.fromisoformat(row["published"])
    at = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return replace(article, outlet=row["outlet"], published_at=at, published_precision=Precision.DAY)


@cache
def read_base(path: Path, name: str) -> tuple[Article, Reading]:
    """Return a stored article of a file of pairs with its reading."""
    article = article_of(load_pairs(path)[0][name])
    return article, read(article)


def open_store(articles: Iterable[tuple[Article, Reading]]) -> MemoryStore:
    """Return a store in which each of the articles opened a story of its own."""
    store = MemoryStore()
    for article, reading in articles:
        placed = place_reports(reading.reports, (), World(), story_id=None)
        store.add(article, reading, Decision(Label.NEW, None, assignments_of(placed)))
    return store


def take_in(store: MemoryStore, article: Article, reading: Reading) -> Decision:
    """Return what the article is, held against the store, which it then is part of."""
    decision = decide(article, reading, store.find_candidates(article, reading), now=article.published_at or NOW)
    store.add(article, reading, decision)
    return decision


@lru_cache(maxsize=1)
def _open_record(path: Path, others: Sequence[str], own: Sequence[str]) -> MemoryStore:
    """Return a store of the articles of a file, its own ones taken in last; pairs that follow each other share it."""
    store = open_store(read_base(path, name) for name in others)
    for name in own:
        take_in(store, *read_base(path, name))
    return store


def decide_pair(pair: Mapping[str, Any], bases: Mapping[str, Mapping[str, Any]], *, path: Path = PAIRS) -> Decision:
    """Return the decision on the new article of a pair; all other stored articles are in the store as well."""
    others = tuple(name for name in bases if name not in pair["bases"])
    store = _open_record(path, others, tuple(pair["bases"]))
    article = article_of(pair)
    reading = read(article)
    return decide(article, reading, store.find_candidates(article, reading), now=article.published_at or NOW)


def unseen_words(pair: Mapping[str, Any], bases: Mapping[str, Mapping[str, Any]]) -> float:
    """Return the share of distinct content words of the new article that the stored ones lack."""
    seen = {term for name in pair["bases"] for term in content_terms(bases[name]["text"])}
    ours = set(content_terms(pair["text"]))
    return len(ours - seen) / max(1, len(ours))


def _by_words(share: float, limits: tuple[float, float, float]) -> str:
    reprint, known, update = limits
    return "REPRINT" if share < reprint else "KNOWN" if share < known else "UPDATE" if share < update else "NEW"


def _best_by_words(pairs: Sequence[Mapping[str, Any]], bases: Mapping[str, Mapping[str, Any]]) -> float:
    shares = [(unseen_words(pair, bases), pair["label"]) for pair in pairs]
    steps = [step / 20 for step in range(1, 20)]
    grid = [(a, b, c) for a in steps[:6] for b in steps if b >= a for c in steps if c >= b]
    return max(sum(_by_words(share, limits) in labels for share, labels in shares) for limits in grid) / len(pairs)


def measure_pairs(path: Path = PAIRS, *, is_verbose: bool = False) -> tuple[int, Counter[tuple[str, str]]]:
    """Return how many pairs of a file are right, and the counts of (expected, found)."""
    bases, pairs = load_pairs(path)
    confusion: Counter[tuple[str, str]] = Counter()
    n_right = 0
    for pair in pairs:
        decision = decide_pair(pair, bases, path=path)
        is_right = decision.label.value in pair["label"]
        n_right += is_right
        confusion[(pair["label"][0], decision.label.value)] += 1
        if is_verbose and not is_right:
            print(f"- {pair['id']}: {decision.label.value} for {'/'.join(pair['label'])}; {pair.get('why', '')}")
            for reason in decision.reasons:
                print(f"    {reason.step} {reason.score} {reason.text}")
    return n_right, confusion


def _stored(number: int, text: str) -> StoredArticle:
    article = Article("", "", "", "", text)
    reading = read(article)
    names = Counter(mention.entity.key for mention in reading.mentions)
    terms = content_terms(text, reading.language)
    return StoredArticle(number, article, 1, Label.NEW, NOW, reading.language, dict(names), terms, (reading.signature,))


def novelty_score(target: str, sources: Sequence[str]) -> float:
    """Return how much of a text is new against texts on the same event, 0 to 1: the share of words not yet covered."""
    stored = [_stored(number, text) for number, text in enumerate(sources, 1)]
    seen = {term for one in stored for term in one.term_counts}
    ours = set(content_terms(target))
    return len(ours - seen) / max(1, len(ours))


def _rank(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    for rank, place in enumerate(order):
        ranks[place] = float(rank)
    return ranks


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the rank correlation; ties are broken by position."""
    ours, theirs = _rank(one), _rank(other)
    mean = (len(ours) - 1) / 2
    covariance = sum((a - mean) * (b - mean) for a, b in zip(ours, theirs, strict=True))
    return covariance / max(1e-9, sum((a - mean) ** 2 for a in ours))


def main(argv: Sequence[str]) -> int:
    """Print the tables; return 0."""
    parser = argparse.ArgumentParser(prog="novelty", description=__doc__)
    parser.add_argument("--data", help="folder with novelty/novelty.jsonl.gz")
    parser.add_argument("--verbose", action="store_true", help="show what is wrong and why")
    parser.add_argument("--sets", nargs="*", choices=list(SETS), help="only these files of pairs")
    options = parser.parse_args(argv)
    total: Counter[tuple[str, str]] = Counter()
    sums: dict[str, Counter[str]] = {}
    rows: list[list[object]] = []
    for name in options.sets or SETS:
        bases, pairs = load_pairs(GOLDEN / name)
        n_right, confusion = measure_pairs(GOLDEN / name, is_verbose=options.verbose)
        total += confusion
        traps = sum(bool(pair.get("is_trap")) for pair in pairs)
        rows.append([name, SETS[name], len(pairs), traps, n_right / len(pairs), _best_by_words(pairs, bases)])
        sums.setdefault(SETS[name], Counter()).update(n=len(pairs), traps=traps, right=n_right)
    rows += [["in all", seen, one["n"], one["traps"], one["right"] / one["n"], ""] for seen, one in sums.items()]
    columns = ["pairs", "", "n", "traps", "accuracy", "share of unseen words, best thresholds"]
    print(render_table(columns, rows))
    print()
    print(render_table(["an editor says", "found", "pairs"], [[*key, n] for key, n in sorted(total.items())]))
    path = data_folder(options.data) / "novelty" / "novelty.jsonl.gz"
    if path.exists():
        table = read_rows(path)
        scores = [novelty_score(row["target_text"], row["source_texts"]) for row in table]
        gold = [float(row["sentence_novelty"]) for row in table]
        print(f"\nShare of new words and share of new sentences, {len(table)} articles: {spearman(scores, gold):.3f}")
    return 0
