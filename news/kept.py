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
    """Calls ``make`` for objects that it has not met; forgets all when it holds more than ``most``.

    Each value keeps its object alive, so that no other can come to have its identity. May be used by many threads: at
    worst a value is worked out twice.
    """

    def __init__(self, make: Callable[[_Subject], _Value], *, most: int) -> None:
        self._make = make
        self._most = most
        self._held: dict[int, tuple[_Subject, _Value]] = {}

    def __call__(self, subject: _Subject) -> _Value:
        """Return the value of the object."""
        found = self._held.get(id(subject))
        if found is None:
            if len(self._held) >= self._most:
                self._held.clear()
            found = self._held[id(subject)] = subject, self._make(subject)
        return found[1]
