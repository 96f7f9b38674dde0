"""Files of rows for ``ingest``: whatever is wrong with one, the person hears which."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bot.programs.ingest import open_lines
from handlers.jobs.rows import parse_row
from news.errors import DocumentError


@pytest.mark.parametrize("broken", ["bits", "end", "checksum"])
def test_a_corrupt_gzip_file_is_named(tmp_path: Path, broken: str) -> None:
    """Whatever is wrong inside, the person hears which file it was, and the rows before are handed on."""
    data = bytearray(gzip.compress(b"".join(f'{{"n": {n * n}}}\n'.encode() for n in range(20_000))))
    if broken == "bits":
        data[len(data) // 2 : len(data) // 2 + 60] = b"\xff" * 60
    elif broken == "end":
        del data[-len(data) // 3 :]
    else:
        data[-8:-4] = b"\x00" * 4
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(data)
    seen: list[bytes] = []
    with open_lines(str(path)) as lines, pytest.raises(DocumentError, match=r"rows\.jsonl\.gz is a broken gzip file"):
        seen.extend(lines)
    assert seen[:2] == [b'{"n": 0}\n', b'{"n": 1}\n']


def test_a_file_that_is_not_there_is_named_as_it_was_typed(tmp_path: Path) -> None:
    name = str(tmp_path / "nofile")
    with pytest.raises(DocumentError, match=f"the file {name} cannot be read"), open_lines(name):
        pass


@pytest.mark.parametrize(
    ("key", "is_refused"), [("publishd", True), ("published", True), ("link", False), ("section", False)]
)
def test_a_misspelt_key_makes_a_bad_row(key: str, *, is_refused: bool) -> None:
    """A date that is taken in under no name makes another article of it; keys of other programs are passed over."""
    row = json.dumps({"outlet": "Gazette", "title": "Ferry sinks off Tavna", key: "2026-03-08"})
    if is_refused:
        with pytest.raises(DocumentError, match=f'"{key}" and no "published_at"'):
            parse_row(row, clean_html=str)
    else:
        assert parse_row(row, clean_html=str).title == "Ferry sinks off Tavna"
