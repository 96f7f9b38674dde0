"""What is written over an account of another happening keeps its words and changes its values."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.novelty import take_in
from benchmarks.stories import MemoryStore
from news.deciding.nearest import FEATURES, describe_nearest
from news.decision import Label
from news.model import Article, Precision
from news.novelty import decide
from news.reading import read

APRIL = (
    "Norland central bank cuts key rate to 7.75 per cent",
    (
        "Norland's central bank lowered its key interest rate on Tuesday by half a point to 7.75 "
        "per cent. Inflation stood "
        "at 3.6 per cent in March.\n\n"
        "Deputy governor Olaf Brenn said there was room for further small steps. The crown gained "
        "0.4 per cent to 39 to the "
        "euro. The council voted seven to two."
    ),
)
MAY = (
    "Norland central bank cuts key rate to 7.25 per cent",
    (
        "Norland's central bank lowered its key interest rate on Tuesday by half a point to 7.25 "
        "per cent. Inflation stood "
        "at 3.7 per cent in April.\n\n"
        "Deputy governor Olaf Brenn said there was room for further small steps. The crown lost "
        "0.2 per cent to 38 to the "
        "euro. The council voted six to three."
    ),
)
UNION = (
    "Norland unions denounce rate cut",
    (
        "Norland's unions said on Wednesday that Tuesday's cut of the key interest rate to 7.75 "
        "per cent came too late for "
        "the shipyards.\n\n"
        "The central bank lowered its rate by half a point. Inflation stood at 3.6 per cent in March."
    ),
)


def _article(told: tuple[str, str], day: int, month: int = 4, outlet: str = "Norland Post") -> Article:
    at = datetime(2024, month, day, 12, tzinfo=UTC)
    return Article("", "", outlet, *told, published_at=at, published_precision=Precision.DAY)


def _signs(told: tuple[str, str], outlet: str = "Norland Post", gap: float = 3.3) -> dict[str, float]:
    store, held = MemoryStore(), _article(APRIL, 23)
    take_in(store, held, read(held))
    article = _article(told, 21, 5, outlet)
    nearest = store.find_candidates(article, read(article)).related[0]
    return describe_nearest(article, nearest, language="en", gap=gap)


def test_the_next_edition_moves_the_values_of_the_last() -> None:
    signs = _signs(MAY)
    assert set(signs) == set(FEATURES)
    assert signs["moved"] > 1
    assert signs["title_moved"]


UNDERGROUND = (
    "Las líneas {} amanecieron este {} sin servicio por un paro de 24 horas de los delegados. El resto funciona."
)
DEPOT = "Ночью {} июля в {} районе после атаки беспилотников загорелась нефтебаза, сообщил штаб. Пострадавших нет."


@pytest.mark.parametrize(
    ("language", "title", "text", "values"),
    [
        ("es", "Paro del metro", UNDERGROUND, (("B y E", "martes"), ("A y C", "jueves"))),
        ("ru", "Загорелась нефтебаза", DEPOT, ((22, "Приморском"), (28, "Кавказском"))),
    ],
)
def test_other_values_in_spanish_and_russian(
    language: str, title: str, text: str, values: tuple[tuple[object, ...], ...]
) -> None:
    store, held = MemoryStore(), _article((title, text.format(*values[0])), 23)
    take_in(store, held, read(held))
    article = _article((title, text.format(*values[1])), 29)
    nearest = store.find_candidates(article, read(article)).related[0]
    assert describe_nearest(article, nearest, language=language, gap=2.0)["moved"] > 0


def test_who_goes_on_keeps_them() -> None:
    signs = _signs(UNION)
    assert not signs["moved"]
    assert not signs["title_moved"]


def test_days_count_between_two_articles_of_one_outlet() -> None:
    assert _signs(MAY)["same_outlet_gap"] == 3.3
    assert _signs(MAY, outlet="Fjord Weekly")["same_outlet_gap"] == 0.0


def test_the_next_decision_on_the_rate_opens_a_story() -> None:
    labels = []
    for told, day, month in ((MAY, 21, 5), (UNION, 24, 4)):
        store, held = MemoryStore(), _article(APRIL, 23)
        take_in(store, held, read(held))
        article = _article(told, day, month)
        reading = read(article)
        found = store.find_candidates(article, reading)
        labels.append(decide(article, reading, found, now=datetime(2024, 5, 21, tzinfo=UTC)).label)
    assert labels[0] is Label.NEW
    assert labels[1] in {Label.UPDATE, Label.KNOWN}
