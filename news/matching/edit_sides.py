"""The two runs of words of one edit, as they stand in their sentences.

Owns what of a run is compared: up to the mark behind which something else is told, and without what only says who told
it. Must never say what a difference means: ``news.matching.substitutions`` does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from news.matching.alignment import Edit, Line, Pair
from news.tables import load_toml
from news.words.turns import saying_words
from news.words.vocabulary import language_of

__all__ = ["STOPS", "Place", "Side", "is_of_speaker", "listed", "place_of"]

_SAID_AFTER, _SAID_BEFORE = 5, 3
_THAT = frozenset({"that", "que", "что"})
"""Before what is said."""
_CLAUSE_REACH = 4
STOPS = re.compile(r"[,;:—–()]|\s-\s")
"""Marks behind which something else is told."""


@cache
def listed(name: str) -> frozenset[str]:
    """Return one list of ``data/substitutions.toml``."""
    return frozenset(str(load_toml("substitutions.toml")["words"][name]).split())


@dataclass(frozen=True, slots=True)
class Side:
    """A run of words in its sentence: from ``first`` up to before ``last``."""

    line: Line
    first: int
    last: int

    @property
    def tokens(self) -> tuple[str, ...]:
        """The words as written."""
        return self.line.tokens[self.first : self.last]

    @property
    def lows(self) -> tuple[str, ...]:
        """The words, folded."""
        return self.line.lows[self.first : self.last]

    def __len__(self) -> int:
        return self.last - self.first

    def text(self, more: int = 0) -> str:
        """Return the run as written, hyphens and clocks taken in, with so many words behind it."""
        if not len(self):
            return ""
        line, spans = self.line.text, self.line.spans
        start, end = spans[self.first][0], spans[min(len(spans), self.last + more) - 1][1]
        while start > 0 and not line[start - 1].isspace():
            start -= 1
        while end < len(line) and not line[end].isspace():
            end += 1
        return line[start:end].strip(' ,;."“”«»()!?')

    def core(self) -> Side:
        """Return the run up to the mark behind which something else is told."""
        for place in range(self.first, self.last - 1):
            if _has_stop(self.line, place + 1):
                return Side(self.line, self.first, place + 1)
        return self


@dataclass(frozen=True, slots=True)
class Place:
    """An edit with both of its runs: ``old`` is the former, ``new`` the one that stands for it."""

    pair: Pair
    edit: Edit
    old: Side
    new: Side
    language: str


def place_of(pair: Pair, edit: Edit) -> Place:
    """Return an edit with what of its runs is compared."""
    old, new = Side(pair.former, *edit.old).core(), Side(pair.line, *edit.new).core()
    return Place(pair, edit, old, new, language_of(pair.line.text) or "en")


def is_of_speaker(pair: Pair, edit: Edit) -> bool:
    """Return whether an edit only says otherwise who told it, or when: "police said" for "the mayor said on Monday"."""
    return _speaks(Side(pair.line, *edit.new)) or _speaks(Side(pair.former, *edit.old))


def _has_stop(line: Line, place: int) -> bool:
    """Return whether a mark stands before a word."""
    return place > 0 and bool(STOPS.search(line.text, line.spans[place - 1][1], line.spans[place][0]))


def _speaks(side: Side) -> bool:
    if not len(side):
        return False
    saying = saying_words()
    if any(low in saying for low in _until_stop(side.line, side.last)):
        # "his lawyer said": what stands between the mark before and the verb is who says it
        return any(
            place == 0 or _has_stop(side.line, place)
            for place in range(side.first, max(-1, side.first - _CLAUSE_REACH), -1)
        )
    before = side.line.lows[max(0, side.first - _SAID_BEFORE) : side.first]
    if side.line.lows[side.first][0].isdigit() or not _THAT.isdisjoint(before):
        return False  # "officials said that 33 people were missing": who speaks stands before it
    return any(low in saying or low in listed("according") for low in before)


def _until_stop(line: Line, first: int) -> tuple[str, ...]:
    found: list[str] = []
    for place in range(first, min(len(line.lows), first + _SAID_AFTER)):
        if _has_stop(line, place):
            break
        found.append(line.lows[place])
    return tuple(found)
