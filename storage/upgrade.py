"""Bringing a database file to the schema of this program.

Owns when and under which lock migrations run; the steps stand in ``storage.migrations``. An up-to-date file costs one
query. Two processes that start at once queue up at ``BEGIN IMMEDIATE``; the second finds nothing left to do. All steps
are one transaction: a database is either as old as before or new, never between.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import Connection

from news.errors import StorageError
from storage.connect import BUSY_S
from storage.migrations import HEAD

APPLICATION_ID = 0x57697265
"""``Wire`` in the file's header, so that ``file`` and other programs can tell what it is."""


def find_revision(connection: Connection) -> str | None:
    """Return the schema revision of the database, or None of an empty one. Raises StorageError for foreign tables."""
    names = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    if not names:
        return None
    if "alembic_version" not in names:
        raise StorageError("it is the database of another program; name another file")
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if revision is None else str(revision)


def upgrade(engine: Engine, path: Path) -> None:
    """Bring the file to ``HEAD``.

    Raises:
        StorageError: the file belongs to a newer or another program.
    """
    try:
        with engine.connect() as connection:
            if find_revision(connection) == HEAD:
                return
        _prepare_file(engine)
        with engine.begin() as connection:
            if find_revision(connection) != HEAD:
                _run(connection)
    except StorageError as error:
        raise StorageError(f"the database {path} cannot be used: {error}") from error


def check_revision(engine: Engine, path: Path) -> None:
    """Raise StorageError unless the file is at ``HEAD``; for opening without the right to write."""
    with engine.connect() as connection:
        revision = find_revision(connection)
    if revision != HEAD:
        state = "is empty" if revision is None else f"has schema {revision} and this program needs {HEAD}"
        raise StorageError(f"the database {path} {state}; open it once for writing with this version of the program")


def _prepare_file(engine: Engine) -> None:
    """Switch to write-ahead logging, which cannot be done inside a transaction and does not wait for other programs."""
    give_up_at = time.monotonic() + BUSY_S
    connection = engine.raw_connection()
    try:
        while True:
            try:
                connection.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > give_up_at:
                    raise
                time.sleep(0.02)
            else:
                return
    finally:
        connection.close()


def _run(connection: Connection) -> None:
    # Loaded here: it takes a third of a second that an up-to-date database has no use for.
    from alembic import command  # noqa: PLC0415 - only when a migration is due
    from alembic.config import Config  # noqa: PLC0415 - only when a migration is due
    from alembic.util.exc import CommandError  # noqa: PLC0415 - only when a migration is due

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    try:
        command.upgrade(config, HEAD)
    except CommandError as error:
        raise StorageError(
            f"its schema {find_revision(connection)} is not known here, so it was written by a newer version; update "
            "the program, or restore the backup made before"
        ) from error
