"""Leases: whatever happens in whatever order, nobody holds what somebody else holds, and nothing is lost."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from news.decision import Label
from news.polling import FeedPoll, PollResult
from news.watches import Alert, OutboxRow, OutboxState
from storage.engine import open_store
from tests.contract.store_texts import NOW, decide_new, make_article, make_reading

CHANNELS = ("discord:1", "discord:2", "slack:1")
WORKERS = st.sampled_from(["a", "b"])
LEASE_S = 60


class Outbox(RuleBasedStateMachine):
    """Two workers lease, send, fail, die and come back; a model of our own says who may hold what."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = open_store(str(Path(self.folder.name) / "a.db"))
        self.now = NOW
        self.n_articles = 0
        self.held: dict[int, OutboxRow] = {}
        self.until = {0: NOW}
        self.retry = {0: NOW}
        self.open: dict[str, list[int]] = {channel: [] for channel in CHANNELS}
        self.sent: list[int] = []

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

    @rule(worker=WORKERS, channels=st.sampled_from(["", "discord:", "slack:1"]), limit=st.integers(1, 4))
    def lease(self, worker: str, channels: str, limit: int) -> None:
        with self.store.write() as tx:
            rows = tx.outbox.lease_due(now=self.now, channels=channels, limit=limit, lease_s=LEASE_S, worker=worker)
        expected: list[int] = []
        for channel, queue in self.open.items():
            if channel.startswith(channels):
                for row_id in queue:
                    if self.until.get(row_id, NOW) > self.now or self.retry.get(row_id, NOW) > self.now:
                        break
                    expected.append(row_id)
        assert [row.id for row in rows] == sorted(expected)[:limit]
        for row in rows:
            assert row.state is OutboxState.SENDING
            self.held[row.id] = row
            self.until[row.id] = self.now + timedelta(seconds=LEASE_S)

    @rule(data=st.data(), receipt=st.text(max_size=5))
    def send(self, data: st.DataObject, receipt: str) -> None:
        row_id = self.choose(data)
        if row_id:
            with self.store.write() as tx:
                tx.outbox.record_sent(row_id, receipt=receipt, now=self.now)
            self.sent.append(row_id)
            self.close(row_id)

    @rule(data=st.data(), retry_s=st.sampled_from([None, 0, 30, 90]))
    def fail(self, data: st.DataObject, retry_s: int | None) -> None:
        row_id = self.choose(data)
        if row_id:
            retry_at = None if retry_s is None else self.now + timedelta(seconds=retry_s)
            with self.store.write() as tx:
                tx.outbox.record_failed(row_id, error="503", retry_at=retry_at, now=self.now)
            if retry_at is None:
                self.close(row_id)
            else:
                del self.held[row_id]
                self.until.pop(row_id)
                self.retry[row_id] = retry_at

    def choose(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(sorted(self.held))) if self.held else 0

    def close(self, row_id: int) -> None:
        row = self.held.pop(row_id)
        self.until.pop(row_id)
        self.open[row.alert.channel].remove(row_id)

    @invariant()
    def nothing_is_lost_or_sent_twice(self) -> None:
        with self.store.read() as tx:
            counts = tx.outbox.count_by_state()
        assert counts["sent"] == len(self.sent) == len(set(self.sent))
        assert counts["pending"] + counts["sending"] == sum(map(len, self.open.values()))


Outbox.TestCase.settings = settings(max_examples=20, stateful_step_count=25)
TestOutbox = Outbox.TestCase


class Feeds(RuleBasedStateMachine):
    """Two workers poll five feeds; a lease keeps the other away until it is over or given back."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = open_store(str(Path(self.folder.name) / "a.db"))
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
