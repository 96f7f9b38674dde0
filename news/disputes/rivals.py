"""Names that exclude each other: two towns, two embassies, two forces, in one part of two like sentences.

Owns when a name here stands for what another name is there. Must never judge whether the sentences tell of one event.

A name that one sentence has and the other lacks is no contradiction; only one in the same part is: with the same words
around it, before the same noun ("the Mexican embassy", "the Bolivian embassy"), or of the same sort. A place that lies
in the other, or of which nobody knows where it lies, is none.
"""

from __future__ import annotations

from functools import cache

from news.decision import FactKind
from news.names.entities import get_entity
from news.names.peoples import is_of_people
from news.reports.explicit import Difference
from news.reports.tellings import Name, Telling, is_aside, is_passive, listed, phrases, plain_share
from news.tables import load_toml
from news.words.facts import Within
from news.words.meanings import acts_in, meanings_in
from news.words.text import stop_words

_ALIKE = 0.6
_LIKE = 0.5
_SAME = 0.6
_BACK = 6
_APPOSED = 8
_PLACES = frozenset({"where", "to", "from", "through"})
_WATERS = frozenset(
    ["ocean", "sea", "gulf", "strait", "channel", "river", "lake", "bay", "delta", "atlantic", "pacific"]
)


def _slot(name: Name, *, passive: bool) -> str:
    if name.part == "by" or (name.part == "lead" and not passive):
        return "agent"
    if name.part in {"lead", "rest"}:
        return "patient"
    return name.part


def _is_same(one: Name, other: Name, within: Within) -> bool:
    if one.key == other.key or set(one.words) & set(other.words) or is_of_people(one.text, other.text):
        return True
    return one.key in _within(other.key, within) or other.key in _within(one.key, within)


def _within(key: str, within: Within) -> tuple[str, ...]:
    if key in within:
        return within[key]
    entity = get_entity(key)
    return entity.within if entity is not None else ()


def _left(ours: Telling, theirs: Telling, within: Within) -> list[Name]:
    """Return the names of one telling that the other has nothing of."""
    words, own = set(theirs.lows), {name.key for name in ours.names}
    return [
        name
        for name in ours.names
        if (not words.issuperset(name.words) or name.part in {"lead", "by"})
        and not any(
            name.key == other.key or (other.key not in own and _is_same(name, other, within))
            for other in theirs.names
            if not (name.part in {"lead", "by"} and other.part == "other")  # who won, not whom somebody won against
        )
    ]  # Peru, named by both as one that meets Chile, is no place of the meeting


def find_rivals(ours: Telling, theirs: Telling, within: Within, *, share: float) -> list[Difference]:
    """Return the names that one telling has where the other has another one, in order of ``ours``.

    Args:
        share: what the tellings have in common, 0 to 1; names with the same words around them count from 0.6 on.
    """
    here, there = _left(ours, theirs, within), _left(theirs, ours, within)
    passive = is_passive(ours), is_passive(theirs)
    found: list[Difference] = []
    for one in here:
        for other in there:
            slot = _slot(one, passive=passive[0])
            is_site = one.head == other.head and _is_site(one)
            relation = _relation(one, ours)
            if relation and relation == _relation(other, theirs):
                slot = "relation"
            elif not is_site and (slot != _slot(other, passive=passive[1]) or slot in {"of", "other"}):
                continue
            if _is_rival(one, other, slot, ours, theirs, share=share):
                kind = FactKind.PLACE if slot in _PLACES or is_site else FactKind.ACTOR
                found.append(Difference(kind, one.text, other.text))
    return found


def _is_site(name: Name) -> bool:
    return name.head in listed("sites", "stems")


def _is_rival(one: Name, other: Name, slot: str, ours: Telling, theirs: Telling, *, share: float) -> bool:
    """Return whether two names in one slot exclude each other: same surroundings, same noun, or same sort of name."""
    if (share >= _ALIKE and _is_aligned(one, other, ours, theirs)) or (one.head and one.head == other.head):
        return True
    if slot in _PLACES:
        return not (is_aside(ours) or is_aside(theirs)) and _are_rival_places(one, other, ours, theirs, share=share)
    if slot == "relation":
        return share >= _LIKE
    return slot in {"agent", "patient"} and _are_rival_doers(one, other, ours, theirs)


