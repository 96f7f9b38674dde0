"""Finding and answering: hits@k and MRR@10 of the articles, exact match and F1 of short answers, and abstention.

    python -m benchmarks questions [--data FOLDER] [--misses]

FOLDER holds ``questions/articles.jsonl.gz`` and ``questions/questions.jsonl.gz`` (RealTime QA, Kasai et al. 2022).
Passages, words and ranking are the program's; the index is BM25 in memory, as SQLite computes it (k1 1.2, b 0.75,
titles at 0.3), so that nothing but ``news`` is measured. Each question sees articles up to its own date. Beside it
runs BM25 over whole articles.

Abstention is shown for the questions as they are, and for the same questions with the pool cut off a year before they
were asked, where the right thing is to say nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from math import log
from pathlib import Path
from typing import Any

from benchmarks.stories import data_folder
from news.answers.answer import Answer, answer, make_query
from news.answers.retrieval import PassageHit, PassageQuery
from news.names.entities import lookup
from news.words.text import clean_text, split_sentences, stem_words

_K1, _B, _TITLE = 1.2, 0.75, 0.3
_MOST_WORDS = 16
_SENTENCES = 3
_ARTICLES = re.compile(r"\b(a|an|the)\b")
_MARKS = re.compile(r"[^\w\s]|_")

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Document:
    """A text to be found: a passage, or a whole article."""

    row: Row
    number: int
    first_sentence: int
    text: str


class MemoryIndex:
    """BM25 over documents with their titles."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._lengths: list[int] = []
        for at, document in enumerate(documents):
            words = Counter(stem_words(document.text))
            self._lengths.append(words.total())
            weighed: dict[str, float] = defaultdict(float, words)
            for word in stem_words(document.row["title"] or ""):
                weighed[word] += _TITLE
            for word, count in weighed.items():
                self._postings[word].append((at, count))
        self._mean = sum(self._lengths) / len(self._lengths)

    def search(self, query: PassageQuery) -> list[PassageHit]:
        """Return the best passages, best first."""
        known = sorted(
            (word for word in query.words if word in self._postings), key=lambda word: len(self._postings[word])
        )
        scores: dict[int, float] = defaultdict(float)
        for word in known[:_MOST_WORDS]:
            postings = self._postings[word]
            rarity = max(1e-6, log((len(self._documents) - len(postings) + 0.5) / (len(postings) + 0.5)))
            for at, count in postings:
                norm = _K1 * (1 - _B + _B * self._lengths[at] / self._mean)
                scores[at] += rarity * count * (_K1 + 1) / (count + norm)
        until = str(query.until or date.max)
        found = (
            at for at in sorted(scores, key=lambda at: -scores[at]) if self._documents[at].row["published_at"] <= until
        )
        return [self._hit(at, scores[at]) for at, _ in zip(found, range(query.limit), strict=False)]

    def _hit(self, at: int, score: float) -> PassageHit:
        document = self._documents[at]
        row = document.row
        published_at = datetime.fromisoformat(row["published_at"]).replace(tzinfo=UTC)
        return PassageHit(
            document.number, row["id"], 0, row["outlet"], row["title"] or "", row["url"], published_at,
            document.first_sentence, document.text, score,
        )  # fmt: skip


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a JSON Lines file, compressed with gzip."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def cut_passages(number: int, row: Row) -> Iterable[Document]:
    """Yield up to three sentences of one paragraph at a time."""
    text = clean_text(row["text"])
    paragraphs: dict[int, list[Any]] = defaultdict(list)
    for sentence in split_sentences(text):
        paragraphs[sentence.paragraph].append(sentence)
    for sentences in paragraphs.values():
        for at in range(0, len(sentences), _SENTENCES):
            part = sentences[at : at + _SENTENCES]
            yield Document(row, number, part[0].index, text[part[0].start : part[-1].end])


def rank_of(ids: Iterable[str], gold: Iterable[str]) -> int | None:
    """Return the place of the first right article, from 1, or None."""
    wanted = set(gold)
    return next((place for place, each in enumerate(dict.fromkeys(ids), 1) if each in wanted), None)


def show_ranks(name: str, ranks: Sequence[int | None]) -> None:
    """Print hits@k and MRR@10."""
    cells = [
        f"@{depth} {sum(bool(rank and rank <= depth) for rank in ranks) / len(ranks):.3f}" for depth in (1, 4, 5, 10)
    ]
    mrr = sum(1 / rank for rank in ranks if rank and rank <= 10) / len(ranks)
    print(f"{name:<28} {'  '.join(cells)}  MRR@10 {mrr:.3f}")


