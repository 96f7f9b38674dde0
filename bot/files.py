"""Files that somebody at the machine names for a command: their text takes the place of the name.

Owns the reading and its limits. Only for the terminal and the command line: who asks from a chat names no file of this
machine.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from handlers.registry import ParameterKind, find_command
from handlers.request import Argument
from handlers.watch_files import MOST_BYTES
from news.errors import QueryError

STDIN = "-"
"""The name that stands for what is piped in."""


def read_files(path: str, arguments: Mapping[str, Argument], *, may_pipe: bool) -> dict[str, Argument]:
    """Return the arguments of a command with the text of each file instead of its name.

    Args:
        may_pipe: ``-`` is the standard input; otherwise that is where lines are typed.

    Raises:
        QueryError: a file is not there, too large or no text.
    """
    command = find_command(path)
    names = [item.name for item in command.parameters if item.kind is ParameterKind.FILE] if command else []
    named = {name: str(arguments[name]) for name in names if arguments.get(name)}
    return {**arguments, **{name: _read(value, may_pipe=may_pipe) for name, value in named.items()}}


def _read(name: str, *, may_pipe: bool) -> str:
    try:
        if name == STDIN and may_pipe:
            data = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).expanduser().open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        text = data.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = "is no text in UTF-8" if isinstance(error, UnicodeDecodeError) else getattr(error, "strerror", None)
        raise QueryError(f"“{name[:200]}” cannot be read: {reason or error}.") from error
    if len(data) > MOST_BYTES:
        raise QueryError(f"“{name[:200]}” is larger than {MOST_BYTES // 1024} KiB.")
    return text or " "
