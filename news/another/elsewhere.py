"""Whether an article opens at another place than all of a story, and shares nothing else that would make them one.

Owns that one question, in one language and across languages. Must never ask whether two accounts of one event put it at
two places: whoever shares a ship, a person, a firm or most of its numbers with the story contradicts it.

The news has its templates ("two men robbed a bank in Lyon on Friday"), and words of two languages are few: what tells
the second robbery from the first is the town. Two towns exclude each other, and so do two countries; a place that may
lie in the other does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial

from news.model import Entity, EntityKind
from news.names.entities import lookup
from news.names.gazetteer import gazetteer
from news.reports.givens import split_given
from news.stories.case import Case
from news.stories.holdings import country_of, is_capital_of, is_country, is_spelt_otherwise
from news.stories.ties import count_telling, list_common_names
from news.tables import load_toml
from news.words.meanings import is_date_word
from news.words.sentences import split_sentences
from news.words.text import fold
from news.words.transliteration import skeleton

__all__ = ["is_elsewhere", "list_spots"]

_MAX_ARTICLES = 6
_MAX_LEAD, _MAX_TEXT = 600, 6_000
_MOST_HELD = 0.5
"""Of the telling numbers of an article: whoever has more of the story's tells of its event."""
_NAME = re.compile(r"[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}")
_THE = ("The ", "El ", "La ", "Los ", "Las ")


@dataclass(frozen=True, slots=True)
class _Scene:
    """Where a text opens.

    Attributes:
        names: of its places, countries aside; ``known`` are the places that each may be, where anybody knows.
        countries: keys of those that it names, or that its places lie in.
    """

    names: tuple[str, ...]
    known: tuple[tuple[Entity, ...], ...]
    countries: frozenset[str]


def is_elsewhere(case: Case, story_id: int) -> bool:
    """Return whether an article opens at a place that excludes those of a story, and has no name in common with it."""
    return case.world.remember(("elsewhere", story_id), partial(_is_elsewhere, case, story_id))


def _is_elsewhere(case: Case, story_id: int) -> bool:
    ours = _our_scene(case)
    if not ours.countries:
        return False
    articles = case.list_articles(story_id)[:_MAX_ARTICLES]
    is_abroad = not case.hold(story_id).is_told_in(case.reading.language or "en")
    theirs = [_scene_of(one.article.title, one.article.text[:_MAX_LEAD]) for one in articles]
    if not theirs or _takes_as_known(case) or not all(_are_apart(ours, one, is_abroad=is_abroad) for one in theirs):
        return False
    held = case.hold(story_id)
    if any(_last(name) in held.words or is_spelt_otherwise(name.rpartition(" ")[2], held) for name in ours.names):
        return False
    whole = f"{case.article.title}\n{case.article.text}"[:_MAX_TEXT]
    if _names_any(whole, (name for one in theirs for name in one.names)) or list_common_names(case, held):
        return False
    n_told, n_held = count_telling(case, held)
    return n_held <= _MOST_HELD * n_told


def _takes_as_known(case: Case) -> bool:
    """Return whether what the article opens with is known: "The plane whose crew died came down in Moshi".

    Russian has no article that would tell.
    """
    first = case.reading.sentences[0].text if case.reading.sentences else ""
    return first.startswith(_THE) and bool(split_given(first, case.reading.language or "en").given)


def _are_apart(ours: _Scene, theirs: _Scene, *, is_abroad: bool) -> bool:
    """Return whether two openings are at places that exclude each other: of no country in common, or two cities.

    A town with namesakes in several countries ("Valencia") is told apart only across languages, where words say little.
    """
    if ours.countries and theirs.countries and ours.countries.isdisjoint(theirs.countries):
        return True
    pairs = [(here, there) for one in ours.known for here in one for other in theirs.known for there in other]
    are_two = _are_two_places if is_abroad else _are_two_cities
    return bool(pairs) and all(are_two(here, there) for here, there in pairs)


def _are_two_places(here: Entity, there: Entity) -> bool:
    """Return whether two places are of two countries, or two cities of one: whichever Valencia it is, not Voronezh."""
    countries = country_of(here.key, {}), country_of(there.key, {})
    return (all(countries) and countries[0] != countries[1]) or _are_two_cities(here, there)


def _are_two_cities(here: Entity, there: Entity) -> bool:
    """Return whether two places are two cities of one country; a province or an island may hold the other."""
    if here.key == there.key or not _is_city(here.key) or not _is_city(there.key):
        return False
    country = country_of(here.key, {})
    return bool(country) and country == country_of(there.key, {})


def _is_city(key: str) -> bool:
    """Return whether a place is a city, and no province or island that one may lie in."""
    return key not in gazetteer().entities or bool(is_capital_of(key))


@lru_cache(maxsize=1 << 11)
def _scene_of(title: str, lead: str) -> _Scene:
    first = next((one.text for one in split_sentences(lead)), "")
    text = f"{title}. {first}"
    names = [name for name in list_spots(text) if not any(map(is_country, _keys_of(name)))]
    known = tuple(filter(None, map(_places_of, names)))
    sole = {country_of(each[0].key, {}) for each in known if len({country_of(one.key, {}) for one in each}) == 1}
    named = {key for word in _NAME.findall(text) for key in _keys_of(word) if is_country(key)}
    return _Scene(tuple(names), known, frozenset(sole | named) - {""})


@lru_cache(maxsize=1 << 11)
def list_spots(text: str) -> tuple[str, ...]:
    """Return the names that stand as places in a text, after "in", "near" and their like, known or not, in order."""
    names = dict.fromkeys(found.group(1) for found in _spot().finditer(text))
    return tuple(name for name in names if not is_date_word(name.rpartition(" ")[2]))


@cache
def _spot() -> re.Pattern[str]:
    words = load_toml("another.toml")["spots"]["words"]
    return re.compile(rf"\b(?:{words}) ((?:(?:El|La|Los|Las) )?{_NAME.pattern}(?:[ -]{_NAME.pattern})*)")


def _our_scene(case: Case) -> _Scene:
    found = _scene_of(case.article.title, case.article.text[:_MAX_LEAD])
    end = case.reading.sentences[0].end if case.reading.sentences else 0
    named = (country_of(one.entity.key, case.world.within) for one in case.reading.mentions if one.start < end)
    return replace(found, countries=found.countries.union(named) - {""})


def _keys_of(name: str) -> tuple[str, ...]:
    return tuple(one.key for one in _places_of(name))


@lru_cache(maxsize=1 << 12)
def _places_of(name: str) -> tuple[Entity, ...]:
    return tuple(one for one in lookup(name) if one.kind is EntityKind.PLACE)


def _last(name: str) -> str:
    return fold(name.rpartition(" ")[2])


def _names_any(text: str, names: Iterable[str]) -> bool:
    """Return whether a text has any of these names, in whatever letters."""
    words = _NAME.findall(text)
    folded, sounds = set(map(fold, words)), set(map(skeleton, words))
    return any(_last(name) in folded or skeleton(name.rpartition(" ")[2]) in sounds for name in names)
