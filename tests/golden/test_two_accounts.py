"""Two accounts of one event in words of their own: what cannot both be right is disputed, and nothing else."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks.disputes import decide_dispute

_TEXTS = Path(__file__).with_name("two_accounts.toml")


@cache
def _pairs() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(_TEXTS.read_text(encoding="utf-8"))["pair"])


def _is_told(pair: dict[str, Any]) -> bool:
    sides = {
        side: dict(zip(("published", "title", "text"), pair[side], strict=True), outlet=outlet)
        for side, outlet in (("stored", "Alpha Courier"), ("new", "Beta Tribune"))
    }
    return bool(decide_dispute(sides).disputes)


@pytest.mark.parametrize("pair", [one for one in _pairs() if one["is_disputed"]], ids=lambda one: one["name"])
def test_what_cannot_both_be_right_is_told(pair: dict[str, Any]) -> None:
    """A figure, day, place, doer or state of one event that excludes the other account's is told as a dispute."""
    assert _is_told(pair)


@pytest.mark.parametrize("pair", [one for one in _pairs() if not one["is_disputed"]], ids=lambda one: one["name"])
def test_what_can_both_be_right_is_not_told(pair: dict[str, Any]) -> None:
    """A part, a later state, another act or another thing beside it contradicts nothing."""
    assert not _is_told(pair)
