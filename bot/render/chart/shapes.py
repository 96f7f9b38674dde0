"""What a picture is made of: plain shapes in pixels, x to the right and y downwards, colours by role.

Owns no output. A role is a key of ``themes.PALETTES``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How bold letters are; the value is the ending of the font file."""

    REGULAR = "Regular"
    SEMIBOLD = "Semibold"
    BOLD = "Bold"


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle; ``fill`` or ``stroke`` empty leaves that out."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 0
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle around (x, y)."""

    x: float
    y: float
    radius: float
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 0


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed outline, its corners in order."""

    points: tuple[tuple[float, float], ...]
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    """An open line through points in order, with round ends."""

    points: tuple[tuple[float, float], ...]
    stroke: str
    stroke_width: float


@dataclass(frozen=True, slots=True)
class Label:
    """One line of words; (x, y) is where the base line begins. ``width`` is what the font takes for it.

    ``rise`` and ``fall`` are how far its letters reach above and below the base line.
    """

    x: float
    y: float
    text: str
    size: int
    weight: Weight
    role: str
    width: float
    rise: float
    fall: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of the space that the words take."""
        return self.x, self.y - self.rise, self.x + self.width, self.y + self.fall


Shape = Rect | Circle | Polygon | Line | Label


@dataclass(frozen=True, slots=True)
class Layout:
    """A picture that is ready to be drawn.

    Attributes:
        shapes: in the order in which they are painted.
        theme: ``light`` or ``dark``.
        title: a few words; ``description``: the alternative text, at most 1,000 characters.
        n_drawn: entries in the picture; ``n_left_out``: those that it has no room for.
    """

    width: int
    height: int
    shapes: tuple[Shape, ...]
    theme: str
    title: str
    description: str
    n_drawn: int
    n_left_out: int
