"""Two sentences in nearly the same words: run by run, what stands in the one where something else stands in the other.

Owns the aligning of two tellings and the sorting of what differs: a number, a name, a day, a time of day. Must never
judge by anything but these whether the two are of one event: several are two events told by one formula.

English only. Alignment is that of ``difflib`` over at most 60 words a side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from news.reports.tellings import Telling
from news.words.clock_times import clock_times
from news.words.meanings import is_date_word, is_number_word
from news.words.measures import is_held, measures_in
from news.words.quantity_words import quantity_words
from news.words.text import fold, stop_words

__all__ = ["are_two_events"]

_MAX_TOKENS = 60
_FORMULA = 0.5
_COMMON = 0.3
_LEAST_WORDS = 5
_TOKEN = re.compile(r"[^\W_]+(?:[.'’:-][^\W_]+)*|[,;:.!?\"“”()—–]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")
_FAR_OFF = re.compile(
    r"(?:(?:nautical )?miles?|kilomet(?:re|er)s?|km|metres?|meters?|yards?) "
    r"(?:off|from|inside|outside|north|south|east|west|north-?(?:east|west)|south-?(?:east|west)|away|down|up)\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SCALES = frozenset(["celsius", "fahrenheit", "kelvin", "richter"])


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that stand in one telling where others stand in the other.

    Attributes:
        kinds: what differs: ``number``, ``name``, ``day``.
        after: the two words that follow it.
    """

    here: tuple[str, ...]
    there: tuple[str, ...]
    kinds: frozenset[str]
    after: str
    is_first: bool


def _is_content(token: str) -> bool:
    return token[0].isalnum() and fold(token) not in stop_words("en")


@lru_cache(maxsize=1 << 13)
def _content(telling: Telling) -> frozenset[str]:
    words = (fold(token) for token in _tokens(telling) if token[0].isalnum())
    return frozenset(words) - stop_words("en")


def _likeness(ours: Telling, theirs: Telling) -> float:
    """Return the share of the words of the longer of two tellings that the other has at their place, 0 to 1.

    Stop words are left out, and so is what follows the last common word after a comma.
    """
    here, there = _content(ours), _content(theirs)
    least = min(len(here), len(there))
    if least < _LEAST_WORDS or len(here & there) < _COMMON * least:
        return 0.0
    return _align(ours, theirs)[1]


def _list_runs(ours: Telling, theirs: Telling) -> tuple[_Run, ...]:
    """Return the runs of words in which two tellings differ, without those that tell the same or nothing, in order."""
    return _align(ours, theirs)[0]


@lru_cache(maxsize=1 << 13)
def _tokens(telling: Telling) -> tuple[str, ...]:
    """Return the words and marks of a telling, a number with commas as one word."""
    return tuple(_TOKEN.findall(_THOUSANDS.sub("", telling.core)))[:_MAX_TOKENS]


def _tail(run: tuple[str, ...]) -> tuple[str, ...]:
    """Return the last words of a sentence up to the comma, after which something else is told."""
    ends = [place for place, token in enumerate(run) if token in {",", ";", "–", "—"}]
    return run[: ends[0]] if ends else run


@lru_cache(maxsize=1 << 10)
def _align(ours: Telling, theirs: Telling) -> tuple[tuple[_Run, ...], float]:
    """Return the runs in which two tellings differ, and the share of the longer that both have in one order."""
    here, there = _tokens(ours), _tokens(theirs)
    lows, others = [fold(token) for token in here], [fold(token) for token in there]
    found: list[_Run] = []
    n_same = n_here = n_there = 0
    for tag, a, b, c, d in SequenceMatcher(None, lows, others, autojunk=False).get_opcodes():
        one, other = here[a:b], there[c:d]
        if tag == "equal":
            n_same += sum(map(_is_content, one))
            continue
        if b >= len(here) - 1 and d >= len(there) - 1:
            one, other = _tail(one), _tail(other)
        n_here, n_there = n_here + sum(map(_is_content, one)), n_there + sum(map(_is_content, other))
        kinds = _kinds(one, other)
        if kinds:
            found.append(_Run(one, other, kinds, " ".join(here[b : b + 2]), is_first=a == 0))
    return tuple(found), n_same / max(1, n_same + max(n_here, n_there))


def _kinds(here: Sequence[str], there: Sequence[str]) -> frozenset[str]:
    found = set()
    pairs = {"number": _numbers, "day": _days, "name": _names}
    for kind, pick in pairs.items():
        ours, theirs = pick(here), pick(there)
        if ours and theirs and not ours & theirs:
            found.add(kind)
    if "number" in found and ("day" in found or _is_one_measure(here, there)):
        found.discard("number")
    return frozenset(found)


def _numbers(run: Sequence[str]) -> frozenset[str]:
    return frozenset(
        fold(token)
        for token in run
        if is_number_word(fold(token)) or (token[0].isdigit() and not _CLOCK.fullmatch(token))
    )


def _days(run: Sequence[str]) -> frozenset[str]:
    return frozenset(fold(token) for token in run if is_date_word(fold(token)))


def _names(run: Sequence[str]) -> frozenset[str]:
    stop = stop_words("en")
    return frozenset(
        fold(token)
        for token in run
        if token[0].isupper() and fold(token) not in stop and not is_date_word(fold(token)) and not _is_unit(token)
    )


def _is_unit(token: str) -> bool:
    return fold(token) in _SCALES or bool(quantity_words().find_unit(fold(token)))


def _is_one_measure(here: Sequence[str], there: Sequence[str]) -> bool:
    """Return whether the numbers of two runs are one in other words or units."""
    ours, theirs = measures_in(" ".join(here)), measures_in(" ".join(there))
    return bool(ours) and bool(theirs) and all(is_held(one, theirs) for one in ours)


def _clocks(quote: str) -> frozenset[int]:
    return frozenset(one.minute for one in clock_times(quote))


def are_two_events(ours: Telling, theirs: Telling, *, has_year: bool = True) -> bool:
    """Return whether two like sentences differ in so much that they tell two events by one formula.

    In two of number, name, day and time of day; in the year alone; or in the hour alone, where a number differs too.
    """
    years = frozenset(_YEAR.findall(ours.core)), frozenset(_YEAR.findall(theirs.core))
    if has_year and all(years) and not years[0] & years[1]:
        return True
    if _likeness(ours, theirs) < _FORMULA:
        return False
    runs = _list_runs(ours, theirs)
    kinds = {kind for run in runs if not _is_distance(run) for kind in run.kinds}
    if any(run.is_first and "number" in run.kinds and not _has_names(run, ours, theirs) for run in runs):
        kinds -= {"name"} if sum("name" in run.kinds for run in runs) == 1 else set()
    clocks = _clocks(ours.core), _clocks(theirs.core)
    if all(clocks) and not clocks[0] & clocks[1]:
        kinds.add("clock")
    return len(kinds) > 1


def _has_names(run: _Run, ours: Telling, theirs: Telling) -> bool:
    """Return whether each side of a run has a name: the capital of a sentence's first word makes none."""
    sides = ((run.here, ours), (run.there, theirs))
    return all(_names(side[1:]) or fold(side[0]) in _first_words(telling) for side, telling in sides if side)


def _first_words(telling: Telling) -> frozenset[str]:
    return frozenset(word for name in telling.names for word in name.words)


def _is_distance(run: _Run) -> bool:
    """Return whether two numbers say how far off a place something was: they are part of where it was."""
    return run.kinds == {"number"} and bool(_FAR_OFF.match(run.after))
