"""A name in the place of another, in one sentence worded twice.

Owns when two names are one: spelt otherwise, shortened, made of each other as a people's is of its country's, or known
to be one thing or the one within the other. Must never judge who is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from news.decision import FactKind
from news.matching.edit_sides import Place, Side, listed
from news.model import EntityKind
from news.names.entities import lookup
from news.words.text import fold, stop_words

__all__ = ["find_name"]

_MAX_NAME = 4
_LIKE = 0.75
_MIN_STEM = 4


def find_name(place: Place, is_date: Callable[[str], bool]) -> FactKind | None:
    """Return the slot of a name that stands in the place of another; None where there is none, or both are one."""
    ours, theirs = (_name_of(side, place.language, is_date) for side in (place.new, place.old))
    if not ours or not theirs or _is_same(ours, theirs):
        return None
    if {fold(word) for word in ours} <= set(place.pair.former.lows):
        return None
    known = [lookup(" ".join(name))[:1] for name in (ours, theirs)]
    side = place.new
    is_at = side.first > 0 and side.line.lows[side.first - 1] in listed("at")
    if is_at and bool(known[0]) != bool(known[1]):
        return None  # a village and the town that it lies beside: nobody knows
    is_place = all(one[0].kind is EntityKind.PLACE for one in known if one)
    return FactKind.PLACE if is_place and is_at else FactKind.ACTOR


def _name_of(side: Side, language: str, is_date: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the name that a run is, without little words; none where it has other words besides."""
    stop = stop_words(language)
    words = tuple(token for token in side.tokens if fold(token) not in stop)
    if not words or len(words) > _MAX_NAME:
        return ()
    if any(not word[0].isupper() or is_date(fold(word)) or fold(word) in listed("agencies") for word in words):
        return ()
    is_first_word = side.first == 0 and len(words) == 1 and side.tokens[0] == words[0]
    return () if is_first_word and not lookup(words[0]) else words


def _is_same(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    here, there = [fold(word) for word in ours], [fold(word) for word in theirs]
    one, other = "".join(here), "".join(there)
    if set(here) & set(there) or _are_spelt_alike(one, other):
        return True
    initials = {"".join(word[0] for word in name) for name in (here, there) if len(name) > 1}
    if {one, other} & initials:
        return True
    entities = [lookup(" ".join(name)) for name in (ours, theirs)]
    keys = [{entity.key for entity in found} for found in entities]
    around = [{key for entity in found for key in entity.within} for found in entities]
    return bool(keys[0] & keys[1] or keys[0] & around[1] or keys[1] & around[0])


def _are_spelt_alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if len(short) >= _MIN_STEM and long.startswith(short[: max(_MIN_STEM, len(short) - 2)]):
        return True
    return SequenceMatcher(None, one, other).ratio() >= _LIKE
