"""What a sentence turns down in the same breath, and what only looks so."""

from __future__ import annotations

import pytest

from news.decision import FactKind
from news.reports.explicit import find_rejected
from news.reports.tellings import tell

HELD = "Russia sent two planes to Venezuela on Monday."


@pytest.mark.parametrize(
    "sentence",
    [
        "If Peru did not leave Venezuela, all options were open, he threatened.",
        "Peru did not leave Venezuela, its minister said.",
        "Chile has never recognised Russia as an ally, it said.",
    ],
)
def test_a_denied_act_or_a_condition_turns_down_no_name(sentence: str) -> None:
    assert find_rejected(tell(sentence), tell(HELD)) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Peru, not Russia, sent the planes, the minister said.",
        "It was four planes and not two, the ministry said.",
    ],
)
def test_a_value_put_in_the_place_of_another_is_found(sentence: str) -> None:
    found = find_rejected(tell(sentence), tell(HELD))
    assert found is not None
    assert found.there.split()[-1] in HELD.replace(".", "")


@pytest.mark.parametrize(
    ("here", "there", "values"),
    [
        (
            "Skell, tried in Mora on Tuesday, was arrested on 5 February and not on 3 February, he said.",
            "He had been arrested on 3 February.",
            ("on 5 February", "on 3 February"),
        ),
        (
            "The premiere will be on 16 May and not on 9 May as the house says.",
            "The premiere will be on 9 May.",
            ("on 16 May", "on 9 May"),
        ),
        ("It opens not on Friday but on Monday next.", "It opens on Friday.", ("on Monday", "on Friday")),
        ("It opens in May, not in June.", "It will open in June.", ("in May", "in June")),
        ("It opens not in May but in June.", "It will open in May.", ("in June", "in May")),
        ("It opens on 5 May, not on 5 June.", "It will open on 5 June.", ("on 5 May", "on 5 June")),
    ],
)
def test_a_day_is_told_without_the_words_around_it(here: str, there: str, values: tuple[str, str]) -> None:
    found = find_rejected(tell(here), tell(there))
    assert found is not None
    assert (found.kind, found.here, found.there) == (FactKind.DATE, *values)


@pytest.mark.parametrize("held", ["It will open in April.", "It may open in April.", "It will open in June."])
def test_a_month_that_the_other_side_does_not_name_is_not_its_own(held: str) -> None:
    assert find_rejected(tell("It opens not in May but in June."), tell(held)) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "It was 4,100 marchers and not 6,200, the police said.",
        "Not 6,200 but 4,100 people marched, the police said.",
        "The march drew 4100 people, not 6200.",
    ],
)
def test_a_comma_within_a_number_ends_nothing(sentence: str) -> None:
    found = find_rejected(tell(sentence), tell("The union counted 6,200 marchers in Lima on Monday."))
    assert found is not None
    assert found.there.replace(",", "").startswith("6200")
    assert "4100" in found.here.replace(",", "")


def test_a_number_of_another_size_is_not_the_one_that_is_held() -> None:
    held = tell("The union counted 200 marchers in Lima on Monday.")
    assert find_rejected(tell("It was 4,100 marchers and not 6,200, the police said."), held) is None


@pytest.mark.parametrize(
    ("here", "there", "values"),
    [
        ("The toll of the ferry off Vardo on Monday is 1,250, not 1,300, he said.", "1,300 died.", ("1,250", "1,300")),
        ("Not 6,200 but 4,100 people marched, he said.", "The union counted 6,200 marchers.", ("4,100", "6,200")),
        ("In 2024 the town had 12 floods and not 14 of them, it said.", "The town had 14 floods.", ("12", "14")),
        ("Wages rose 12 percent, not 14 per cent.", "They rose 14 percent.", ("12 percent", "14 per cent")),
        ("The mill closed in 2019, not in 2021, he said.", "The mill closed in 2021.", ("2019", "2021")),
    ],
)
def test_a_number_is_told_without_the_words_around_it(here: str, there: str, values: tuple[str, str]) -> None:
    found = find_rejected(tell(here), tell(there))
    assert found is not None
    assert (found.kind, found.here, found.there) == (FactKind.FIGURE, *values)
