"""The day on which somebody spoke is not the day of what was told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from news.dates import find_dates
from news.dates.saying_days import is_day_of_saying
from news.disputes.days import list_dated, named_day
from news.model import Article, Precision
from news.reading import read
from news.reports.tellings import tell

PUBLISHED = date(2024, 9, 13)


def days_told(text: str, language: str) -> list[date | None]:
    found = find_dates(text, published_on=PUBLISHED, language=language)
    return [one.span.first_on for one in found if not is_day_of_saying(text, one.start, one.end, language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The coast guard said on Tuesday that 11 people had died when the boat sank."),
        ("en", "The man was arrested in Lyon, police said late on Wednesday."),
        ("en", "A spokesman told reporters in Lima on Wednesday that 40 workers had been dismissed."),
        ("en", "On Tuesday, the coast guard said that the boat had sunk off Lesbos."),
        ("en", "Police Wednesday said they had arrested two men."),
        ("en", "Two workers died, according to a statement issued on Monday by the union."),
        ("en", "It was reported on Tuesday that the dam had burst."),
        ("en", "The death toll had climbed to 48, the health minister announced on Tuesday morning."),
        ("es", "La guardia costera informó el martes de que once personas habían muerto."),
        ("es", "El alcalde confirmó el jueves que el puente se derrumbó."),
        ("ru", "В среду полиция сообщила, что мужчину арестовали в Лионе."),
        ("ru", "Губернатор заявил в четверг, что мост обрушился."),
    ],
)
def test_a_day_beside_a_verb_of_saying_is_of_the_saying(language: str, text: str) -> None:
    assert days_told(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "The boat sank on Sunday, the coast guard said on Tuesday.", 8),
        ("en", "The operator said on Thursday that it had shut down the reactor on Tuesday.", 10),
        ("en", "On Sunday the boat sank off Lesbos, the coast guard said.", 8),
        ("en", "The minister told parliament on Tuesday the deal was signed on Monday.", 9),
        ("en", "The union said the strike on Monday was over.", 9),
        ("en", "The first patient was admitted on Monday, the ministry said on Friday.", 9),
        ("es", "El barco se hundió el domingo, informó el martes la guardia costera.", 8),
        ("ru", "Судно затонуло в воскресенье, сообщила во вторник береговая охрана.", 8),
    ],
)
def test_an_event_keeps_its_own_day(language: str, text: str, day: int) -> None:
    assert days_told(text, language) == [date(2024, 9, day)]


@pytest.mark.parametrize("bound", ["As of Tuesday, ", "By Tuesday "])
def test_a_count_by_a_day_dates_no_event(bound: str) -> None:
    """A toll "as of Tuesday" is of that day as a count; what was counted came about before."""
    assert list_dated(tell(f"{bound}11 people had died in the flood."), PUBLISHED) == ()


def test_a_date_before_the_comma_is_of_the_act_and_not_of_who_says_so() -> None:
    text = (
        "Hailstones injured at least 23 people and smashed hundreds of car windscreens south of Graz on Tuesday, the "
        "fire service said."
    )
    at = datetime(2024, 9, 13, tzinfo=UTC)
    reading = read(Article("", "", "Gazette", "", text, published_at=at, published_precision=Precision.DAY))
    assert [named_day(report) for report in reading.reports] == [date(2024, 9, 10)]
