"""Columns of brief items, "World in brief": what its items are, which sentence belongs to which, on which countries.

Owns the recognition of such a column and the cutting into items. Must never choose the story of an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from news.model import Entity, EntityKind, Mention, Sentence
from news.names.entities import get_entity
from news.words.meanings import is_date_word
from news.words.text import NAME_INSIDE

_TITLE = re.compile(
    r"(?i)\b(?:in brief|(?:news|world|global|regional|morning|evening|daily|weekly) (?:briefs?|digest|summary|wrap)|"
    r"round-?up|news in short|at a glance|around the (?:world|region|globe)|week in review|things to know|"
    r"(?:your|(?:mon|tues|wednes|thurs|fri|satur|sun)day|morning|evening|daily|weekly) (?:\w+ )?briefing|"
    r"en breve|breves|"
    r"resumen (?:de noticias|semanal|del día)|(?:cosas|claves|noticias) (?:que (?:debe|hay que) saber|del día)|"
    r"дайджест|коротко о|главное (?:за|к этому)|итоги (?:дня|недели))\b"
)
_LEAST_HEADED = 3
"""Paragraphs headed by a country that make a column without a title that says so."""

_MANY = 3
"""Paragraphs from which on a text is cut by them; else by its sentences."""

_MARKED = re.compile(r"\s*(?:\d{1,2}[.)](?:\s|$)|[-•*–—] |[^\W\d_a-zà-ÿа-яё][^\W\d_a-zà-ÿа-яё’'. -]{2,30}[.:](?:\s|$))")
"""How an item begins: by a number, a bullet, or a word or two in capitals."""

_NAME = re.compile(NAME_INSIDE)

_MOST_ITEMS = 12
_LEAST_WORDS = 6
_MOSTLY = 0.6
"""Share of a text that its items make up: a list of the dead in an account is no column."""
_HEAD_ENDS = (":", " –", " —", " -", ".—")


def list_items(title: str, sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """Return the items of a column in order, each by its sentences; nothing where there are not three.

    They are the paragraphs that begin as items do; below a title that says so, all that are no mere line.
    """
    paragraphs = _group(sentences)
    items = [one for one in paragraphs if _MARKED.match(one[0].text)]
    if len(items) < _MANY and _TITLE.search(title):
        items = [one for one in paragraphs if sum(len(each.text.split()) for each in one) >= _LEAST_WORDS]
    return items if len(items) >= _MANY else []


@lru_cache(maxsize=1 << 9)
def is_column(title: str, text: str) -> bool:
    """Return whether an article is a column of items on as many matters: three of its items share no name.

    They are the paragraphs that begin as items do and make up most of the text; below a title that says so, all.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    items = [line for line in lines if _MARKED.match(line)]
    if sum(map(len, items)) < _MOSTLY * sum(map(len, lines)):
        items = lines if _TITLE.search(title) else []
    named = [_names_in(_MARKED.sub("", line, count=1)) for line in items[:_MOST_ITEMS]]
    n_apart = sum(
        bool(one) and all(one.isdisjoint(other) for other in named[:at] + named[at + 1 :])
        for at, one in enumerate(named)
    )
    return n_apart >= _MANY


def _names_in(line: str) -> frozenset[str]:
    return frozenset(name for name in _NAME.findall(line) if not is_date_word(name))


def list_item_countries(
    title: str, sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> Mapping[int, tuple[str, ...]] | None:
    """Return the keys of the countries of the item that each sentence is part of; None where the text is no column.

    A part that names a country, and none of those of the item before it, opens an item; one that names none goes on
    with the item. Sentences before the first item are of no country.
    """
    paragraphs = _group(sentences)
    if not _TITLE.search(title) and sum(map(_is_headed, paragraphs, [mentions] * len(paragraphs))) < _LEAST_HEADED:
        return None
    parts = paragraphs if len(paragraphs) >= _MANY else [[sentence] for sentence in sentences]
    found: dict[int, tuple[str, ...]] = {}
    current: tuple[str, ...] = ()
    for part in parts:
        named = tuple(dict.fromkeys(_countries_in(part, mentions)))
        if named and set(named).isdisjoint(current):
            current = named
        found.update(dict.fromkeys((sentence.index for sentence in part), current))
    return found


def _group(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    paragraphs: dict[int, list[Sentence]] = {}
    for sentence in sentences:
        paragraphs.setdefault(sentence.paragraph, []).append(sentence)
    return list(paragraphs.values())


def _is_headed(part: Sequence[Sentence], mentions: Sequence[Mention]) -> bool:
    """Return whether a paragraph opens with the bare name of a country: "PERU: Police ...", or "Peru" alone."""
    start, text = part[0].start, part[0].text
    first = next((one for one in mentions if one.start == start and _country_of(one.entity)), None)
    if first is None:
        return False
    rest = text[first.end - start :]
    return not rest.strip() or rest.startswith(_HEAD_ENDS)


def _countries_in(part: Sequence[Sentence], mentions: Sequence[Mention]) -> Iterator[str]:
    start, end = part[0].start, part[-1].end
    for mention in mentions:
        if start <= mention.start < end and (country := _country_of(mention.entity)):
            yield country


def _country_of(entity: Entity) -> str:
    """Return the key of the country that an entity is or lies in; empty for waters, people and what lies nowhere."""
    places = [key for key in entity.within if key.startswith("place:")]
    if places:
        outer = get_entity(places[-1])
        return places[-1] if outer is None or not outer.within else ""
    return entity.key if entity.kind is EntityKind.PLACE and not entity.within else ""
