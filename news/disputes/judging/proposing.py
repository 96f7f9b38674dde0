"""Whatever two accounts differ in that could be a contradiction, each with the signs that speak for and against it.

Owns the pairing of lines of two articles: any two figures of one measure, any two days, what one line says is not so
and the other tells, any two names in lines that are alike. Must never decide whether a pair is a contradiction;
``news.disputes.judging.judge`` does, by the signs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from news.decision import FactKind
from news.disputes.contesting.numbers import contested_in
from news.disputes.contesting.refuted import unharmed_in
from news.disputes.cues import is_contesting
from news.disputes.days import is_one_date
from news.disputes.frames.times import are_two_times
from news.disputes.frames.units import in_one_unit
from news.disputes.judging.lines import Account, DatedLine, Figure, Line, says
from news.disputes.openings.bearing import are_of_one
from news.disputes.openings.castings import may_be_one_deed
from news.disputes.openings.conditions import Condition, is_excluded, may_follow
from news.disputes.openings.doers import are_rivals
from news.disputes.openings.main_events import is_lasting
from news.disputes.openings.scenes import are_elsewhere, is_named_in
from news.model import Modality
from news.reports.moods import mood_of
from news.reports.negations import is_touched
from news.reports.wording import say_days
from news.words.meanings import GLOSSED
from news.words.measures import Measure, is_held
from news.words.vocabulary import language_of

__all__ = ["DAY", "FIGURE", "NAME", "SLOTS", "STATUS", "IsNear", "Proposal", "propose"]

FIGURE, DAY, STATUS, NAME = SLOTS = "figure", "day", "status", "name"
_MAX_GAP = 20
_BACK = 3
"""Sentences between a figure and the one that it is set against."""
_CLOSE, _FAR, _FARTHEST = 0.12, 2.5, 5.0
_SHARED, _NAMED = 2, 3
_RIVALS = {
    FIGURE: ("figure_part", "figure_noun", "figure_unit"),
    DAY: ("day_act",),
    STATUS: ("status_excluded", "status_harm", "status_touched"),
    NAME: ("name_cast", "name_scene"),
}
"""Signs of which one says that two values are of one slot."""
_UNLIKE = ("figure_part_one", "figure_mood")
"""Signs that say so only where neither a unit nor a noun is common to both."""
_NO_RIVALS = (
    "figure_part_other",
    "figure_sort_other",
    "figure_harms_other",
    "figure_two_times",
    "figure_toll_later",
    "name_scene_told",
)
"""Signs of which one says that they are of two, or the one a later state of the other."""
_GROWING = frozenset({"dead", "died", "killed", "hurt", "missing", "ill", "held", "freed"})


IsNear = Callable[[Line, Line], bool]
"""Whether a line of the new account may be on one thing with one of the stored account."""


class Side(NamedTuple):
    """A line with the value that it gives."""

    line: Line
    value: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two values that differ.

    Attributes:
        slot: ``figure``, ``day``, ``status`` or ``name``; ``kind`` is what a reader is told it is.
        signs: by name, see ``news.disputes.judging.judge``; those that are left out are 0.
    """

    slot: str
    kind: FactKind
    here: Side
    there: Side
    signs: dict[str, float]

    @property
    def is_free(self) -> bool:
        """Whether it is two names of which nothing says that they are of one part or place."""
        return self.slot == NAME and not (self.signs["name_cast"] or self.signs["name_scene"])

    @property
    def is_rival(self) -> bool:
        """Whether the two values are known to be of one slot: either is what the other account has in its place."""
        signs = self.signs
        if any(signs.get(name) for name in _NO_RIVALS) or not any(signs.get(name) for name in _RIVALS[self.slot]):
            return False
        is_like = signs.get("figure_noun") or signs.get("figure_unit")
        return bool(is_like) or not any(signs.get(name) for name in _UNLIKE)


