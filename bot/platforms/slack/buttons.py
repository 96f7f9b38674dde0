"""Buttons and menus under a message of Slack. Pure: controls become Block Kit blocks.

Owns their arrangement; what they carry is ``bot.platforms.controls``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from bot.platforms.controls import MOST_HALVED, Control, Kind, control_of
from bot.render.formats import FORMATS
from handlers.reply import Action

_LONGEST_LABEL = 75
_IN_A_BLOCK = 5
_LONGEST_VALUE = 2_000

Block = dict[str, Any]


def make_buttons(
    source: str | None,
    *,
    page: int,
    n_pages: int,
    actions: Sequence[Action] = (),
    exports: Iterable[str] = (),
    is_shareable: bool = False,
    n_halved: int = 0,
) -> list[Block]:
    """Return the blocks under a page, at most six; none where there is nothing to press.

    Args:
        source: what pages and files are asked for with (``controls.keep_source``); None leaves both out.
        is_shareable: offer to post the answer to the channel.
        n_halved: of the size of the pages, which all of an answer share.
    """
    first: list[Block] = []
    n_halved = min(n_halved, MOST_HALVED)
    if source is not None:
        if n_pages > 1 and page > 0:
            first.append(_button("◀ Previous", Control(Kind.PAGE, source, page=page - 1, n_halved=n_halved)))
        if page + 1 < n_pages:
            first.append(_button("Next ▶", Control(Kind.PAGE, source, page=page + 1, n_halved=n_halved)))
        if is_shareable:
            first.append(_button("Post to channel", Control(Kind.SHARE, source)))
        names = [name for name in exports if name in FORMATS]
        if names:
            first.append(_export_menu(source, names))
    elements = [
        _button(action.label, control, action.hint) for action in actions if (control := control_of(action)) is not None
    ]
    rows = [first, *(elements[n : n + _IN_A_BLOCK] for n in range(0, len(elements), _IN_A_BLOCK))]
    return [{"type": "actions", "elements": row} for row in rows if row]


def _button(label: str, control: Control, hint: str = "") -> Block:
    """Return a button; the hint comes back with the press, for the form that it opens."""
    button = {"type": "button", "text": _plain(label[:_LONGEST_LABEL]), "action_id": control.encode()}
    return button | ({"value": hint[:_LONGEST_VALUE]} if hint else {})


def _export_menu(source: str, names: Sequence[str]) -> Block:
    return {
        "type": "static_select",
        "placeholder": _plain("Export as a file"),
        "action_id": Control(Kind.EXPORT, source).encode(),
        "options": [{"text": _plain(FORMATS[name].words[:_LONGEST_LABEL]), "value": name} for name in names],
    }


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}
