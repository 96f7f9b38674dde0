"""What a fetch and a parse gave, as values: expected failures of one feed are no exceptions.

Owns the types that pass between fetching, parsing and the door. Must never do anything itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from news.model import Article


@dataclass(frozen=True, slots=True)
class Fetched:
    """One exchange with a server, redirects followed.

    Attributes:
        status: the last HTTP status, 0 if none came.
        url: the address that answered.
        body: the decoded body of a 200, else empty.
        body_hash: hex SHA-256 of ``body``, else empty.
        content_type: the header as sent.
        moved_to: where permanent redirects (301, 308) from the first hop on lead to, else empty.
        retry_after_s: seconds that the server asks for, or None.
        error: why there is no body, fit to be shown; empty for a success, 304 included.
        is_refused: the feed's own address must not be fetched at all.
    """

    status: int = 0
    url: str = ""
    body: bytes = b""
    body_hash: str = ""
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    moved_to: str = ""
    retry_after_s: float | None = None
    error: str = ""
    n_bytes: int = 0
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class ParseJob:
    """One body to parse, with what is known of where it came from; crosses to a worker process.

    Attributes:
        url: where the body came from; relative links are resolved against it.
        feed_url: the feed's stored address, the name under which its articles are kept.
        outlet, language: what the user says of the feed; empty takes what the feed says.
        now: dates more than a day after it are not believed.
    """

    body: bytes
    url: str
    feed_url: str
    now: datetime
    content_type: str = ""
    outlet: str = ""
    language: str = ""
    max_entries: int = 10_000  # at least 1
    body_cap_bytes: int = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a body holds.

    Attributes:
        title: of the feed, plain text.
        language: ISO 639-1 as the feed declares it, or empty.
        articles: one for each entry, newest last.
        version: the dialect, such as ``rss20``, ``atom10``, ``json1.1``.
        n_entries: entries in the body, those left out included.
        error: why nothing could be read, fit to be shown; empty if something could.
        notice: what was left out and why; empty if nothing was.
    """

    title: str = ""
    language: str = ""
    articles: tuple[Article, ...] = ()
    version: str = ""
    n_entries: int = 0
    error: str = ""
    notice: str = ""
