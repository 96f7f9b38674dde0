"""Articles that tell what people remember, and news that only names something past; texts stand beside this."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.novelty import article_of
from news.dates.lookback import is_lookback
from news.dates.remembrance import is_remembrance
from news.reading import read

TEXTS = tomllib.loads((Path(__file__).parent / "remembrance.toml").read_text(encoding="utf-8"))


def ask(row: dict[str, str]) -> tuple[bool, bool]:
    """Return whether an article remembers, and whether it looks back."""
    article = article_of({**row, "outlet": "Gazette", "published": "2024-05-14"})
    assert article.published_at is not None
    day = article.published_at.date()
    reading, horizon = read(article), day - timedelta(days=30)
    return is_remembrance(article, reading, horizon, published_on=day), is_lookback(article, reading, horizon)


@pytest.mark.parametrize("row", TEXTS["old"], ids=lambda row: row["title"])
def test_remembrance(row: dict[str, str]) -> None:
    """What was long ago is told as long ago, though no date stands at its head."""
    assert ask(row)[0]


@pytest.mark.parametrize("row", TEXTS["news"], ids=lambda row: row["title"])
def test_news_of_old_things(row: dict[str, str]) -> None:
    """An act of these days is news, whatever it looks back on."""
    assert ask(row) == (False, False)
