"""What the store promises of transactions, threads, crashes and files, on real database files."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from news.errors import NotFoundError, StorageError
from storage.connect import BUSY_S
from storage.engine import SqlStore, open_store
from storage.migrations import HEAD
from tests.contract.store_texts import NOW, decide_new, make_article, make_reading
from tests.new_stores import open_new_store
from tests.patience import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]
OPEN = "import sys; from storage.engine import open_store; open_store(sys.argv[1]).close()"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "wirewatch.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqlStore]:
    with open_new_store(path) as opened:
        yield opened


def add_feed(store: SqlStore, url: str) -> None:
    with store.write() as tx:
        tx.feeds.add(url, outlet="", language="", interval_s=600, now=NOW)


def count_feeds(store: SqlStore) -> int:
    with store.read() as tx:
        return len(tx.feeds.list_all())


class TestTransactions:
    def test_an_exception_undoes_everything(self, store: SqlStore) -> None:
        with pytest.raises(NotFoundError), store.write() as tx:  # noqa: PT012 - what is undone comes before what raises
            tx.feeds.add("https://a.example/", outlet="", language="", interval_s=600, now=NOW)
            tx.feeds.remove(99)
        assert count_feeds(store) == 0

    def test_a_savepoint_undoes_only_its_own_part(self, store: SqlStore) -> None:
        """One bad row of a batch takes nothing else with it."""
        with store.write() as tx:
            tx.feeds.add("https://a.example/", outlet="", language="", interval_s=600, now=NOW)
            article = make_article("Half an article.")
            reading = make_reading(article, [NOW.date()])
            with pytest.raises(NotFoundError), tx.savepoint():  # noqa: PT012 - the same
                tx.articles.add(article, reading, decide_new(reading), now=NOW, is_seed=False)
                tx.articles.get(99)
            with tx.savepoint():
                tx.feeds.add("https://b.example/", outlet="", language="", interval_s=600, now=NOW)
            assert tx.articles.count() == 0
        assert count_feeds(store) == 2

    def test_a_reader_sees_one_snapshot(self, store: SqlStore) -> None:
        """What is written while a page is put together does not get into it half-way."""
        with store.read() as tx:
            assert tx.feeds.list_all() == []
            add_feed(store, "https://a.example/")
            assert tx.feeds.list_all() == []
        assert count_feeds(store) == 1

    def test_a_reader_cannot_write(self, store: SqlStore) -> None:
        with pytest.raises(StorageError, match="cannot be written"), store.read() as tx:
            tx.values.set("key", "value")

    def test_a_second_write_in_the_same_thread_is_refused(self, store: SqlStore) -> None:
        with store.write(), pytest.raises(StorageError, match="savepoint"), store.write():
            pass
        add_feed(store, "https://a.example/")

    def test_a_naive_time_is_refused(self, store: SqlStore) -> None:
        naive = datetime(2026, 1, 1)  # noqa: DTZ001 - what must not get in
        with pytest.raises(StorageError, match="without a zone"), store.write() as tx:
            tx.audit.add(actor="a", action="b", subject="c", now=naive)


def test_who_cannot_wait_gives_up_soon(store: SqlStore, path: Path) -> None:
    """Also where another process writes; who writes next waits as long as ever."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        with pytest.raises(StorageError, match="held by another program"), store.write(wait_s=0.05):
            raise AssertionError("somebody else writes")
        assert time.monotonic() - began < BUSY_S
        other.execute("ROLLBACK")
    with store.write() as tx:
        patience = tx._connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
        assert patience == round(BUSY_S * 1_000)


def test_threads_write_one_after_another(store: SqlStore) -> None:
    """Polls, commands and deliveries of several threads neither lose nor block one another for good."""

    def work(worker: int) -> None:
        for number in range(10):
            article = make_article(f"Maduro spoke {worker} {number} in Caracas.")
            reading = make_reading(article, [NOW.date()])
            with store.read() as tx:
                tx.articles.find_candidates(article, reading)
            with store.write() as tx:
                tx.articles.add(article, reading, decide_new(reading), now=NOW, is_seed=False)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(6)))
    with store.read() as tx:
        assert tx.articles.count() == 60
        (name,) = tx.events.list_names(prefix="maduro", limit=2)
        assert name.n_articles == 60


def test_two_stores_share_a_file(path: Path, store: SqlStore) -> None:
    """A second process may write too: both wait for each other instead of failing."""
    with open_store(f"sqlite:///{path}") as other:
        ready = threading.Barrier(2)

        def work(opened: SqlStore, name: str) -> None:
            ready.wait(PATIENCE_S)
            for number in range(20):
                with opened.write() as tx:
                    n = int(tx.values.find("n") or 0)
                    tx.values.set("n", str(n + 1))
                    tx.values.set(f"{name}{number}", "")

        with ThreadPoolExecutor(2) as pool:
            for done in (pool.submit(work, store, "a"), pool.submit(work, other, "b")):
                done.result()
        with other.read() as tx:
            assert tx.values.find("n") == "40"


CRASH = """
import os, sys
from datetime import date
from storage.connect import BUSY_S
from storage.engine import open_store
from tests.contract.store_texts import NOW, decide_new, make_article, make_reading
from news.watches.watch import Alert
from news.decision import Label

store = open_store(sys.argv[1])
for number in range(3):
    article = make_article(f"Maduro landed in Caracas, part {number}.")
    reading = make_reading(article, [date(2018, 12, 10)])
    with store.write() as tx:
        article_id = tx.articles.add(article, reading, decide_new(reading), now=NOW, is_seed=False)
        tx.outbox.add([Alert(article_id, "terminal:local", 1, Label.NEW)], now=NOW)
        if number == 2:
            os._exit(9)
"""


