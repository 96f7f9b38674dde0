"""Whether a pattern can be found in a text at all, told by how its words begin: most patterns of a table cannot.

Owns the first letters of which a text must have some for a pattern to be found in it. Must never search itself, nor say
what a pattern means. What is asked here is necessary and never enough, so that no answer changes by asking it first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["beginnings_of", "starts_of"]

_LONGEST = 3
_LETTERS = re.compile(r"[^\W\d_]+")
_MAYBE = frozenset("?*{")


def beginnings_of(text: str) -> frozenset[str]:
    """Return the first letter, the first two and the first three of each word of a text in small letters."""
    words = _LETTERS.findall(text)
    return frozenset([word[:size] for word in words for size in (1, 2, _LONGEST)])


def starts_of(pattern: str) -> frozenset[str] | None:
    r"""Return beginnings of which a text has one wherever ``\b(?:pattern)`` is found in it; None where nobody can say.

    Args:
        pattern: alternatives in small letters. Groups are understood; one that begins with a class of letters or an
            escape says nothing.
    """
    found: set[str] = set()
    for one in _alternatives(pattern):
        starts = _starts_of_one(one)
        if starts is None:
            return None
        found |= starts
    return frozenset(found)


def _starts_of_one(pattern: str) -> frozenset[str] | None:
    if pattern.startswith("(?:"):
        end = _group_end(pattern)
        inner, rest = starts_of(pattern[3:end]), pattern[end + 1 :]
        if inner is None or rest[:1] not in _MAYBE:
            return inner
        after = starts_of(rest[1:]) if rest[0] == "?" and rest[1:2] != "?" else None
        return None if after is None else inner | after
    match = _LETTERS.match(pattern)
    if match is None:
        return None
    letters = match[0][:-1] if pattern[match.end() : match.end() + 1] in _MAYBE else match[0]
    return frozenset([letters[:_LONGEST]]) if letters else None


def _group_end(pattern: str) -> int:
    """Return where the parenthesis closes that the pattern begins with."""
    return next(at for at, depth in _depths(pattern) if pattern[at] == ")" and not depth)


def _alternatives(pattern: str) -> Iterator[str]:
    first = 0
    for at, depth in _depths(pattern):
        if pattern[at] == "|" and not depth:
            yield pattern[first:at]
            first = at + 1
    yield pattern[first:]


def _depths(pattern: str) -> Iterator[tuple[int, int]]:
    """Yield each place that is no escape nor in a class of letters, with how many groups are open after it."""
    depth, is_class, is_escape = 0, False, False
    for at, letter in enumerate(pattern):
        if is_escape:
            is_escape = False
        elif letter == "\\":
            is_escape = True
        elif is_class:
            is_class = letter != "]"
        elif letter == "[":
            is_class = True
        else:
            depth += (letter == "(") - (letter == ")")
            yield at, depth
