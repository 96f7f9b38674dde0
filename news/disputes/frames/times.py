"""Whether two figures are of two stretches of time, or of two phases of one happening.

Owns the periods and phases that a sentence gives its figure: September and the year so far, the landfall and noon, half
time and the end. Must never compare the figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import NamedTuple

from news.dates import find_dates
from news.model import Precision, TimeSpan
from news.tables import load_toml
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.vocabulary import language_of

__all__ = ["are_two_phases", "are_two_times", "is_foreseen"]

_LONG = 3
_NEAR = 7
_MAX_QUOTE = 600
_MOVED = small(
    r"\b(?:has|have|had|having)(?: (?:since|now|already|by then|meanwhile|slowly|gradually))? "
    r"(?:weakened|eased|dropped|fallen|slowed|dwindled|thinned|swollen|grown|risen|climbed|receded|abated|strengthened|"
    r"intensified|sunk|slipped|shrunk|gone (?:up|down)|come down|doubled|tripled|halved|declined|decreased|"
    r"increased)\b"
    r"|\bby (?:noon|midday|midnight|dawn|dusk|daybreak|sunset|sunrise|nightfall|then|now|the time|late|early|mid-?\w*|"
    r"(?:\w+day )?(?:morning|afternoon|evening|night)|"
    r"the end of(?! (?:the |this |next )?(?:year|quarter|decade|20\d\d)))\b"
    r"|\bby (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\bwhen (?:the )?(?:polls|stations) closed\b"
    r"|\bat (?:its|their|the) worst\b|\b(?:has|have) since\b"
    r"|\b(?:se hab[íi]a|hab[íi]a|ha) (?:bajado|subido|ca[íi]do|debilitado|crecido)\b|\bк (?:полудню|"
    r"утру|вечеру|полуночи)\b"
)
_PART_WAY = small(
    r"\b(?:after (?:one|two|the (?:first|second)|\d) (?:periods?|sets?|quarters?|innings|laps?|"
    r"rounds?|legs?|frames?|half|"
    r"halves|days?)|half-?time|at the (?:break|interval|turn|half)|first (?:half|leg|period|"
    r"set)(?! of)|(?:lead|leads|led|leading|"
    r"ahead|trail|trails|trailed) (?:\w+ ){0,4}?\d|with (?:\d+|\w+) (?:minutes|overs|laps) (?:left|to go|remaining)|"
    r"turnout\b[^.;]{0,60}?\b(?:at|by) \d{1,2}(?:[.:]\d\d)? ?[ap]\.?m|al descanso|primer tiempo|"
    r"primera parte|после (?:первого|второго) (?:тайма|периода))\b"
)


_WIDE = small(
    r"\b(?:across (?:the )?(?:country|world|nation|continent|region|group|company|europe|africa|asia|"
    r"america|state|islands?)|"
    r"nationwide|worldwide|countrywide|company-wide|group-wide|around the (?:world|globe)|"
    r"throughout the (?:country|world|region)|"
    r"in the (?:whole|entire) (?:country|region|province)|all over the (?:country|world)|globally|"
    r"en todo el (?:país|mundo)|a nivel nacional|по всей стране|по всему миру|во всём мире)\b"
)


_FORESEEN = small(
    r"\b(?:expects?|expecting|anticipat\w+|seen at|forecasts?|projected|projects|estimates? (?:beforehand|in advance)|"
    r"prevén?|prevista?|se espera\w*|esperan|ожида\w+|прогноз\w*)\b"
)


def is_foreseen(quote: str) -> bool:
    """Return whether a sentence gives what somebody expects to come."""
    return bool(_FORESEEN.search(lower_in_place(quote[:_MAX_QUOTE])))


class _Cues(NamedTuple):
    """What a sentence says of the time and extent of its figures."""

    is_moved: bool
    is_part_way: bool
    is_wide: bool
    periods: frozenset[str]


@lru_cache(maxsize=1 << 12)
def _cues_of(quote: str) -> _Cues:
    text = lower_in_place(quote[:_MAX_QUOTE])
    periods = frozenset(name for name, words in _periods().items() if words.search(text))
    return _Cues(bool(_MOVED.search(text)), bool(_PART_WAY.search(text)), bool(_WIDE.search(text)), periods)


def are_two_phases(here: str, there: str) -> bool:
    """Return whether one sentence gives a later or an early state and the other does not."""
    return _cues_of(here)[:2] != _cues_of(there)[:2]


def _are_two_extents(here: str, there: str) -> bool:
    """Return whether one sentence gives a figure of the whole world, country or company, and the other does not."""
    return _cues_of(here).is_wide != _cues_of(there).is_wide


def _are_two_periods(here: str, there: str) -> bool:
    """Return whether one sentence speaks of a quarter and the other of a year, or of last month and a year ago."""
    ours, theirs = _cues_of(here).periods, _cues_of(there).periods
    return bool(ours and theirs) and ours.isdisjoint(theirs)


@cache
def _periods() -> Mapping[str, re.Pattern[str]]:
    rows: Mapping[str, str] = load_toml("frames.toml")["periods"]
    return {name: small(rf"\b(?:{words})\b") for name, words in rows.items()}


def are_two_times(here: str, there: str, issued_at: datetime | None, stored_at: datetime | None) -> bool:
    """Return whether two sentences, with when they came out, speak of two periods, phases or extents."""
    if are_two_phases(here, there) or _are_two_extents(here, there) or _are_two_periods(here, there):
        return True
    mine, yours = _spans(here, _day(issued_at)), _spans(there, _day(stored_at))
    return _are_apart(mine, yours)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


@lru_cache(maxsize=1 << 11)
def _spans(quote: str, published_on: date | None) -> tuple[TimeSpan, ...]:
    found = find_dates(quote[:_MAX_QUOTE], published_on=published_on, language=language_of(quote))
    return tuple(
        one.span for one in found if one.type in {"DATE", "TIME"} and one.span.precision is not Precision.UNKNOWN
    )


def _is_long(span: TimeSpan) -> bool:
    if span.first_on is None or span.last_on is None:
        return True
    return (span.last_on - span.first_on).days > _LONG


def _are_apart(ours: tuple[TimeSpan, ...], theirs: tuple[TimeSpan, ...]) -> bool:
    mine, yours = ([one for one in each if _is_long(one)] for each in (ours, theirs))
    if mine and yours:
        return not any(_is_one_period(one, other) for one in mine for other in yours)
    return False


def _is_one_period(one: TimeSpan, other: TimeSpan) -> bool:
    ends = one.last_on is not None and _near(one.last_on, other.last_on)
    if ends and Precision.YEAR in {one.precision, other.precision}:
        return True  # "by the end of the year" and "this year"
    begins = _near(one.first_on, other.first_on)
    return begins and (_near(one.last_on, other.last_on) or one.last_on is None or other.last_on is None)


def _near(one: date | None, other: date | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs((one - other).days) <= _NEAR
