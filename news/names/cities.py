"""Cities that the name tables do not list, some 32,000 of them.

Owns their index and who is who among namesakes. Must never be asked for a name that ``news.names.gazetteer`` knows, and
never decides alone: a city counts only with evidence from the text (see ``news.names.entities``). Data: GeoNames, CC BY
4.0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from news.model import Entity, EntityKind
from news.names.gazetteer import form_keys, name_key, slug_of
from news.tables import load_lines, load_toml
from news.words.text import fold

__all__ = ["City", "city_entity", "find_cities", "find_city", "opens_city", "pick_city"]

GREAT_CITY = 500_000
"""Inhabitants from which a city is meant without its country being named."""


class City(NamedTuple):
    """One city: English name, ISO 3166 code of its country, inhabitants, and its place among namesakes from 0."""

    name: str
    country: str
    inhabitants: int
    rank: int


@cache
def _latin_index() -> Mapping[str, Sequence[str]]:
    """Return the lines of the table by the first word of their English name; they are taken apart when asked for."""
    index: defaultdict[str, list[str]] = defaultdict(list)
    for line in load_lines("cities.tsv"):
        index[_first_key(line.partition("\t")[0])].append(line)
    return dict(index)


@cache
def _cyrillic_index() -> Mapping[str, Sequence[str]]:
    """Return the lines by the first word of each Russian name, which is stemmed: twice the work, and few texts ask."""
    index: defaultdict[str, list[str]] = defaultdict(list)
    for line in load_lines("cities.tsv"):
        for key in {_first_key(name) for name in line.split("\t")[3:]}:
            index[key].append(line)
    return dict(index)


def _lines(first_key: str) -> Sequence[str]:
    """Return the lines of the cities of which a name begins with a word key, which is not empty."""
    return (_cyrillic_index() if "а" <= first_key[0] <= "я" else _latin_index()).get(first_key, ())


def _first_key(name: str) -> str:
    head = name.partition(" ")[0]
    if not head.isalpha():
        return form_keys(head)[0]
    return head.lower() if head.isascii() else name_key(head)


@lru_cache(maxsize=8_192)
def _bearers(first_key: str) -> tuple[tuple[tuple[str, ...], City], ...]:
    """Return each name that starts with this word and its city, largest first."""
    found = []
    ranks: dict[str, int] = {}
    for line in _lines(first_key):
        name, country, inhabitants, *others = line.split("\t")
        slug = slug_of(name)
        city = City(name, country, int(inhabitants), ranks.get(slug, 0))
        ranks[slug] = city.rank + 1
        found += [(keys, city) for keys in {form_keys(text) for text in (name, *others)} if keys[0] == first_key]
    return tuple(found)


def opens_city(key: str) -> bool:
    """Tell whether the name of some city begins with this word key; nearly all words end here."""
    return bool(key and _lines(key))


def find_cities(keys: Sequence[str], first: str = "") -> tuple[int, tuple[City, ...]]:
    """Return how many of ``keys`` (word keys from the start of a name) the longest city name takes, and its bearers.

    The bearers come by inhabitants, largest first; (0, ()) if there are none.

    Args:
        first: the first word as it is written. Two names may share a key ("Кальян", "Кальяо"): what is spelled just so
            goes first.
    """
    if not opens_city(keys[0]):
        return 0, ()
    found = [(len(form), city) for form, city in _bearers(keys[0]) if form == tuple(keys[: len(form)])]
    longest = max((length for length, _ in found), default=0)
    cities = tuple(dict.fromkeys(city for length, city in found if length == longest))
    if len(cities) > 1 and first and not first.isascii():
        spelled = _spelled(keys[0], fold(first))
        cities = tuple(sorted(cities, key=lambda city: city not in spelled))
    return longest, cities


@lru_cache(maxsize=1_024)
def _spelled(first_key: str, first: str) -> frozenset[City]:
    """Return the cities of which a name begins with a word as it is written, among those that share its key."""
    lines = [line.split("\t") for line in _lines(first_key)]
    names = {
        (name, country, int(inhabitants))
        for name, country, inhabitants, *others in lines
        if any(fold(text.partition(" ")[0]) == first for text in (name, *others))
    }
    return frozenset(city for _, city in _bearers(first_key) if (city.name, city.country, city.inhabitants) in names)


def pick_city(cities: Sequence[City], countries: Collection[str]) -> City | None:
    """Return the bearer that a text means, or None: the largest in a country that it names, else a great city.

    ``countries`` are keys of places that the text names.
    """
    for city in cities:
        if _country_key(city.country) in countries:
            return city
    return cities[0] if cities and cities[0].inhabitants >= GREAT_CITY else None


@lru_cache(maxsize=4_096)
def city_entity(city: City) -> Entity:
    """Return the entity of a city. The largest of a name has the plain key; others carry their country and rank."""
    tail = f"-{city.country.lower()}" + (f"-{city.rank}" if city.rank > 1 else "") if city.rank else ""
    return Entity(f"place:{slug_of(city.name)}{tail}", city.name, EntityKind.PLACE, (_country_key(city.country),))


def find_city(key: str) -> Entity | None:
    """Return the city with this entity key, or None."""
    first = name_key(key.removeprefix("place:").partition("-")[0])
    cities = (city for _, city in _bearers(first)) if first else ()
    return next((entity for entity in map(city_entity, cities) if entity.key == key), None)


@cache
def _country_key(code: str) -> str:
    return f"place:{slug_of(load_toml('countries.toml')[code]['name'])}"
