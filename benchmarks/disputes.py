"""How often a contradiction is found, and how often what is found is one, on our own pairs of articles.

The pairs stand in ``tests/golden/dispute_pairs_*.toml``: a stored article, a new one, and whether an editor would say
that they contradict each other, and on which slot. Beside it stands what the share of unseen words gives, with the
thresholds that suit it best on these very pairs, and what a comparison of all numbers gives.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from benchmarks.novelty import GOLDEN, article_of, open_store
from benchmarks.own_sets import DISPUTES as SETS
from benchmarks.stories import NOW
from benchmarks.table import render_table
from news.decision import Decision
from news.novelty import decide
from news.reading import read
from news.words.text import content_terms

_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_STEPS = [step / 20 for step in range(1, 20)]


@cache
def load_dispute_pairs(name: str) -> tuple[dict[str, Any], ...]:
    """Return the pairs of one set, known by its letter, in order."""
    text = (GOLDEN / f"dispute_pairs_{name}.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["pair"])


def decide_dispute(pair: Mapping[str, Any]) -> Decision:
    """Return the decision on the new article of a pair; the store holds the other one and nothing else."""
    stored, article = article_of(pair["stored"]), article_of(pair["new"])
    reading = read(article)
    store = open_store([(stored, read(stored))])
    return decide(article, reading, store.find_candidates(article, reading), now=article.published_at or NOW)


def _judge(pairs: Sequence[Mapping[str, Any]], found: Sequence[bool]) -> tuple[float, float, float]:
    """Return precision, recall and accuracy."""
    gold = [bool(pair["is_disputed"]) for pair in pairs]
    both = sum(one and other for one, other in zip(gold, found, strict=True))
    right = sum(one == other for one, other in zip(gold, found, strict=True))
    return both / max(1, sum(found)), both / max(1, sum(gold)), right / len(pairs)


def _unseen(pair: Mapping[str, Any]) -> float:
    ours, theirs = set(content_terms(pair["new"]["text"])), set(content_terms(pair["stored"]["text"]))
    return len(ours - theirs) / max(1, len(ours))


def _by_words(pairs: Sequence[Mapping[str, Any]]) -> list[bool]:
    """Return the best verdicts that two thresholds on the share of unseen words can give: low < share < high."""
    shares = [_unseen(pair) for pair in pairs]
    grid = [[low <= share < high for share in shares] for low in (0.0, *_STEPS) for high in (*_STEPS, 1.01)]
    return max(grid, key=lambda found: _judge(pairs, found)[2])


def _by_numbers(pair: Mapping[str, Any]) -> bool:
    ours, theirs = set(_NUMBER.findall(pair["new"]["text"])), set(_NUMBER.findall(pair["stored"]["text"]))
    return bool(ours and theirs) and not ours <= theirs and not theirs <= ours


def main(argv: Sequence[str]) -> int:
    """Print the tables; return 0."""
    parser = argparse.ArgumentParser(prog="bench disputes", description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="show what is wrong and why")
    parser.add_argument("--sets", default="".join(SETS), help="which sets of pairs, such as a")
    options = parser.parse_args(argv)
    rows: list[list[object]] = []
    slots: Counter[tuple[str, str]] = Counter()
    in_all: dict[str, tuple[list[Mapping[str, Any]], list[bool]]] = {}
    for name in options.sets:
        pairs = load_dispute_pairs(name)
        decisions = [decide_dispute(pair) for pair in pairs]
        ways = {
            "Wirewatch": [bool(decision.disputes) for decision in decisions],
            "share of unseen words, best thresholds": _by_words(pairs),
            "other numbers": [_by_numbers(pair) for pair in pairs],
            "always": [True] * len(pairs),
        }
        rows += [[f"{name}, {SETS[name]}", way, len(pairs), *_judge(pairs, found)] for way, found in ways.items()]
        together = in_all.setdefault(SETS[name], ([], []))
        together[0].extend(pairs)
        together[1].extend(ways["Wirewatch"])
        for pair, decision in zip(pairs, decisions, strict=True):
            slot = decision.disputes[0].kind.value if decision.disputes else "none"
            slots[(pair["slot"] if pair["is_disputed"] else "none", slot)] += 1
            if options.verbose and bool(decision.disputes) is not bool(pair["is_disputed"]):
                _explain(pair, decision)
    rows += [
        [f"in all, {seen}", "Wirewatch", len(all_), *_judge(all_, found)] for seen, (all_, found) in in_all.items()
    ]
    print(render_table(["pairs", "by", "n", "precision", "recall", "accuracy"], rows))
    print()
    print(render_table(["an editor says", "found", "pairs"], [[*key, n] for key, n in sorted(slots.items())]))
    return 0


def _explain(pair: Mapping[str, Any], decision: Decision) -> None:
    wanted = f"disputed {pair['slot']}" if pair["is_disputed"] else "agreed"
    print(f"- {pair['id']}: {decision.label.value} for {wanted}; {pair['why']}")
    for reason in decision.reasons:
        print(f"    {reason.step} {reason.score} {reason.text}")
