"""The last word on the disputes of an article: which of those that rules found stand, and which they overlooked.

Owns what follows from ``news.disputes.judging``. A rule knows its own words and no more: what it found stands only
where its own two sentences, or the two articles as wholes, do not speak against it. Where rules found nothing and the
two plainly contradict each other, what they differ in most plainly is the dispute.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import product

from news.decision import Dispute, FactKind, StoredArticle, StoredReport
from news.disputes.bearers import is_of_another
from news.disputes.conditions import is_excluded
from news.disputes.judging import Verdict, contradicts_from, judge, shows_from, stands_from, wholes_stand_from
from news.disputes.lines import Account, Line, account_of, says
from news.disputes.loose_sentences import bare_row, row_of
from news.disputes.parties import is_counted_against, is_wider
from news.disputes.prominence import sentence_key
from news.disputes.proposing import DAY, FIGURE, NAME, STATUS, Proposal
from news.disputes.slots import Teller, is_same_voice, is_voice_of, stored_claim
from news.stories.case import Case

__all__ = ["find_overlooked", "list_standing"]

_MAX_ARTICLES = 4
_MOST_TRIED = 8
_TO_GROW = timedelta(hours=1)
_BEFORE = 25

_SLOTS = {
    FactKind.FIGURE: FIGURE,
    FactKind.DATE: DAY,
    FactKind.STATUS: STATUS,
    FactKind.PLACE: NAME,
    FactKind.ACTOR: NAME,
}

Found = tuple[tuple[Dispute, ...], Verdict | None]
"""Disputes with the verdict on the first of them."""


def list_standing(case: Case, disputes: Sequence[Dispute], articles: Sequence[StoredArticle]) -> Found:
    """Return the disputes that stand, of those that rules found against articles of the story.

    Each is judged by its own difference: that of its two sentences on its slot. What else the two articles differ in
    neither saves it nor lets it fall. Where the judge sees no such difference, or one that says less than none would,
    it goes by the articles as wholes.
    """
    told = {one.there.article_id for one in disputes}
    verdicts = {one.id: judge(case.article, one.article) for one in articles if one.id in told}
    judged = [(one, _verdict_on(one, verdicts.get(one.there.article_id or 0, ()))) for one in disputes]
    kept = [(one, verdict) for one, verdict in judged if verdict is None or _stands(verdict)]
    return tuple(one for one, _ in kept), kept[0][1] if kept else None


def _stands(verdict: Verdict) -> bool:
    """Return whether its two sentences do not speak against it, or where these say nothing the two articles."""
    return verdict.score > (wholes_stand_from() if verdict.proposal is None else stands_from())


def _verdict_on(dispute: Dispute, verdicts: Sequence[Verdict]) -> Verdict | None:
    """Return the verdict, of those on two articles, plainest first, that a dispute is judged by; None without any."""
    own = (one for one in verdicts if one.proposal is None or _is_on(one.proposal, dispute))
    return next(own, None)


def _is_on(proposal: Proposal, dispute: Dispute) -> bool:
    """Return whether a difference is that of the two sentences of a dispute, on its slot."""
    sides = (proposal.here, dispute.here), (proposal.there, dispute.there)
    is_slot = proposal.slot == _SLOTS[dispute.kind]
    return is_slot and all(sentence_key(side.line.text) == sentence_key(claim.quote) for side, claim in sides)


def find_overlooked(
    case: Case,
    articles: Sequence[StoredArticle],
    reports: Sequence[StoredReport],
    teller: Teller,
    is_real: Callable[[Dispute], bool],
    may_be_one: Callable[[str, str, int], bool],
) -> Found:
    """Return what an article contradicts most plainly, if it does.

    Args:
        articles: of the story, most related first; the first four of other voices are judged.
        reports: of the story.
        is_real: whether a dispute is none that only seems so.
        may_be_one: whether a sentence may be on one thing with one of a stored article, given by its id.
    """
    others = [one for one in articles if not is_voice_of(case.article, one)][:_MAX_ARTICLES]
    judged = sorted(((_judge(case, one, may_be_one), one) for one in others), key=lambda found: -found[0][0].score)
    for verdicts, stored in judged:
        for verdict in _list_shown(verdicts)[:_MOST_TRIED]:
            dispute = _dispute(case, verdict.proposal, stored, reports, teller) if verdict.proposal else None
            if dispute is not None and is_real(dispute):
                return (dispute,), verdict
    return (), None


def _judge(case: Case, stored: StoredArticle, may_be_one: Callable[[str, str, int], bool]) -> list[Verdict]:
    def is_near(here: Line, there: Line) -> bool:
        return may_be_one(here.text, there.text, stored.id)

    return judge(case.article, stored.article, is_near)


def _list_shown(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return the differences that may be shown of two articles which contradict each other, the best to show first.

    How plainly they do is that of their most telling difference; what is shown are two values of one slot. Free names,
    and figures of which nothing says that they count one thing, say much of the articles and are no contradiction.
    """
    if verdicts[0].score <= contradicts_from():
        return []
    pairs = [(one, one.proposal) for one in verdicts if one.proposal is not None and not one.proposal.is_free]
    shown = [one for one, pair in pairs if pair.is_rival and one.score > shows_from()]
    loose = (one for one, pair in pairs if not pair.is_rival and pair.slot != FIGURE)
    return [*shown, *(one for one in loose if one.score > contradicts_from())]


