"""Times of day, however they are written: 08:45, 8.45 p.m., 0845 GMT, "a quarter to nine", "twenty past ten".

Owns where a text names one and which minute of twelve hours it is. Must never say on which day; ``news.dates`` does.
English words only. A range of counts ("five to six people") is no time, so that "ten to six" is one only behind "at".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["HALF_DAY", "ClockTime", "clock_times"]

HALF_DAY = 720
"""Minutes after which a clock shows the same again."""

_HOURS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_HOUR = rf"(?P<hour>{'|'.join(_HOURS)}|1[0-2]|[1-9])(?![\w:]|[.,]\d|-)"
_MINUTES = {"quarter": 15, "half": 30, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25, "twenty five": 25}
_ZONE = r"(?:gmt|utc|cet|cest|eet|eest|bst|msk|est|edt|cst|pst|pdt|ist|jst|local time|hours|hrs)\b"
_HALF = r"(?:[ap]\.? ?m\b\.?|o['’]clock\b)"
_FIGURES = re.compile(
    rf"(?i)(?<![\w:.,/-])(?:(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?![\d:]|\.\d)"
    rf"|(?P<h2>[01]?\d|2[0-3])\.(?P<m2>[0-5]\d)(?= ?{_HALF}| {_ZONE})"
    rf"|(?P<h3>[01]\d|2[0-3])(?P<m3>[0-5]\d)(?= {_ZONE})"
    rf"|(?P<h4>1[0-2]|[1-9])(?= ?{_HALF}))"
)
_WORDED = re.compile(
    rf"(?i)\b(?:(?:a )?(?P<part>quarter|half) (?P<side>to|past|after|before) "
    rf"|(?P<count>five|ten|twenty|twenty[ -]five)(?: minutes)? (?P<after>past) "
    rf"|(?:(?<=at )|(?<=from )|(?<=until )|(?<=about )|(?<=around ))(?P<left>five|ten|twenty|twenty[ -]five)"
    rf"(?: minutes)? (?P<before>to) ){_HOUR}"
)
_HAS = re.compile(r"(?i)\d[:.]\d|\d ?[ap]\.?m|\d{4} |o['’]clock|\b(?:to|past|after|before) ")


class ClockTime(NamedTuple):
    """A time of day: ``minute`` of twelve hours, and where it stands."""

    minute: int
    start: int
    end: int


def clock_times(text: str) -> tuple[ClockTime, ...]:
    """Return the times of day of a text in order, not overlapping. Linear in the text."""
    if not _HAS.search(text):
        return ()
    found: list[ClockTime] = []
    for one in sorted((*_figures(text), *_worded(text)), key=lambda time: time.start):
        if not found or one.start >= found[-1].end:
            found.append(one)
    return tuple(found)


def _figures(text: str) -> Iterator[ClockTime]:
    for found in _FIGURES.finditer(text):
        groups = found.groupdict()
        hour = next(groups[name] for name in ("h", "h2", "h3", "h4") if groups[name])
        minute = next((groups[name] for name in ("m", "m2", "m3") if groups[name]), "0")
        yield ClockTime((int(hour) * 60 + int(minute)) % HALF_DAY, found.start(), found.end())


def _worded(text: str) -> Iterator[ClockTime]:
    for found in _WORDED.finditer(text):
        groups = found.groupdict()
        part = (groups["part"] or groups["count"] or groups["left"]).lower()
        side = (groups["side"] or groups["after"] or groups["before"]).lower()
        word = groups["hour"].lower()
        hour = int(word) if word.isdecimal() else _HOURS.index(word) + 1
        minutes = _MINUTES[part] if side in {"past", "after"} else -_MINUTES[part]
        yield ClockTime((hour * 60 + minutes) % HALF_DAY, found.start(), found.end())
