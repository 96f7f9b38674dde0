"""Whether somebody has left a place, or is there: "Maduro left Caracas, a source said", "Maduro is in Caracas".

Owns the two kinds of sentences in English, Spanish and Russian, and when they contradict each other: one person by his
last name, one place, a few days. Must never judge who is right, nor take for a contradiction what may have come about
since: who is somewhere may leave.

Known failures: a person told by his office alone; a place that holds the other ("left the capital").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, lru_cache

from news.decision import Dispute, FactKind
from news.disputes.desk import Desk
from news.disputes.loose_sentences import sentences_of
from news.names.endings import without_ending
from news.names.entities import lookup
from news.tables import load_toml
from news.words.text import fold
from news.words.vocabulary import language_of

__all__ = ["Whereabouts", "find_whereabouts", "whereabouts_in"]

_MAX_SENTENCES, _MAX_QUOTE = 12, 500
_LATEST = timedelta(days=4)
_NAME = r"[A-ZÀ-ÞА-ЯЁ][\w'’-]+"
_WHO = re.compile(rf"{_NAME}(?: (?:de |del |van |bin )?{_NAME}){{0,3}}")
_CLAUSE = re.compile(r"[;:“”\"«»()]|, (?:and|but|y|pero|а|но|и)\b")


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Somebody and a place: by keys that all spellings share, and in the words of the sentence."""

    who: str
    where: str
    is_there: bool
    text: str
    quote: str


@cache
def _patterns(language: str) -> tuple[tuple[bool, re.Pattern[str]], ...]:
    """Return what tells that somebody is at the place behind it, and what tells that he has left it."""
    rows = load_toml("whereabouts.toml").get(language, {})
    return tuple(
        (name == "there", re.compile(rf"\b(?:{'|'.join(rows[name])}) (?P<where>{_NAME})"))
        for name in ("there", "gone")
        if name in rows
    )


@lru_cache(maxsize=1 << 9)
def whereabouts_in(quote: str) -> tuple[Whereabouts, ...]:
    """Return who is at a place, or has left it, by a sentence; nobody where somebody is only said to have come back."""
    text, language = quote[:_MAX_QUOTE], language_of(quote)
    back = load_toml("whereabouts.toml")["back"]["pattern"]
    if re.search(back, text):
        return ()
    return tuple(_iter_whereabouts(text, language))


def _iter_whereabouts(text: str, language: str) -> Iterator[Whereabouts]:
    ends: set[int] = set()
    for is_there, pattern in _patterns(language):
        for found in pattern.finditer(text):
            start = max((one.end() for one in _CLAUSE.finditer(text, 0, found.start())), default=0)
            names = [one[0] for one in _WHO.finditer(text, start, found.start())]
            if names and found.end() not in ends:
                ends.add(found.end())  # "has not left" is no "left"
                who, where = _key_of(names[-1].split()[-1]), _place_of(found["where"])
                yield Whereabouts(who, where, is_there, found[0], text)


def _key_of(name: str) -> str:
    plain = fold(name).removesuffix("'s")
    return without_ending(plain) if "а" <= plain[:1] <= "я" else plain


def _place_of(name: str) -> str:
    found = lookup(name)
    return found[0].key if found else _key_of(name)


def find_whereabouts(desk: Desk) -> Iterator[Dispute]:
    """Yield that somebody is where a stored article of the last days says that he has left, each person once."""
    ours = [one for quote in _quotes(desk) for one in whereabouts_in(quote) if one.is_there]
    for stored in desk.others if ours else ():
        at = stored.article.published_at
        if at is None or not timedelta() <= desk.now - at <= _LATEST:
            continue
        told = [one for quote in sentences_of(stored.article.text)[:_MAX_SENTENCES] for one in whereabouts_in(quote)]
        for here in ours:
            there = next((one for one in told if not one.is_there and _are_of_one(here, one)), None)
            sides = ((here.text, here.quote), (there.text, there.quote)) if there is not None else None
            found = desk.dispute(FactKind.PLACE, *sides, stored) if sides is not None else None
            if found is not None:
                yield found
                break


def _quotes(desk: Desk) -> Sequence[str]:
    return [one.text for one in desk.case.reading.sentences[:_MAX_SENTENCES]]


def _are_of_one(here: Whereabouts, there: Whereabouts) -> bool:
    """Return whether both are of one person and one place; across alphabets by keys, which only listed names have."""
    return here.where == there.where and (here.who == there.who or _person_of(here.who) == _person_of(there.who) != "")


@lru_cache(maxsize=1 << 8)
def _person_of(name: str) -> str:
    found = lookup(name)
    return found[0].key if found and found[0].key.startswith("person:") else ""
