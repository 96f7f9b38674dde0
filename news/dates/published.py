"""Which moments an article can have been published at.

Owns that one bound, for feeds and for rows that are handed over. Must never read a date: who has one asks here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

__all__ = ["MAX_AHEAD", "find_doubt"]

MAX_AHEAD = timedelta(days=1)
"""Clocks and zones may be wrong by so much; a date further ahead is a mistake or an announcement."""

_FIRST = datetime(1970, 1, 2, tzinfo=UTC)
"""Zero of the Unix clock is what programs write that know no date."""


def find_doubt(moment: datetime, *, now: datetime) -> str:
    """Return why nothing can have been published at that aware moment; empty where it can."""
    if moment < _FIRST:
        return "which is before 1970, when nothing had a feed"
    return "which is still ahead" if moment > now + MAX_AHEAD else ""
