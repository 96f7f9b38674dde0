"""What Tab offers at the end of a typed line, from the one table of commands and from the store.

Pure but for the look into the store. Must never raise: a broken store must not break typing.
"""

from __future__ import annotations

from handlers.ports import Ports
from handlers.registry import Command, Completion, find_command, list_paths
from handlers.request import Access
from handlers.suggestions import suggest
from news.errors import WirewatchError

_MOST = 25


def complete_line(line: str, ports: Ports, channel: str) -> list[tuple[str, int]]:
    """Return texts to offer, each with how many characters before the cursor it takes the place of."""
    if not line.startswith("/"):
        return []
    command, path, rest = find_typed(line)
    if command is None:
        typed = line[1:]
        return [(f"/{offer}", len(line)) for offer in (*list_paths(), "quit") if offer.startswith(typed.lower())]
    source = source_of(command)
    try:
        found = suggest(source, rest.lstrip('"'), ports, channel=channel, limit=_MOST, access=Access.OPERATE)
    except WirewatchError:
        return []
    del path
    return [(f'"{text}"' if source is Completion.TOPIC and " " in text else text, len(rest)) for text in found]


def find_typed(line: str) -> tuple[Command | None, str, str]:
    """Return the command that a line names in full, its path, and what is typed after it."""
    words = line[1:].split(" ")
    for n_words in (2, 1):
        path = " ".join(words[:n_words]).lower()
        command = find_command(path) if len(words) > n_words else None
        if command is not None and not command.subcommands:
            return command, path, " ".join(words[n_words:])
    return None, "", ""


def source_of(command: Command) -> Completion:
    """Return what the first parameter of a command is completed from."""
    return command.parameters[0].completes if command.parameters else Completion.NOTHING
