"""What the store promises of alerts on their way, messages, closed channels, feedback and saved requests."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from news.decision import Label
from news.errors import NotFoundError, StorageError
from news.watches.feedback import Feedback, FeedbackKind
from news.watches.watch import Alert, ClosedChannel, OutboxRow, OutboxState, Queue
from storage.engine import SqlStore, SqlTransaction
from storage.schema import OUTBOX
from tests.contract.store_texts import NOW, decide_new, make_article, make_reading
from tests.new_stores import open_new_store
from tests.patience import PATIENCE_S

N_ARTICLES = 6
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """A store with a few articles, each a story of its own under the same id."""
    with open_new_store(tmp_path / "wirewatch.db") as opened:
        with opened.write() as tx:
            for number in range(N_ARTICLES):
                article = make_article(f"Article {number}.")
                reading = make_reading(article)
                tx.articles.add(article, reading, decide_new(reading), now=NOW, is_seed=False)
        yield opened


def alert(tx: SqlTransaction, channel: str, *articles: int, now: datetime = NOW) -> None:
    tx.outbox.add([Alert(number, channel, 5, Label.NEW) for number in articles or (1,)], now=now)


def lease(
    tx: SqlTransaction, channel: str, n_rows: int = 1, *, now: datetime = NOW, worker: str = "w"
) -> list[OutboxRow]:
    return tx.outbox.lease(channel, n_rows=n_rows, now=now, lease_s=60, worker=worker)


def send(tx: SqlTransaction, channel: str, n_rows: int = 1, *, now: datetime = NOW) -> list[OutboxRow]:
    rows = lease(tx, channel, n_rows, now=now)
    tx.outbox.record_sent(rows[0].id, receipt=f"m{rows[0].id}", now=now)
    return rows


def list_queues(tx: SqlTransaction, channels: str = "", *, now: datetime = NOW) -> list[Queue]:
    return tx.outbox.list_queues(now=now, channels=channels, since=now - timedelta(minutes=10))


@contextmanager
def count_steps(tx: SqlTransaction) -> Iterator[list[int]]:
    """Yield a list that gets a number for every hundred steps of SQLite's machine: work, whatever the clock says."""
    steps: list[int] = []
    connection = tx.outbox._connection.connection.driver_connection
    assert connection is not None
    connection.set_progress_handler(lambda: steps.append(100), 100)
    try:
        yield steps
    finally:
        connection.set_progress_handler(None, 0)


def articles(rows: list[OutboxRow]) -> list[int]:
    return [row.alert.article_id for row in rows]


