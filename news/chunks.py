"""A text cut at its spaces, and what each room of reading sees between them.

Owns where chunks begin and how a room's tokens follow from them. Must never know what a token means: each room works
that out for a chunk when it is first met, and keeps it in a memo of its own (``news.memo``). News is made of few
different chunks, so that most of a text costs one look-up for each, in place of a pattern that tries its ways at each
letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from typing import NamedTuple, TypeVar

__all__ = ["Chunks", "cut_chunks", "read_on"]

_Seen = TypeVar("_Seen")


class Chunks(NamedTuple):
    """A text in the pieces between its spaces and line ends.

    Attributes:
        chunks: the pieces in order, empty where two spaces stand together. Other white space is within them.
        starts: where each begins in ``text``.
    """

    text: str
    chunks: list[str]
    starts: list[int]


def cut_chunks(text: str) -> Chunks:
    """Cut a text at each space and each line end."""
    chunks = text.replace("\n", " ").split(" ")
    return Chunks(text, chunks, list(accumulate([len(chunk) + 1 for chunk in chunks[:-1]], initial=0)))


def read_on(
    pattern: re.Pattern[str], cut: Chunks, at: int, seen: Callable[[re.Match[str]], _Seen]
) -> tuple[list[_Seen], int]:
    """Return what is ``seen`` in the tokens that begin in the chunk ``at``, and how many chunks they take up.

    For a chunk whose tokens may reach over a space ("5 %", "10 000"): those chunks are read on together.
    """
    found: list[_Seen] = []
    last = at
    end = cut.starts[at] + len(cut.chunks[at])
    for match in pattern.finditer(cut.text, cut.starts[at]):
        if match.start() >= end:
            break
        found.append(seen(match))
        while match.end() > end:
            last += 1
            end = cut.starts[last] + len(cut.chunks[last])
    return found, last + 1 - at
