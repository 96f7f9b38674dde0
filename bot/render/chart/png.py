"""A layout painted as PNG by Pillow. Opaque, with a ground of its own, so that it reads in every theme of a chat.

Owns pixels. One byte a pixel: each colour has a short ramp towards each ground, which is enough for smooth edges, and
makes the picture a third as large in memory and quicker to pack. Slanted and round edges are painted fourfold on small
tiles and scaled down; like marks share one tile.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

from PIL import Image, ImageChops, ImageDraw

from bot.render.chart.fonts import load_word, width_in
from bot.render.chart.shapes import Circle, Label, Layout, Line, Polygon, Rect, Shape
from bot.render.chart.themes import PALETTES

_FINE = 4
_COMPRESSION = 2
_BLEED = 8
_PAD = 3
_GROUNDS = ("ground", "band")
_STEPS = 12

_WHOLE = bytes(255 * (cover > 127) for cover in range(256))  # noqa: PLR2004 - half a pixel
"""Cover -> all or nothing."""

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
        self._ramps: dict[tuple[str, int], bytes] = {}
        self._tiles: dict[tuple[Round, float, tuple[int, int]], Image.Image] = {}
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

    def _add_ramp(self, colour: tuple[int, ...], ground: int) -> bytes:
        """Add the colours between a ground and a colour; return the index for each of 256 shares of cover."""
        first = len(self._palette)
        under = self._palette[ground]
        for step in range(1, _STEPS + 1):
            share = step / _STEPS
            self._palette.append(tuple(round(b + (c - b) * share) for b, c in zip(under, colour, strict=True)))
        steps = [round(cover / 255 * _STEPS) for cover in range(256)]
        return bytes(first + step - 1 if step else ground for step in steps)

    def _ground_at(self, y: float) -> int:
        """Return which ground lies there; the leftmost column holds nothing else."""
        found = self._image.getpixel((0, min(max(int(y), 0), self._image.height - 1)))
        return 1 if found == 1 else 0

    def _letters(self, label: Label) -> None:
        left, top, right, bottom = label.box
        at = (int(left) - _PAD, int(top))
        tile = Image.new("L", (int(right - left) + 2 * _PAD + 1, int(bottom - top) + 1))
        pen, base = label.x - at[0], round(label.y) - at[1]
        for text in label.text.split(" "):
            word = load_word(text, label.size, label.weight)
            tile.paste(255, (round(pen) + word.left, base + word.top), word.tile)
            pen += width_in(f"{text} ", label.size, label.weight)
        # No mask: nothing else stands where words stand.
        self._image.paste(_mapped(tile, self._ramps[label.role, self._ground_at(label.y)]), at)

    def _smooth(self, shape: Round) -> None:
        left, top, right, bottom = _bounds(shape)
        at = (int(left) - _BLEED, int(top) - _BLEED)
        size = (int(right) - at[0] + _BLEED, int(bottom) - at[1] + _BLEED)
        ground = self._ground_at((top + bottom) / 2)
        half = 0 if isinstance(shape, Line) else shape.stroke_width / 2
        outer = self._cover(shape, half, at, size)
        if isinstance(shape, Line) or shape.fill == shape.stroke:
            self._lay(outer, at, shape.stroke, ground)
            return
        inner = self._cover(shape, -half, at, size)
        self._image.paste(ground, at, _mapped(inner, _WHOLE))
        self._lay(ImageChops.subtract(outer, inner), at, shape.stroke, ground)

    def _cover(self, shape: Round, grow: float, at: tuple[int, int], size: tuple[int, int]) -> Image.Image:
        """Return the tile of a shape, painted once for all that are like it."""
        key = (_moved(shape, at), grow, size)
        if key not in self._tiles:
            self._tiles[key] = _cover(*key)
        return self._tiles[key]

    def _lay(self, cover: Image.Image, at: tuple[int, int], role: str, ground: int) -> None:
        """Lay a colour where the tile covers; where it does not, what is there stays."""
        ramp = self._ramps[role, ground]
        mask = bytes(255 * (index != ground) for index in ramp)
        self._image.paste(_mapped(cover, ramp), at, _mapped(cover, mask))


def _mapped(tile: Image.Image, table: bytes) -> Image.Image:
    """Return the tile with each value looked up in a table of 256; ``Image.point`` does the same six times slower."""
    return Image.frombytes("L", tile.size, tile.tobytes().translate(table))


def _moved(shape: Round, origin: tuple[int, int]) -> Round:
    """Return the shape as seen from a corner of its tile."""
    match shape:
        case Rect() | Circle():
            return replace(shape, x=shape.x - origin[0], y=shape.y - origin[1], fill="", stroke="")
        case Polygon():
            return replace(shape, points=_shifted(shape.points, origin), fill="", stroke="")
    return replace(shape, points=_shifted(shape.points, origin), stroke="")


def _shifted(points: tuple[tuple[float, float], ...], origin: tuple[int, int]) -> tuple[tuple[float, float], ...]:
    return tuple((x - origin[0], y - origin[1]) for x, y in points)


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


def _cover(shape: Round, grow: float, size: tuple[int, int]) -> Image.Image:
    """Return how much of each pixel of a tile the shape covers, its edge moved outwards by ``grow`` pixels."""
    tile = Image.new("L", (size[0] * _FINE, size[1] * _FINE))
    draw = ImageDraw.Draw(tile)
    more = grow * _FINE
    left, top, right, bottom = (edge * _FINE for edge in _bounds(shape))
    box = (left - more, top - more, right + more, bottom + more)
    match shape:
        case Rect():
            draw.rounded_rectangle(box, max(shape.radius * _FINE + more, 0), fill=255)
        case Circle():
            draw.ellipse(box, fill=255)
        case Polygon():
            points = _fine(shape.points)
            draw.polygon(points, fill=255)
            # A line along the outline adds half its width outside, or takes it away inside.
            draw.line([*points, *points[:2]], fill=255 if grow > 0 else 0, width=round(abs(2 * more)), joint="curve")
        case Line():
            draw.line(_fine(shape.points), fill=255, width=round(shape.stroke_width * _FINE), joint="curve")
    return tile.reduce(_FINE)


def _fine(points: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    return [(x * _FINE, y * _FINE) for x, y in points]
