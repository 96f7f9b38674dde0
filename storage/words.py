"""Asking the full-text index which passages have which words.

Owns the language of FTS5 queries and their safety: whatever is asked goes in as quoted strings, in which FTS5 knows no
operator, so that no text can be taken for a query. Must never rank: that is ``storage.search``'s.

The index holds stems. What is asked may be words or stems, in any language, so each is looked up as it stands and
as its stem in each language that shares its script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Connection

from news.words.text import fold, stem_words
from storage.passages import SHIFT
from storage.quick import fetch_rows

MAX_WORD = 64
MAX_WORDS_OF_PHRASE = 12

_LATIN = ("en", "es")
_CYRILLIC = ("ru",)
_CYRILLIC_LETTER = re.compile("[\u0400-\u04ff]")
_FOUND = "FROM passage_words WHERE passage_words MATCH :query AND rowid >= :oldest ORDER BY rowid DESC LIMIT :limit"
_NEWEST = text(f"SELECT rowid {_FOUND}")
_ARTICLES = text(f"SELECT rowid >> {SHIFT} {_FOUND}")


def quote(words: Sequence[str]) -> str:
    """Return an FTS5 string of words that must stand next to each other; empty if nothing can be asked."""
    phrase = " ".join(filter(None, map(_letters_of, words[:MAX_WORDS_OF_PHRASE])))
    return f'"{phrase}"' if phrase else ""


def _letters_of(word: str) -> str:
    word = word[:MAX_WORD]
    return word if word.isalnum() else re.sub(r"[\W_]+", " ", word).strip()


def list_forms(words: str) -> list[tuple[str, ...]]:
    """Return the ways in which words may stand in the index: as stems of each likely language, and as they are."""
    words = words[: MAX_WORD * MAX_WORDS_OF_PHRASE]
    languages = _CYRILLIC if _CYRILLIC_LETTER.search(words) else _LATIN
    stems = [stem_words(words, language) for language in languages]
    return list(dict.fromkeys(form for form in (*stems, tuple(fold(words).split())) if form))


def any_of(phrases: Iterable[str]) -> str:
    """Return the query for passages with at least one of the quoted phrases; empty if there are none."""
    return " OR ".join(dict.fromkeys(phrase for phrase in phrases if phrase))


def phrase_query(words: str, stems: Sequence[str] = (), *, column: str = "") -> str:
    """Return the query for passages in which the words stand next to each other in any of their forms.

    ``stems`` are a form already known; ``column`` is ``terms`` or ``title``, empty takes both.
    """
    query = any_of(map(quote, (tuple(stems), *list_forms(words))))
    return f"{column} : ({query})" if column and query else query


def find_rows(connection: Connection, query: str, *, limit: int, oldest: int = 0) -> list[int]:
    """Return the ids of the newest passages that a query finds, newest first, none smaller than ``oldest``."""
    if not query:
        return []
    values = {"query": query, "limit": limit, "oldest": oldest}
    return list(connection.execute(_NEWEST, values).scalars())


def list_newest(connection: Connection, phrase: str, *, oldest: int, limit: int) -> list[tuple[Any, ...]]:
    """Return one row for each of the newest passages with a quoted phrase, newest first, from ``oldest`` on.

    It is the id of the article that the passage stands in.
    """
    return fetch_rows(connection, _ARTICLES, {"query": phrase, "oldest": oldest, "limit": limit})
