"""What keeps two accounts apart that might be one event: another of its kind, or only a later count.

Owns these judgements on sentences. Must never join: ``news.timelines.merging`` does.
"""

from __future__ import annotations

import re
from functools import lru_cache

from news.another.reasons import Another, Why
from news.another.words import counts_on
from news.matching.near_twins import are_two_events
from news.model import Report
from news.reports.progress import is_development
from news.reports.tellings import Telling

_MAX_QUOTE = 1_000
_COUNT = re.compile(
    r"(?i)\b(?:toll|number of (?:the |people )?(?:killed|dead|deaths|injured|missing|victims)|death count|"
    r"cifra de (?:muertos|fallecidos|víctimas)|número de (?:muertos|fallecidos|víctimas)|"
    r"число (?:погибших|жертв|пострадавших))\b"
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


def are_two(here: Report, there: Report) -> Another | None:
    """Return why two accounts that give different days are of two events; None where nothing says so.

    One counts itself on, the sizes differ, or one was over before the other came to be: what is dated by its text is
    later than the other's article is told apart by ``news.timelines.merging``, which knows the articles.
    """
    quotes = here.quote[:_MAX_QUOTE], there.quote[:_MAX_QUOTE]
    counted = next(filter(None, map(counts_on, quotes)), "")
    if counted:
        return Another(Why.COUNTED, counted)
    ours, theirs = map(_magnitudes, quotes)
    if ours and theirs and all(abs(one - other) > _MAGNITUDES_APART for one in ours for other in theirs):
        return Another(Why.SIZE, f"{ours[0]:g}, {theirs[0]:g}")
    return None


def are_told_apart(ours: Telling, theirs: Telling, *, has_year: bool = True) -> Another | None:
    """Return why two sentences tell two events by one formula, by what differs in them; None where it is one."""
    if are_two_events(ours, theirs, has_year=has_year):
        return Another(Why.FORMULA, ours.core)
    return None


@lru_cache(maxsize=1 << 12)
def _magnitudes(quote: str) -> tuple[float, ...]:
    found = (next(filter(None, match.groups())) for match in _MAGNITUDE.finditer(quote))
    return tuple(float(text.replace(",", ".")) for text in found)
