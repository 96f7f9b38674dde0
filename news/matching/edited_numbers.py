"""A number in the place of another, in one sentence worded twice.

Owns when two are one number (rounded, converted, in words, within a bound that the other gives) and when they measure
the same. Must never judge what follows from it. Parts and multiples without a numeral ("half", "twice") stand in
``data/substitutions.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from news.decision import FactKind
from news.matching.edit_sides import Place, Side, listed
from news.tables import load_toml
from news.words.measures import CLOCK, Measure, is_held, measures_in
from news.words.number_words import ones_of
from news.words.text import fold, stop_words

__all__ = ["BOUND", "EditedNumber", "find_number"]

BOUND = "bound"
"""Sort of a number in the place of a bound that it keeps."""

_UNIT_WORDS = 2
_ROUNDED = 0.06
_EXACT = 0.001
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class EditedNumber:
    """A number in the place of another, each as written.

    Attributes:
        sort: ``number``, ``clock``, ``year``, ``day`` or ``bound``.
        is_loose: other words differ beside it too: "twelve children" and "twenty people".
    """

    kind: FactKind
    sort: str
    before: str
    after: str
    is_loose: bool = False


@cache
def _amounts() -> Mapping[str, tuple[str, float]]:
    """Return folded word -> kind and value of the part or multiple that it is."""
    found: dict[str, tuple[str, float]] = {}
    for name, rows in load_toml("substitutions.toml")["amounts"].items():
        kind = "share" if name == "percent" else ""
        for row in str(rows).split():
            words, _, value = row.partition("=")
            found.update({fold(word): (kind, float(value)) for word in words.split("/")})
    return found


def find_number(place: Place, *, is_all: bool) -> EditedNumber | None:
    """Return the number that stands in the place of another; None where there is none, or both are one.

    Args:
        is_all: whether the side without a number says "all" or "none".
    """
    old, new = place.old, place.new
    years = frozenset(filter(_YEAR.fullmatch, old.lows)), frozenset(filter(_YEAR.fullmatch, new.lows))
    if all(years) and not years[0] & years[1]:
        return EditedNumber(FactKind.DATE, "year", old.text(), new.text())
    theirs, ours = _values(old, place.language), _values(new, place.language)
    if not ours and not theirs:
        return _bare_number(place)
    theirs, ours = theirs or _ones(old, place.language), ours or _ones(new, place.language)
    if not (ours and theirs):
        return EditedNumber(FactKind.FIGURE, "number", old.text(), new.text()) if is_all else None
    return _compare(place, ours, theirs) if len(ours) == len(theirs) else None


def has_number(side: Side, language: str) -> bool:
    """Return whether a run has a number."""
    return bool(_values(side, language))


def _values(side: Side, language: str) -> tuple[Measure, ...]:
    """Return the numbers of a run with their units, parts and multiples in words among them."""
    end = len(side.text())
    found = tuple(one for one in measures_in(side.text(_UNIT_WORDS), language) if one.start < end)
    if found:
        return found
    amounts = (_amounts()[low] for low in side.lows if low in _amounts())
    return tuple(Measure(value, kind, _EXACT, is_open=False, bare=value, start=0, end=0) for kind, value in amounts)


def _ones(side: Side, language: str) -> tuple[Measure, ...]:
    """Return the "one" of a run without a number, which counts only in the place of another number."""
    found = [low for low in side.lows if low in ones_of(language)]
    start = len(side.text())
    return (Measure(1.0, "", _EXACT, is_open=False, bare=1.0, start=start, end=start),) if len(found) == 1 else ()


def _compare(place: Place, ours: Sequence[Measure], theirs: Sequence[Measure]) -> EditedNumber | None:
    old, new = place.old, place.new
    bound = _bound_kept(place, ours, theirs)
    if bound == "there" and not _is_near(ours[0], theirs[0]):
        return EditedNumber(FactKind.FIGURE, BOUND, old.text(), new.text())
    if bound == "here" or _are_told(place, ours, theirs):
        return None
    if any(one.kind != other.kind and one.kind and other.kind for one, other in zip(ours, theirs, strict=True)):
        return None  # converted, or of something else
    is_clock = all(one.kind == CLOCK for one in (*ours, *theirs))
    return EditedNumber(
        FactKind.DATE if is_clock else FactKind.FIGURE,
        "clock" if is_clock else "number",
        _with_unit(old, theirs),
        _with_unit(new, ours),
        is_loose=_has_others(old, place.language) and _has_others(new, place.language),
    )


def _are_told(place: Place, ours: Sequence[Measure], theirs: Sequence[Measure]) -> bool:
    """Return whether the numbers here are those there, or stand elsewhere in the former sentence."""
    if _bound_of(place.new) and _bound_of(place.new) == _bound_of(place.old):  # "at least 23" and "at least 24"
        pairs = zip(ours, theirs, strict=True)
        return all(is_held(one, (other,)) if one.kind else one.bare == other.bare for one, other in pairs)
    if all(is_held(one, (other,)) for one, other in zip(ours, theirs, strict=True)):
        return True
    held = (*theirs, *measures_in(place.pair.former.text, place.language))
    return all(is_held(one, theirs) for one in ours) or all(one.bare > 0 and is_held(one, held) for one in ours)


def _with_unit(side: Side, values: Sequence[Measure]) -> str:
    """Return a run as written, up to the unit of its last number."""
    return side.text(_UNIT_WORDS)[: max(len(side.text()), *(one.end for one in values))].rstrip(" ,;.")


def _has_others(side: Side, language: str) -> bool:
    """Return whether a run with numbers has words besides that neither measure, bound nor only help."""
    known = stop_words(language) | listed("least") | listed("most")
    return any(not (low in known or _is_number(low, language) or _is_unit(low, language)) for low in side.lows)


def _is_number(low: str, language: str) -> bool:
    return low[0].isdigit() or low in _amounts() or bool(measures_in(low, language))


def _is_unit(low: str, language: str) -> bool:
    return measures_in(f"2 {low}", language)[:1] != measures_in("2", language)


def _is_near(one: Measure, other: Measure) -> bool:
    """Return whether a number is hardly beyond the bound that rounds it: "over 1,900" and 1,987."""
    return abs(one.value - other.value) <= _ROUNDED * max(abs(one.value), abs(other.value))


def _bound_kept(place: Place, ours: Sequence[Measure], theirs: Sequence[Measure]) -> str:
    """Return which side bounds the number of the other, ``here``, ``there`` or neither: "at least 12" and 14."""
    here, there = _bound_of(place.new), _bound_of(place.old)
    if len(ours) != 1 or len(theirs) != 1 or bool(here) == bool(there):
        return ""
    is_rising = there == "least" or here == "most"
    low, high = (theirs[0], ours[0]) if is_rising else (ours[0], theirs[0])
    return ("there" if there else "here") if low.value <= high.value else ""


def _bound_of(side: Side) -> str:
    words = set(side.line.lows[max(0, side.first - 2) : side.last])
    return next((name for name in ("least", "most") if words & listed(name)), "")


def _bare_number(place: Place) -> EditedNumber | None:
    """Return a number that measures nothing, such as a day of a month, in the place of another."""
    before = [low for low in place.old.lows if low[0].isdigit()]
    after = [low for low in place.new.lows if low[0].isdigit()]
    if not before or len(before) != len(after) or list(map(_plain, before)) == list(map(_plain, after)):
        return None
    if set(after) <= set(place.pair.former.lows):
        return None
    return EditedNumber(FactKind.DATE, "day", place.old.text(), place.new.text())


def _plain(number: str) -> str:
    return number.replace(",", "").replace(".", "").lstrip("0")
