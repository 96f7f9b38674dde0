"""A difference between two accounts as a dispute, unless it contradicts nothing whatever it weighs.

Owns these questions, which are asked of a difference and the two lines that it stands in; those that are asked of a
dispute, whoever found it, are ``news.disputes.vetoes``'. Must never weigh one.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import product

from news.decision import Dispute, StoredArticle
from news.disputes.bearers import is_of_another
from news.disputes.contesting.numbers import contested_in
from news.disputes.desk import Desk
from news.disputes.judging.lines import Account, Line, account_of, says
from news.disputes.judging.proposing import DAY, FIGURE, NAME, STATUS, Proposal
from news.disputes.openings.bearing import tells_of_others
from news.disputes.openings.conditions import is_excluded
from news.disputes.parties import is_counted_against, is_wider
from news.disputes.slots import Teller
from news.disputes.vetoes import is_side_told
from news.stories.case import Case
from news.words.measures import is_held, measures_in

__all__ = ["dispute_of", "is_told"]

_TO_GROW = timedelta(hours=1)
_BEFORE = 25
_MISSING = "missing"


def dispute_of(found: Proposal, stored: StoredArticle, desk: Desk) -> Dispute | None:
    """Return a difference as a dispute; None between one voice, and where it is none all the same."""
    if _is_harmless(desk.case, found, stored, desk.teller):
        return None
    here, there = ((side.value, side.line.text) for side in (found.here, found.there))
    return desk.dispute(found.kind, here, there, stored)


def _is_harmless(case: Case, found: Proposal, stored: StoredArticle, teller: Teller) -> bool:
    """Return whether a difference contradicts nothing, whatever it weighs.

    A state of another bearer or one that the article tells as well, a denial of what another language tells, of which
    nobody knows what it reaches, a day that is counted from another act, a wider count, one that has grown or that of
    others, a name that the article tells of as well.
    """
    ours, theirs = found.here.line, found.there.line
    if found.slot == STATUS:
        both = account_of(case.article), account_of(stored.article)
        is_apart = ours.language != theirs.language or _is_of_another(found, both, teller)
        return is_apart or any(map(tells_of_others, ours.conditions)) or _is_told_here(found, both[0])
    if found.slot == DAY:
        return says("counts_from", ours.text)
    if found.slot == FIGURE:
        return is_wider(ours.text, theirs.text) or _has_grown(case, found, stored) or _is_of_others(found)
    return found.slot == NAME and _is_named_here(found)


def _is_of_others(found: Proposal) -> bool:
    """Return whether the sentence gives the figure as that of others: "contradicting those who speak of 17"."""
    contested = contested_in(found.here.line.text)
    given = measures_in(found.here.value, found.here.line.language)
    return bool(given and contested) and is_held(given[0], contested)


def _is_named_here(found: Proposal) -> bool:
    """Return whether the sentence tells of the other name as well, neither denied nor as the word of others.

    "Nothing fell on Kyiv while a missile hit Zhytomyr" contradicts no missile on Zhytomyr; "fired by the army, not by
    the rebels" does contradict that they fired.
    """
    line, other = found.here.line, found.there.value
    text = line.telling.core if line.language == "en" else line.text  # "the head of the grid company said that"
    at = text.find(other)
    return at >= 0 and not line.is_cited and not says("negates", text[max(0, at - _BEFORE) : at])


def _has_grown(case: Case, found: Proposal, stored: StoredArticle) -> bool:
    """Return whether a toll of a later article only has gone on, setting itself against no other.

    The dead and the hurt become more, and the missing fewer, as they are found.
    """
    ours, theirs = found.here.line, found.there.line
    later, earlier = case.article.published_at, stored.article.published_at
    is_more = bool(found.signs["figure_more"])
    is_way = bool(ours.harms & theirs.harms) if is_more else _MISSING in _parts(ours) & _parts(theirs)
    if not is_way or later is None or earlier is None:
        return False
    is_set_against = any(found.signs[f"figure_{name}"] for name in ("contests", "named", "cited", "negative"))
    is_of_two_sides = not ours.is_later and is_counted_against(ours.text, theirs.text, later, earlier)
    return later - earlier >= _TO_GROW and not is_set_against and not is_of_two_sides


def _parts(line: Line) -> frozenset[str]:
    return frozenset(figure.part.name for figure in line.figures if figure.part is not None)


def _is_of_another(found: Proposal, both: tuple[Account, Account], teller: Teller) -> bool:
    """Return whether two lines name two bearers of a state; for one without a name, that which opens its text."""
    lines = found.here.line, found.there.line
    leads = [account.lines[:2][-1] for account in both]
    bearers = [line if line.telling.names else lead for line, lead in zip(lines, leads, strict=True)]
    denied = [one for line in lines if line in bearers for one in line.denied]
    return is_of_another(bearers[0].telling, bearers[1].telling, denied or None, teller.within)


def _is_told_here(found: Proposal, ours: Account) -> bool:
    """Return whether the sentence tells both states, of two things, and not as the word of others.

    "The court acquitted the clerk of the mayor whom it had convicted" denies no conviction; nor does its headline, for
    which any sentence of the article speaks.
    """
    lines = ours.lines if found.here.line is ours.lines[0] else (found.here.line,)
    here, there = found.here.line.conditions, found.there.line.conditions
    poles = [{(each.matter, each.pole) for each in pair} for pair in product(here, there) if is_excluded(*pair)]
    told = [{(one.matter, one.pole) for one in line.conditions} for line in lines if not line.is_cited]
    return any(pair <= states for pair in poles for states in told)


def is_told(found: Proposal, stored: StoredArticle, desk: Desk) -> bool:
    """Return whether the story has from a third account what the article says against the stored one."""
    here, there = ((side.value, side.line.text) for side in (found.here, found.there))
    dispute = desk.dispute(found.kind, here, there, stored)
    return dispute is not None and is_side_told(dispute, desk)
