"""What became of a state of things that a story told of: the abducted are free, the suspended boats sail again.

Owns the table of states and their ends, and whether a sentence tells of an end that its story has not. Must never
choose the story, nor say what a later end is worth: ``news.deciding.telling`` and ``news.deciding.advances`` do.
English, Spanish and Russian, in one table, so that the story may be in another language than the sentence.

Known failures: "not" is not looked at, so that "has not been found" counts as found where the story never said so;
an end told without a word for it ("the boy is having breakfast with his mother") is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from news.stories.holdings import Holdings
from news.tables import load_toml
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.turns import turns_in
from news.words.vocabulary import language_of

__all__ = ["find_outcomes", "outcomes_in", "states_in"]

_ENDING = r"[^\W\d_]*"
_HOPED = small(
    r"\b(?:expect(?:s|ed)? to|hop(?:e|es|ed|ing) to|until|unless|before|if|whether|may|might|could|wants? to|"
    r"demand\w*|call(?:s|ed|ing) for|in order to|need not have|yet to|se espera|"
    r"podría\w*|hasta|ожида\w+|пока|если|чтобы|требу\w+)"
    r" (?:[^\W\d_]+ ){0,4}[^\W\d_]+"
)
"""What is only hoped for or feared, with the words that it reaches."""

_MAX_TEXT = 6_000
_MAX_SENTENCE = 1_000


@cache
def _patterns(part: str) -> Mapping[str, re.Pattern[str]]:
    """Return the pattern of each state, or of its ends."""
    table = load_toml("outcomes.toml")
    return {name: small(rf"\b(?:{row[part].replace('~', _ENDING)})\b") for name, row in table.items()}


@lru_cache(maxsize=1 << 11)
def states_in(text: str) -> frozenset[str]:
    """Return the states that a text tells of."""
    low = lower_in_place(text[:_MAX_TEXT])
    return frozenset(name for name, pattern in _patterns("state").items() if pattern.search(low))


@lru_cache(maxsize=1 << 11)
def outcomes_in(text: str) -> Mapping[str, str]:
    """Return the states whose end a text tells, each with the words for it."""
    low = lower_in_place(text[:_MAX_TEXT])
    low = _HOPED.sub(" ", low)
    found = {name: pattern.search(low) for name, pattern in _patterns("outcome").items()}
    return {name: match[0] for name, match in found.items() if match is not None}


def find_outcomes(sentence: str, held: Holdings) -> dict[str, str]:
    """Return the states of a story of which a sentence tells an end and the story none, with the words for it."""
    found = outcomes_in(sentence[:_MAX_SENTENCE])
    if not found:
        return {}
    texts = [text for text, _ in held.texts]
    states = frozenset().union(*map(states_in, texts))
    ended = frozenset().union(*(outcomes_in(text).keys() for text in texts))
    return {
        name: words
        for name, words in found.items()
        if name in states and name not in ended and not _is_act_held(words, held)
    }


def _is_act_held(words: str, held: Holdings) -> bool:
    """Return whether the story has an act of the kind that these words name, though not as an end of this state."""
    return any(not classes.isdisjoint(held.turns) for classes in turns_in(words, language_of(words)).values())
