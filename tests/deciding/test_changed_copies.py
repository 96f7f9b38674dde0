"""A text in the words of a stored one: a reprint, unless a fact in it differs."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from news.decision import Decision
from tests.two_texts import decide_on

_DAY = datetime(2025, 3, 14, tzinfo=UTC)


@cache
def _cases() -> list[dict[str, Any]]:
    path = Path(__file__).with_name("changed_copies.toml")
    return list(tomllib.loads(path.read_text(encoding="utf-8"))["case"])


def _decide(case: dict[str, Any]) -> Decision:
    outlets = "Morning Courier", "Morning Courier" if case.get("is_own") else "Valley Gazette"
    days = _DAY.date().isoformat(), (_DAY + timedelta(days=case.get("days", 0))).date().isoformat()
    titles = case["before"].split(".")[0][:60], case["after"].split(".")[0][:60]
    return decide_on(case["before"], case["after"], titles=titles, outlets=outlets, published=days)


@pytest.mark.parametrize("case", _cases(), ids=lambda case: str(case["name"]))
def test_a_changed_fact_of_a_copy_is_told_and_another_wording_is_not(case: dict[str, Any]) -> None:
    """What another outlet has otherwise is disputed, what the same outlet has is revised; the rest is a reprint."""
    decision = _decide(case)
    assert decision.label.value in case["labels"], decision.reasons
