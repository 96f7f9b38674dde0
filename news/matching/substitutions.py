"""What differs between two wordings of one sentence: a number, a day, a name, a "not", or one word for its contrary.

Owns the typed reading of the runs of words in which a pair of aligned sentences differs. A value counts only in the
place of another of its sort: a number for a number, a son for a daughter, "fell" for "rose". Must never judge what
follows from it: an outlet's own change of mind, a dispute and a later count look alike here.

The classes stand in ``data/substitutions.toml`` (English, Spanish, Russian). What is only said by somebody else
("police said" for "the mayor said"), converted, rounded, spelt otherwise, or named by its people ("Mauritanian") is no
difference. Nor is what was cut.

Known failures: two words for one thing that stand in one class (a coach that is called a van); two unknown places of
which one lies in the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from news.decision import FactKind
from news.matching.alignment import Edit, Pair
from news.matching.edit_sides import Place, Side, is_of_speaker, listed, place_of
from news.matching.edited_names import find_name
from news.matching.edited_numbers import find_number, has_number
from news.tables import load_toml
from news.words.text import fold
from news.words.turns import turns_in

__all__ = ["NOT", "Substitution", "list_substitutions"]

NOT = "not"
"""Sort of a "not" that only one of two wordings has."""

_MAX_RUN = 8
_NEGATED_MOST = 4
_MIN_STEM = 4
_LANGUAGES = frozenset({"en", "es", "ru"})
_DATES = frozenset({"weekday", "month"})
_KINDS = {
    "date": FactKind.DATE,
    "place": FactKind.PLACE,
    "actor": FactKind.ACTOR,
    "thing": FactKind.STATUS,
    "opposed": FactKind.STATUS,
}


@dataclass(frozen=True, slots=True)
class Substitution:
    """A value in the place of another.

    Attributes:
        sort: ``name``, ``not``, the row of the table, or that of an ``EditedNumber``.
        before: as the former wording has it, ``after`` as the new one; either may be empty where a "not" was put in.
        words: the folded words that carry the value here; ``edit`` is where they stand.
        is_loose: it is a number of which other words differ too: "twelve children" and "twenty people".
    """

    kind: FactKind
    sort: str
    before: str
    after: str
    words: tuple[str, ...]
    edit: Edit
    is_loose: bool = False


class _Member(NamedTuple):
    """One of the values that exclude each other: the row of the table, its place there, and the slot."""

    row: str
    at: int
    kind: FactKind


@cache
def _classes(language: str) -> Mapping[str, tuple[_Member, ...]]:
    """Return folded word, or two joined by an underscore -> what it is a value of."""
    found: dict[str, list[_Member]] = {}
    for section, kind in _KINDS.items():
        for row, words in load_toml("substitutions.toml")[section].items():
            name, _, of = row.rpartition("_")
            if of != language:
                continue
            for at, member in enumerate(str(words).split()):
                for word in member.split("/"):
                    found.setdefault(fold(word), []).append(_Member(name, at, kind))
    return {word: tuple(members) for word, members in found.items()}


def list_substitutions(pair: Pair) -> tuple[Substitution, ...]:
    """Return the values that stand in the place of others in a sentence, in order."""
    return tuple(one for edit in pair.edits if (one := _typed(pair, edit)) is not None)


def _typed(pair: Pair, edit: Edit) -> Substitution | None:
    if is_of_speaker(pair, edit):
        return None
    place = place_of(pair, edit)
    old, new = place.old, place.new
    if fold("".join(old.tokens)) == fold("".join(new.tokens)):
        return None  # "U.S." and "US"
    negated = _negated(place)
    if negated is not None or not len(old) or not len(new) or max(len(old), len(new)) > _MAX_RUN:
        return negated
    if bool(_cues_in(new, place.language)) != bool(_cues_in(old, place.language)):
        return _number(place)  # "not known" and "unknown"
    return _of_class(place) or _undone(place) or _number(place) or _name(place)


def _undone(place: Place) -> Substitution | None:
    """Return a word in the place of the same one with what makes it its contrary: "unarmed" for "armed"."""
    wholes = (Side(side.line, 0, len(side.line.lows)) for side in (place.new, place.old))
    if len({len(_cues_in(whole, place.language)) for whole in wholes}) > 1:
        return None  # "unknown" is "not known"
    ours, theirs = ([low for low in side.lows if len(low) >= _MIN_STEM] for side in (place.new, place.old))
    for one in ours:
        for other in theirs:
            shorter, longer = sorted((one, other), key=len)
            if longer in {f"{head}{shorter}" for head in listed(f"undoes_{place.language}")}:
                before, after = place.old.text(), place.new.text()
                return Substitution(FactKind.STATUS, "opposed", before, after, (one,), place.edit)
    return None


def _number(place: Place) -> Substitution | None:
    bare = place.old if has_number(place.new, place.language) else place.new
    wholes = [one for one in _members(bare.lows[:1], place.language) if one.row == "all"]
    found = find_number(place, is_all=bool(wholes))
    if found is None:
        return None
    is_none = any(one.at for one in wholes)
    return Substitution(
        FactKind.STATUS if is_none else found.kind,
        found.sort,
        found.before,
        found.after,
        place.new.lows,
        place.edit,
        found.is_loose,
    )


def _name(place: Place) -> Substitution | None:
    table = _classes(place.language)
    kind = find_name(place, lambda low: any(one.row in _DATES for one in table.get(low, ())))
    return (
        None
        if kind is None
        else Substitution(kind, "name", place.old.text(), place.new.text(), place.new.lows, place.edit)
    )


def _negated(place: Place) -> Substitution | None:
    """Return a "not" that only one of two wordings has."""
    old, new = place.old, place.new
    ours, theirs = _cues_in(new, place.language), _cues_in(old, place.language)
    if bool(ours) == bool(theirs) or max(len(old), len(new)) > _NEGATED_MOST:
        return None
    wholes = (Side(side.line, 0, len(side.line.lows)) for side in (new, old))
    if len({len(_cues_in(whole, place.language)) for whole in wholes}) == 1:
        return None  # moved within the sentence
    denied, told = (new, old) if ours else (old, new)
    turns = turns_in(told.line.text, place.language).values()
    is_denial = any("deny" in classes for classes in turns)  # who denies a thing says that it is not
    if is_denial or _is_contrary(denied.line.lows, told.line.lows) or _has_opposed(place):
        return None
    return Substitution(FactKind.STATUS, NOT, " ".join(old.tokens), " ".join(new.tokens), new.lows, place.edit)


def _cues_in(side: Side, language: str) -> list[str]:
    """Return the words of a run that deny; of two for one denial ("никто не", "no ... nadie") the plain one alone."""
    lows = side.line.lows
    cues = listed(f"not_{language if language in _LANGUAGES else 'en'}")
    if not listed("plain").isdisjoint(lows):
        cues -= listed("doubled")
    return [
        lows[at]
        for at in range(side.first, side.last)
        if (lows[at] in cues or lows[at].replace("’", "'").endswith("n't"))
        and (at + 1 >= len(lows) or lows[at + 1] not in listed("idle"))
    ]


def _is_contrary(denied: Sequence[str], told: Sequence[str]) -> bool:
    """Return whether one sentence says "not known" where the other says "unknown", or "did not" where it "declined"."""
    only_told, only_denied = frozenset(told).difference(denied), frozenset(denied).difference(told)
    if not only_told.isdisjoint(listed("denying")):
        return True
    roots = {
        low[len(head) :][:_MIN_STEM]
        for low in only_told
        for head in listed("contrary")
        if low.startswith(head) and len(low) > len(head) + 2
    }
    return any(low[:_MIN_STEM] in roots for low in only_denied)


def _has_opposed(place: Place) -> bool:
    """Return whether two runs have the two sides of an opposite: "was not cleared" is "guilty"; "none" is not "all"."""
    cues = {*_cues_in(place.new, place.language), *_cues_in(place.old, place.language)}
    sides = ([low for low in side.lows if low not in cues] for side in (place.new, place.old))
    ours, theirs = (_members(lows, place.language) for lows in sides)
    return any(one.row == other.row and one.at != other.at for one in ours for other in theirs)


def _words(lows: Sequence[str]) -> list[str]:
    """Return words, then each two that follow each other as one."""
    return [*lows, *(f"{one}_{other}" for one, other in pairwise(lows))]


def _members(lows: Sequence[str], language: str) -> list[_Member]:
    table = _classes(language)
    return [member for word in _words(lows) for member in table.get(word, ())]


def _of_class(place: Place) -> Substitution | None:
    """Return a word of a closed class in the place of another of it."""
    ours, theirs = _members(place.new.lows, place.language), _members(place.old.lows, place.language)
    for one in ours:
        own = {other.at for other in ours if other.row == one.row}
        held = {other.at for other in theirs if other.row == one.row}
        if not held or own & held or _is_told_there(place, one, held):
            continue
        table = _classes(place.language)
        words = _words(place.new.lows)
        carriers = tuple(word for word in words if any(member.row == one.row for member in table.get(word, ())))
        return Substitution(one.kind, one.row, place.old.text(), place.new.text(), carriers, place.edit)
    return None


def _is_told_there(place: Place, one: _Member, held: set[int]) -> bool:
    """Return whether both sentences have both values, in another order."""
    ours = {other.at for other in _members(place.pair.line.lows, place.language) if other.row == one.row}
    theirs = {other.at for other in _members(place.pair.former.lows, place.language) if other.row == one.row}
    return one.at in theirs and bool(held & ours)
