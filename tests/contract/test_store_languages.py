"""Articles in English, Spanish and Russian on one event find each other in a real database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from news.decision import Decision, Label
from news.matching.assignments import assignments_of, place_reports
from news.matching.world import World
from news.model import Article, Precision
from news.novelty import decide
from news.reading import read
from storage.engine import SqlStore
from tests.new_stores import open_new_store

NOW = datetime(2024, 5, 8, 12, tzinfo=UTC)
ENGLISH = (
    "Lightning struck the oil depot of Verkhny Barsuk in the Samara region of Russia on Tuesday and set two tanks on "
    "fire, the regional governor, Arkady Losev, said. Four workers were injured."
)
SPANISH = (
    "Un rayo cayó el martes sobre el depósito de petróleo de Verjni Barsuk, en la región rusa de Samara, e incendió "
    "dos tanques, informó el gobernador Arkadi Lósev. Cuatro trabajadores resultaron heridos."
)
RUSSIAN = (
    "Молния попала во вторник в нефтебазу Верхний Барсук в Самарской области и подожгла два резервуара, сообщил "
    "губернатор Аркадий Лосев. Ранены четверо рабочих."
)
OTHER_ES = "El gobernador de Samara inauguró el lunes un puente sobre el Volga, informó la agencia rusa."


def make(text: str, language: str, *, title: str = "", days: int = 0) -> Article:
    return Article(
        "", "", f"Outlet {language}", title or text.partition(",")[0], text, language=language,
        published_at=NOW - timedelta(days=days), published_precision=Precision.DAY,
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_new_store(tmp_path / "wirewatch.db") as opened:
        for number in range(80):
            subject = ("budget", "harvest", "school", "tram")[number % 4]
            text = f"Russia said on Monday that its {subject} plan number {number} for Moscow and Samara was ready."
            add(opened, make(text, "en", days=number % 9))
        yield opened


def add(store: SqlStore, article: Article) -> int:
    reading = read(article)
    placed = place_reports(reading.reports, (), World(), story_id=None)
    with store.write() as tx:
        decision = Decision(Label.NEW, None, assignments_of(placed))
        return tx.articles.add(article, reading, decision, now=NOW, is_seed=False)


def judge(store: SqlStore, article: Article) -> tuple[list[int], Decision]:
    reading = read(article)
    with store.read() as tx:
        candidates = tx.articles.find_candidates(article, reading)
    return [one.id for one in candidates.related], decide(article, reading, candidates, now=NOW)


TEXTS = {"en": ENGLISH, "es": SPANISH, "ru": RUSSIAN}
WAYS = [(one, other) for one in TEXTS for other in TEXTS if one != other]


@pytest.mark.parametrize(("stored", "new"), WAYS)
def test_a_retelling_in_another_language_joins_the_story(store: SqlStore, stored: str, new: str) -> None:
    """Whichever comes first: the other is a candidate among the first, joins its story and tells nothing new."""
    number = add(store, make(TEXTS[stored], stored))
    with store.read() as tx:
        story_id = tx.articles.get(number).story_id
    related, decision = judge(store, make(TEXTS[new], new))
    assert number in related[:5]
    assert decision.story_id == story_id
    assert decision.label is Label.KNOWN, decision.reasons


def test_another_event_at_the_same_place_opens_its_own(store: SqlStore) -> None:
    add(store, make(ENGLISH, "en"))
    assert judge(store, make(OTHER_ES, "es"))[1].label is Label.NEW


def test_a_new_figure_in_another_language_is_an_update(store: SqlStore) -> None:
    """Two outlets, the toll has grown by a day later."""
    number = add(store, make(ENGLISH, "en"))
    text = (
        "El número de heridos en el incendio del martes en el depósito de Verjni Barsuk, en la región de Samara, subió "
        "a nueve, informó el miércoles el gobernador Arkadi Lósev."
    )
    decision = judge(store, make(text, "es"))[1]
    with store.read() as tx:
        assert decision.story_id == tx.articles.get(number).story_id
    assert decision.label is Label.UPDATE


def test_a_denial_in_another_language_is_a_dispute(store: SqlStore) -> None:
    add(store, make("Ukrainian drones attacked the Barsuk oil depot in Samara on Tuesday, the governor said.", "en"))
    text = (
        "Министерство обороны РФ опровергло сообщения о том, что беспилотники атаковали нефтебазу в Самаре во вторник."
    )
    assert judge(store, make(text, "ru"))[1].label is Label.DISPUTED
