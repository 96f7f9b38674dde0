"""When alerts go out: digests, quiet hours, and the two days a year on which the clock jumps."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import QueryError
from news.watches.schedule import Mode, QuietHours, Schedule, find_slot, get_zone, parse_quiet, parse_time

BERLIN = "Europe/Berlin"
NIGHT = QuietHours(time(22), time(7))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "now", "due", "reason"),
    [
        (Schedule(), "2026-03-01T12:34:56", "2026-03-01T12:34:56", ""),
        (Schedule(Mode.HOURLY), "2026-03-01T12:34:56", "2026-03-01T13:00:00", "hourly digest"),
        (Schedule(Mode.HOURLY), "2026-03-01T13:00:00", "2026-03-01T14:00:00", "hourly digest"),
        (Schedule(Mode.HOURLY, zone="Asia/Kolkata"), "2026-03-01T12:10:00", "2026-03-01T12:30:00", "hourly digest"),
        (Schedule(Mode.DAILY, time(8)), "2026-03-01T07:59:59", "2026-03-01T08:00:00", "daily digest"),
        (Schedule(Mode.DAILY, time(8)), "2026-03-01T08:00:00", "2026-03-02T08:00:00", "daily digest"),
        (Schedule(Mode.DAILY, time(8), zone=BERLIN), "2026-03-01T07:30:00", "2026-03-02T07:00:00", "daily digest"),
        (Schedule(quiet=NIGHT), "2026-03-01T21:59:59", "2026-03-01T21:59:59", ""),
        (Schedule(quiet=NIGHT), "2026-03-01T22:00:00", "2026-03-02T07:00:00", "quiet hours"),
        (Schedule(quiet=NIGHT), "2026-03-02T06:59:59", "2026-03-02T07:00:00", "quiet hours"),
        (Schedule(quiet=NIGHT), "2026-03-02T07:00:00", "2026-03-02T07:00:00", ""),
        (Schedule(quiet=QuietHours(time(12), time(13))), "2026-03-02T12:30:00", "2026-03-02T13:00:00", "quiet hours"),
        (Schedule(Mode.DAILY, time(6), NIGHT), "2026-03-01T12:00:00", "2026-03-02T07:00:00", "daily digest"),
        (Schedule(Mode.HOURLY, quiet=NIGHT), "2026-03-01T21:30:00", "2026-03-02T07:00:00", "hourly digest"),
    ],
)
def test_when_an_alert_is_due(schedule: Schedule, now: str, due: str, reason: str) -> None:
    slot = find_slot(schedule, at(now))
    assert (slot.due_at, slot.reason) == (at(due), reason)
    assert slot.is_digest is bool(reason)


@pytest.mark.parametrize(
    ("schedule", "now", "due"),
    [
        # The night of 29 March 2026 has no 02:30 in Berlin: the digest comes at 03:30, an hour after 01:30.
        (Schedule(Mode.DAILY, time(2, 30), zone=BERLIN), "2026-03-28T12:00:00", "2026-03-29T01:30:00"),
        # Seven in the morning is an hour earlier from that day on.
        (Schedule(quiet=NIGHT, zone=BERLIN), "2026-03-28T23:00:00", "2026-03-29T05:00:00"),
        (Schedule(quiet=NIGHT, zone=BERLIN), "2026-03-27T23:00:00", "2026-03-28T06:00:00"),
        # On 25 October 2026 half past two comes twice: the first is meant.
        (Schedule(Mode.DAILY, time(2, 30), zone=BERLIN), "2026-10-24T12:00:00", "2026-10-25T00:30:00"),
        (Schedule(quiet=NIGHT, zone=BERLIN), "2026-10-24T23:00:00", "2026-10-25T06:00:00"),
    ],
)
def test_the_clock_jumps(schedule: Schedule, now: str, due: str) -> None:
    assert find_slot(schedule, at(now)).due_at == at(due)


TIMES = st.times().map(lambda each: each.replace(second=0, microsecond=0, tzinfo=None))
SCHEDULES = st.builds(
    Schedule,
    st.sampled_from(Mode),
    TIMES,
    st.none() | st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: QuietHours(*pair)),
    st.sampled_from(("UTC", BERLIN, "America/Caracas", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia")),
)
MOMENTS = st.datetimes(datetime(2018, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


@given(SCHEDULES, MOMENTS)
def test_an_alert_goes_out_within_two_days_and_never_in_quiet_hours(schedule: Schedule, now: datetime) -> None:
    slot = find_slot(schedule, now)
    assert now <= slot.due_at <= now + timedelta(hours=50)
    assert find_slot(replace(schedule, mode=Mode.AT_ONCE), slot.due_at).due_at == slot.due_at
    assert slot.due_at.tzinfo is UTC


@pytest.mark.parametrize(("text", "parsed"), [("8", time(8)), ("08:30", time(8, 30)), (" 23:59 ", time(23, 59))])
def test_times_of_day(text: str, parsed: time) -> None:
    assert parse_time(text) == parsed


@pytest.mark.parametrize("text", ["", "24", "8:5", "8:60", "noon", "-1", "٨", "08:30:00"])
def test_no_times_of_day(text: str) -> None:
    with pytest.raises(QueryError, match="08:30"):
        parse_time(text)


def test_quiet_hours_and_zones_are_checked() -> None:
    assert str(parse_quiet("22-7")) == "22:00-07:00"
    for wrong in ("22", "7-7", "22-25", ""):
        with pytest.raises(QueryError):
            parse_quiet(wrong)
    for wrong in ("Mars/Base", "", "../../etc/passwd", "Europe/Berlin\x00"):
        with pytest.raises(QueryError, match="America/Caracas"):
            get_zone(wrong)
