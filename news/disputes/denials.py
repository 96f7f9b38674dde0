"""What one of two Spanish or Russian articles denies and the other tells as a fact, whatever the act.

Owns holding what either denies against the sentences of the other. Must never judge whose word it is, nor look at
English, where ``news.disputes.contrast`` does the same sentence by sentence.

The reports of two events are compared before (``news.disputes.slots``), but only where what is denied is an act that
reports are made of. "Niega que el agua contenga plomo" denies what no report tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from news.decision import Dispute, FactKind, StoredArticle
from news.disputes.contesting.absences import is_admitted, is_attempt
from news.disputes.desk import Desk
from news.disputes.loose_sentences import sentences_of
from news.model import Modality
from news.reports.denials_told import is_denied_alike_in, is_told_in
from news.reports.negations_abroad import denied_in
from news.reports.progress import is_development
from news.reports.reserves_abroad import is_reserved
from news.words.meanings import GLOSSED

__all__ = ["find_denials"]

_MAX_SENTENCES = 20
_OPENING = 3
_TO_DENY, _TO_AFFIRM = timedelta(days=7), timedelta(days=2)
"""How long after the other account: what was denied on Monday may have come about by Friday."""


def find_denials(desk: Desk) -> Iterator[Dispute]:
    """Yield what the article denies and a stored one tells, or the other way round, once for each of the two."""
    if desk.case.reading.language not in GLOSSED:
        return
    ours = _texts(desk.case.article.title, [one.text for one in desk.case.reading.sentences[:_MAX_SENTENCES]])
    for stored in desk.others:
        theirs = _texts(stored.article.title, sentences_of(stored.article.text))
        found = _oppose(ours, theirs)
        if found and _is_within(desk, stored, _TO_DENY):
            denied, told = found
            sides = (Modality.DENIED.value, denied), (Modality.HAPPENED.value, told)
        elif (found := _oppose(theirs, ours)) and _is_within(desk, stored, _TO_AFFIRM):
            denied, told = found
            sides = (Modality.HAPPENED.value, told), (Modality.DENIED.value, denied)
        else:
            continue
        dispute = desk.dispute(FactKind.STATUS, *sides, stored)
        if dispute is not None:
            yield dispute


def _texts(title: str, sentences: Sequence[str]) -> tuple[str, ...]:
    """Return the sentences of an account and its headline, which comes last: it says least."""
    return (*sentences[:_MAX_SENTENCES], title)


def _is_within(desk: Desk, stored: StoredArticle, most: timedelta) -> bool:
    at = stored.article.published_at
    return at is not None and timedelta() <= desk.now - at <= most


def _oppose(denying: Sequence[str], telling: Sequence[str]) -> tuple[str, str] | None:
    """Return the first sentence that denies what one of the other account tells, and that one; None for none.

    None either where the other account denies it as well, or where this one owns up to it besides.
    """
    if any(map(is_admitted, denying)):
        return None
    beside = " ".join((telling[-1], *telling[:_OPENING]))
    for quote in denying:
        for one in denied_in(quote):
            firm = [
                text for text in telling if not is_development(text) and (is_attempt(quote) or not is_attempt(text))
            ]
            told = next((text for text in firm if is_told_in(one, text, beside)), "")
            if told and is_reserved(quote, told, beside):
                continue
            if told and not any(is_denied_alike_in(one, text) for text in telling):
                return quote, told
    return None
