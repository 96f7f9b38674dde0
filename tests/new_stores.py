"""Stores to begin with: migrating takes a quarter of a second, so each process does it once and copies the file.

What opening makes of a missing file is asked in ``contract/test_store_engine.py`` and ``store/test_storage_schema.py``.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from storage.engine import SqlStore, open_store


@cache
def _empty_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        open_store(str(path)).close()
        return path.read_bytes()


def put_empty_store(path: Path) -> None:
    """Write a file with the present schema and nothing in it, in a folder that is made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_empty_file())


def open_new_store(path: Path) -> SqlStore:
    """Return a store with nothing in it, in a new file."""
    put_empty_store(path)
    return open_store(str(path))
