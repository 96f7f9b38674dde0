"""A layout written as SVG 1.1: text stays text, nothing is fetched, nothing runs.

Owns markup and its escaping. Every line of words carries the width that the layout measured (``textLength``), so that
it takes the same space in whatever font the reader has.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from bot.render.chart.fonts import FAMILY
from bot.render.chart.shapes import Circle, Label, Layout, Line, Polygon, Rect, Shape, Weight
from bot.render.chart.themes import PALETTES

_WEIGHTS = {Weight.REGULAR: 400, Weight.SEMIBOLD: 600, Weight.BOLD: 700}

Paints = Mapping[str, str]
"""Role -> paint, such as ``#ffffff`` or ``var(--ground)``."""


def to_svg(layout: Layout) -> str:
    """Return the picture as an SVG document with the colours of its theme."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + draw_svg(layout, PALETTES[layout.theme])


def draw_svg(layout: Layout, paints: Paints, *, prefix: str = "chart") -> str:
    """Return the ``svg`` element; ``prefix`` begins the ids of its title and description."""
    lines = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {layout.width} {layout.height}" '
            f'width="{layout.width}" height="{layout.height}" role="img" '
            f'aria-labelledby="{prefix}-title {prefix}-desc" font-family={quoteattr(FAMILY)}>'
        ),
        f'<title id="{prefix}-title">{escape(layout.title)}</title>',
        f'<desc id="{prefix}-desc">{escape(layout.description)}</desc>',
        *(_element(shape, paints) for shape in layout.shapes),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _element(shape: Shape, paints: Paints) -> str:
    match shape:
        case Label():
            return (
                f'<text x="{_n(shape.x)}" y="{_n(shape.y)}" font-size="{shape.size}" '
                f'font-weight="{_WEIGHTS[shape.weight]}" fill="{paints[shape.role]}" '
                f'textLength="{_n(shape.width)}" lengthAdjust="spacingAndGlyphs" direction="ltr" '
                f'unicode-bidi="bidi-override">{escape(shape.text)}</text>'
            )
        case Rect():
            radius = f' rx="{_n(shape.radius)}"' if shape.radius else ""
            size = f'width="{_n(shape.width)}" height="{_n(shape.height)}"'
            return f'<rect x="{_n(shape.x)}" y="{_n(shape.y)}" {size}{radius}{_look(shape, paints)}/>'
        case Circle():
            return f'<circle cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}"{_look(shape, paints)}/>'
        case Polygon():
            return f'<polygon points="{_points(shape.points)}"{_look(shape, paints)}/>'
        case Line():
            return (
                f'<polyline points="{_points(shape.points)}" fill="none" stroke="{paints[shape.stroke]}" '
                f'stroke-width="{_n(shape.stroke_width)}" stroke-linejoin="round"/>'
            )


def _look(shape: Rect | Circle | Polygon, paints: Paints) -> str:
    fill = f' fill="{paints[shape.fill]}"' if shape.fill else ' fill="none"'
    stroke = f' stroke="{paints[shape.stroke]}" stroke-width="{_n(shape.stroke_width)}"' if shape.stroke else ""
    return fill + stroke


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
