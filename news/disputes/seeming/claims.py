"""A sum that some claim, held against a larger one that is owed in all: the breeders' 14 million of a debt of 92.

Owns when a sum is a claim. Must never judge other figures; ``news.disputes.seeming.values`` does.
"""

from __future__ import annotations

from functools import cache

from news.decision import Claim
from news.tables import load_toml
from news.words.measures import Measure, measures_in
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.vocabulary import language_of

__all__ = ["is_claim_of_more"]

_CLAIMED = small(
    r"\b(?:reclam\w+|exig(?:e|en|ieron|ió)|claim(?:s|ed|ing)?|demand(?:s|ed|ing)?|требу[ею]т|потребова\w+)\b"
)


def is_claim_of_more(here: Claim, there: Claim) -> bool:
    """Return whether the smaller of two sums of money is what somebody claims, and the larger is not."""
    ours, theirs = (_sums(one.value) for one in (here, there))
    if len(ours) != 1 or len(theirs) != 1 or ours[0].kind != theirs[0].kind:
        return False
    smaller, larger = (here, there) if ours[0].value < theirs[0].value else (there, here)
    return _is_claimed(smaller) and not _is_claimed(larger)


def _sums(text: str) -> list[Measure]:
    return [one for one in measures_in(text, language_of(text)) if one.kind in _money()]


@cache
def _money() -> frozenset[str]:
    return frozenset(load_toml("frames.toml")["units"]["money"].split())


def _is_claimed(claim: Claim) -> bool:
    return _CLAIMED.search(lower_in_place(claim.quote)) is not None
