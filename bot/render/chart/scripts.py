"""What a painted picture says in place of letters that its font lacks: the name of their script instead of boxes.

Owns which letters can be painted, and the words for those that cannot. An SVG and the page use the reader's own fonts
and need none of this. Must never change what a letter of the font says.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from bot.render.chart.fonts import load_font
from bot.render.chart.shapes import Weight
from bot.render.safety import clean_line

_SIZE = 20
_NO_CHARACTER = "\uffff"
_OTHERS_BEGIN = "\u0300"
_JOINING = frozenset("MC")
_NAMES = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}
_DRAWN_KEYS = ("topic", "entries", "heading")

Record = Mapping[str, Any]


def spell_out(data: Record) -> tuple[Record, tuple[str, ...]]:
    """Return the ``data`` of a timeline as it can be painted, and the scripts that it cannot be painted in, sorted.

    A run of words in such a script becomes its name in brackets, ``[Arabic]``; signs that are no letters, such as
    emoji, are left out.
    """
    scripts: set[str] = set()
    drawn = {key: _spell(data[key], scripts) for key in _DRAWN_KEYS if key in data}
    return {**data, **drawn}, tuple(sorted(scripts))


def remark_on(scripts: tuple[str, ...]) -> str:
    """Return what the foot of a picture says of scripts that it has no letters for; empty without any."""
    return f"No letters here for {', '.join(scripts)}: the page and the SVG show them." if scripts else ""


def _spell(value: Any, scripts: set[str]) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, str):
        return value if value.isascii() else _spell_text(clean_line(value), scripts)
    if isinstance(value, Mapping):
        return {key: _spell(inner, scripts) for key, inner in value.items()}
    return [_spell(inner, scripts) for inner in value] if isinstance(value, list | tuple) else value


def _spell_text(text: str, scripts: set[str]) -> str:
    words: list[str] = []
    for word in text.split():
        told, script = _spell_word(word)
        if script:
            scripts.add(script)
        if told and not (script and words and words[-1] == told):
            words.append(told)
    return " ".join(words)


def _spell_word(word: str) -> tuple[str, str]:
    """Return a word as it can be painted, and the script that it is in if that has no letters here."""
    if all(map(_can_paint, word)):
        return word, ""
    lacking = next((char for char in word if not _can_paint(char) and char.isalpha()), "")
    if not lacking:
        return "".join(filter(_can_paint, word)), ""
    script = _script_of(lacking)
    return f"[{script}]", script


def _script_of(char: str) -> str:
    name = unicodedata.name(char, "other").split()[0].partition("-")[0]
    return _NAMES.get(name, name.capitalize())


@lru_cache(maxsize=8192)
def _can_paint(char: str) -> bool:
    """Return whether the font has a glyph for the character; marks go with the letter before them."""
    if char < _OTHERS_BEGIN or unicodedata.category(char)[0] in _JOINING:
        return True
    font = load_font(_SIZE, Weight.REGULAR)
    return bytes(font.getmask(char)) != bytes(font.getmask(_NO_CHARACTER))
