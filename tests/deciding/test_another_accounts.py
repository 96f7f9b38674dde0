"""Days of events: of the act and not of its consequence, of the event and not of a later count, of one and not two."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from news.another.accounts import are_two, is_count
from news.decision import StoredEvent, StoredReport
from news.model import Article, Report
from news.reading import read
from news.reports.quantities import find_quantities
from news.reports.wording import say_figure
from news.timelines.merging import merge_events, split_event
from news.words.facts import figures_of

AT = datetime(2024, 9, 12, 8, tzinfo=UTC)


def reports(text: str, day: int = 12) -> tuple[Report, ...]:
    return read(Article("", "", "Post", "", text, datetime(2024, 9, day, 8, tzinfo=UTC))).reports


def event(number: int, *told: tuple[int, str, int]) -> StoredEvent:
    """Return an event of (article, text, day of September) each."""
    stored = [
        StoredReport(
            10 * number + at,
            number,
            article,
            1,
            f"Outlet {article}",
            "",
            "",
            AT.replace(day=day),
            reports(text, day)[0],
        )
        for at, (article, text, day) in enumerate(told)
    ]
    return StoredEvent(number, 1, tuple(stored), 0)


@pytest.mark.parametrize(
    "text",
    [
        "A bus overturned near Nakuru, Kenya, on Tuesday, killing 12 people, police said.",
        "A bus overturned near Nakuru on Tuesday, killing 12 people, police said.",
        "A bus overturned in Karsk, eastern Ukraine, on Tuesday, injuring 30.",
    ],
)
def test_a_date_belongs_to_the_act_and_not_to_what_followed_from_it(text: str) -> None:
    """Commas around a country take no date away from the verb before them."""
    assert str(reports(text)[0].when.first_on) == "2024-09-10"


CRASH = "A bus overturned near Nakuru, Kenya, on Tuesday, killing 12 people."
RISEN = "The toll of the bus crash near Nakuru rose to 15 on Thursday."


def test_a_later_count_gives_the_event_no_other_day() -> None:
    """The accounts of the first day stay together, and a count of the third is told with them."""
    whole = event(1, (1, CRASH, 12), (2, CRASH, 11), (3, RISEN, 13), (3, CRASH, 13))
    (found,) = merge_events([whole])
    assert str(found.when.first_on) == "2024-09-10"
    assert len(found.reports) == 4
    assert is_count(RISEN)
    assert not is_count(CRASH)


def test_a_second_earthquake_is_another_event() -> None:
    first = "A magnitude 6.8 earthquake struck Davao on Monday."
    second = "A magnitude 6.1 earthquake struck Davao on Wednesday."
    again = "A second strong earthquake struck Davao on Wednesday."
    for other in (second, again):
        assert len(split_event(event(1, (1, first, 12), (2, other, 12)))) == 2
    assert (
        len(split_event(event(1, (1, first, 12), (2, "A magnitude 6.7 earthquake struck Davao on Tuesday.", 12)))) == 1
    )
    assert are_two(reports(first)[0], reports(second)[0])


@pytest.mark.parametrize(
    "text",
    [
        "A New York fire killed four people on Monday.",
        "The New Zealand earthquake cut off two towns.",
        "The New Delhi blast hurt nine shoppers.",
        "Police gave new details of the fire on Monday.",
        "The ministry published new figures on the attack.",
        "A new witness, after the crash, spoke to police.",
        "A second man hurt in the blast has died.",
        "A third of the fire was put out.",
        "The Second Avenue fire began in a kitchen.",
    ],
)
def test_a_new_thing_about_an_event_is_no_new_event(text: str) -> None:
    """Nor is the name of a place that begins with New."""
    plain = reports("A building was hit on Monday, killing 4 people.")[0]
    assert not are_two(plain, replace(plain, quote=text))


def test_a_fire_in_a_place_named_new_stands_once_in_a_timeline() -> None:
    first = "A fire in New York killed four people on Tuesday."
    later = "The New York fire killed four people on Wednesday."
    assert len(split_event(event(1, (1, first, 12), (2, later, 12)))) == 1
    assert len(split_event(event(1, (1, first, 12), (2, "A new fire killed four people on Wednesday.", 12)))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "A new earthquake struck Davao on Monday.",
        "A new Russian strike hit Karsk on Monday.",
        "Another huge warehouse fire broke out in Karsk on Monday.",
        "SECOND BLAST hits Karsk on Monday.",
    ],
)
def test_a_new_event_of_the_kind_is_another(text: str) -> None:
    plain = reports("A building was hit on Monday, killing 4 people.")[0]
    assert are_two(plain, replace(plain, quote=text))


def test_what_only_its_article_dates_meets_what_its_text_dates() -> None:
    """One outlet names the day and another, two days later, does not: one entry, whoever came first."""
    bare = "A bus overturned near Nakuru in Kenya, killing 12 people, police said."
    for order in (
        [event(1, (1, bare, 12)), event(2, (2, CRASH, 12))],
        [event(1, (1, CRASH, 12)), event(2, (2, bare, 12))],
    ):
        assert len(merge_events(order)) == 1


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("dejó nueve muertos", "es", "nueve muertos"),
        ("al menos nueve personas murieron", "es", "al menos nueve personas (dead)"),
        ("killing 12 people", "en", "12 people dead"),
        ("35 injured", "en", "35 injured"),
    ],
)
def test_figures_are_said_in_the_language_of_their_text(text: str, language: str, said: str) -> None:
    assert say_figure(find_quantities(text, language)[0], text) == said


def test_a_measure_goes_before_its_number() -> None:
    (told,) = reports("A magnitude 6.8 earthquake struck Davao.")
    assert [say_figure(one, told.quote) for one in figures_of(told)] == ["magnitude 6.8"]
