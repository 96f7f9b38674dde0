"""A number that something has grown to, held against a story that has the number of something else.

Owns that one question: "the number of blockades has grown to 31" is news though 31 people died. Must never compare two
counts of one thing; ``news.disputes.slots`` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from news.deciding.unheld import light_words, senses_of
from news.stories.holdings import Holdings
from news.words.measures import Measure, is_held, measures_in
from news.words.small_letters import small
from news.words.text import fold, lower_in_place, split_sentences

__all__ = ["is_count_of_else"]

_MAX_TEXT = 6_000
_BEFORE = 90
_GROWN = small(
    r"\b(?:rise|rises|rising|rose|risen|climb(?:s|ed|ing)?|increas(?:e|es|ed|ing)|grow|grows|growing|grew|grown|"
    r"jump(?:s|ed)?|swell(?:s|ed)?|swollen|fall|falls|fell|fallen|drop(?:s|ped)?|shrink|shrank|shrunk|up|down|went|gone|"
    r"reach(?:es|ed)?|stands?|stood|passed|total(?:s|led)?|ascend\w+|aument\w+|subi\w+|crec\w+|llega\w+|baj\w+|"
    r"вырос\w*|увелич\w+|возрос\w*|достиг\w*|сократил\w*|снизил\w*)\b"
)
_NUMBER_OF = small(
    r"\b(?:number|count|total|tally|toll|quantity|n[uú]mero|cifra|total|число|количество) (?:of |de |total de )?"
    r"(?:the |los |las |people |confirmed )?([^\W\d_]{3,}(?: [^\W\d_]{3,})?)"
)
_WORD = re.compile(r"[^\W\d_]{3,}")


def is_count_of_else(measure: Measure, text: str, held: Holdings, language: str) -> bool:
    """Return whether a sentence says that a count has come to a number which the story has of other things only.

    "The number of X has grown to 31", where no sentence of the story that has a 31 has a word for X.
    """
    if measure.kind:
        return False
    before = lower_in_place(text[max(0, measure.start - _BEFORE) : measure.start])
    counted = next(reversed([*_NUMBER_OF.finditer(before)]), None)
    if counted is None or not _GROWN.search(before, counted.end()):
        return False
    wanted = _senses(counted[1].split(), language)
    if not wanted:
        return False
    for body, told_in in held.texts:
        for sentence in _sentences(body[:_MAX_TEXT], told_in):
            if is_held(measure, measures_in(sentence, told_in)) and wanted & _senses(_WORD.findall(sentence), told_in):
                return False
    return True


@lru_cache(maxsize=1 << 8)
def _sentences(text: str, language: str) -> tuple[str, ...]:
    return tuple(one.text for one in split_sentences(text, language))


def _senses(words: Sequence[str], language: str) -> frozenset[str]:
    """Return what words stand for: stems, roots and classes; light words stand for nothing."""
    light = light_words(language)
    return frozenset().union(*(senses_of(fold(word), language) for word in words if fold(word) not in light))
