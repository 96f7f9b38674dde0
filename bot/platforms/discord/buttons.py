"""Buttons and menus under a message of Discord.

Owns their arrangement: pages first, then what can be done, then files. They carry ``bot.platforms.controls`` and are
answered by ``answers.Answers``, whichever process sent them: discord.py keeps no view in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import discord

from bot.platforms.controls import Control, Kind, control_of
from bot.render.formats import FORMATS
from handlers.reply import Action

LONGEST_LABEL = 80
"""Most characters on a button (Discord's documentation, "Button Structure")."""

_IN_A_ROW = 5
_PAGE_ROW, _FIRST_ACTION_ROW, _EXPORT_ROW = 0, 1, 4
_LONGEST_HINT = 100
_LONGEST_TITLE = 45
_LONGEST_PASTED = 4_000


class Buttons(discord.ui.View):
    """What stands under one message.

    It is over from the start, so discord.py keeps none of it in memory: presses go to the router of the client, and a
    restart changes nothing. Must be made on the event loop.
    """

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.stop()


def make_buttons(
    source: str | None, *, page: int, n_pages: int, actions: Sequence[Action] = (), exports: Iterable[str] = ()
) -> Buttons | None:
    """Return the buttons of a page, or None where there is nothing to press.

    ``source`` is what pages and files are asked for with (``controls.keep_source``); None leaves both out.
    """
    view = Buttons()
    if source is not None and n_pages > 1:
        for label, target in (("◀ Previous", page - 1), ("Next ▶", page + 1)):
            view.add_item(_page_button(label, source, target, is_off=not 0 <= target < n_pages))
    _add_actions(view, actions)
    names = [name for name in exports if name in FORMATS]
    if source is not None and names:
        view.add_item(_export_menu(source, names))
    return view if view.children else None


def make_form(control: Control, title: str, hint: str, *, is_long: bool = False) -> discord.ui.Modal:
    """Return the form that asks for the one parameter that a control leaves open; ``is_long`` has many lines."""
    form = discord.ui.Modal(title=title[:_LONGEST_TITLE], custom_id=control.encode(), timeout=None)
    field: discord.ui.TextInput[discord.ui.Modal] = discord.ui.TextInput(
        label=control.asks.capitalize(),
        placeholder=hint[:_LONGEST_HINT],
        custom_id=control.asks,
        max_length=_LONGEST_PASTED if is_long else 200,
        style=discord.TextStyle.paragraph if is_long else discord.TextStyle.short,
    )
    form.add_item(field)
    form.stop()  # as Buttons
    return form


def _page_button(label: str, source: str, target: int, *, is_off: bool) -> discord.ui.Button[Buttons]:
    # A button that is off needs an id of its own all the same.
    control = Control(Kind.PAGE, source, page=max(target, 0) if not is_off else target % 10_000)
    return discord.ui.Button(label=label, custom_id=control.encode(), disabled=is_off, row=_PAGE_ROW)


def _add_actions(view: Buttons, actions: Sequence[Action]) -> None:
    seen: set[str] = set()
    for n, action in enumerate(actions[: 2 * _IN_A_ROW]):
        control = control_of(action)
        if control is None or control.encode() in seen:
            continue
        seen.add(control.encode())
        row = _FIRST_ACTION_ROW + n // _IN_A_ROW
        view.add_item(
            discord.ui.Button(label=action.label[:LONGEST_LABEL], custom_id=control.encode(), row=row)  # grey
        )


def _export_menu(source: str, names: Sequence[str]) -> discord.ui.Select[Buttons]:
    menu: discord.ui.Select[Buttons] = discord.ui.Select(
        custom_id=Control(Kind.EXPORT, source).encode(), placeholder="Export as a file", row=_EXPORT_ROW
    )
    for name in names:
        menu.add_option(label=FORMATS[name].words, value=name)
    return menu
