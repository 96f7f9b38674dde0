"""Russian regions, named by the adjective of their chief town: "Самарская область", "в Корабельном районе".

Owns the way from the adjective to the town, so that "Самарская область" and "Samara region" share a name. Must never
take an adjective that no town has for a place; it only keeps it from being taken for a person.
"""

from __future__ import annotations

from collections.abc import Sequence

from news.model import Entity, EntityKind
from news.names.cities import City, city_entity, find_cities
from news.names.gazetteer import gazetteer, name_key
from news.names.known_names import Hit
from news.names.name_words import Page

__all__ = ["REGIONS", "find_regions"]

REGIONS = frozenset(map(name_key, ("область", "край", "район", "округ", "губерния", "республика", "провинция")))
"""Words after the adjective of a region, as word keys."""
_SUFFIX = "ск"
_LEAST_PEOPLE = 100_000


def find_regions(page: Page, hits: Sequence[Hit]) -> list[Hit]:
    """Return the regions of a text in order: a capitalised adjective before "область" or the like, where it is free.

    The key is that of the town, as in English, where the region of Samara is named like the town.
    """
    taken = {index for hit in hits for index in range(hit.first, hit.last)}
    found = []
    for index in page.capitals:
        if index in taken or page.keys[index + 1] not in REGIONS:
            continue
        town = _town_of(page.keys[index])
        if town is not None:
            found.append(Hit(index, index + 1, (town,)))
    return found


def _town_of(adjective: str) -> Entity | None:
    """Return the town that an adjective (its stem) is made of: "курск" is Kursk, "самарск" Samara; None for none."""
    bare = adjective.rstrip("оаеиуыюя")
    for key in (bare, bare.removesuffix(_SUFFIX)):
        listed = [form.entity for form in gazetteer().forms.get(key, ()) if form.keys == (key,)]
        place = next((entity for entity in listed if entity.kind is EntityKind.PLACE), None)
        if place is not None:
            return place
        cities = [city for city in find_cities((key,))[1] if _may_name_region(city)]
        if cities:
            return city_entity(cities[0])
    return None


def _may_name_region(city: City) -> bool:
    return city.inhabitants >= _LEAST_PEOPLE and city.country in {"RU", "UA", "BY", "KZ", "KG", "UZ", "TM", "TJ"}
