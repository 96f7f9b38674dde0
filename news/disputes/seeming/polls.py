"""Shares of votes that only seem to contradict: of two counts under way, of two polls, or of two candidates.

Owns that question, in English. Must never compare the shares themselves.
"""

from __future__ import annotations

import re

from news.reports.tellings import tell
from news.words.small_letters import small

__all__ = ["are_two_counts"]

_COUNTED = small(
    r"\b(\d{1,3}(?:\.\d+)?) ?(?:percent|per cent|%) (?:of (?:the )?(?:ballots?|votes?|precincts|stations|returns|"
    r"results|tally|sheets|acts) )?(?:(?:ha[ds]|have) been |were |was |being )?(?:counted|tallied|processed|"
    r"declared|reporting|in\b)"
)
_ALL = small(
    r"\b(?:all|every) (?:the )?(?:ballots?|votes?|precincts|polling stations)\b[^.;]{0,20}\b(?:counted|in|tallied)\b"
)
_POLL = small(r"\b(?:polls?|surveys?|pollster|polling (?:firm|institute|company))\b(?! station)")
_VOTE = small(
    r"\b(?:polls?|surveys?|vot(?:e|es|ed|ers)|ballots?|elections?|run-?off|race|referendum|candidates?|presidency|leads?|"
    r"led|ahead)\b"
)
_SHARE = small(r"\d ?(?:percent|per cent|%|points?)|\bpercent\b")
_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: (?:de |del |la |van |von )?[A-ZÀ-Þ][\w'’-]+){0,2}")


def are_two_counts(here: str, there: str) -> bool:
    """Return whether two sentences give shares of two stages of one count, of two polls, or of two candidates."""
    ours, theirs = here.casefold(), there.casefold()
    if not (_SHARE.search(ours) and _SHARE.search(theirs) and _VOTE.search(ours) and _VOTE.search(theirs)):
        return False
    stages = _stage(ours), _stage(theirs)
    if stages[0] != stages[1] or (_POLL.search(ours) and _POLL.search(theirs)):
        return True
    leads = _leading(here), _leading(there)
    return bool(leads[0] and leads[1]) and leads[0] != leads[1]


def _stage(text: str) -> str:
    """Return how much was counted when a share was told: "81"; "" where nothing says so."""
    if _ALL.search(text):
        return "100"
    found = _COUNTED.search(text)
    return found.group(1) if found else ""


def _leading(quote: str) -> str:
    """Return the last word of the first name that a sentence tells of, in small letters."""
    found = _NAME.search(tell(quote).core)
    return found.group().split()[-1].casefold() if found else ""
