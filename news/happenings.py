"""What keeps two accounts apart that the record took for one event: another of its kind, or only a later count.

Owns these two judgements for timelines, where an event has one day. Must never join: ``news.merging`` does.
"""

from __future__ import annotations

import re
from functools import lru_cache

from news.model import Report
from news.progress import is_development

_MAX_QUOTE = 1_000
_COUNT = re.compile(
    r"(?i)\b(?:toll|number of (?:the |people )?(?:killed|dead|deaths|injured|missing|victims)|death count|"
    r"cifra de (?:muertos|fallecidos|víctimas)|número de (?:muertos|fallecidos|víctimas)|"
    r"число (?:погибших|жертв|пострадавших))\b"
)
_SUDDEN = (
    "(?:quake|earthquake|tremor|strike|attack|raid|blast|explosion|fire|blaze|crash|accident|collision|storm|eruption|"
    "flood|landslide|avalanche|shooting|derailment)"
)
_BETWEEN = r"(?! (?:of|on|in|at|by|for|from|after|about|to|with|the|an?|avenue|street|world)\b) [\w-]{1,20}"
"""A word that may stand between "second" and the noun: one of the same noun phrase."""

_ANOTHER = re.compile(
    rf"(?i:\b(?:second|third|fourth|another|fresh|repeat|separate)(?:{_BETWEEN}){{0,3}}? {_SUDDEN}\b)|"
    rf"\bnew(?:{_BETWEEN})? {_SUDDEN}\b|"  # "New" opens the name of many a town: "a New York fire"
    r"(?i:\baftershock\b|\bréplica\b|\b(?:segundo|nuevo|otro) (?:terremoto|sismo|ataque|incendio|accidente)\b|"
    r"\b(?:второе|новое) землетрясение\b)"
)
_MAGNITUDE = re.compile(
    r"(?i)\bmagnitude(?: of)?(?: about| around)? (\d(?:\.\d)?)\b|\b(\d(?:\.\d)?)[ -]magnitude\b|"
    r"\bmagnitud(?: de)? (\d(?:[.,]\d)?)\b|\bмагнитудой (\d(?:[.,]\d)?)\b"
)
_MAGNITUDES_APART = 0.3
"""Agencies differ by a tenth or two on one earthquake."""


@lru_cache(maxsize=1 << 12)
def is_count(quote: str) -> bool:
    """Return whether a sentence only counts on ("the toll rose to 15 on Friday"): its day is not that of the event."""
    return bool(_COUNT.search(quote[:_MAX_QUOTE])) and is_development(quote)


def are_two(here: Report, there: Report) -> bool:
    """Return whether two accounts that give different days are of two events: one says so, or the sizes differ."""
    quotes = here.quote[:_MAX_QUOTE], there.quote[:_MAX_QUOTE]
    if any(map(_ANOTHER.search, quotes)):
        return True
    ours, theirs = map(_magnitudes, quotes)
    return bool(ours and theirs) and all(abs(one - other) > _MAGNITUDES_APART for one in ours for other in theirs)


@lru_cache(maxsize=1 << 12)
def _magnitudes(quote: str) -> tuple[float, ...]:
    found = (next(filter(None, match.groups())) for match in _MAGNITUDE.finditer(quote))
    return tuple(float(text.replace(",", ".")) for text in found)