class _Pair(NamedTuple):
    """Two accounts, the new one first, and which of their lines are held against each other."""

    ours: Account
    theirs: Account
    is_near: IsNear


def propose(
    ours: Account, theirs: Account, is_near: IsNear | None = None, slots: Collection[str] = SLOTS
) -> Iterator[Proposal]:
    """Yield what two accounts differ in, the new one first; some hundreds for two long articles.

    Args:
        is_near: which lines are held against each other; all of them where it is not given.
        slots: in which they may differ; in others nothing is looked for.
    """
    pair = _Pair(ours, theirs, is_near or _are_all_near)
    if FIGURE in slots:
        yield from _figures(pair)
    if DAY in slots:
        yield from _days(pair)
    if STATUS not in slots and NAME not in slots:
        return
    for here, there in product(ours.lines, theirs.lines):
        if not pair.is_near(here, there):
            continue
        status = _status(here, there, pair) if STATUS in slots else None
        if status is not None:
            yield status
        name = _name(here, there, pair) if NAME in slots else None
        if name is not None:
            yield name


def _are_all_near(_here: Line, _there: Line) -> bool:
    return True


def _likeness(here: Line, there: Line, pair: _Pair) -> dict[str, float]:
    """Return how much two lines have in common, and where they stand."""
    both, least = here.words & there.words, max(1, min(len(here.words), len(there.words)))
    places = pair.ours.place(here), pair.theirs.place(there)
    return {
        "like": len(both) / max(1, len(here.words | there.words)),
        "over": len(both) / least,
        "shared": math.log1p(len(both)),
        "names": math.log1p(len(here.names & there.names)),
        "lead": float(sum(place <= 1 for place in places)),
        "title": float(sum(place == 0 for place in places)),
        "mood": float(mood_of(here.telling) is not mood_of(there.telling)),
        "denial": float(here.is_denial),
        "negative": float(here.is_negative),
        "later": float(here.is_later),
        "cited": float(here.is_cited),
        "contests": float(is_contesting(here.text)),
        "speakers_two": float(bool(here.speaker and there.speaker) and not here.speaker & there.speaker),
        "speakers_one": float(bool(here.speaker & there.speaker)),
        "parties_two": float(bool(here.party and there.party) and here.party != there.party),
    }


def _named(slot: str, *signs: dict[str, float]) -> dict[str, float]:
    return {f"{slot}_{name}": value for each in signs for name, value in each.items()}


def _figures(pair: _Pair) -> Iterator[Proposal]:
    ours, theirs = pair.ours, pair.theirs
    likeness: dict[tuple[int, int], dict[str, float]] = {}
    told = {id(one): _held_by(one, theirs.figures) for one in ours.figures}
    named = {id(one): _held_by(one, ours.figures) for one in theirs.figures}
    for here in ours.figures:
        for there in theirs.figures:
            if bool(here.measure.kind) is not bool(there.measure.kind) or here.is_age is not there.is_age:
                continue
            mine, yours = in_one_unit(here.measure, there.measure)
            if mine.kind != yours.kind or is_held(mine, [yours]) or is_held(yours, [mine]):
                continue
            if not pair.is_near(here.line, there.line):
                continue
            key = id(here.line), id(there.line)
            if key not in likeness:
                two = are_two_times(here.line.text, there.line.text, ours.issued_at, theirs.issued_at)
                signs = {**_likeness(here.line, there.line, pair), "two_times": float(two)}
                likeness[key] = _named(FIGURE, signs)
            own = _named(
                FIGURE,
                _class_of(here, there, mine),
                _distance(here, mine.value, yours.value),
                _told_of(told[id(here)], named[id(there)]),
                _opposed(here, ours, named[id(there)]),
                _told_by(here, named[id(there)]),
            )
            sides = Side(here.line, here.text), Side(there.line, there.text)
            yield Proposal(FIGURE, FactKind.FIGURE, *sides, {**likeness[key], **own})


