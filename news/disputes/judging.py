"""Whether an article contradicts a stored one: all that speaks for it and against it, weighed.

Owns that one weighing, and the signs of two articles as wholes. Must never find what differs
(``news.disputes.proposing``) nor choose the story.

Two figures that differ are a contradiction or two counts, a part and its whole, an earlier and a later state; the
sentences alone rarely tell. So all else is weighed with them, sign by sign: how much the lines and the openings share,
who speaks in each, how long after the other it came out, whether either has the other's value as well, whether the new
one sets itself against what others say. No sign decides alone. An article contradicts another one as much as the most
telling of their differences says.

The weights stand in ``data/weights.toml`` under ``disputing`` and are learnt by
``python -m benchmarks.learn_disputes``, the words in ``data/judging.toml``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from news.disputes.cues import find_cue, is_contesting
from news.disputes.frame_ties import open_article, weigh_tie
from news.disputes.lines import Account, account_of, says
from news.disputes.proposing import DAY, FIGURE, NAME, STATUS, IsNear, Proposal, propose
from news.disputes.refuted import refutes
from news.model import Article
from news.tables import load_toml
from news.words.meanings import meanings_in
from news.words.measures import is_held

__all__ = [
    "Verdict",
    "contradicts_from",
    "describe",
    "judge",
    "shows_from",
    "shows_loose_from",
    "stands_from",
    "wholes_stand_from",
]

_BY_SLOT = ("tie", "gap", "contests", "denies")
"""Signs of the two articles that weigh otherwise for each slot."""
_NONE = "none"
"""Slot of two articles between which no difference was found."""
_SLOTS = (FIGURE, DAY, STATUS, NAME, _NONE)
_MOST_TOLD = 3
_HOUR = 3600
_GAP, _SOON = 6, 30
"""Hours by which the time between two articles is counted, and up to which the one came soon after the other."""
_TELLING = 12
_SPEAKING = 4

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How plainly a difference says that an article contradicts another one.

    Attributes:
        score: log-odds that it does.
        proposal: the difference, None where it is that of the articles as wholes.
        whole: signs of the two articles.
    """

    score: float
    proposal: Proposal | None
    whole: Mapping[str, float]

    def list_signs(self) -> tuple[str, ...]:
        """Return the names of the signs that spoke most for it, at most three, most first."""
        signs = _signs_of(self.proposal, self.whole).items()
        worth = ((_weights().get(name, 0.0) * value, name) for name, value in signs)
        return tuple(name for value, name in sorted(worth, reverse=True)[:_MOST_TOLD] if value > 0)


@cache
def _weights() -> Weights:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["disputing"].items()})


@cache
def _limits() -> Weights:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["disputing_limits"].items()})


def contradicts_from() -> float:
    """Return the log-odds from which an article contradicts another one, whatever the rules say."""
    return _limits()["contradicts"]


def shows_from() -> float:
    """Return the log-odds from which values of one slot are shown for what another difference tells more plainly."""
    return _limits()["shows"]


def shows_loose_from() -> float:
    """Return the log-odds from which states are shown, and values of which nothing says that they are of one slot."""
    return _limits()["shows_loose"]


def stands_from() -> float:
    """Return the log-odds from which a contradiction that a rule has found stands."""
    return _limits()["stands"]


def wholes_stand_from() -> float:
    """Return the log-odds of two articles as wholes from which it stands, where its own sentences say nothing of it."""
    return _limits()["stands_as_wholes"]


def judge(article: Article, stored: Article, is_near: IsNear | None = None) -> list[Verdict]:
    """Return for each difference how plainly it says that an article contradicts a stored one, plainest first.

    That of the two articles as wholes is never missing. They are of two voices, and on one event as far as is known.

    Args:
        is_near: which lines are held against each other, see ``news.disputes.proposing``; all where it is not given.
    """
    weights = _weights()
    ours, theirs = account_of(article), account_of(stored)
    whole = _of_both(article, stored, ours, theirs)
    slots = {slot: weights["bias"] + _weigh({**whole, **_of_slot(slot, whole)}, weights) for slot in _SLOTS}
    found = [
        Verdict(slots[one.slot] + _weigh(one.signs, weights), one, whole) for one in propose(ours, theirs, is_near)
    ]
    found.append(Verdict(slots[_NONE], None, whole))
    return sorted(found, key=lambda one: -one.score)


