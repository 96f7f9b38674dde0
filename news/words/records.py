"""Dates since which something is a record: "the worst flood since 2011", "впервые с 2011 года".

Owns telling them by the words before them, in ``data/lookback.toml``. Must never resolve a date.

Nothing of what a sentence tells happened on such a day, so it dates no act and makes no text one on the past.
"""

from __future__ import annotations

import re
from functools import cache

from news.tables import load_toml
from news.words.small_letters import small

__all__ = ["bounds_record", "heads_record"]

_REACH = 110
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


@cache
def _before() -> re.Pattern[str]:
    return small("|".join(load_toml("lookback.toml")["record"]["before"]))


@cache
def _gate() -> tuple[str, ...]:
    return tuple(load_toml("lookback.toml")["record"]["gate"])


def bounds_record(text: str, at: int) -> bool:
    """Return whether what stands in ``text`` before a date at ``at`` makes it that since which there was no such thing.

    Known failure: the date of one that is still going on by itself ("the first since 2011 to remain shut") is one too.
    """
    before = text[max(0, at - _REACH) : at].casefold()
    return any(word in before for word in _gate()) and _before().search(before) is not None


def heads_record(title: str) -> bool:
    """Return whether a headline tells of a record since some year, which is news of these days."""
    return any(bounds_record(title, year.start()) for year in _YEAR.finditer(title))