class TestAlerts:
    def test_an_alert_is_written_once(self, store: SqlStore) -> None:
        """The same news never goes to the same channel twice, whichever watches ask for it."""
        alerts = [Alert(1, "d:1", 5, Label.NEW), Alert(1, "d:1", 6, Label.NEW)]
        with store.write() as tx:
            assert tx.outbox.add(alerts, now=NOW) == 1
            assert tx.outbox.add(alerts, now=NOW) == 0
            assert tx.outbox.add([Alert(1, "d:1", 5, Label.REVISED, revision=1)], now=NOW) == 1
            rows = tx.outbox.list_for_article(1)
        assert [row.alert.watch_id for row in rows] == [5, 5]
        assert [(row.state, row.lead_id) for row in rows] == [(OutboxState.PENDING, None)] * 2

    def test_an_alert_needs_its_article(self, store: SqlStore) -> None:
        with pytest.raises(StorageError), store.write() as tx:
            tx.outbox.add([Alert(99, "d:1", 5, Label.NEW)], now=NOW)

    def test_the_life_of_an_alert(self, store: SqlStore) -> None:
        with store.write() as tx:
            alert(tx, "d:1")
            assert lease(tx, "d:2") == []
            (row,) = lease(tx, "d:1")
            assert (row.state, row.n_attempts, row.lead_id) == (OutboxState.SENDING, 1, row.id)
            assert tx.outbox.get(row.id) == row
            retry_at = NOW + timedelta(minutes=5)
            tx.outbox.record_failed(row.id, error="503", retry_at=retry_at, now=NOW)
            assert (tx.outbox.get(row.id).state, tx.outbox.get(row.id).error) == (OutboxState.PENDING, "503")
            early = retry_at - timedelta(microseconds=1)
            assert (lease(tx, "d:1", now=early), list_queues(tx, now=early)) == ([], [])
            assert list_queues(tx, now=retry_at) == [Queue("d:1", 1, 0)]
            (row,) = lease(tx, "d:1", now=retry_at)
            assert row.n_attempts == 2
            tx.outbox.record_sent(row.id, receipt="message 7", now=retry_at)
            sent = tx.outbox.get(row.id)
            assert (sent.state, sent.receipt, sent.sent_at, sent.error) == (OutboxState.SENT, "message 7", retry_at, "")
            assert lease(tx, "d:1", now=retry_at + timedelta(days=9)) == []
            assert tx.outbox.count_by_state() == {"pending": 0, "sending": 0, "sent": 1, "failed": 0, "withdrawn": 0}

    def test_the_first_try_is_remembered(self, store: SqlStore) -> None:
        """Who looks for an earlier message need not look further back than that, however long the alert waited."""
        late = NOW + timedelta(days=3)
        with store.write() as tx:
            alert(tx, "d:1", 1, 2)
            assert tx.outbox.get(1).first_tried_at is None
            first = lease(tx, "d:1", now=late)
            assert [row.first_tried_at for row in first] == [late]
            again = lease(tx, "d:1", now=late + 2 * A_MINUTE)
            assert [(row.id, row.n_attempts, row.first_tried_at) for row in again] == [(1, 2, late)]
            assert tx.outbox.get(1) == again[0]
            assert tx.outbox.get(2).first_tried_at is None

    def test_who_was_told_of_a_story(self, store: SqlStore) -> None:
        """Those with an alert, sent or waiting, or with a head; not those whose alert was given up."""
        with store.write() as tx:
            for channel in ("d:1", "d:2", "d:3", "s:1"):
                alert(tx, channel, 1)
            send(tx, "d:1")
            (row,) = lease(tx, "d:2")
            tx.outbox.record_failed(row.id, error="no", retry_at=None, now=NOW)
            tx.heads.open(channel="s:2", story_id=1, row_id=row.id, receipt="m", thread="", now=NOW)
            assert tx.outbox.list_told(1) == ["d:1", "d:3", "s:1", "s:2"]
            assert tx.outbox.list_told(2) == []

    def test_a_late_sender_undoes_nothing(self, store: SqlStore) -> None:
        """Its lease ran out and another one sent the alert: SENT never goes back, whatever the late one says."""
        late = NOW + timedelta(seconds=61)
        with store.write() as tx:
            alert(tx, "d:1")
            (first,) = lease(tx, "d:1", worker="a")
            (second,) = lease(tx, "d:1", now=late, worker="b")
            tx.outbox.record_failed(first.id, error="503", retry_at=late, now=late, attempt=first.n_attempts)
            tx.outbox.record_sent(first.id, receipt="late", now=late, attempt=first.n_attempts)
            assert tx.outbox.get(first.id) == second, "the other one is still sending"
            tx.outbox.record_sent(second.id, receipt="b", now=late, attempt=second.n_attempts)
            sent = tx.outbox.get(first.id)
            for attempt in (first.n_attempts, second.n_attempts, None):
                tx.outbox.record_failed(first.id, error="503", retry_at=late, now=late, attempt=attempt)
                tx.outbox.record_sent(first.id, receipt="late", now=late, attempt=attempt)
            assert tx.outbox.get(first.id) == sent
            assert (sent.state, sent.receipt) == (OutboxState.SENT, "b")

    def test_what_is_given_up_stays_and_is_not_tried_again(self, store: SqlStore) -> None:
        with store.write() as tx:
            alert(tx, "d:1")
            (row,) = lease(tx, "d:1")
            tx.outbox.record_failed(row.id, error="too long", retry_at=None, now=NOW)
            assert tx.outbox.get(row.id).error == "too long"
            assert lease(tx, "d:1", now=NOW + timedelta(days=9)) == []
            assert tx.outbox.count_by_state()["failed"] == 1
            for ask_unknown in (
                lambda: tx.outbox.record_sent(99, receipt="", now=NOW),
                lambda: tx.outbox.record_failed(99, error="", retry_at=None, now=NOW),
                lambda: tx.outbox.get(99),
            ):
                with pytest.raises(NotFoundError):
                    ask_unknown()

    def test_states_are_counted_by_place(self, store: SqlStore) -> None:
        with store.write() as tx:
            for channel in ("d:1/1", "d:1/2", "d:12/1", "t:local"):
                alert(tx, channel, 1, 2)
            send(tx, "d:1/1")
            lease(tx, "d:1/2")
            ours = {"pending": 2, "sending": 1, "sent": 1, "failed": 0, "withdrawn": 0}
            assert tx.outbox.count_by_state(place="d:1") == ours
            assert tx.outbox.count_by_state(place="t:local")["pending"] == 2
            assert tx.outbox.count_by_state(place="d")["pending"] == 0
            assert tx.outbox.count_by_state() == {"pending": 6, "sending": 1, "sent": 1, "failed": 0, "withdrawn": 0}

    def test_a_new_start_takes_back_what_a_killed_process_held(self, store: SqlStore) -> None:
        """A digest that was half sent when the process died comes again at once, and as the same digest."""
        with store.write() as tx:
            tx.feeds.add("https://example.com/", outlet="", language="", interval_s=600, now=NOW)
            alert(tx, "d:1", 1, 2)
            lease(tx, "d:1", 2, worker="main")
            alert(tx, "d:1", 3)
            tx.feeds.lease_due(now=NOW, limit=9, lease_s=600, worker="main")
        assert store.release_leases("other") == 0
        assert store.release_leases("main") == 3
        with store.write() as tx:
            rows = lease(tx, "d:1", worker="main")
            assert [(row.alert.article_id, row.n_attempts) for row in rows] == [(1, 2), (2, 2)]
            assert len(tx.feeds.lease_due(now=NOW, limit=9, lease_s=600, worker="main")) == 1


