"""Whether one name is that of a country or town and the other that of its people: "Mauritania", "Mauritanian".

Owns that question by the form of the words, for names that no table knows, and which country a word names or is of.
Must never say that two names are of two.
"""

from __future__ import annotations

import re
from functools import lru_cache

from news.model import EntityKind
from news.names.entities import lookup
from news.words.text import fold

__all__ = ["country_of_word", "is_of_people"]

_LEAST = 4
_DROPPED = 2
_ENDING = re.compile(r"(?:\w?i?an|n|ean|ese|ish|i|ic|er|o|a|ano|ana|eno|ena|ense|es|esa|ski[йеяхм]?|ск\w{1,3})s?$")


def is_of_people(one: str, other: str) -> bool:
    """Return whether one of two single names is made of the other as the names of peoples are."""
    known = [{entity.key for entity in lookup(name)} for name in (one, other)]
    if all(known):
        return bool(known[0] & known[1])
    short, long = sorted((fold(one), fold(other)), key=len)
    if " " in long or len(short) < _LEAST:
        return False
    root = short[: max(_LEAST, len(short) - _DROPPED)]
    return long.startswith(root) and bool(_ENDING.fullmatch(long[len(root) :]))


@lru_cache(maxsize=1 << 12)
def country_of_word(word: str) -> str:
    """Return the key of the country that a word names or is the adjective of ("Russian"); empty for none."""
    found = lookup(word)
    is_country = bool(found) and found[0].kind is EntityKind.PLACE and not found[0].within
    return found[0].key if is_country else ""
