"""What a side changes itself: a plan that is put off, a count that whoever gave it corrects.

Owns the two questions. Must never find a dispute: it only says of one that nobody contradicts anybody in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from news.decision import Claim, Dispute, FactKind
from news.disputes.cues import cues_of, flatten, is_contesting, knows
from news.disputes.parties import speaker_of
from news.reports.bodies import find_body
from news.words.measures import is_held, measures_in
from news.words.turns import turns_in
from news.words.vocabulary import language_of

__all__ = ["is_own_change"]

_KINDS = frozenset({FactKind.FIGURE, FactKind.DATE, FactKind.STATUS})
_POSTPONED = "postpone"
_ARTICLES = frozenset({"the", "an", "el", "la", "los", "las"})
_WORD = re.compile(r"[^\W\d_]+")
_DAY = len("2024-05-16")


def is_own_change(dispute: Dispute, quotes: Iterable[str]) -> bool:
    """Return whether the new value is what has become of the stored one, by the word of its own side.

    "Twelve rooms and not three as planned", "the summit of the 7th is put off to the 8th", and what the court said on
    Tuesday and says otherwise on Wednesday. Two values of one body are one account that was changed.

    Args:
        quotes: the headline and the sentences of the article.
    """
    here, there = dispute.here.quote, dispute.there.quote
    if dispute.kind not in _KINDS or is_contesting(here):
        return False
    if dispute.kind is not FactKind.STATUS and any(
        _is_former(quote) and _has_value(quote, dispute) for quote in {here, *quotes}
    ):
        return True
    if dispute.kind is FactKind.DATE and _is_ahead(dispute.there) and _is_put_off(here) and not _is_put_off(there):
        return True
    return _are_of_one_body(dispute.here, dispute.there)


def _are_of_one_body(here: Claim, there: Claim) -> bool:
    """Return whether the army, the court or another body gives both values; not the armies of two countries."""
    if here.origin is not None and there.origin is not None and here.origin.key != there.origin.key:
        return False
    body = find_body(speaker_of(here.quote))
    if not body or body != find_body(speaker_of(there.quote)):
        return False
    ours, theirs = _names_of_speaker(here.quote), _names_of_speaker(there.quote)
    return not (ours and theirs and ours.isdisjoint(theirs))


def _names_of_speaker(quote: str) -> frozenset[str]:
    """Return the capitalised words for whoever speaks, small, that name no body: "indian" of "the Indian army"."""
    spoken = frozenset(_WORD.findall(speaker_of(quote).lower()))
    capitals = (word for word in _WORD.findall(quote) if word[0].isupper() and not find_body(word))
    return frozenset(word.lower() for word in capitals) & spoken - _ARTICLES


def _is_former(quote: str) -> bool:
    """Return whether a sentence sets its value against that of a plan, or against what its own side said before."""
    language = language_of(quote)
    return knows(language) and cues_of(language, "former").search(flatten(quote, language)) is not None


def _has_value(quote: str, dispute: Dispute) -> bool:
    """Return whether a sentence has both values: that which a headline gives may be explained further down.

    "More than expected" names no value of a plan, and says nothing of what another side counts.
    """
    if dispute.kind is not FactKind.FIGURE:
        return quote == dispute.here.quote
    told = measures_in(quote, language_of(quote))
    sides = (measures_in(one.value, language_of(one.quote)) for one in (dispute.here, dispute.there))
    return all(bool(side) and is_held(side[0], told) for side in sides)


def _is_ahead(claim: Claim) -> bool:
    """Return whether a day lay ahead when it was told: what has been cannot be put off any more."""
    return claim.published_at is None or claim.value[:_DAY] >= claim.published_at.date().isoformat()


def _is_put_off(quote: str) -> bool:
    return any(_POSTPONED in classes for classes in turns_in(quote, language_of(quote)).values())
