"""One act that two accounts put on different days, in whatever words they tell it.

Owns the tying of an act to the one day that its sentence gives. Must never look for the event: the caller knows that
the two sentences tell of one matter.

Both accounts look back: the day of the new one is not after the stored one came out, so that it is no later act of the
kind. A sentence with two days, with "again", of the beginning where the other is of the end, of another place or with
another number is left alone. English only.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from news.another.accounts import are_told_apart
from news.decision import FactKind, StoredReport
from news.disputes.days import Day, is_one_date, is_overlapping, list_dated
from news.disputes.rivals import find_rivals
from news.disputes.slots import Teller
from news.disputes.speakers import shared_names
from news.disputes.twins import has_other_way
from news.model import Precision
from news.reports.act_words import acts_of
from news.reports.explicit import Difference
from news.reports.moods import Mood, mood_of
from news.reports.negations import list_denied
from news.reports.progress import is_development
from news.reports.tellings import Telling, main_acts, tell
from news.reports.wording import say_days
from news.words.facts import gap_days
from news.words.meanings import acts_in
from news.words.text import fold

__all__ = ["find_other_day"]

_MAX_GAP = 20
_WORD = re.compile(r"\w+")
_AGAIN = re.compile(
    r"(?i)\b(?:again|another|second|third|fresh|further|more|also|earlier|previous|previously|later|next|since|every|each|"
    r"daily|weekly|until|till|(?:by|from) (?:early |late |mid-?|the )?"
    r"(?:\d|now|then|today|noon|midnight|dawn|dusk|week|"
    r"end|start|[a-z]{3,6}day|morning|evening|night|(?:jan|febr)uary|march|april|may|june|july|august|[a-z]{4,6}ber))\b"
)
_MIN_CLAUSE = 5
_LIGHT = frozenset(["be", "take", "give", "make", "say", "tell"])


def find_other_day(ours: Telling, stored: StoredReport, teller: Teller) -> Difference | None:
    """Return the two days of one act where a sentence and a stored one exclude each other, or None.

    Nothing is found unless it is known when both came out.
    """
    ours, theirs = _first_clause(ours), _first_clause(tell(stored.report.quote))
    moment = teller.article.published_at
    if moment is None or stored.published_at is None or not _acts(ours) & _acts(theirs):
        return None
    here, there = list_dated(ours, moment.date()), list_dated(theirs, stored.published_at.date())
    if len(here) != 1 or len(there) != 1 or not _are_apart(here[0], there[0], stored.published_at.date()):
        return None
    if not _may_be_one(ours, theirs) or find_rivals(ours, theirs, teller.within, share=0.0):
        return None
    return Difference(FactKind.DATE, say_days(here[0].span), say_days(there[0].span))


@lru_cache(maxsize=1 << 11)
def _first_clause(telling: Telling) -> Telling:
    """Return what a telling says before its first semicolon: what follows has days of its own."""
    head, mark, _ = telling.core.partition("; ")
    return tell(f"{head}.") if mark and len(head.split()) >= _MIN_CLAUSE else telling


def _are_apart(one: Day, other: Day, stored_on: date) -> bool:
    """Return whether two dates are days that exclude each other, the first not after the stored account came out."""
    first, gap = one.span.first_on, gap_days(one.span, other.span)
    if {one.span.precision, other.span.precision} != {Precision.DAY} or first is None or first > stored_on:
        return False
    return (
        gap is not None and gap <= _MAX_GAP and not is_overlapping(one.span, other.span) and not is_one_date(one, other)
    )


def _acts(telling: Telling) -> frozenset[str]:
    """Return the acts of a sentence; where it tells what the act was after, only those of the classes."""
    main = main_acts(telling)
    return main - _LIGHT if main != acts_in(telling.core) else acts_of(telling) - _LIGHT


def _may_be_one(ours: Telling, theirs: Telling) -> bool:
    """Return whether two sentences may tell one act: both as a fact, of one stage, and of some name in common."""
    if mood_of(ours) is not Mood.TOLD or mood_of(theirs) is not Mood.TOLD or is_development(ours.quote):
        return False
    if has_other_way(ours, theirs) or list_denied(ours) or list_denied(theirs):
        return False
    if are_told_apart(ours, theirs) is not None:
        return False
    if _AGAIN.search(ours.core):
        return False
    words = set(
        _WORD.findall(fold(ours.quote))
    )  # the name may stand with the speaker: "X's lawyer said that he was ..."
    return bool(shared_names(ours, theirs)) or any(name.words and name.words[-1] in words for name in theirs.names)
