"""A brief article goes on with a small story by what it presupposes, and the like of elsewhere does not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.stories import MemoryStore
from news.model import Article, Precision
from news.novelty import decide
from news.reading import read

HELD = (
    (
        "Beer firm Halloran gets bid",
        (
            "The brewer Halloran said on Tuesday that it had received an offer of 640 million pounds from Danish group "
            "Kvist. Halloran's board will meet on Friday to look at it."
        ),
    ),
    (
        "Dock chief held over missing containers",
        (
            "Police in Port Lessing on Tuesday arrested the head of the container terminal, Anders Mokke, 49, after 26 "
            "containers of copper vanished from his yard. He is suspected of theft."
        ),
    ),
    (
        "Car ferry hits pier at Tavna",
        (
            "The car ferry Ilmatar struck the pier at Tavna on Lake Orve on Tuesday morning, injuring 11 "
            "people, police "
            "said. The ferry carried 140 passengers and 32 cars."
        ),
    ),
)


def _article(day: int, title: str, text: str) -> Article:
    at = datetime(2025, 5, day, 12, tzinfo=UTC)
    return Article("", "", "Wire", title, text, published_at=at, published_precision=Precision.DAY)


@pytest.mark.parametrize(
    ("story", "day", "title", "text"),
    [
        (
            1,
            9,
            "Directors send Danes away",
            "The board of Halloran turned down the approach from Kvist as too low.",
        ),
        (
            2,
            26,
            "Seventeen charges against terminal boss",
            (
                "Prosecutors have charged Anders Mokke with 17 counts of theft. The trial over copper of Port "
                "Lessing is "
                "to open in June."
            ),
        ),
        (
            None,
            27,
            "Ferry aground on Lake Orve",
            (
                "The passenger ferry Sampo ran aground off Kella on Lake Orve on Tuesday evening with 60 "
                "people on board, "
                "police said. It was the second ferry accident on the lake this month, "
                "after the Ilmatar struck a pier on 6 May."
            ),
        ),
        (
            None,
            27,
            "Distiller Gant gets bid",
            (
                "The distiller Gant said on Tuesday that it had received an offer of 310 million pounds from "
                "French group "
                "Olivet. Gant's board will meet on Monday to look at it."
            ),
        ),
    ],
)
def test_all_signs_together(story: int | None, day: int, title: str, text: str) -> None:
    store = MemoryStore()
    for held in HELD:
        first = _article(6, *held)
        reading = read(first)
        found = store.find_candidates(first, reading)
        store.add(first, reading, decide(first, reading, found, now=datetime(2025, 5, 6, tzinfo=UTC)))
    article = _article(day, title, text)
    reading = read(article)
    found = store.find_candidates(article, reading)
    assert decide(article, reading, found, now=datetime(2025, 5, day, tzinfo=UTC)).story_id == story
