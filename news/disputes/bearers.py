"""Whose act a denial is about: names of the doer, the thing or the town by which it is another's than what is told.

Owns the finding of such names in two sentences of which one denies an act. Must never judge whether the act is told:
``news.reports.negations`` does.

Who says that the Saimaa was not boarded denies nothing of the Ilmatar, and what stayed open in Vlora may be shut in
Durres. A name that only one of the two has excludes nothing. In Spanish and Russian, where no part that a name plays is
known, two sentences that each have names and share none are of another. Known failure: two names of one town or man.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from news.names.entities import get_entity
from news.reports.denials_told import are_of_two_names
from news.reports.denied import Denied
from news.reports.tellings import Name, Telling, is_passive, listed
from news.words.facts import Within
from news.words.meanings import GLOSSED
from news.words.text import stem_words, stop_words
from news.words.things import things_in

_DOERS = frozenset({"lead", "of", "by", "rest", "other"})
_SORTS = ("bearer", "place")
_HOUSES = frozenset(
    stem
    for word in (
        "clinic",
        "elementary",
        "college",
        "academy",
        "nursery",
        "church",
        "theatre",
        "museum",
        "library",
        "mill",
    )
    for stem in stem_words(word)
)
_PRONOUNS = frozenset(["he", "him", "his", "she", "her", "it", "they", "them", "their"])
_EDGES = frozenset({"while", "whereas", "though", "although", "but", ";"})
_SCOPE = 3
_APPOSED = 2


def is_of_another(ours: Telling, theirs: Telling, denied: Sequence[Denied] | None, within: Within) -> bool:
    """Return whether two sentences name two bearers for what one of them denies.

    Args:
        denied: what either sentence denies; one of two names stands in it. None where a state is told and no denial.
    """
    if denied is not None and not denied:
        return False
    if any(one.language in GLOSSED for one in denied or ()):
        return are_of_two_names(ours.quote, theirs.quote, denied or ())
    return _have_two_bearers(ours, theirs, denied, within)


def _have_two_bearers(ours: Telling, theirs: Telling, denied: Sequence[Denied] | None, within: Within) -> bool:
    said = {low for one in denied or () for low in (*one.subject, *one.scope)}
    here, there = _parted(ours, denied), _parted(theirs, denied)
    swapped = is_passive(ours) is not is_passive(theirs)
    for sort in _SORTS:
        mine, other = here[sort], there[sort]
        shared = [one for one in mine if any(_is_one(one, held, within) for held in other)]
        if any(not _is_site(one) for one in shared):
            if sort == "bearer":
                return False  # somebody is in one town only: who was elsewhere is still he
            continue
        if shared and sort == "bearer":
            continue  # schools and clinics of one name stand in many towns
        if sort == "bearer" and said & _PRONOUNS:
            continue  # "has had no letter from him"
        if any(
            _is_said(said, one, held) and _excludes(one, held, sort, swapped=swapped) for one in mine for held in other
        ):
            return True
    kinds, held_kinds = _called(ours), _called(theirs)
    for kind in kinds.keys() & held_kinds.keys():  # "the trawler Saimaa", "the port of Vlora", "the Aude valley"
        one, held = kinds[kind], held_kinds[kind]
        if (one.part == "lead" or _is_said(said, one, held)) and not _is_one(one, held, within):
            return True
    return False


def _is_said(said: set[str], one: Name, other: Name) -> bool:
    return not said or said.issuperset(one.words) or said.issuperset(other.words)


def _parted(telling: Telling, denied: Sequence[Denied] | None) -> dict[str, list[Name]]:
    """Return the names of a sentence by their sort; of one that denies, those of the clause that does."""
    found: dict[str, list[Name]] = {sort: [] for sort in _SORTS}
    first, last = _clause_of(telling, denied or ())
    for name in telling.names:
        sort = _sort(name)
        if sort and first <= name.start < last:
            found[sort].append(name)
    return found


def _clause_of(telling: Telling, denied: Sequence[Denied]) -> tuple[int, int]:
    """Return where the clause with all that a sentence denies begins and ends: "was not shut, while X was"."""
    lows = telling.lows
    edges = [0, *(at for at, low in enumerate(lows) if low in _EDGES), len(lows)]
    clauses = [(first, last) for first, last in pairwise(edges) if last > first]
    own = [one for one in clauses if any(one[0] <= at < one[1] for each in denied for at in _places(each, lows))]
    return own[0] if len(own) == 1 else (0, len(lows))


def _places(one: Denied, lows: Sequence[str]) -> list[int]:
    """Return where the words that a denial reaches stand in a sentence, the first of them; none in another sentence."""
    end = one.scope[-_SCOPE:]
    return [at for at in range(len(lows)) if tuple(lows[at : at + len(end)]) == end]


def _sort(name: Name) -> str:
    """Return whether a name is one of a place or of who acts or suffers; of countries, which tell nothing, neither."""
    if name.kind == "place" and not _is_site(name):
        entity = get_entity(name.key)
        return "place" if entity is not None and entity.within else ""
    return "bearer" if name.part in _DOERS else ""


def _is_site(name: Name) -> bool:
    stems = listed("sites", "stems") | _HOUSES
    return name.head in stems or not stems.isdisjoint(stem_words(name.words[-1]))


def _called(telling: Telling) -> dict[str, Name]:
    """Return the names of a telling by the noun that says what each is."""
    found: dict[str, Name] = {}
    for name in telling.names:
        kind = name.head or _apposed(name, telling)
        if kind:
            found.setdefault(_class_of(kind), name)
    return found


@lru_cache(maxsize=1 << 10)
def _class_of(kind: str) -> str:
    """Return the class of things that a noun names, so that a boat and a ship are of one kind; else the noun."""
    return min((name for names in things_in(kind).values() for name in names), default=kind)


def _is_one(one: Name, other: Name, within: Within) -> bool:
    if one.key == other.key or _is_inside(one.key, other.key, within) or _is_inside(other.key, one.key, within):
        return True
    shared = set(one.words) & set(other.words)
    is_kin = one.words[-1:] == other.words[-1:] and len(shared) < min(len(set(one.words)), len(set(other.words)))
    return bool(shared) and not is_kin  # "Anton Veit" and "Tomas Veit" are two men; "Veit" may be either


def _is_inside(inner: str, outer: str, within: Within) -> bool:
    if inner in within:
        return outer in within[inner]
    entity = get_entity(inner)
    return entity is not None and outer in entity.within


def _excludes(one: Name, other: Name, sort: str, *, swapped: bool) -> bool:
    if sort == "place" or set(one.words) & set(other.words):
        return True
    parts = {one.part, other.part}
    is_one_part = parts == {"lead", "rest"} if swapped else len(parts) == 1
    return one.kind == other.kind and is_one_part


def _apposed(name: Name, telling: Telling) -> str:
    before = telling.lows[max(0, name.start - _APPOSED) : name.start]
    words = [low for low in before if low != "of"]
    if not words or not words[-1].isalpha() or words[-1] in stop_words("en") | listed("names", "prepositions"):
        return ""
    return next(iter(stem_words(words[-1])), "")
