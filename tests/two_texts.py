"""Two short articles of two outlets, the one stored and the other held against it, for tests that are of no more."""

from __future__ import annotations

from benchmarks.disputes import decide_dispute
from news.decision import Decision

__all__ = ["decide_on"]


def decide_on(
    stored: str,
    new: str,
    *,
    titles: tuple[str, str] | None = None,
    outlets: tuple[str, str] = ("North Desk", "South Paper"),
    published: tuple[str, str] = ("2025-10-18T14:00:00Z", "2025-10-18T18:00:00Z"),
) -> Decision:
    """Return the decision on a text against a store of one; where no titles are given, each opens its text."""
    titles = titles if titles is not None else (stored.partition(",")[0], new.partition(",")[0])
    keys = "outlet", "published", "title", "text"
    sides = zip(("stored", "new"), zip(outlets, published, titles, (stored, new), strict=True), strict=True)
    return decide_dispute({side: dict(zip(keys, values, strict=True)) for side, values in sides})
