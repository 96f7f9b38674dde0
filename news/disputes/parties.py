"""Which side of a matter a sentence gives the word of: the state, the firm, workers, rebels, the opposition, people.

Owns the words for whoever says it, and the question whether a count is set against an earlier one of a side that had
reason to count low. Must never compare the counts.

A toll that a second office gives some hours later has mostly grown. What the union counts where the ministry counted,
or the rebels where the army did, within a day and without a word of growing, is the other side's count. Known failure:
a speaker who is only named in the sentence before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache

from news.disputes.cues import is_contesting
from news.model import EntityKind
from news.names.entities import lookup
from news.reports.sides import side_in
from news.reports.tellings import MAX_QUOTE, tell
from news.tables import load_toml
from news.words.meanings import meanings_in
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.vocabulary import language_of

__all__ = ["are_two_voices", "is_counted_against", "is_told_by_two", "is_wider", "offices", "party_of", "speaker_of"]

_AT_ONCE = timedelta(days=1)
_LEAD = 60
_WORD = re.compile(r"[^\W\d_]{3,}|\b(?:рф|РФ|us|US|uk|UK)\b")
_TOWN = re.compile(r"\b[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}")
_CLAUSE = r"(?:aunque|pero|mientras|cuando|según|donde|que|y|но|а|и|хотя|однако|как|где|котор\w+|по|сообщ\w+|заяв\w+)\b"
"""With which no apposition begins: "the owner, Ladoga-Dom, says that"."""
_THEIR = re.compile(r"\b(?:their|its|his|her|our|we)\b")
_LONG = small(
    r"\b(?:since|in the (?:past|last)|over the (?:past|last|week\w*|months?|years?|course|holidays?|summer|winter)|"
    r"this (?:week|month|year)|\w+day and \w+day|desde|en lo que va de|"
    r"с начала|за последни\w+)\b"
)
_AGAINST = {
    "state": frozenset({"workers", "rebels", "opposition", "people", "organisers"}),
    "firm": frozenset({"workers", "people"}),
    "rebels": frozenset({"state", "people"}),
}
"""Who may count more than whom, and mean that the other counted low."""
_MEASURED_IN = timedelta(days=21)
_MEASURED_AGAINST = {
    **_AGAINST,
    "state": _AGAINST["state"] | {"scholars"},
    "firm": _AGAINST["firm"] | {"state", "scholars", "medics"},
}


def is_counted_against(
    here: str, there: str, issued_at: datetime | None, stored_at: datetime | None, *, is_measured: bool = False
) -> bool:
    """Return whether a sentence counts for one side what a stored one, of the same day, counted for an opposed one.

    Args:
        is_measured: it is measured afterwards, like what was spilt or burnt: within weeks, and the firm that is to
            blame is held against an office or scholars too.
    """
    at_most = _MEASURED_IN if is_measured else _AT_ONCE
    if issued_at is None or stored_at is None or abs(issued_at - stored_at) > at_most:
        return False
    ours, theirs = party_of(here), party_of(there)
    against = (_MEASURED_AGAINST if is_measured else _AGAINST).get(theirs, frozenset())
    return ours in against and not is_wider(here, there)


def are_two_voices(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return whether two texts give the word of two sides: of the workers and the firm, or of two countries' offices.

    Args:
        ours: the sentence that is held against the other text, then those of its opening, for whoever speaks there
            where the sentence names nobody. ``theirs`` likewise.
    """
    voices = [next((quote for quote in quotes if speaker_of(quote)), "") for quotes in (ours, theirs)]
    if not all(voices):
        return False
    sides = [party_of(quote) for quote in voices]
    speakers = [speaker_of(quote) for quote in voices]
    countries = [_countries_of(speaker) for speaker in speakers]
    if any(countries) and not all(countries):
        countries = [own or _homes_of(quotes) for own, quotes in zip(countries, (ours, theirs), strict=True)]
    if sides[0] != sides[1] or (all(countries) and countries[0].isdisjoint(countries[1])):
        return True
    words = [meanings_in(one, language_of(quote)) - offices() for one, quote in zip(speakers, voices, strict=True)]
    return not sides[0] and all(words) and words[0].isdisjoint(words[1])


@cache
def offices() -> frozenset[str]:
    """Return the meanings of what says nothing of whose word it is: the saying, and offices that every body has."""
    table: Mapping[str, str] = load_toml("contested.toml")["offices"]
    return frozenset().union(*(meanings_in(words, language) for language, words in table.items()))


def is_told_by_two(here: str, opening: Sequence[str], there: str, held: Sequence[str]) -> bool:
    """Return whether a sentence contests what it is held against, or the words of two sides stand against each other.

    What one office tells first and then is a development, or of somebody else.

    Args:
        opening: the sentences that the article of ``here`` opens with; ``held`` those of the article of ``there``.
    """
    return is_contesting(here) or are_two_voices((here, *opening), (there, *held))


def _countries_of(speaker: str) -> frozenset[str]:
    found = (entity for word in _WORD.findall(speaker) for entity in lookup(word)[:1])
    return frozenset(one.key for one in found if one.kind is EntityKind.PLACE)


def _homes_of(quotes: Sequence[str]) -> frozenset[str]:
    """Return the countries whose towns an opening names: a governor who names no country is of one of these."""
    towns = (entity for quote in quotes for word in _TOWN.findall(quote) for entity in lookup(word)[:1])
    return frozenset(one.within[-1] for one in towns if one.kind is EntityKind.PLACE and one.within)


def is_wider(here: str, there: str) -> bool:
    """Return whether a sentence counts in more places than the other one names, or over a longer time."""
    ours, theirs = ({name.key for name in tell(quote).names} for quote in (here, there))
    if ours & theirs and len(ours - theirs) > 1:
        return True
    return bool(_LONG.search(lower_in_place(here))) and not _LONG.search(lower_in_place(there))


@lru_cache(maxsize=1 << 11)
def party_of(quote: str) -> str:
    """Return the side whose word a sentence gives, see ``news.reports.sides``; "" for none, or for two."""
    return side_in(speaker_of(quote), language_of(quote))


@lru_cache(maxsize=1 << 11)
def speaker_of(quote: str) -> str:
    """Return the words for whoever says it, as written; "" where nobody is named."""
    quote = quote[:MAX_QUOTE]
    language = language_of(quote)
    telling = tell(quote) if language == "en" else None
    if telling is not None and telling.speaker:
        return f"{telling.speaker} {telling.core[:_LEAD]}" if _THEIR.search(telling.speaker) else telling.speaker
    found = _saying(language).search(lower_in_place(quote))
    return next(filter(None, found.groups()), "") if found else ""


@cache
def _saying(language: str) -> re.Pattern[str]:
    rows: Mapping[str, str] = load_toml("contested.toml")["saying"].get(language, {})
    before, between, after = (rows.get(name, "(?!)") for name in ("before", "between", "after"))
    return small(
        rf"(?:{before})\b([^,;.]{{2,70}})|^[“\"]?(?:the )?([^,;.]{{2,60}}?) {between}(?:{after})\b"
        rf"|^[“\"]?([^,;.]{{2,60}}?, (?!{_CLAUSE})[^,;.:]{{2,60}}?), {between}(?:{after})"
        r"(?=[^,;.]{0,30}?,? (?:que|что)\b)"
    )
