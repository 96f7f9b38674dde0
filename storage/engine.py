"""The store: opening a database and joining the repositories by one transaction.

Owns the writer's lock and the life of connections. Must never hold a query: those are the repositories'. One thread
writes at a time, in the order in which they came to the lock; readers never wait for a writer, nor a writer for them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine, func, select
from sqlalchemy.engine import Connection

from news.errors import StorageError
from news.versions import Version
from storage.articles import SqlArticles
from storage.audit import SqlAudit
from storage.backup import copy_database
from storage.bonds import SqlBonds
from storage.changes import read_version
from storage.channels import SqlChannels
from storage.connect import BUSY_S, explained, open_reader, open_writer
from storage.events import SqlEvents
from storage.feedback import SqlFeedback
from storage.feeds import SqlFeeds
from storage.heads import SqlHeads
from storage.history import SqlHistory
from storage.leases import release
from storage.moves import SqlStories
from storage.notices import SqlNotices
from storage.outbox import SqlOutbox
from storage.recall import keep_for
from storage.requests import SqlRequests
from storage.schema import ARTICLES, FEEDS, NOTICES, OUTBOX
from storage.search import SqlPassages
from storage.troubles import SqlTroubles
from storage.upgrade import check_revision, find_revision, upgrade
from storage.values import SqlValues
from storage.visits import SqlVisits
from storage.watches import SqlWatches

WRITE_WAIT_S = 60.0
"""How long a thread waits for the other writers of its process."""


class SqlTransaction:
    """The repositories on one connection; see ``handlers.ports.Transaction``. Only for the thread that opened it."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    @cached_property
    def articles(self) -> SqlArticles:
        """Articles."""
        return SqlArticles(self._connection)

    @cached_property
    def events(self) -> SqlEvents:
        """Events and reports."""
        return SqlEvents(self._connection)

    @cached_property
    def passages(self) -> SqlPassages:
        """Full text."""
        return SqlPassages(self._connection)

    @cached_property
    def feeds(self) -> SqlFeeds:
        """Feeds."""
        return SqlFeeds(self._connection)

    @cached_property
    def watches(self) -> SqlWatches:
        """Watches."""
        return SqlWatches(self._connection)

    @cached_property
    def outbox(self) -> SqlOutbox:
        """Alerts on their way."""
        return SqlOutbox(self._connection)

    @cached_property
    def heads(self) -> SqlHeads:
        """First messages on stories."""
        return SqlHeads(self._connection)

    @cached_property
    def troubles(self) -> SqlTroubles:
        """What is not heard, and the health of feeds."""
        return SqlTroubles(self._connection)

    @cached_property
    def notices(self) -> SqlNotices:
        """Notices on their way."""
        return SqlNotices(self._connection)

    @cached_property
    def channels(self) -> SqlChannels:
        """Channels that refuse the bot."""
        return SqlChannels(self._connection)

    @cached_property
    def stories(self) -> SqlStories:
        """Stories, corrected by hand."""
        return SqlStories(self._connection)

    @cached_property
    def bonds(self) -> SqlBonds:
        """What ties two stories together."""
        return SqlBonds(self._connection)

    @cached_property
    def feedback(self) -> SqlFeedback:
        """What readers said."""
        return SqlFeedback(self._connection)

    @cached_property
    def requests(self) -> SqlRequests:
        """Requests whose answers are on a screen."""
        return SqlRequests(self._connection)

    @cached_property
    def audit(self) -> SqlAudit:
        """Who changed what."""
        return SqlAudit(self._connection)

    @cached_property
    def values(self) -> SqlValues:
        """Small facts about the store."""
        return SqlValues(self._connection)

    @cached_property
    def visits(self) -> SqlVisits:
        """What readers were shown."""
        return SqlVisits(self._connection)

    @cached_property
    def history(self) -> SqlHistory:
        """What came when."""
        return SqlHistory(self._connection)

    def read_version(self) -> Version:
        """Return how far the store has come, as this transaction sees it."""
        return read_version(self._connection)

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what was done inside when it raises, and keep the rest of the transaction."""
        return self._savepoint()

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        with explained(self._path), self._connection.begin_nested():
            yield


class SqlStore:
    """A database file; see ``handlers.ports.Store``. Made by ``open_store``; may be used by many threads at once."""

    def __init__(self, path: Path, reader: Engine, writer: Engine | None) -> None:
        self._path = path
        self._reader = reader
        self._writer = writer
        self._lock = threading.Lock()
        self._writing_thread: int | None = None
        keep_for(reader, is_writer=False)
        if writer is not None:
            keep_for(writer, is_writer=True)

    def write(self, *, wait_s: float = WRITE_WAIT_S) -> AbstractContextManager[SqlTransaction]:
        """Begin a transaction that commits at the end and rolls back on an exception.

        Args:
            wait_s: how long to wait for the other threads, and then for other processes (those at most ``BUSY_S``).

        Raises:
            StorageError: the store is read-only or busy for too long, this thread is already writing, or the database
                refuses; nothing of the transaction is kept then.
        """
        return self._write(wait_s)

    @contextmanager
    def _write(self, wait_s: float) -> Iterator[SqlTransaction]:
        if self._writer is None:
            raise StorageError(f"the database {self._path} was opened for reading only")
        with (
            self._writers_turn(wait_s),
            explained(self._path),
            self._writer.connect() as connection,
            _patience(connection, wait_s),
            connection.begin(),
        ):
            yield SqlTransaction(connection, self._path)

    @contextmanager
    def _writers_turn(self, wait_s: float) -> Iterator[None]:
        if self._writing_thread == threading.get_ident():
            raise StorageError("a write transaction is already open in this thread; use its savepoint()")
        if not self._lock.acquire(timeout=wait_s):
            raise StorageError(f"the database {self._path} is busy: another thread has been writing for too long")
        self._writing_thread = threading.get_ident()
        try:
            yield
        finally:
            self._writing_thread = None
            self._lock.release()

    def read(self) -> AbstractContextManager[SqlTransaction]:
        """Begin a transaction that only reads, from one snapshot: that of its first query."""
        return self._read()

    @contextmanager
    def _read(self) -> Iterator[SqlTransaction]:
        with explained(self._path), self._reader.connect() as connection:
            yield SqlTransaction(connection, self._path)

    def describe(self) -> Mapping[str, Any]:
        """Return facts for ``status`` and ``doctor``: path, size in bytes (log included), schema revision, articles."""
        with explained(self._path), self._reader.connect() as connection:
            revision = find_revision(connection)
            n_articles = connection.execute(select(func.count()).select_from(ARTICLES)).scalar_one()
            engine = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
        files = (self._path, self._path.with_name(self._path.name + "-wal"))
        return {
            "path": str(self._path),
            "size_bytes": sum(file.stat().st_size for file in files if file.exists()),
            "schema_revision": revision,
            "n_articles": n_articles,
            "engine": f"SQLite {engine}",
            "read_only": self._writer is None,
        }

    def release_leases(self, worker: str) -> int:
        """Give back all feeds, alerts and notices that ``worker`` holds; return how many.

        For the start of a process that is the only one of that name: what its predecessor held when it was killed
        need not wait for the lease to run out. Attempts stay counted, so a second sending is recognisable.
        """
        with self.write() as transaction:
            connection = transaction._connection  # noqa: SLF001 - the transaction is this module's own
            return sum(release(connection, table, worker) for table in (FEEDS, OUTBOX, NOTICES))

    def backup(self, path: Path) -> None:
        """Write a consistent copy to ``path`` while the store is in use; an existing file is replaced when done."""
        try:
            with explained(path), self._reader.connect() as connection:
                copy_database(connection, path)
        except OSError as error:
            raise StorageError(f"the copy {path} cannot be written: {error.strerror}; name another place") from error

    def close(self) -> None:
        """Close all connections; the store must not be used after it."""
        self._reader.dispose()
        if self._writer is not None:
            self._writer.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def _patience(connection: Connection, wait_s: float) -> Iterator[None]:
    """Let SQLite wait no longer than that for other processes, where it usually waits longer."""
    if wait_s >= BUSY_S:
        yield
        return
    # Beside SQLAlchemy, which would begin the transaction, and so wait, before it asks for anything.
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={round(wait_s * 1_000)}")
    try:
        yield
    finally:
        cursor.execute(f"PRAGMA busy_timeout={round(BUSY_S * 1_000)}")
        cursor.close()


def open_store(url: str, *, read_only: bool = False) -> SqlStore:
    """Open the database of that URL, make it if it is not there, and bring it to the present schema.

    Args:
        url: ``sqlite:///relative/path.db``, ``sqlite:////absolute/path.db`` or a bare path.
        read_only: neither make nor change anything.

    Raises:
        StorageError: not a database of ours, of a newer program, locked, not writable, or the disk is full.
    """
    path = _parse_url(url)
    if read_only:
        return _open_checked(path, None, check_revision)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"the folder {path.parent} for the database cannot be made: {error.strerror}; name another path"
        ) from error
    return _open_checked(path, open_writer(path), upgrade)


def _open_checked(path: Path, writer: Engine | None, check: Callable[[Engine, Path], None]) -> SqlStore:
    store = SqlStore(path, open_reader(path), writer)
    try:
        with explained(path):
            check(writer or store._reader, path)  # noqa: SLF001 - the store is made here
    except StorageError:
        store.close()
        raise
    return store


def _parse_url(url: str) -> Path:
    scheme, separator, rest = url.partition("://")
    if not separator:
        scheme, rest = "sqlite", "/" + url
    if scheme.partition("+")[0] != "sqlite":
        raise StorageError(f"databases of type {scheme!r} are not supported; use sqlite:///path/to/file.db")
    name = rest.partition("?")[0].removeprefix("/")
    if name in {"", ":memory:"}:
        raise StorageError("the database must be a file that outlives the program: sqlite:///path/to/file.db")
    return Path(name).expanduser().absolute()
