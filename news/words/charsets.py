"""From bytes to text, when nobody said how.

Owns the guess at an encoding for documents from a disk. Must never raise on any bytes: what cannot be decoded becomes
U+FFFD. (Feeds and pages over HTTP have headers to go by, and their own rules in ``feeds``.)
"""

from __future__ import annotations

import codecs
import re

__all__ = ["decode_text"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^<>]{1,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_DECLARATION_BYTES = 4_096
_LETTERS = re.compile(rb"[A-Za-z]")
_HIGH_LETTERS = re.compile(rb"[\xc0-\xff]")
_CYRILLIC_RATIO = 0.4
_SAMPLE_BYTES = 100_000


def decode_text(data: bytes) -> str:
    """Return ``data`` as text: by byte order mark, by an HTML declaration that holds, as UTF-8, else by content.

    Content decides between windows-1251, KOI8-R and windows-1252: in Cyrillic text most letters have the high bit,
    and the wrong one of the two Cyrillic code pages turns capitals and small letters around.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    for encoding in (_declared(data), "utf-8"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode(_guess(data[:_SAMPLE_BYTES]), "replace")


def has_mark(data: bytes) -> bool:
    """Tell whether ``data`` opens with a byte order mark, which makes zero bytes legitimate."""
    return any(data.startswith(mark) for mark, _ in _BOMS)


def _declared(data: bytes) -> str:
    """Return the charset that an HTML page declares for itself, or UTF-8."""
    found = _DECLARED.search(data[:_DECLARATION_BYTES])
    return found.group(1).decode("ascii") if found else "utf-8"


def _guess(sample: bytes) -> str:
    n_high = len(_HIGH_LETTERS.findall(sample))
    if n_high < _CYRILLIC_RATIO * (n_high + len(_LETTERS.findall(sample))):
        return "cp1252"
    return max(("cp1251", "koi8-r"), key=lambda encoding: _n_small(sample.decode(encoding, "replace")))


def _n_small(text: str) -> int:
    return sum("а" <= letter <= "я" for letter in text)
