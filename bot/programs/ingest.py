"""``wirewatch ingest FILE|-``: takes in JSON Lines, in constant memory, and says what became of each row."""

from __future__ import annotations

import gzip
import io
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from bot.call import Call
from bot.output import EXIT_FAILED, EXIT_OK
from bot.progress import Progress
from bot.render.export import render_json
from bot.render.safety import clean_line
from handlers.jobs.ingest import ingest_rows
from handlers.jobs.rows import LONGEST_ROW_BYTES, RowResult
from news.errors import DocumentError

_GZIP_MAGIC = b"\x1f\x8b"
_ROWS_START = re.compile(rb"\xef\xbb\xbf|\s*[{\[]")
"""What rows begin with that somebody unpacked and left the old name."""


def run(call: Call) -> int:
    """Take in the rows; 1 if any of them was bad. Where there was none it says so."""
    n_bad = n_rows = 0
    with open_lines(call.words.file) as lines, call.open() as house:
        call.prepare(house)
        with Progress("Ingesting") as progress:
            for result in ingest_rows(lines, house.ports, alerts=call.words.alerts):
                sys.stdout.write(_to_line(result, call.output_format))
                progress.advance()
                n_rows += 1
                if result.error:
                    n_bad += 1
                    progress.say(f"row {result.number}: {result.error}")
            if not n_rows:
                progress.say(f"{'standard input' if call.words.file == '-' else call.words.file} holds no row")
        sys.stdout.flush()
    return EXIT_FAILED if n_bad else EXIT_OK


@contextmanager
def open_lines(name: str) -> Iterator[Iterator[bytes]]:
    """Give the lines of a file, gzip-compressed or not, or of stdin (``-``). Raises DocumentError."""
    if name == "-":
        yield iter_lines(_inflated(sys.stdin.buffer), "standard input")
        return
    try:
        with Path(name).open("rb") as file:
            _check_ending(name, file)
            yield iter_lines(_inflated(file), f"the file {name}")
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise DocumentError(f"the file {name} cannot be read: {error.strerror}") from error


def iter_lines(file: BinaryIO, name: str = "the file") -> Iterator[bytes]:
    """Yield lines; of one that is too long only as much as shows that it is, so that memory stays bounded.

    Raises:
        DocumentError: a broken gzip file, or one that cannot be read to its end; ``name`` says which.
    """
    try:
        while line := file.readline(LONGEST_ROW_BYTES + 2):
            yield line
            while len(line) > LONGEST_ROW_BYTES and not line.endswith(b"\n"):
                line = file.readline(LONGEST_ROW_BYTES + 2)
    except (EOFError, OSError, zlib.error) as error:
        what = "cannot be read" if type(error) is OSError else "is a broken gzip file"
        raise DocumentError(f"{name} {what}: {error}; the rows before that were taken in") from error


def _check_ending(name: str, file: io.BufferedReader) -> None:
    """Raise DocumentError where a file is called ``.gz`` and holds neither gzip nor rows."""
    start = file.peek(64)[:64]
    if name.lower().endswith(".gz") and not start.startswith(_GZIP_MAGIC) and not _ROWS_START.match(start):
        what = "holds nothing" if not start else "is no gzip file, whatever its name says"
        raise DocumentError(f"the file {name} {what}; pack it again, or name the file with the rows")


def _inflated(file: BinaryIO) -> BinaryIO:
    buffered = file if isinstance(file, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", file))
    is_gzip = buffered.peek(2)[:2] == _GZIP_MAGIC
    return cast("BinaryIO", gzip.GzipFile(fileobj=buffered)) if is_gzip else buffered


def _to_line(result: RowResult, output_format: str) -> str:
    if output_format == "json":
        return render_json(result.record, is_line=True)
    if result.error:
        return ""
    record = result.record
    parts = [record["id"], record["label"], record["story"]]
    if record["duplicate_of"]:
        parts.append(f"same as {record['duplicate_of']}")
    if record["note"]:
        parts.append(f"({record['note']})")
    parts.extend(fact["value"] for fact in record["new"][:1])
    if not record["new"]:
        parts.extend(f"{one['here']['value']} against {one['there']['value']}" for one in record["disputes"][:1])
    return clean_line("  ".join(str(part) for part in parts)) + "\n"
