"""The words that count a happening on: "a second blast", "another fire", "attacked again".

Owns reading them from ``data/another.toml``. Must never decide by them: ``accounts`` and ``leads`` do. A thing that is
named after a happening is none ("the new fire station", "a second blast victim"), nor is a town ("a New York fire").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from news.tables import load_toml
from news.words.text import stem_words

__all__ = ["counts_on", "happenings_in"]

_MAX_QUOTE = 1_000
_BETWEEN = r"(?! (?:of|on|in|at|by|for|from|with|after|about|to|the|an?|avenue|street|world)\b) [\w-]{1,20}"
"""A word that may stand between "second" and the noun: one of the same noun phrase."""


@lru_cache(maxsize=1 << 12)
def counts_on(text: str) -> str:
    """Return the words with which a text counts a happening on, as written; "" if it does not.

    Linear in the text, of which the first 1,000 characters are read.
    """
    found = _counting().search(text[:_MAX_QUOTE])
    return found.group() if found is not None else ""


@lru_cache(maxsize=1 << 12)
def happenings_in(text: str, language: str = "en") -> frozenset[str]:
    """Return the kinds of happenings that the words of a text name; empty for languages without a table."""
    kinds = _kinds(language or "en")
    if not kinds:
        return frozenset()
    return frozenset().union(
        *(kinds[stem] for stem in stem_words(text[:_MAX_QUOTE], language or "en") if stem in kinds)
    )


@cache
def _kinds(language: str) -> Mapping[str, frozenset[str]]:
    """Return stem -> the kinds that it names."""
    found: dict[str, set[str]] = {}
    for kind, words in load_toml("another.toml")["happenings"].get(language, {}).items():
        for word in str(words).split():
            stems = stem_words(word, language)
            if len(stems) == 1:
                found.setdefault(stems[0], set()).add(kind)
    return {stem: frozenset(kinds) for stem, kinds in found.items()}


def _all_words(*languages: str) -> str:
    table = load_toml("another.toml")["happenings"]
    return "|".join(word for language in languages for words in table[language].values() for word in words.split())


@cache
def _counting() -> re.Pattern[str]:
    words: Mapping[str, str] = load_toml("another.toml")["counting"]
    heads = "|".join(str(load_toml("another.toml")["compounds"]["heads"]).split())
    nouns = rf"(?:{_all_words('en')})(?:e?s)?\b(?![ -](?:{heads})\b)(?!['’]s? )"
    return re.compile(
        rf"(?i:\b(?:{words['ordinals']})(?:{_BETWEEN}){{0,3}}? {nouns})|"
        rf"\bnew(?:{_BETWEEN})?(?i: {nouns})|"  # "New" opens the name of many a town: "a New York fire"
        rf"(?i:\b(?:{_all_words('en')})e?s?\b[^.;:]{{0,60}}? again\b)|"
        rf"(?i:\b(?:{words['times']})\b)|"
        rf"(?i:\b(?:{words['foreign']}) (?:\w{{3,20}} )?(?:{_all_words('es', 'ru')})\b)|\baftershock\b|\bréplica\b"
    )
