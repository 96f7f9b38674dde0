"""Whether an article tells anything that the story has not: news in a word or two, and retellings in other words."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks.disputes import decide_dispute
from benchmarks.novelty import article_of
from news.deciding.counts import is_count, is_count_held
from news.deciding.telling import describe_sentences
from news.decision import Candidates, Label, StoredArticle
from news.reading import read
from news.stories.case import open_case
from news.stories.holdings import Holdings
from news.words.measures import is_held, measures_in

STORED = {
    "outlet": "Harz Echo",
    "published": "2025-03-10T08:00:00Z",
    "title": "Four ill in Goslar",
    "text": "Four people fell ill in Goslar on Monday. The youngest is eleven months old. The town has 61 wells.",
}


@cache
def _cases() -> list[dict[str, Any]]:
    path = Path(__file__).with_name("known_or_new.toml")
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["case"])


@pytest.mark.parametrize("case", _cases(), ids=lambda case: str(case["name"]))
def test_what_an_article_adds(case: dict[str, Any]) -> None:
    """News in the words of the story is told; what follows from it, rounds it or translates it is not."""
    decision = decide_dispute(case)
    assert decision.label.value == case["label"], decision.reasons


def _held() -> Holdings:
    article = article_of(STORED)
    moment = article.published_at
    assert moment is not None
    return Holdings([StoredArticle(1, article, 1, Label.NEW, moment, "en", {}, {}, ())], (), {})


def test_people_are_not_held_by_the_months_of_an_age() -> None:
    sentence = "Eleven people fell ill."
    assert is_count(measures_in(sentence)[0], sentence, "en")
    assert not is_count(measures_in("A boy of eleven, he said.")[0], "A boy of eleven, he said.", "en")
    assert not is_count_held(measures_in(sentence)[0], sentence, _held(), "en")


def test_a_count_is_held_where_the_story_has_it_of_the_same() -> None:
    for sentence, is_known in (("Some 60 wells were tested.", True), ("Some 60 cows were tested.", False)):
        assert is_count_held(measures_in(sentence)[0], sentence, _held(), "en") is is_known


@pytest.mark.parametrize(
    ("here", "there", "is_same"),
    [
        ("less than a dozen votes", "nine votes", True),
        ("menos de cien hectáreas", "84 hectáreas", True),
        ("less than a dozen votes", "four votes", False),
        ("less than a dozen votes", "twenty votes", False),
        ("a dozen votes", "nine votes", False),
    ],
)
def test_a_bound_from_above_holds_what_lies_close_below(here: str, there: str, is_same: bool) -> None:  # noqa: FBT001 - a table
    assert is_held(measures_in(here)[0], measures_in(there)) is is_same


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("By Gerta Moll\n\nThe wells are clean.", "The wells are clean."),
        ("ГОСЛАР.\n\nКолодцы чистые.", "Колодцы чистые."),
        ("The wells are clean.\n\nThe end", "The wells are clean."),
        ("Wells clean", "Wells clean"),
    ],
)
def test_a_byline_opens_nothing(text: str, first: str) -> None:
    article = article_of({**STORED, "text": text})
    reading = read(article)
    moment = article.published_at
    assert moment is not None
    case = open_case(article, reading, Candidates(), now=moment, old_event_days=30)
    tellings = describe_sentences(case, _held())
    assert tellings[0].sentence.text == first
    assert [one.features["lead"] for one in tellings] == [1.0, *[0.0] * (len(tellings) - 1)]