def _held_by(figure: Figure, others: Iterable[Figure]) -> list[Figure]:
    same = (one for one in others if one.measure.kind == figure.measure.kind)
    return [one for one in same if is_held(figure.measure, [one.measure])]


def _told_of(told: Sequence[Figure], named: Sequence[Figure]) -> dict[str, float]:
    """Return whether either account has the figure of the other as well, and the new one as somebody else's."""
    return {
        "held_here": float(bool(told)),
        "held_there": float(bool(named)),
        "named": float(any(one.line.is_cited for one in named)),
    }


def _opposed(here: Figure, ours: Account, named: Sequence[Figure]) -> dict[str, float]:
    """Return whether the new account itself sets its figure against the other one, in one line or in two near ones.

    Args:
        named: where the new account has the figure of the other one as well.
    """
    at, found = ours.place(here.line), dict.fromkeys(("opposed", "opposed_near"), 0.0)
    for one in named:
        place = ours.place(one.line)
        if one is here or abs(place - at) > _BACK:
            continue
        if one.measure in contested_in(one.line.text):
            found["opposed" if place == at else "opposed_near"] = 1.0
    return found


def _told_by(here: Figure, named: Sequence[Figure]) -> dict[str, float]:
    """Return whether the new account has the other figure as the word of another speaker than its own.

    Args:
        named: where the new account has the figure of the other one as well.
    """
    others = (one.line for one in named if one.line.speaker and one.line is not here.line)
    return {"retold": float(any(not line.speaker & here.line.speaker for line in others))}


def _class_of(here: Figure, there: Figure, measure: Measure) -> dict[str, float]:
    """Return what says that two figures are of one thing, or of two."""
    ours, theirs = here.part, there.part
    is_known = ours is not None and theirs is not None
    keys = [(part.kind, part.name) for part in (ours, theirs) if part is not None]
    sorts = [part.sort for part in (ours, theirs) if part is not None]
    parties = here.line.party, there.line.party
    return {
        "unit": float(bool(measure.kind)),
        "time": float(measure.kind == "time"),
        "part": float(is_known and keys[0] == keys[1]),
        "part_other": float(is_known and keys[0] != keys[1]),
        "part_one": float((ours is None) is not (theirs is None)),
        "sort_other": float(is_known and sorts[0] != sorts[1]),
        "noun": float(bool(here.nouns & there.nouns)),
        "thing": float(bool(here.nouns & there.nouns) and ours is None and theirs is None),
        "noun_other": float(bool(here.nouns and there.nouns and not here.nouns & there.nouns)),
        "harms_other": float(bool(here.line.harms and there.line.harms and not here.line.harms & there.line.harms)),
        "parties": float(bool(parties[0] and parties[1] and parties[0] != parties[1])),
    }


def _distance(here: Figure, mine: float, yours: float) -> dict[str, float]:
    """Return how far two figures lie apart, and which way."""
    low, high = sorted((mine, yours))
    apart = math.log(high / low) if low > 0 else _FARTHEST
    is_more = mine > yours
    is_growing = bool(here.line.harms) or (here.part is not None and here.part.name in _GROWING)
    return {
        "apart": min(_FARTHEST, apart),
        "close": float(apart < _CLOSE),
        "far": float(apart > _FAR),
        "more": float(is_more),
        "toll_later": float(is_more and is_growing and here.line.is_later),
    }


def _days(pair: _Pair) -> Iterator[Proposal]:
    for here in pair.ours.dated:
        for there in pair.theirs.dated:
            if not 0 < abs((here.day - there.day).days) <= _MAX_GAP or not pair.is_near(here.line, there.line):
                continue
            if is_one_date(here.told, there.told):
                continue
            signs = _named(DAY, _likeness(here.line, there.line, pair), _of_days(here, there, pair))
            sides = Side(here.line, say_days(here.told.span)), Side(there.line, say_days(there.told.span))
            yield Proposal(DAY, FactKind.DATE, *sides, signs)


