"""A layout painted as PNG by Pillow. Opaque, with a ground of its own, so that it reads in every theme of a chat.

Owns pixels. One byte a pixel: each colour has a short ramp towards each ground, which is enough for smooth edges, and
makes the picture a third as large in memory and quicker to pack. Slanted and round edges are painted fourfold on small
tiles and scaled down.
"""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image, ImageChops, ImageDraw

from bot.render.chart.fonts import load_font
from bot.render.chart.shapes import Circle, Label, Layout, Line, Polygon, Rect, Shape
from bot.render.chart.themes import PALETTES

_FINE = 4
_COMPRESSION = 2
_BLEED = 8
_PAD = 3
_GROUNDS = ("ground", "band")
_STEPS = 12

Round = Rect | Circle | Polygon | Line


def to_png(layout: Layout) -> bytes:
    """Return the picture as PNG."""
    painter = _Painter(layout.width, layout.height, PALETTES[layout.theme])
    for shape in layout.shapes:
        painter.paint(shape)
    return painter.pack()


class _Painter:
    """Paints shapes one over the other. Pixels are indices into ramps; the first ones are the bare grounds."""

    def __init__(self, width: int, height: int, colours: Mapping[str, str]) -> None:
        self._image = Image.new("L", (width, height))
        self._draw = ImageDraw.Draw(self._image)
        self._palette = [_rgb(colours[ground]) for ground in _GROUNDS]
        self._ramps: dict[tuple[str, int], list[int]] = {}
        for role in colours.keys() - set(_GROUNDS):
            for ground in range(len(_GROUNDS)):
                self._ramps[role, ground] = self._add_ramp(_rgb(colours[role]), ground)

    def paint(self, shape: Shape) -> None:
        """Paint one shape."""
        match shape:
            case Label():
                self._letters(shape)
            case Rect(fill="ground" | "band", radius=0):
                box = (shape.x, shape.y, shape.x + shape.width - 1, shape.y + shape.height - 1)
                self._draw.rectangle(box, fill=_GROUNDS.index(shape.fill))
            case Line() if _is_upright(shape):
                colour = self._ramps[shape.stroke, 0][-1]
                self._draw.line(shape.points, fill=colour, width=round(shape.stroke_width))
            case _:
                self._smooth(shape)

    def pack(self) -> bytes:
        """Return the picture packed."""
        self._image.putpalette([channel for colour in self._palette for channel in colour])
        out = io.BytesIO()
        self._image.save(out, "PNG", compress_level=_COMPRESSION)
        return out.getvalue()

    def _add_ramp(self, colour: tuple[int, ...], ground: int) -> list[int]:
        """Add the colours between a ground and a colour; return the index for each of 256 shares of cover."""
        first = len(self._palette)
        under = self._palette[ground]
        for step in range(1, _STEPS + 1):
            share = step / _STEPS
            self._palette.append(tuple(round(b + (c - b) * share) for b, c in zip(under, colour, strict=True)))
        steps = [round(cover / 255 * _STEPS) for cover in range(256)]
        return [first + step - 1 if step else ground for step in steps]

    def _ground_at(self, y: float) -> int:
        """Return which ground lies there; the leftmost column holds nothing else."""
        found = self._image.getpixel((0, min(max(int(y), 0), self._image.height - 1)))
        return 1 if found == 1 else 0

    def _letters(self, label: Label) -> None:
        left, top, right, bottom = label.box
        at = (int(left) - _PAD, int(top))
        tile = Image.new("L", (int(right - left) + 2 * _PAD + 1, int(bottom - top) + 1))
        font = load_font(label.size, label.weight)
        ImageDraw.Draw(tile).text((label.x - at[0], label.y - at[1]), label.text, fill=255, font=font, anchor="ls")
        # No mask: nothing else stands where words stand.
        self._image.paste(tile.point(self._ramps[label.role, self._ground_at(label.y)]), at)

    def _smooth(self, shape: Round) -> None:
        left, top, right, bottom = _bounds(shape)
        at = (int(left) - _BLEED, int(top) - _BLEED)
        size = (int(right) - at[0] + _BLEED, int(bottom) - at[1] + _BLEED)
        ground = self._ground_at((top + bottom) / 2)
        half = 0 if isinstance(shape, Line) else shape.stroke_width / 2
        outer = _cover(shape, half, at, size)
        if isinstance(shape, Line) or shape.fill == shape.stroke:
            self._lay(outer, at, shape.stroke, ground)
            return
        inner = _cover(shape, -half, at, size)
        self._image.paste(ground, at, inner.point(lambda cover: 255 * (cover > 127)))  # noqa: PLR2004 - half a pixel
        self._lay(ImageChops.subtract(outer, inner), at, shape.stroke, ground)

    def _lay(self, cover: Image.Image, at: tuple[int, int], role: str, ground: int) -> None:
        """Lay a colour where the tile covers; where it does not, what is there stays."""
        ramp = self._ramps[role, ground]
        self._image.paste(cover.point(ramp), at, cover.point([255 * (index != ground) for index in ramp]))


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _is_upright(line: Line) -> bool:
    return len({x for x, _ in line.points}) == 1 or len({y for _, y in line.points}) == 1


def _bounds(shape: Round) -> tuple[float, float, float, float]:
    match shape:
        case Rect():
            return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
        case Circle():
            return shape.x - shape.radius, shape.y - shape.radius, shape.x + shape.radius, shape.y + shape.radius
    xs, ys = [x for x, _ in shape.points], [y for _, y in shape.points]
    return min(xs), min(ys), max(xs), max(ys)


def _cover(shape: Round, grow: float, at: tuple[int, int], size: tuple[int, int]) -> Image.Image:
    """Return how much of each pixel of a tile the shape covers, its edge moved outwards by ``grow`` pixels."""
    tile = Image.new("L", (size[0] * _FINE, size[1] * _FINE))
    draw = ImageDraw.Draw(tile)
    more = grow * _FINE
    left, top, right, bottom = ((edge - at[n % 2]) * _FINE for n, edge in enumerate(_bounds(shape)))
    box = (left - more, top - more, right + more, bottom + more)
    match shape:
        case Rect():
            draw.rounded_rectangle(box, max(shape.radius * _FINE + more, 0), fill=255)
        case Circle():
            draw.ellipse(box, fill=255)
        case Polygon():
            points = _fine(shape.points, at)
            draw.polygon(points, fill=255)
            # A line along the outline adds half its width outside, or takes it away inside.
            draw.line([*points, *points[:2]], fill=255 if grow > 0 else 0, width=round(abs(2 * more)), joint="curve")
        case Line():
            points = _fine(shape.points, at)
            draw.line(points, fill=255, width=round(shape.stroke_width * _FINE), joint="curve")
    return tile.reduce(_FINE)


def _fine(points: tuple[tuple[float, float], ...], at: tuple[int, int]) -> list[tuple[float, float]]:
    return [((x - at[0]) * _FINE, (y - at[1]) * _FINE) for x, y in points]
