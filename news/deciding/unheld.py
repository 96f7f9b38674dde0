"""Words of a sentence that its story has in no wording that the tables know.

Owns the listing of them. Must never say that they are news: a retelling in words all its own has as many as news has
(decision record 0012), so they count only beside evidence of another kind, as ``news.deciding.telling`` weighs it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from news.stories.holdings import Holdings
from news.tables import load_toml
from news.words.meanings import classes_in, is_date_word, is_number_word
from news.words.text import fold, stem_words, stop_words
from news.words.things import things_in
from news.words.turns import turns_in

__all__ = ["is_word_telling", "is_word_unheld", "light_words", "senses_of", "telling_words", "unheld_words"]

_WORD = re.compile(r"[^\W\d_]{3,}")
_OPENS = frozenset('.!?:;"“”«»(—–')
_ROOT = 5
_LONG = 6
_MAX_TEXT = 2_000


class _Word(NamedTuple):
    """What a word stands for: its stems, and the classes of acts and things that it names."""

    stems: tuple[str, ...]
    turns: frozenset[str]
    things: frozenset[str]
    meanings: frozenset[str]


@cache
def light_words(language: str) -> frozenset[str]:
    """Return the words of a language that say nothing of what happened, folded."""
    table = load_toml("unheld.toml").get(language or "en", {})
    return frozenset(map(fold, str(table.get("light", "")).split()))


@lru_cache(maxsize=1 << 14)
def _sense(word: str, language: str) -> _Word | None:
    """Return what a folded word stands for; None for one that says nothing."""
    if word in light_words(language) or word in stop_words(language) or is_date_word(word) or is_number_word(word):
        return None
    stems = stem_words(word, language)
    turns = frozenset().union(*turns_in(word, language).values())
    things = frozenset().union(*things_in(word, language).values())
    return _Word(stems, turns, things, classes_in(stems))


def senses_of(word: str, language: str) -> frozenset[str]:
    """Return all that a folded word stands for: its stems, the beginning of a long one, its classes."""
    sense = _sense(word, language)
    if sense is None:
        return frozenset()
    root = (word[:_ROOT],) if len(word) >= _LONG else ()
    return frozenset((*sense.stems, *root)) | sense.turns | sense.things | sense.meanings


def is_word_telling(word: str, language: str) -> bool:
    """Return whether a word says anything of what happened."""
    return _sense(fold(word), language) is not None


def is_word_unheld(word: str, held: Holdings, language: str) -> bool:
    """Return whether a story has neither this word nor another of its root or its class; False for light words."""
    folded = fold(word)
    sense = _sense(folded, language)
    if sense is None or folded in held.words or not held.words.isdisjoint(sense.stems):
        return False
    if len(folded) >= _LONG and folded[:_ROOT] in held.roots:
        return False
    if not held.turns.isdisjoint(sense.turns) or not held.things.isdisjoint(sense.things):
        return False
    return held.meanings.isdisjoint(sense.meanings)


def telling_words(text: str, language: str) -> tuple[str, ...]:
    """Return the words of a text in small letters that say something of what happened, in order, each once."""
    found = dict.fromkeys(one for one in _WORD.findall(text) if not one[0].isupper())
    return tuple(one for one in found if is_word_telling(one, language))


def unheld_words(text: str, held: Holdings, language: str) -> tuple[str, ...]:
    """Return the words of a sentence that the story has in no wording, in order; names inside it are left out."""
    text = text[:_MAX_TEXT]
    found = (one for one in _WORD.finditer(text) if not (one[0][0].isupper() and not _opens(text, one.start())))
    return tuple(dict.fromkeys(one[0] for one in found if is_word_unheld(one[0], held, language)))


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip()
    return not before or before[-1] in _OPENS
