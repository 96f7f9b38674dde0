"""All that may be contradicted: each finder proposes what it knows, whatever the others find.

Owns the list of finders, in the order in which their words are believed where two of them tell of one difference. Must
never judge a proposal; ``news.disputes.vetoes`` and ``news.disputes.verdicts`` do.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass

from news.decision import Claim, Dispute, FactKind
from news.disputes.contesting.absences import find_absences
from news.disputes.contrast import find_contradictions
from news.disputes.denials import find_denials
from news.disputes.desk import Desk
from news.disputes.frames.days import find_other_act_days
from news.disputes.frames.values import find_other_parts
from news.disputes.openings.causes import find_causes
from news.disputes.openings.main_events import find_opposed
from news.disputes.openings.players import find_players
from news.disputes.openings.whereabouts import find_whereabouts
from news.disputes.rewordings import find_reworded
from news.words.measures import measures_in
from news.words.vocabulary import language_of

__all__ = ["Found", "list_found", "slot_of"]


@dataclass(frozen=True, slots=True)
class Found:
    """A proposal, with the name of who found it."""

    finder: str
    dispute: Dispute


def list_found(slots: Iterable[Dispute], desk: Desk) -> tuple[Found, ...]:
    """Return what all finders propose, each difference once.

    Args:
        slots: what differs in the slots of events that the article tells of.
    """
    found: dict[object, Found] = {}
    for finder, one in _propose(slots, desk):
        there = _numbers_of(one.there) if one.kind is FactKind.FIGURE else ()
        found.setdefault((slot_of(one), there, one.there.article_id, one.there.quote), Found(finder, one))
    return tuple(found.values())


def slot_of(dispute: Dispute) -> Hashable:
    """Return what of an article a dispute is on: a figure by its number, a state by its sentence alone."""
    here = dispute.here
    if dispute.kind is FactKind.FIGURE:
        said: Hashable = _numbers_of(here)
    else:
        said = "" if dispute.kind is FactKind.STATUS else here.value
    return dispute.kind, said, here.quote


def _numbers_of(claim: Claim) -> tuple[float, ...]:
    """Return the numbers of a value as they stand there; of times of day, which have none, the hours."""
    found = measures_in(claim.value, language_of(claim.quote))
    return tuple(one.bare if one.bare >= 0 else one.value for one in found)


def _propose(slots: Iterable[Dispute], desk: Desk) -> Iterator[tuple[str, Dispute]]:
    yield from (("slots", one) for one in slots)
    yield from (("reworded", one) for one in find_reworded(desk))
    yield from find_contradictions(desk)
    yield from (("denied", one) for one in find_denials(desk))
    yield from (("absent", one) for one in find_absences(desk))
    yield from (("whereabouts", one) for one in find_whereabouts(desk))
    yield from (("parts", one) for one in find_other_parts(desk))
    yield from (("act days", one) for one in find_other_act_days(desk))
    yield from find_opposed(desk)
    yield from (("players", one) for one in find_players(desk))
    yield from (("causes", one) for one in find_causes(desk))
