"""A world for handlers: see ``handlers_world``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.store.command_line import Run
    from tests.store.handlers_world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    from tests.new_stores import open_new_store  # noqa: PLC0415 - whoever needs no store need not wait for it
    from tests.store.handlers_world import make_world  # noqa: PLC0415 - the same

    with open_new_store(tmp_path / "wirewatch.db") as store:
        yield make_world(store)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command line on a store of its own; stdout and stderr apart."""
    from tests.store.command_line import make_run  # noqa: PLC0415 - the same

    return make_run(tmp_path, capsys, monkeypatch)
