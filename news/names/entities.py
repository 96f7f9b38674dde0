"""Who and what a text names: people, organisations, places, equipment.

Owns the one answer to "what does this name stand for", for texts and for what a reader types. Must never guess a
person's name from a single word without a title, nor a place without evidence: the store keeps what is found here.

Steps: listed names (``news.names.known_names``), then names told by their shape (``news.names.new_names``), then
capitals that stand for governments. English, Spanish and Russian; other languages only through listed names in Latin or
Cyrillic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from news.model import Entity, Mention, Sentence
from news.names.cities import city_entity, find_cities, find_city
from news.names.gazetteer import Form, FormFlag, form_keys, gazetteer
from news.names.known_names import extend_governments, extend_people, find_known, merge_equipment, set_actors, settle
from news.names.name_words import Page
from news.names.new_names import find_new

__all__ = ["find_mentions", "get_entity", "lookup"]

_MAX_TYPED = 200
_GLUED = re.compile(r"(?<=[^\W\d_])(?=\d)")
_ARTICLE = re.compile(r"^(?:the|el|la|los|las)\s+(?=\S)", re.IGNORECASE)


def find_mentions(text: str, sentences: Sequence[Sentence], language: str) -> tuple[Mention, ...]:
    """Return the names in ``sentences`` of ``text`` in order, not overlapping; ``text[start:end]`` is each as written.

    A people's name counts for its country ("Venezuelan"), a capital that acts for the government ("Moscow promised"),
    a surname for the person ("Maduro"). Possessive endings belong to the mention. ``language`` is ISO 639-1 and only
    decides which small-lettered words are names (Spanish and Russian adjectives).

    Known failures: Russian names that no table lists keep their case ending and so differ between texts; headlines in
    capitals yield listed names only; a Chinese or Korean surname alone is not led back to its bearer.
    """
    page = Page(text, sentences, language)
    hits = find_known(page)
    extend_people(page, hits)
    hits = merge_equipment(page, settle(hits))
    hits = find_new(page, hits)
    extend_governments(page, hits)
    set_actors(page, hits)
    return tuple(
        Mention(start, end, text[start:end], hit.entity)
        for hit in hits
        for start, end in [(page.start_of(hit.first), page.end_of(hit.last - 1))]
    )


@lru_cache(maxsize=4_096)
def lookup(name: str) -> tuple[Entity, ...]:
    """Return all known entities that a typed name may stand for, best first; empty if it is unknown.

    Any language of the tables, any spelling of case, accents and hyphens ("guaido", "tu160", "Москвы", "the Kremlin").
    A capital gives the place, then the government; namesake cities come by inhabitants. Names that only the store
    knows are not found here.
    """
    typed = name.strip()[:_MAX_TYPED]
    for text in dict.fromkeys((typed, _ARTICLE.sub("", typed), _GLUED.sub("-", typed))):
        keys = form_keys(text)
        found = _listed(keys) if keys else {}
        if keys:
            length, cities = find_cities(keys, text.partition(" ")[0])
            if length == len(keys):
                found.update((entity.key, entity) for entity in map(city_entity, cities) if entity.key not in found)
        if found:
            return tuple(found.values())
    return _by_surname(form_keys(typed))


def _listed(keys: tuple[str, ...]) -> dict[str, Entity]:
    known = gazetteer()
    forms = sorted(
        (form for form in known.forms.get(keys[0], ()) if form.keys == keys),
        key=lambda form: form.flags & (FormFlag.WEAK | FormFlag.ARMS) > 0,
    )
    found = {form.entity.key: form.entity for form in forms}
    for key in tuple(found):
        if key in known.capitals:
            found[known.governments[key].key] = known.governments[key]
    return found


def _by_surname(keys: tuple[str, ...]) -> tuple[Entity, ...]:
    """Return the person whose listed surname ends what was typed and whose given name begins like it."""
    if len(keys) <= 1:
        return ()
    forms: Sequence[Form] = gazetteer().forms.get(keys[-1], ())
    found = (form.entity for form in forms if form.keys == keys[-1:] and form.entity.key.startswith("person:"))
    return tuple(entity for entity in found if form_keys(entity.name)[0][:2] == keys[0][:2])


def is_of_its_people(mention: Mention) -> bool:
    """Return whether a mention of a place is the word for its people or what is theirs: "French", "французский"."""
    keys = form_keys(mention.text)
    forms = gazetteer().forms.get(keys[0], ()) if keys else ()
    flags = [form.flags for form in forms if form.keys == keys and form.entity.key == mention.entity.key]
    return bool(flags) and all(flag & FormFlag.PEOPLE for flag in flags)


def get_entity(key: str) -> Entity | None:
    """Return the listed entity or city with this key, or None (names that were told by their shape are not listed)."""
    found = gazetteer().entities.get(key)
    if found is None and key.startswith("place:"):
        return find_city(key)
    return found
