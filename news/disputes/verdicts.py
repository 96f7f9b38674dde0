"""The last word on the disputes of an article: which of those that rules found stand, and which they overlooked.

Owns what follows from ``news.disputes.judging``. A rule knows its own words and no more: what it found stands only
where its own two sentences, or the two articles as wholes, do not speak against it. Where rules found nothing and the
two plainly contradict each other, what they differ in most plainly is the dispute.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import product

from news.decision import Dispute, FactKind, StoredArticle
from news.disputes.bearers import is_of_another
from news.disputes.contesting.numbers import contested_in
from news.disputes.cues import is_contesting
from news.disputes.desk import Desk
from news.disputes.finders import Found, slot_of
from news.disputes.judging.judge import (
    Verdict,
    accounts_from,
    compares_from,
    contradicts_from,
    judge,
    may_compare,
    may_contradict,
    shows_from,
    shows_loose_from,
    stands_from,
    wholes_stand_from,
)
from news.disputes.judging.lines import Account, Line, account_of, says
from news.disputes.judging.proposing import DAY, FIGURE, NAME, STATUS, IsNear, Proposal
from news.disputes.judging.statements import are_short, choose_statements
from news.disputes.openings.bearing import tells_of_others
from news.disputes.openings.conditions import is_excluded
from news.disputes.parties import is_counted_against, is_wider
from news.disputes.prominence import sentence_key
from news.disputes.seeming.values import with_true_sides
from news.disputes.slots import Teller
from news.disputes.vetoes import OWN, ROLE, TIES_ITSELF, find_veto, is_side_told, list_apart, list_standing
from news.reports.tellings import split_speaker
from news.stories.case import Case
from news.words.measures import is_held, measures_in

__all__ = ["Hearing", "Told", "hear"]

_MOST_TRIED = 8
_TO_GROW = timedelta(hours=1)
_BEFORE = 25
_MOST_COMPARED, _MOST_SHOWN = 6, 2
"""Stored articles that figures are compared with, and values that are shown so."""
_MISSING = "missing"

_SLOTS = {
    FactKind.FIGURE: FIGURE,
    FactKind.DATE: DAY,
    FactKind.STATUS: STATUS,
    FactKind.PLACE: NAME,
    FactKind.ACTOR: NAME,
}


@dataclass(frozen=True, slots=True)
class Told:
    """A dispute with who found it and the verdict on it, which is None where nobody has one."""

    finder: str
    dispute: Dispute
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Hearing:
    """What is told of all that was proposed.

    Attributes:
        changes: what an outlet tells otherwise than before; both values are its own, and the later one is news.
        roles: what somebody denies a part in, which is news and contradicts nothing.
        compared: figures and days that another account has otherwise, too little tied to be told as contradictions.
    """

    told: Sequence[Told] = ()
    changes: Sequence[Dispute] = ()
    roles: Sequence[Dispute] = ()
    compared: Sequence[Dispute] = ()


def hear(proposed: Iterable[Found], desk: Desk) -> Hearing:
    """Return which proposals are told: those that no question lets fall, and that the judge does not speak against.

    Where there is none, it is the one that the judge sees most plainly, if any.
    """
    verdicts = _Verdicts(desk)
    asked = [(one, find_veto(one.dispute, desk, one.finder)) for one in proposed]
    judged = verdicts.list_standing(list_standing(asked))
    told, pleas = _once(judged), list[Dispute]()
    if not told:
        overlooked = list(_find_overlooked(verdicts, desk, list_apart(asked)))
        told = [one for one, veto in overlooked if not veto]
        pleas = [one.dispute for one, veto in overlooked if veto]
    changes = verdicts.list_standing(one for one, veto in asked if veto == OWN)
    roles = [one.dispute for one, veto in asked if veto == ROLE]
    compared = [] if told else _list_compared(verdicts, desk)
    return Hearing(told, [one.dispute for one in changes], roles or pleas[:1], compared)


def _once(judged: Iterable[Told]) -> list[Told]:
    """Return what the article says against others, each value of it once: against what it contradicts most plainly."""
    best: dict[Hashable, Told] = {}
    for one in judged:
        slot = slot_of(one.dispute)
        if _score(one) > _score(best.setdefault(slot, one)):
            best[slot] = one
    return list(best.values())


def _score(one: Told) -> float:
    return one.verdict.score if one.verdict is not None else -math.inf


class _Verdicts:
    """The verdicts on an article and the stored ones, each pair judged once and only when it is asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._of: dict[int, list[Verdict]] = {}

    def of(self, number: int) -> list[Verdict]:
        """Return the verdicts on the article and a stored one, plainest first."""
        if number not in self._of:
            self._of[number] = judge(self._desk.case.article, self._desk.texts[number], self._near(number))
        return self._of[number]

    def may_contradict(self, number: int) -> bool:
        """Return whether any verdict on the article and a stored one can be above the limits of a contradiction."""
        article, stored = self._desk.case.article, self._desk.texts[number]
        return number in self._of or may_contradict(article, stored, self._near(number))

    def may_compare(self, number: int) -> bool:
        """Return whether any two figures or days of the article and a stored one can be shown for comparison."""
        return may_compare(self._desk.case.article, self._desk.texts[number], self._near(number))

    def _near(self, number: int) -> IsNear:
        return lambda here, there: self._desk.ground.may_be_on_one_thing(here.text, there.text, number)

    def on(self, dispute: Dispute) -> Verdict | None:
        """Return the verdict that a dispute is judged by; None where its article is none of those at hand.

        That is its own difference: of its two sentences on its slot. Where there is none, or one that says less than
        none would, it is that of the articles as wholes.
        """
        number = dispute.there.article_id or 0
        verdicts = self.of(number) if number in self._desk.texts else ()
        return next((one for one in verdicts if one.proposal is None or _is_on(one.proposal, dispute)), None)

    def list_standing(self, found: Iterable[Found]) -> list[Told]:
        """Return what was found with the verdicts on it, without that which these speak against."""
        judged = (Told(one.finder, with_true_sides(one.dispute), self.on(one.dispute)) for one in found)
        return [one for one in judged if _stands(one)]


