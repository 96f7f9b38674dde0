"""Copies of a database in use.

Owns the online backup. Must never touch the original: SQLite's backup interface reads a consistent state while others
write, and the copy replaces the target in one step when it is complete.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlalchemy.engine import Connection

from news.errors import StorageError
from storage.connect import explained, open_reader


def copy_database(connection: Connection, path: Path) -> None:
    """Write a copy of the connection's database to ``path``; a half-written copy never bears that name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    source = connection.connection.driver_connection
    assert isinstance(source, sqlite3.Connection)  # noqa: S101 - tells the type checker which driver it is
    target = sqlite3.connect(partial)
    try:
        source.backup(target)
    finally:
        target.close()
    os.replace(partial, path)  # noqa: PTH105 - the one call that replaces on every system


def copy_file(source: Path, target: Path) -> None:
    """Write a consistent copy of a database file that may be in use; only reads it, and asks for no schema.

    Raises:
        StorageError: it is no database, or the copy cannot be written.
    """
    engine = open_reader(source)
    try:
        with explained(source), engine.connect() as connection:
            copy_database(connection, target)
    except OSError as error:
        raise StorageError(
            f"the copy {target} cannot be written: {error.strerror}; set TMPDIR to a place with room"
        ) from error
    finally:
        engine.dispose()
