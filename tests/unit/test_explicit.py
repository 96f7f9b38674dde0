"""What a sentence turns down in the same breath, and what only looks so."""

from __future__ import annotations

import pytest

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
