"""Letters: the font files, how wide words are in them, and lines that fit a width.

Owns measuring. The font holds Latin, Greek and Cyrillic; a letter that it lacks is measured and painted as its empty
box and never fails. Pillow's basic layout is used on purpose: the same widths on every machine, no bidirectional
reordering of what strangers wrote.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import font_source_sans_pro  # type: ignore[import-untyped]  # ships no types; only a folder's name is taken
from PIL import ImageFont

from bot.render.chart.shapes import Label, Weight
from bot.render.safety import clean_line

FAMILY = "'Source Sans Pro', 'Source Sans 3', system-ui, sans-serif"
"""The same letters by name, for outputs that bring no font files along."""

RISE, FALL = 0.98, 0.28
"""How far letters reach above and below the base line, in parts of their size; accents on capitals included."""

_LONGEST = 600
_CUT = " …"


@lru_cache(maxsize=32)
def load_font(size: int, weight: Weight) -> ImageFont.FreeTypeFont:
    """Return the font at a size in pixels. Safe to use from several threads once loaded."""
    path = Path(font_source_sans_pro.font_directory) / f"SourceSansPro-{weight.value}.ttf"
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8192)
def width_in(text: str, size: int, weight: Weight) -> float:
    """Return the width of the text in pixels."""
    return float(load_font(size, weight).getlength(text))


def make_label(text: str, x: float, y: float, *, size: int, weight: Weight, role: str) -> Label:
    """Return the words with their measured space; (x, y) is where their base line begins."""
    return Label(x, y, text, size, weight, role, width_in(text, size, weight), RISE * size, FALL * size)


def fit_lines(text: str, width: float, *, size: int, weight: Weight, most: int) -> list[str]:
    """Return at most ``most`` lines of at most ``width`` pixels; what does not fit ends in an ellipsis at a word.

    Control, invisible and bidirectional characters are taken out here. A word wider than a line is broken.
    """
    words = clean_line(text[:_LONGEST]).split()
    pieces = [piece for word in words for piece in _broken(word, width, size, weight)]
    lines: list[str] = []
    line = ""
    for piece in pieces:
        longer = f"{line} {piece}" if line else piece
        if not line or width_in(longer, size, weight) <= width:
            line = longer
            continue
        lines.append(line)
        line = piece
        if len(lines) > most:
            break
    if line:
        lines.append(line)
    is_cut = len(lines) > most or len(text) > _LONGEST
    if is_cut:
        lines = [*lines[: most - 1], _cut(lines[most - 1 : most][0], width, size, weight)] if lines else []
    return lines


def _cut(line: str, width: float, size: int, weight: Weight) -> str:
    """Return the line with an ellipsis, without as many of its last words as that needs."""
    text = line
    while text and width_in(text + _CUT, size, weight) > width:
        text = text.rpartition(" ")[0] or text[:-1].rstrip()
    return text.rstrip(" ,;:–—") + _CUT


def _broken(word: str, width: float, size: int, weight: Weight) -> list[str]:
    if width_in(word, size, weight) <= width:
        return [word]
    pieces: list[str] = []
    piece = ""
    for char in word:
        if piece and width_in(piece + char, size, weight) > width:
            pieces.append(piece)
            piece = ""
        piece += char
    return [*pieces, piece]
