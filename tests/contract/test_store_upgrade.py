"""A database of an older program is brought up to date without losing a row, and what was on its way goes on."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine

import storage.migrations
from news.audit import AuditLine
from news.decision import POSTED_LABELS, Label
from news.timelines.visits import Marks, Visit, Watermark
from news.watches.watch import OutboxState, Queue, Watch
from storage.engine import open_store
from storage.types import to_microseconds
from tests.contract.store_texts import NOW

THEN = to_microseconds(NOW)

ROWS: dict[str, tuple[str, list[tuple[int | str | None, ...]]]] = {
    "feeds": (
        (
            "id, url, first_url, status, added_at, next_poll_at, interval_s, outlet, title, language, etag, "
            "last_modified, body_hash, n_failures, error, n_articles, moved_to, n_moves, is_primed"
        ),
        [(7, "https://e.example/", "https://e.example/", "active", THEN, THEN, 600, *[""] * 6, 2, "503", 9, "", 0, 1)],
    ),
    "stories": ("id, title, opened_at, last_at, n_articles, n_independent", [(3, "A story", THEN, THEN, 1, 1)]),
    "articles": (
        (
            "id, story_id, label, fetched_at, published_precision, is_seed, is_indexed, revision, language, outlet, "
            "url, source_id, feed_url, title, author, links, entity_counts, term_counts, text"
        ),
        [(5, 3, "NEW", THEN, "day", 0, 0, 0, "en", *[""] * 4, "A title", "", "[]", "{}", "{}", "A text.")],
    ),
    "watches": (
        "id, channel, expression, created_by, created_at, labels",
        [(2, "terminal:local", "venezuela", "terminal:local", THEN, '["DISPUTED","NEW","REVISED","UPDATE"]')],
    ),
    "outbox": (
        (
            "id, article_id, revision, channel, watch_id, label, state, created_at, n_attempts, next_try_at, lease_by, "
            "lease_until, receipt, error, sent_at"
        ),
        [
            (11, 5, 0, "d:1", 2, "NEW", "sent", THEN, 2, None, None, None, "m1", "", THEN),
            (12, 5, 1, "d:1", 2, "NEW", "sending", THEN, 1, None, "main", THEN, "", "", None),
            (13, 5, 2, "d:1", 2, "NEW", "sending", THEN, 1, None, "main", THEN, "", "", None),
            (14, 5, 3, "d:1", 2, "NEW", "pending", THEN, 0, None, None, None, "", "", None),
            (15, 5, 0, "d:2", 2, "NEW", "pending", THEN, 3, THEN, None, None, "", "503", None),
            (16, 5, 0, "d:3", 2, "NEW", "failed", THEN, 1, None, None, None, "", "404", None),
        ],
    ),
    "audit": ("id, at, actor, action, subject", [(1, THEN, "terminal:local", "watch add", "venezuela")]),
}


def bring_to(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database as the first release left it."""
    path = tmp_path / "old.db"
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        bring_to(connection, "0001")
        for table, (columns, rows) in ROWS.items():
            places = ", ".join("?" * len(rows[0]))
            for row in rows:
                connection.exec_driver_sql(f"INSERT INTO {table} ({columns}) VALUES ({places})", row)
    engine.dispose()
    return path


def test_no_row_and_no_value_is_lost(path: Path) -> None:
    """Each column of each row is as it was; new columns have values that change nothing."""
    open_store(str(path)).close()
    with sqlite3.connect(path) as connection:
        for table, (columns, rows) in ROWS.items():
            assert connection.execute(f"SELECT {columns} FROM {table} ORDER BY id").fetchall() == rows
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_is_there_reads_as_before(path: Path) -> None:
    with open_store(str(path)) as store, store.read() as tx:
        (feed,) = tx.feeds.list_all()
        assert (feed.owner, feed.n_failures, feed.is_primed) == ("", 2, True)
        assert tx.watches.list_all() == [Watch(2, "terminal:local", "venezuela", "terminal:local", NOW, POSTED_LABELS)]
        assert tx.audit.list_newest(limit=9) == [AuditLine(NOW, "terminal:local", "watch add", "venezuela", "")]
        assert tx.outbox.count_by_state() == {"pending": 2, "sending": 2, "sent": 1, "failed": 1, "withdrawn": 0}
        assert (tx.outbox.get(11).lead_id, tx.outbox.get(14).lead_id) == (11, None)
        # The time of the first try is not known: it may have arrived ever since it was made.
        assert [tx.outbox.get(number).first_tried_at for number in (11, 14, 15)] == [NOW, None, NOW]


