"""The ablation switches off what is there: every question that it answers plainly is asked where it says."""

from __future__ import annotations

import importlib
from itertools import islice

import pytest

from benchmarks.ablation import ROOMS, Room, iter_disputing, measure


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_stands_and_is_asked(room: Room) -> None:
    importlib.import_module(f"news.{room.home.replace('/', '.')}")
    assert all(hasattr(importlib.import_module(module), room.question) for module in room.asked)


def test_plain_answers_are_taken_by_who_asks() -> None:
    """A room that has something to say is switched off without harm to the others."""
    pairs = list(islice(iter_disputing("a"), 3))
    right, worth = measure(pairs)
    assert len(right) == len(pairs)
    assert worth.keys() == {room.name for room in ROOMS}
    assert worth["signs of going on"]["heard", True]