class TestQueues:
    def test_longest_waiting_first(self, store: SqlStore) -> None:
        with store.write() as tx:
            alert(tx, "d:2", 1)
            alert(tx, "d:1", 1, 2)
            alert(tx, "d:2", 2, 3)
            alert(tx, "s:1", 1)
            assert list_queues(tx, "d:") == [Queue("d:2", 3), Queue("d:1", 2)]

    @pytest.mark.parametrize("prefix", ["d%", "D:", "d_", "discord:1", "d:12"])
    def test_a_prefix_is_taken_as_it_stands(self, store: SqlStore, prefix: str) -> None:
        with store.write() as tx:
            alert(tx, "d:1")
            assert list_queues(tx, prefix) == []

    def test_one_channel_waits_and_others_do_not(self, store: SqlStore) -> None:
        """Order holds within a channel: nothing overtakes an alert that is being sent or waits for its next try."""
        with store.write() as tx:
            alert(tx, "d:1", 1, 2)
            alert(tx, "d:2", 1, 2)
            (row,) = lease(tx, "d:1")
            assert lease(tx, "d:1") == []
            assert list_queues(tx) == [Queue("d:2", 2)]
            tx.outbox.record_failed(row.id, error="429", retry_at=NOW + timedelta(hours=1), now=NOW)
            assert lease(tx, "d:1") == []
            assert list_queues(tx) == [Queue("d:2", 2)]
            assert list_queues(tx, now=NOW + timedelta(hours=1)) == [Queue("d:1", 2), Queue("d:2", 2)]

    def test_a_dead_sender_holds_a_channel_up_for_its_lease_only(self, store: SqlStore) -> None:
        with store.write() as tx:
            alert(tx, "d:1", 1, 2)
            (first,) = lease(tx, "d:1")
            over = NOW + timedelta(seconds=60)
            assert list_queues(tx, now=over - timedelta(microseconds=1)) == []
            assert list_queues(tx, now=over) == [Queue("d:1", 2)]
            (again,) = lease(tx, "d:1", now=over)
            assert (again.id, again.n_attempts) == (first.id, 2)

    def test_messages_are_counted_and_not_alerts(self, store: SqlStore) -> None:
        """A digest of three is one message: it takes one place among those that a channel may get."""
        with store.write() as tx:
            alert(tx, "d:1", 1, 2, 3, 4, 5, 6)
            send(tx, "d:1", 3, now=NOW)
            send(tx, "d:1", now=NOW + A_MINUTE)
            send(tx, "d:1", now=NOW + 2 * A_MINUTE)
            for since, n_recent in ((NOW - A_MINUTE, 3), (NOW, 2), (NOW + A_MINUTE, 1), (NOW + 2 * A_MINUTE, 0)):
                queues = tx.outbox.list_queues(now=NOW + 2 * A_MINUTE, channels="", since=since)
                assert queues == [Queue("d:1", 1, n_recent)]


