"""What is shown beside what is new without being told as a contradiction, and what is never told as known.

Owns which values and sentences of another account stand there. Must never say that two accounts contradict each other;
``news.disputes.verdicts`` does.
"""

from __future__ import annotations

from collections.abc import Collection

from news.decision import Dispute, FactKind
from news.disputes.desk import Desk
from news.disputes.differences import dispute_of, is_told
from news.disputes.judged import Verdicts
from news.disputes.judging.judge import Verdict, compares_from, contradicts_from
from news.disputes.judging.proposing import DAY, FIGURE, Proposal
from news.disputes.prominence import sentence_key
from news.disputes.seeming.values import with_true_sides
from news.disputes.vetoes import find_veto, is_in_record

__all__ = ["list_compared", "list_doubted"]

_MOST_COMPARED, _MOST_SHOWN = 6, 2
"""Stored articles that figures are compared with, and values that are shown so."""


def list_compared(verdicts: Verdicts, desk: Desk) -> list[Dispute]:
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
        dispute = dispute_of(pair, stored, desk) if key not in {*found, title} else None
        if dispute is not None and not find_veto(dispute, desk):
            found[key] = with_true_sides(dispute)
    return list(found.values())[:_MOST_SHOWN]


def list_doubted(verdicts: Verdicts, desk: Desk, apart: Collection[int | None]) -> list[Dispute]:
    """Return the two sentences that most plainly contradict each other by all signs, of one stored account, if any.

    Where another account has any of what the article says against it, the story has both sides. Across languages the
    signs say too little: who retells is not to be told as news.
    """
    others = [one for one in desk.others if one.id not in apart and verdicts.may_contradict(one.id)]
    judged = sorted(((verdicts.of(one.id), one) for one in others), key=lambda found: -found[0][0].score)
    for found, stored in judged:
        limit = contradicts_from(of_brief=found[0].is_of_brief)
        plain = [one.proposal for one in found if one.proposal is not None and one.score > limit]
        if not plain or _is_across(plain[0]) or any(is_told(one, stored, desk) for one in plain):
            continue
        here, there = plain[0].here.line.text, plain[0].there.line.text
        dispute = desk.dispute(FactKind.ACT, (here, here), (there, there), stored)
        if dispute is not None and not is_in_record(dispute, desk):
            return [dispute]
    return []


def _is_across(pair: Proposal) -> bool:
    return pair.here.line.language != pair.there.line.language


def _may_be_compared(pair: Proposal, verdict: Verdict) -> bool:
    """Return whether two values are of one slot and near enough; lengths of time and ages are of too many things."""
    is_near = verdict.score > compares_from(of_brief=verdict.is_of_brief)
    return is_near and pair.slot in {FIGURE, DAY} and pair.is_rival and not pair.signs.get("figure_time")
