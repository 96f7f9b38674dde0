"""Whether an article contradicts another one, by all signs together."""

from __future__ import annotations

import tomllib
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from news.disputes.judging.judge import accounts_from, contradicts_from, judge, may_contradict, stands_from
from news.disputes.judging.lines import says
from news.model import Article

PAIRS = tomllib.loads((Path(__file__).parent / "judged_pairs.toml").read_text(encoding="utf-8"))["pair"]


def _article(row: list[str]) -> Article:
    outlet, published_at, title, text = row
    return Article(
        source_id="",
        url=f"https://{outlet.lower().replace(' ', '-')}.example/{published_at}",
        title=title,
        text=text,
        outlet=outlet,
        published_at=datetime.fromisoformat(published_at),
    )


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["id"] for pair in PAIRS])
def test_judged(pair: dict[str, Any]) -> None:
    verdict = judge(_article(pair["new"]), _article(pair["stored"]))[0]
    if pair["is_disputed"]:
        assert verdict.score > stands_from()
    else:
        assert verdict.score < contradicts_from()


def test_what_contradicts_outweighs_what_only_seems_to() -> None:
    """Of every two pairs of the table, one of each class, the contradiction has the higher score in seven of eight."""
    scores = [(pair["is_disputed"], judge(_article(pair["new"]), _article(pair["stored"]))[0].score) for pair in PAIRS]
    told = [score for is_disputed, score in scores if is_disputed]
    others = [score for is_disputed, score in scores if not is_disputed]
    in_order = sum(here > there for here in told for there in others)
    assert in_order >= 7 / 8 * len(told) * len(others)


def test_what_cannot_contradict_is_seen_before_lines_are_compared() -> None:
    """No two articles are passed over of which a verdict would say that they contradict each other; some others are."""
    articles = [_article(pair[side]) for pair in PAIRS for side in ("new", "stored")]
    pairs = [pair for here, there in pairwise(articles) for pair in ((here, there), (there, here))]
    passed_over = [pair for pair in pairs if not may_contradict(*pair)]
    limits = {of_brief: min(contradicts_from(of_brief=of_brief), accounts_from()) for of_brief in (False, True)}
    plainest = [judge(*pair)[0] for pair in passed_over]
    assert passed_over
    assert all(verdict.score <= limits[verdict.is_of_brief] for verdict in plainest)


@pytest.mark.parametrize(
    ("text", "is_denial"),
    [
        ("The minister rejected the report as invented.", True),
        ("The minister rejected calls to resign over it.", False),
        ("The company dismissed the union's demand for a pause.", False),
        ("El ministro rechazó las acusaciones.", True),
        ("El ministro rechazó la propuesta del sindicato.", False),
        ("Завод отверг выводы инспекции.", True),
        ("Завод отверг требование профсоюза.", False),
    ],
)
def test_who_rejects_a_demand_denies_nothing(text: str, *, is_denial: bool) -> None:
    assert says("denies", text) is is_denial
