"""How a sentence names somebody else's account: "disputing the toll of six", "police acknowledge 2,000".

Owns the cues (``data/contested.toml``) and where they stand. Must never compare a value with a stored one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from news.reports.tellings import MAX_QUOTE
from news.tables import load_toml
from news.words.measures import measures_in
from news.words.small_letters import any_row
from news.words.text import lower_in_place
from news.words.vocabulary import language_of

__all__ = ["Cue", "cues_of", "find_cue", "flatten", "is_contesting", "knows", "names_earlier"]

_KINDS = ("contest", "others", "keeps")

Cue = tuple[int, int, str]
"""Where a cue stands, from and to, and its kind: ``contest``, ``others`` or ``keeps``."""


@cache
def cues_of(language: str, name: str) -> re.Pattern[str]:
    """Return the cues of one row of the table; of a row that a language lacks, what finds nothing."""
    table: Mapping[str, Mapping[str, str]] = load_toml("contested.toml")
    return any_row(table[language].get(name, ""))


@cache
def knows(language: str) -> bool:
    """Return whether there are cues in a language."""
    return language in load_toml("contested.toml")


def is_contesting(quote: str) -> bool:
    """Return whether a sentence says that it gives its value against somebody else's."""
    return _has(quote, "contest")


def names_earlier(quote: str) -> bool:
    """Return whether a sentence names an earlier value of the same side: "it had first spoken of", "up from"."""
    return _has(quote, "earlier")


@lru_cache(maxsize=1 << 12)
def _has(quote: str, name: str) -> bool:
    language = language_of(quote)
    return knows(language) and bool(cues_of(language, name).search(flatten(quote, language)))


@lru_cache(maxsize=1 << 12)
def find_cue(quote: str) -> Cue | None:
    """Return where a sentence names another account; None where it names none, or takes back its own."""
    language = language_of(quote)
    if not knows(language):
        return None
    text = flatten(quote, language)
    for name in _KINDS:
        found = cues_of(language, name).search(text)
        own = cues_of(language, "own").search(text) if found is not None else None
        if found is not None and not (own is not None and own.start() <= found.start() < own.end()):
            return found.start(), found.end(), name
    return None


def flatten(quote: str, language: str) -> str:
    """Return a sentence in small letters, letter for letter, in which the first word of each number is all digits.

    So "two" is a number as "2" is, and the comma of "6,200" ends no clause.
    """
    text = lower_in_place(quote[:MAX_QUOTE])
    for one in measures_in(quote[:MAX_QUOTE], language):
        if one.bare > 1:
            end = text.find(" ", one.start, one.end)
            end = one.end if end < 0 else end
            text = f"{text[: one.start]}{'0' * (end - one.start)}{text[end:]}"
    return text
