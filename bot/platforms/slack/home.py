"""The App Home: watches, feeds, health and help, one page of each. Pure: answers become blocks.

Owns its order, and that it is whole: a part is one page and a last line that says where the rest is. Source: "Views" in
Slack's documentation, at most 100 blocks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.render.slack import LIMITS, render_pages
from bot.render.slack_text import EVERYTHING
from handlers.reply import Reply
from handlers.request import Access

MOST_BLOCKS = 100
"""Of a view."""

_PARTS = 4
_LIMITS = replace(LIMITS, blocks=MOST_BLOCKS // _PARTS + LIMITS.reserved - 1)  # a part ends with a divider


def list_parts(access: Access) -> tuple[str, ...]:
    """Return the paths of the commands whose answers are shown, in order."""
    return ("watch list" if access >= Access.MANAGE else "watches", "status", "feeds", "help")


def make_part(path: str, reply: Reply) -> list[dict[str, Any]]:
    """Return the blocks of one answer, at most 25."""
    pages = render_pages(reply, limits=_LIMITS)
    if len(pages) > 1:
        pages = render_pages(reply, footer=f"{EVERYTHING} {path} shows the rest", limits=_LIMITS)
    return [*pages[0].blocks, {"type": "divider"}]