class TestMessages:
    def test_a_message_is_the_same_at_each_try(self, store: SqlStore) -> None:
        """What an earlier try took together comes again as exactly that, whatever came in and is asked for since."""
        with store.write() as tx:
            alert(tx, "d:1", 1, 2)
            rows = lease(tx, "d:1", 9)
            assert [row.lead_id for row in rows] == [rows[0].id] * 2
            alert(tx, "d:1", 3, 4)
            tx.outbox.record_failed(rows[0].id, error="503", retry_at=NOW, now=NOW, attempt=1)
            for n_rows in (1, 9):
                again = lease(tx, "d:1", n_rows)
                assert [(row.alert.article_id, row.lead_id) for row in again] == [(1, rows[0].id), (2, rows[0].id)]
                tx.outbox.record_failed(rows[0].id, error="503", retry_at=NOW, now=NOW)
            assert articles(send(tx, "d:1")) == [1, 2]
            assert articles(lease(tx, "d:1")) == [3]

    def test_a_message_fails_and_succeeds_as_one(self, store: SqlStore) -> None:
        with store.write() as tx:
            alert(tx, "d:1", 1, 2, 3)
            rows = lease(tx, "d:1", 2)
            tx.outbox.record_sent(rows[0].id, receipt="m", now=NOW, attempt=9)
            assert tx.outbox.count_by_state()["sending"] == 2
            tx.outbox.record_sent(rows[0].id, receipt="m", now=NOW, attempt=1)
            held = [tx.outbox.get(row.id) for row in rows]
            assert [(row.state, row.receipt, row.sent_at) for row in held] == [(OutboxState.SENT, "m", NOW)] * 2
            (row,) = lease(tx, "d:1")
            tx.outbox.record_failed(row.id, error="no", retry_at=None, now=NOW)
            assert tx.outbox.count_by_state() == {"pending": 0, "sending": 0, "sent": 2, "failed": 1, "withdrawn": 0}

    @pytest.mark.parametrize("n_rows", [0, -1])
    def test_nothing_is_leased_where_nothing_is_asked_for(self, store: SqlStore, n_rows: int) -> None:
        with store.write() as tx:
            alert(tx, "d:1")
            assert lease(tx, "d:1", n_rows) == []

    def test_what_a_channel_was_sent_on_a_story(self, store: SqlStore) -> None:
        with store.write() as tx:
            tx.stories.move([2], 3, now=NOW)
            alert(tx, "d:1", 3, 2, 1)
            alert(tx, "d:2", 3)
            send(tx, "d:1")
            send(tx, "d:1", now=NOW + A_MINUTE)
            assert articles(tx.outbox.list_for_story(3, "d:1")) == [3, 2]
            assert tx.outbox.list_for_story(1, "d:1") == [], "it waits"
            assert tx.outbox.list_for_story(3, "d:2") == []

    def test_two_threads_never_get_the_same_message(self, store: SqlStore) -> None:
        """Both look and lease at once, again and again: each alert goes to one of them, in order within its channel."""
        channels = [f"d:1/{number}" for number in range(4)]
        with store.write() as tx:
            for channel in channels:
                alert(tx, channel, *range(1, N_ARTICLES + 1))
        ready = threading.Barrier(2)
        got: list[int] = []

        def work(worker: str) -> None:
            ready.wait(PATIENCE_S)
            while True:
                with store.write() as tx:
                    queues = list_queues(tx)
                    rows = lease(tx, queues[0].channel, 2, worker=worker) if queues else []
                    is_done = not queues and not tx.outbox.count_by_state()["pending"]
                if is_done:
                    return
                if rows:
                    with store.write() as tx:
                        tx.outbox.record_sent(rows[0].id, receipt=worker, now=NOW, attempt=rows[0].n_attempts)
                        got.extend(row.id for row in rows)

        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(work, name) for name in ("a", "b")]:
                done.result(PATIENCE_S)
        assert len(got) == len(set(got)) == N_ARTICLES * len(channels)
        with store.read() as tx:
            for channel in channels:
                ids = [number for number in got if tx.outbox.get(number).alert.channel == channel]
                assert ids == sorted(ids)


