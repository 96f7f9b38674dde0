"""What the nouns of a text stand for, in whatever words.

Owns the classes of persons, bodies and things by which a retelling names what a story has: the chauffeur is the driver,
the maker the company. Must never weigh what a class is worth; ``news.disputes`` does. The classes stand in
``data/things.toml``; those of acts are ``news.words.turns``'.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import pairwise

from news.tables import load_toml
from news.words.text import stem_words, stop_words

__all__ = ["things_in"]

_MAX_TEXT = 6_000


@cache
def _classes(language: str) -> Mapping[str, frozenset[str]]:
    """Return stem, or stems joined by underscores -> the classes that it names."""
    found: dict[str, set[str]] = {}
    for name, words in load_toml("things.toml").get(language, {}).items():
        for word in str(words).split():
            stems = [stem for part in word.split("_") for stem in stem_words(part, language)]
            found.setdefault("_".join(stems), set()).add(name)
    return {stem: frozenset(names) for stem, names in found.items()}


@lru_cache(maxsize=1 << 11)
def things_in(text: str, language: str = "en") -> Mapping[str, frozenset[str]]:
    """Return the words of a text that name a thing, by stem, each with the classes that it may belong to.

    Empty for languages without a table. Linear in the text, which is cut at 6,000 characters.
    """
    classes = _classes(language or "en")
    if not classes:
        return {}
    stems = stem_words(text[:_MAX_TEXT], language or "en")
    ignored = stop_words(language or "en")
    found = {stem: classes[stem] for stem in stems if stem in classes and stem not in ignored}
    for one, other in pairwise(stems):
        pair = f"{one}_{other}"
        if pair in classes:
            found[pair] = classes[pair]
    return found
