"""Passages: writing the full-text index.

Owns how an article is cut into passages and which words stand in the index. Must never search: that is
``storage.search``'s. The index keeps no text of its own; to take a passage out, its words are made again, and the check
of the row proves that they are the same. If a newer stemmer makes other ones, the old entry is left behind: no row
belongs to its number any more, so that no search shows it.

Reprints are not indexed: an answer would quote the same sentence twice.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.engine import Connection

from news.model import Article, Sentence
from news.reports.furniture import without_furniture
from news.stories.profiles import count_terms
from news.words.text import stem_words
from storage.bulk import driver_of, write_rows
from storage.quick import fetch_rows
from storage.schema import PASSAGES

SHIFT = 10
"""Bits of a passage's id that are its place in the article."""

MAX_PASSAGES = 1 << SHIFT
_SENTENCES = 3
_MAX_TERM = 64
_MAX_TITLE = 300

_ADD_WORDS = "INSERT INTO passage_words (rowid, terms, title) VALUES (?, ?, ?)"
_DROP_WORDS = "INSERT INTO passage_words (passage_words, rowid, terms, title) VALUES ('delete', ?, ?, ?)"
_OF_ARTICLE = (
    select(PASSAGES).where(PASSAGES.c.id.between(bindparam("first"), bindparam("last"))).order_by(PASSAGES.c.id)
)
_INSERT = insert(PASSAGES)
_COLUMNS = ("id", "first_sentence", "last_sentence", "start", "end", "check")


class Passage(NamedTuple):
    """Up to three sentences of one paragraph; offsets into the article's text, last sentence included."""

    first_sentence: int
    last_sentence: int
    start: int
    end: int


def split_passages(sentences: Sequence[Sentence]) -> list[Passage]:
    """Return the passages in order; beyond ``MAX_PASSAGES``, the last one takes all that is left."""
    passages = list(_iter_passages(sentences))
    if len(passages) > MAX_PASSAGES:
        rest = passages[MAX_PASSAGES - 1 :]
        last = Passage(rest[0].first_sentence, rest[-1].last_sentence, rest[0].start, rest[-1].end)
        passages[MAX_PASSAGES - 1 :] = [last]
    return passages


def _iter_passages(sentences: Sequence[Sentence]) -> Iterator[Passage]:
    for _, group in groupby(sentences, key=lambda sentence: sentence.paragraph):
        paragraph = list(group)
        for start in range(0, len(paragraph), _SENTENCES):
            part = paragraph[start : start + _SENTENCES]
            yield Passage(part[0].index, part[-1].index, part[0].start, part[-1].end)


def first_id(article_id: int) -> int:
    """Return the smallest id that a passage of the article may have."""
    return article_id << SHIFT


def count_terms_of(article: Article, language: str) -> dict[str, int]:
    """Return the content terms of title and text; remembered for the last few articles, as several steps ask."""
    bare = without_furniture(article)
    return _count_terms_of(bare.title, bare.text, language)


@lru_cache(maxsize=8)
def _count_terms_of(title: str, body: str, language: str) -> dict[str, int]:
    counts = count_terms(title, body, language)
    return {term: n for term, n in counts.items() if len(term) <= _MAX_TERM}


def _words_of(passage: Passage, *, body: str, title: str, language: str) -> dict[str, str]:
    terms = " ".join(stem_words(body[passage.start : passage.end], language))
    return {"terms": terms, "title": _title_words(title[:_MAX_TITLE], language)}


@lru_cache(maxsize=8)
def _title_words(title: str, language: str) -> str:
    return " ".join(stem_words(title, language))


def _check(words: Mapping[str, str]) -> int:
    return zlib.crc32(f"{words['terms']}\n{words['title']}".encode("utf-8", "surrogatepass"))


class Indexed(NamedTuple):
    """Passages as they are written, their ids without that of the article.

    Attributes:
        rows: place, first sentence, last sentence, start, end, check.
        words: place, stems of the passage, stems of the title.
    """

    rows: tuple[tuple[int, ...], ...]
    words: tuple[tuple[int, str, str], ...]


def index_passages(article: Article, sentences: Sequence[Sentence], language: str) -> Indexed:
    """Return the passages of an article with the words by which they are found."""
    rows, index = [], list[tuple[int, str, str]]()
    for place, passage in enumerate(split_passages(sentences)):
        words = _words_of(passage, body=article.text, title=article.title, language=language)
        rows.append((place, *passage, _check(words)))
        index.append((place, words["terms"], words["title"]))
    return Indexed(tuple(rows), tuple(index))


def add_passages(connection: Connection, article_id: int, indexed: Indexed) -> None:
    """Write the passages of an article into table and index."""
    first = first_id(article_id)
    write_rows(connection, _INSERT, _COLUMNS, [(first + place, *row) for place, *row in indexed.rows])
    if indexed.words:
        driver_of(connection).executemany(_ADD_WORDS, [(first + place, *words) for place, *words in indexed.words])


def recall_passages(
    connection: Connection, article_id: int, article: Article, language: str
) -> tuple[tuple[int, str, str], ...]:
    """Return id and words of the passages of an article, made again from the text that they were made from.

    Remembered for the last few, so that who asks before the writer's lock is taken has them ready under it.
    """
    values = {"first": first_id(article_id), "last": first_id(article_id + 1) - 1}
    return _recall(tuple(fetch_rows(connection, _OF_ARTICLE, values)), article.title, article.text, language)


@lru_cache(maxsize=4)
def _recall(
    rows: tuple[tuple[int, ...], ...], title: str, body: str, language: str
) -> tuple[tuple[int, str, str], ...]:
    found = []
    for number, first_sentence, last_sentence, start, end, check in rows:
        passage = Passage(first_sentence, last_sentence, start, end)
        words = _words_of(passage, body=body, title=title, language=language)
        if _check(words) == check:
            found.append((number, words["terms"], words["title"]))
    return tuple(found)


def drop_passages(connection: Connection, article_id: int, article: Article, language: str) -> None:
    """Take the passages of an article out; ``article`` has the text that they were made from."""
    index = recall_passages(connection, article_id, article, language)
    if index:
        driver_of(connection).executemany(_DROP_WORDS, index)
    ours = PASSAGES.c.id.between(first_id(article_id), first_id(article_id + 1) - 1)
    connection.execute(delete(PASSAGES).where(ours))
