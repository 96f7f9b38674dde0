"""A text as the words that names are made of, and the small words around names.

Owns how capital letters, gaps and sentences are seen when names are looked for. Must never know a name.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, compress, pairwise
from operator import not_
from typing import NamedTuple

from news.memo import WordMemo
from news.model import Sentence
from news.names.cities import opens_city
from news.names.gazetteer import WORD, Form, gazetteer, name_key
from news.tables import load_lines, load_toml
from news.words.text import stop_words

__all__ = ["Cues", "Page", "cues", "given_names"]

_PIECES = re.compile(f"({WORD.pattern})")
_JOINS = frozenset((" ", "-", "–", "‑", "/", ". ", "", "’", "'"))
"""What may stand between two words of one name."""
_POSSESSIVES = frozenset(("'s", "’s"))
_HEADLINE_RATIO = 0.9
_HEADLINE_WORDS = 5


class _Spelling(NamedTuple):
    """What is known of a word as written, wherever it stands; the first letter tells its case."""

    key: str
    is_capital: bool
    is_possessive: bool
    is_upper: bool
    is_lower: bool
    is_telling: bool
    """It is small and no stop word."""
    forms: Sequence[Form]
    """The listed names that begin with it, as it is written; empty for nearly all words."""
    may_open_city: bool


class Cues(NamedTuple):
    """Words that tell what a name is (``names_cues.toml``); Russian ones are stems, all others folded."""

    titles: frozenset[str]
    modifiers: frozenset[str]
    adjectives: frozenset[str]
    organisations: frozenset[str]
    organs: frozenset[str]
    heads: frozenset[str]
    acts: frozenset[str]
    between: frozenset[str]
    openers: frozenset[str]
    locatives: frozenset[str]
    particles: frozenset[str]
    governments: frozenset[str]
    common: frozenset[str]
    arms: frozenset[str]


@cache
def cues() -> Cues:
    """Return the cue words, read once."""
    table = load_toml("names_cues.toml")
    return Cues(*(frozenset(name_key(word) for word in _words(table[field])) for field in Cues._fields))


def _words(block: str) -> list[str]:
    return block.replace("|", " ").split()


@cache
def given_names() -> frozenset[str]:
    """Return the given names, as word keys."""
    return frozenset(name_key(name) for line in load_lines("names_given.txt") for name in line.split())


class Page:
    """A text as the words that names are made of: a word is an index, and what is known of it stands in columns.

    Columns cost a third of an object for each word, and few words of an article stand beside a name.

    Attributes:
        n_words: how many words there are.
        written: each word as written.
        keys: each word as ``news.names.gazetteer.name_key`` has it, and an empty one after the last.
        capital: whether each begins with a capital or a digit, and False after the last.
        capitals: the indexes of those that do: new names begin with no others.
        listed: the indexes of the words that some listed name begins with.
        city_openers: the indexes of the capitalised words that the name of some city begins with.
        gaps: what stands before each word, and what stands after the last.
        firsts: the indexes of the words that open a sentence.
        headlines: the indexes of the words of sentences that have nearly all words capitalised: capitals mean nothing.
        small: the keys of words that the text also writes small; they are no names.
    """

    __slots__ = (
        "_bounds", "_edges", "_spelled", "capital", "capitals", "city_openers", "firsts", "gaps", "headlines", "keys",
        "language", "listed", "n_words", "small", "text", "written",
    )  # fmt: skip

    def __init__(self, text: str, sentences: Sequence[Sentence], language: str) -> None:
        pieces = _PIECES.split(text)
        spellings = _spellings()
        self.text, self.language = text, language
        self.gaps, self.written = pieces[::2], pieces[1::2]
        self._edges = list(accumulate(map(len, pieces)))
        self._spelled = spelled = [spellings[word] for word in self.written]
        self.n_words = len(spelled)
        keys, capital, _, _, _, _, forms, may_open_city = zip(*spelled, strict=True) if spelled else ((),) * 8
        places = range(self.n_words)
        self.capitals = list(compress(places, capital))
        self.listed = list(compress(places, forms))
        self.city_openers = list(compress(places, may_open_city))
        self.small = frozenset(compress(keys, map(not_, capital)))
        self.keys, self.capital = (*keys, ""), (*capital, False)
        starts = self._edges[::2]
        self._bounds = [*(bisect_left(starts, one.start) for one in sentences), self.n_words]
        self.firsts = frozenset(self._bounds[:-1])
        self.headlines = self._find_headlines()

    def _find_headlines(self) -> frozenset[int]:
        spans = [span for span in pairwise(self._bounds) if sum(self.capital[slice(*span)]) >= _HEADLINE_WORDS]
        return frozenset(at for span in spans if _is_headline(self._spelled[slice(*span)]) for at in range(*span))

    def start_of(self, at: int) -> int:
        """Return the offset of a word."""
        return self._edges[2 * at]

    def end_of(self, at: int) -> int:
        """Return the offset behind a word."""
        return self._edges[2 * at + 1]

    def forms_of(self, at: int) -> Sequence[Form]:
        """Return the listed names that begin with a word, as it is written."""
        return self._spelled[at].forms

    def is_possessive(self, at: int) -> bool:
        """Tell whether a word ends in 's."""
        return self._spelled[at].is_possessive

    def is_joined(self, at: int) -> bool:
        """Tell whether a word and the one before it may belong to one name."""
        return self.gaps[at] in _JOINS and at not in self.firsts

    def is_spaced(self, at: int) -> bool:
        """Tell whether a word and the one before it stand in one sentence with only a space between them."""
        return self.gaps[at] == " " and at not in self.firsts

    def sentence_of(self, at: int) -> range:
        """Return the indexes of the words of the sentence that a word stands in."""
        place = bisect_right(self._bounds, at)
        return range(self._bounds[place - 1], self._bounds[place])

    def opens_plainly(self, at: int) -> bool:
        """Tell whether the capital of a word is only due to its standing first in a sentence."""
        if at not in self.firsts:
            return False
        key = self.keys[at]
        listed = key in stop_words(self.language) or key in stop_words("en") or key in cues().openers
        return listed or key in self.small


@cache
def _spellings() -> WordMemo[_Spelling]:
    return WordMemo(_spell)


def _spell(word: str) -> _Spelling:
    key, known, head = name_key(word), gazetteer(), word[0]
    is_capital = head.isupper() or head.isdigit()
    return _Spelling(
        key,
        is_capital,
        word[-2:] in _POSSESSIVES,
        head.isupper(),
        head.islower(),
        head.islower() and word not in stop_words("en"),
        (known.forms if is_capital else known.small_forms).get(key, ()),
        is_capital and opens_city(key),
    )


def _is_headline(words: Sequence[_Spelling]) -> bool:
    """Tell whether nearly all words but the little ones are capitalised, so that capitals tell nothing."""
    n_capital = sum([word.is_upper for word in words])
    if n_capital < _HEADLINE_WORDS or sum([word.is_lower for word in words]) > len(words) // 2:
        return False
    return n_capital >= _HEADLINE_RATIO * (sum([word.is_telling for word in words]) + n_capital)
