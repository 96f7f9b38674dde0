"""What the store promises of feeds, watches and small facts, on a real database file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from news.decision import POSTED_LABELS
from news.errors import NotFoundError
from news.polling import Feed, FeedPoll, FeedStatus, PollResult
from storage.engine import SqlStore
from tests.contract.store_texts import NOW, make_article
from tests.new_stores import open_new_store

URL = "https://example.com/feed"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_new_store(tmp_path / "wirewatch.db") as opened:
        yield opened


def add_feed(store: SqlStore, url: str = URL) -> Feed:
    with store.write() as tx:
        return tx.feeds.add(url, outlet="Example", language="en", interval_s=600, now=NOW)[0]


def get_feed(store: SqlStore, feed_id: int = 1) -> Feed:
    with store.read() as tx:
        feed = tx.feeds.find(str(feed_id))
    assert feed is not None
    return feed


def record(store: SqlStore, result: PollResult, minutes: int = 0, **values: object) -> Feed:
    at = NOW + timedelta(minutes=minutes)
    poll = FeedPoll(get_feed(store), result, at, at + timedelta(minutes=10))
    with store.write() as tx:
        tx.feeds.record_poll(replace(poll, **values))  # type: ignore[arg-type]  # a test's own words
    return get_feed(store)


class TestFeeds:
    def test_a_feed_is_added_once_and_due_at_once(self, store: SqlStore) -> None:
        feed = add_feed(store)
        assert (feed.status, feed.next_poll_at, feed.is_primed) == (FeedStatus.ACTIVE, NOW, False)
        with store.write() as tx:
            assert tx.feeds.add(URL, outlet="", language="", interval_s=1, now=NOW) == (feed, False)
            assert tx.feeds.list_all() == [feed]

    @pytest.mark.parametrize("reference", ["1", " 1 ", URL, "the example times", "EXAMPLE"])
    def test_a_feed_is_found_by_id_address_and_name(self, store: SqlStore, reference: str) -> None:
        add_feed(store)
        feed = record(store, PollResult.CHANGED, title="The Éxample Times")
        with store.read() as tx:
            assert tx.feeds.find(reference) == feed

    @pytest.mark.parametrize("reference", ["", "2", "https://example.com/other", "9" * 40, "²"])
    def test_what_is_no_feed_is_not_found(self, store: SqlStore, reference: str) -> None:
        add_feed(store)
        with store.read() as tx:
            assert tx.feeds.find(reference) is None

    def test_success_keeps_validators_and_primes(self, store: SqlStore) -> None:
        add_feed(store)
        feed = record(
            store, PollResult.CHANGED, etag='"a"', last_modified="Mon", body_hash="h", title="T", language="es"
        )
        assert (feed.etag, feed.last_modified, feed.body_hash) == ('"a"', "Mon", "h")
        assert (feed.title, feed.language, feed.is_primed) == ("T", "es", True)
        assert (feed.polled_at, feed.succeeded_at, feed.next_poll_at) == (NOW, NOW, NOW + timedelta(minutes=10))
        feed = record(store, PollResult.UNCHANGED, minutes=1)
        assert (feed.etag, feed.body_hash) == ('"a"', "h")
        feed = record(store, PollResult.CHANGED, minutes=2, body_hash="i")
        assert (feed.etag, feed.last_modified, feed.title) == ("", "", "T")

    def test_failures_are_counted_until_a_success(self, store: SqlStore) -> None:
        """A failed poll neither primes a feed nor forgets what the last good one gave."""
        add_feed(store)
        record(store, PollResult.CHANGED, etag='"a"')
        for n in (1, 2):
            feed = record(store, PollResult.FAILED, minutes=n, error="time-out after 20 s")
            assert (feed.n_failures, feed.error, feed.etag, feed.succeeded_at) == (n, "time-out after 20 s", '"a"', NOW)
        feed = record(store, PollResult.UNCHANGED, minutes=3)
        assert (feed.n_failures, feed.error) == (0, "")

    def test_a_feed_that_never_answered_is_not_primed(self, store: SqlStore) -> None:
        add_feed(store)
        assert not record(store, PollResult.FAILED).is_primed

    def test_a_feed_that_is_gone_is_stopped(self, store: SqlStore) -> None:
        add_feed(store)
        feed = record(store, PollResult.GONE, error="410 Gone")
        assert (feed.status, feed.error) == (FeedStatus.STOPPED, "410 Gone")
        with store.write() as tx:
            assert tx.feeds.lease_due(now=NOW + timedelta(days=9), limit=9, lease_s=1, worker="w") == []
            tx.feeds.set_status(feed.id, FeedStatus.ACTIVE, now=NOW + timedelta(days=1))
        feed = get_feed(store)
        assert (feed.next_poll_at, feed.n_failures, feed.error) == (NOW + timedelta(days=1), 0, "")

    def test_a_poll_does_not_wake_a_feed_that_was_paused_meanwhile(self, store: SqlStore) -> None:
        feed = add_feed(store)
        with store.write() as tx:
            tx.feeds.set_status(feed.id, FeedStatus.PAUSED, now=NOW)
        assert record(store, PollResult.CHANGED).status is FeedStatus.PAUSED

    def test_a_feed_moves_after_three_polls_that_say_so(self, store: SqlStore) -> None:
        """One bad proxy moves nothing; three polls in a row do, and the old address still finds the feed."""
        add_feed(store)
        new = "https://new.example/feed"
        assert record(store, PollResult.CHANGED, moved_to=new).n_moves == 1
        assert record(store, PollResult.UNCHANGED, moved_to="https://bad.example/").n_moves == 1
        assert record(store, PollResult.UNCHANGED, moved_to=new).n_moves == 1
        assert record(store, PollResult.FAILED).n_moves == 1
        assert record(store, PollResult.UNCHANGED, moved_to=new).n_moves == 2
        feed = record(store, PollResult.UNCHANGED, moved_to=new)
        assert (feed.url, feed.moved_to, feed.n_moves) == (new, "", 0)
        with store.read() as tx:
            assert tx.feeds.find(URL) == tx.feeds.find(new) == feed

    def test_a_feed_never_moves_onto_another(self, store: SqlStore) -> None:
        add_feed(store)
        add_feed(store, "https://taken.example/")
        for _ in range(5):
            feed = record(store, PollResult.CHANGED, moved_to="https://taken.example/")
        assert (feed.url, feed.n_moves) == (URL, 5)

    def test_a_redirect_that_stops_is_forgotten(self, store: SqlStore) -> None:
        add_feed(store)
        record(store, PollResult.CHANGED, moved_to="https://new.example/")
        assert record(store, PollResult.CHANGED).n_moves == 0

    def test_a_removed_feed_leaves_its_articles(self, store: SqlStore) -> None:
        feed = add_feed(store)
        with store.write() as tx:
            tx.articles.add_unread([make_article("Some text.", feed_url=URL, source_id="1")], now=NOW)
            tx.feeds.remove(feed.id)
            assert tx.feeds.list_all() == []
            assert tx.articles.count() == 1
            tx.feeds.record_poll(FeedPoll(feed, PollResult.CHANGED, NOW, NOW))
            with pytest.raises(NotFoundError):
                tx.feeds.remove(feed.id)
            with pytest.raises(NotFoundError):
                tx.feeds.set_status(feed.id, FeedStatus.PAUSED, now=NOW)

    def test_a_late_poll_undoes_nothing(self, store: SqlStore) -> None:
        """Its lease ran out: it neither takes the next holder's lease away nor overwrites what that one recorded."""
        add_feed(store)
        late = NOW + timedelta(seconds=61)
        with store.write() as tx:
            (feed,) = tx.feeds.lease_due(now=NOW, limit=9, lease_s=60, worker="a")
            tx.feeds.lease_due(now=late, limit=9, lease_s=60, worker="b")
            old = FeedPoll(feed, PollResult.CHANGED, NOW, NOW, etag='"old"')
            tx.feeds.record_poll(old, worker="a")
            assert tx.feeds.lease_due(now=late, limit=9, lease_s=60, worker="c") == []
            tx.feeds.record_poll(FeedPoll(feed, PollResult.CHANGED, late, late, etag='"new"'), worker="b")
            tx.feeds.record_poll(old, worker="a")
            assert [each.etag for each in tx.feeds.list_all()] == ['"new"']


