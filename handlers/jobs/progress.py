"""What seeding tells of itself while it runs and when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeedProgress:
    """One document is done: ``outcome`` is ``added``, ``updated``, ``unchanged`` or the reason why it failed."""

    name: str
    outcome: str
    n_done: int
    n_files: int


Report = Callable[[SeedProgress], None]
"""Told of each document as it is done."""


@dataclass(frozen=True, slots=True)
class SeedSummary:
    """What loading gave; ``failures`` names each file that could not be loaded, with the reason."""

    n_added: int = 0
    n_updated: int = 0
    n_unchanged: int = 0
    failures: tuple[tuple[str, str], ...] = ()
