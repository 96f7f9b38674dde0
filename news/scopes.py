"""What two figures are of: children or adults, what a ship carries or what it loses, a half-way mark or the finish.

Owns the telling apart of figures of one unit that are of two things, by the words and names beside them. Must never
compare the figures, nor say that two are of one thing. English only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from news.meanings import meanings_in
from news.tables import load_toml
from news.text import fold

__all__ = ["are_of_two", "have_two_prizes"]

_MAX_QUOTE = 700
_REACH = 160
_EDGE = re.compile(r"[;:.](?=\s)|, (?:and|but|while|whereas|although|though)\b")
_CLOCK = re.compile(r"\b([01]?\d|2[0-3])[:.]([0-5]\d)(?![:.\d])(?: ?([ap])\.?m\b)?", re.IGNORECASE)
_HOUR = 60
_NAMED = re.compile(r"\b(?:the|an?|its|his|her|their) (?:[a-z][\w-]{1,20} ){0,3}?([a-z][\w-]{2,20}) ([A-Z][\w-]{2,30})")

_GAINED = re.compile(
    r"\b(?:won|wins|win|takes?|took|receive[ds]?|collect(?:s|ed)|claim(?:s|ed)|earn(?:s|ed)|(?:was|were) awarded) "
    r"((?:(?:the|an?|his|her|their) )?(?:[\w'’-]{1,20} ){0,6}?(?:prizes?|awards?|titles?|medals?|cups?|troph(?:y|ies)|"
    r"contracts?|seats?|orders?)\b(?: for (?:the )?[a-z][\w' -]{2,40}?(?= (?:at|in|on|from)\b|[,.;]|$))?)"
)


@cache
def _families() -> Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    """Return family -> its classes with the words of each."""
    table: Mapping[str, Mapping[str, str]] = load_toml("scopes.toml")["figures"]
    return {
        family: tuple((name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for name, words in classes.items())
        for family, classes in table.items()
    }


def _clause(quote: str, value: str) -> str:
    """Return the clause of a sentence in which a value stands; the whole where it is not found."""
    text = quote[:_MAX_QUOTE]
    at = text.find(value)
    if at < 0:
        return text
    before = text[max(0, at - _REACH) : at]
    first = max((found.end() for found in _EDGE.finditer(before)), default=0)
    after = text[at : at + _REACH]
    last = _EDGE.search(after, len(value))
    return before[first:] + (after[: last.start()] if last else after)


@lru_cache(maxsize=1 << 11)
def _classes_of(quote: str, value: str) -> Mapping[str, str]:
    """Return family -> the one class of it that the clause of a value names."""
    clause = _clause(quote, value)
    found = {
        family: [name for name, words in classes if words.search(clause)] for family, classes in _families().items()
    }
    return {family: names[0] for family, names in found.items() if len(names) == 1}


def _clocks(quote: str) -> list[int]:
    """Return the times of day of a sentence in minutes."""
    found = []
    for hour, minute, half in _CLOCK.findall(quote[:_MAX_QUOTE]):
        of_day = int(hour) % 12 + (12 if half.lower() == "p" else 0) if half else int(hour)
        found.append(of_day * 60 + int(minute))
    return found


def _are_hours_apart(here: str, there: str) -> bool:
    ours, theirs = _clocks(here), _clocks(there)
    return bool(ours and theirs) and all(abs(one - other) >= _HOUR for one in ours for other in theirs)


@lru_cache(maxsize=1 << 11)
def _apposed(quote: str) -> Mapping[str, frozenset[str]]:
    """Return noun -> the names that stand right after it: "the taxi app Zipcab"."""
    found: dict[str, set[str]] = {}
    for noun, name in _NAMED.findall(quote[:_MAX_QUOTE]):
        found.setdefault(noun.lower(), set()).add(fold(name))
    return {noun: frozenset(names) for noun, names in found.items()}


def _are_named_apart(here: str, there: str) -> bool:
    """Return whether one noun has two names: the ferry Anna, the ferry Berta."""
    ours, theirs = _apposed(here), _apposed(there)
    words = fold(here), fold(there)
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
    return _are_hours_apart(here_quote, there_quote) or _are_named_apart(here_quote, there_quote)


def have_two_prizes(here: str, there: str) -> bool:
    """Return whether each sentence names something won by words that the other has not: best film, best director."""
    ours, theirs = _GAINED.search(here[:_MAX_QUOTE]), _GAINED.search(there[:_MAX_QUOTE])
    if ours is None or theirs is None:
        return False
    mine, yours = meanings_in(ours[1]), meanings_in(theirs[1])
    return bool(mine - yours) and bool(yours - mine)
