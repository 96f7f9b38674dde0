"""Words for one act, row by row: how much of one sentence is said in another, in the same words or in like ones.

Owns the rows of ``alike`` in ``data/contrast.toml``. Must never say what is denied: ``news.reports.negations`` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from news.tables import load_toml
from news.words.meanings import meanings_in
from news.words.text import stem_words

__all__ = ["cover", "rows", "rows_of"]


def cover(stems: frozenset[str], held: frozenset[str]) -> float:
    """Return the share of stems that are held, or of which another word of the same act is."""
    if not stems:
        return 0.0
    held_rows = rows_of(held)
    return sum(stem in held or bool(rows().get(stem, frozenset()) & held_rows) for stem in stems) / len(stems)


@lru_cache(maxsize=1 << 11)
def rows_of(held: frozenset[str]) -> frozenset[str]:
    """Return the rows that any of these meanings is in."""
    return frozenset().union(*(rows().get(stem, frozenset()) for stem in held))


@cache
def rows() -> Mapping[str, frozenset[str]]:
    """Return meaning -> the rows of like acts that have it."""
    found: dict[str, set[str]] = {}
    for row, words in load_toml("contrast.toml")["alike"].items():
        for word in str(words).split():
            for meaning in (*stem_words(word), *meanings_in(word)):
                found.setdefault(meaning, set()).add(f"alike {row}")
    return {meaning: frozenset(names) for meaning, names in found.items()}
