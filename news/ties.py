"""What ties an article to a story whatever their words: a telling name or number that both have.

Owns the finding of such ties. Must never choose a story by them: ``news.novelty`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from news.case import Case
from news.entities import get_entity, lookup
from news.holdings import Holdings, country_of, is_capital_of
from news.meanings import is_date_word
from news.measures import Measure, is_held, measures_in
from news.model import EntityKind
from news.text import fold

TELLING_NUMBER = 20
"""Smaller bare numbers say nothing: every story has a three somewhere."""

_TELLING_SHARE = 10
_MAX_COMPARED = 6_000
_CAPITALISED = re.compile(r"(?<=[\w,;] )[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}")


def has_common_ground(case: Case, held: Holdings) -> bool:
    """Return whether the article has a telling name or number of the story: no country, no capital, no small count."""
    return any(True for _ in _iter_numbers(case, held)) or any(True for _ in _iter_names(case, held))


def is_tied(case: Case, held: Holdings) -> bool:
    """Return whether the article has more in common with the story than a place where much happens.

    A few percent, the outlet's own name and a place alone are ties of a whole country's news.
    """
    if any(one.kind != "share" or one.value >= _TELLING_SHARE for one in _iter_numbers(case, held)):
        return True
    own = {fold(word) for word in re.findall(r"[^\W\d_]+", case.article.outlet)}
    return any(not _is_place(name) and fold(name) not in own for name in _iter_names(case, held))


def _iter_numbers(case: Case, held: Holdings) -> Iterator[Measure]:
    for one in measures_in(_text_of(case)):
        if (one.kind or one.value >= TELLING_NUMBER) and is_held(one, held.measures):
            yield one


def _iter_names(case: Case, held: Holdings) -> Iterator[str]:
    """Yield the keys and words of names that both have, countries and capitals left out."""
    for mention in case.reading.mentions:
        key = mention.entity.key
        if key in held.keys and key not in held.countries and not is_capital_of(key):
            yield key
    for word in _CAPITALISED.findall(_text_of(case)):
        if fold(word) in held.words and not is_date_word(word) and not _is_country_or_capital(word):
            yield word


def _text_of(case: Case) -> str:
    return f"{case.article.title}\n{case.article.text}"[:_MAX_COMPARED]


def _is_place(name: str) -> bool:
    entities = [get_entity(name)] if ":" in name else lookup(name)
    return any(entity is not None and entity.kind is EntityKind.PLACE for entity in entities)


def _is_country_or_capital(name: str) -> bool:
    keys = [entity.key for entity in lookup(name)]
    return any(is_capital_of(key) or country_of(key, {}) == key for key in keys)