def test_a_kill_in_the_middle_leaves_nothing_half_written(path: Path) -> None:
    """After kill -9 each article is there with its story, events, passages and alert, or not at all."""
    done = subprocess.run([sys.executable, "-c", CRASH, f"sqlite:///{path}"], cwd=ROOT, check=False, timeout=PATIENCE_S)
    assert done.returncode == 9
    with open_store(f"sqlite:///{path}") as store:
        with store.read() as tx:
            assert tx.articles.count() == 2
            assert tx.outbox.count_by_state()["pending"] == 2
            connection = tx._connection
            tables = ("stories", "events", "reports", "passages", "decisions", "signatures")
            counts = [connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in tables]
            assert counts == [2] * len(tables)
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        add_feed(store, "https://a.example/")


class TestFiles:
    def test_reopening_changes_nothing(self, path: Path) -> None:
        with open_store(f"sqlite:///{path}") as store:
            add_feed(store, "https://a.example/")
            before = store.describe()
        with open_store(f"sqlite:///{path}") as store:
            assert count_feeds(store) == 1
            assert store.describe()["schema_revision"] == before["schema_revision"]

    def test_an_up_to_date_file_opens_without_alembic(self, path: Path) -> None:
        """A start must not pay for migrations that there are none of."""
        open_store(f"sqlite:///{path}").close()
        code = f"{OPEN}; print('alembic' in sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", code, f"sqlite:///{path}"], cwd=ROOT, check=True, capture_output=True, text=True
        )
        assert done.stdout.strip() == "False"

    def test_the_file_is_tuned(self, store: SqlStore) -> None:
        with store.read() as tx:
            pragmas = {
                name: tx._connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "page_size")
            }
        assert pragmas == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "page_size": 16_384}

    def test_describe_says_what_a_person_wants_to_know(self, path: Path, store: SqlStore) -> None:
        facts = store.describe()
        assert facts["path"] == str(path)
        assert facts["size_bytes"] > 0
        assert (facts["schema_revision"], facts["n_articles"], facts["read_only"]) == (HEAD, 0, False)

    def test_a_relative_address_is_relative(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        open_store("sqlite:///deep/er/a.db").close()
        assert (tmp_path / "deep/er/a.db").exists()

    def test_odd_names_work(self, tmp_path: Path) -> None:
        path = tmp_path / "an odd % näme#1.db"
        open_store(str(path)).close()
        assert path.exists()

    def test_reading_only_neither_makes_nor_changes_a_file(self, path: Path) -> None:
        with pytest.raises(StorageError, match="cannot be opened"):
            open_store(f"sqlite:///{path}", read_only=True)
        assert not path.exists()
        open_store(f"sqlite:///{path}").close()
        with open_store(f"sqlite:///{path}", read_only=True) as store:
            assert store.describe()["read_only"]
            with pytest.raises(StorageError, match="reading only"), store.write():
                pass

    def test_a_file_of_something_else_is_named(self, path: Path) -> None:
        path.parent.mkdir()
        path.write_text("This is a diary and no database. " * 100, encoding="utf-8")
        with pytest.raises(StorageError, match="is not a Wirewatch database"):
            open_store(f"sqlite:///{path}")
        assert path.read_text(encoding="utf-8").startswith("This is a diary")

    def test_a_database_of_another_program_is_left_alone(self, path: Path) -> None:
        path.parent.mkdir()
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE bookmarks (id INTEGER)")
        with pytest.raises(StorageError, match="another program"):
            open_store(f"sqlite:///{path}")
        with sqlite3.connect(path) as connection:
            assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]

    def test_a_newer_schema_is_refused(self, path: Path) -> None:
        """An old program must not write into a database that it does not understand."""
        open_store(f"sqlite:///{path}").close()
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(StorageError, match=r"9999 .*newer version; update the program"):
            open_store(f"sqlite:///{path}")
        with pytest.raises(StorageError, match="9999"):
            open_store(f"sqlite:///{path}", read_only=True)

    def test_a_folder_that_cannot_be_made_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("x", encoding="utf-8")
        with pytest.raises(StorageError, match="name another path"):
            open_store(f"sqlite:///{tmp_path}/file/a.db")

    @pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://localhost/x", ""])
    def test_what_is_not_supported_is_said(self, url: str) -> None:
        with pytest.raises(StorageError, match="sqlite:///"):
            open_store(url)

    def test_processes_that_start_at_once_do_not_collide(self, path: Path) -> None:
        """Several programs may find the database missing at the same moment; one makes it, the others wait."""
        patient = f"from storage import connect, upgrade; connect.BUSY_S = upgrade.BUSY_S = {PATIENCE_S}; {OPEN}"
        started = [
            subprocess.Popen([sys.executable, "-c", patient, f"sqlite:///{path}"], cwd=ROOT, stderr=subprocess.PIPE)
            for _ in range(3)
        ]
        assert [process.communicate(timeout=PATIENCE_S)[1] for process in started] == [b""] * 3
        assert [process.returncode for process in started] == [0] * 3

    def test_a_copy_is_made_while_others_write(self, store: SqlStore, tmp_path: Path) -> None:
        add_feed(store, "https://a.example/")
        with store.write() as tx:
            tx.feeds.add("https://b.example/", outlet="", language="", interval_s=600, now=NOW)
            store.backup(tmp_path / "copies" / "a.db")
        with open_store(str(tmp_path / "copies" / "a.db")) as copy:
            assert count_feeds(copy) == 1
        assert [file.name for file in (tmp_path / "copies").iterdir() if file.suffix == ".partial"] == []