def _are_rival_places(one: Name, other: Name, ours: Telling, theirs: Telling, *, share: float) -> bool:
    """Return whether two known places are of one level, or two unknown ones stand after one preposition."""
    if one.kind == other.kind == "place":
        return _level(one) == _level(other)
    is_alike = share >= _ALIKE and bool(acts_in(ours.core) & acts_in(theirs.core))
    return is_alike and not one.kind and not other.kind and _before(one, ours) == _before(other, theirs)


def _are_rival_doers(one: Name, other: Name, ours: Telling, theirs: Telling) -> bool:
    here, there = acts_in(ours.core), acts_in(theirs.core)
    is_same_verb = bool(_verb_after(one, ours) & _verb_after(other, theirs))
    is_bare = not (here and there) and (one.part == other.part == "by" or plain_share(ours, theirs) >= _SAME)
    is_one_act = bool(here & there) or is_same_verb or is_bare
    if not is_one_act or not _verb_of(one, ours) <= meanings_in(theirs.core):
        return False
    return _verb_of(other, theirs) <= meanings_in(ours.core) and _sort(one) == _sort(other) != ""


def _verb_after(name: Name, telling: Telling) -> frozenset[str]:
    """Return what the verb says that follows a name, or that stands before its "by"; nothing where none is found."""
    if name.part == "by":
        return _verb_of(name, telling)
    lows = telling.lows
    at = name.end
    who = next((end for end in range(at, min(at + _APPOSED, len(lows))) if lows[end] in {"who", "that", "which"}), 0)
    if who and lows[0] == "it":  # "it was Colonel Keita of the guard who led"
        at = who + 1
    elif at < len(lows) and lows[at] == ",":  # ", 34, of Kenya, won"
        at = next((end + 1 for end in range(at + 1, min(at + _APPOSED, len(lows))) if lows[end] == ","), at)
    while at < min(name.end + _APPOSED + _BACK, len(lows)) and lows[at] in stop_words("en"):
        at += 1
    return meanings_in(lows[at]) if at < len(lows) and lows[at].isalpha() else frozenset()


def _verb_of(name: Name, telling: Telling) -> frozenset[str]:
    """Return the meaning of the participle before the "by" of a name, if any: "chartered by an Indian firm"."""
    before = telling.lows[max(0, name.start - _BACK) : name.start]
    if name.part != "by" or "by" not in before:
        return frozenset()
    at = max(0, name.start - _BACK) + max(place for place, low in enumerate(before) if low == "by")
    verb = telling.lows[at - 1] if at else ""
    return meanings_in(verb) if verb.endswith("ed") else frozenset()


@cache
def _relations() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, phrases("relations", name)) for name in load_toml("contrast.toml")["relations"])


def _relation(name: Name, telling: Telling) -> str:
    """Return what a name is to what is told: its owner, author, winner; "" where the words before it do not say."""
    before = " ".join(telling.lows[max(0, name.start - _BACK) : name.start])
    return next((one for one, cues in _relations() if any(f" {cue} " in f" {before} " for cue in cues)), "")


def _before(name: Name, telling: Telling) -> str:
    """Return the preposition before a name."""
    small = [low for low in telling.lows[max(0, name.start - 2) : name.start] if low != "the"]
    return small[-1] if small else ""


def _level(name: Name) -> bool:
    """Return whether a place is a country, or lies in nothing known."""
    entity = get_entity(name.key)
    return entity is None or not entity.within


def _sort(name: Name) -> str:
    if name.words and name.words[-1] in _WATERS:
        return ""  # a sea does nothing
    if name.kind in {"place", "org"} or listed("names", "bodies").intersection(name.words):
        return "party"
    return "person" if name.kind == "person" or (not name.kind and len(name.words) > 1) else ""


def _is_aligned(one: Name, other: Name, ours: Telling, theirs: Telling) -> bool:
    """Return whether the same words stand before and after two names."""
    before = ours.lows[max(0, one.start - 1) : one.start] == theirs.lows[max(0, other.start - 1) : other.start]
    return before and ours.lows[one.end : one.end + 2] == theirs.lows[other.end : other.end + 2]
