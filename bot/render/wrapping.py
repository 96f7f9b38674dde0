"""Styled words filled into lines of a width. Owns line breaking only; knows nothing of answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.render.safety import clean_line, width_of


class Style(StrEnum):
    """How a run of characters looks; a screen without colour shows all alike."""

    PLAIN = ""
    STRONG = "1"
    TITLE = "1;36"
    DIM = "2"
    LINK = "4"
    QUOTE = "3"
    WARNING = "33"
    ERROR = "31"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one style."""

    text: str
    style: Style = Style.PLAIN


def fill(runs: Sequence[Run], width: int, *, first: str = "", rest: str = "", is_coloured: bool = False) -> list[str]:
    """Return lines of at most ``width`` columns; ``first`` and ``rest`` stand before the first and the other lines.

    A word that is longer than a line is broken. All text is cleaned here.
    """
    room = max(width - max(width_of(first), width_of(rest)), 8)
    lines: list[list[Run]] = [[]]
    used = 0
    for word in _iter_words(runs, room):
        word_width = sum(width_of(run.text) for run in word)
        if used and used + 1 + word_width > room:
            lines.append([])
            used = 0
        if used:
            lines[-1].append(Run(" ", _joint_style(lines[-1][-1], word[0])))
            used += 1
        lines[-1].extend(word)
        used += word_width
    return [(first if n == 0 else rest) + _paint(line, is_coloured=is_coloured) for n, line in enumerate(lines)]


def _joint_style(before: Run, after: Run) -> Style:
    return before.style if before.style is after.style else Style.PLAIN


def _iter_words(runs: Sequence[Run], room: int) -> Iterator[list[Run]]:
    """Yield words, each a list of runs, since a word may change its style within: ``Caracas`` + ``.``."""
    word: list[Run] = []
    for run in runs:
        text = clean_line(run.text)
        parts = text.split(" ")
        for n, part in enumerate(parts):
            if n and word:
                yield from _broken(word, room)
                word = []
            if part:
                word.append(Run(part, run.style))
    if word:
        yield from _broken(word, room)


def _broken(word: list[Run], room: int) -> Iterator[list[Run]]:
    if sum(width_of(run.text) for run in word) <= room:
        yield word
        return
    piece: list[Run] = []
    used = 0
    for run in word:
        for char in run.text:
            if used + width_of(char) > room:
                yield piece
                piece, used = [], 0
            piece.append(Run(char, run.style))
            used += width_of(char)
    if piece:
        yield piece


def _paint(line: Sequence[Run], *, is_coloured: bool) -> str:
    if not is_coloured:
        return "".join(run.text for run in line)
    painted: list[str] = []
    style = Style.PLAIN
    for run in line:
        if run.style is not style:
            painted.append("\x1b[0m" if style else "")
            painted.append(f"\x1b[{run.style}m" if run.style else "")
            style = run.style
        painted.append(run.text)
    if style:
        painted.append("\x1b[0m")
    return "".join(painted)
