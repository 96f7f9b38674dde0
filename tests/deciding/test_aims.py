"""An article that mentions another story in its last lines opens one of its own, related to it."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from benchmarks.novelty import take_in
from benchmarks.stories import MemoryStore
from news.decision import Decision, Label
from news.model import Article, Precision
from news.reading import read

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parents[1] / "golden" / "asides.toml").read_text("utf-8"))


def _take(store: MemoryStore, row: dict[str, str], outlet: str, day: int) -> Decision:
    text = row["text"].strip().replace("\n", " ")
    article = Article("", "", outlet, row["title"], text, datetime(2023, 5, day, tzinfo=UTC), Precision.DAY)
    return take_in(store, article, read(article))


def _hold(story: str, row: dict[str, str]) -> Decision:
    store = MemoryStore()
    _take(store, CASES["stories"][story], "Morning Ledger", 8)
    return _take(store, row, "Evening Herald", 10)


@pytest.mark.parametrize("row", CASES["mentioned"], ids=lambda row: row["title"])
def test_what_it_closes_with_joins_no_story(row: dict[str, str]) -> None:
    """A watch that dismissed the disaster would hear nothing of the contract either."""
    decision = _hold(row["story"], row)
    assert decision.label is Label.NEW
    assert decision.story_id is None
    assert decision.related_story_ids == (1,)


@pytest.mark.parametrize("row", CASES["followed"], ids=lambda row: row["title"])
def test_what_goes_on_in_other_words_does(row: dict[str, str]) -> None:
    assert _hold(row["story"], row).story_id == 1


def test_a_scene_before_the_news_is_no_other_matter() -> None:
    """What an article is about may stand in its second sentence."""
    text = (
        "The dogs found nothing. In Congonhas, where a dam of the mining company Ferrosul burst on Monday, nine men "
        "are still missing. Rain is forecast. Fire crews take turns every three hours."
    )
    assert _hold("dam", {"title": "A hillside of mud", "text": text}).story_id == 1


@pytest.mark.parametrize(
    ("title", "text", "story"),
    [
        (
            "El keniano Chepkwony gana el medio maratón de Lisboa",
            (
                "Lisboa.- El keniano Dickson Chepkwony se impuso el miércoles en el medio maratón de Lisboa. Atacó a "
                "falta de dos kilómetros, ya en la recta de Belém. En mujeres venció Almaz Gebre. El atletismo keniano "
                "llegaba sacudido por el positivo por EPO de Josphat Barmasai, suspendido el lunes."
            ),
            None,
        ),
        (
            "Suspenden al maratonista keniano Barmasai por EPO",
            (
                "Nairobi.- La Unidad de Integridad del Atletismo suspendió el lunes al maratonista keniano Josphat "
                "Barmasai por un positivo por EPO. La muestra se tomó en Iten el 22 de abril. Afronta cuatro años de "
                "sanción. La federación tomó nota de la decisión."
            ),
            1,
        ),
    ],
)
def test_what_is_told_abroad_is_only_mentioned_too(title: str, text: str, story: int | None) -> None:
    """A story that is told in another language alone is joined by names, of which the opening has to have one."""
    store = MemoryStore()
    told = {
        "title": "Kenyan marathoner Barmasai suspended for EPO",
        "text": "The Athletics Integrity Unit suspended the Kenyan marathon runner Josphat Barmasai on Monday after he "
        "tested positive for the blood booster EPO. He gave the sample in Iten on April 22. He faces a ban of four "
        "years. Athletics Kenya said it had taken note of the decision.",
    }
    _take(store, told, "Morning Ledger", 8)
    assert _take(store, {"title": title, "text": text}, "Diario del Atletismo", 10).story_id == story
