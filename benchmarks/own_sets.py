"""The sets of articles that we wrote ourselves, each known by a letter, and what its figures are good for.

Owns which sets there are and who has read them. Must never judge a pair: ``benchmarks.novelty`` and
``benchmarks.disputes`` do, nor a stream: ``benchmarks.desk`` does.
"""

from __future__ import annotations

__all__ = ["DISPUTES", "IN_VIEW", "LABELS", "STREAMS", "TOTALS_SEEN"]

IN_VIEW = "rules were mended with these in view"
TOTALS_SEEN = "nobody has read these; totals were seen at work"


def _say_seen(in_view: str, unread: str) -> dict[str, str]:
    return {**dict.fromkeys(in_view, IN_VIEW), **dict.fromkeys(unread, TOTALS_SEEN)}


LABELS = _say_seen("abcdefghijlknmqsvwxy12360", "prtz457")
"""What the figures of a set of labelled articles are good for, by its letter."""

DISPUTES = _say_seen("abcdefghijlknmqsvwxy123680u", "prtz479")
"""The like of the sets of contradictions."""

STREAMS = _say_seen("abdecgijlmno", "hfkp")
"""The like of the streams: days of articles as an editor meets them."""
