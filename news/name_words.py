"""A text as the words that names are made of, and the small words around names.

Owns how capital letters, gaps and sentences are seen when names are looked for. Must never know a name.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from news.gazetteer import WORD, Form, gazetteer, name_key
from news.memo import WordMemo
from news.model import Sentence
from news.tables import load_lines, load_toml
from news.text import stop_words

__all__ = ["Cues", "NameWord", "cues", "given_names", "is_joined", "is_plain_opener", "list_small_words", "read_words"]

_JOINS = frozenset((" ", "-", "–", "‑", "/", ". ", "", "’", "'"))
"""What may stand between two words of one name."""
_POSSESSIVES = frozenset(("'s", "’s"))
_HEADLINE_RATIO = 0.9
_HEADLINE_WORDS = 5


class NameWord(NamedTuple):
    """One word of a text.

    Attributes:
        key: as ``news.gazetteer.name_key`` has it.
        is_capital: it begins with a capital or a digit.
        is_first: it opens its sentence.
        is_possessive: it ends in 's.
        sentence: index of its sentence.
        in_headline: its sentence has nearly all words capitalised, so capitals mean nothing.
        forms: the listed names that begin with it, as it is written; empty for nearly all words.
    """

    start: int
    end: int
    key: str
    is_capital: bool
    is_first: bool
    is_possessive: bool
    sentence: int
    in_headline: bool
    forms: Sequence[Form]


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


def read_words(text: str, sentences: Sequence[Sentence]) -> list[NameWord]:
    """Return the words of all ``sentences`` of ``text`` in order."""
    words: list[NameWord] = []
    spellings, make = _spellings(), tuple.__new__  # half the price of the constructor, for each word of each article
    for sentence in sentences:
        found = list(WORD.finditer(text, sentence.start, sentence.end))
        spelled = [spellings[match[0]] for match in found]
        number, headline, n_before = sentence.index, _is_headline(spelled), len(words)
        words += [
            make(NameWord, (*match.span(), key, capital, False, possessive, number, headline, forms))
            for match, (key, capital, possessive, _, _, _, forms) in zip(found, spelled, strict=True)
        ]
        if found:
            words[n_before] = words[n_before]._replace(is_first=True)
    return words


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
    )


def _is_headline(words: Sequence[_Spelling]) -> bool:
    """Tell whether nearly all words but the little ones are capitalised, so that capitals tell nothing."""
    n_capital = sum([word.is_upper for word in words])
    if n_capital < _HEADLINE_WORDS or sum([word.is_lower for word in words]) > len(words) // 2:
        return False
    return n_capital >= _HEADLINE_RATIO * (sum([word.is_telling for word in words]) + n_capital)


def is_joined(text: str, one: NameWord, other: NameWord) -> bool:
    """Tell whether two words in a row may belong to one name."""
    return one.sentence == other.sentence and text[one.end : other.start] in _JOINS


def list_small_words(words: Sequence[NameWord]) -> frozenset[str]:
    """Return the keys of words that the text also writes small; they are no names."""
    return frozenset([word.key for word in words if not word.is_capital])


def is_plain_opener(word: NameWord, language: str, small: frozenset[str]) -> bool:
    """Tell whether the capital of a word is only due to its standing first in a sentence."""
    if not word.is_first:
        return False
    listed = word.key in stop_words(language) or word.key in stop_words("en") or word.key in cues().openers
    return listed or word.key in small
