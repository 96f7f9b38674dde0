"""Numbers that follow from others, days that are held in other words, and values that only seem to have moved."""

from __future__ import annotations

from datetime import date

import pytest

from news.words.derived import Sums, is_derived
from news.words.measures import measures_in


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        ("He won by 31 votes to 22.", "She finished nine votes behind."),
        ("Staff voted nine to one for a strike.", "Ninety percent backed it."),
        ("Workers voted by 184 to 61 for the offer.", "Three quarters of them said yes."),
        ("The quake destroyed 120 of the 300 houses.", "Forty percent of the homes lie in ruins."),
        ("It closes 14 lines in the north and 9 in the south.", "Twenty-three lines will vanish."),
        ("A boat with 60 on board sank. Eleven died. Police said 22 were saved.", "The other 27 are missing."),
        ("The motion needed 138 votes. It got 128.", "It fell ten votes short."),
        ("The tunnel costs 10.5 billion euros, 1.2 billion more than planned.", "It was to cost 9.3 billion euros."),
        ("The lease runs until 2044.", "They may stay for twenty more years."),
        ("The mayor, in office since 2017, lost.", "He governed for seven years."),
    ],
)
def test_a_number_that_others_give_is_derived(story: str, sentence: str) -> None:
    sums = Sums(((story, "en"),))
    assert any(is_derived(one, sentence, sums, year=2024) for one in measures_in(sentence))


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        ("He won by 31 votes to 22.", "Nine guests fell ill."),
        ("Workers voted by 184 to 61.", "Prices rose by 75 percent."),
        ("It closes 14 lines in the north and 9 in the south.", "Twenty-three people were arrested."),
        ("A boat with 60 on board sank. Eleven died.", "Police arrested 49 men."),
        ("The lease runs until 2044.", "Twenty men came."),
    ],
)
def test_a_number_that_nothing_ties_to_others_is_not(story: str, sentence: str) -> None:
    sums = Sums(((story, "en"),))
    assert not any(is_derived(one, sentence, sums, year=2024) for one in measures_in(sentence))


def test_days_between_two_days_of_the_story_are_derived() -> None:
    sentence, days = "Two days before it ran out, they shot it.", {date(2024, 5, 3), date(2024, 5, 5)}
    measure = measures_in(sentence)[0]
    assert is_derived(measure, sentence, Sums(()), year=2024, days=days)
    assert not is_derived(measure, sentence, Sums(()), year=2024, days={date(2024, 5, 3)})
