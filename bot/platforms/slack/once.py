"""What was begun already: envelopes that Slack sends again, and buttons that are pressed twice.

Owns that memory, which outlives a connection and not the process. Must never know what it remembers.
"""

from __future__ import annotations

from collections import OrderedDict

_MOST_REMEMBERED = 2_000


class Once:
    """Lets each key through once; used from one event loop. The oldest of more than 2,000 are forgotten."""

    def __init__(self) -> None:
        self._begun: OrderedDict[str, None] = OrderedDict()

    def begin(self, key: str) -> bool:
        """Return whether this is the first time."""
        if key in self._begun:
            return False
        self._begun[key] = None
        while len(self._begun) > _MOST_REMEMBERED:
            self._begun.popitem(last=False)
        return True

    def forget(self, key: str) -> None:
        """Let the key through again: nothing came of it, or enough time has gone by."""
        self._begun.pop(key, None)
