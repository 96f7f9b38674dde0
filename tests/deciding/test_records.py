"""A record since some year is news of these days: the year dates nothing and makes no article an old event."""

from __future__ import annotations

import pytest

from benchmarks.stories import MemoryStore, make_article
from news.decision import Label
from news.novelty import decide
from news.reading import read
from news.words.records import bounds_record, heads_record

RECORDS = [
    "The flood that hit Korvalla on Monday is the worst since 2011, the mayor said.",
    "Inflation in Brenland rose to 9 percent, the highest since 1998, the central bank said.",
    "Korvalla City won the league for the first time since 2003 on Sunday.",
    "Brenland suffers its worst drought since the summer of 2011.",
    "No such storm has been seen since 2011.",
    "La inundación de Puerto Lindo es la peor desde 2011, dijo el alcalde.",
    "La inflación llegó al 9 por ciento, la más alta desde 1998, según el banco central.",
    "El Deportivo Lindo ganó la liga por primera vez desde el año 2003.",
    "La erupción del volcán Ceniza, la peor desde la de 2011, obligó a evacuar a 300 personas.",
    "No se veía una sequía así desde 2011.",
    "Впервые с 2011 года обмелела река Мира, сообщили спасатели.",
    "Наводнение в Зареченске стало самым сильным с 2011 года, заявил мэр.",
    "Инфляция достигла 9 процентов, максимума с 1998 года, сообщил центробанк.",
    "Крупнейший с 2011 года пожар уничтожил 40 домов в Зареченске.",
    "Такого наводнения не было с 2011 года, заявил мэр Зареченска.",
]

OTHERS = [
    "The mill has been shut since 2011.",
    "He has lived in Korvalla since 2011.",
    "The worst flood of Korvalla was in 2011.",
    "First, the mill was sold in 2011.",
    "More than 200 people have died there since 2011.",
    "It was the worst year; the mill closed. Since 2011 nobody has worked there.",
    "La fábrica está cerrada desde 2011.",
    "Más de 200 personas murieron allí desde 2011.",
    "Vive en Puerto Lindo desde 2011.",
    "La peor inundación fue la de 2011.",
    "Завод закрыт с 2011 года.",
    "Он живёт в Зареченске с 2011 года.",
    "С 2011 года там погибли 200 человек.",
    "Впервые реку перекрыли в 2011 году.",
]


def at_year(text: str) -> int:
    return next(text.index(year) for year in ("2011", "1998", "2003") if year in text)


@pytest.mark.parametrize("text", RECORDS)
def test_since_when_something_is_a_record(text: str) -> None:
    assert bounds_record(text, at_year(text))
    article = make_article(
        {"id": "x", "outlet": "Post", "published_at": "2026-03-15T10:00:00", "title": text.rstrip("."), "text": text}
    )
    reading, store = read(article), MemoryStore()
    assert article.published_at is not None
    assert all(one.when.first_on is None or one.when.first_on.year == 2026 for one in reading.reports)
    found = decide(article, reading, store.find_candidates(article, reading), now=article.published_at)
    assert found.label is Label.NEW


@pytest.mark.parametrize("text", OTHERS)
def test_other_dates_stay_dates(text: str) -> None:
    assert not bounds_record(text, at_year(text))


def test_a_headline_with_a_record_is_of_these_days() -> None:
    """What an article under it tells of the year itself is background."""
    text = "In 2011 the Mire flooded half of Korvalla. The flood now is the worst since then. It killed three people."
    article = make_article(
        {
            "id": "x",
            "outlet": "Post",
            "published_at": "2026-03-15T10:00:00",
            "title": "Worst flood since 2011",
            "text": text,
        }
    )
    reading, store = read(article), MemoryStore()
    assert article.published_at is not None
    found = decide(article, reading, store.find_candidates(article, reading), now=article.published_at)
    assert (heads_record(article.title), found.label) == (True, Label.NEW)
    assert not heads_record("The flood of 2011")
