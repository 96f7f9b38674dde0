"""Which names and numbers an article has in common with a story, and which names the story lacks.

Owns the finding of these. Must never choose a story by them: ``news.deciding.choosing`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from news.model import EntityKind
from news.names.entities import lookup
from news.reports.outlets import outlet_of
from news.stories.case import Case
from news.stories.holdings import Holdings, country_of, is_capital_of, is_country, is_name_held, is_spelt_otherwise
from news.tables import load_toml
from news.words.meanings import is_date_word
from news.words.measures import CLOCK, Measure, is_held, measures_in
from news.words.text import NAME_INSIDE, fold

__all__ = ["TELLING_NUMBER", "count_telling", "has_common_ground", "list_common_names", "own_names"]

TELLING_NUMBER = 20
"""Smaller bare numbers say nothing: every story has a three somewhere."""

_MAX_COMPARED, _MAX_TEXT = 6_000, 3_000
_HALF_HOUR = 30
_STEM, _ENDING = 6, 4
_WORD = re.compile(r"[^\W\d_]+")
_MID = re.compile(NAME_INSIDE)
_RUN = re.compile(rf"{NAME_INSIDE}(?: [A-ZÀ-ÞА-ЯЁ][^\W\d_]{{2,}}){{0,5}}")


def has_common_ground(case: Case, held: Holdings) -> bool:
    """Return whether the article has a telling name or number of the story: no country, no capital, no small count."""
    return any(True for _ in _iter_numbers(case, held)) or any(True for _ in _iter_names(case, held))


def count_telling(case: Case, held: Holdings) -> tuple[int, int]:
    """Return how many telling numbers an article has, and how many of them the story has to the digit.

    A rounded number agrees with many: "some 120" people are in every second fire.
    """
    told = {(one.kind, one.value) for one in _iter_telling(case)}
    return len(told), len(told & {(one.kind, one.value) for one in held.measures})


def _iter_numbers(case: Case, held: Holdings) -> Iterator[Measure]:
    return (one for one in _iter_telling(case) if is_held(one, held.measures))


def _iter_telling(case: Case) -> Iterator[Measure]:
    for one in measures_in(_text_of(case), case.reading.language or "en"):
        is_round = one.kind == CLOCK and not one.value % _HALF_HOUR
        if not is_round and (one.kind or one.value >= TELLING_NUMBER):
            yield one


def list_common_names(case: Case, held: Holdings) -> list[str]:
    """Return the names that an article and a story both have, in whatever script.

    Countries, capitals, outlets and what every country has ("the Police") are left out.
    """
    return [name for name in _iter_names(case, held) if not _is_everywhere(name)]


def _is_everywhere(name: str) -> bool:
    return _plain_capitals().issuperset(map(fold, name.split())) or outlet_of(name) is not None


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
        word = _last_of(found.group())
        is_common = fold(word) not in own and (fold(word) in held.words or is_spelt_otherwise(word, held))
        if word and is_common and not _is_country_or_capital(word):
            yield found.group()


def _last_of(name: str) -> str:
    """Return the last word of a name, of "Santa Rosa" the second; the first is that of many. Empty for a day's."""
    words = name.split()
    return "" if is_date_word(words[0]) else words[-1]


def _text_of(case: Case) -> str:
    return f"{case.article.title}\n{case.article.text}"[:_MAX_COMPARED]


def _is_country_or_capital(name: str) -> bool:
    keys = [entity.key for entity in lookup(name)]
    return any(is_capital_of(key) or is_country(key) for key in keys)


def own_names(case: Case, held: Holdings) -> list[str]:
    """Return the names of an article that a story lacks: neither they nor their country, nor a word like them.

    Seas, regions of the world and other places that lie in no country tell no event from another.
    """
    listed, others = case.world.remember("names of its own", partial(_list_names, case))
    return [
        *(text for key, text in listed if not is_name_held(key, text, held, case.world.within)),
        *(word for word in others if not _is_word_held(word, held)),
    ]


def _list_names(case: Case) -> tuple[Sequence[tuple[str, str]], Sequence[str]]:
    """Return key and text of the names of an article that may tell events apart, and its other capitalised words."""
    covered: set[str] = set()
    listed = []
    for mention in case.reading.mentions:
        covered.update(map(fold, _WORD.findall(mention.text)))
        entity = mention.entity
        if entity.kind is not EntityKind.PLACE or entity.within or country_of(entity.key, {}):
            listed.append((entity.key, mention.text))
    return listed, [word for word in _names_inside(case.article.text[:_MAX_TEXT]) if fold(word) not in covered]


@lru_cache(maxsize=1 << 3)
def _names_inside(text: str) -> tuple[str, ...]:
    """Return the capitalised words inside the sentences; those that begin one are left out, whatever they are."""
    plain = _plain_capitals()
    return tuple(word for word in _MID.findall(text) if not is_date_word(word) and fold(word) not in plain)


@lru_cache(maxsize=1)
def _plain_capitals() -> frozenset[str]:
    """Return the words that are written with a capital letter and name nobody: titles and offices."""
    return frozenset(map(fold, str(load_toml("capitals.toml")["words"]).split()))


def _is_word_held(word: str, held: Holdings) -> bool:
    """Return whether a story has a name, one of its root ("Gagauzia" where it has "Gagauz"), or it in other letters."""
    folded = fold(word)
    if folded in held.words or is_spelt_otherwise(word, held):
        return True
    if len(folded) < _STEM:
        return False
    shortest = max(_STEM, len(folded) - _ENDING)
    if held.has_beginning(folded[:shortest], most=_ENDING):
        return True
    return any(folded[:size] in held.words for size in range(shortest, len(folded)))
