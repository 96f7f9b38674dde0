"""Articles that tell of the past, and news that only names something past; texts stand beside this."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from benchmarks.novelty import article_of
from news.dates.narration import is_narrated_past
from news.reading import read

HERE = Path(__file__).parent
REMEMBERED = tomllib.loads((HERE / "remembrance.toml").read_text(encoding="utf-8"))
TOLD = tomllib.loads((HERE / "told_past.toml").read_text(encoding="utf-8"))


def is_past(row: dict[str, str]) -> bool:
    """Return whether an article is told of the past; one without a day came out on 14 May 2024."""
    article = article_of({"published": "2024-05-14", **row, "outlet": "Gazette"})
    assert article.published_at is not None
    return is_narrated_past(article, read(article), article.published_at.date() - timedelta(days=30))


@pytest.mark.parametrize("row", REMEMBERED["old"] + TOLD["old"], ids=lambda row: row["title"])
def test_what_is_narrated_lies_long_past(row: dict[str, str]) -> None:
    """What was long ago is told as long ago, wherever its date stands and whatever the last sentence does today."""
    assert is_past(row)


@pytest.mark.parametrize("row", REMEMBERED["news"] + TOLD["news"], ids=lambda row: row["title"])
def test_news_of_old_things(row: dict[str, str]) -> None:
    """An act of these days is news, whatever it looks back on."""
    assert not is_past(row)
