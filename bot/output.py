"""Answers on stdout, stderr or in a file, in the format that was asked for, and the exit code that goes with them."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from bot.render.formats import FORMATS
from bot.render.terminal import render_text
from handlers.reply import Reply

EXIT_OK, EXIT_FAILED, EXIT_MISUSE, EXIT_INTERRUPTED = 0, 1, 2, 130
_PIPE_WIDTH = 100


def emit(
    reply: Reply, output_format: str, *, width: int = 0, output: str | None = None, now: datetime | None = None
) -> int:
    """Hand over the answer and return its exit code.

    What failed goes to stderr, except as JSON: that is for programs. A file (``output``) is written whole or not at
    all, and only with an answer that did not fail. Bytes that no terminal can show are refused there.
    """
    if reply.failed and (output_format != "json" or output):
        sys.stderr.write(to_text(reply, sys.stderr, width=width))
        return exit_code(reply)
    made = FORMATS.get(output_format)
    if output:
        text = render_text(reply, width=width or _PIPE_WIDTH)
        payload = text.encode() if made is None else made.render(reply, now or datetime.now(UTC))
        return _write(Path(output), payload) or exit_code(reply)
    if made is None:
        sys.stdout.write(to_text(reply, sys.stdout, width=width))
    elif made.is_binary and sys.stdout.isatty():
        sys.stderr.write(
            f"{output_format} is no text, so a terminal cannot show it. "
            f"Add `> {made.file_name(reply)}`, or `--output {made.file_name(reply)}`.\n"
        )
        return EXIT_MISUSE
    else:
        _print(made.render(reply, now or datetime.now(UTC)), is_binary=made.is_binary)
    sys.stdout.flush()
    return exit_code(reply)


def exit_code(reply: Reply) -> int:
    """Return 0, 1 where it failed, or 2 where the command was used wrongly."""
    if reply.is_misuse:
        return EXIT_MISUSE
    return EXIT_FAILED if reply.failed else EXIT_OK


def to_text(reply: Reply, stream: TextIO, *, width: int = 0) -> str:
    """Return the answer as text that fits the stream: its width, and colour only on a terminal that wants it."""
    return render_text(reply, width=width or width_of_screen(stream), is_coloured=is_coloured(stream))


def is_coloured(stream: TextIO) -> bool:
    """Return whether colour may be used: a terminal, not a dumb one, and NO_COLOR is not set (no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width_of_screen(stream: TextIO) -> int:
    """Return the columns of the terminal, or a width that reads well in a file."""
    return shutil.get_terminal_size((_PIPE_WIDTH, 24)).columns if stream.isatty() else _PIPE_WIDTH


def make_streams_safe() -> None:
    """Let stdout and stderr take any text: an odd character is replaced rather than ending the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def write_whole(path: Path, payload: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there. Raises OSError.

    A link is followed. What is no plain file, such as a pipe, is written to as it is.
    """
    place = path.resolve()
    if place.exists() and not place.is_file():
        place.write_bytes(payload)
        return
    draft = place.with_name(f".{place.name[:100]}.{os.getpid()}.part")
    try:
        draft.write_bytes(payload)
        if place.exists():
            shutil.copymode(place, draft)
        draft.replace(place)
    except OSError:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


def _write(path: Path, payload: bytes) -> int:
    is_there = path.is_file()
    try:
        write_whole(path, payload)
    except OSError as error:
        sys.stderr.write(f"{path} cannot be written: {error.strerror or error}.\n")
        return EXIT_FAILED
    if is_there:
        sys.stderr.write(f"{path} was there and is replaced.\n")
    return EXIT_OK


def _print(payload: bytes, *, is_binary: bool) -> None:
    if not is_binary:
        # Through the text stream: it replaces what the terminal's encoding has no place for.
        sys.stdout.write(payload.decode())
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(payload)
    sys.stdout.buffer.flush()
