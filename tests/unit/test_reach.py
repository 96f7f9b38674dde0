"""Under which heading an entry stands, and how far an open span is known to reach."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from news.decision import StoredReport
from news.model import EventKind, Modality, Precision, Report, TimeSpan
from news.timelines.reach import LONGER, Place, find_place, find_reach, is_ahead, is_overdue, is_within


def told(when: TimeSpan, *, on: date) -> tuple[StoredReport, ...]:
    report = Report(0, "It was.", when, EventKind.OTHER, Modality.HAPPENED)
    return (StoredReport(1, 1, 1, 1, "Gazette", "", "", datetime(on.year, on.month, on.day, tzinfo=UTC), report),)


def span(first: date | None, last: date | None, precision: Precision = Precision.SPAN) -> TimeSpan:
    return TimeSpan(first, last, precision)


MARCH = date(2019, 3, 25)
SINCE_2005 = span(date(2005, 1, 1), None)


def test_an_open_end_reaches_to_what_was_told_last() -> None:
    """What "since 2005" says in 2019 says nothing of 2025."""
    reports = told(SINCE_2005, on=MARCH)
    assert find_reach(SINCE_2005, reports) == (date(2005, 1, 1), MARCH)
    assert is_within(SINCE_2005, reports, date(2010, 1, 1), date(2010, 12, 31))
    assert not is_within(SINCE_2005, reports, date(2020, 1, 1), None)
    assert not is_within(SINCE_2005, reports, None, date(2004, 12, 31))


def test_an_open_beginning_is_known_at_its_end_only() -> None:
    until = span(None, date(2021, 12, 31))
    assert find_reach(until, told(until, on=MARCH)) == (date(2021, 12, 31), date(2021, 12, 31))
    assert not is_within(until, told(until, on=MARCH), date(2019, 1, 1), date(2019, 12, 31))


@pytest.mark.parametrize(
    ("when", "place"),
    [
        (TimeSpan.of_day(date(2019, 3, 23)), Place(2019, 3)),
        (span(date(2018, 12, 31), date(2019, 1, 6), Precision.WEEK), Place(2018, 12)),
        (span(date(2018, 12, 1), date(2018, 12, 31), Precision.MONTH), Place(2018, 12)),
        (span(date(2019, 7, 1), date(2019, 9, 30), Precision.QUARTER), Place(2019)),
        (span(date(2019, 1, 1), date(2019, 12, 31), Precision.YEAR), Place(2019)),
        (span(date(2018, 12, 1), date(2019, 2, 28), Precision.SEASON), LONGER),
        (span(date(2000, 1, 1), date(2025, 1, 1)), LONGER),
        (SINCE_2005, LONGER),
        (span(date(2019, 2, 18), None), Place(2019, 2)),
        (span(date(2019, 3, 10), date(2019, 3, 12)), Place(2019, 3)),
    ],
)
def test_nothing_stands_under_a_heading_that_says_more_than_is_known(when: TimeSpan, place: Place) -> None:
    assert find_place(when, told(when, on=MARCH)) == place


def test_ahead_is_what_lies_after_today_as_a_whole() -> None:
    week = span(date(2019, 3, 18), date(2019, 3, 24), Precision.WEEK)
    assert is_ahead(TimeSpan.of_day(date(2019, 3, 24)), date(2019, 3, 23))
    assert not is_ahead(week, date(2019, 3, 20))
    assert is_overdue(week, MARCH)
    assert not is_overdue(SINCE_2005, MARCH)
