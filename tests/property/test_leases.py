"""Leases: whatever happens in whatever order, nobody holds what somebody else holds, and nothing is lost."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from news.decision import Label
from news.polling import FeedPoll, PollResult
from news.watches.watch import Alert, OutboxRow, OutboxState, Queue
from tests.contract.store_texts import NOW, decide_new, make_article, make_reading
from tests.new_stores import open_new_store

CHANNELS = ("discord:1", "discord:2", "slack:1")
WORKERS = st.sampled_from(["a", "b"])
LEASE_S = 60


class Outbox(RuleBasedStateMachine):
    """Two workers lease, send, fail, die and come back; a model of our own says who may hold what."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = open_new_store(Path(self.folder.name) / "a.db")
        self.now = NOW
        self.n_articles = 0
        self.open: dict[str, list[int]] = {channel: [] for channel in CHANNELS}
        self.begun: dict[str, tuple[int, ...]] = {}
        self.held: dict[str, OutboxRow] = {}
        self.until: dict[str, datetime] = {}
        self.closed: set[str] = set()
        self.given_back: set[str] = set()
        self.sent: dict[str, list[tuple[datetime, tuple[int, ...]]]] = {channel: [] for channel in CHANNELS}
        self.n_failed = 0

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(channels=st.sets(st.sampled_from(CHANNELS), min_size=1))
    def post(self, channels: set[str]) -> None:
        article = make_article(f"Article {self.n_articles}.")
        reading = make_reading(article)
        with self.store.write() as tx:
            article_id = tx.articles.add(article, reading, decide_new(reading), now=self.now, is_seed=False)
            alerts = [Alert(article_id, channel, 1, Label.NEW) for channel in sorted(channels)]
            assert tx.outbox.add(alerts, now=self.now) == len(channels)
            for row in tx.outbox.list_for_article(article_id):
                self.open[row.alert.channel].append(row.id)
        self.n_articles += 1

    @rule(seconds=st.sampled_from([0, 1, 30, 59, 60, 61, 3_600]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    def is_free(self, channel: str) -> bool:
        return channel not in self.closed and self.until.get(channel, NOW) <= self.now

    @rule(worker=WORKERS, channel=st.sampled_from(CHANNELS), n_rows=st.integers(1, 4))
    def lease(self, worker: str, channel: str, n_rows: int) -> None:
        """A free channel gives its next message, the begun one first and unchanged; any other gives nothing."""
        with self.store.write() as tx:
            rows = tx.outbox.lease(channel, n_rows=n_rows, now=self.now, lease_s=LEASE_S, worker=worker)
        waiting = self.open[channel] if self.is_free(channel) else []
        expected = self.begun.get(channel, tuple(waiting[:n_rows])) if waiting else ()
        assert tuple(row.id for row in rows) == expected
        if not rows:
            return
        assert {(row.state, row.lead_id, row.alert.channel) for row in rows} == {
            (OutboxState.SENDING, expected[0], channel)
        }
        assert len({row.n_attempts for row in rows}) == 1
        if channel in self.held:
            assert rows[0].n_attempts == self.held[channel].n_attempts + 1
        self.begun[channel] = expected
        self.held[channel] = rows[0]
        self.given_back.discard(channel)
        self.until[channel] = self.now + timedelta(seconds=LEASE_S)

    @rule(channels=st.sampled_from(["", "discord:", "slack:1"]), seconds=st.sampled_from([1, 60, 600]))
    def look(self, channels: str, seconds: int) -> None:
        """The queues are those of the free channels, longest waiting first, with what went there lately."""
        since = self.now - timedelta(seconds=seconds)
        with self.store.read() as tx:
            queues = tx.outbox.list_queues(now=self.now, channels=channels, since=since)
        free = [name for name in CHANNELS if name.startswith(channels) and self.open[name] and self.is_free(name)]
        assert queues == [
            Queue(name, len(self.open[name]), sum(at > since for at, _ in self.sent[name]))
            for name in sorted(free, key=lambda name: self.open[name][0])
        ]

    @rule(data=st.data(), is_late=st.booleans())
    def send(self, data: st.DataObject, is_late: bool) -> None:  # noqa: FBT001 - hypothesis gives it by name
        channel = self.choose(data)
        if channel:
            row = self.held[channel]
            attempt = row.n_attempts - is_late
            with self.store.write() as tx:
                tx.outbox.record_sent(row.id, receipt="m", now=self.now, attempt=attempt)
            if not is_late:
                self.sent[channel].append((self.now, self.begun[channel]))
                self.finish(channel)

    @rule(data=st.data(), retry_s=st.sampled_from([None, 0, 30, 90]))
    def fail(self, data: st.DataObject, retry_s: int | None) -> None:
        channel = self.choose(data)
        if channel:
            retry_at = None if retry_s is None else self.now + timedelta(seconds=retry_s)
            with self.store.write() as tx:
                tx.outbox.record_failed(self.held[channel].id, error="503", retry_at=retry_at, now=self.now)
            if retry_at is None:
                self.n_failed += len(self.begun[channel])
                self.finish(channel)
            else:
                del self.held[channel]
                self.until[channel] = retry_at

    @rule(channel=st.sampled_from(CHANNELS))
    def close(self, channel: str) -> None:
        with self.store.write() as tx:
            assert tx.channels.close(channel, reason="403", now=self.now) == (channel not in self.closed)
        self.closed.add(channel)

    @rule(channel=st.sampled_from(CHANNELS))
    def reopen(self, channel: str) -> None:
        with self.store.write() as tx:
            assert tx.channels.reopen(channel) == (channel in self.closed)
        self.closed.discard(channel)

    @rule()
    def restart(self) -> None:
        """A new process of the same name takes over at once what the killed one held."""
        n_held = sum(len(self.begun[channel]) for channel in self.held if channel not in self.given_back)
        self.given_back = set(self.held)
        assert self.store.release_leases("a") + self.store.release_leases("b") == n_held
        for channel in self.held:
            self.until[channel] = self.now

    def choose(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.held))) if self.held else ""

    def finish(self, channel: str) -> None:
        self.held.pop(channel)
        self.until.pop(channel)
        for row_id in self.begun.pop(channel):
            self.open[channel].remove(row_id)

    @invariant()
    def nothing_is_lost_or_sent_twice_or_out_of_order(self) -> None:
        with self.store.read() as tx:
            counts = tx.outbox.count_by_state()
        ids = {channel: [row_id for _, rows in sent for row_id in rows] for channel, sent in self.sent.items()}
        assert all(found == sorted(set(found)) for found in ids.values())
        assert counts["sent"] == sum(map(len, ids.values()))
        assert counts["failed"] == self.n_failed
        assert counts["pending"] + counts["sending"] == sum(map(len, self.open.values()))


