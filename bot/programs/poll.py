"""``wirewatch poll``: polls without a terminal; alerts wait in the outbox for a process that delivers."""

from __future__ import annotations

import time

from bot.call import Call
from bot.output import emit
from bot.wiring import House
from handlers.jobs.poll import PollSummary, poll_due
from handlers.messages import count_words, notice
from handlers.ports import Ports
from handlers.reply import Reply, Tone
from news.polling import FeedStatus


def run(call: Call) -> int:
    """Poll once, or until interrupted; 1 if every feed that was polled failed."""
    with call.open() as house:
        call.prepare(house)
        if call.words.all:
            make_all_due(house.ports)
        if call.words.once:
            return emit(make_reply(poll_round(house.ports)), call.output_format)
        _poll_for_ever(call, house)
    return 0


def poll_round(ports: Ports) -> PollSummary:
    """Poll until no feed is due, so that more feeds than one tick leases are polled too."""
    total = PollSummary()
    started_at = ports.now()
    while True:
        summary = poll_due(ports)
        total += summary
        # A feed with an interval shorter than a round would be due for ever; a minute is a round's longest tail.
        if not summary.n_feeds or (ports.now() - started_at).total_seconds() > _longest_round_s(ports):
            return total


def _longest_round_s(ports: Ports) -> float:
    return float(ports.settings.lease_s)


def make_all_due(ports: Ports) -> None:
    """Let all active feeds be polled now."""
    with ports.store.write() as tx:
        for feed in tx.feeds.list_all():
            if feed.status is FeedStatus.ACTIVE:
                tx.feeds.set_status(feed.id, FeedStatus.ACTIVE, now=ports.now())


def make_reply(summary: PollSummary) -> Reply:
    """Return what polling gave as an answer."""
    title = (
        f"{count_words(summary.n_feeds, 'feed')} polled: {summary.n_changed} changed, {summary.n_unchanged} unchanged, "
        f"{summary.n_failed} failed; {count_words(summary.n_articles, 'new article')}, "
        f"{count_words(summary.n_alerts, 'alert')}"
    )
    data = {
        "n_feeds": summary.n_feeds,
        "n_changed": summary.n_changed,
        "n_unchanged": summary.n_unchanged,
        "n_failed": summary.n_failed,
        "n_articles": summary.n_articles,
        "n_alerts": summary.n_alerts,
        "failures": list(summary.failures),
    }
    blocks = tuple(notice(failure, Tone.WARNING) for failure in summary.failures)
    return Reply(title, blocks, data, failed=0 < summary.n_feeds == summary.n_failed)


def _poll_for_ever(call: Call, house: House) -> None:
    while True:
        summary = poll_due(house.ports)
        if summary.n_feeds:
            emit(make_reply(summary), call.output_format)
        time.sleep(call.config.poll.tick_s)