def test_what_was_on_its_way_goes_on(path: Path) -> None:
    """Alerts that the old program held come again in their order, each as the message of its own that it was."""
    with open_store(str(path)) as store, store.write() as tx:
        queues = tx.outbox.list_queues(now=NOW, channels="", since=NOW - timedelta(minutes=1))
        assert queues == [Queue("d:1", 3, 1), Queue("d:2", 1, 0)]
        sent = []
        for _ in range(4):
            for row in tx.outbox.lease("d:1", n_rows=9, now=NOW, lease_s=60, worker="main"):
                sent.append((row.id, row.n_attempts))
                tx.outbox.record_sent(row.id, receipt="m", now=NOW, attempt=row.n_attempts)
        assert sent == [(12, 2), (13, 2), (14, 1)]
        assert {tx.outbox.get(number).state for number in (11, 12, 13, 14)} == {OutboxState.SENT}
        (row,) = tx.outbox.lease("d:2", n_rows=9, now=NOW, lease_s=60, worker="main")
        assert (row.id, row.n_attempts, row.alert.label) == (15, 4, Label.NEW)


def test_who_asks_next_asks_for_the_first_time(path: Path) -> None:
    """An old database knows of no visit, and takes one."""
    marks = Marks(Watermark(), Watermark(5, 4))
    visit = Visit("terminal:local", "place:venezuela", "venezuela", NOW, NOW, marks)
    with open_store(str(path)) as store, store.write() as tx:
        assert tx.visits.find_last("terminal:local") is None
        tx.visits.put(visit)
        assert tx.visits.find_last("terminal:local") == visit


HEADS = (
    # The story's days of silence, its alert on the way, whether its message is closed by the upgrade.
    (1, 40, "sent", True),
    (2, 22, "failed", True),
    (3, 20, "sent", False),
    (4, 40, "pending", False),
)


def test_stories_long_silent_are_closed_without_an_edit(tmp_path: Path) -> None:
    """Else the first hours after an upgrade would edit a thousand messages each."""
    path, now = tmp_path / "old.db", datetime.now(UTC)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        bring_to(connection, "0004")
        for number, n_days, state, _ in HEADS:
            then = to_microseconds(now - timedelta(days=n_days))
            for table, values in old_story(number, then, state).items():
                names, places = ", ".join(values), ", ".join("?" * len(values))
                connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(values.values()))
    engine.dispose()
    with open_store(str(path)) as store:
        with store.read() as tx:
            heads = [tx.heads.find("d:1", number) for number, *_ in HEADS]
        assert [head is not None and head.closed_at is not None for head in heads] == [row[3] for row in HEADS]
        with store.write() as tx:
            assert tx.heads.close_silent(before=now - timedelta(days=21), now=now) == 0
            assert tx.heads.list_stale(channels="", edited_before=now, limit=9) == []


def old_story(number: int, then: int, state: str) -> dict[str, dict[str, int | str | None]]:
    """Return the rows of a story with one article and the message that tells of it."""
    articles, outbox = ROWS["articles"], ROWS["outbox"]
    article = dict(zip(articles[0].split(", "), articles[1][0], strict=True))
    alert = dict(zip(outbox[0].split(", "), outbox[1][0], strict=True))
    return {
        "stories": {
            **dict.fromkeys(("opened_at", "last_at"), then),
            "id": number,
            "title": "A story",
            "n_articles": 1,
            "n_independent": 1,
        },
        "articles": {**article, "id": number, "story_id": number, "fetched_at": then},
        "outbox": {**alert, "id": number, "article_id": number, "state": state, "created_at": then},
        "heads": {
            **dict.fromkeys(("id", "story_id", "row_id"), number),
            **dict.fromkeys(("n_changes", "n_shown", "n_failures"), 0),
            "channel": "d:1",
            "receipt": "m",
            "thread": "",
            "opened_at": then,
        },
    }