def words_of(text: str) -> list[str]:
    """Return the words of an answer as SQuAD compares them."""
    return _ARTICLES.sub(" ", _MARKS.sub(" ", text.casefold())).split()


def token_f1(given: str, right: str) -> float:
    """Return F1 of the words that two answers share."""
    ours, theirs = Counter(words_of(given)), Counter(words_of(right))
    shared = (ours & theirs).total()
    return 2 * shared / (ours.total() + theirs.total()) if shared else 0.0


def ask(index: MemoryIndex, row: Row, until: date) -> Answer:
    """Return the program's answer."""
    query = make_query(row["question"], lookup, until=until)
    return answer(row["question"], query, index.search(query))


def show_answers(answers: Sequence[tuple[Row, Answer]]) -> None:
    """Print how good short answers are, and how often there is none."""
    free = [pair for pair in answers if not pair[0]["question"].lower().strip()[-10:].count("except")]
    given = [(row, each.answer) for row, each in free if each.answer is not None]
    right = [(row["choices"][row["answer_index"]], text) for row, text in given]
    scores = [token_f1(text, choice) for choice, text in right]
    n_exact = sum(words_of(text) == words_of(choice) for choice, text in right)
    print(
        f"short answers: {len(given)} of {len(free)}; EM {n_exact / len(free):.3f}, F1 {sum(scores) / len(free):.3f}; "
        f"of those given EM {n_exact / max(1, len(given)):.3f}, F1 {sum(scores) / max(1, len(given)):.3f}"
    )


def share_abstained(answers: Iterable[tuple[Row, Answer]]) -> str:
    """Return how many answers are none, as words."""
    flags = [each.abstained for _, each in answers]
    return f"{sum(flags)} of {len(flags)} ({sum(flags) / max(1, len(flags)):.2f})"


def timed(name: str, work: Callable[[], list[tuple[Row, Answer]]]) -> list[tuple[Row, Answer]]:
    """Run and say how long one question took."""
    started = time.perf_counter()
    done = work()
    print(f"{name}: {1000 * (time.perf_counter() - started) / len(done):.0f} ms a question, search included")
    return done


def main(argv: Sequence[str]) -> int:
    """Run the benchmark; 2 if the data is not there."""
    parser = argparse.ArgumentParser(prog="benchmarks questions")
    parser.add_argument("--data", help="folder with questions/")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args(argv)
    folder = data_folder(options.data) / "questions"
    if not folder.is_dir():
        print(f"no data: {folder} is missing; name its folder with --data")
        return 2
    pool = read_rows(folder / "articles.jsonl.gz")
    rows = read_rows(folder / "questions.jsonl.gz")
    asked = [row for row in rows if row["gold_article_ids"]]
    whole = MemoryIndex([Document(row, number, 0, clean_text(row["text"])) for number, row in enumerate(pool)])
    ranks = []
    for row in asked:
        query = make_query(row["question"], lookup, until=date.fromisoformat(row["date"]))
        ranks.append(rank_of((hit.article_ref for hit in whole.search(query)), row["gold_article_ids"]))
    show_ranks("BM25 over whole articles", ranks)
    del whole
    index = MemoryIndex([each for number, row in enumerate(pool) for each in cut_passages(number, row)])
    run(index, rows, is_loud=options.misses)
    return 0


def run(index: MemoryIndex, rows: Sequence[Row], *, is_loud: bool) -> None:
    """Print all figures of the program."""
    answers = timed("Wirewatch", lambda: [(row, ask(index, row, date.fromisoformat(row["date"]))) for row in rows])
    found = [(row, each) for row, each in answers if row["gold_article_ids"]]
    show_ranks(
        "Wirewatch",
        [rank_of((hit.article_ref for hit in each.passages), row["gold_article_ids"]) for row, each in found],
    )
    show_answers(answers)
    year = timedelta(days=365)
    earlier = [(row, ask(index, row, date.fromisoformat(row["date"]) - year)) for row in rows]
    print(f"abstains: with the article in the pool {share_abstained(found)}, all {share_abstained(answers)}, ", end="")
    print(f"with the pool cut off a year before {share_abstained(earlier)}")
    if is_loud:
        for row, each in found:
            right = row["choices"][row["answer_index"]]
            print(f"- {row['question']}\n    wanted {right!r}, got {each.answer!r}; {each.reason}")
            print("".join(f"    > {sentence.text[:200]}\n" for sentence in each.sentences[:1]), end="")
