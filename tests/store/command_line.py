"""The command line in this process: what it was told, and what came out of it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.new_stores import put_empty_store


class Done(NamedTuple):
    """What a run left: its exit code, and stdout and stderr apart."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]
"""Takes the words of a command line, and bytes as ``stdin``."""


def make_run(folder: Path, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> Run:
    """Return a command line on a store of its own in a folder of its own, with settings that say nothing."""
    from bot.cli import main  # noqa: PLC0415 - most tests of this folder need none of it

    put_empty_store(folder / "var" / "wirewatch.db")
    (folder / "config.toml").write_text("", encoding="utf-8")
    patch.chdir(folder)
    patch.setenv("WIREWATCH_CONFIG", str(folder / "config.toml"))

    def call(*words: str, stdin: bytes = b"") -> Done:
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            code = main(list(words))
        except SystemExit as ended:
            code = int(ended.code or 0)
        return Done(code, *capsys.readouterr())

    return call
