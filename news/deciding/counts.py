"""What a number of a sentence counts, and whether its story has the number of just that.

Owns these two questions: eleven people are not held by a story that has a child of eleven months, and "some 60 ships"
are by one that has 61. Must never compare two counts of one thing; ``news.disputes.slots`` does.
"""

from __future__ import annotations

import re
from functools import lru_cache

from news.deciding.unheld import senses_of
from news.stories.holdings import Holdings
from news.words.measures import Measure, is_held, measures_in
from news.words.text import fold, split_sentences, stop_words

__all__ = ["is_count", "is_count_held"]

_MAX_TEXT = 6_000
_NEXT = re.compile(r"\s([^\W\d_]{3,})")
_WORD = re.compile(r"[^\W\d_]{3,}")


def is_count(measure: Measure, text: str, language: str) -> bool:
    """Return whether a number counts what the next word names: "eleven people", no "boy of 11" nor "11 months"."""
    noun = _NEXT.match(text, measure.end)
    return not measure.kind and noun is not None and noun[1].islower() and fold(noun[1]) not in stop_words(language)


def _counted(measure: Measure, text: str, language: str) -> frozenset[str]:
    """Return what the word behind a number stands for; nothing where it says nothing."""
    noun = _NEXT.match(text, measure.end)
    return senses_of(fold(noun[1]), language) if noun is not None else frozenset()


def is_count_held(measure: Measure, text: str, held: Holdings, language: str) -> bool:
    """Return whether a sentence of the story has this number, or one that it rounds, and a word for what is counted."""
    wanted = _counted(measure, text, language) if not measure.kind else frozenset()
    return bool(wanted) and any(
        is_held(measure, measures_in(one, told_in)) and not wanted.isdisjoint(_senses(one, told_in))
        for body, told_in in held.texts
        for one in _sentences(body[:_MAX_TEXT], told_in)
    )


@lru_cache(maxsize=1 << 8)
def _sentences(text: str, language: str) -> tuple[str, ...]:
    return tuple(one.text for one in split_sentences(text, language))


def _senses(sentence: str, language: str) -> frozenset[str]:
    return frozenset().union(*(senses_of(fold(word), language) for word in _WORD.findall(sentence)))