def test_a_feed_keeps_who_added_it(store: SqlStore) -> None:
    """Who asks for a feed that somebody else added does not get to own it."""
    with store.write() as tx:
        feed, _ = tx.feeds.add(URL, outlet="", language="", interval_s=600, now=NOW, owner="d:1")
        assert tx.feeds.add(URL, outlet="", language="", interval_s=600, now=NOW, owner="d:2") == (feed, False)
        assert [each.owner for each in tx.feeds.list_all()] == ["d:1"]
    assert record(store, PollResult.CHANGED).owner == "d:1"


class TestWatches:
    def test_a_watch_is_added_once(self, store: SqlStore) -> None:
        with store.write() as tx:
            watch, is_new = tx.watches.add(channel="discord:1", expression="venezuela", actor="discord:9", now=NOW)
            assert is_new
            assert (watch.labels, watch.created_by, watch.created_at) == (POSTED_LABELS, "discord:9", NOW)
            again = tx.watches.add(channel="discord:1", expression="venezuela", actor="discord:8", now=NOW)
            assert again == (watch, False)
            other, _ = tx.watches.add(channel="slack:1", expression="venezuela", actor="slack:8", now=NOW)
            assert tx.watches.list_all() == [watch, other]
            assert tx.watches.list_all("slack:1") == [other]
            tx.watches.remove(watch.id)
            assert tx.watches.list_all() == [other]
            with pytest.raises(NotFoundError):
                tx.watches.remove(watch.id)

    def test_a_watch_is_paused_and_resumed(self, store: SqlStore) -> None:
        with store.write() as tx:
            watch, _ = tx.watches.add(channel="d:1/2", expression="*", actor="d:9", now=NOW, ping="77")
            assert (watch.ping, watch.is_paused) == ("77", False)
            tx.watches.update(replace(watch, is_paused=True))
            assert tx.watches.find(watch.id) == replace(watch, is_paused=True)
            tx.watches.update(watch)
            assert tx.watches.find(watch.id) == watch
            assert tx.watches.find(99) is None
            with pytest.raises(NotFoundError):
                tx.watches.update(replace(watch, id=99))

    def test_a_place_sees_its_own_watches_only(self, store: SqlStore) -> None:
        """Whoever manages one server neither sees nor changes what belongs to one whose number begins alike."""
        with store.write() as tx:
            for channel in ("d:1/1", "d:1/2", "d:12/1", "d:1", "d:1-/1", "d:1%/1"):
                tx.watches.add(channel=channel, expression="*", actor="d:9", now=NOW)
            assert [watch.channel for watch in tx.watches.list_all(place="d:1")] == ["d:1/1", "d:1/2", "d:1"]
            assert [watch.channel for watch in tx.watches.list_all("d:1/2", place="d:1")] == ["d:1/2"]
            assert tx.watches.list_all(place="d:_") == []


def test_small_facts_are_kept(store: SqlStore) -> None:
    with store.write() as tx:
        assert tx.values.find("applied") is None
        tx.values.set("applied", "1")
        tx.values.set("applied", "2")
        tx.audit.add(actor="discord:1", action="feed added", subject=URL, now=NOW)
        tx.audit.add(actor="discord:2", action="feed removed", subject=URL, now=NOW)
    with store.read() as tx:
        assert tx.values.find("applied") == "2"
        assert [line.actor for line in tx.audit.list_newest(limit=9)] == ["discord:2", "discord:1"]
        assert tx.audit.list_newest(limit=1)[0].at == NOW


def test_a_place_sees_its_own_lines_of_the_log(store: SqlStore) -> None:
    with store.write() as tx:
        for channel in ("", "d:1/1", "d:1/2", "d:12/1"):
            tx.audit.add(actor="d:9", action="watch add", subject="x", now=NOW, channel=channel)
    with store.read() as tx:
        assert [line.channel for line in tx.audit.list_newest(limit=9, place="d:1")] == ["d:1/2", "d:1/1"]
        assert [line.channel for line in tx.audit.list_newest(limit=2)] == ["d:12/1", "d:1/2"]
