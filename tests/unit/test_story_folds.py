"""The interval that a benchmark gives over topics."""

from __future__ import annotations

from benchmarks.story_folds import interval, topic_of


def test_topics_hold_both_events_of_a_kind() -> None:
    assert topic_of("12ecb") == topic_of("12ecbplus") == "12"


def test_where_all_topics_are_right_the_interval_is_a_point() -> None:
    gold = ["1ecb", "1ecb", "1ecbplus", "2ecb", "2ecbplus"]
    assert interval(gold, [1, 1, 2, 3, 4]) == (1.0, 1.0)


def test_one_wrong_topic_of_many_widens_the_interval_downwards() -> None:
    """A draw takes whole topics: two mixed events lie in it once, often or never."""
    gold = [f"{topic}{event}" for topic in range(8) for event in ("ecb", "ecbplus") for _ in range(3)]
    found = [0] * 6 + [1 + place // 3 for place in range(42)]
    low, high = interval(gold, found)
    assert low < 48 / 51 < high == 1.0
