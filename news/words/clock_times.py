"""Times of day, however they are written: 08:45, 8.45 p.m., 0845 GMT, "a quarter to nine", "twenty past ten".

Owns where a text names one and which minute of twelve hours it is. Must never say on which day; ``news.dates`` does.
English words only. A range of counts ("five to six people") is no time, so that "ten to six" is one only behind "at",
and a share or a span ("fell by a quarter to ten billion", "the second half after two red cards") is none either.
Behind a word of change "by" leads a share: "cut by a quarter to nine" is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from news.words.number_words import scale_of
from news.words.quantity_words import quantity_words
from news.words.text import stop_words

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
_ZONED = r"(?:gmt|utc|cet|cest|eet|eest|bst|msk|est|edt|cst|pst|pdt|ist|jst|local time)\b"
_WORDED = re.compile(
    rf"(?i)\b(?P<lead>(?:at|until|till|by|before|since|it was)(?: about| around| exactly)? )?"
    rf"(?:(?:a )?\b(?P<part>quarter|half) (?P<side>to|past|after|before) "
    rf"|\b(?P<count>five|ten|twenty|twenty[ -]five)(?: minutes)? (?P<after>past) "
    rf"|(?:(?<=at )|(?<=until )|(?<=about )|(?<=around )|(?<=it was ))(?P<left>five|ten|twenty|twenty[ -]five)"
    rf"(?P<minutes> minutes)? (?P<before>to ))"
    rf"{_HOUR}(?P<tail> ?{_HALF}| {_ZONED}| in the (?:morning|afternoon|evening)\b)?"
)
_CHANGED = re.compile(
    r"(?i)\b(?:cut|cuts|cutting|slash|lower|reduc|decreas|dropp|drop|fall|fell|sank|slid|shr[aiu]nk|declin|trim|halv|rais|rise|"
    r"rose|risen|increas|grow|grew|climb|jump|lift|boost|expand|swell|swoll|plung|tumbl|down|up|reduction|growth|chang|mov)"
    r"(?:[a-z]*)\b[^.;:!?]*$"
)
"""A word of change before "by": what it changes by and what to."""
_CHANGE_REACH = 80

_SIDED = re.compile(r"(?:quarter|half|five|ten|twenty|minutes) (?:to|past|after|before) ")
"""What stands in every time in words; most texts have none, which is quickly seen."""
_NEXT = re.compile(r" ?[-–]?([^\W\d_]+|%)(?: ([^\W\d_]+))?")
_SHARES = frozenset(["%", "cent", "cents", "dozen", "half", "hundred", "per", "point", "score", "share"])
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
    if not _SIDED.search(text.lower()):
        return
    for found in _WORDED.finditer(text):
        groups = found.groupdict()
        if not _is_of_day(text, found):
            continue
        part = (groups["part"] or groups["count"] or groups["left"]).lower()
        side = (groups["side"] or groups["after"] or groups["before"]).lower().strip()
        word = groups["hour"].lower()
        hour = int(word) if word.isdecimal() else _HOURS.index(word) + 1
        minutes = _MINUTES[part] if side in {"past", "after"} else -_MINUTES[part]
        yield ClockTime(
            (hour * 60 + minutes) % HALF_DAY, found.end("lead") if groups["lead"] else found.start(), found.end("hour")
        )


def _is_of_day(text: str, found: re.Match[str]) -> bool:
    """Return whether words are a time of day rather than a share, a span or a range of counts."""
    groups = found.groupdict()
    if groups["tail"]:
        return True
    if (groups["lead"] or "").lower().startswith("by") and _is_change(text, found.start()):
        return False
    is_past = (groups["side"] or groups["after"] or "").lower() == "past"
    if groups["part"] and not groups["lead"] and not is_past:
        return False
    after = _NEXT.match(text, found.end("hour"))
    words = [word.lower() for word in after.groups() if word] if after else []
    if words and _is_unit(words[0]):
        return False
    is_at = bool(groups["part"] or groups["minutes"]) and (groups["lead"] or "").lower().startswith("at")
    return is_past or is_at or not _is_counted(words)


def _is_change(text: str, end: int) -> bool:
    return _CHANGED.search(text[max(0, end - _CHANGE_REACH) : end]) is not None


def _is_unit(word: str) -> bool:
    return word in _SHARES or scale_of(word) is not None or bool(quantity_words().find_unit(word))


def _is_counted(words: list[str]) -> bool:
    """Return whether a noun of several things follows, an adjective at most before it: "six armed men"."""
    small = stop_words("en")
    own = words[: next((at for at, word in enumerate(words) if word in small), len(words))]
    return any(quantity_words().is_plural(word) for word in own)
