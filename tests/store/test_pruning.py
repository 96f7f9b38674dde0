"""What is told beside the news is forgotten in time, and what is asked of it does not grow with what was ever told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

import storage.migrations
from news.watches.notices import BOT, KEPT, Notice, NoticeKind, Trouble, TroubleKind
from news.watches.watch import OutboxState
from storage.engine import SqlStore, SqlTransaction, open_store
from tests.contract.store_texts import NOW
from tests.new_stores import open_new_store

LATER = NOW + KEPT + timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_new_store(tmp_path / "wirewatch.db") as opened:
        yield opened


def make_trouble(subject: str = "feed:1", closed_at: datetime | None = None) -> Trouble:
    return Trouble(0, TroubleKind.SILENT, subject, "a reason", NOW, NOW, closed_at)


def add(tx: SqlTransaction, key: str, *, sent: bool = True, **more: object) -> Notice:
    """Add a notice, sent as a rule."""
    tx.notices.add(replace(Notice(0, "d:1", NoticeKind.TROUBLE, key, NOW), **more))  # type: ignore[arg-type]  # its fields
    if sent:
        held = tx.notices.lease(now=NOW, channels="d:", lease_s=60, worker="w")
        assert held is not None
        tx.notices.record_sent(held, receipt="m", thread="", now=NOW)
    found = tx.notices.find("d:1", key)
    assert found is not None
    return found


def test_notices_are_forgotten_when_all_they_tell_of_is_over(store: SqlStore) -> None:
    """What waits, what is to be edited and what may still be said to be over stays."""
    with store.write() as tx:
        still, over = tx.troubles.open(make_trouble()), tx.troubles.open(make_trouble("feed:2"))
        add(tx, "old", trouble_ids=(over.id,))
        add(tx, "open", trouble_ids=(over.id, still.id))
        tx.notices.mark(add(tx, "stale").id)
        tx.troubles.close(over.id, now=NOW)
        add(tx, "waiting", sent=False)
        add(tx, "young", sent=False, created_at=LATER)
        assert tx.notices.prune(before=NOW) == 0
        assert tx.notices.prune(before=LATER - KEPT) == 1
        kept = [tx.notices.find("d:1", key) is not None for key in ("old", "open", "stale", "waiting", "young")]
        assert kept == [False, True, True, True, True]
        assert [notice.key for notice in tx.notices.list_telling(over.id)] == ["open"]
        assert tx.notices.withdraw([4], reason="no") == 1
        assert tx.notices.prune(before=LATER - KEPT) == 1


def test_no_more_than_asked_for_are_forgotten_at_once(store: SqlStore) -> None:
    with store.write() as tx:
        for number in range(5):
            add(tx, str(number), sent=False, state=OutboxState.PENDING)
        tx.notices.withdraw(range(1, 6), reason="no")
        assert [tx.notices.prune(before=LATER, limit=2) for _ in range(4)] == [2, 2, 1, 0]


def test_troubles_are_forgotten_with_what_told_of_them(store: SqlStore) -> None:
    """But the last time that the bot itself was cut off: silence is counted from there."""
    with store.write() as tx:
        told = tx.troubles.open(make_trouble())
        tx.troubles.close(told.id, now=NOW)
        first, last = (tx.troubles.open(make_trouble(BOT, NOW)) for _ in range(2))
        tx.troubles.open(make_trouble("feed:2"))
        add(tx, "t", trouble_ids=(told.id,))
        assert tx.troubles.prune(before=LATER - KEPT) == 1, "the first of the bot"
        assert [each.id for each in tx.troubles.list_some([told.id, first.id, last.id])] == [told.id, last.id]
        assert tx.notices.prune(before=LATER - KEPT) == 1
        assert tx.troubles.prune(before=LATER - KEPT) == 1
        assert len(tx.troubles.list_open()) == 1


ASKED: dict[str, tuple[Callable[[SqlTransaction], object], str]] = {
    "telling": (lambda tx: tx.notices.list_telling(3), "SEARCH notice_troubles USING PRIMARY KEY (trouble_id=?)"),
    "last end": (lambda tx: tx.troubles.find_last_end(BOT), "ix_troubles_over"),
    "last trouble": (lambda tx: tx.notices.find_last_trouble("d:1"), "ix_notices_told"),
    "old notices": (lambda tx: tx.notices.prune(before=NOW), "ix_notices_created_at"),
    "old troubles": (lambda tx: tx.troubles.prune(before=NOW), "ix_troubles_closed_at"),
    "bonds": (lambda tx: tx.bonds.list_between(1, 2, since=NOW), "SEARCH story_bonds USING PRIMARY KEY"),
    "linkages": (lambda tx: tx.bonds.sum_linkages(1, 2, since=NOW), "SEARCH story_linkages USING PRIMARY KEY"),
    "old linkages": (lambda tx: tx.bonds.prune(before=NOW), "ix_story_linkages_at"),
    "old bonds": (lambda tx: tx.bonds.prune(before=NOW), "ix_story_bonds_at"),
}


@pytest.mark.parametrize("name", ASKED)
def test_nothing_walks_through_all_that_was_told(store: SqlStore, name: str) -> None:
    ask, index = ASKED[name]
    with store.write() as tx:
        raw = tx._connection.connection.driver_connection
        assert raw is not None
        statements: list[str] = []
        raw.set_trace_callback(statements.append)
        ask(tx)
        raw.set_trace_callback(None)
        plans = [row[3] for each in statements for row in raw.execute(f"EXPLAIN QUERY PLAN {each}")]
    assert any(index in plan for plan in plans), plans
    assert [plan for plan in plans if plan.startswith("SCAN") and "CONSTANT" not in plan] == []


def test_an_older_store_finds_its_notices_by_their_troubles(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
    engine.dispose()
    with sqlite3.connect(path) as raw:
        rows = [(1, "[2,3]"), (2, "[]"), (3, "[3]")]
        statement = "INSERT INTO notices (id, channel, kind, key, created_at, trouble_ids, state) VALUES "
        raw.executemany(f"{statement} (?, 'd:1', 'trouble', hex(randomblob(8)), 1, ?, 'sent')", rows)
    raw.close()
    with open_store(str(path)) as store, store.read() as tx:
        told = {number: [notice.id for notice in tx.notices.list_telling(number)] for number in (2, 3, 23)}
    assert told == {2: [1], 3: [1, 3], 23: []}