def _stands(one: Told) -> bool:
    """Return whether its two sentences do not speak against it, or where these say nothing the two articles."""
    verdict = one.verdict
    if verdict is None or (verdict.proposal is None and one.finder in TIES_ITSELF):
        return True
    limit = wholes_stand_from if verdict.proposal is None else stands_from
    return verdict.score > limit(of_brief=verdict.is_of_brief)


def _is_on(proposal: Proposal, dispute: Dispute) -> bool:
    """Return whether a difference is that of the two sentences of a dispute, on its slot."""
    sides = (proposal.here, dispute.here), (proposal.there, dispute.there)
    is_slot = proposal.slot == _SLOTS[dispute.kind]
    return is_slot and all(sentence_key(side.line.text) == sentence_key(claim.quote) for side, claim in sides)


def _find_overlooked(verdicts: _Verdicts, desk: Desk, apart: Collection[int | None]) -> Iterator[tuple[Told, str]]:
    """Yield what an article contradicts most plainly of those that it is held against, if it does, with "".

    Before it stands what only a part in the matter is denied with, and the veto ``ROLE``.

    Args:
        apart: ids of stored articles on another happening: there nothing is overlooked that is not contested.
    """
    others = [one for one in desk.others if verdicts.may_contradict(one.id)]
    judged = sorted(((verdicts.of(one.id), one) for one in others), key=lambda found: -found[0][0].score)
    fallen = set[int]()
    for found, stored in judged:
        for verdict in _list_shown(found)[:_MOST_TRIED]:
            fallen.add(stored.id)
            dispute = _dispute(verdict.proposal, stored, desk) if verdict.proposal else None
            if dispute is None or (stored.id in apart and not is_contesting(dispute.here.quote)):
                continue
            veto = find_veto(dispute, desk)
            if veto in {"", ROLE}:
                yield Told("judge", with_true_sides(dispute), verdict), veto
            if not veto:
                return
    for found, stored in judged:
        is_open = stored.id not in fallen or not _are_short(stored, desk)
        dispute = _dispute_of_accounts(stored, desk) if is_open and _differ_anew(found, stored, desk) else None
        if dispute is not None and stored.id not in apart and not find_veto(dispute, desk):
            yield Told("judge", dispute, found[0]), ""
            return