class TestDueAlerts:
    def test_what_is_held_waits_for_its_time_and_holds_up_nothing(self, store: SqlStore) -> None:
        due = NOW + A_MINUTE
        with store.write() as tx:
            held = [Alert(n, "d:1", 5, Label.NEW, due_at=due, is_digest=True, held_by="quiet hours") for n in (1, 2)]
            tx.outbox.add(held, now=NOW)
            assert (list_queues(tx), lease(tx, "d:1", 9)) == ([], [])
            alert(tx, "d:1", 3)
            assert list_queues(tx) == [Queue("d:1", 1)]
            assert articles(send(tx, "d:1", 9)) == [3]
            assert list_queues(tx, now=due) == [Queue("d:1", 2, 1, 2)]
            rows = lease(tx, "d:1", 9, now=due)
            assert [(row.alert.article_id, row.alert.held_by, row.lead_id) for row in rows] == [
                (1, "quiet hours", rows[0].id),
                (2, "quiet hours", rows[0].id),
            ]

    def test_a_digest_goes_first_and_alone(self, store: SqlStore) -> None:
        with store.write() as tx:
            alert(tx, "d:1", 1)
            tx.outbox.add([Alert(2, "d:1", 5, Label.NEW, due_at=NOW, is_digest=True)], now=NOW)
            alert(tx, "d:1", 3)
            assert list_queues(tx) == [Queue("d:1", 3, 0, 1)]
            assert articles(send(tx, "d:1", 9)) == [2]
            assert articles(send(tx, "d:1", 9)) == [1, 3]

    def test_a_message_that_was_begun_goes_before_a_digest(self, store: SqlStore) -> None:
        with store.write() as tx:
            alert(tx, "d:1", 1)
            (row,) = lease(tx, "d:1")
            tx.outbox.record_failed(row.id, error="503", retry_at=NOW, now=NOW)
            tx.outbox.add([Alert(2, "d:1", 5, Label.NEW, due_at=NOW, is_digest=True)], now=NOW)
            assert articles(lease(tx, "d:1", 9)) == [1]

    def test_what_matched_is_kept(self, store: SqlStore) -> None:
        with store.write() as tx:
            tx.outbox.add([Alert(1, "d:1", 5, Label.NEW, matched=("oil", "kind:sanction"))], now=NOW)
            assert tx.outbox.list_for_article(1)[0].alert.matched == ("oil", "kind:sanction")


class TestMovedChannels:
    def test_all_that_is_a_channels_follows_it(self, store: SqlStore) -> None:
        """Its watches keep their numbers, its alerts their order, and what the new address has stays there."""
        with store.write() as tx:
            ours, _ = tx.watches.add(channel="d:1/1", expression="oil", actor="d:9", now=NOW)
            tx.watches.add(channel="d:1/1", expression="gas", actor="d:9", now=NOW)
            theirs, _ = tx.watches.add(channel="d:1/2", expression="gas", actor="d:9", now=NOW)
            alert(tx, "d:1/1", 1, 2)
            tx.channels.close("d:1/1", reason="gone", now=NOW)
            assert tx.channels.move("d:1/1", "d:1/2") == 3
            assert tx.watches.list_all("d:1/1") == []
            assert [watch.id for watch in tx.watches.list_all("d:1/2")] == [ours.id, theirs.id]
            assert articles(lease(tx, "d:1/2", 9)) == [1, 2]
            assert tx.channels.list_closed() == []


class TestClosedChannels:
    def test_nothing_goes_to_a_closed_channel(self, store: SqlStore) -> None:
        """Its alerts wait; they go out when it is open again."""
        with store.write() as tx:
            alert(tx, "d:1/1", 1, 2)
            (row,) = lease(tx, "d:1/1")
            tx.outbox.record_failed(row.id, error="403", retry_at=NOW, now=NOW)
            assert tx.channels.close("d:1/1", reason="403 Forbidden", now=NOW)
            assert not tx.channels.close("d:1/1", reason="404 Not Found", now=NOW + A_MINUTE)
            assert (lease(tx, "d:1/1"), list_queues(tx)) == ([], [])
            alert(tx, "d:1/1", 3)
            assert tx.channels.list_closed("d:1") == [ClosedChannel("d:1/1", "404 Not Found", NOW, 3)]
            assert tx.channels.list_closed() == tx.channels.list_closed("d:1")
            assert tx.channels.list_closed("d") == []
            assert not tx.channels.reopen("d:2/1")
            assert tx.channels.reopen("d:1/1")
            assert articles(lease(tx, "d:1/1")) == [1]
            assert tx.channels.list_closed() == []

    def test_what_waited_too_long_is_given_up(self, store: SqlStore) -> None:
        """Only in closed channels; what is being sent right now may still arrive and is left alone."""
        late = NOW + timedelta(days=15)
        with store.write() as tx:
            alert(tx, "d:1", 1, 2)
            alert(tx, "d:1", 3, now=late)
            alert(tx, "d:2", 1)
            alert(tx, "d:3", 1)
            lease(tx, "d:3", now=late)
            for channel in ("d:1", "d:3"):
                tx.channels.close(channel, reason="403", now=NOW)
            assert tx.outbox.expire(before=NOW, now=late) == 0
            assert tx.outbox.expire(before=late, now=late) == 2
            assert tx.outbox.expire(before=late, now=late) == 0
            assert tx.outbox.count_by_state() == {"pending": 2, "sending": 1, "sent": 0, "failed": 2, "withdrawn": 0}
            assert tx.outbox.expire(before=late, now=late + A_MINUTE) == 1
            tx.channels.reopen("d:1")
            assert articles(lease(tx, "d:1", 9, now=late)) == [3]

    def test_a_digest_is_given_up_as_one(self, store: SqlStore) -> None:
        late = NOW + timedelta(days=15)
        with store.write() as tx:
            alert(tx, "d:1", 1)
            alert(tx, "d:1", 2, now=late)
            rows = lease(tx, "d:1", 2, now=late)
            tx.outbox.record_failed(rows[0].id, error="403", retry_at=late, now=late)
            tx.channels.close("d:1", reason="403", now=late)
            assert tx.outbox.expire(before=late, now=late) == 0
            assert tx.outbox.expire(before=late + A_MINUTE, now=late) == 2

    def test_a_channel_is_opened_by_its_whole_address(self, store: SqlStore) -> None:
        """``d:1/2`` is not ``d:1/23``: a channel that still refuses the bot must not be written to again."""
        with store.write() as tx:
            for channel in ("d:1/2", "d:1/23", "d:1", "d:12/1"):
                tx.channels.close(channel, reason="403", now=NOW)
            assert [each.channel for each in tx.channels.list_closed("d:1")] == ["d:1", "d:1/2", "d:1/23"]
            assert tx.channels.reopen("d:1/2")
            assert not tx.channels.reopen("d:1/")
            assert not tx.channels.reopen("")
            assert [each.channel for each in tx.channels.list_closed()] == ["d:1", "d:1/23", "d:12/1"]


