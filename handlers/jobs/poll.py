"""Polling: lease the feeds that are due, have them fetched, take in what is new, give the leases back.

Owns the order of these steps. When to poll next is ``feeds.schedule``'s, and what is news is ``news.novelty``'s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from handlers.jobs.ingest import IngestFailure, IngestPlan, IngestResult, ingest_batch
from handlers.ports import Ports
from news.errors import DiskFullError
from news.polling import FeedPoll, PollResult
from news.watches.silence import after_poll, is_routine

_SILENCE = "first sight of the feed: what it held when it was added posts nothing"
_LONGEST_ERROR = 500


@dataclass(frozen=True, slots=True)
class PollSummary:
    """What one round of polling gave.

    Attributes:
        n_articles: articles that were not in the store.
        n_alerts: rows written to the outbox.
        failures: why feeds failed or articles were left out, each beginning with the feed's address.
    """

    n_feeds: int = 0
    n_changed: int = 0
    n_unchanged: int = 0
    n_failed: int = 0
    n_articles: int = 0
    n_alerts: int = 0
    failures: tuple[str, ...] = ()

    def __add__(self, other: PollSummary) -> PollSummary:
        return PollSummary(
            self.n_feeds + other.n_feeds,
            self.n_changed + other.n_changed,
            self.n_unchanged + other.n_unchanged,
            self.n_failed + other.n_failed,
            self.n_articles + other.n_articles,
            self.n_alerts + other.n_alerts,
            self.failures + other.failures,
        )


def poll_due(ports: Ports) -> PollSummary:
    """Poll the feeds that are due, each failing alone, and return what came of it."""
    settings = ports.settings
    with ports.store.write() as tx:
        feeds = tx.feeds.lease_due(
            now=ports.now(), limit=settings.feeds_per_tick, lease_s=settings.lease_s, worker=settings.worker
        )
    summary = PollSummary()
    if not feeds:
        return summary
    for poll in ports.feeds.poll(feeds):
        summary += _try_store(poll, ports)
    return summary


def _try_store(poll: FeedPoll, ports: Ports) -> PollSummary:
    try:
        return store_poll(poll, ports)
    except DiskFullError:
        raise  # the feed is not to blame, and no other could be stored
    except Exception as error:  # noqa: BLE001 - one feed must not end the round; it says itself what happened
        words = f"what it brought cannot be stored: {type(error).__name__}: {error}"[:_LONGEST_ERROR]
        failed = FeedPoll(poll.feed, PollResult.FAILED, poll.polled_at, poll.next_poll_at, error=words)
    return store_poll(failed, ports)  # raises where the store itself is broken


def store_poll(poll: FeedPoll, ports: Ports) -> PollSummary:
    """Take in what a poll brought and record how it went.

    Recording comes last: a process that dies before leaves the feed to be polled again, and articles that are there
    already are passed over then.
    """
    outcomes = list(ingest_batch(poll.articles, ports, _make_plan(poll, ports)))
    left_out = [outcome for outcome in outcomes if isinstance(outcome, IngestFailure)]
    taken = [outcome for outcome in outcomes if isinstance(outcome, IngestResult)]
    recorded = _with_left_out(poll, left_out)
    n_added = sum(1 for result in taken if result.is_added)
    with ports.store.write() as tx:
        tx.feeds.record_poll(recorded, worker=ports.settings.worker)
        if not is_routine(poll):
            health = tx.troubles.find_health(poll.feed.id)
            tx.troubles.set_health(poll.feed.id, after_poll(health, poll, n_new=n_added))
    return PollSummary(
        n_feeds=1,
        n_changed=int(poll.result is PollResult.CHANGED),
        n_unchanged=int(poll.result is PollResult.UNCHANGED),
        n_failed=int(poll.result in {PollResult.FAILED, PollResult.GONE}),
        n_articles=n_added,
        n_alerts=sum(result.n_alerts for result in taken),
        failures=(f"{poll.feed.url}: {recorded.error}",) if recorded.error else (),
    )


def _make_plan(poll: FeedPoll, ports: Ports) -> IngestPlan:
    if poll.feed.is_primed:
        return IngestPlan()
    n_loud = ports.settings.alerts_on_first_sight
    return IngestPlan(max(0, len(poll.articles) - n_loud) if n_loud else None, _SILENCE)


def _with_left_out(poll: FeedPoll, left_out: list[IngestFailure]) -> FeedPoll:
    """Return the poll with what was left out in words, and without validators: the next poll must see it again."""
    if not left_out:
        return poll
    first = left_out[0]
    words = f"{len(left_out)} entries left out, the first, {first.url or first.source_id}, {first.reason}"
    error = f"{poll.error}; {words}" if poll.error else words
    n_unread = poll.n_unread + len(left_out)
    return replace(poll, error=error, n_unread=n_unread, etag="", last_modified="", body_hash="")
