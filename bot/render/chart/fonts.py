"""Letters: the font files, how wide words are in them, and lines that fit a width.

Owns measuring. The font holds Latin, Greek and Cyrillic; a letter that it lacks is measured and painted as its empty
box and never fails. Pillow's basic layout is used on purpose: the same widths on every machine, no bidirectional
reordering of what strangers wrote.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import font_source_sans_pro  # type: ignore[import-untyped]  # ships no types; only a folder's name is taken
from PIL import Image, ImageDraw, ImageFont

from bot.render.chart.shapes import Label, Weight
from bot.render.safety import clean_line

FAMILY = "'Source Sans Pro', 'Source Sans 3', 'Segoe UI', -apple-system, Roboto, Arial, 'Liberation Sans', sans-serif"
"""The same letters by name, for outputs that bring no font files along."""

RISE, FALL = 0.98, 0.28
"""How far letters reach above and below the base line, in parts of their size; accents on capitals included."""

_LONGEST = 600
_PAD = 3
_MOST_LETTERS = 5_000
_FIRST_OTHER = "\u0530"
_CUT = " …"
_LONG_WORD = 12
_SHORTEST_REST = 3
_PARTS = re.compile(r"[^-‐–—/]+[-‐–—/]*|[-‐–—/]+")


@lru_cache(maxsize=32)
def load_font(size: int, weight: Weight) -> ImageFont.FreeTypeFont:
    """Return the font at a size in pixels. Safe to use from several threads once loaded."""
    path = Path(font_source_sans_pro.font_directory) / f"SourceSansPro-{weight.value}.ttf"
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True, slots=True)
class Word:
    """A painted word: a tile of covers (0..255), and where its corner lies from the pen."""

    tile: Image.Image
    left: int
    top: int


@lru_cache(maxsize=1024)
def load_word(word: str, size: int, weight: Weight) -> Word:
    """Return a word painted once, for words come again; the font has no kerning that a line of words would lose."""
    rise = math.ceil(RISE * size)
    tile = Image.new("L", (math.ceil(width_in(word, size, weight)) + 2 * _PAD, rise + math.ceil(FALL * size)))
    ImageDraw.Draw(tile).text((_PAD, rise), word, fill=255, font=load_font(size, weight), anchor="ls")
    return Word(tile, -_PAD, -rise)


class _Advances(dict[str, float]):
    """How far the pen moves for each letter of a font; measured when first asked for."""

    def __init__(self, font: ImageFont.FreeTypeFont) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, char: str) -> float:
        if len(self) >= _MOST_LETTERS:
            self.clear()
        advance = self[char] = float(self._font.getlength(char))
        return advance


@lru_cache(maxsize=32)
def _load_advances(size: int, weight: Weight) -> _Advances:
    return _Advances(load_font(size, weight))


def width_in(text: str, size: int, weight: Weight) -> float:
    """Return the width of the text in pixels: the sum of its letters, since the font has no kerning."""
    return sum(map(_load_advances(size, weight).__getitem__, text))


def make_label(text: str, x: float, y: float, *, size: int, weight: Weight, role: str) -> Label:
    """Return the words with their measured space; (x, y) is where their base line begins."""
    return Label(x, y, text, size, weight, role, width_in(text, size, weight), RISE * size, FALL * size)


def fit_lines(text: str, width: float, *, size: int, weight: Weight, most: int) -> list[str]:
    """Return at most ``most`` lines of at most ``width`` pixels; what does not fit ends in an ellipsis at a word.

    Control, invisible and bidirectional characters are taken out here. A long word may break after a hyphen or slash;
    one that is wider than a line is broken anywhere, with a hyphen between letters.
    """
    lines: list[str] = []
    line, taken = "", 0.0
    for piece, gap in _pieces(clean_line(text[:_LONGEST]), width, size, weight):
        more = width_in(gap + piece if line else piece, size, weight)
        if not line or taken + more <= width:
            line, taken = f"{line}{gap}{piece}" if line else piece, taken + more
            continue
        lines.append(line)
        line, taken = piece, width_in(piece, size, weight)
        if len(lines) > most:
            break
    if line:
        lines.append(line)
    is_cut = len(lines) > most or len(text) > _LONGEST
    if not is_cut or not lines:
        return lines
    last = lines[most - 1]
    if len(lines) > most and width_in(last, size, weight) < width / 2:  # before a word that is long: begin that one too
        last = f"{last} {lines[most]}"
    return [*lines[: most - 1], _cut(last, width, size, weight)]


def _pieces(text: str, width: float, size: int, weight: Weight) -> Iterator[tuple[str, str]]:
    """Yield what stays together on a line, with what stands before it: a space, or nothing within a word."""
    for word in text.split():
        gap = " "
        for part in _PARTS.findall(word) if len(word) > _LONG_WORD else [word]:
            for piece in _broken(part, width, size, weight):
                yield piece, gap
                gap = ""


def _cut(line: str, width: float, size: int, weight: Weight) -> str:
    """Return the line with an ellipsis, without as many of its last words, or letters of a long one, as that needs."""
    text = line
    while text and width_in(text + _CUT, size, weight) > width:
        shorter, _, word = text.rpartition(" ")
        is_long = len(word) > _LONG_WORD and width_in(shorter, size, weight) < width / 2
        text = text[:-1].rstrip() if is_long or not shorter else shorter
    return text.rstrip(" ,;:–—") + _CUT


def _broken(word: str, width: float, size: int, weight: Weight) -> list[str]:
    """Return the word in pieces that fit a line; a letter wider than a line stays whole."""
    pieces: list[str] = []
    advances = _load_advances(size, weight)
    while len(word) > 1 and width_in(word, size, weight) > width:
        ends = list(accumulate(map(advances.__getitem__, word)))
        n_fit = max(bisect_right(ends, width - advances["-"]), 1)
        n_fit = min(n_fit, len(word) - 1)
        if n_fit > 2 * _SHORTEST_REST:
            n_fit = min(n_fit, max(len(word) - _SHORTEST_REST, 1))
        hyphen = "-" if _is_hyphened(word[n_fit - 1]) and _is_hyphened(word[n_fit]) else ""
        pieces.append(word[:n_fit] + hyphen)
        word = word[n_fit:]
    return [*pieces, word]


def _is_hyphened(char: str) -> bool:
    """Return whether a word is divided with a hyphen beside this letter: in Latin, Greek and Cyrillic script it is."""
    return char.isalpha() and char < _FIRST_OTHER
