"""A world for handlers: see ``handlers_world``. The empty store is made once and copied: migrations take a while."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.store.command_line import Run
    from tests.store.handlers_world import World


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from storage.engine import open_store  # noqa: PLC0415 - most unit tests need no store, and this takes a while

    path = tmp_path_factory.mktemp("store") / "empty.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def world(empty_store: Path, tmp_path: Path) -> Iterator[World]:
    from storage.engine import open_store  # noqa: PLC0415 - the same
    from tests.store.handlers_world import make_world  # noqa: PLC0415 - the same

    path = tmp_path / "wirewatch.db"
    shutil.copyfile(empty_store, path)
    with open_store(f"sqlite:///{path}") as store:
        yield make_world(store)


@pytest.fixture
def run(tmp_path: Path, empty_store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line on a store of its own; stdout and stderr apart."""
    from tests.store.command_line import make_run  # noqa: PLC0415 - the same

    return make_run(tmp_path, empty_store, capsys, monkeypatch)
