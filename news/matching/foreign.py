"""Articles and sentences in different languages held against each other: what they share beyond words.

Owns what can be compared across languages: names by their skeleton, figures, and words that the vocabulary has. Must
never be asked where both are in one language, nor decide anything: it gives shares and log-odds to
``news.stories.belonging``, ``news.matching.same_event`` and ``news.deciding.coverage``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from news.model import Precision, Report, TimeExpression
from news.names.gazetteer import gazetteer, name_key
from news.tables import load_toml
from news.words.facts import is_said
from news.words.meanings import class_across, is_date_word, is_faint
from news.words.number_words import plain_numbers
from news.words.text import content_terms, stem_words, stop_words, tokenize
from news.words.transliteration import cyrillize, romanize, skeleton
from news.words.turns import saying_words
from news.words.vocabulary import LANGUAGES, faint_concepts, find_concept, language_of, stems_of

_NAME_MARK = "~"
"""Begins the skeleton of a name among concepts."""

_CAPITAL = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WORD_OR_END = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[.!?:\n]")
_ENDS = frozenset(".!?:\n")
_MIN_NAME = 3
_MAX_TEXT = 6_000
_NAMES_CHARS = 3_000
_LEAD = 300
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_NEAR_DATE = 40
_CLAUSE = re.compile(r"[,;:.!?—–]")
_REJECTING = frozenset({
    "rejected", "dismissed", "rechazó", "rechazaron", "desmintió", "отверг", "отвергла", "отвергло", "отвергли",
    "опроверг", "опровергла", "опровергли",
})  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d")


def is_across(here: str, there: str, language: str) -> bool:
    """Return whether two sentences are in different languages of the vocabulary; ``language`` is the article's."""
    if language not in LANGUAGES and language:
        return False
    return language_of(here, language) != language_of(there, language)


@lru_cache(maxsize=1 << 12)
def names_in(text: str, language: str) -> frozenset[str]:
    """Return the skeletons of the capitalised words that are no common ones, each with the mark.

    A word that opens a sentence counts only where it stands inside one too; words that the name tables lead to a place,
    person or organisation are left out: those are compared by their keys.
    """
    inside: set[str] = set()
    small: set[str] = set()
    before = ""
    for match in _WORD_OR_END.finditer(text[:_MAX_TEXT]):
        word = match.group()
        if word[0].islower():
            small.add(word)
        elif word[0].isalpha() and len(word) >= _MIN_NAME and before and before not in _ENDS:
            inside.add(word)
        before = word
    names = {word for word in inside if word.lower() not in small and _is_name(word, language)}
    return frozenset(_NAME_MARK + sound for sound in map(skeleton, names) if sound)


@lru_cache(maxsize=1 << 14)
def _is_name(word: str, language: str) -> bool:
    word = word.removesuffix("'s").removesuffix("’s")
    terms = content_terms(word, language)
    key = name_key(word)
    if not terms or is_date_word(word) or any(form.keys == (key,) for form in gazetteer().forms.get(key, ())):
        return False
    return all(find_concept(stem, language) is None for stem in terms)


@lru_cache(maxsize=1 << 12)
def concepts_in(text: str, language: str) -> frozenset[str]:
    """Return what a text shares with its translations: known words by their class, numbers, skeletons of names.

    ``language`` is that of the article; the sentence is read in its own.
    """
    language = language_of(text, language)
    stems = (*content_terms(text[:_MAX_TEXT], language), *_numerals(text[:_MAX_TEXT], language))
    classes = (class_across(_plain(stem), language) for stem in stems)
    return frozenset(name for name in classes if name) | names_in(text, language)


def _plain(stem: str) -> str:
    """Return a number without the separators of its thousands, other stems as they are."""
    return re.sub("[.,]", "", stem) if stem[0].isdigit() and _GROUPED.fullmatch(stem) else stem


