"""What two figures are of: children or adults, what a ship carries or what it loses, a half-way mark or the finish.

Owns the telling apart of figures of one unit that are of two things, by the words and names beside them. Must never
compare the figures, nor say that two are of one thing. English only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from news.reports.tellings import MAX_QUOTE
from news.tables import load_toml
from news.words.clock_times import HALF_DAY, clock_times
from news.words.meanings import is_date_word, is_number_word, meanings_in
from news.words.text import fold

__all__ = ["are_of_two", "have_two_prizes"]

_REACH = 160
_EDGE = re.compile(r"(?<![ap]\.m)[;:.](?=\s)|, (?:and|but|while|whereas|although|though)\b")
_HOUR = 60
_NAMED = re.compile(r"\b(?:the|an?|its|his|her|their) (?:[a-z][\w-]{1,20} ){0,3}?([a-z][\w-]{2,20}) ([A-Z][\w-]{2,30})")

_PIECE = re.compile(r", | that (?=\w)")
_SAYING = re.compile(
    r"(?i)(?<!was )(?<!were )(?<!been )\b(?:said|says?|saying|told|tells|added|reported|reports|announced|confirmed|"
    r"stated|wrote|put the [a-z ]{3,20} at|according to)\b"
)
_SAID_AT = re.compile(
    r"(?:\W|\b(?:at|on|by|in|an?|the|statement|note|late|early|earlier|later|around|about|shortly|just|before|after|"
    r"reporters|journalists|local|\w{2,6}day|morning|afternoon|evening|night)\b)*"
)
_ADVERB = re.compile(r"(?i)\W*(?:at|in|on|by|shortly|just|late|early|speaking|updating)\b")
_MAX_ADVERB = 9
"""Words of a piece that only says when or where the next one was said: "At 3.30 p.m. on Friday, ..."."""

_GAINED = re.compile(
    r"\b(?:won|wins|win|takes?|took|receive[ds]?|collect(?:s|ed)|claim(?:s|ed)|earn(?:s|ed)|(?:was|were) awarded) "
    r"((?:(?:the|an?|his|her|their) )?(?:[\w'’-]{1,20} ){0,6}?(?:prizes?|awards?|titles?|medals?|cups?|troph(?:y|ies)|"
    r"contracts?|seats?|orders?)\b(?: for (?:the )?[a-z][\w' -]{2,40}?(?= (?:at|in|on|from)\b|[,.;]|$))?)"
)


@cache
def _families() -> Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    """Return family -> its classes with the words of each."""
    table: Mapping[str, Mapping[str, str]] = load_toml("another.toml")["figures"]
    return {
        family: tuple((name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in classes.items())
        for family, classes in table.items()
    }


def _as_written(quote: str, value: str) -> re.Match[str] | None:
    """Find a value, or as many of its first words as have a number, in a sentence: "12 people" of "12 people dead"."""
    words = value.split()
    for size in range(len(words), 0, -1):
        if size < len(words) and not any(word[0].isdigit() or is_number_word(fold(word)) for word in words[:size]):
            return None
        written = re.escape(" ".join(words[:size]))
        found = re.search(rf"(?<![\w.:,]){written}(?!\w|[.:,]\d)", quote[:MAX_QUOTE])
        if found:
            return found
    return None


def _clause(quote: str, value: str) -> str:
    """Return the clause of a sentence in which a value stands; the whole where it is not found."""
    text = quote[:MAX_QUOTE]
    found = _as_written(text, value)
    if found is None:
        return text
    before = text[max(0, found.start() - _REACH) : found.start()]
    first = max((edge.end() for edge in _EDGE.finditer(before)), default=0)
    after = text[found.start() : found.start() + _REACH]
    last = _EDGE.search(after, len(found.group()))
    return before[first:] + (after[: last.start()] if last else after)


@lru_cache(maxsize=1 << 11)
def _classes_of(quote: str, value: str) -> Mapping[str, str]:
    """Return family -> the one class of it that the clause of a value names."""
    clause = _clause(quote, value)
    found = {
        family: [name for name, words in classes if words.search(clause)] for family, classes in _families().items()
    }
    return {family: names[0] for family, names in found.items() if len(names) == 1}


def _told(quote: str, value: str) -> str:
    """Return the clause of a value without what belongs to the saying of it: speaker, verb and when it was said."""
    own: list[str] = []
    for piece in _PIECE.split(_clause(quote, value)):
        said = _SAYING.search(piece)
        if said is None:
            own.append(piece)
            continue
        if own and not _as_written(own[-1], value) and _ADVERB.match(own[-1]) and len(own[-1].split()) <= _MAX_ADVERB:
            own.pop()
        before, after = piece[: said.start()], piece[said.end() :]
        if _as_written(after, value):
            own.append(_without_hour(after))
        elif _as_written(before, value):
            own.append(before)
    return ", ".join(own)


def _without_hour(after: str) -> str:
    """Return what follows a verb of saying without the hour of the saying: "said at 3.30 p.m. on Friday nine died"."""
    times = clock_times(after)
    return after[times[0].end :] if times and _SAID_AT.fullmatch(after, 0, times[0].start) else after


def _are_hours_apart(here: str, there: str) -> bool:
    """Return whether two clauses name times of day an hour apart, on a clock of twelve hours."""
    ours, theirs = clock_times(here), clock_times(there)
    apart = [abs(one.minute - other.minute) for one in ours for other in theirs]
    return bool(apart) and all(min(minutes, HALF_DAY - minutes) >= _HOUR for minutes in apart)


@cache
def _persons() -> frozenset[str]:
    """Return the nouns of persons and offices, whose holder is no thing that a figure is of."""
    titles: str = load_toml("names_cues.toml")["titles"]
    own: str = load_toml("another.toml")["persons"]["nouns"]
    return frozenset(titles.split()) | frozenset(own.split())


def _is_person(noun: str) -> bool:
    return noun in _persons() or noun.endswith(("man", "woman", "person"))


@lru_cache(maxsize=1 << 11)
def _apposed(clause: str) -> Mapping[str, frozenset[str]]:
    """Return noun -> the names that stand right after it: "the taxi app Zipcab". Persons and dates are left out."""
    found: dict[str, set[str]] = {}
    for noun, name in _NAMED.findall(clause):
        if not _is_person(noun.lower()) and not is_date_word(name) and name != "May":
            found.setdefault(noun.lower(), set()).add(fold(name))
    return {noun: frozenset(names) for noun, names in found.items()}


def _are_named_apart(here: str, there: str, here_quote: str, there_quote: str) -> bool:
    """Return whether one noun of two clauses has two names, unknown to the other sentence: the ferry Anna, Berta."""
    ours, theirs = _apposed(here), _apposed(there)
    words = fold(here_quote), fold(there_quote)
    return any(
        not names & theirs[noun]
        and not any(name in words[1] for name in names)
        and not any(name in words[0] for name in theirs[noun])
        for noun, names in ours.items()
        if noun in theirs
    )


def are_of_two(here: str, there: str, here_quote: str, there_quote: str) -> bool:
    """Return whether two figures, given as they stand in their sentences, are of two things."""
    ours, theirs = _classes_of(here_quote, here), _classes_of(there_quote, there)
    if any(theirs.get(family, name) != name for family, name in ours.items()):
        return True
    own = _told(here_quote, here), _told(there_quote, there)
    return _are_hours_apart(*own) or _are_named_apart(*own, here_quote, there_quote)


def have_two_prizes(here: str, there: str) -> bool:
    """Return whether each sentence names something won by words that the other has not: best film, best director."""
    ours, theirs = _GAINED.search(here[:MAX_QUOTE]), _GAINED.search(there[:MAX_QUOTE])
    if ours is None or theirs is None:
        return False
    mine, yours = meanings_in(ours[1]), meanings_in(theirs[1])
    return bool(mine - yours) and bool(yours - mine)
