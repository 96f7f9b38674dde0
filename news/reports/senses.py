"""What one Spanish or Russian word stands for in a sentence that denies something, and the root that it is known by.

Owns the sense of a single word. Must never read a sentence: ``news.reports.negations_abroad`` and
``news.reports.denials_told`` do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from news.tables import load_toml
from news.words.meanings import is_faint, meanings_in
from news.words.text import stem_words

__all__ = ["Sense", "sense_of"]

_ROOT, _LEAST = 6, 4
"""Letters of a root; shorter stems stand for themselves, and the shortest for nothing."""


_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sense:
    """What a word stands for, "" left out, and its root, by which it is known where the vocabulary has it not."""

    meanings: frozenset[str]
    root: str


@lru_cache(maxsize=1 << 13)
def sense_of(word: str, language: str) -> Sense:
    """Return the sense of a word in small letters; no meanings for one that nearly every report has.

    A short Spanish verb in -ó keeps that in its stem: "entró".
    """
    found = meanings_in(word, language)
    if language == "es" and word.endswith("ó") and not word.endswith("ió"):
        found |= meanings_in(f"{word[:-1]}ar", language)
    if not word.endswith(("ся", "сь")):
        found |= next(
            (meanings_in(other, language) for start, other in _alike(language) if word.startswith(start)), _NONE
        )
    stem = stem_words(word, language)[0] if word.isalpha() else ""
    root = stem.replace("ie", "e").replace("ue", "o")[:_ROOT]
    meanings = frozenset(one for one in found if one.isalpha() and not is_faint(one))
    return Sense(meanings, root if len(root) >= _LEAST else "")


@cache
def _alike(language: str) -> tuple[tuple[str, str], ...]:
    """Return beginnings of words, each with the word whose meanings they have besides: "увол" of "уволила"."""
    rows = load_toml("denials.toml").get(language, {}).get("alike", "")
    return tuple((start, other) for start, _, other in (row.partition("=") for row in str(rows).split()))