def translations(text: str, language: str) -> frozenset[str]:
    """Return the stems that stand for the telling words of a text in the other languages; for finding candidates."""
    others = [other for other in LANGUAGES if other != (language or "en")]
    concepts = {find_concept(stem, language) for stem in content_terms(text, language)} - {None, "", *faint_concepts()}
    stems = stems_of(others)
    return frozenset(stem for concept in concepts if concept for stem in stems.get(concept, ()))


def words_abroad(title: str, text: str, language: str) -> frozenset[str]:
    """Return stems under which articles in other languages on the same may be found: names, and words of the lead."""
    if language and language not in LANGUAGES:
        return frozenset()
    return spellings(f"{title}\n{text[:_NAMES_CHARS]}", language) | translations(f"{title}\n{text[:_LEAD]}", language)


def is_known_name(name: str, language: str, concepts: frozenset[str]) -> bool:
    """Return whether all that can be compared of a name stands in a text with these concepts."""
    ours = concepts_in(name, language)
    return bool(ours) and ours <= concepts


def _numerals(text: str, language: str) -> tuple[str, ...]:
    """Return the stems of number words that are stop words ("dos")."""
    numbers = plain_numbers().keys() & stop_words(language)
    return tuple(stem_words(word, language)[0] for word in set(tokenize(text)) & numbers)


def spellings(text: str, language: str) -> frozenset[str]:
    """Return the stems under which articles in the other languages may have the names of ``text``.

    For finding candidates only: a Latin name as English and as Spanish stem, a Russian one by the usual romanisation,
    a Latin one by the usual Russian spelling. Names that are listed have keys and are left out.
    """
    found: set[str] = set()
    for word in {word for word in _CAPITAL.findall(text[:_MAX_TEXT]) if word[0].isupper()}:
        found.update(_spell(word, language))
    return frozenset(found)


@lru_cache(maxsize=1 << 14)
def _spell(word: str, language: str) -> tuple[str, ...]:
    word = word.removesuffix("'s").removesuffix("’s")  # the name without its possessive
    if len(word) < _MIN_NAME or not word[0].isupper() or not _is_name(word, language):
        return ()
    latin = word if word < "А" else romanize(word)
    return (*stem_words(latin, "en"), *stem_words(latin, "es"), *stem_words(cyrillize(latin), "ru"))


def _numbers_in(text: str) -> frozenset[str]:
    """Return the numbers of two digits and more that are no years, as written without separators."""
    digits = (word.replace(",", "").replace(".", "") for word in tokenize(text[:_MAX_TEXT]) if word[:1].isdigit())
    return frozenset(one for one in digits if one.isdigit() and len(one) > 1 and not _YEAR.fullmatch(one))


@cache
def _weights() -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["foreign"].items()})


def _weight_of(concepts: Collection[str]) -> float:
    """Return how much concepts say together: a name most, a word that every report has next to nothing."""
    return math.fsum(_weight(concept) for concept in concepts)


@lru_cache(maxsize=1 << 14)
def _weight(concept: str) -> float:
    weights = _weights()
    if concept.startswith(_NAME_MARK):
        return weights["concept_name"]
    if concept[0].isdigit():
        return weights["concept_number" if len(concept) > 1 else "concept_faint"]
    return weights["concept_faint" if is_faint(concept) else "concept_word"]


def share(here: Collection[str], there: Collection[str]) -> float:
    """Return the weight of what two sets of concepts share over that of the lesser, 0 to 1.

    A set that says too little counts as one of a least weight, so that two short texts are not alike by a word.
    """
    least = max(min(_weight_of(here), _weight_of(there)), _weights()["concept_least"])
    return _weight_of(set(here) & set(there)) / least


class Told(NamedTuple):
    """An article as it is held against one in another language."""

    text: str
    """Title and text."""
    language: str
    published_at: datetime | None
    keys: frozenset[str]
    """Entity keys of its names."""