def _weigh(signs: Mapping[str, float], weights: Weights) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in signs.items())


def describe(article: Article, stored: Article) -> Iterator[tuple[Proposal | None, dict[str, float]]]:
    """Yield what two articles differ in with its signs by name, all of them finite; the whole without any comes first.

    Signs of a difference begin with its slot, see ``news.disputes.proposing``; the others are of the two articles.
    """
    ours, theirs = account_of(article), account_of(stored)
    whole = _of_both(article, stored, ours, theirs)
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


def _of_both(article: Article, stored: Article, ours: Account, theirs: Account) -> dict[str, float]:
    return {
        **_of_openings(article, stored, ours, theirs),
        **_of_words(ours),
        **_of_denials(ours, theirs),
        **_of_speakers(ours, theirs),
        **_of_numbers(ours, theirs),
    }


def _of_openings(article: Article, stored: Article, ours: Account, theirs: Account) -> dict[str, float]:
    """Return how much both tell alike, and when each came out."""
    hours = 24.0
    if article.published_at and stored.published_at:
        hours = max(0.0, (article.published_at - stored.published_at).total_seconds() / _HOUR)
    both = ours.words & theirs.words
    names = frozenset().union(*(line.names for line in ours.front[:3])) - theirs.capitals
    return {
        "tie": weigh_tie(open_article(article), open_article(stored)),
        "over": len(both) / max(1, min(len(ours.words), len(theirs.words))),
        "names_lack": math.log1p(len(names)),
        "gap": math.log1p(hours / _GAP),
        "soon": float(hours <= _SOON),
        "days_same": float(bool(ours.days & theirs.days)),
        "length": math.log(len(ours.lines) + len(theirs.lines) + 1),
    }


def _of_words(ours: Account) -> dict[str, float]:
    """Return how the new article stands to what others say, by its words."""
    front = ours.front
    lead = " ".join(line.text for line in front[:3])
    return {
        "contests": float(any(is_contesting(line.text) for line in ours.lines)),
        "refutes": float(any(refutes(line.text) for line in ours.lines)),
        "cites": float(any(find_cue(line.text) is not None for line in ours.lines)),
        "denies": float(any(line.is_denial for line in front)),
        "negates": float(any(line.is_negative for line in front[:3])),
        "later": float(says("later", lead)),
        "moves": float(any(line.is_later for line in front[:3])),
        "another": float(says("another", lead)),
    }


def _of_denials(ours: Account, theirs: Account) -> dict[str, float]:
    """Return whether what the new article says is not so stands in the other one at all."""
    scopes = (meanings_in(" ".join(one.scope)) for line in ours.front for one in line.denied)
    shares = [len(scope & theirs.words) / len(scope) for scope in scopes if scope]
    return {"denied_held": max(shares, default=0.0)}


def _of_speakers(ours: Account, theirs: Account) -> dict[str, float]:
    """Return whose word either account is."""
    lines = [account.lines[1:_SPEAKING] for account in (ours, theirs)]
    parties = [{line.party for line in each if line.party} for each in lines]
    speakers = [frozenset().union(*(line.speaker for line in each)) for each in lines]
    return {
        "one_party": float(bool(parties[0] & parties[1])),
        "two_parties": float(bool(parties[0] and parties[1] and not parties[0] & parties[1])),
        "speaks": float(bool(speakers[0])),
        "spoke": float(bool(speakers[1])),
        "one_speaker": len(speakers[0] & speakers[1]) / max(1, min(map(len, speakers))),
        "two_speakers": float(bool(speakers[0] and speakers[1] and not speakers[0] & speakers[1])),
    }


def _of_numbers(ours: Account, theirs: Account) -> dict[str, float]:
    """Return how many of the telling numbers of the new article the other one has, and how many it lacks."""
    telling = [one for one in ours.measures if one.kind or one.value > _TELLING]
    n_held = sum(is_held(one, theirs.measures) for one in telling)
    return {"numbers_agree": math.log1p(n_held), "numbers_lack": math.log1p(len(telling) - n_held)}
