"""Two sentences of one article on one event, and those that only look alike."""

from __future__ import annotations

import pytest

from news.model import Article
from news.reading import read
from news.timelines.restating import is_told_twice
from tests.store.handlers_world import START


def is_twice(first: str, second: str) -> bool:
    text = f"{first} The weather was fine over the whole of the coast, as it mostly is. {second}"
    article = Article("1", "", "Gazette", "News of the week", text, published_at=START)
    reports = read(article).reports
    pairs = [
        is_told_twice(here, there)
        for at, here in enumerate(reports)
        for there in reports[:at]
        if here.quote in second and there.quote in first
    ]
    assert pairs, reports
    return any(pairs)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Russia is sending two Tu-160 bombers to Venezuela in the week of 9 March 2026, officials said.",
            "Two Tu-160 bombers of the Russian air force will fly to Venezuela in the week of 9 March 2026.",
        ),
        (
            "Russia deployed 300 soldiers to Syria on 10 March 2026.",
            "Some 300 Russian soldiers arrived in Syria on 10 March 2026, a spokesman said.",
        ),
        (
            "Sergei Lavrov met Mike Pompeo in Geneva on 10 March 2026.",
            "Pompeo held talks with Lavrov on 10 March 2026, the embassy said.",
        ),
    ],
)
def test_one_event_in_two_wordings(first: str, second: str) -> None:
    assert is_twice(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (  # it came and went
            "Two Russian Tu-160 bombers landed in Venezuela on 10 March 2026.",
            "The Russian Tu-160 bombers left Venezuela on 10 March 2026.",
        ),
        (  # two days
            "Russia sent two Tu-160 bombers to Venezuela on 10 March 2026.",
            "Russia sent two Tu-160 bombers to Venezuela on 11 March 2026.",
        ),
        (  # two numbers
            "Russia sent two Tu-160 bombers to Venezuela on 10 March 2026.",
            "Russia sent four Tu-160 bombers to Venezuela on 10 March 2026.",
        ),
        (  # another one
            "A Russian Tu-160 bomber landed in Venezuela on 10 March 2026.",
            "Another Russian Tu-160 bomber landed in Venezuela on 10 March 2026.",
        ),
        (  # two towns
            "Russia sent two Tu-160 bombers to Venezuela on 10 March 2026.",
            "Russia sent two Tu-160 bombers to Syria on 10 March 2026.",
        ),
        (  # two types
            "Russia sent two Tu-160 bombers to Venezuela on 10 March 2026.",
            "Russia sent an Il-76 transport to Venezuela on 10 March 2026.",
        ),
        (  # two meetings
            "Lavrov met Pompeo in Geneva on the morning of 10 March 2026.",
            "Lavrov met Pompeo in Geneva on the evening of 10 March 2026.",
        ),
        (  # two statements
            "Lavrov accused Pompeo on 10 March 2026 of a coup.",
            "Lavrov accused Pompeo on 10 March 2026 of theft.",
        ),
    ],
)
def test_what_only_looks_alike_stays_two(first: str, second: str) -> None:
    assert not is_twice(first, second)
