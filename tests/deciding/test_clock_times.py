"""Times of day are one however they are written, and counts are none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.another.formulas import is_of_others
from news.words.clock_times import clock_times
from news.words.measures import is_held, measures_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("at 08:45 on Thursday", "since a quarter to nine"),
        ("at 10.20 p.m.", "it was twenty past ten"),
        ("at 2230 GMT", "at half past ten"),
        ("at 5:50", "at ten to six"),
        ("126 degrees Fahrenheit", "52.3 degrees Celsius"),
        ("410,000 barrels a day", "410 kb/d"),
        ("10.5 quintals", "1.05 tonnes"),
        ("50 basis points", "half a percentage point"),
        ("three-tenths of it", "30 percent"),
        ("well over a hundred people", "140 people"),
    ],
)
def test_one_value(one: str, other: str) -> None:
    assert all(is_held(measure, measures_in(other)) for measure in measures_in(one))


@pytest.mark.parametrize(
    "text", ["five to six people", "they won 3-2", "in 2019", "a quarter of the town", "10.20 euros"]
)
def test_no_time(text: str) -> None:
    assert clock_times(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "It grew in the third quarter after two years of decline.",
        "Druzh lost the second half after two red cards.",
        "Sales rose in the quarter to 12 billion crowns.",
        "Orlo cut its debt by a quarter to ten billion.",
        "The share of coal fell from ten to two percent.",
        "Output sank by half to 9 tonnes.",
        "Tarrow had the yard rebuilt by half after two floods.",
        "Wages grew at five to six percent.",
        "The strike closed works at five to six large sites.",
        "They met in the last quarter before 11 gunmen came.",
        "It sank from a quarter to 8%.",
        "The council cut its staff by a quarter to nine.",
        "The number of seats fell by a quarter to twelve on Monday.",
        "Guards on the gate were reduced by half after ten.",
    ],
)
def test_a_share_or_a_span_is_no_time(text: str) -> None:
    """What is taken for a time is lost as a number."""
    assert clock_times(text) == ()


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("At a quarter to nine the gates opened.", 525),
        ("At a quarter to nine gunmen came.", 525),
        ("The bridge was shut until a quarter after two on Friday.", 135),
        ("It was a quarter to nine when the bell rang.", 525),
        ("The vote, a quarter to ten o'clock, was late.", 585),
        ("They left by half past ten.", 630),
        ("By a quarter to nine the hall was full.", 525),
        ("The talks, a quarter before 11 GMT, failed.", 645),
        ("at ten minutes to six guards fled", 350),
        ("Shots fell at ten to six in the old town.", 350),
    ],
)
def test_a_worded_time_is_read(text: str, minute: int) -> None:
    """A word before it or behind it says that it is of the clock; it ends with the hour."""
    assert [one.minute for one in clock_times(text)] == [minute]


def test_the_numbers_of_a_share_are_kept() -> None:
    """Ten billion and two percent are what a reader compares."""
    found = measures_in("Orlo cut its debt by a quarter to ten billion, its margin from ten to two percent.")
    assert 10e9 in [one.value for one in found]
    assert ("share", 2.0) in [(one.kind, one.value) for one in found]


def test_other_values() -> None:
    """A bound from below agrees with no number far above it, and a time with no other hour."""
    assert not is_held(measures_in("over 100 people")[0], measures_in("340 people"))
    assert not is_held(measures_in("at 08:45")[0], measures_in("at 09:45"))


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    times = clock_times(text)
    assert all(0 <= one.minute < 720 for one in times)
    assert all(one.end <= other.start for one, other in pairwise(times))


FEATURES = {"formula": 0.8, "first_held": 0.0, "numbers_held": 1.0, "gap": 0.7, "day_held": 0.0, "foreign": 0.0}


def test_same_words_other_names() -> None:
    """The sentence of a story with other names tells of another happening; with its names it does not."""
    assert is_of_others(FEATURES)
    assert not is_of_others({**FEATURES, "first_held": 0.9})
    assert not is_of_others({**FEATURES, "day_held": 1.0})
