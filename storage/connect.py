"""Connections to a SQLite file: how it is opened, how transactions begin, and what its errors mean to a user.

Owns the pragmas and the wording of database errors. Must never know a table. Two engines stand on one file: one that
writes, through a single connection and ``BEGIN IMMEDIATE``, and one that reads and cannot write.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from news.errors import DiskFullError, StorageError

BUSY_S = 15.0
"""How long one process waits for another that is writing."""

PAGE_BYTES = 16_384
"""Twice the insert rate and 28 % less space than pages of 4,096 for texts with a full-text index (docs: libraries)."""

_ADVICE = (
    ("file is not a database", "is not a Wirewatch database; name another file, or move this one away"),
    ("file is encrypted", "is not a Wirewatch database; name another file, or move this one away"),
    ("malformed", "is damaged; restore a backup, or move the file away and seed again"),
    ("readonly database", "cannot be written; check the permissions of the file and of its folder"),
    ("unable to open", "cannot be opened; check that the folder exists and that you may write to it"),
    ("locked", "is held by another program for too long; stop that program or try again"),
    ("busy", "is held by another program for too long; stop that program or try again"),
    ("too big", "cannot take a value of that size; shorten it"),
    ("no such table", "lacks a table of this version; open it once for writing so that it is upgraded"),
    ("no such module: fts5", "needs full text search (FTS5), which this Python's SQLite lacks; use another Python"),
    ("disk i/o error", "cannot be read or written (disk error); check the disk, then restore a backup if needed"),
)


_IS_FULL = "disk is full"


def explain(error: Exception, path: Path) -> StorageError:
    """Return the error as one that says which file it is about and what to do."""
    cause = getattr(error, "orig", None) or error
    words = str(cause).lower()
    if _IS_FULL in words or _IS_FULL in str(error.__context__).lower():  # SQLite may have ended the transaction itself
        return DiskFullError(
            f"the database {path} cannot grow because the disk is full; free some space and try again, nothing was lost"
        )
    for sign, advice in _ADVICE:
        if sign in words:
            return StorageError(f"the database {path} {advice}")
    return StorageError(f"the database {path} refused: {cause}")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and SQLAlchemy into StorageError; what the caller's own code raises passes through."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise explain(error, path) from error


def open_writer(path: Path) -> Engine:
    """Return the engine that writes: one connection, each transaction begun with BEGIN IMMEDIATE."""
    # A write transaction that began by reading could fail half-way when another process writes first.
    return _open(path, mode="rwc", pool_size=1, begin="BEGIN IMMEDIATE", pragmas=("PRAGMA cache_size=-32768",))


def open_reader(path: Path) -> Engine:
    """Return the engine that reads: each transaction sees the state at its first statement, and cannot write."""
    return _open(path, mode="ro", pool_size=8, begin="BEGIN", pragmas=("PRAGMA cache_size=-8192",))


def _open(path: Path, *, mode: str, pool_size: int, begin: str, pragmas: tuple[str, ...]) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode={mode}",
            uri=True,
            timeout=BUSY_S,
            # SQLAlchemy's "begin" event below opens transactions; sqlite3's own way would leave SELECTs outside them.
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
        )
        for pragma in (
            f"PRAGMA page_size={PAGE_BYTES}",
            "PRAGMA foreign_keys=ON",
            "PRAGMA synchronous=NORMAL",
            *pragmas,
        ):
            connection.execute(pragma)
        return connection

    engine = create_engine(
        "sqlite://",
        creator=connect,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=-1 if mode == "ro" else 0,
        skip_autocommit_rollback=False,
    )

    @event.listens_for(engine, "begin")
    def do_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
