"""What the benchmark of stories does with topics that the weights have not seen, and with stories that are two."""

from __future__ import annotations

import pytest

from benchmarks import __main__ as benchmarks_main
from benchmarks import stories
from benchmarks.story_folds import interval
from benchmarks.story_rows import topic_of
from news.decision import Assignment, Decision, Label
from news.model import Article
from news.reading import read
from tests.deciding.test_parting import MIXED


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


def test_a_written_section_has_the_topics_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody has to type that row: ``--write`` asks for it, and options that are typed besides go before it."""
    asked: list[list[str]] = []

    def note(words: list[str]) -> int:
        asked.append(list(words))
        return 0

    monkeypatch.setattr(stories, "main", note)
    monkeypatch.setattr(benchmarks_main, "store_section", lambda *_: None)
    assert benchmarks_main.main(["stories", "--limit", "5"]) == 0
    assert benchmarks_main.main(["stories", "--write", "--limit", "5"]) == 0
    assert asked == [["--limit", "5"], [*stories.WHEN_WRITTEN, "--limit", "5"]]
    assert "--held-out" in stories.WHEN_WRITTEN


def test_the_store_of_the_benchmark_parts_as_the_bot_does() -> None:
    """Articles go into a new story with what they report."""
    store = stories.MemoryStore()
    for number, (title, text) in enumerate(MIXED, 1):
        article = Article(str(number), "", "", title, text)
        reading = read(article)
        alone = tuple(Assignment(None, place) for place in range(len(reading.reports)))
        store.add(article, reading, Decision(Label.UPDATE, None if number == 1 else 1, alone))
    store.weigh_parting(6)
    (pair,) = store.parted
    assert pair == (1, 2)
    own = {number: stored.story_id for number, stored in store.articles.items()}
    assert [own[number] for number in (1, 3, 5)] == [pair[0]] * 3
    assert [own[number] for number in (2, 4, 6)] == [pair[1]] * 3
    assert all(one.story_id == own[one.article_id] for one in store.reports)
