"""The known names: who and what the tables list, in every form that a text may use.

Owns the reading of the name tables into one index by first word. Must never look at a text: matching is
``news.names.entities``'s. Built on first use from tables that ship with the package; a third of a second, and kept.

A form is a tuple of word keys (``name_key``), so that case, accents, possessives and Russian endings do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from news.model import Entity, EntityKind
from news.names.endings import without_ending
from news.tables import load_toml
from news.words.text import fold

__all__ = ["WORD", "Form", "FormFlag", "Gazetteer", "form_keys", "gazetteer", "name_key", "slug_of"]

WORD = re.compile(
    r"[^\W_](?:[a-z]++(?=[ ,.\n])"  # nearly all words need no second look
    r"|(?<=[^\W\d_])\.(?:[^\W\d_]\.)+"  # U.S.
    r"|[^\W_]*(?:['’][^\W_]+)*)"
)
"""A word of a name: hyphens and slashes separate, so that "Tu-160" is two words. It begins with a set of characters,
over which the search runs without trying the rest at each sign."""

_NAME_CACHE = 16_384
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
    "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g",
}  # fmt: skip
_DOTTED = re.compile(r"(?:[A-Z]\.){2,}")
_MIN_ANY_CASE = 5
_ANY_CASE_NOT = frozenset(
    ("turkey", "china", "jordan", "georgia", "guinea", "japan", "panama", "malta", "samoa", "benin")
)
_ES_ENDINGS = {
    "és": ("és", "esa", "eses", "esas"),
    "án": ("án", "ana", "anes", "anas"),
    "ol": ("ol", "ola", "oles", "olas"),
    "o": ("o", "a", "os", "as"),
    "í": ("í", "íes", "ís"),
}


class FormFlag:
    """What a form needs to count, as bits; plain integers, because they are tested for every word of every article."""

    NONE: Final = 0
    EXACT: Final = 1
    """The capitals must be as in the table (``US``)."""
    WEAK: Final = 2
    """Something else in the text must point to the entity (``Kim``)."""
    ARMS: Final = 4
    """The sentence must speak of weapons (``Patriot``)."""
    ANY_CASE: Final = 8
    """A small first letter will do (``venezolano``)."""
    PEOPLE: Final = 16
    """It is the name of a people, not of the place."""


_MARKS = {"=": FormFlag.EXACT, "~": FormFlag.WEAK, "^": FormFlag.ARMS}


class Form(NamedTuple):
    """One way to write a name. ``language`` is set where the form only holds in texts of that language."""

    keys: tuple[str, ...]
    entity: Entity
    flags: int
    text: str
    language: str = ""


class Gazetteer(NamedTuple):
    """The index of forms.

    Attributes:
        forms: by the first key, longest form first.
        small_forms: those of them that also count with a small first letter.
        entities: by entity key.
        governments: key of a place -> the government that acts from there (countries and their capitals).
        capitals: keys of the places whose name may stand for a government.
    """

    forms: Mapping[str, Sequence[Form]]
    small_forms: Mapping[str, Sequence[Form]]
    entities: Mapping[str, Entity]
    governments: Mapping[str, Entity]
    capitals: frozenset[str]


@lru_cache(maxsize=_NAME_CACHE)
def name_key(word: str) -> str:
    """Return what two spellings of one word of a name share: folded, no possessive, no dots, no Russian ending."""
    key = fold(word).replace(".", "")
    if key.endswith("'s"):
        key = key[:-2]
    elif key.endswith("s'"):
        key = key[:-1]
    if key[:-1].isdigit() and key.endswith("s"):
        return key[:-1]
    return without_ending(key) if key and "а" <= key[0] <= "я" else key


def form_keys(text: str) -> tuple[str, ...]:
    """Return the keys of the words of a name, in order."""
    return tuple(key for match in WORD.finditer(text) if (key := name_key(match.group())))


def slug_of(name: str) -> str:
    """Return a name as part of an entity key: ASCII, lower case, words joined by hyphens; Cyrillic transliterated."""
    folded = re.sub("ий\\b", "y", name.lower()) if not name.isascii() else name
    latin = "".join(_CYRILLIC.get(letter, letter) for letter in folded.lower())
    return _NOT_SLUG.sub("-", fold(latin).replace("'", "")).strip("-")


@cache
def gazetteer() -> Gazetteer:
    """Return the index of all listed names but the cities of ``news.names.cities``."""
    entities: dict[str, Entity] = {}
    forms: list[Form] = []
    forms += _read_countries(entities)
    for kind in (EntityKind.ORG, EntityKind.PLACE, EntityKind.EQUIPMENT):
        forms += _read_rows(load_toml("names.toml")[kind.value], kind, entities)
    forms += _read_rows(load_toml("names_people.toml"), EntityKind.PERSON, entities)
    governments, capitals = _find_governments(entities, forms)
    small = _index(form for form in forms if form.flags & FormFlag.ANY_CASE)
    return Gazetteer(_index(forms), small, entities, governments, frozenset(capitals))


def _index(forms: Iterable[Form]) -> dict[str, list[Form]]:
    index: dict[str, list[Form]] = {}
    for form in forms:
        if form.keys:
            index.setdefault(form.keys[0], []).append(form)
    for listed in index.values():
        listed.sort(key=lambda form: (-len(form.keys), form.flags & FormFlag.WEAK))
    return index


def _read_countries(entities: dict[str, Entity]) -> Iterator[Form]:
    metonyms: Mapping[str, list[str]] = load_toml("names.toml")["government"]
    for code, row in load_toml("countries.toml").items():
        name = str(row["name"])
        place = Entity(f"place:{slug_of(name)}", name, EntityKind.PLACE)
        government = Entity(f"org:government-of-{slug_of(name)}", f"Government of {name}", EntityKind.ORG, (place.key,))
        entities[place.key] = entities[_code_key(code)] = place
        entities[government.key] = government
        yield from _country_forms(name, row, place)
        yield from (_form(text, government) for text in (government.name, *metonyms.get(code, ())))


def _code_key(code: str) -> str:
    """Return the key under which a country is kept while the tables are read."""
    return f"iso:{code}"


def _country_forms(name: str, row: Mapping[str, Any], place: Entity) -> Iterator[Form]:
    for text in (() if row.get("weak") else (name,)) + tuple(row.get("forms", ())):
        plain = text.isalpha() and len(text) >= _MIN_ANY_CASE and fold(text) not in _ANY_CASE_NOT
        yield _form(text, place, FormFlag.ANY_CASE if plain else FormFlag.NONE)
    for text in row.get("en", ()):
        yield from (_form(people, place, FormFlag.PEOPLE) for people in (text, text + "s"))
    for text in row.get("es", ()):
        for people in _spanish_endings(text):
            yield _form(people, place, FormFlag.PEOPLE | FormFlag.ANY_CASE, "es")
    for text in row.get("ru", ()):
        yield _form(text, place, FormFlag.PEOPLE | FormFlag.ANY_CASE)


def _spanish_endings(word: str) -> tuple[str, ...]:
    for ending, forms in _ES_ENDINGS.items():
        if word.endswith(ending):
            return tuple(word.removesuffix(ending) + form for form in forms)
    return (word, word + "s")


def _form(text: str, entity: Entity, flags: int = FormFlag.NONE, language: str = "") -> Form:
    mark = _MARKS.get(text[:1], FormFlag.NONE)
    plain = text[1:] if mark else text
    if _DOTTED.fullmatch(plain):
        mark = FormFlag.EXACT  # "U.N." is no "Un"
    return Form(form_keys(plain), entity, mark or flags, plain, language)


def _read_rows(rows: Mapping[str, list[str]], kind: EntityKind, entities: dict[str, Entity]) -> Iterator[Form]:
    for name, row in rows.items():
        parent = _find_parent(row[0], entities)
        entity = Entity(f"{kind.value}:{slug_of(name)}", name, kind, (parent.key, *parent.within) if parent else ())
        entities[entity.key] = entity
        texts = [text for text in row[1:] if fold(text) != fold(name)]
        marked = any(text[1:] == name for text in texts if text[0] in _MARKS)
        yield from (_form(text, entity) for text in ([] if marked else [name]) + texts)
        if kind is EntityKind.EQUIPMENT:
            yield from (_form(text + "s", entity) for text in ([] if marked else [name]) + texts if _has_plural(text))


def _has_plural(text: str) -> bool:
    return text[-1:].isalpha() and text.isascii() and text[-1:] != "s"


def _find_parent(name: str, entities: Mapping[str, Entity]) -> Entity | None:
    if not name:
        return None
    keys = (_code_key(name), f"org:{slug_of(name)}", f"place:{slug_of(name)}")
    found = next((entities[key] for key in keys if key in entities), None)
    if found is None:
        raise ValueError(f"names tables: {name!r} is neither a country code nor a name listed before its use")
    return found


def _find_governments(entities: dict[str, Entity], forms: Iterable[Form]) -> tuple[dict[str, Entity], list[str]]:
    """Return who acts from each country and capital, and the keys of the capitals; drops the keys by country code."""
    cities = {form.keys: form.entity for form in forms if form.entity.kind is EntityKind.PLACE}
    acting: Mapping[str, str] = load_toml("names.toml")["acting"]
    governments: dict[str, Entity] = {}
    capitals = []
    for code, row in load_toml("countries.toml").items():
        country = entities.pop(_code_key(code))
        actor = entities[f"org:government-of-{slug_of(country.name)}"]
        governments[country.key] = actor
        capital = cities.get(form_keys(row.get("capital", "")))
        if capital is not None and country.key in capital.within:
            other = acting.get(capital.name, "")
            governments[capital.key] = entities[f"org:{slug_of(other)}"] if other else actor
            capitals.append(capital.key)
    return governments, capitals