N_MANY = 20_000


class TestManyWait:
    """Twenty thousand alerts wait for closed channels: neither clearing them away nor looking for others is slow."""

    @pytest.fixture(autouse=True)
    def _many(self, store: SqlStore) -> None:
        rows = [
            {
                "article_id": 1,
                "revision": number,
                "channel": f"d:1/{number % 2}",
                "watch_id": 5,
                "label": "NEW",
                "state": "pending",
                "created_at": NOW,
                # The second channel's are one digest that was tried.
                "lead_id": 2 if number % 2 else None,
            }
            for number in range(N_MANY)
        ]
        with store.write() as tx:
            tx.outbox._connection.execute(insert(OUTBOX), rows)
            for channel in ("d:1/0", "d:1/1"):
                tx.channels.close(channel, reason="403", now=NOW)

    def test_they_are_given_up_a_few_at_a_time(self, store: SqlStore) -> None:
        """While a transaction writes, everybody else waits: each gives up a thousand, and compares no row with all."""
        late = NOW + timedelta(days=15)
        counts: list[int] = []
        while not counts or counts[-1]:
            with store.write() as tx, count_steps(tx) as steps:
                counts.append(tx.outbox.expire(before=late, now=late))
            assert sum(steps) < 50 * N_MANY
        assert counts == [1_000] * 20 + [0]
        with store.read() as tx:
            assert tx.outbox.count_by_state()["failed"] == N_MANY

    def test_they_cost_nothing_to_those_who_look_for_work(self, store: SqlStore) -> None:
        """Every sender asks each second: closed channels are passed by, not walked through."""
        with store.write() as tx:
            alert(tx, "d:1/2")
        for channels in ("", "d:"):
            with store.read() as tx, count_steps(tx) as steps:
                assert list_queues(tx, channels) == [Queue("d:1/2", 1, 0)]
            assert sum(steps) < N_MANY / 4


