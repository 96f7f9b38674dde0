"""Whether a figure counts people, by its noun or by the words behind it.

Owns the nouns of people of ``data/frames.toml`` and the sorts of them. Must never say what befell them:
``news.disputes.frames.parts`` does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from news.tables import load_toml
from news.words.quantity_words import quantity_words
from news.words.text import fold
from news.words.things import things_in

__all__ = ["is_of_people", "sort_of"]

_PEOPLE = frozenset({
    "driver", "pilot", "crew", "passenger", "engineer", "scholar", "student", "teacher", "child", "elder", "family",
    "doctor", "patient", "victim", "worker", "boss", "lawmaker", "diplomat", "police", "soldier", "gunman", "thief",
    "suspect", "captive", "agent", "lawyer", "judge", "firefighter", "villager", "farmer", "fisherman", "voter",
    "protester", "striker", "athlete", "actor", "singer", "author", "artist", "priest", "tourist", "migrant", "climber",
    "miner", "customer",
})  # fmt: skip
_FINITE = re.compile(r"\w{3,}(?:aron|ieron|eron|ли|лись|ены|аны)")
"""Verbs and short participles of Spanish and Russian right behind a figure that counts nothing else."""


@cache
def _sorts() -> Mapping[str, str]:
    rows: Mapping[str, str] = load_toml("frames.toml")["sorts"]
    return {fold(word): name for name, words in rows.items() for word in words.split()}


@cache
def _listed(table: str, key: str = "words") -> frozenset[str]:
    return frozenset(str(load_toml("frames.toml")[table][key]).split())


@cache
def _persons(language: str) -> re.Pattern[str]:
    """Return the nouns of people of a language other than English, in all their forms."""
    return re.compile(rf"\b(?:{load_toml('frames.toml')['persons'][language]})\b")


def sort_of(noun: str) -> str:
    """Return the sort of people that a noun names ("nurses" are ``medical``), or an empty string."""
    return _sorts().get(fold(noun.rpartition(" ")[2]), "")


def is_of_people(noun: str, after: str, language: str) -> bool:
    """Return whether a number counts people, or nothing says what it counts.

    Args:
        noun: what is counted, singular; empty where that was not found.
        after: the words behind the number, in small letters.
    """
    word = noun.rpartition(" ")[2] if noun else next(iter(after.split()), "")
    if (
        not word
        or word in _listed("persons")
        or f"{word}s" in _listed("persons")
        or sort_of(word)
        or noun[:1].isupper()
    ):
        return True
    if language != "en" and _persons(language).search(" ".join(after.split()[:3])):
        return True
    if not noun:
        return word in _listed("small") or word.endswith("ed") or _FINITE.fullmatch(word) is not None
    if word >= "а" or any(name in _PEOPLE for names in things_in(word).values() for name in names):
        return True
    return word in quantity_words().fates or word.endswith(("ian", "ese", "ists", "man", "men", "ist"))
