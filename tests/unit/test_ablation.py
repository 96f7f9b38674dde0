"""The ablation switches off what is there: every question that it answers plainly is asked where it says."""

from __future__ import annotations

import importlib

import pytest

from benchmarks.ablation import ROOMS, Room


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_stands_and_is_asked(room: Room) -> None:
    importlib.import_module(f"news.{room.home.replace('/', '.')}")
    assert all(hasattr(importlib.import_module(module), room.question) for module in room.asked)
