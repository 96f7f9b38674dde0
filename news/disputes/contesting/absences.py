"""What an article says that there was none of: "ни взрыва, ни пожара не было", "desmintió los rumores de un tiroteo".

Owns finding that, and the sentence that tells it as a fact. Must never hold two English texts against each other, where
``news.reports.negations`` reads what a sentence denies, nor judge who is right.

What is denied is known by its happening and not by its words: a plant that denies a fire contradicts "загорелась
установка", and "a blaze broke out" in a text of another language. "There was no second blast" denies none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from news.another.words import happenings_in
from news.decision import Dispute, FactKind
from news.disputes.cues import cues_of
from news.disputes.desk import Desk
from news.disputes.loose_sentences import sentences_of
from news.model import Modality
from news.reports.tellings import MAX_QUOTE
from news.tables import load_toml
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.vocabulary import language_of

__all__ = ["absent_in", "find_absences", "is_admitted", "is_attempt", "is_of_another_absence"]

_MAX_SENTENCES = 20
_LANGUAGES = frozenset({"en", "es", "ru"})


@lru_cache(maxsize=1 << 9)
def absent_in(quote: str) -> frozenset[str]:
    """Return the kinds of happenings of which a sentence says that there was none."""
    language = language_of(quote)
    text = _in_one_word(quote[:MAX_QUOTE], language)
    if language not in _LANGUAGES or cues_of(language, "absent_other").search(text):
        return frozenset()
    found = cues_of(language, "absent").finditer(text)
    named = (group for one in found for group in one.groups() if group)
    return frozenset().union(*(happenings_in(group, language) for group in named))


def find_absences(desk: Desk) -> Iterator[Dispute]:
    """Yield what one of two articles says there was none of and the other tells as a fact, once for each of the two."""
    ours = [one.text for one in desk.case.reading.sentences[:_MAX_SENTENCES]]
    for stored in desk.others:
        theirs = [*sentences_of(stored.article.text)[:_MAX_SENTENCES], stored.article.title]
        if language_of(stored.article.text[:MAX_QUOTE]) == desk.case.reading.language == "en":
            continue
        for denying, telling in ((ours, theirs), (theirs, ours)):
            denied, told = _oppose(denying, telling)
            none, fact = (Modality.DENIED.value, denied), (Modality.HAPPENED.value, told)
            here, there = (none, fact) if denying is ours else (fact, none)
            found = desk.dispute(FactKind.STATUS, here, there, stored) if denied else None
            if found is not None:
                yield found


def is_of_another_absence(denied: str, told: str) -> bool:
    """Return whether a sentence says that there was none of something else than another one tells.

    "После взрыва пожара не было" denies no blast, and "жертв взрыва не было" neither.
    """
    language = language_of(denied)
    if language != "ru" or not cues_of(language, "absent_any").search(lower_in_place(denied[:MAX_QUOTE])):
        return False
    return absent_in(denied).isdisjoint(_happenings_of(told))


def _oppose(denying: Sequence[str], telling: Sequence[str]) -> tuple[str, str]:
    """Return the first sentence that says there was none of what the other text tells, and the one that tells it.

    Both are empty where there are none, where the other text has the denial as well, and where the first owns up to it.
    """
    absent = [(quote, things) for quote in denying if (things := absent_in(quote))]
    admitted = frozenset().union(*map(_happenings_of, filter(is_admitted, denying))) if absent else frozenset()
    held = frozenset().union(*map(absent_in, telling)) if absent else frozenset()
    for quote, things in absent:
        firm = (one for one in telling if is_attempt(quote) or not is_attempt(one))
        told = next((one for one in firm if (things - held - admitted) & _happenings_of(one)), "")
        if told:
            return quote, told
    return "", ""


def _happenings_of(quote: str) -> frozenset[str]:
    language = language_of(quote)
    return happenings_in(_in_one_word(quote, language), language)


def _in_one_word(text: str, language: str) -> str:
    """Return a text in small letters in which one word stands for what takes several: "opened fire", "golpe militar".

    A mine that is worked, in Spanish, has not blown up.
    """
    low = lower_in_place(text)
    for pattern, word in _said(language) if language in _LANGUAGES else ():
        low = pattern.sub(word, low)
    return low


@cache
def _said(language: str) -> Sequence[tuple[re.Pattern[str], str]]:
    rows: Mapping[str, str] = load_toml("contested.toml")[language]
    pairs = (row.partition(" =>") for row in rows["absent_said"].strip().split("\n"))
    return tuple((small(pattern), word.strip()) for pattern, _, word in pairs)


def is_attempt(quote: str) -> bool:
    """Return whether a sentence says that something was only tried: a coup that failed was none."""
    language = language_of(quote)
    return language in _LANGUAGES and bool(cues_of(language, "absent_attempt").search(lower_in_place(quote)))


def is_admitted(quote: str) -> bool:
    """Return whether a sentence says that somebody owns up to what it tells."""
    language = language_of(quote)
    return language in _LANGUAGES and bool(cues_of(language, "absent_admitted").search(lower_in_place(quote)))
