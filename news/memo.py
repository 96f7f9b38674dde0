"""What a room knows of a word as written, worked out when the word is first met.

Owns the bound of such a table. Must never be used for anything longer than a word: words come again in every article,
sentences do not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

_Known = TypeVar("_Known")

_MAX_WORDS = 40_000
_MAX_LENGTH = 40
"""Longer runs of letters are no words; they are read but not remembered."""


class WordMemo(dict[str, _Known], Generic[_Known]):
    """A mapping from every word to what ``work_out`` says of it; a dictionary, since a look-up then costs no call.

    ``work_out`` must give equal answers for equal words. When it is full, all is forgotten.
    """

    def __init__(self, work_out: Callable[[str], _Known]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, word: str) -> _Known:
        known = self._work_out(word)
        if len(word) <= _MAX_LENGTH:
            if len(self) >= _MAX_WORDS:
                self.clear()
            self[word] = known
        return known
