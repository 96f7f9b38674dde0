"""Times of day are one however they are written, and counts are none."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.clock_times import clock_times
from news.like_events import is_of_others
from news.measures import is_held, measures_in


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
