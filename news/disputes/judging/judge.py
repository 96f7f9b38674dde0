"""Whether an article contradicts a stored one: all that speaks for it and against it, weighed.

Owns that one weighing. Must never find what differs (``news.disputes.judging.proposing``), read the articles as wholes
(``news.disputes.judging.stances``) nor choose the story.

Two figures that differ are a contradiction or two counts, a part and its whole, an earlier and a later state; the
sentences alone rarely tell. So all else is weighed with them, sign by sign: how much the lines and the openings share,
who speaks in each, how long after the other it came out, whether either has the other's value as well, whether the new
one sets itself against what others say. No sign decides alone. An article contradicts another one as much as the most
telling of their differences says.

The weights stand in ``data/weights.toml`` under ``disputing``, those for briefs under ``disputing_briefs``, and are
learnt by ``python -m benchmarks.learn_disputes``, the words in ``data/judging.toml``.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from news.disputes.cues import is_contesting
from news.disputes.judging.lines import Account, Line, account_of
from news.disputes.judging.proposing import DAY, FIGURE, NAME, STATUS, IsNear, Proposal, propose
from news.disputes.judging.stances import signs_of_both
from news.model import Article
from news.tables import load_toml

__all__ = [
    "Verdict",
    "accounts_from",
    "compares_from",
    "contradicts_from",
    "describe",
    "judge",
    "may_compare",
    "may_contradict",
    "shows_from",
    "shows_loose_from",
    "stands_from",
    "wholes_stand_from",
]

_BY_SLOT = (
    "tie",
    "gap",
    "contests",
    "denies",
    "title_speaks",
    "title_negates",
    "title_over",
    "one_speaker",
    "two_speakers",
)
"""Signs of the two articles that weigh otherwise for each slot."""
_NONE = "none"
"""Slot of two articles between which no difference was found."""
_SLOTS = (FIGURE, DAY, STATUS, NAME, _NONE)
_MOST_TOLD = 3
_MOST_OF = {"lead": 2.0, "title": 2.0, "beside": 2.0, "apart": 5.0}
"""How much a sign of a difference counts at most, see ``news.disputes.judging.proposing``; of all others that is 1."""
_EITHER = (("speakers_one", "speakers_two"), ("part", "thing"))
"""Signs of a difference of which never two are there."""
_ROUNDING = 1e-6

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How plainly a difference says that an article contradicts another one.

    Attributes:
        score: log-odds that it does.
        proposal: the difference, None where it is that of the articles as wholes.
        whole: signs of the two articles.
        is_of_brief: whether either is a brief, for which weights and limits are others.
    """

    score: float
    proposal: Proposal | None
    whole: Mapping[str, float]
    is_of_brief: bool = False

    def list_signs(self) -> tuple[str, ...]:
        """Return the names of the signs that spoke most for it, at most three, most first."""
        signs, weights = _signs_of(self.proposal, self.whole).items(), _weights(of_brief=self.is_of_brief)
        worth = ((weights.get(name, 0.0) * value, name) for name, value in signs)
        return tuple(name for value, name in sorted(worth, reverse=True)[:_MOST_TOLD] if value > 0)


@cache
def _table(name: str) -> Weights:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")[name].items()})


def _weights(*, of_brief: bool) -> Weights:
    return _table("disputing_briefs" if of_brief else "disputing")


def _limit(name: str, *, of_brief: bool) -> float:
    return _table("disputing_briefs_limits" if of_brief else "disputing_limits")[name]


def contradicts_from(*, of_brief: bool = False) -> float:
    """Return the log-odds from which an article contradicts another one, whatever the rules say."""
    return _limit("contradicts", of_brief=of_brief)


def accounts_from(*, are_short: bool = False) -> float:
    """Return the log-odds from which two accounts are shown as wholes, where no two values of one slot can be."""
    return _limit("accounts_short" if are_short else "accounts", of_brief=False)


def shows_from(*, of_brief: bool = False) -> float:
    """Return the log-odds from which values of one slot are shown for what another difference tells more plainly."""
    return _limit("shows", of_brief=of_brief)


def shows_loose_from(*, of_brief: bool = False) -> float:
    """Return the log-odds from which states are shown, and values of which nothing says that they are of one slot."""
    return _limit("shows_loose", of_brief=of_brief)


def stands_from(*, of_brief: bool = False) -> float:
    """Return the log-odds from which a contradiction that a rule has found stands."""
    return _limit("stands", of_brief=of_brief)


def wholes_stand_from(*, of_brief: bool = False) -> float:
    """Return the log-odds of two articles as wholes from which it stands, where its own sentences say nothing of it."""
    return _limit("stands_as_wholes", of_brief=of_brief)


def compares_from(*, of_brief: bool = False) -> float:
    """Return the log-odds from which two values of one slot are shown for comparison, as no contradiction."""
    return _limit("compares", of_brief=of_brief)


