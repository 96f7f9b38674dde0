"""Which numbers of a text are the age of somebody: "a woman of 70", "two 16-year-olds", "Captain Mark Persaud, 38,".

Must never say whose age it is. An age counts nobody, and is held against ages alone.
"""

from __future__ import annotations

import re

__all__ = ["is_age"]

_BACK = 40
_BEFORE = re.compile(
    r"\b(?:(?:(?:wo)?m[ae]n|boys?|girls?|child|teenager|youth|pensioner|grandmother|grandfather) of|age|aged|"
    r"at the age of|(?:mujer|hombre) de)\s+$",
    re.IGNORECASE,
)
_LAST_WORDS = ("of", "age", "aged", "de")
"""One of them ends what stands before an age."""

_AFTER = re.compile(r"[- ]years?[- ]olds?\b|[- ]летн", re.IGNORECASE)
_BEHIND_NAME = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w'’-]+, $")
_ALONE = re.compile(r"(?:[.,;)]|$)(?!\d)")
_DIGITS = re.compile(r"[1-9]\d?")


def is_age(text: str, start: int, end: int) -> bool:
    """Return whether a number that spans ``start`` to ``end`` is an age; by the words around it alone."""
    before = text[max(0, start - _BACK) : start]
    if before.rstrip().lower().endswith(_LAST_WORDS) and _BEFORE.search(before):
        return True
    if _AFTER.match(text, end):
        return True
    is_between = (
        before.endswith(", ") and _BEHIND_NAME.search(before) is not None and _ALONE.match(text, end) is not None
    )
    return is_between and _DIGITS.fullmatch(text, start, end) is not None
