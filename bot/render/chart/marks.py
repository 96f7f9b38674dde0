"""Marks on the axis and bars beside it: the form says the modality, rings say how many origins.

Owns forms and sizes. Each modality has a form of its own, so that nothing rests on colour.
"""

from __future__ import annotations

from bot.render.chart.shapes import Circle, Line, Polygon, Rect, Shape
from news.model import Modality

_STROKE = 5
_RADIUS = 12
_LARGEST = 20
_WITHIN_RING = 0.72
_CORNERED = frozenset({Modality.DENIED, Modality.THREATENED})
"""Forms whose corners would stick out of their ring."""
BAR_WIDTH = 11
"""Pixels across a bar."""


def radius_of(n_independent: int) -> float:
    """Return the radius of a mark: it grows with the independent origins, up to a bound."""
    return min(_RADIUS + 2 * (n_independent - 1), _LARGEST)


def draw_mark(modality: Modality, x: float, y: float, radius: float) -> list[Shape]:
    """Return the mark around (x, y); larger than the smallest it has a ring, for there are several origins."""
    role = modality.value
    if radius <= _RADIUS:
        return _form(modality, x, y, radius, role)
    ring = Circle(x, y, radius + 7, fill="ground", stroke=role, stroke_width=3)
    inside = radius * _WITHIN_RING if modality in _CORNERED else radius
    return [ring, *_form(modality, x, y, inside, role)]


def draw_bar(
    x: float, top: float, bottom: float, *, is_exact: bool, is_open: bool = False, is_unbegun: bool = False
) -> list[Shape]:
    """Return a bar: filled for what lasted so long, hollow for some day within, pointed where an end is open."""
    half = BAR_WIDTH / 2
    fill = "axis" if is_exact else "ground"
    bar = Rect(x - half, top, BAR_WIDTH, bottom - top, fill=fill, stroke="axis", stroke_width=3, radius=half)
    ends = ([(bottom, 1)] if is_open else []) + ([(top, -1)] if is_unbegun else [])
    return [bar, *(_tip(x, end, way) for end, way in ends)]


def _tip(x: float, end: float, way: int) -> Polygon:
    corners = ((x - 10, end - 12 * way), (x + 10, end - 12 * way), (x, end + 8 * way))
    return Polygon(corners, fill="axis", stroke="axis", stroke_width=2)


def _form(modality: Modality, x: float, y: float, r: float, role: str) -> list[Shape]:
    match modality:
        case Modality.HAPPENED:
            return [Circle(x, y, r, fill=role, stroke=role, stroke_width=_STROKE)]
        case Modality.PLANNED:
            return [Circle(x, y, r, fill="ground", stroke=role, stroke_width=_STROKE)]
        case Modality.ALLEGED:
            corners = ((x, y - r - 3), (x + r + 3, y), (x, y + r + 3), (x - r - 3, y))
            return [Polygon(corners, fill="ground", stroke=role, stroke_width=_STROKE)]
        case Modality.DENIED:
            edge, arm = r + 1, r - 4
            corners = ((x - edge, y - edge), (x + edge, y - edge), (x + edge, y + edge), (x - edge, y + edge))
            return [
                Polygon(corners, fill="ground", stroke=role, stroke_width=4),
                Line(((x - arm, y - arm), (x + arm, y + arm)), role, 4),
                Line(((x - arm, y + arm), (x + arm, y - arm)), role, 4),
            ]
        case Modality.THREATENED:
            return [
                Polygon(
                    ((x, y - r - 2), (x + r + 2, y + r), (x - r - 2, y + r)),
                    fill="ground",
                    stroke=role,
                    stroke_width=_STROKE,
                )
            ]
