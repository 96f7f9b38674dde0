"""An answer on its way to people: who asked, what is shown, and how much of it Slack takes on a page.

Owns the form of an answer as a message of Slack. Must never send anything.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.platforms.slack.buttons import make_buttons
from bot.platforms.slack.fitting import Message
from bot.render.slack import LIMITS, Limits, render_pages
from handlers.registry import find_command
from handlers.reply import Reply
from handlers.request import Access, Request

TOO_LONG = "Slack could not show this answer. Export it as a file, or ask for less."

_MOST_SHORTENED = 500

Respond = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who did something, where.

    Attributes:
        thread: time stamp over the thread in which it was asked; empty for the channel itself.
        respond: slack_bolt's use of the ``response_url``; None where there is none.
    """

    team: str
    channel: str
    user: str
    thread: str = ""
    respond: Respond | None = field(default=None, compare=False)

    @property
    def is_alone(self) -> bool:
        """Whether nobody else reads there: a direct message."""
        return self.channel.startswith("D")


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as it is to be shown: which page, and what its controls carry (None leaves them out)."""

    request: Request
    reply: Reply
    source: str | None
    page: int = 0

    @property
    def is_shareable(self) -> bool:
        """Whether everybody could have asked for it: what needs rights, or failed, is for the asker alone."""
        command = find_command(self.request.command)
        is_open = command is not None and command.needs is Access.READ
        return is_open and not self.reply.failed and not self.reply.is_private


class Screen:
    """Makes messages of answers; all pages of an answer have the size that Slack took."""

    def __init__(self) -> None:
        self._shortened: OrderedDict[str, Limits] = OrderedDict()

    def limits_of(self, shown: Shown) -> Limits:
        """Return how much of this answer a page holds."""
        return self._shortened.get(shown.source or "", LIMITS)

    def note(self, shown: Shown, fitted: Limits) -> None:
        """Remember what Slack took."""
        if fitted is LIMITS or shown.source is None:
            return
        self._shortened[shown.source] = fitted
        while len(self._shortened) > _MOST_SHORTENED:
            self._shortened.popitem(last=False)

    def show(self, shown: Shown, limits: Limits, *, is_own: bool) -> Message:
        """Return text and blocks of a page; ``is_own`` where only the asker sees it, who may then post it for all."""
        pages = render_pages(shown.reply, limits=limits)
        at = min(shown.page, len(pages) - 1)
        command = find_command(shown.request.command)
        exports = () if command is None or shown.reply.failed or not command.exports else ("json", *command.exports)
        buttons = make_buttons(
            shown.source,
            page=at,
            n_pages=len(pages),
            actions=shown.reply.actions,
            exports=exports,
            is_shareable=is_own and shown.is_shareable,
        )
        return {"text": pages[at].text, "blocks": [*pages[at].blocks, *buttons]}
