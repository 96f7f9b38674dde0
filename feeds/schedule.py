"""When a feed is polled next.

Owns interval, back-off and jitter. Pure: no clock and no randomness, so that the same history gives the same time.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from feeds.settings import FetchSettings
from news.polling import Feed, PollResult

_JITTER = 0.1
"""Up to a tenth is added, so that feeds added together drift apart."""

_GONE_S = 7 * 86_400


def next_poll_at(
    feed: Feed, result: PollResult, *, now: datetime, settings: FetchSettings, retry_after_s: float | None = None
) -> datetime:
    """Return when to poll next, aware UTC, after a poll of ``feed`` (in its state before that poll) gave ``result``.

    Success: the feed's interval. Failure: the interval, doubled with each further failure in a row, at most
    ``max_backoff_s``. Gone: a week, should somebody resume the feed. ``retry_after_s`` is a lower bound in each case.
    """
    delay = _delay_s(feed, result, settings)
    delay += delay * _JITTER * _phase(feed)
    if retry_after_s is not None:
        delay = max(delay, min(retry_after_s, settings.max_retry_after_s))
    return now + timedelta(seconds=delay)


def _delay_s(feed: Feed, result: PollResult, settings: FetchSettings) -> float:
    interval = min(max(feed.interval_s, settings.min_interval_s), settings.max_interval_s)
    if result is PollResult.GONE:
        return _GONE_S
    if result is not PollResult.FAILED:
        return interval
    # The exponent is bounded before the power: a feed that failed ten thousand times must not make a huge number.
    return min(interval * 2.0 ** min(feed.n_failures, 32), max(settings.max_backoff_s, interval))


def _phase(feed: Feed) -> float:
    """Return a share in [0, 1) that differs from feed to feed and from failure to failure."""
    digest = hashlib.sha256(f"{feed.id} {feed.url} {feed.n_failures}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32
