"""What days and distances hang on: an event that the text told of, the day of a saying, a year of accounts."""

from __future__ import annotations

from datetime import date

import pytest

from news.dates import find_dates

THURSDAY = date(2026, 6, 18)


def day_of(text: str, words: str, published_on: date = THURSDAY) -> str:
    """Return the first day of the expression that reads ``words``, or "None"."""
    found = find_dates(text, published_on=published_on)
    return next(str(one.span.first_on) for one in found if one.text == words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The truce was signed on Monday. Hostages go free five days after the truce takes effect.", "five days"),
        ("A bill passed on Tuesday. It becomes law ten days after the president signs it.", "ten days"),
        ("He resigned on Tuesday, five days after the newspaper printed the letters.", "five days"),
        ("The court ruled on Tuesday. The firm must pay within 30 days of the appeal.", "30 days"),
        ("He said on Thursday the ban starts once the law is published and ends 30 days later.", "30 days later"),
        ("They freed two men on Tuesday and will free a third a week after the ransom is paid.", "a week"),
    ],
)
def test_what_hangs_on_an_event_without_a_day_has_none(text: str, words: str) -> None:
    """A distance is never counted from the article's day, nor from the day of something else."""
    assert day_of(text, words) == "None"


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        (
            "A quake struck on 3 June. He came on Tuesday. Ten days after the quake, tents stood.",
            "Ten days",
            "2026-06-13",
        ),
        ("Two planes landed on 1 June. Two days after the landing the crew left.", "Two days", "2026-06-03"),
        ("The ferry sank on 3 June and divers reached it five days later.", "five days later", "2026-06-08"),
        ("Pumps start on 20 June; tests follow two days after that.", "two days", "2026-06-22"),
    ],
)
def test_a_distance_counts_from_the_event_that_it_names(text: str, words: str, day: str) -> None:
    """Where the text told of the event with its day, that day counts, whatever day was told last."""
    assert day_of(text, words) == day


@pytest.mark.parametrize(
    ("text", "day", "published_on"),
    [
        ("Talks resume on Friday, the ministry said on Thursday.", "2026-06-19", THURSDAY),
        ("Schools are closing on Friday, the mayor said on Thursday.", "2026-06-19", THURSDAY),
        ("Ahead of a vote on Friday, the speaker said on Thursday that he would go.", "2026-06-19", THURSDAY),
        ("Polls open on Friday, the commission said.", "2026-06-19", THURSDAY),
        ("Two planes landed on Friday, the ministry said on Thursday.", "2026-06-12", date(2026, 6, 20)),
        ("Two planes landed on Friday, the ministry said on Saturday.", "2026-06-19", date(2026, 6, 21)),
        ("The port will reopen on Friday, its master said on Thursday.", "2026-06-19", date(2026, 6, 20)),
        ("The ministry said on Thursday that the port would reopen on Friday.", "2026-06-19", date(2026, 6, 20)),
        ("In a statement on Friday, the ministry said the ship sank.", "2026-06-12", THURSDAY),
        ("A shell hit the market on Friday, the mayor said on Thursday.", "2026-06-12", THURSDAY),
        ("Rebels blew up the bridge on Friday, a spokesman said.", "2026-06-12", THURSDAY),
        ("Within hours of each other on Friday, one envoy was told to go.", "2026-06-12", THURSDAY),
        ("The dam burst on Friday and not on Thursday, the ministry said on Wednesday.", "2026-06-12", THURSDAY),
    ],
)
def test_a_weekday_counts_from_the_day_of_its_saying(text: str, day: str, published_on: date) -> None:
    """What was said on Thursday of a Friday is of the Friday before or after that Thursday, by the clause's tense."""
    assert day_of(text, "Friday", published_on) == day


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Sales fell in fiscal 2025's second quarter.", "2025-Q2"),
        ("Sales rose in the second quarter of fiscal 2025.", "2025-Q2"),
        ("Sales rose in the second quarter of FY25.", "2025-Q2"),
        ("Profit fell in Q2 FY25.", "2025-Q2"),
        ("Revenue rose in FY24.", "2024"),
        ("Revenue rose in FY 2024.", "2024"),
        ("It asked for ships in fiscal year 2027.", "2027"),
        ("The budget is for the financial year 2025-26.", "2025"),
    ],
)
def test_a_fiscal_year_is_no_span_of_the_calendar(text: str, value: str) -> None:
    """A year of accounts begins when its owner says: it has a value and no days."""
    (found,) = find_dates(text, published_on=THURSDAY)
    assert (found.value, found.span.first_on, found.span.last_on) == (value, None, None)


def test_an_ordinary_number_behind_fiscal_is_no_year() -> None:
    """Only the letters FY shorten a year."""
    assert not find_dates("He voted against fiscal 24 measures.", published_on=THURSDAY)