def _dispute(
    case: Case, found: Proposal, stored: StoredArticle, reports: Sequence[StoredReport], teller: Teller
) -> Dispute | None:
    """Return a difference as a dispute; None between one voice, and where it is none all the same."""
    ours, theirs = found.here.line, found.there.line
    if _is_harmless(case, found, stored, teller):
        return None
    row = row_of(stored, theirs.text, reports)
    report = next((one for one in case.reading.reports if one.quote == ours.text), bare_row(ours.text))
    if is_same_voice(report, row, teller):
        return None
    here, there = teller.claim(report, found.here.value), stored_claim(row, found.there.value)
    return Dispute(found.kind, row.event_id or None, here, there)


def _is_harmless(case: Case, found: Proposal, stored: StoredArticle, teller: Teller) -> bool:
    """Return whether a difference contradicts nothing, whatever it weighs.

    A state of another bearer or one that the article tells as well, a denial of what another language tells, of which
    nobody knows what it reaches, a day that is counted from another act, a wider count or one that has grown, a name
    that the article tells of as well.
    """
    ours, theirs = found.here.line, found.there.line
    if found.slot == STATUS:
        both = account_of(case.article), account_of(stored.article)
        is_apart = ours.language != theirs.language or _is_of_another(found, both, teller)
        return is_apart or _is_told_here(found, both[0])
    if found.slot == DAY:
        return says("counts_from", ours.text)
    if found.slot == FIGURE:
        return is_wider(ours.text, theirs.text) or _has_grown(case, found, stored)
    return found.slot == NAME and _is_named_here(found)


def _is_named_here(found: Proposal) -> bool:
    """Return whether the sentence tells of the other name as well, neither denied nor as the word of others.

    "Nothing fell on Kyiv while a missile hit Zhytomyr" contradicts no missile on Zhytomyr; "fired by the army, not by
    the rebels" does contradict that they fired.
    """
    line, other = found.here.line, found.there.value
    at = line.text.find(other)
    return at >= 0 and not line.is_cited and not says("negates", line.text[max(0, at - _BEFORE) : at])


def _has_grown(case: Case, found: Proposal, stored: StoredArticle) -> bool:
    """Return whether a larger toll of a later article only has gone on: it sets itself against no other."""
    ours, theirs = found.here.line, found.there.line
    later, earlier = case.article.published_at, stored.article.published_at
    if not ours.harms & theirs.harms or not found.signs["figure_more"] or later is None or earlier is None:
        return False
    is_set_against = any(found.signs[f"figure_{name}"] for name in ("contests", "named", "cited", "negative"))
    is_of_two_sides = not ours.is_later and is_counted_against(ours.text, theirs.text, later, earlier)
    return later - earlier >= _TO_GROW and not is_set_against and not is_of_two_sides


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
