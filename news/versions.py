"""How far a store has come: equal versions mean that nothing which a decision rests on was written in between."""

from __future__ import annotations

from typing import NamedTuple


class Version(NamedTuple):
    """Two counters that only grow.

    Attributes:
        record: changes of articles, of their stories and events, and of the addresses of feeds.
        watches: changes of watches.
    """

    record: int = 0
    watches: int = 0
