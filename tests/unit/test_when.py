"""Dates in words and typed dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from news.dates.when import describe_span, parse_when, shift_day, sort_key
from news.errors import QueryError
from news.model import NO_TIME, DateBasis, Precision, TimeSpan


def span(first: str, last: str, precision: Precision) -> TimeSpan:
    return TimeSpan(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None, precision)


@pytest.mark.parametrize(
    ("first", "last", "precision", "words"),
    [
        ("2019-03-23", "2019-03-23", Precision.DAY, "23 March 2019"),
        ("2018-12-10", "2018-12-16", Precision.WEEK, "week of 10 December 2018"),
        ("2019-03-01", "2019-03-31", Precision.MONTH, "March 2019"),
        ("2019-07-01", "2019-09-30", Precision.QUARTER, "third quarter of 2019"),
        ("2018-06-01", "2018-08-31", Precision.SEASON, "summer 2018"),
        ("2018-06-21", "2018-09-22", Precision.SEASON, "summer 2018"),
        ("2018-12-01", "2019-02-28", Precision.SEASON, "winter 2018-2019"),
        ("2018-01-01", "2018-12-31", Precision.YEAR, "2018"),
        ("1990-01-01", "1999-12-31", Precision.DECADE, "1990s"),
        ("2019-03-10", "2019-03-12", Precision.SPAN, "10-12 March 2019"),
        ("2019-02-28", "2019-03-02", Precision.SPAN, "28 February to 2 March 2019"),
        ("2018-12-30", "2019-01-02", Precision.SPAN, "30 December 2018 to 2 January 2019"),
        ("2018-06-01", "2018-08-31", Precision.SPAN, "June to August 2018"),
        ("2018-11-01", "2019-02-28", Precision.SPAN, "November 2018 to February 2019"),
        ("2015-01-01", "2018-12-31", Precision.SPAN, "2015 to 2018"),
        ("2018-06-01", "", Precision.SPAN, "from June 2018"),
        ("2018-06-01", "", Precision.SEASON, "from summer 2018"),
        ("2018-01-01", "", Precision.SPAN, "from 2018"),
        ("2018-06-14", "", Precision.SPAN, "from 14 June 2018"),
        ("", "2021-12-31", Precision.SPAN, "until 2021"),
        ("", "2021-04-30", Precision.SPAN, "until April 2021"),
        ("", "2021-04-12", Precision.DAY, "until 12 April 2021"),
    ],
)
def test_a_span_is_shown_as_precise_as_it_is(first: str, last: str, precision: Precision, words: str) -> None:
    """No date is ever shown finer than it is known."""
    assert describe_span(span(first, last, precision)) == words


@pytest.mark.parametrize(
    ("first", "last", "precision", "words"),
    [
        ("2000-11-01", "2025-11-01", Precision.SPAN, "2000 to 2025"),
        ("2019-01-20", "2019-06-20", Precision.SPAN, "January to June 2019"),
        ("2019-06-10", "2019-06-20", Precision.SPAN, "10-20 June 2019"),
        ("2018-12-04", "2018-12-10", Precision.WEEK, "4-10 December 2018"),
    ],
)
def test_reckoned_ends_are_blurred(first: str, last: str, precision: Precision, words: str) -> None:
    """What was counted back from an article's date is not known to the day."""
    reckoned = replace(span(first, last, precision), basis=DateBasis.RESOLVED)
    assert describe_span(reckoned) == words
    if precision is Precision.SPAN and first < "2019-06":
        assert describe_span(span(first, last, precision)) != words


def test_a_plan_without_a_day_comes_after_it_was_told() -> None:
    """An article of 18 March that tells of a plan does not say that it begins on that day."""
    told = replace(span("2019-03-18", "", Precision.SPAN), basis=DateBasis.ARTICLE)
    assert describe_span(told) == "after 18 March 2019"


def test_an_unknown_date_says_so() -> None:
    assert describe_span(NO_TIME) == "date unknown"


def test_order_is_by_day_then_precision_and_unknown_last() -> None:
    spans = [
        NO_TIME,
        span("2019-03-01", "2019-03-31", Precision.MONTH),
        span("2019-03-01", "2019-03-01", Precision.DAY),
        span("", "2018-05-01", Precision.SPAN),
        span("2018-12-10", "2018-12-16", Precision.WEEK),
    ]
    words = [describe_span(each) for each in sorted(spans, key=sort_key)]
    assert words == ["until 1 May 2018", "week of 10 December 2018", "1 March 2019", "March 2019", "date unknown"]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("1990s", "1990-01-01", "1999-12-31"),
        ("2019-03", "2019-03-01", "2019-03-31"),
        ("2019-Q3", "2019-07-01", "2019-09-30"),
        ("2019-03-23", "2019-03-23", "2019-03-23"),
        ("March 2019", "2019-03-01", "2019-03-31"),
        ("  feb.  2020 ", "2020-02-01", "2020-02-29"),
        ("sept 2020", "2020-09-01", "2020-09-30"),
        ("23 March 2019", "2019-03-23", "2019-03-23"),
        ("March 23rd, 2019", "2019-03-23", "2019-03-23"),
        ("summer 2018", "2018-06-01", "2018-08-31"),
        ("winter 2018", "2018-12-01", "2019-02-28"),
    ],
)
def test_typed_dates_become_first_and_last_day(typed: str, first: str, last: str) -> None:
    assert parse_when(typed) == (date.fromisoformat(first), date.fromisoformat(last))


def test_nothing_typed_bounds_nothing() -> None:
    assert parse_when("  ") == (None, None)


@pytest.mark.parametrize("typed", ["yesterdayish", "2019-13", "30 February 2019", "march", "9" * 5000, "٢٠١٩", "0000"])
def test_what_is_no_date_is_refused_with_an_example(typed: str) -> None:
    """A wrong date tells what would work and never echoes more than a few characters."""
    with pytest.raises(QueryError, match="23 March 2019") as caught:
        parse_when(typed)
    assert caught.value.position == 0
    assert len(str(caught.value)) < 300


def test_days_stay_within_the_calendar() -> None:
    assert shift_day(date.max, 1) == date.max
    assert shift_day(date.min, -1) == date.min
    assert shift_day(date(2019, 2, 28), 1) == date(2019, 3, 1)
