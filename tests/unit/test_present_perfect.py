"""Present perfect: an act of now, whatever day stands in its sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from news.model import Article, Precision, Reading
from news.reading import read


def read_text(text: str) -> Reading:
    at = datetime(2024, 9, 12, tzinfo=UTC)
    return read(Article("", "", "Gazette", "", text, published_at=at, published_precision=Precision.DAY))


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The bank has sold the tower that it bought in 2019.", "sell"),
        ("Police have arrested the man who escaped from prison in 2020.", "arrest"),
        ("Prosecutors have dropped the case opened in 2021 against the minister.", "drop"),
        ("The firm has closed the plant that burned last year.", "close"),
        ("The government has signed the deal agreed in February.", "sign"),
    ],
)
def test_past_day_dates_the_past_act(text: str, trigger: str) -> None:
    """The day of what is over is not that of what has been done since."""
    reading = read_text(text)
    main = next(report for report in reading.reports if report.trigger == trigger)
    assert main.when.first_on == date(2024, 9, 12)
    assert not main.is_background


def test_span_up_to_now_keeps_its_act() -> None:
    """A span that reaches up to now dates what has gone on in it."""
    text = "The army has killed 40 rebels since January."
    reading = read_text(text)
    assert [report.when.first_on for report in reading.reports] == [date(2024, 1, 1)]