Outbox.TestCase.settings = settings(max_examples=25, stateful_step_count=30)
TestOutbox = Outbox.TestCase


class Feeds(RuleBasedStateMachine):
    """Two workers poll five feeds; a lease keeps the other away until it is over or given back."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = open_new_store(Path(self.folder.name) / "a.db")
        self.now = NOW
        with self.store.write() as tx:
            feeds = [
                tx.feeds.add(f"https://e.example/{n}", outlet="", language="", interval_s=60, now=NOW)[0]
                for n in range(5)
            ]
        self.feeds = {feed.id: feed for feed in feeds}
        self.due = dict.fromkeys(self.feeds, NOW)
        self.until = dict.fromkeys(self.feeds, NOW)

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    @rule(seconds=st.sampled_from([0, 1, 59, 60, 600]))
    def wait(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(worker=WORKERS, limit=st.integers(1, 6))
    def lease(self, worker: str, limit: int) -> None:
        with self.store.write() as tx:
            leased = tx.feeds.lease_due(now=self.now, limit=limit, lease_s=LEASE_S, worker=worker)
        free = [n for n in self.feeds if self.due[n] <= self.now and self.until[n] <= self.now]
        assert [feed.id for feed in leased] == sorted(free, key=lambda n: (self.due[n], n))[:limit]
        for feed in leased:
            self.until[feed.id] = self.now + timedelta(seconds=LEASE_S)

    @rule(
        feed_id=st.integers(1, 5),
        result=st.sampled_from([PollResult.CHANGED, PollResult.FAILED]),
        pause_s=st.sampled_from([0, 30, 300]),
    )
    def poll(self, feed_id: int, result: PollResult, pause_s: int) -> None:
        self.due[feed_id] = self.now + timedelta(seconds=pause_s)
        self.until[feed_id] = NOW
        with self.store.write() as tx:
            tx.feeds.record_poll(FeedPoll(self.feeds[feed_id], result, self.now, self.due[feed_id]))


Feeds.TestCase.settings = settings(max_examples=20, stateful_step_count=20)
TestFeeds = Feeds.TestCase
