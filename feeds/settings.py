"""The settings of the feed door: what it may reach, how long it waits, and how much it takes.

Owns the numbers and their defaults. Must never read a file or the environment; ``bot.config`` fills it.
"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How feeds are fetched and parsed. Frozen; every value has a default that is polite and safe.

    Attributes:
        total_timeout_s: for one whole exchange: look-up, connection, redirects and the last byte of the body.
        connect_timeout_s: for one connection, TLS included.
        body_cap_bytes: largest body that is taken, after decompression.
        concurrency: exchanges that are active at once. One that has waited for ``patience_s`` counts no more, so
            that slow servers never hold up the rest; four times as many may be open in all.
        per_host: the same for one host, of which eight times as many may be open in all.
        patience_s: see ``concurrency``.
        max_redirects: hops that are followed.
        allow_networks: exceptions to the rule that only public addresses are fetched: networks
            (``127.0.0.0/8``), single addresses, or host names (``feeds.intranet``), which then may resolve to
            anything.
        user_agent: sent with each request.
        parse_workers: processes that parse; 0 parses on one thread of this process, without the protection that a
            process gives against bodies that hang or crash a parser.
        parse_timeout_s: for parsing one body; each MiB adds three tenths of it.
        worker_memory_bytes: address space of one parsing process, where the system can limit it; 0 does not.
        max_entries: entries taken from one body, newest first in the order of the feed.
        min_interval_s, max_interval_s: bounds of the time between two polls that go well.
        max_backoff_s: bound of the time between two polls that fail.
        max_retry_after_s: longest ``Retry-After`` that is believed.
    """

    total_timeout_s: float = 60.0
    connect_timeout_s: float = 10.0
    body_cap_bytes: int = 16 * MIB
    concurrency: int = 200
    per_host: int = 4
    patience_s: float = 1.0
    max_redirects: int = 5
    allow_networks: tuple[str, ...] = ()
    user_agent: str = "Wirewatch/0.1 (feed reader)"
    parse_workers: int = 2
    parse_timeout_s: float = 10.0
    worker_memory_bytes: int = 2048 * MIB
    max_entries: int = 10_000
    min_interval_s: int = 60
    max_interval_s: int = 86_400
    max_backoff_s: int = 86_400
    max_retry_after_s: int = 7 * 86_400