def score_article(here: Told, there: Told, world_rarity: Callable[[str], float]) -> float:
    """Return the log-odds that two articles in different languages are of one story, days and events aside.

    Args:
        world_rarity: entity key -> how telling it is, 0 to 1.
    """
    weights = _weights()
    shared = here.keys & there.keys
    towns = {key for key in shared if _is_town(key)}
    keyed = _names_of(shared)  # compared by their keys, and not once more by their sound
    ours = concepts_in(here.text, here.language) - keyed
    theirs = concepts_in(there.text, there.language) - keyed
    names = {concept for concept in ours if concept.startswith(_NAME_MARK)}
    n_names = len(names & theirs) + len(towns)
    n_names += _n_spelled(there.keys - here.keys, ours) + _n_spelled(here.keys - there.keys, theirs)
    numbers = _numbers_in(here.text) & _numbers_in(there.text)
    rarity = sum(map(world_rarity, shared - towns))
    score = weights["bias"] + weights["share"] * share(ours, theirs)
    score += weights["cover"] * _cover(here.keys, there.keys, names, theirs)
    score += weights["name"] * min(n_names, weights["most_names"])
    score += weights["number"] * min(len(numbers), weights["most_numbers"])
    score += weights["key"] * min(rarity, weights["most_keys"])
    return score - weights["gap"] * math.log1p(_days_apart(here.published_at, there.published_at))


def _is_town(key: str) -> bool:
    """Return whether a name is that of a town, which tells as much as one that is not listed; capitals tell less."""
    return key.startswith("place:") and key not in gazetteer().entities


def _names_of(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(_NAME_MARK + skeleton(word) for key in keys for word in key.partition(":")[2].split("-"))


def _n_spelled(keys: Collection[str], concepts: frozenset[str]) -> int:
    """Return how many of the listed names of one article, countries aside, the other has by their sound only."""
    known = gazetteer()
    return sum(key not in known.governments and _is_spelled(key, concepts) for key in keys)


def _cover(here: frozenset[str], there: frozenset[str], names: Collection[str], theirs: frozenset[str]) -> float:
    """Return the share of the names here, countries aside, that the other article has, 0 to 1; 0.5 for no name."""
    known = gazetteer()
    keys = {key for key in here if key not in known.governments or key in known.capitals}
    listed = _names_of(there)  # what one text has by its key the other may have by its sound only
    n_known = sum(name in theirs or name in listed for name in names) + sum(
        key in there or _is_spelled(key, theirs) for key in keys
    )
    return n_known / (len(names) + len(keys)) if names or keys else 0.5


def _is_spelled(key: str, concepts: frozenset[str]) -> bool:
    """Return whether all words of a listed name stand among concepts, by their sound or as words."""
    words = key.partition(":")[2].split("-")
    if all(_NAME_MARK + skeleton(word) in concepts for word in words):
        return True
    return is_known_name(" ".join(words).title(), "en", concepts)


def _days_apart(here: datetime | None, there: datetime | None) -> int:
    return abs((here - there).days) if here is not None and there is not None else 0


def weigh_days(dates: Iterable[TimeExpression], reports: Iterable[Report], *, text: str) -> float:
    """Return what the days say for an article in another language than a story: it names one of the story's, or none.

    0 where either names no day, and where all that the article names are days on which somebody spoke.

    Args:
        dates: of the article, whose ``text`` it is.
    """
    own = [one for one in dates if one.span.precision is Precision.DAY]
    ours = {one.span.first_on for one in own}
    theirs = {one.when.first_on for one in reports if one.when.precision is Precision.DAY and is_said(one.when)}
    if ours & theirs:
        return _weights()["day"]
    is_dated = any(not _is_of_saying(text, one) for one in own)
    return -_weights()["day"] if is_dated and theirs else 0.0


def _is_of_saying(text: str, one: TimeExpression) -> bool:
    """Return whether a word of saying or denying stands beside a date: "on Tuesday denied", "negó este sábado"."""
    before = tokenize(_CLAUSE.split(text[max(0, one.start - _NEAR_DATE) : one.start])[-1])[-3:]
    after = tokenize(_CLAUSE.split(text[one.end : one.end + _NEAR_DATE])[0])[:2]
    return not (saying_words() | _REJECTING).isdisjoint((*before, *after))