def _list_compared(verdicts: _Verdicts, desk: Desk) -> list[Dispute]:
    """Return the figures and days of one slot that nobody can say to contradict each other, the plainest first.

    Of each sentence of the article one value, against the account that has it most plainly otherwise; the headline
    says nothing that its sentences do not.
    """
    others = [one for one in desk.others[:_MOST_COMPARED] if verdicts.may_compare(one.id)]
    judged = ((verdict, stored) for stored in others for verdict in verdicts.of(stored.id))
    title, found = sentence_key(desk.case.article.title), dict[str, Dispute]()
    for verdict, stored in sorted(judged, key=lambda one: -one[0].score):
        pair = verdict.proposal
        if pair is None or not _may_be_compared(pair, verdict):
            continue
        key = sentence_key(pair.here.line.text)
        dispute = _dispute(pair, stored, desk) if key not in {*found, title} else None
        if dispute is not None and not find_veto(dispute, desk):
            found[key] = with_true_sides(dispute)
    return list(found.values())[:_MOST_SHOWN]


def _may_be_compared(pair: Proposal, verdict: Verdict) -> bool:
    """Return whether two values are of one slot and near enough; lengths of time and ages are of too many things."""
    is_near = verdict.score > compares_from(of_brief=verdict.is_of_brief)
    return is_near and pair.slot in {FIGURE, DAY} and pair.is_rival and not pair.signs.get("figure_time")


def _differ_anew(verdicts: Sequence[Verdict], stored: StoredArticle, desk: Desk) -> bool:
    """Return whether two accounts plainly contradict each other in what no third one has said before."""
    limit = accounts_from(are_short=_are_short(stored, desk))
    plain = [one.proposal for one in verdicts if one.score > limit]
    told = [one is not None and _is_told(one, stored, desk) for one in plain]
    return bool(told) and not (any(told) if _are_short(stored, desk) else all(told))


def _are_short(stored: StoredArticle, desk: Desk) -> bool:
    return are_short(account_of(desk.case.article), account_of(stored.article))


def _is_told(found: Proposal, stored: StoredArticle, desk: Desk) -> bool:
    here, there = ((side.value, side.line.text) for side in (found.here, found.there))
    dispute = desk.dispute(found.kind, here, there, stored)
    return dispute is not None and is_side_told(dispute, desk)


def _dispute_of_accounts(stored: StoredArticle, desk: Desk) -> Dispute | None:
    """Return two accounts as a dispute that are known to contradict each other and differ in no slot."""
    ours, theirs = account_of(desk.case.article), account_of(desk.texts[stored.id])
    both = choose_statements(ours, theirs)
    if both is None or (says("confirms", both[0].text) and _have_one_version(ours, theirs)):
        return None
    here, there = ((split_speaker(line.text)[0] or line.text, line.text) for line in both)
    return desk.dispute(FactKind.ACT, here, there, stored)


def _have_one_version(ours: Account, theirs: Account) -> bool:
    """Return whether both accounts open with one version of a matter: kin confirm the suicide that police speak of."""
    told = [
        {(one.matter, one.pole) for line in account.front for one in line.conditions if one.is_version}
        for account in (ours, theirs)
    ]
    return not told[0].isdisjoint(told[1])


def _list_shown(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return the differences that may be shown of two articles which contradict each other, the best to show first.

    How plainly they do is that of their most telling difference; what is shown are two values of one slot. Free names,
    and figures of which nothing says that they count one thing, say much of the articles and are no contradiction.
    """
    of_brief = verdicts[0].is_of_brief
    if verdicts[0].score <= contradicts_from(of_brief=of_brief):
        return []
    pairs = [(one, one.proposal) for one in verdicts if one.proposal is not None and not one.proposal.is_free]
    plain = [one for one, pair in pairs if pair.is_rival and one.score > _least(pair, of_brief=of_brief)]
    loose = (one for one, pair in pairs if not pair.is_rival and pair.slot != FIGURE)
    return [*plain, *(one for one in loose if one.score > shows_loose_from(of_brief=of_brief))]


def _least(pair: Proposal, *, of_brief: bool) -> float:
    """Return the log-odds from which two rivals are shown; what a denial reaches is known less surely than a value."""
    return shows_loose_from(of_brief=of_brief) if pair.slot == STATUS else shows_from(of_brief=of_brief)


def _dispute(found: Proposal, stored: StoredArticle, desk: Desk) -> Dispute | None:
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
