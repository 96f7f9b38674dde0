"""What an article is made of, for telling whether it belongs to a story: counts of words, names and numbers.

Owns what counts as a name, and what is remembered of an article between decisions. Must never compare two articles:
``news.stories.features`` does.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

from news.decision import StoredArticle
from news.kept import Kept
from news.model import Article, Reading
from news.words.text import content_terms

CHANNELS = ("term", "name", "number")

_DIGITS = frozenset("0123456789")
_LEAD_CHARS = 500
_NAMES_CHARS = 5000
_MOST_KEPT = 1 << 10
_PROPER = re.compile(r"\b[A-ZÀ-ÞА-ЯЁ][^\W\d_]+")
_MOST_COUNTED = 999


class _Squares(dict[int, float]):
    """The square of the weight of each count."""

    def __missing__(self, count: int) -> float:
        value = self[count] = weight_of(count) ** 2
        return value


def weight_of(count: int) -> float:
    """Return what standing so often says: 1 for once, and hardly more for often; 0 for never."""
    return 1 + math.log(min(count, _MOST_COUNTED)) if count else 0.0


_SQUARES = _Squares()


def square_of(counts: Iterable[int]) -> float:
    """Return the sum of the squared weights of counts."""
    return sum(map(_SQUARES.__getitem__, counts))


@dataclass(frozen=True, slots=True)
class Profile:
    """What an article is made of, for comparing it with others.

    Attributes:
        terms: stem -> count.
        names: entity key, or stem of a word that stands for a name -> count.
        numbers: the terms that begin with a digit.
        squares: sums of the squared weights of each channel, in order of ``CHANNELS``.
    """

    terms: Mapping[str, int]
    names: Mapping[str, int]
    numbers: Mapping[str, int]
    squares: tuple[float, ...]
    language: str = ""
    published_at: datetime | None = None
    lead: str = ""
    text: str = ""

    @property
    def channels(self) -> tuple[Mapping[str, int], ...]:
        """The counts in order of ``CHANNELS``."""
        return self.terms, self.names, self.numbers


def make_profile(
    terms: Mapping[str, int], names: Mapping[str, int], language: str = "", *, article: Article | None = None
) -> Profile:
    """Return the profile of what was counted; ``article`` adds its words and date."""
    numbers = {term: count for term, count in terms.items() if term[0] in _DIGITS}
    squares = tuple(square_of(counts.values()) for counts in (terms, names, numbers))
    if article is None:
        return Profile(terms, names, numbers, squares, language)
    lead = f"{article.title}\n{article.text[:_LEAD_CHARS]}"
    return Profile(terms, names, numbers, squares, language, article.published_at, lead, lead_and_text(article))


@lru_cache(maxsize=1 << 9)
def proper_words(text: str, language: str = "en") -> Mapping[str, int]:
    """Return how often each word stands capitalised and never in small letters, by its stem as in the terms.

    They stand for the names that no table knows. Languages that capitalise nouns, and headlines in capitals, give more
    than names; being rare is what makes a word count.
    """
    text = text[:_NAMES_CHARS]
    small = set(text.split())
    found: dict[str, int] = {}
    for word, count in Counter(_PROPER.findall(text)).items():
        if word.lower() not in small:
            for stem in _stems_of(word, language):
                found[stem] = found.get(stem, 0) + count
    return MappingProxyType(found)


@lru_cache(maxsize=1 << 14)
def _stems_of(word: str, language: str) -> tuple[str, ...]:
    return tuple(content_terms(word, language))


def lead_and_text(article: Article) -> str:
    """Return title and text as one."""
    return f"{article.title}\n{article.text}"


@lru_cache(maxsize=8)
def count_terms(title: str, text: str, language: str) -> Mapping[str, int]:
    """Return the content terms of title and text; remembered for the last few articles, as several steps ask."""
    return MappingProxyType(content_terms(f"{title}\n{text}", language))


def profile_of(article: Article, reading: Reading) -> Profile:
    """Return the profile of an article that has just been read."""
    names = Counter(mention.entity.key for mention in reading.mentions)
    names.update(proper_words(lead_and_text(article), reading.language))
    terms = count_terms(article.title, article.text, reading.language)
    return make_profile(terms, names, reading.language, article=article)


def _profile_stored(stored: StoredArticle) -> Profile:
    names = {**proper_words(lead_and_text(stored.article), stored.language), **stored.entity_counts}
    return make_profile(stored.term_counts, names, stored.language, article=stored.article)


stored_profile: Kept[StoredArticle, Profile] = Kept(_profile_stored, most=_MOST_KEPT)
"""Returns the profile of a stored article, remembered for the very same object."""
