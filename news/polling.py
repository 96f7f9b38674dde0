"""The value types of feed polling: a feed with its state, and what one poll of it gave.

Handlers lease feeds from the store, hand them to the feed door, and store the outcome; all three share these types.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.model import Article


class FeedStatus(StrEnum):
    """Whether a feed is polled."""

    ACTIVE = "active"
    PAUSED = "paused"
    """By a person."""
    STOPPED = "stopped"
    """By the feed itself: 410 Gone, or refused."""


class PollResult(StrEnum):
    """How one poll ended."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    GONE = "gone"
    """410, or an address that must not be fetched: do not try again."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and all that is known of its polls.

    Attributes:
        outlet: the publisher's name as shown; empty takes the feed's own title.
        interval_s: seconds between polls when all is well.
        body_hash: hex SHA-256 of the last body that was parsed, empty before.
        n_failures: failed polls in a row.
        error: why the last poll failed, fit to be shown; empty if it did not.
        moved_to, n_moves: the address that a permanent redirect named on the last ``n_moves`` polls in a row.
        is_primed: the first sight is over: entries that come now are news.
        owner: the place that added it and may change it; empty for one that all share.
    """

    id: int
    url: str
    status: FeedStatus
    added_at: datetime
    next_poll_at: datetime
    interval_s: int
    outlet: str = ""
    title: str = ""
    language: str = ""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    n_failures: int = 0
    error: str = ""
    polled_at: datetime | None = None
    succeeded_at: datetime | None = None
    n_articles: int = 0
    moved_to: str = ""
    n_moves: int = 0
    is_primed: bool = False
    owner: str = ""


@dataclass(frozen=True, slots=True)
class FeedPoll:
    """What one poll of one feed gave.

    Attributes:
        articles: the entries as articles, newest last, empty unless ``result`` is CHANGED.
        next_poll_at: when to poll next, back-off, Retry-After and jitter included.
        error: what went wrong and what to do, empty if nothing did.
        n_bytes: size of the decoded body.
        n_unread: entries that had to be left out, with the reason in ``error``.
    """

    feed: Feed
    result: PollResult
    polled_at: datetime
    next_poll_at: datetime
    articles: tuple[Article, ...] = ()
    title: str = ""
    language: str = ""
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    moved_to: str = ""
    http_status: int = 0
    error: str = ""
    n_bytes: int = 0
    n_unread: int = 0
