"""Requests kept behind the buttons of an answer, so that a page or an export can be asked for after a restart.

Owns the form in which they are kept. Who presses is never kept: what a button does, it does in the name and with the
access of whoever presses it, in the channel where that is. Nor is the moment: a button asks again, so its page shows
what the record holds now, ``24h`` counts back from the press, and a later page may begin elsewhere than it did. When it
was asked is kept only to tell an expired button from a wrong one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from handlers.lines import format_line
from handlers.ports import Transaction
from handlers.request import Access, Argument, Request
from news.errors import NotFoundError, WirewatchError

KEPT_DAYS = 14
"""Days for which the buttons of an answer work, unless the settings say otherwise."""

_LONGEST_LINE = 200


def save_request(tx: Transaction, request: Request) -> int:
    """Keep command and arguments; return the id to put on the buttons."""
    arguments = {name: list(value) if isinstance(value, tuple) else value for name, value in request.arguments.items()}
    body = {"command": request.command, "arguments": arguments, "asked_at": request.now.isoformat()}
    return tx.requests.add(json.dumps(body, ensure_ascii=False, separators=(",", ":")), now=request.now)


def load_request(
    tx: Transaction,
    request_id: int,
    *,
    access: Access,
    actor: str,
    channel: str,
    now: datetime,
    keep_days: int = KEPT_DAYS,
) -> Request:
    """Return the request as asked again by whoever pressed the button.

    Raises:
        NotFoundError: the button is older than ``keep_days``; the message says what to type instead. For as long again
            it can name the command, then no more.
    """
    body = _find_body(tx, request_id)
    if body is None:
        raise NotFoundError("These buttons have expired; ask again.")
    command, arguments = str(body["command"]), _read_arguments(body["arguments"])
    if datetime.fromisoformat(body["asked_at"]) < now - timedelta(days=keep_days):
        raise NotFoundError(f"These buttons have expired; ask again: {_say_line(command, arguments)}")
    return Request(command, arguments, channel, actor, now=now, access=access)


def _find_body(tx: Transaction, request_id: int) -> dict[str, Any] | None:
    words = tx.requests.find(request_id)
    return None if words is None else dict(json.loads(words))


def _read_arguments(kept: Mapping[str, Any]) -> dict[str, Argument]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}


def _say_line(command: str, arguments: Mapping[str, Argument]) -> str:
    try:
        line = format_line(command, arguments)
    except WirewatchError:  # a command of an older program
        line = f"/{command}"
    return line if len(line) <= _LONGEST_LINE else f"/{command} …"
