"""How long something lasted, in words."""

from __future__ import annotations

from datetime import timedelta

from handlers.messages import count_words

_DAY = timedelta(days=1)
_TWO = 2


def say_span(span: timedelta) -> str:
    """Return ``40 minutes``, ``14 hours``, ``9 days``: as exactly as matters."""
    if span >= _TWO * _DAY:
        return count_words(round(span / _DAY), "day")
    hours = span / timedelta(hours=1)
    if hours >= _TWO:
        return count_words(round(hours), "hour")
    return count_words(max(1, round(span / timedelta(minutes=1))), "minute")
