"""The form that asks for the one parameter which a button leaves open. Pure: a control becomes a view, and back.

Owns its words and where an error is shown in it. Source: "Modals" and ``views.open`` in Slack's documentation.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.platforms.controls import Control
from handlers.lines import parse_line
from handlers.registry import ParameterKind, find_command
from handlers.reply import Notice, Reply, text_of
from handlers.request import Argument

_LONGEST_TITLE = 24
_LONGEST_HINT = 150
_LONGEST_LABEL = 200
_LONGEST_ERROR = 500

View = dict[str, Any]


def make_form(control: Control, channel: str, *, label: str, hint: str = "") -> View:
    """Return the view of a control.

    Args:
        channel: where it was opened.
        label: words of the button that was pressed.
        hint: what to type; what the parameter says of itself stands over the field anyway.

    Raises:
        QueryError: the command is not there any more.
    """
    path = parse_line(control.source).path
    command = find_command(path)
    parameters = () if command is None else command.parameters
    asked = next((item for item in parameters if item.name == control.asks), None)
    words = (asked.help if asked is not None else "") or control.asks
    field: dict[str, Any] = {"type": "plain_text_input", "action_id": "value"}
    field |= {"multiline": True} if asked is not None and asked.kind is ParameterKind.FILE else {}
    field |= {"placeholder": _plain(hint[:_LONGEST_HINT])} if hint else {}
    name = _plain(_capital(words)[:_LONGEST_LABEL])
    return {
        "type": "modal",
        "callback_id": control.encode(),
        "private_metadata": channel,
        "title": _plain((label.rstrip("… ") or f"/{path}")[:_LONGEST_TITLE]),
        "submit": _plain("Send"),
        "close": _plain("Cancel"),
        "blocks": [{"type": "input", "block_id": control.asks, "label": name, "element": field}],
    }


def read_form(view: Mapping[str, Any]) -> dict[str, Argument]:
    """Return what was filled in, by the name of the parameter."""
    fields = (view.get("state") or {}).get("values") or {}
    return {name: str((field.get("value") or {}).get("value") or "") for name, field in fields.items()}


def tell_error(control: Control, reply: Reply) -> dict[str, Any]:
    """Return the acknowledgement that shows a failed answer at the field."""
    remarks = [text_of(block.spans) for block in reply.blocks if isinstance(block, Notice)]
    words = " ".join((reply.title, *remarks))
    return {"response_action": "errors", "errors": {control.asks: words[:_LONGEST_ERROR]}}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}