class TestHeads:
    @pytest.fixture(autouse=True)
    def _sent(self, store: SqlStore) -> None:
        with store.write() as tx:
            for channel in ("d:1", "d:2"):
                alert(tx, channel, 1)
                (row,) = send(tx, channel)
                tx.heads.open(channel=channel, story_id=1, row_id=row.id, receipt=row.alert.channel, thread="", now=NOW)

    def test_a_head_is_current_until_its_story_changes(self, store: SqlStore) -> None:
        later = NOW + A_MINUTE
        with store.write() as tx:
            assert tx.heads.list_stale(channels="", edited_before=later, limit=9) == []
            tx.heads.mark(2)
            assert tx.heads.list_stale(channels="", edited_before=later, limit=9) == []
            tx.heads.mark(1)
            stale = tx.heads.list_stale(channels="d:", edited_before=NOW, limit=9)
            assert [head.channel for head in stale] == ["d:1", "d:2"]
            assert tx.heads.list_stale(channels="d:2", edited_before=NOW, limit=9) == stale[1:]
            assert tx.heads.list_stale(channels="d:", edited_before=NOW, limit=1) == stale[:1]
            tx.heads.record_edited(stale[0].id, n_changes=stale[0].n_changes, now=later)
            assert tx.heads.list_stale(channels="d:", edited_before=later, limit=9) == stale[1:]
            found = tx.heads.find("d:1", 1)
            assert found == replace(stale[0], edited_at=later)

    def test_a_change_during_an_edit_is_not_lost(self, store: SqlStore) -> None:
        """The platform took the text as it was before: the head stays stale and is edited again, but not too soon."""
        with store.write() as tx:
            tx.heads.mark(1)
            head, other = tx.heads.list_stale(channels="", edited_before=NOW, limit=9)
            tx.heads.mark(1)
            tx.heads.record_edited(head.id, n_changes=head.n_changes, now=NOW)
            tx.heads.record_edited(other.id, n_changes=other.n_changes + 1, now=NOW)
            assert tx.heads.list_stale(channels="", edited_before=NOW - A_MINUTE, limit=9) == []
            assert [each.id for each in tx.heads.list_stale(channels="", edited_before=NOW, limit=9)] == [head.id]

    def test_a_late_edit_makes_nothing_stale_again(self, store: SqlStore) -> None:
        with store.write() as tx:
            tx.heads.mark(1)
            tx.heads.mark(1)
            head, _ = tx.heads.list_stale(channels="", edited_before=NOW, limit=9)
            tx.heads.record_edited(head.id, n_changes=2, now=NOW)
            tx.heads.record_edited(head.id, n_changes=1, now=NOW)
            assert head.id not in {each.id for each in tx.heads.list_stale(channels="", edited_before=NOW, limit=9)}

    def test_what_joined_while_the_first_message_was_under_way_is_not_lost(self, store: SqlStore) -> None:
        """Nobody could mark a head that was not there yet."""
        article = make_article("More of it.")
        reading = make_reading(article)
        with store.write() as tx:
            alert(tx, "d:3", 1)
            (row,) = lease(tx, "d:3")
            tx.articles.add(article, reading, decide_new(reading, story_id=1), now=NOW + A_MINUTE, is_seed=False)
            tx.heads.open(channel="d:3", story_id=1, row_id=row.id, receipt="m", thread="", now=NOW + A_MINUTE)
            stale = tx.heads.list_stale(channels="d:3", edited_before=NOW, limit=9)
            assert [(head.channel, head.n_changes) for head in stale] == [("d:3", 1)]

    def test_a_forgotten_head_is_replaced(self, store: SqlStore) -> None:
        with store.write() as tx:
            head = tx.heads.find("d:1", 1)
            assert head is not None
            tx.heads.set_thread(head.id, "t9")
            assert tx.heads.find("d:1", 1) == replace(head, thread="t9")
            tx.heads.forget(head.id)
            assert tx.heads.find("d:1", 1) is None
            tx.heads.open(channel="d:1", story_id=1, row_id=1, receipt="new", thread="t", now=NOW)
            tx.heads.open(channel="d:1", story_id=1, row_id=1, receipt="newer", thread="t", now=NOW)
            again = tx.heads.find("d:1", 1)
            assert again is not None
            assert (again.receipt, again.thread) == ("newer", "t")
            assert again.id != head.id, "what is said of the old one must not be taken for the new one"
            tx.heads.set_thread(head.id, "t9")
            tx.heads.record_edited(head.id, n_changes=1, now=NOW)
            assert tx.heads.find("d:1", 1) == again

    def test_failed_edits_are_counted_until_one_succeeds(self, store: SqlStore) -> None:
        """What is tried again stays stale, and who tries knows how often it failed."""
        with store.write() as tx:
            tx.heads.mark(1)
            head, _ = tx.heads.list_stale(channels="", edited_before=NOW, limit=9)
            tx.heads.record_failed(head.id, now=NOW + A_MINUTE)
            tx.heads.record_failed(head.id, now=NOW + 2 * A_MINUTE)
            assert head.id not in {each.id for each in tx.heads.list_stale(channels="", edited_before=NOW, limit=9)}
            failed = tx.heads.find(head.channel, 1)
            assert failed == replace(head, n_failures=2, edited_at=NOW + 2 * A_MINUTE)
            stale = tx.heads.list_stale(channels="", edited_before=NOW + 2 * A_MINUTE, limit=9)
            assert failed in stale
            tx.heads.record_edited(head.id, n_changes=head.n_changes, now=NOW)
            assert tx.heads.find(head.channel, 1) == replace(head, edited_at=NOW)

    def test_heads_in_closed_channels_are_not_edited(self, store: SqlStore) -> None:
        with store.write() as tx:
            tx.heads.mark(1)
            tx.channels.close("d:1", reason="403", now=NOW)
            assert [each.channel for each in tx.heads.list_stale(channels="", edited_before=NOW, limit=9)] == ["d:2"]
            tx.channels.reopen("d:1")
            assert len(tx.heads.list_stale(channels="", edited_before=NOW, limit=9)) == 2


