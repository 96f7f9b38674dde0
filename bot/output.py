"""Answers on stdout and stderr in the format that was asked for, and the exit code that goes with them."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TextIO

from bot.render.export import render_csv, render_json, render_markdown
from bot.render.terminal import render_text
from handlers.reply import Reply

EXIT_OK, EXIT_FAILED, EXIT_MISUSE, EXIT_INTERRUPTED = 0, 1, 2, 130
_PIPE_WIDTH = 100


def emit(reply: Reply, output_format: str, *, width: int = 0) -> int:
    """Print the answer and return its exit code. What failed goes to stderr, except as JSON: that is for programs."""
    if output_format == "json":
        sys.stdout.write(render_json(dict(reply.data)))
    elif reply.failed:
        sys.stderr.write(to_text(reply, sys.stderr, width=width))
    elif output_format == "csv":
        sys.stdout.write(render_csv(reply))
    elif output_format == "markdown":
        sys.stdout.write(render_markdown(reply))
    else:
        sys.stdout.write(to_text(reply, sys.stdout, width=width))
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
