"""Which moments an article can have been published at.

Owns that one bound, for feeds and for rows that are handed over. Must never read a date: who has one asks here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

__all__ = ["MAX_AHEAD", "find_doubt"]

MAX_AHEAD = timedelta(days=1)
"""Clocks and zones may be wrong by so much; a date further ahead is a mistake or an announcement."""

_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
"""Zero of the Unix clock is what programs write that know no date."""

_FIRST_FED = _ZERO + timedelta(days=1)
_FIRST_READ = datetime(1900, 1, 1, tzinfo=UTC)
"""Dates of texts before are not what the grammars of dates were made for."""


def find_doubt(moment: datetime, *, now: datetime, is_archive: bool = False) -> str:
    """Return why nothing can have been published at that aware moment; empty where it can.

    Args:
        is_archive: it is the date of a row that somebody hands over, which may be old; no entry of a feed is.
    """
    if moment > now + MAX_AHEAD:
        return "which is still ahead"
    if not is_archive:
        return "which is before 1970, when nothing had a feed" if moment < _FIRST_FED else ""
    if moment == _ZERO:
        return "which programs write that know no date"
    return "which is before 1900; older papers are not read" if moment < _FIRST_READ else ""
