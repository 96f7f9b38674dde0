"""Two values of one slot that differ and can both be right, by what their own sentences say of them.

Owns the last look at a pair of values: a denial of something that the other account does not tell, silence about harm
that was found later, what came about on two days. Must never find a dispute, nor compare values of a role: it only lets
go.

Who says so in so many words ("not 62, as the ministry claims") is left alone. English, for the most part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from news.decision import Claim, Dispute, FactKind
from news.disputes.contested import is_contesting
from news.model import Modality
from news.reports.negations import is_touched, list_denied
from news.reports.tellings import tell
from news.words.measures import Measure, measures_in
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.vocabulary import language_of

__all__ = ["are_both_right", "are_two_nights"]

_MAX_QUOTE = 700
_FIRST = small(
    r"\b(?:no|not|without|nobody|no one|none)\b[^.;]{0,60}?\b(?:reported|known|immediately?|yet|"
    r"so far|at first|initially|"
    r"early)\b|\bno (?:immediate |early |initial )?(?:reports?|word|news|sign) of\b|\bno se (?:reportaron|informó|"
    r"registraron)\b|\bне (?:поступало|сообщается)\b"
)
_THAT = re.compile(
    r"^\W*(?:that|this|the|these|those|it|such)\b(?: [a-z]+)?(?: (?:reports?|claims?|allegations?|stor(?:y|ies)|"
    r"accusations?|charges?|statements?|rumou?rs?|suggestions?|account|version|article))? (?:is|are|was|were)\b",
    re.IGNORECASE,
)
_DAY = 10
_SOON = timedelta(days=2)


def are_both_right(dispute: Dispute, quotes: Sequence[str]) -> bool:
    """Return whether the values of a dispute can both be right.

    Args:
        quotes: the sentences of the new article, its headline first.
    """
    if dispute.kind is FactKind.STATUS:
        return _is_of_other(dispute.here, dispute.there, quotes) or _is_unheard(dispute.here, dispute.there)
    return are_two_nights(dispute) or (dispute.kind is FactKind.DATE and _is_after_all(dispute.here, dispute.there))


def are_two_nights(dispute: Dispute) -> bool:
    """Return whether two sentences that differ in the day have no count in common though each has one."""
    if dispute.kind is not FactKind.DATE or is_contesting(dispute.here.quote):
        return False
    ours, theirs = (
        {one.value for one in measures_in(each.quote[:_MAX_QUOTE], language_of(each.quote)) if _is_count(one, each)}
        for each in (dispute.here, dispute.there)
    )
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _is_after_all(here: Claim, there: Claim) -> bool:
    """Return whether a day lies well after the other account came out, and its own before: it is of a later act."""
    if there.published_at is None:
        return False
    told_on = there.published_at.date()
    return here.value[:_DAY] > (told_on + _SOON).isoformat() and there.value[:_DAY] <= told_on.isoformat()


def _is_count(one: Measure, claim: Claim) -> bool:
    """Return whether a number counts somebody: it has no unit and is followed by a word in small letters."""
    after = claim.quote[one.end : one.end + 12]
    return not one.kind and one.value > 1 and bool(re.match(r" (?!(?:of|to|am|pm)\b)[a-zа-я]{4,}", after))


def _is_of_other(here: Claim, there: Claim, quotes: Sequence[str]) -> bool:
    """Return whether "that report is false" is said of what the sentence before denies, which nobody told here."""
    if here.value != Modality.DENIED.value or not _THAT.match(here.quote):
        return False
    at = next((place for place, quote in enumerate(quotes) if quote.strip() == here.quote.strip()), 0)
    if at <= 1:
        return False
    before = tell(quotes[at - 1])
    denies = bool(re.search(r"\b(?:den(?:y|ied|ies|ying)|reject\w*|dismiss\w*)\b", quotes[at - 1].lower()))
    return denies and (not list_denied(before) or not is_touched(before, tell(there.quote)))


def _is_unheard(here: Claim, there: Claim) -> bool:
    """Return whether the one who denies only says that nothing was heard of yet."""
    denial = next((one for one in (here, there) if one.value == Modality.DENIED.value), None)
    return denial is not None and bool(_FIRST.search(lower_in_place(denial.quote)))
