"""An answer on its way to people: who asked, and what is shown.

Owns the form of an answer as a message of Slack. Must never send anything.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.platforms.slack.buttons import make_buttons
from bot.platforms.slack.fitting import Message
from bot.render.slack import Limits, find_page, halve, render_pages
from handlers.registry import find_command
from handlers.reply import Reply
from handlers.request import Access, Request

TOO_LONG = "Slack could not show this answer. Export it as a file, or ask for less."

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
    """An answer as it is to be shown.

    Attributes:
        source: what its controls carry; None leaves them out.
        page: which one, from 0.
        n_halved: how often the size of the pages was halved that were shown before this one.
    """

    request: Request
    reply: Reply
    source: str | None
    page: int = 0
    n_halved: int = 0

    @property
    def limits(self) -> Limits:
        """How much a page holds."""
        return halve(self.n_halved)

    @property
    def is_shareable(self) -> bool:
        """Whether everybody could have asked for it: what needs rights, or failed, is for the asker alone."""
        command = find_command(self.request.command)
        is_open = command is not None and command.needs is Access.READ
        return is_open and not self.reply.failed and not self.reply.is_private


def show_page(shown: Shown, limits: Limits, *, is_own: bool) -> Message:
    """Return text and blocks of a page; ``is_own`` where only the asker sees it, who may then post it for all.

    Takes long for long answers: some milliseconds for each hundred entries.
    """
    pages = render_pages(shown.reply, limits=limits)
    at = min(shown.page, len(pages) - 1)
    if limits.n_halved != shown.n_halved and shown.page:
        before = render_pages(shown.reply, limits=shown.limits)[: shown.page]
        at = find_page(pages, sum(page.n_letters for page in before))  # the shorter one that begins there
    command = find_command(shown.request.command)
    exports = () if command is None or shown.reply.failed or not command.exports else ("json", *command.exports)
    buttons = make_buttons(
        shown.source,
        page=at,
        n_pages=len(pages),
        actions=shown.reply.actions,
        exports=exports,
        is_shareable=is_own and shown.is_shareable,
        n_halved=limits.n_halved,
    )
    return {"text": pages[at].text, "blocks": [*pages[at].blocks, *buttons]}
