"""A text cut at its spaces, and what each room of reading sees between them.

Owns where chunks begin and how a room's tokens follow from them. Must never know what a token means: each room works
that out for a chunk when it is first met, and keeps it in a memo of its own (``news.memo``). News is made of few
different chunks, so that most of a text costs one look-up for each, in place of a pattern that tries its ways at each
letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain
from operator import add
from typing import Generic, NamedTuple, TypeVar

__all__ = ["Chunks", "Seen", "begins_of", "cut_chunks", "read_on", "see", "spread"]

_Known = TypeVar("_Known")


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
    return Chunks(text, chunks, begins_of(chunks))


def begins_of(chunks: Sequence[str]) -> list[int]:
    """Return where each chunk begins, with one space between two of them."""
    return list(map(add, accumulate(map(len, chunks[:-1]), initial=0), range(len(chunks))))


class Seen(NamedTuple, Generic[_Known]):
    """The tokens of one room in a chunk: what it knows of each, and where each begins and ends in the chunk."""

    known: tuple[_Known, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def see(found: Iterable[re.Match[str]], know: Callable[[str], _Known], begin: int = 0) -> Seen[_Known]:
    """Return the tokens that a room has found in the chunk that begins at ``begin``."""
    found = list(found)
    return Seen(
        tuple([know(match.group()) for match in found]),
        tuple([match.start() - begin for match in found]),
        tuple([match.end() - begin for match in found]),
    )


def spread(begins: Sequence[int], seen: Sequence[Seen[_Known]]) -> tuple[list[_Known], list[int], list[int]]:
    """Return the tokens of all chunks in columns: what is known of each, where each begins and ends in the text."""
    known, starts, ends = zip(*seen, strict=True)
    return (
        list(chain.from_iterable(known)),
        [begin + at for begin, ats in zip(begins, starts, strict=True) for at in ats],
        [begin + at for begin, ats in zip(begins, ends, strict=True) for at in ats],
    )


def read_on(pattern: re.Pattern[str], cut: Chunks, at: int) -> tuple[list[re.Match[str]], int]:
    """Return the tokens that begin in the chunk ``at``, and how many chunks they take up.

    For a chunk whose tokens may reach over a space ("5 %", "10 000"): those chunks are read on together.
    """
    found: list[re.Match[str]] = []
    last = at
    end = cut.starts[at] + len(cut.chunks[at])
    for match in pattern.finditer(cut.text, cut.starts[at]):
        if match.start() >= end:
            break
        found.append(match)
        while match.end() > end:
            last += 1
            end = cut.starts[last] + len(cut.chunks[last])
    return found, last + 1 - at
