"""What is set up at start, and what is cleared away: configured feeds and watches, seeds, and what nobody waits for.

Each configured feed and watch is applied once and remembered, so that one that was removed by hand does not come back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from handlers.jobs.settings import ConfiguredFeed, ConfiguredWatch
from handlers.ports import Ports
from news.deciding.bonds import keep_days
from news.timelines.visits import KEPT as VISITS_KEPT
from news.watches.notices import KEPT

CONFIG_ACTOR = "config:config.toml"
"""Who makes the watches of the settings."""

_SEEDED = "seeds.loaded"
_APPLIED = "applied"
_MOST_EXPIRED = 1_000

Wish = TypeVar("Wish")


@dataclass(frozen=True, slots=True)
class MaintenanceSummary:
    """What was cleared away.

    Attributes:
        n_expired: alerts given up because their channel stayed closed.
        n_pruned: requests behind buttons that have expired.
        n_forgotten: visits of readers who did not come back.
        n_closed: first messages whose story fell silent.
        n_untold: notices that are long over.
    """

    n_expired: int = 0
    n_pruned: int = 0
    n_forgotten: int = 0
    n_closed: int = 0
    n_untold: int = 0


def maintain(ports: Ports) -> MaintenanceSummary:
    """Give up what channels that stayed closed were to get, forget old buttons, close silent stories. For each hour.

    Requests are kept twice as long as their buttons work, so that an expired button can still say what to type.
    """
    settings, now = ports.settings, ports.now()
    n_expired = _expire(ports)
    with ports.store.write() as tx:
        n_pruned = tx.requests.prune(before=now - 2 * timedelta(days=settings.keep_answers_days))
        n_forgotten = tx.visits.prune(before=now - VISITS_KEPT)
        n_expired += tx.notices.expire(before=now - timedelta(days=settings.keep_waiting_days), now=now)
        tx.bonds.prune(before=now - keep_days())
        n_untold = tx.notices.prune(before=now - KEPT)
        tx.troubles.prune(before=now - KEPT)
        n_closed = tx.heads.close_silent(before=now - timedelta(days=settings.story_sleeps_days), now=now)
    return MaintenanceSummary(n_expired, n_pruned, n_forgotten, n_closed, n_untold)


def _expire(ports: Ports) -> int:
    """Return how many alerts were given up; in several transactions, for everybody else waits while one writes."""
    now = ports.now()
    before = now - timedelta(days=ports.settings.keep_waiting_days)
    n_expired, n_more = 0, _MOST_EXPIRED
    while n_more == _MOST_EXPIRED:
        with ports.store.write() as tx:
            n_more = tx.outbox.expire(before=before, now=now, limit=_MOST_EXPIRED)
        n_expired += n_more
    return n_expired


def apply_feeds(feeds: Iterable[ConfiguredFeed], ports: Ports) -> int:
    """Add the configured feeds that were not applied before; return how many were added."""
    fresh = _find_fresh({f"config.feed:{feed.url}": feed for feed in feeds}, ports)
    if not fresh:
        return 0
    n_added = 0
    with ports.store.write() as tx:
        for key, feed in fresh.items():
            tx.values.set(key, _APPLIED)
            interval_s = feed.interval_s or ports.settings.default_interval_s
            _, is_added = tx.feeds.add(
                feed.url, outlet=feed.outlet, language=feed.language, interval_s=interval_s, now=ports.now()
            )
            n_added += is_added
    return n_added


def apply_watches(watches: Iterable[ConfiguredWatch], ports: Ports) -> int:
    """Add the configured watches that were not applied before; return how many were added."""
    fresh = _find_fresh({f"config.watch:{watch.channel}:{watch.topic}": watch for watch in watches}, ports)
    if not fresh:
        return 0
    n_added = 0
    with ports.store.write() as tx:
        for key, watch in fresh.items():
            tx.values.set(key, _APPLIED)
            _, is_added = tx.watches.add(
                channel=watch.channel, expression=watch.topic, actor=CONFIG_ACTOR, now=ports.now()
            )
            n_added += is_added
    return n_added


def _find_fresh(wanted: Mapping[str, Wish], ports: Ports) -> dict[str, Wish]:
    """Return those never applied. Reading first keeps a start from waiting for a bot that is writing."""
    with ports.store.read() as tx:
        return {key: wish for key, wish in wanted.items() if tx.values.find(key) is None}


def needs_seeds(ports: Ports) -> bool:
    """Return whether the seeds were never loaded to the end; a start that was broken off goes on."""
    with ports.store.read() as tx:
        return tx.values.find(_SEEDED) is None


def remember_seeded(ports: Ports) -> None:
    """Note that the seeds were loaded to the end."""
    with ports.store.write() as tx:
        tx.values.set(_SEEDED, ports.now().isoformat())
