"""One request in, one answer out: finds the command, checks its arguments, runs it, words its expected failures.

Owns the mapping from errors to answers. Must never swallow an unexpected error: that goes to the caller, who logs it
under an incident id (``bot.incidents``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import import_module

from handlers.messages import failure
from handlers.ports import Ports
from handlers.registry import Command, get_command, list_aliases
from handlers.reply import Reply
from handlers.request import Access, Request
from handlers.values import check_arguments
from news.errors import InputError, StorageError, WirewatchError

_WHOM_TO_ASK = {
    Access.EDIT: "Ask an editor of this channel, or somebody who manages this server or workspace.",
    Access.MANAGE: "Ask somebody who manages this server or workspace.",
    Access.OPERATE: "Ask whoever runs this bot.",
}

Handler = Callable[[Request, Ports], Reply]
"""What runs a command; its arguments are checked and it may raise ``WirewatchError``."""


def dispatch(request: Request, ports: Ports) -> Reply:
    """Return the answer to a request; ``failed`` with what to do where it could not be done.

    Raises:
        Exception: whatever is not a ``WirewatchError``, as it came; also a StorageError, unless who asks runs the bot.
    """
    path = list_aliases().get(request.command, request.command)
    try:
        command = get_command(path)
        if request.access < command.needs:
            return failure(f"You may not use /{path} here.", _WHOM_TO_ASK[command.needs])
        arguments = check_arguments(command, path, request.arguments)
        return load_handler(command)(replace(request, command=path, arguments=arguments), ports)
    except StorageError as error:
        if request.access < Access.OPERATE:
            raise  # it names files of the machine, which is for who runs the bot: the log has it
        return answer_error(error)
    except WirewatchError as error:
        return answer_error(error)


def answer_error(error: WirewatchError) -> Reply:
    """Return the answer to an expected error; its message already says what to do, perhaps as a clause."""
    words = str(error)
    words = words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?", "…", ":")) else ".")
    return failure(words, is_misuse=isinstance(error, InputError))


@cache
def load_handler(command: Command) -> Handler:
    """Return the function that the table names for a command; imported when it is first used."""
    module, _, name = command.handler.partition(":")
    handler: Handler = getattr(import_module(module), name)
    return handler