def judge(article: Article, stored: Article, is_near: IsNear | None = None) -> list[Verdict]:
    """Return for each difference how plainly it says that an article contradicts a stored one, plainest first.

    That of the two articles as wholes is never missing. They are of two voices, and on one event as far as is known.

    Args:
        is_near: which lines are held against each other, see ``judging.proposing``; all where it is not given.
    """
    ours, theirs = account_of(article), account_of(stored)
    of_brief = ours.is_brief or theirs.is_brief
    weights = _weights(of_brief=of_brief)
    whole = signs_of_both(article, stored)
    slots = {slot: weights["bias"] + _weigh({**whole, **_of_slot(slot, whole)}, weights) for slot in _SLOTS}
    found = [
        Verdict(slots[one.slot] + _weigh(one.signs, weights), one, whole, of_brief)
        for one in propose(ours, theirs, is_near)
    ]
    found.append(Verdict(slots[_NONE], None, whole, of_brief))
    return sorted(found, key=lambda one: -one.score)


def may_contradict(article: Article, stored: Article, is_near: IsNear | None = None) -> bool:
    """Return whether any verdict of ``judge`` can be above the limits of a contradiction; of most articles none can."""
    of_brief = account_of(article).is_brief or account_of(stored).is_brief
    return _may_reach(min(contradicts_from(of_brief=of_brief), accounts_from()), article, stored, is_near, _SLOTS)


def may_compare(article: Article, stored: Article, is_near: IsNear | None = None) -> bool:
    """Return whether any two figures or days can be above the limit of a comparison."""
    of_brief = account_of(article).is_brief or account_of(stored).is_brief
    return _may_reach(compares_from(of_brief=of_brief), article, stored, is_near, (FIGURE, DAY))


def _may_reach(least: float, article: Article, stored: Article, is_near: IsNear | None, asked: Sequence[str]) -> bool:
    """Return whether any verdict on the slots that are asked for can be above a limit.

    They are weighed as wholes first: slots of which no difference could weigh enough are not looked at.
    """
    ours, theirs = account_of(article), account_of(stored)
    of_brief = ours.is_brief or theirs.is_brief
    weights = _weights(of_brief=of_brief)
    limit = least - _ROUNDING
    whole = signs_of_both(article, stored)
    base = weights["bias"] + _weigh(whole, weights)
    slots = {slot: base + _weigh(_of_slot(slot, whole), weights) for slot in _SLOTS}
    ceilings = {slot: _ceiling(slot, ours, theirs, whole["cites"], of_brief=of_brief) for slot in _SLOTS}
    open_slots = [slot for slot in asked if slots[slot] + ceilings[slot] > limit]
    if _NONE in open_slots:
        return True
    found = propose(ours, theirs, is_near, open_slots) if open_slots else ()
    return any(slots[one.slot] + _weigh(one.signs, weights) > limit for one in found)


def _ceiling(slot: str, ours: Account, theirs: Account, cites: float, *, of_brief: bool) -> float:
    """Return the log-odds that the signs of a difference add at most to those of its slot.

    Args:
        cites: whether any line of the new account names another one.
    """
    if slot == _NONE:
        return 0.0
    lines: Collection[Line] = ours.lines
    if slot in {FIGURE, DAY}:
        lines = {one.line for one in (ours.figures if slot == FIGURE else ours.dated)}
    if not lines:
        return -math.inf
    most = {
        **_MOST_OF,
        "shared": math.log1p(max(len(line.words & theirs.words) for line in lines)),
        "names": math.log1p(max(len(line.names & theirs.capitals) for line in lines)),
        "contests": float(any(is_contesting(line.text) for line in lines)),
        "negative": float(any(line.is_negative for line in lines)),
        "opposed": cites,
        "opposed_near": cites,
    }
    spoken_for = _spoken_for(slot, of_brief=of_brief)
    return sum(max(weight * most.get(name, 1.0) for name, weight in each) for each in spoken_for)


@cache
def _spoken_for(slot: str, *, of_brief: bool) -> Sequence[Sequence[tuple[str, float]]]:
    """Return the signs that speak for a difference of a slot with their weights, those together that exclude others."""
    first, weights = f"{slot}_", _weights(of_brief=of_brief)
    named = {key.removeprefix(first): weight for key, weight in weights.items() if key.startswith(first)}
    own = {name: weight for name, weight in named.items() if weight > 0 and not name.startswith("by_")}
    groups = [*_EITHER, *((name,) for name in own if not any(name in each for each in _EITHER))]
    found = ([(name, own[name]) for name in each if name in own] for each in groups)
    return tuple(each for each in found if each)


def _weigh(signs: Mapping[str, float], weights: Weights) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in signs.items())


def describe(article: Article, stored: Article) -> Iterator[tuple[Proposal | None, dict[str, float]]]:
    """Yield what two articles differ in with its signs by name, all of them finite; the whole without any comes first.

    Signs of a difference begin with its slot, see ``judging.proposing``; the others are of the two articles.
    """
    ours, theirs = account_of(article), account_of(stored)
    whole = signs_of_both(article, stored)
    for one in (None, *propose(ours, theirs)):
        yield one, _signs_of(one, whole)


def _signs_of(proposal: Proposal | None, whole: Mapping[str, float]) -> dict[str, float]:
    """Return all signs of a difference; of the two articles as wholes where there is none."""
    if proposal is None:
        return {**whole, **_of_slot(_NONE, whole)}
    return {**whole, **_of_slot(proposal.slot, whole), **proposal.signs}


def _of_slot(slot: str, whole: Mapping[str, float]) -> dict[str, float]:
    """Return the signs of two articles that weigh otherwise for a slot, under names of their own."""
    return {slot: 1.0} if slot == _NONE else {slot: 1.0, **{f"{slot}_by_{name}": whole[name] for name in _BY_SLOT}}
