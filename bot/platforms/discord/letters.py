"""What a message of an alert holds on Discord: embed, words beside it, buttons, and whom it may call.

Owns the look. Rendering is done before the event loop has anything to do with it: a large digest takes a while.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.platforms.discord.buttons import make_buttons
from bot.render.discord import LABEL_COLOURS, alert_content, plain_summary, render_pages
from handlers.messages import failure
from handlers.ports import Post
from handlers.reply import Action, Reply
from news.decision import Label


@dataclass(frozen=True, slots=True)
class Letter:
    """One message, rendered.

    Attributes:
        key: stands at its foot and tells it from all others.
        nonce: empty for an edit.
        label: decides the tag in a forum.
    """

    key: str
    embed: dict[str, Any]
    n_pages: int
    content: str
    actions: tuple[Action, ...] = ()
    label: Label | None = None
    nonce: str = ""
    pings: tuple[str, ...] = ()

    def to_arguments(self) -> dict[str, Any]:
        """Return the arguments of a send, without the nonce. Must be called on the event loop."""
        view = make_buttons(f"/alert {self.key}", page=0, n_pages=self.n_pages, actions=self.actions)
        roles = [discord.Object(int(ping)) for ping in self.pings if ping.isascii() and ping.isdecimal()]
        mentions = discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False)
        shown = {"embed": discord.Embed.from_dict(self.embed), "content": self.content, "allowed_mentions": mentions}
        return shown if view is None else {**shown, "view": view}


def write_letter(post: Post, nonce: str) -> Letter:
    """Return the message of a post."""
    return _write(post.reply, post.label, post.key, nonce, post.pings)


def write_edit(reply: Reply, key: str) -> Letter:
    """Return how the message that opened a story is to look now."""
    name = reply.data.get("now") or reply.data.get("label")
    return _write(reply, Label(name) if name in set(Label) else None, key)


def write_plain(post: Post, nonce: str) -> Letter:
    """Return a message that says where the alert can be read, for one whose form Discord does not take."""
    told = failure(f"{post.key}: an alert that Discord could not show", f"/why {post.key} shows it.")
    return _write(told, None, post.key, nonce)


def _write(reply: Reply, label: Label | None, key: str, nonce: str = "", pings: Sequence[str] = ()) -> Letter:
    """Return the first page with its buttons; the other pages are turned to by ``/alert``."""
    pages = render_pages(reply, colour=None if label is None else LABEL_COLOURS[label], footer=key)
    content = " ".join(part for part in (alert_content(pings), plain_summary(reply)) if part)
    return Letter(key, pages[0].embed, len(pages), content, reply.actions, label, nonce, tuple(pings))