def _of_days(here: DatedLine, there: DatedLine, pair: _Pair) -> dict[str, float]:
    issued_on, stored_on = pair.ours.published_on or here.day, pair.theirs.published_on or there.day
    return {
        "act": float(bool(here.acts & there.acts)),
        "held_there": float(there.day in pair.ours.days),
        "ahead_one": float((here.day > issued_on) is not (there.day > stored_on)),
        "after": float(here.day > stored_on >= there.day),
        "later_day": float(here.day > there.day),
    }


def _status(here: Line, there: Line, pair: _Pair) -> Proposal | None:
    """Return what one of two lines says is not so, or is in a state that excludes that of the other."""
    states = ((one, other) for one in here.conditions for other in there.conditions)
    excluded = any(
        is_excluded(*each) and are_of_one(*each) and (here.is_negative or not _may_be_since(each[0])) for each in states
    )
    harm = bool(unharmed_in(here.text) & there.harms or unharmed_in(there.text) & here.harms)
    is_denied = here.is_negative is not there.is_negative and len(here.words & there.words) >= _SHARED
    if not (excluded or harm or is_denied):
        return None
    ours, theirs = here.denied, there.denied
    touched = bool(ours) and is_touched(here.telling, there.telling)
    touched = touched or (bool(theirs) and is_touched(there.telling, here.telling))
    own = {
        "excluded": float(excluded),
        "there": float(there.is_negative and not here.is_negative),
        "touched": float(touched),
        "harm": float(harm),
        "explicit": float(any(one.is_explicit for one in (*ours, *theirs))),
        "denial_there": float(there.is_denial),
        "beside": float(says("beside", here.text)) + float(says("beside", there.text)),
    }
    is_denied_there = there.is_negative and (not here.is_negative or bool(unharmed_in(there.text)))
    mine, yours = (Modality.HAPPENED, Modality.DENIED) if is_denied_there else (Modality.DENIED, Modality.HAPPENED)
    sides = Side(here, mine.value), Side(there, yours.value)
    return Proposal(STATUS, FactKind.STATUS, *sides, _named(STATUS, _likeness(here, there, pair), own))


def _may_be_since(one: Condition) -> bool:
    """Return whether a Spanish or Russian sentence tells a state that may have come about since the other account."""
    return language_of(one.quote) in GLOSSED and may_follow(one) and not is_lasting(one.quote)


def _name(here: Line, there: Line, pair: _Pair) -> Proposal | None:
    """Return the names in which two lines that are alike differ: in places, in parts, in whatever else."""
    quotes = pair.theirs.texts
    scenes = [
        (one, other)
        for one in here.scenes
        for other in there.scenes
        if are_elsewhere(one, other) and not is_named_in(one, quotes)
    ]
    cast = [
        (one, other)
        for one in here.castings
        for other in there.castings
        if one.part == other.part and are_rivals(one.who, other.who) and may_be_one_deed(one, other)
    ]
    ours, theirs = here.names - pair.theirs.capitals, there.names - pair.ours.capitals
    is_free = bool(ours and theirs) and len(here.words & there.words) >= _NAMED
    if not (scenes or cast or is_free):
        return None
    own = {
        "scene": float(bool(scenes)),
        "cast": float(bool(cast)),
        "scene_told": float(any(is_named_in(other, pair.ours.texts) for _, other in scenes)),
        "free_there": float(bool(theirs)),
    }
    signs = _named(NAME, _likeness(here, there, pair), own)
    if scenes:
        return Proposal(NAME, FactKind.PLACE, Side(here, scenes[0][0].name), Side(there, scenes[0][1].name), signs)
    values = (cast[0][0].who, cast[0][1].who) if cast else (here.spell(ours), there.spell(theirs))
    return Proposal(NAME, FactKind.ACTOR, Side(here, values[0]), Side(there, values[1]), signs)
