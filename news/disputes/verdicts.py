"""The last word on the disputes of an article: which of those that rules found stand, and which they overlooked.

Owns what follows from ``news.disputes.judging``. A rule knows its own words and no more: what it found stands only
where its own two sentences, or the two articles as wholes, do not speak against it. Where rules found nothing and the
two plainly contradict each other, what they differ in most plainly is the dispute.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from news.decision import Dispute, FactKind, StoredArticle
from news.disputes.comparisons import list_compared, list_doubted
from news.disputes.cues import is_contesting
from news.disputes.desk import Desk
from news.disputes.differences import dispute_of, is_told
from news.disputes.finders import Found, slot_of
from news.disputes.judged import Verdicts
from news.disputes.judging.judge import (
    Verdict,
    accounts_from,
    contradicts_from,
    shows_from,
    shows_loose_from,
    stands_from,
    wholes_stand_from,
)
from news.disputes.judging.lines import Account, account_of, says
from news.disputes.judging.proposing import FIGURE, STATUS, Proposal
from news.disputes.judging.statements import are_short, choose_statements
from news.disputes.seeming.values import with_true_sides
from news.disputes.vetoes import OWN, ROLE, TIES_ITSELF, find_veto, list_apart, list_standing
from news.reports.tellings import split_speaker

__all__ = ["Hearing", "Told", "hear"]

_MOST_TRIED = 8


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
        doubted: two sentences of accounts that contradict each other by all signs, where no two values can be shown.
    """

    told: Sequence[Told] = ()
    changes: Sequence[Dispute] = ()
    roles: Sequence[Dispute] = ()
    compared: Sequence[Dispute] = ()
    doubted: Sequence[Dispute] = ()


def hear(proposed: Iterable[Found], desk: Desk) -> Hearing:
    """Return which proposals are told: those that no question lets fall, and that the judge does not speak against.

    Where there is none, it is the one that the judge sees most plainly, if any.
    """
    verdicts = Verdicts(desk)
    asked = [(one, find_veto(one.dispute, desk, one.finder)) for one in proposed]
    judged = _list_standing(list_standing(asked), verdicts)
    told, pleas = _once(judged), list[Dispute]()
    if not told:
        overlooked = list(_find_overlooked(verdicts, desk, list_apart(asked)))
        told = [one for one, veto in overlooked if not veto]
        pleas = [one.dispute for one, veto in overlooked if veto]
    changes = _list_standing((one for one, veto in asked if veto == OWN), verdicts)
    roles = [one.dispute for one, veto in asked if veto == ROLE]
    if told:
        return Hearing(told, [one.dispute for one in changes], roles)
    compared, doubted = list_compared(verdicts, desk), list_doubted(verdicts, desk, list_apart(asked))
    return Hearing((), [one.dispute for one in changes], roles or pleas[:1], compared, doubted)


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


def _list_standing(found: Iterable[Found], verdicts: Verdicts) -> list[Told]:
    """Return what was found with the verdicts on it, without that which these speak against."""
    judged = (Told(one.finder, with_true_sides(one.dispute), verdicts.on(one.dispute)) for one in found)
    return [one for one in judged if _stands(one)]


def _stands(one: Told) -> bool:
    """Return whether its two sentences do not speak against it, or where these say nothing the two articles."""
    verdict = one.verdict
    if verdict is None or (verdict.proposal is None and one.finder in TIES_ITSELF):
        return True
    limit = wholes_stand_from if verdict.proposal is None else stands_from
    return verdict.score > limit(of_brief=verdict.is_of_brief)


def _find_overlooked(verdicts: Verdicts, desk: Desk, apart: Collection[int | None]) -> Iterator[tuple[Told, str]]:
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
            dispute = dispute_of(verdict.proposal, stored, desk) if verdict.proposal else None
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


def _differ_anew(verdicts: Sequence[Verdict], stored: StoredArticle, desk: Desk) -> bool:
    """Return whether two accounts plainly contradict each other in what no third one has said before."""
    limit = accounts_from(are_short=_are_short(stored, desk))
    plain = [one.proposal for one in verdicts if one.score > limit]
    told = [one is not None and is_told(one, stored, desk) for one in plain]
    return bool(told) and not (any(told) if _are_short(stored, desk) else all(told))


def _are_short(stored: StoredArticle, desk: Desk) -> bool:
    return are_short(account_of(desk.case.article), account_of(stored.article))


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
