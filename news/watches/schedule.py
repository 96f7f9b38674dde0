"""When an alert goes out: at once, with others by the hour or the day, and never in quiet hours.

Owns the arithmetic of local time. Must never read a clock: the moment is an argument, and so is the zone. Moments are
aware UTC; times of day are those of the zone, whose changes of daylight saving time are its own: a time that the clock
leaves out in spring stands for the same time after the jump, one that comes twice in autumn for the first of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from news.errors import QueryError

_DAY = timedelta(days=1)
_MINUTES = 60


class Mode(StrEnum):
    """How the alerts of a watch go out."""

    AT_ONCE = "at once"
    HOURLY = "hourly"
    """Together, at each full hour at which there are any."""
    DAILY = "daily"
    """Together, once a day at ``Schedule.digest_at``."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From ``start`` until before ``end``, every day; over midnight where ``end`` is earlier. They are not equal."""

    start: time
    end: time

    def __str__(self) -> str:
        """Return ``22:00-07:00``."""
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When the alerts of a watch may go out.

    Attributes:
        digest_at: the time of day of ``Mode.DAILY``, local.
        zone: IANA name, such as ``America/Caracas``.
        says_empty: a digest that has nothing in it is one quiet line; else nothing.
    """

    mode: Mode = Mode.AT_ONCE
    digest_at: time = time(8)
    quiet: QuietHours | None = None
    zone: str = "UTC"
    says_empty: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """When an alert is due, and whether it goes together with the others that are due with it.

    Attributes:
        reason: what holds it until then, ``hourly digest``, ``daily digest`` or ``quiet hours``; empty where it is due
            at once.
    """

    due_at: datetime
    is_digest: bool = False
    reason: str = ""


def find_slot(schedule: Schedule, now: datetime) -> Slot:
    """Return when an alert that is made ``now`` goes out.

    What quiet hours hold back comes together when they end; so does a digest whose time lies in them.
    """
    zone = get_zone(schedule.zone)
    slot = _next_digest(schedule, now, zone)
    end = _quiet_end(schedule.quiet, slot.due_at, zone)
    return slot if end is None else Slot(end, is_digest=True, reason=slot.reason or "quiet hours")


def find_quiet_end(schedule: Schedule, now: datetime) -> datetime | None:
    """Return when the quiet hours that hold ``now`` end, or None outside of them."""
    return _quiet_end(schedule.quiet, now, get_zone(schedule.zone))


def find_last_slot(schedule: Schedule, now: datetime) -> Slot | None:
    """Return the last digest that was due by ``now``, at most a day and a bit ago; None where there are no digests."""
    if schedule.mode is Mode.AT_ONCE:
        return None
    found: Slot | None = None
    at = now - timedelta(hours=26)
    while (slot := find_slot(schedule, at)).due_at <= now:
        found, at = slot, slot.due_at
    return found


def _next_digest(schedule: Schedule, now: datetime, zone: ZoneInfo) -> Slot:
    if schedule.mode is Mode.AT_ONCE:
        return Slot(now)
    if schedule.mode is Mode.HOURLY:
        local = now.astimezone(zone)
        # Of the hour as the clock on the wall shows it, which is not that of UTC everywhere.
        past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        return Slot(now + timedelta(hours=1) - past, is_digest=True, reason="hourly digest")
    due = _next_time(schedule.digest_at, now, zone)
    return Slot(due, is_digest=True, reason="daily digest")


def _next_time(at: time, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the next moment after ``now`` at which the clock of the zone shows ``at``."""
    day = now.astimezone(zone).date()
    moments = (_moment(datetime.combine(day + n * _DAY, at), zone) for n in range(3))
    return next(moment for moment in moments if moment > now)


def _moment(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment of a local time; one that does not exist is moved behind the jump of the clock."""
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).astimezone(UTC)


def _quiet_end(quiet: QuietHours | None, moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when the quiet hours that hold ``moment`` end, or None if it lies in none."""
    if quiet is None:
        return None
    day = moment.astimezone(zone).date()
    for first in (day - _DAY, day):
        last = first if quiet.start < quiet.end else first + _DAY
        begins = _moment(datetime.combine(first, quiet.start), zone)
        ends = _moment(datetime.combine(last, quiet.end), zone)
        if begins <= moment < ends:
            return ends
    return None


@lru_cache(maxsize=256)
def get_zone(name: str) -> ZoneInfo:
    """Return the time zone. Raises QueryError for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise QueryError(f"“{name[:40]}” is no time zone; they look like America/Caracas or UTC") from error


def parse_time(text: str) -> time:
    """Return a time of day: ``8``, ``08:30``. Raises QueryError."""
    hours, _, minutes = text.strip().partition(":")
    is_number = hours.isascii() and hours.isdecimal() and (not minutes or (minutes.isascii() and minutes.isdecimal()))
    if is_number and len(hours) <= 2 and int(hours) < 24 and len(minutes) in {0, 2} and int(minutes or 0) < _MINUTES:  # noqa: PLR2004 - digits and hours of a clock
        return time(int(hours), int(minutes or 0))
    raise QueryError(f"“{text.strip()[:20]}” is no time of day; they look like 8 or 08:30")


def parse_quiet(text: str) -> QuietHours:
    """Return quiet hours: ``22-7``, ``22:00-07:00``. Raises QueryError."""
    start, dash, end = text.replace("–", "-").partition("-")
    if not dash:
        raise QueryError(f"“{text[:20]}” are no quiet hours; they look like 22:00-07:00")
    quiet = QuietHours(parse_time(start), parse_time(end))
    if quiet.start == quiet.end:
        raise QueryError("Quiet hours that end when they begin would be all day; pause the watch instead")
    return quiet
