"""Stores to begin with: each process migrates one and seeds one, and what tests begin with are copies of the file.

Migrating takes a quarter of a second, seeding more than one.

What opening makes of a missing file is asked in ``contract/test_store_engine.py`` and ``store/test_storage_schema.py``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from storage.engine import SqlStore, open_store

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


def seed(store: SqlStore) -> None:
    """Load the shipped seeds, as a bot that starts now does."""
    from handlers.jobs.seed import seed_store  # noqa: PLC0415 - whoever needs an empty store need not wait for it
    from tests.store.handlers_world import make_world  # noqa: PLC0415 - the same

    world = make_world(store)
    world.clock.now = datetime.now(UTC)
    seed_store([SEEDS], world.ports, report=lambda _: None)


@cache
def _file_of(fill: Callable[[SqlStore], None] | None) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.db"
        with open_store(str(path)) as store:
            if fill is not None:
                fill(store)
        return path.read_bytes()


def put_empty_store(path: Path) -> None:
    """Write a file with the present schema and nothing in it, in a folder that is made if need be."""
    _put(path, _file_of(None))


def put_seeded_store(path: Path) -> None:
    """Write a file with the shipped seeds in it, in a folder that is made if need be."""
    _put(path, _file_of(seed))


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def open_new_store(path: Path) -> SqlStore:
    """Return a store with nothing in it, in a new file."""
    put_empty_store(path)
    return open_store(str(path))
