"""The drawn example of docs/novelty.md is what the program says of these articles, held against the shipped seeds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.jobs.ingest import ingest_article
from handlers.jobs.seed import seed_store
from handlers.ports import Ports
from news.decision import Decision, FactKind, Label
from news.model import Article, Precision
from tests.new_stores import open_new_store
from tests.store.handlers_world import make_world

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ports]:
    with open_new_store(tmp_path_factory.mktemp("novelty") / "wirewatch.db") as store:
        world = make_world(store)
        seed_store([ROOT / "seeds"], world.ports, report=lambda *_: None)
        yield world.ports


def decide(ports: Ports, day: str, title: str, text: str) -> tuple[Decision, str]:
    """Return the decision on an article, and the title of the story that it joins or is related to."""
    at = datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=UTC)
    article = Article(day, "", "Andes Wire", title, text, published_at=at, published_precision=Precision.DAY)
    result = ingest_article(article, ports, alerts=False)
    with ports.store.read() as tx:
        decision = tx.articles.get_decision(result.article_id)
        related = decision.story_id or next(iter(decision.related_story_ids), None)
        first = tx.articles.list_of_story(related)[0].article.title if related else ""
    return decision, first


def test_the_bombers_arrive(ports: Ports) -> None:
    text = (
        "CARACAS (Reuters) - Two Russian Tu-160 strategic bombers landed at Maiquetia airport near Caracas on Monday, "
        "Venezuela's defence minister said. About 100 Russian pilots and crew arrived with them."
    )
    decision, story = decide(ports, "2018-12-11", "Russian bombers land near Caracas", text)
    assert decision.label is Label.UPDATE
    assert "Tu-160" in story
    status = [fact for fact in decision.new if fact.kind is FactKind.STATUS and fact.before is not None]
    assert [(fact.before.value, fact.after.value) for fact in status if fact.before] == [("planned", "happened")]


def test_four_aircraft_and_not_two(ports: Ports) -> None:
    text = (
        "Four Russian aircraft, not two, carried troops and equipment to Caracas on Saturday, a spokesman for the "
        "Russian embassy said on Tuesday."
    )
    decision, _ = decide(ports, "2019-03-26", "Moscow speaks of four aircraft in Caracas", text)
    assert decision.label is Label.DISPUTED
    (dispute,) = decision.disputes
    assert (dispute.kind, dispute.here.value, dispute.there.value) == (FactKind.FIGURE, "Four Russian", "two")
    assert dispute.there.quote.startswith("Two aircraft of the Russian Air Force landed in Caracas")


def test_the_landing_is_told_again_years_later(ports: Ports) -> None:
    text = "Two Russian air force planes landed in Caracas on 23 March 2019 with nearly 100 troops on board."
    decision, _ = decide(ports, "2025-11-19", "How Russian planes came to Caracas", text)
    assert decision.label is Label.OLD_EVENT
    assert decision.known_since is not None
    assert decision.known_since.published_at is not None
    assert decision.known_since.published_at.date().isoformat() == "2019-03-25"


def test_another_flight(ports: Ports) -> None:
    text = "A Russian Ilyushin Il-76 cargo aircraft landed in Caracas on Wednesday, flight tracking data showed."
    decision, _ = decide(ports, "2025-11-20", "Another Il-76 reaches Caracas", text)
    assert decision.label is Label.NEW
