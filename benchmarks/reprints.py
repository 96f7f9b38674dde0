"""How surely a reprint is told from another article on the same event: pairs made from the development articles.

Positives are each article after an operation that a feed or a copying outlet does to it; negatives are pairs of
different articles on one event. Articles of one event that are copies of each other in the data itself (three quarters
of the words in the same order) are left out of the negatives, and counted.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from difflib import SequenceMatcher
from itertools import combinations
from typing import Any

from benchmarks.stories import NOW, MemoryStore, data_folder, make_article, read_rows
from news.decision import Candidates, Label, StoredArticle
from news.model import Article, Reading
from news.novelty import decide
from news.reading import read
from news.words.fingerprint import resemblance, sign

Operation = Callable[[Article, random.Random], Article]

_COMMENTS = (
    "I was there and it was nothing like what you write.",
    "Why do we only hear of this now? Somebody should lose a job over it!",
    "My brother says the same thing happened to him last summer.",
    "You people never learn. I told you so.",
    "Thanks for the reporting, keep it up.",
)
_FURNITURE = "Home » World » News\n\nShare this article\n\nSign up for our newsletter"


def _edit_words(article: Article, noise: random.Random, share: float = 0.1) -> Article:
    """Replace, drop or double so many of the words, the replacements drawn from the article itself."""
    words = re.split(r"(\s+)", article.text)
    plain = [word for word in words if word.isalpha()]
    for place in range(0, len(words), 2):
        if plain and noise.random() < share:
            words[place] = noise.choice((noise.choice(plain), "", f"{words[place]} {noise.choice(plain)}"))
    return replace(article, text="".join(words))


def _surround(article: Article, noise: random.Random) -> Article:
    comments = "\n\n".join(f"{n}. reader{noise.randrange(999)} says\n\n{text}" for n, text in enumerate(_COMMENTS, 1))
    return replace(article, text=f"{_FURNITURE}\n\n{article.text}\n\nComments\n\n{comments}")


def _cut(article: Article, _: random.Random) -> Article:
    return replace(article, text=article.text[: len(article.text) // 3].rsplit(" ", 1)[0])


def _rename(article: Article, _: random.Random) -> Article:
    return replace(article, title="Another headline", outlet="Another Paper", source_id="other", url="")


def _years_later(article: Article, _: random.Random) -> Article:
    published = article.published_at or NOW - timedelta(days=4000)
    return replace(article, published_at=published + timedelta(days=1500), outlet="Another Paper")


def _edit_and_surround(article: Article, noise: random.Random) -> Article:
    return _surround(_edit_words(article, noise), noise)


OPERATIONS: dict[str, Operation] = {
    "other title, outlet, guid": _rename,
    "10 % of the words edited": _edit_words,
    "comments and furniture around it": _surround,
    "first third": _cut,
    "years later": _years_later,
    "edited and surrounded": _edit_and_surround,
}


def _decide_on(store: MemoryStore, article: Article) -> tuple[Label, int | None]:
    reading = read(article)
    candidates: Candidates = store.find_candidates(article, reading)
    decision = decide(article, reading, candidates, now=article.published_at or NOW)
    return decision.label, decision.duplicate_of


def _store(store: MemoryStore, article: Article) -> tuple[StoredArticle, Reading]:
    reading = read(article)
    candidates = store.find_candidates(article, reading)
    decision = decide(article, reading, candidates, now=article.published_at or NOW)
    return store.add(article, reading, decision), reading


def _is_copy(one: str, other: str) -> bool:
    ours, theirs = one.casefold().split(), other.casefold().split()
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= 4) >= 0.5 * min(len(ours), len(theirs))


def _negatives(rows: Sequence[dict[str, Any]], limit: int, noise: random.Random) -> list[tuple[Article, Article]]:
    groups: dict[str, list[Article]] = defaultdict(list)
    for row in rows:
        groups[row["story"]].append(make_article(row))
    pairs = [pair for group in groups.values() for pair in combinations(group, 2)]
    noise.shuffle(pairs)
    return pairs[:limit]


def _print_widths(rows: Sequence[dict[str, Any]], noise: random.Random) -> None:
    """Print what the sketch alone gives at each width of shingle; needs no deciding."""
    import news.words.fingerprint as room  # noqa: PLC0415 - the width is set for this table only

    print("| threshold | recall, words edited | recall, first third | other articles |\n|---|---|---|---|")
    articles = [make_article(row) for row in rows]
    negatives = [pair for pair in _negatives(rows, 2000, noise) if not _is_copy(pair[0].text, pair[1].text)]
    edited = [(a, _edit_words(a, noise)) for a in articles]
    cut = [(a, _cut(_edit_words(a, noise), noise)) for a in articles]
    for limit in (0.4, 0.5, 0.55, 0.6, 0.65):
        shares = [
            sum(resemblance(sign(a.text), sign(b.text)) >= limit for a, b in pairs) / len(pairs)
            for pairs in (edited, cut, negatives)
        ]
        print(f"| {limit} | {shares[0]:.3f} | {shares[1]:.3f} | {shares[2]:.4f} |")
    print(f"\nshingles of {room.SHINGLE_WORDS} words, {len(negatives)} pairs of other articles")


def main(argv: Sequence[str]) -> int:
    """Print the tables; return 0, or 1 if the data is missing."""
    parser = argparse.ArgumentParser(prog="reprints", description=__doc__)
    parser.add_argument("--data", help="folder with stories/stories.jsonl.gz")
    parser.add_argument("--limit", type=int, default=200, help="articles to make copies of")
    parser.add_argument("--sketch", action="store_true", help="only the fingerprint, at several thresholds")
    parser.add_argument("--verbose", action="store_true", help="show what is wrong")
    options = parser.parse_args(argv)
    path = data_folder(options.data) / "stories" / "stories.jsonl.gz"
    if not path.exists():
        print(f"no data: {path} is missing; name its folder with --data")
        return 1
    rows, noise = read_rows(path), random.Random(5)
    if options.sketch:
        _print_widths(rows, noise)
        return 0
    return _measure(rows[: options.limit], noise, is_verbose=options.verbose)


def _measure(rows: Sequence[dict[str, Any]], noise: random.Random, *, is_verbose: bool) -> int:
    store, originals = MemoryStore(), []
    for row in rows:
        stored, _ = _store(store, make_article(row))
        originals.append(stored)
    n_found = n_asked = 0
    print("| operation | found | of | recall |\n|---|---|---|---|")
    for name, operation in OPERATIONS.items():
        answers = [(one, _decide_on(store, operation(one.article, noise))) for one in originals]
        wrong = [(one, label) for one, (label, _) in answers if label is not Label.REPRINT]
        n_right = len(answers) - len(wrong)
        n_found, n_asked = n_found + n_right, n_asked + len(answers)
        print(f"| {name} | {n_right} | {len(answers)} | {n_right / len(answers):.3f} |", flush=True)
        if is_verbose:
            print("\n".join(f"- {label.value}: {one.id} {one.article.text[:80]!r}" for one, label in wrong))
    _measure_negatives(rows, noise, (n_found, n_asked), is_verbose=is_verbose)
    return 0


def _measure_negatives(
    rows: Sequence[dict[str, Any]], noise: random.Random, found: tuple[int, int], *, is_verbose: bool
) -> None:
    pairs = _negatives(rows, 600, noise)
    kept = [pair for pair in pairs if not _is_copy(pair[0].text, pair[1].text)]
    n_wrong = 0
    for here, there in kept:
        store = MemoryStore()
        _store(store, there)
        label, _ = _decide_on(store, here)
        n_wrong += label is Label.REPRINT
        if is_verbose and label is Label.REPRINT:
            print(f"- taken for a copy: {here.text[:80]!r} of {there.text[:80]!r}")
    n_found, n_asked = found
    print("\n| recall | precision | other articles on one event | copies in the data, left out |\n|---|---|---|---|")
    print(f"| {n_found / n_asked:.3f} | {n_found / (n_found + n_wrong):.3f} | {len(kept)} | {len(pairs) - len(kept)} |")
