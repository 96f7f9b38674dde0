"""Who acts in a sentence, and where: the mentions of a sentence sorted into actors, places and equipment.

Owns the choice between "Russia" as somebody and "Russia" as somewhere. Must not find mentions
(``news.names.entities``).

People and organisations act. A place acts when it is a country written as an adjective ("Russian troops"), when it
owns ("Russia's deployment"), or when no preposition of place leads to it ("Moscow accused", "sanctions against Iran").
A city that acts stands for its country. Known failure: a country after "to" or "from" is a place even where it
receives or gives ("aid to Ukraine").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from news.model import EntityKind, EventKind, Mention
from news.reports.clauses import Row
from news.reports.lexicon import POSSESSIVE, ROLES
from news.reports.outlets import outlet_of

_R = ROLES
_MAX_ACTORS = 12
_MAX_LIST_GAP = len(", and ")
_DONE_TO = frozenset(
    {EventKind.ACCUSE, EventKind.THREATEN, EventKind.REQUEST, EventKind.SANCTION, EventKind.SUPPORT, EventKind.AID}
)
_GOES_TO = frozenset({EventKind.MOVE, EventKind.CONSULT})
_ADJECTIVE_ENDINGS = ("an", "ans", "ese", "ish", "i", "is", "ch", "ek", "ss", "ic")


class Cast(NamedTuple):
    """The keys of who and what a sentence names. ``places`` are with the index of their first word."""

    actors: tuple[str, ...]
    places: tuple[tuple[int, str], ...]
    equipment: tuple[str, ...]


def cast_of(row: Row, mentions: Sequence[Mention]) -> Cast:
    """Return the cast of a sentence, actors in order of mention and without repetitions."""
    actors: dict[str, None] = {}
    places: dict[str, int] = {}
    equipment: dict[str, None] = {}
    last: tuple[Mention, bool] | None = None
    for mention in mentions:
        at = row.index_of(mention.start)
        kind, key = mention.entity.kind, mention.entity.key
        if kind is EntityKind.EQUIPMENT:
            equipment[key] = None
        elif kind is not EntityKind.PLACE:
            if not _is_source(row, mention):
                actors[key] = None
        else:
            acts = last[1] if last is not None and _continues(last[0], mention) else _acts(row, at, mention)
            last = (mention, acts)
            if acts:
                actors[_country_of(mention)] = None
            else:
                places.setdefault(key, at)
    return Cast(tuple(actors)[:_MAX_ACTORS], tuple((at, key) for key, at in places.items()), tuple(equipment))


def nearest_places(cast: Cast, at: int) -> tuple[str, ...]:
    """Return the keys of the places of ``cast``, the one nearest to the word ``at`` first; after it beats before it."""
    order = sorted(cast.places, key=lambda place: (abs(place[0] - at) + (2 if place[0] < at else 0), place[0]))
    return tuple(key for _, key in order)


def _is_source(row: Row, mention: Mention) -> bool:
    """An outlet that a sentence is attributed to reports the act and takes no part in it."""
    if not row.roles & _R["speech"]:
        return False
    outlet = outlet_of(mention.text)
    return outlet is not None and outlet.kind != "agency"


def _continues(last: Mention, mention: Mention) -> bool:
    """Say whether a place goes on with the list before: "Caracas, Venezuela" and "Russia, China and Iran"."""
    gap = mention.start - last.end
    if mention.entity.key in last.entity.within:
        return gap <= len(", ")
    return gap <= _MAX_LIST_GAP and bool(mention.entity.within) == bool(last.entity.within)


_WATERS = frozenset({"Ocean", "Sea", "Strait", "Canal", "Arctic", "Antarctica", "Bay", "Lake", "River", "Channel"})


def _is_water(mention: Mention) -> bool:
    """Say whether a place is a water or an uninhabited part of the world: that does nothing and owns nothing."""
    words = mention.entity.name.split()
    return words[-1] in _WATERS or words[0] in {"Strait", "Bay", "Lake", "Sea"}


def _acts(row: Row, at: int, mention: Mention) -> bool:
    if _is_water(mention):
        return False
    if row.words[at].roles & POSSESSIVE or _is_adjective(mention):
        return True
    before = at - 1
    while before >= 0 and row.words[before].roles & _R["determiner"]:
        before -= 1
    if before < 0:
        return True
    word = row.words[before]
    if _is_addressed(row, before):
        return True
    if word.roles & _R["locative"] or any(sense.kind in _GOES_TO for sense in word.verbs):
        return False
    return not mention.entity.within or _is_subject(row, before, at)


def _is_addressed(row: Row, before: int) -> bool:
    """Say whether a verb that is done to somebody leads to the place: "accused Moscow", "acusó a Moscú"."""
    at = before - 1 if before and row.words[before].text == "a" else before
    return any(sense.kind in _DONE_TO for sense in row.words[at].verbs)


def _is_subject(row: Row, before: int, at: int) -> bool:
    """Say whether a city stands where somebody who acts would: first in its clause, or beside "with" or "against"."""
    roles = row.words[before].roles
    opens = row.depth[at] > row.depth[before] or roles & (_R["coordinate"] | _R["relative"] | _R["subordinate"])
    return bool(opens or roles & (_R["speech"] | _R["preposition"]))


def _is_adjective(mention: Mention) -> bool:
    text, name = mention.text, mention.entity.name
    if text == name or not text:
        return False
    is_country = not mention.entity.within
    return is_country and (text[0].islower() or text.endswith(_ADJECTIVE_ENDINGS))


def _country_of(mention: Mention) -> str:
    """Return the country of a place that acts: itself, or the outermost place that it lies in."""
    within = [key for key in mention.entity.within if key.startswith("place:")]
    return within[-1] if within else mention.entity.key