class TestFeedback:
    KNOWN = Feedback(0, FeedbackKind.KNOWN, article_id=1, story_id=1, channel="d:1", actor="d:9", at=NOW)

    def test_the_same_said_again_is_the_same(self, store: SqlStore) -> None:
        """Two people who press one button leave one thing to undo; another channel speaks for itself."""
        with store.write() as tx:
            first = tx.feedback.add(self.KNOWN)
            assert tx.feedback.get(first.id) == first == replace(self.KNOWN, id=first.id)
            assert tx.feedback.add(replace(self.KNOWN, actor="d:8", at=NOW + A_MINUTE)) == first
            other = tx.feedback.add(replace(self.KNOWN, channel="d:2"))
            worse = tx.feedback.add(replace(self.KNOWN, kind=FeedbackKind.IRRELEVANT))
            assert tx.feedback.list_for_story(1) == [first, other, worse]

    def test_what_is_undone_holds_no_more(self, store: SqlStore) -> None:
        with store.write() as tx:
            first = tx.feedback.add(self.KNOWN)
            tx.feedback.undo(first.id, actor="d:8", now=NOW + A_MINUTE)
            tx.feedback.undo(first.id, actor="d:7", now=NOW + 2 * A_MINUTE)
            assert tx.feedback.get(first.id) == replace(first, undone_at=NOW + A_MINUTE, undone_by="d:8")
            assert tx.feedback.list_for_story(1) == []
            assert tx.feedback.add(self.KNOWN).id != first.id
            for ask_unknown in (
                lambda: tx.feedback.undo(99, actor="d:8", now=NOW),
                lambda: tx.feedback.get(99),
            ):
                with pytest.raises(NotFoundError):
                    ask_unknown()

    def test_joining_is_said_of_both_stories(self, store: SqlStore) -> None:
        joined = replace(self.KNOWN, kind=FeedbackKind.SAME, other_story_id=2, change='{"from":1}')
        with store.write() as tx:
            same = tx.feedback.add(joined)
            assert same.change == '{"from":1}'
            assert tx.feedback.list_for_story(1) == tx.feedback.list_for_story(2) == [same]
            assert tx.feedback.list_for_story(3) == []

    def test_feedback_goes_with_its_article(self, store: SqlStore) -> None:
        """What a channel dismissed stays dismissed when its article is put into another story."""
        with store.write() as tx:
            said = tx.feedback.add(self.KNOWN)
            tx.stories.move([1], 2, now=NOW)
            assert tx.feedback.list_for_story(1) == tx.feedback.list_for_story(2) == [said]


def test_saved_requests_live_until_they_are_pruned(store: SqlStore) -> None:
    """An id is never given out again: an old button must not find somebody else's request."""
    with store.write() as tx:
        old = tx.requests.add("old ¿?", now=NOW)
        new = tx.requests.add("new", now=NOW + A_MINUTE)
        assert (tx.requests.find(old), tx.requests.find(new)) == ("old ¿?", "new")
        assert tx.requests.prune(before=NOW) == 0
        assert tx.requests.prune(before=NOW + A_MINUTE) == 1
        assert (tx.requests.find(old), tx.requests.find(new)) == (None, "new")
        assert tx.requests.prune(before=NOW + 2 * A_MINUTE) == 1
        assert tx.requests.add("newest", now=NOW) > new
        assert [tx.requests.find(number) for number in (0, -1, 1 << 70)] == [None] * 3


class TestCost:
    """What is asked every second must not grow with what was ever sent."""

    @pytest.mark.parametrize(
        ("query", "index"),
        [
            ("list_queues", "ix_outbox_open"),
            ("list_queues", "ix_outbox_sent"),
            ("lease", "ix_outbox_open"),
        ],
    )
    def test_queries_use_their_indexes(self, store: SqlStore, query: str, index: str) -> None:
        plans: list[str] = []
        with store.write() as tx:
            raw = tx._connection.connection.driver_connection
            assert raw is not None
            statements: list[str] = []
            raw.set_trace_callback(statements.append)
            if query == "lease":
                lease(tx, "d:1")
            else:
                list_queues(tx, "d:")
            raw.set_trace_callback(None)
            for statement in statements:
                plans += [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}")]
        assert any(index in plan for plan in plans), plans
        assert [plan for plan in plans if plan.startswith("SCAN outbox")] == []
