"""The value of a slot in words: a day as a reader writes it, a name for a key.

Owns that wording, for alerts, timelines, comparisons and replays alike. Must never choose or compare values.
"""

from __future__ import annotations

import re
from datetime import date

from news.dates.when import describe_span, parse_when
from news.decision import FactKind
from news.model import Precision, TimeSpan
from news.reports.wording import say_name

_ISO = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_PRECISIONS = {len("2019"): Precision.YEAR, len("2019-03"): Precision.MONTH, len("2019-03-23"): Precision.DAY}


def say_value(kind: FactKind, value: str) -> str:
    """Return a value of a slot as shown: days in words ("9 June 2026"), the name behind a key, other text as it is."""
    return _say_days(value) if kind is FactKind.DATE else say_name(value)


def _say_days(value: str) -> str:
    first, mark, last = value.partition("..")
    if not mark and _ISO.fullmatch(value):
        first_on, last_on = parse_when(value)
        return describe_span(TimeSpan(first_on, last_on, _PRECISIONS[len(value)]))
    ends = (first, last)
    if mark and all(not end or (len(end) == len("2019-03-23") and _ISO.fullmatch(end)) for end in ends) and any(ends):
        first_on, last_on = (date.fromisoformat(end) if end else None for end in ends)
        return describe_span(TimeSpan(first_on, last_on, Precision.SPAN))
    return say_name(value)
