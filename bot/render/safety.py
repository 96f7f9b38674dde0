"""Text from strangers made harmless for a screen.

Owns what may reach a terminal: no control characters, escape sequences, bidirectional or invisible characters, and no
towers of combining marks. Every renderer of plain text goes through it.
"""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Letters, symbols and marks that show nothing or a blank: fillers of Hangul, Khmer, Mongolian; the empty braille cell.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
_SPACES = frozenset({"Zs", "Zl", "Zp"})
_MOST_MARKS = 4
_FIRST_ASTRAL = 0x10000
_PLAIN = re.compile(r"[ -~]*\Z")
_UNSAFE_IN_JSON = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_WIDE = frozenset({"W", "F"})


def clean_line(text: str) -> str:
    """Return the text as one line that cannot move the cursor, colour the screen, or turn the reading direction."""
    if _PLAIN.match(text):
        return text
    kept: list[str] = []
    n_marks = 0
    for char in text:
        category = unicodedata.category(char)
        n_marks = n_marks + 1 if category in {"Mn", "Me"} else 0
        if category in _SPACES or char in "\t\n\r\v\f\x85":
            kept.append(" ")
        elif category not in _INVISIBLE and n_marks <= _MOST_MARKS and char not in _BLANK:
            kept.append(char)
    return "".join(kept)


def escape_json(text: str) -> str:
    """Return JSON with invisible and control characters written as escapes; it still means the same."""
    return _UNSAFE_IN_JSON.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < _FIRST_ASTRAL:
        return f"\\u{code:04x}"
    high, low = divmod(code - _FIRST_ASTRAL, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def width_of(text: str) -> int:
    """Return how many columns the text takes: two for wide East Asian characters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in _WIDE else 1
