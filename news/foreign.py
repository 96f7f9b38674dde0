"""Articles and sentences in different languages held against each other: what they share beyond words.

Owns what can be compared across languages: names by their skeleton, figures, and words that the vocabulary has. Must
never be asked where both are in one language, nor decide anything: it gives shares and log-odds to ``news.stories``,
``news.matching`` and ``news.coverage``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cache, lru_cache
from types import MappingProxyType

from news.facts import class_across, is_date_word, is_faint
from news.gazetteer import gazetteer, name_key
from news.numerals import quantity_words
from news.tables import load_toml
from news.text import content_terms, stem_words, stop_words, tokenize
from news.transliteration import cyrillize, romanize, skeleton
from news.vocabulary import LANGUAGES, find_concept, language_of

NAME_MARK = "~"
"""Begins the skeleton of a name among concepts."""

_CAPITAL = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_MIN_NAME = 3
_MAX_TEXT = 20_000
_YEAR = re.compile(r"(?:19|20)\d\d")


def is_across(here: str, there: str, language: str) -> bool:
    """Return whether two sentences are in different languages of the vocabulary; ``language`` is the article's."""
    if language not in LANGUAGES and language:
        return False
    return language_of(here, language) != language_of(there, language)


@lru_cache(maxsize=1 << 12)
def names_in(text: str, language: str) -> frozenset[str]:
    """Return the skeletons of the capitalised words that are no common ones, each with the mark.

    Words that open a sentence count where they stand inside one too, or are in no list of common words; words that the
    name tables lead to a place, person or organisation are left out: those are compared by their keys.
    """
    found: set[str] = set()
    small = {word for word in _CAPITAL.findall(text[:_MAX_TEXT]) if word[0].islower()}
    for match in _CAPITAL.finditer(text[:_MAX_TEXT]):
        word = match.group()
        if not word[0].isupper() or len(word) < _MIN_NAME or word.lower() in small:
            continue
        if _is_name(word, language) and not (_opens(text, match.start()) and not _is_inside(word, text)):
            found.add(NAME_MARK + skeleton(word))
    return frozenset(found - {NAME_MARK})


def _opens(text: str, start: int) -> bool:
    """Return whether a word stands first in its sentence or line."""
    before = text[max(0, start - 3) : start].rstrip(" «“\"'(")
    return not before or before[-1] in ".!?\n:"


def _is_inside(word: str, text: str) -> bool:
    """Return whether a word stands after another word of the same sentence somewhere in the text."""
    return re.search(rf"[^\W\d_,] {re.escape(word)}\b", text) is not None


def _is_name(word: str, language: str) -> bool:
    terms = content_terms(word, language)
    if not terms or is_date_word(word) or name_key(word) in gazetteer().forms:
        return False
    return all(find_concept(stem, language) is None for stem in terms)


@lru_cache(maxsize=1 << 12)
def concepts_in(text: str, language: str) -> frozenset[str]:
    """Return what a text shares with its translations: known words by their class, numbers, skeletons of names.

    ``language`` is that of the article; the sentence is read in its own.
    """
    language = language_of(text, language)
    stems = (*content_terms(text[:_MAX_TEXT], language), *_numerals(text[:_MAX_TEXT], language))
    classes = (class_across(stem, language) for stem in stems)
    return frozenset(name for name in classes if name) | names_in(text, language)


def _numerals(text: str, language: str) -> tuple[str, ...]:
    """Return the stems of number words that are stop words ("dos")."""
    numbers = quantity_words().numbers
    return tuple(stem_words(word, language)[0] for word in set(tokenize(text)) & numbers.keys() & stop_words(language))


def spellings(text: str, language: str) -> frozenset[str]:
    """Return the stems under which articles in the other languages may have the names of ``text``.

    For finding candidates only: a Latin name as English and as Spanish stem, a Russian one by the usual romanisation,
    a Latin one by the usual Russian spelling. Names that are listed have keys and are left out.
    """
    found: set[str] = set()
    for word in set(_CAPITAL.findall(text[:_MAX_TEXT])):
        if len(word) < _MIN_NAME or not word[0].isupper() or not _is_name(word, language):
            continue
        latin = word if word < "А" else romanize(word)
        found.update(stem_words(latin, "en"), stem_words(latin, "es"), stem_words(cyrillize(latin), "ru"))
    return frozenset(found)


def number_across(value: float) -> str:
    """Return a figure as it stands among concepts."""
    plain = f"{value:g}"
    return class_across(plain, "en") or plain


def numbers_in(text: str) -> frozenset[str]:
    """Return the numbers of two digits and more that are no years, as written without separators."""
    digits = (word.replace(",", "").replace(".", "") for word in tokenize(text[:_MAX_TEXT]) if word[:1].isdigit())
    return frozenset(one for one in digits if one.isdigit() and len(one) > 1 and not _YEAR.fullmatch(one))


@cache
def _weights() -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["foreign"].items()})


def weight_of(concepts: Collection[str]) -> float:
    """Return how much concepts say together: a name most, a word that every report has next to nothing."""
    return sum(_weight(concept) for concept in concepts)


@lru_cache(maxsize=1 << 14)
def _weight(concept: str) -> float:
    weights = _weights()
    if concept.startswith(NAME_MARK):
        return weights["concept_name"]
    if concept[0].isdigit():
        return weights["concept_number" if len(concept) > 1 else "concept_faint"]
    return weights["concept_faint" if is_faint(concept) else "concept_word"]


def share(here: Collection[str], there: Collection[str]) -> float:
    """Return the weight of what two sets of concepts share over that of the lesser, 0 to 1.

    A set that says too little counts as one of a least weight, so that two short texts are not alike by a word.
    """
    least = max(min(weight_of(here), weight_of(there)), _weights()["concept_least"])
    return weight_of(set(here) & set(there)) / least


def score_article(
    here: tuple[str, str, datetime | None], there: tuple[str, str, datetime | None], shared_keys: Mapping[str, float]
) -> float:
    """Return the log-odds that two articles in different languages are of one story, events aside.

    Args:
        here: title and text, language, when it was published; ``there`` likewise.
        shared_keys: entity keys that both have, with their rarity, 0 to 1.
    """
    weights = _weights()
    ours, theirs = concepts_in(here[0], here[1]), concepts_in(there[0], there[1])
    names = [concept for concept in ours & theirs if concept.startswith(NAME_MARK)]
    numbers = numbers_in(here[0]) & numbers_in(there[0])
    score = weights["bias"] + weights["share"] * share(ours, theirs)
    score += weights["name"] * min(len(names), weights["most_names"])
    score += weights["number"] * min(len(numbers), weights["most_numbers"])
    score += weights["key"] * min(sum(shared_keys.values()), weights["most_keys"])
    return score - weights["gap"] * math.log1p(_days_apart(here[2], there[2]))


def _days_apart(here: datetime | None, there: datetime | None) -> int:
    return abs((here - there).days) if here is not None and there is not None else 0
