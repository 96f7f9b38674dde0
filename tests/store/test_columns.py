"""Columns of brief items: known where each item is held, news where two of them are not; texts stand beside this."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.jobs.ingest import ingest_article
from news.decision import Decision, Label
from news.model import Article, Precision
from tests.store.handlers_world import World

TEXTS = tomllib.loads((Path(__file__).parent / "columns.toml").read_text(encoding="utf-8"))


def _article(title: str, text: str, *, day: int, number: int) -> Article:
    at = datetime(2025, 3, day, 8 + number, tzinfo=UTC)
    return Article(f"{day}-{number}", "", f"Outlet {number}", title, text, at, Precision.DAY)


def _take(world: World, row: dict[str, str]) -> Decision:
    for number, held in enumerate(TEXTS["held"][row["language"]]):
        ingest_article(_article("", held, day=10, number=number), world.ports, alerts=False)
    column = _article(row["title"], row["text"], day=11, number=9)
    decision = ingest_article(column, world.ports, alerts=False).decision
    assert decision is not None
    return decision


@pytest.mark.parametrize("row", TEXTS["known"], ids=lambda row: row["title"])
def test_a_column_of_held_items_is_known(world: World, row: dict[str, str]) -> None:
    """It joins no story, names those that it retells, and says since when the first is known."""
    decision = _take(world, row)
    assert (decision.label, decision.story_id) == (Label.KNOWN, None)
    assert len(decision.related_story_ids) >= 3
    assert decision.known_since is not None


@pytest.mark.parametrize("row", TEXTS["news"], ids=lambda row: row["title"])
def test_what_a_column_adds_is_not_swallowed(world: World, row: dict[str, str]) -> None:
    assert all(reason.step != "column" for reason in _take(world, row).reasons)
