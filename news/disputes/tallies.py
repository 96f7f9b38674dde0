"""The two numbers of a vote or a match: "by 31 to 27", "3-1", "217 votes against 213".

Owns the finding of them in an English sentence, and whether two sentences give other ones. Must never judge whether the
two tell of one vote.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from news.decision import FactKind
from news.reports.explicit import Difference
from news.reports.tellings import MAX_QUOTE, Telling
from news.words.number_words import number_pattern
from news.words.numerals import number_at

_CONTESTS = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ballots?|w[io]n|wins|winning|beat|beats|beaten|lost|lose|loses|"
    r"defeat\w*|got through|in favou?r|adopt\w*|bill|budget|dr[ae]ws?|drew|majority|"
    r"pass(?:ed|es)|reject\w*|approv\w*|scor\w+|result|match|game|final|parliament|council|senate|jury|court|shoot-?out)\b",
    re.IGNORECASE,
)
_VOTE = re.compile(
    r"\b(?:votes?|voted|voting|ballot|pass|passed|passes|adopt\w*|approv\w*|back(?:s|ed|ing)|"
    r"reject\w*|ratif\w*|carried|"
    r"decision|ruling|ruled|judge?ment|"
    r"elect\w*|bill|law|budget|motion|amendment|resolution|in favou?r|oust\w*|confirm\w*)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:committee|commission|panel|senate|senators|upper house|lower house|first reading|"
    r"second reading|third reading|"
    r"final reading|first round|second round|run-?off|amendment|repeat|second vote)\b",
    re.IGNORECASE,
)


@cache
def _pattern() -> re.Pattern[str]:
    number = rf"(?:\d{{1,3}}(?:,\d{{3}})*|one|nil|zero|{number_pattern()})"
    thing = r"(?: votes?| seats?| goals?| points?| runs?| sets?| frames?)?"
    after = (
        r"(?! ?(?:percent|per cent|%|[ap]\.?m|metres|miles|km|kilometres|days|years|hours|people|million|billion)\b)"
    )
    return re.compile(
        rf"(?<![\w.,-])({number}){thing}(?: ?[-–:] ?| to | votes? to | against )({number}){after}"
        rf"(?=[,.;)]|$| (?:decision|ruling|vote|verdict|judge?ment|split|majority|win|victory|defeat|loss)\b|"
        rf"{thing} (?:on|in|for|at|by|against|with|after|over|that|to|and|from|before|when|last|as|of)\b)",
        re.IGNORECASE,
    )


@cache
def _sides() -> re.Pattern[str]:
    """Return a count for and one against: "98 in favour and 91 against", "108 members backed it, 81 voted no"."""
    number = rf"(?:\d{{1,3}}|{number_pattern()})"
    filler = r"(?: [a-z]{2,14}){0,3}?"
    yes = r"(?:in favou?r|for|yes|ayes?|back(?:ed|ing)|support(?:ed|ing)|approv(?:ed|ing))"
    no = r"(?:against|oppos(?:ed|ing)|no|nays?|noes|reject(?:ed|ing))"
    return re.compile(
        rf"(?<![\w.,-])({number}{filler} {yes}\b[^.;\d]{{0,30}}?\b{number}{filler} {no})\b", re.IGNORECASE
    )


@lru_cache(maxsize=1 << 11)
def find_tally(core: str) -> str:
    """Return the tally of a sentence as written, or "" where it has none or several."""
    core = core[:MAX_QUOTE]
    if not _CONTESTS.search(core):
        return ""
    found = [match.group().strip() for match in _pattern().finditer(core)]
    found = found or [match[1].strip() for match in _sides().finditer(core)]
    return found[0] if len(found) == 1 else ""


def is_of_contest(quote: str) -> bool:
    """Return whether a sentence has a word of votes and matches; without one ``find_tally`` finds nothing in it."""
    return _CONTESTS.search(quote[:MAX_QUOTE]) is not None


def is_of_vote(quote: str) -> bool:
    """Return whether a sentence is of a vote, and not of a match."""
    return _VOTE.search(quote[:MAX_QUOTE]) is not None


def are_two_bodies(here: str, there: str) -> bool:
    """Return whether one vote is of a committee, an upper house or another reading, and the other is not."""
    ours, theirs = ({found.lower() for found in _BODY.findall(quote[:MAX_QUOTE])} for quote in (here, there))
    return ours != theirs


def have_other_numbers(here: str, there: str) -> bool:
    """Return whether two tallies differ; the same two numbers the other way round agree."""
    return _numbers(here) != _numbers(there)


@cache
def _margins() -> re.Pattern[str]:
    number = rf"(\d{{1,3}}|{number_pattern()})"
    return re.compile(
        rf"\b(?:(?:majority|margin|lead) of {number}|by {number} (?:votes?|ballots?)(?! to\b)|"
        rf"{number} (?:votes|ballots) (?:ahead|more than|clear)|{number} more (?:votes|ballots))\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1 << 11)
def find_margin(core: str) -> str:
    """Return by how much a vote was won, as written: "a majority of nineteen", or ""."""
    found = _margins().search(core[:MAX_QUOTE])
    return found.group() if found and _CONTESTS.search(core[:MAX_QUOTE]) else ""


def find_other_tally(ours: Telling, theirs: Telling) -> Difference | None:
    """Return the tallies of two sentences where they differ; the same two numbers the other way round agree."""
    here, there = find_tally(ours.core), find_tally(theirs.core)
    if not here or not there or _numbers(here) == _numbers(there):
        return None
    return Difference(FactKind.FIGURE, here, there)


def _numbers(tally: str) -> list[float]:
    found = re.findall(rf"\b(?:\d+|nil|zero|one|{number_pattern()})\b", tally.casefold())
    read = (number_at("zero" if one == "nil" else one, 0, "en") for one in found)
    return sorted(value for value, _ in filter(None, read))
