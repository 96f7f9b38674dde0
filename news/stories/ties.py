"""What ties an article to a story whatever their words: a telling name or number that both have.

Owns the finding of such ties. Must never choose a story by them: ``news.deciding.going_on`` weighs all signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from news.model import EntityKind
from news.names.entities import get_entity, lookup
from news.stories.case import Case
from news.stories.holdings import Holdings, country_of, is_capital_of
from news.words.meanings import is_date_word
from news.words.measures import CLOCK, Measure, is_held, measures_in
from news.words.text import fold

TELLING_NUMBER = 20
"""Smaller bare numbers say nothing: every story has a three somewhere."""

_TELLING_SHARE = 10
_MAX_COMPARED = 6_000
_DAY_HOURS = 24
_HALF_HOUR = 30
_LARGE = 100
"""From here on a bare number is one of its own; smaller ones meet by chance."""
_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"(?<=[\w,;] )[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}(?: [A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}){0,5}")


def has_common_ground(case: Case, held: Holdings) -> bool:
    """Return whether the article has a telling name or number of the story: no country, no capital, no small count."""
    return any(True for _ in _iter_numbers(case, held)) or any(True for _ in _iter_names(case, held))


def _is_telling(measure: Measure) -> bool:
    """Return whether a number that two texts have says that they tell of one thing: no few percent, no whole days."""
    if measure.kind == CLOCK:
        return measure.value % _HALF_HOUR > 0
    if measure.kind == "time":
        return measure.value % _DAY_HOURS > 0
    return measure.value >= (_TELLING_SHARE if measure.kind == "share" else 0 if measure.kind else _LARGE)


def _iter_numbers(case: Case, held: Holdings) -> Iterator[Measure]:
    for one in measures_in(_text_of(case)):
        is_round = one.kind == CLOCK and not _is_telling(one)
        if not is_round and (one.kind or one.value >= TELLING_NUMBER) and is_held(one, held.measures):
            yield one


def _iter_names(case: Case, held: Holdings) -> Iterator[str]:
    """Yield the keys and words of names that both have, countries, capitals and the outlet's own name left out."""
    own = {fold(word) for word in _WORD.findall(case.article.outlet)}
    for mention in case.reading.mentions:
        key = mention.entity.key
        if own and own.issuperset(fold(word) for word in _WORD.findall(mention.text)):
            continue
        if key in held.keys and key not in held.countries and not is_capital_of(key):
            yield key
    for found in _RUN.finditer(_text_of(case)):
        word = found.group().split()[-1]  # of "Santa Rosa" the second; the first is that of many
        is_common = fold(word) in held.words and fold(word) not in own
        if is_common and not is_date_word(word) and not _is_country_or_capital(word):
            yield word


def _text_of(case: Case) -> str:
    return f"{case.article.title}\n{case.article.text}"[:_MAX_COMPARED]


def _is_place(name: str) -> bool:
    entities = [get_entity(name)] if ":" in name else lookup(name)
    return any(entity is not None and entity.kind is EntityKind.PLACE for entity in entities)


def _is_country_or_capital(name: str) -> bool:
    keys = [entity.key for entity in lookup(name)]
    return any(is_capital_of(key) or country_of(key, {}) == key for key in keys)
