"""When an entry says it was published: aware UTC, or honestly unknown.

Owns what is believed of a feed's dates. feedparser reads them; what it cannot read (month names of other languages) is
tried here. Must never invent a time: a date without a zone is taken as UTC, a date far in the future or before the web
is none.
"""

from __future__ import annotations

import re
import time
from calendar import timegm
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from news.dates.published import find_doubt
from news.model import Precision

_MONTH_NAMES = {
    1: "jan january ene enero janv janvier januar gennaio янв января jän",
    2: "feb february febrero févr fevrier février februar febbraio fev fevereiro фев февраля",
    3: "mar march marzo mars märz março мар марта",
    4: "apr april abr abril avr avril aprile апр апреля",
    5: "may mayo mai mag maggio maio мая май",
    6: "jun june junio juin juni giugno junho июн июня",
    7: "jul july julio juil juillet juli luglio julho июл июля",
    8: "aug august ago agosto août aout авг августа",
    9: "sep sept september septiembre setiembre septembre settembre setembro сен сентября",
    10: "oct october octubre octobre okt oktober ottobre outubro окт октября",
    11: "nov november noviembre novembre novembro ноя ноября",
    12: "dec december dic diciembre déc décembre dez dezember dicembre dezembro дек декабря",
}
_MONTHS: Mapping[str, int] = MappingProxyType(
    {name: month for month, names in _MONTH_NAMES.items() for name in names.split()}
)
_DAY_MONTH_YEAR = re.compile(
    r"\b(?P<day>\d{1,2})(?:\.|st|nd|rd|th|º)?[\s./-]{1,3}(?:de\s)?(?P<month>[^\W\d_]{3,12})\.?[\s,./-]{1,3}(?:de\s)?(?P<year>\d{4})\b"
)
_MONTH_DAY_YEAR = re.compile(
    r"\b(?P<month>[^\W\d_]{3,12})\.?\s{1,3}(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s{1,3}(?P<year>\d{4})\b"
)
_DIGITS = re.compile(r"\b(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:[.,]\d{1,9})?\s{0,2}(?P<half>[ap]m\b)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})\s{0,3}(?:\([^()]{0,20}\))?\s{0,3}$")


def believe(moment: datetime | None, *, now: datetime) -> tuple[datetime | None, Precision]:
    """Return the moment as aware UTC with precision DAY, or None and UNKNOWN if it is missing or cannot be true."""
    if moment is None or find_doubt(moment, now=now):
        return None, Precision.UNKNOWN
    return moment.astimezone(UTC), Precision.DAY


def from_struct(parsed: time.struct_time | None) -> datetime | None:
    """Return feedparser's UTC tuple as an aware datetime, or None."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(timegm(parsed), tz=UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def parse_date(text: str) -> datetime | None:
    """Return the moment that a free-form date names, aware UTC, or None.

    Day, month and year in the order of ISO 8601 or with the month as a word (English, Spanish, Portuguese, French,
    German, Italian, Russian), then an optional time and numeric offset. Without an offset it is taken as UTC.
    """
    text = text.strip()[:100]
    match = _DIGITS.search(text) or _DAY_MONTH_YEAR.search(text) or _MONTH_DAY_YEAR.search(text)
    if match is None:
        return None
    month = match["month"]
    number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
    try:
        day = datetime(int(match["year"]), number, int(match["day"]), tzinfo=UTC)
        return day + _time_of_day(text[match.end() :])
    except (ValueError, OverflowError):
        return None


def _time_of_day(rest: str) -> timedelta:
    clock = _CLOCK.search(rest)
    if clock is None:
        return timedelta()
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower() == "pm" else 0)
    time_of_day = timedelta(hours=hour, minutes=int(clock["minute"]), seconds=int(clock["second"] or 0))
    offset = _OFFSET.search(rest)
    if offset is None:
        return time_of_day
    ahead = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"]))
    return time_of_day - ahead if offset["sign"] == "+" else time_of_day + ahead
