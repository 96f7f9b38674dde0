"""What the package answers: that it is another event of the kind, and why.

Owns the reasons. Must never look for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Another", "Why"]


class Why(StrEnum):
    """Why two accounts are of two events."""

    COUNTED = "counted"
    """It says so itself: a second one, another, again."""
    LATER = "later"
    """The act has another day than all that was told before."""
    SIZE = "size"
    """A size that is measured, such as a magnitude, is another."""
    FORMULA = "formula"
    """In the same words, two of number, name, day and hour are others."""


@dataclass(frozen=True, slots=True)
class Another:
    """Another event of the kind: why it is taken for one, and the words that say so."""

    why: Why
    quote: str
