"""One request to one answer, whatever happens: unexpected errors become an incident with an id that is in the log.

Every platform answers through here. Must never show a user the inside of an error.
"""

from __future__ import annotations

import secrets

from bot.logs import Log
from handlers.dispatch import dispatch
from handlers.messages import failure
from handlers.ports import Ports
from handlers.reply import Reply
from handlers.request import Request


def answer(request: Request, ports: Ports, log: Log) -> Reply:
    """Return the answer to a request; never raises for an error of the program."""
    try:
        return dispatch(request, ports)
    except Exception as error:  # noqa: BLE001 - the last line before the user: logged whole, told in one sentence
        return report_incident(error, log, command=request.command)


def report_incident(error: Exception, log: Log, *, command: str) -> Reply:
    """Log an unexpected error with a new incident id, and return the answer that names it."""
    incident = secrets.token_hex(4)
    log.error("incident", incident=incident, command=command, error=repr(error), exc_info=error)
    reply = failure(
        f"Something went wrong inside /{command}; nothing was changed by it.",
        f"The log has the details under incident {incident}. Please report it with that number.",
    )
    return Reply(reply.title, reply.blocks, {**reply.data, "incident": incident}, failed=True, is_private=True)
