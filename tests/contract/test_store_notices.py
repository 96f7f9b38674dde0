"""What the store promises of notices on their way, of troubles, and of first messages on stories that fell silent."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from news.decision import Label
from news.errors import InputError, NotFoundError
from news.watches.notices import Notice, NoticeKind, Trouble, TroubleKind
from news.watches.silence import Health
from news.watches.watch import Alert, OutboxState
from storage.engine import SqlStore, SqlTransaction
from tests.contract.store_texts import NOW, decide_new, make_article, make_reading
from tests.new_stores import open_new_store

A_MINUTE = timedelta(minutes=1)
A_DAY = timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_new_store(tmp_path / "wirewatch.db") as opened:
        with opened.write() as tx:
            for number in range(3):
                article = make_article(f"Article {number}.")
                reading = make_reading(article)
                tx.articles.add(article, reading, decide_new(reading), now=NOW, is_seed=False)
        yield opened


def make_notice(channel: str = "d:1", key: str = "k", **more: object) -> Notice:
    return replace(Notice(0, channel, NoticeKind.TROUBLE, key, NOW), **more)  # type: ignore[arg-type]  # its fields


def lease(tx: SqlTransaction, channels: str = "d:", *, after: timedelta = timedelta()) -> Notice | None:
    return tx.notices.lease(now=NOW + after, channels=channels, lease_s=60, worker="w")


def make_trouble(subject: str = "feed:1", kind: TroubleKind = TroubleKind.SILENT) -> Trouble:
    return Trouble(0, kind, subject, "a reason", NOW - A_DAY, NOW, next_try_at=NOW + A_MINUTE)


def test_a_notice_is_written_once(store: SqlStore) -> None:
    """Two workers that look at the same time tell a channel once."""
    with store.write() as tx:
        assert tx.notices.add(make_notice(trouble_ids=(1, 12), under="t1", text="x\ny"))
        assert not tx.notices.add(make_notice(text="something else"))
        assert tx.notices.add(make_notice("d:2"))
    with store.read() as tx:
        found = tx.notices.find("d:1", "k")
        assert found == make_notice(trouble_ids=(1, 12), under="t1", text="x\ny", id=1)
        assert tx.notices.find("d:1", "other") is None
        with pytest.raises(NotFoundError):
            tx.notices.get(9)


def test_a_lease_keeps_others_away_and_counts_the_try(store: SqlStore) -> None:
    with store.write() as tx:
        tx.notices.add(make_notice())
        assert tx.notices.has_due(now=NOW, channels="d:")
        assert not tx.notices.has_due(now=NOW, channels="s:")
        first = lease(tx)
        assert first is not None
        assert (first.n_attempts, first.state, first.first_tried_at) == (1, OutboxState.SENDING, NOW)
        assert lease(tx) is None
        again = lease(tx, after=2 * A_MINUTE)
        assert again is not None
        assert (again.n_attempts, again.first_tried_at) == (2, NOW)
        tx.notices.record_sent(first, receipt="late", thread="", now=NOW)
        assert tx.notices.get(1).state is OutboxState.SENDING, "another try has it by now"
        tx.notices.record_sent(again, receipt="m1", thread="th", now=NOW)
        sent = tx.notices.get(1)
        assert (sent.state, sent.receipt, sent.own_thread, sent.sent_at) == (OutboxState.SENT, "m1", "th", NOW)
        assert lease(tx, after=A_DAY) is None


def test_two_threads_never_lease_one_notice(store: SqlStore) -> None:
    with store.write() as tx:
        for n in range(20):
            tx.notices.add(make_notice(f"d:{n}"))
    taken: list[int] = []

    def work() -> None:
        while True:
            with store.write() as tx:
                notice = lease(tx)
            if notice is None:
                return
            taken.append(notice.id)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 21))


def test_what_is_not_due_or_closed_waits(store: SqlStore) -> None:
    with store.write() as tx:
        tx.notices.add(make_notice(due_at=NOW + A_MINUTE))
        assert lease(tx) is None
        tx.channels.close("d:1", reason="no", now=NOW)
        assert lease(tx, after=A_MINUTE) is None
        tx.channels.reopen("d:1")
        held = lease(tx, after=A_MINUTE)
        assert held is not None
        tx.notices.record_failed(held, error="503", retry_at=NOW + A_DAY)
        assert lease(tx, after=timedelta(hours=1)) is None
        held = lease(tx, after=A_DAY)
        assert held is not None
        assert held.error == "503"
        tx.notices.record_failed(held, error="410", retry_at=None)
        assert tx.notices.get(1).state is OutboxState.FAILED


def test_what_was_never_tried_can_be_changed_and_withdrawn(store: SqlStore) -> None:
    with store.write() as tx:
        tx.notices.add(make_notice(trouble_ids=(1,)))
        tx.notices.add(make_notice(key="k2", trouble_ids=(2,)))
        tx.notices.set_troubles(1, (1, 3))
        assert [notice.trouble_ids for notice in tx.notices.list_waiting("d:1")] == [(1, 3), (2,)]
        assert lease(tx) is not None
        tx.notices.set_troubles(1, (9,))
        assert tx.notices.get(1).trouble_ids == (1, 3)
        assert tx.notices.withdraw([1, 2], reason="over") == 1
        assert tx.notices.get(2).state is OutboxState.WITHDRAWN


def test_a_trouble_is_found_in_what_tells_of_it(store: SqlStore) -> None:
    """Number 2 is not in 12, nor in 21."""
    with store.write() as tx:
        for n, ids in enumerate([(2,), (12, 21), (1, 2), (2, 3), (22,)]):
            tx.notices.add(make_notice(key=str(n), trouble_ids=ids))
        tx.notices.add(make_notice(key="r", kind=NoticeKind.RECOVERY, trouble_ids=(2,)))
        assert [notice.key for notice in tx.notices.list_telling(2)] == ["0", "2", "3"]


def test_what_changed_is_edited_once(store: SqlStore) -> None:
    with store.write() as tx:
        tx.notices.add(make_notice())
        tx.notices.mark(1)
        assert tx.notices.list_stale(now=NOW, channels="d:", limit=9) == [], "it was not sent yet"
        held = lease(tx)
        assert held is not None
        tx.notices.record_sent(held, receipt="m", thread="", now=NOW)
        assert [notice.id for notice in tx.notices.list_stale(now=NOW, channels="d:", limit=9)] == [1]
        tx.notices.record_edited(1)
        assert tx.notices.list_stale(now=NOW, channels="d:", limit=9) == []


def test_an_edit_that_failed_waits_and_lets_others_pass(store: SqlStore) -> None:
    with store.write() as tx:
        for key in "abc":
            tx.notices.add(make_notice(key=key))
            held = lease(tx)
            assert held is not None
            tx.notices.record_failed(held, error="503", retry_at=NOW)
            held = lease(tx)
            assert held is not None
            tx.notices.record_sent(held, receipt="m", thread="", now=NOW)
            tx.notices.mark(held.id)
        tx.notices.record_edit_failed(1, error="503", retry_at=NOW + A_MINUTE)

        def list_ids(now: datetime, limit: int = 9) -> list[int]:
            return [notice.id for notice in tx.notices.list_stale(now=now, channels="d:", limit=limit)]

        assert list_ids(NOW) == [2, 3]
        assert list_ids(NOW + A_MINUTE) == [2, 3, 1]
        assert list_ids(NOW + A_MINUTE, limit=2) == [2, 3]
        assert tx.notices.get(1).error == "503"
        assert lease(tx, after=A_DAY) is None, "what was sent is not sent again"
        tx.notices.record_edited(1)
        assert tx.notices.get(1).error == ""
        assert list_ids(NOW + A_DAY) == [2, 3]


def test_notices_follow_their_channel_and_expire_with_it(store: SqlStore) -> None:
    with store.write() as tx:
        tx.notices.add(make_notice())
        tx.channels.move("d:1", "d:7")
        assert tx.notices.get(1).channel == "d:7"
        tx.channels.close("d:7", reason="no", now=NOW)
        assert tx.notices.expire(before=NOW, now=NOW) == 0
        assert tx.notices.expire(before=NOW + A_DAY, now=NOW + A_DAY) == 1
        assert tx.notices.get(1).state is OutboxState.FAILED


def test_one_trouble_of_a_subject_is_open_at_a_time(store: SqlStore) -> None:
    with store.write() as tx:
        opened = tx.troubles.open(make_trouble())
        assert opened == replace(make_trouble(), id=1)
        with pytest.raises(InputError):
            tx.troubles.open(make_trouble(kind=TroubleKind.STOPPED))
        tx.troubles.open(replace(make_trouble(kind=TroubleKind.MOVED), closed_at=NOW))
        tx.troubles.open(make_trouble("feed:2"))
        assert [trouble.id for trouble in tx.troubles.list_open()] == [1, 3]
        tx.troubles.close(1, now=NOW + A_DAY)
        tx.troubles.close(1, now=NOW + 2 * A_DAY)
        assert tx.troubles.list_some([3, 1, 99])[0].closed_at == NOW + A_DAY
        assert tx.troubles.find_last_end("feed:1") == NOW, "that of the move, which came later"
        assert tx.troubles.find_last_end("feed:2") is None
        tx.troubles.open(make_trouble())


def test_health_comes_back_as_it_was(store: SqlStore) -> None:
    health = Health(
        url="https://e.example/",
        last_moment=NOW,
        pauses=((739_000, 3_600), (739_001, 60)),
        watched_since=NOW - A_DAY,
        failing_since=NOW,
        n_unreadable=2,
        shapes=((3, 2, 1),),
    )
    with store.write() as tx:
        assert tx.troubles.find_health(1) is None
        tx.troubles.set_health(1, Health())
        tx.troubles.set_health(1, health)
        tx.troubles.set_health(2, Health())
        assert tx.troubles.find_health(1) == health
        tx.troubles.forget_health([2, 3])
        assert tx.troubles.list_health() == {1: health}


def test_who_heard_from_a_feed(store: SqlStore) -> None:
    with store.write() as tx:
        feed_url = tx.articles.get(1).article.feed_url
        tx.outbox.add([Alert(1, "d:1", 5, Label.NEW), Alert(2, "d:1", 5, Label.NEW)], now=NOW)
        tx.outbox.add([Alert(1, "d:2", 5, Label.NEW)], now=NOW - 2 * A_DAY)
    with store.read() as tx:
        assert tx.troubles.list_hearers(since=NOW - A_DAY) == {feed_url: {"d:1"}}
        assert tx.troubles.list_hearers(since=NOW - 2 * A_DAY) == {feed_url: {"d:1", "d:2"}}
        assert tx.troubles.list_hearers(since=NOW + A_DAY) == {}


def test_heads_of_silent_stories_are_closed_once(store: SqlStore) -> None:
    """Not while anything on them waits to be sent; a new head is open again."""
    with store.write() as tx:
        tx.outbox.add([Alert(n, "d:1", 5, Label.NEW) for n in (1, 2)], now=NOW)
        rows = tx.outbox.lease("d:1", n_rows=1, now=NOW, lease_s=60, worker="w")
        tx.outbox.record_sent(rows[0].id, receipt="m", now=NOW)
        for story_id in (1, 2):
            tx.heads.open(channel="d:1", story_id=story_id, row_id=story_id, receipt="m", thread="", now=NOW)
        assert tx.heads.close_silent(before=NOW, now=NOW) == 0
        later = NOW + 30 * A_DAY
        assert tx.heads.close_silent(before=NOW + A_DAY, now=later) == 1, "one waits for its message"
        assert tx.heads.close_silent(before=NOW + A_DAY, now=later) == 0
        (head,) = tx.heads.list_for_story(1)
        assert (head.closed_at, head.opened_at) == (later, NOW)
        stale = tx.heads.list_stale(channels="d:", edited_before=later, limit=9)
        assert [each.story_id for each in stale] == [1]
        tx.heads.open(channel="d:1", story_id=1, row_id=2, receipt="m2", thread="", now=later)
        found = tx.heads.find("d:1", 1)
        assert found is not None
        assert found.closed_at is None


def test_a_digest_is_known_by_its_moment(store: SqlStore) -> None:
    with store.write() as tx:
        due = NOW + A_MINUTE
        tx.outbox.add([Alert(1, "d:1", 5, Label.NEW, due_at=due, is_digest=True)], now=NOW)
        assert tx.outbox.has_digest("d:1", due)
        assert not tx.outbox.has_digest("d:1", NOW)
        assert not tx.outbox.has_digest("d:2", due)
        rows = tx.outbox.lease("d:1", n_rows=1, now=due, lease_s=60, worker="w")
        tx.outbox.record_sent(rows[0].id, receipt="m", now=due)
        assert tx.outbox.has_digest("d:1", due)
        tx.outbox.add([Alert(2, "d:3", 5, Label.NEW, due_at=due, is_digest=True)], now=NOW)
        tx.outbox.withdraw([2], reason="f1")
        assert not tx.outbox.has_digest("d:3", due)
