"""What became of a state of things that a story told of: the abducted are free, the suspended boats sail again.

Owns the table of states and their ends, and whether a sentence tells of an end that its story has not. Must never
choose the story, nor say what a later end is worth: ``news.deciding.telling`` and ``news.deciding.advances`` do.
English, Spanish and Russian, in one table, so that the story may be in another language than the sentence.

Known failures: "not" is not looked at, so that "has not been found" counts as found where the story never said so;
an end told without a word for it ("the boy is having breakfast with his mother") is not seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from news.stories.holdings import Holdings
from news.tables import load_toml
from news.words.beginnings import beginnings_of, starts_of
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.turns import turns_in
from news.words.vocabulary import language_of

__all__ = ["find_outcomes"]

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


class _Row(NamedTuple):
    """The words of a state, or of its ends, and the beginnings of words of which a text with one of them has some."""

    pattern: re.Pattern[str]
    starts: frozenset[str] | None


@cache
def _patterns(part: str) -> Mapping[str, _Row]:
    """Return the pattern of each state, or of its ends."""
    return {name: _row(row[part].replace("~", _ENDING)) for name, row in load_toml("outcomes.toml").items()}


def _row(words: str) -> _Row:
    return _Row(small(rf"\b(?:{words})\b"), starts_of(words.lower()))


def _search(text: str, part: str) -> Mapping[str, str]:
    """Return the words that a text in small letters has for each state, or for its end, by the name of the state."""
    by_start, rows = _by_start(part), _patterns(part)
    begun = frozenset(chain.from_iterable(by_start[start] for start in by_start.keys() & beginnings_of(text)))
    matches = ((name, row.pattern.search(text)) for name, row in rows.items() if row.starts is None or name in begun)
    return {name: match[0] for name, match in matches if match is not None}


@cache
def _by_start(part: str) -> Mapping[str, Sequence[str]]:
    """Return the states by the beginnings of their words."""
    found: dict[str, list[str]] = {}
    for name, row in _patterns(part).items():
        for start in row.starts or ():
            found.setdefault(start, []).append(name)
    return found


@lru_cache(maxsize=1 << 11)
def _outcomes_in(text: str) -> Mapping[str, str]:
    """Return the states whose end a text tells, each with the words for it."""
    return _search(_HOPED.sub(" ", lower_in_place(text[:_MAX_TEXT])), "outcome")


@lru_cache(maxsize=1 << 10)
def _tells(text: str, part: str, name: str) -> bool:
    """Return whether a text tells of one state, or of its end: of a stored text nothing else is asked."""
    low = lower_in_place(text)
    return _patterns(part)[name].pattern.search(_HOPED.sub(" ", low) if part == "outcome" else low) is not None


def find_outcomes(sentence: str, held: Holdings) -> dict[str, str]:
    """Return the states of a story of which a sentence tells an end and the story none, with the words for it."""
    found = _outcomes_in(sentence[:_MAX_SENTENCE])
    if not found:
        return {}
    texts = [text[:_MAX_TEXT] for text, _ in held.texts]
    return {
        name: words
        for name, words in found.items()
        if any(_tells(text, "state", name) for text in texts)
        and not any(_tells(text, "outcome", name) for text in texts)
        and not _is_act_held(words, held)
    }


def _is_act_held(words: str, held: Holdings) -> bool:
    """Return whether the story has an act of the kind that these words name, though not as an end of this state."""
    return any(not classes.isdisjoint(held.turns) for classes in turns_in(words, language_of(words)).values())
