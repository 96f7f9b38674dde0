"""Values worked out of objects once, and remembered as long as the very same objects come again.

Owns remembering by identity: candidates come as the same objects again and again, and a hash of all that an article or
a report holds would cost more than what is worked out of it. Must never remember anything that depends on more than the
object.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

_Subject = TypeVar("_Subject")
_Value = TypeVar("_Value")


class Kept(Generic[_Subject, _Value]):
    """Calls ``make`` for objects that it has not met, or not lately; holds ``most`` values at most.

    Values are held in two halves: when the newer one is full, what was not asked for since the last time is forgotten.
    Each value keeps its object alive, so that no other can come to have its identity. May be used by many threads: at
    worst a value is worked out twice.
    """

    def __init__(self, make: Callable[[_Subject], _Value], *, most: int) -> None:
        self._make = make
        self._most = most
        self._newer: dict[int, tuple[_Subject, _Value]] = {}
        self._older: dict[int, tuple[_Subject, _Value]] = {}

    def __call__(self, subject: _Subject) -> _Value:
        """Return the value of the object."""
        found = self._newer.get(id(subject))
        if found is None:
            found = self._older.get(id(subject)) or (subject, self._make(subject))
            if 2 * len(self._newer) >= self._most:
                self._older, self._newer = self._newer, {}
            self._newer[id(subject)] = found
        return found[1]
