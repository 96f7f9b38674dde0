"""When a channel may be told something that is no alert: not in the quiet hours of any of its watches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from news.watches.schedule import find_quiet_end
from news.watches.watch import Watch

_MOST_STEPS = 8


def find_due(watches: Sequence[Watch], channel: str, now: datetime) -> datetime | None:
    """Return when the quiet hours of all watches of a channel that hear are over, or None where there are none now.

    Quiet hours of several watches that follow upon one another count as one.
    """
    schedules = [watch.schedule for watch in watches if watch.channel == channel and watch.hears(now)]
    due = now
    for _ in range(_MOST_STEPS):
        ends = [end for schedule in schedules if (end := find_quiet_end(schedule, due)) is not None]
        if not ends:
            break
        due = max(ends)
    return due if due > now else None
