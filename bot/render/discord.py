"""An answer as pages of Discord embeds. Pure: Reply -> plain dicts in the form of Discord's API.

Owns the embeds and the words beside them. Sending, buttons and files are the platform's; escaping is
``discord_text``'s, what stands on a line is ``layout``'s, and where pages end is ``paging``'s. An embed calls nobody
whatever it holds; what stands beside it is made by ``alert_content`` and ``plain_summary``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bot.render.discord_text import MARKUP, as_typed
from bot.render.layout import NOTHING, UNTITLED, lay_out, number_page, plain_line
from bot.render.paging import paginate, shorten
from handlers.reply import Reply, Tone
from news.decision import Label


@dataclass(frozen=True, slots=True)
class Limits:
    """What Discord takes, from "Embed Limits", "Create Message" and "Channel" in the reference of its API.

    Some of them are counted in code points and others in UTF-16 code units; here all in the latter, which are more.

    Attributes:
        title: of an embed.
        description: of an embed.
        footer: of an embed.
        embed: title, description and footer of an embed together.
        content: of a message, beside its embeds.
        thread: name of a thread or forum post.
        page: what a page holds here: about three screens of a phone.
    """

    title: int = 256
    description: int = 4_096
    footer: int = 2_048
    embed: int = 6_000
    content: int = 2_000
    thread: int = 100
    summary: int = 200
    page: int = 2_500


@dataclass(frozen=True, slots=True)
class Page:
    """One message: ``embed`` with ``color`` and some of ``title``, ``description`` and ``footer``."""

    embed: dict[str, Any]


LIMITS = Limits()

LABEL_COLOURS: Mapping[Label, int] = MappingProxyType(
    {
        Label.NEW: 0x1E8F44,
        Label.UPDATE: 0x247CE0,
        Label.KNOWN: 0x757C8A,
        Label.REPRINT: 0x9F62CB,
        Label.REVISED: 0x188B87,
        Label.DISPUTED: 0xD05711,
        Label.OLD_EVENT: 0x9C7B16,
    }
)
"""Colour of each label, 0xRRGGBB; each at least 3:1 against Discord's dark and light ground (WCAG 2.2, 1.4.11)."""

TONE_COLOURS: Mapping[Tone, int] = MappingProxyType({Tone.INFO: 0x607EA9, Tone.WARNING: 0xB36F09, Tone.ERROR: 0xE43F4D})
"""Colour of an answer that has no label: INFO of any, ERROR of one that failed."""

_LONGEST_ID = 20
_MOST_ROLES = 80


def render_pages(
    reply: Reply, *, colour: int | None = None, footer: str = "", limits: Limits = LIMITS
) -> tuple[Page, ...]:
    """Return the answer as at least one page, each within Discord's limits; all of it is on them, in order.

    Args:
        reply: the answer; its actions are buttons and not shown here.
        colour: 0xRRGGBB, such as of ``LABEL_COLOURS``; None for that of an answer or a failure.
        footer: plain words under each page, after ``Page 2 of 5`` where there are several.
        limits: what fits.
    """
    shade = TONE_COLOURS[Tone.ERROR if reply.failed else Tone.INFO] if colour is None else colour
    heading = as_typed(reply.title) if reply.title.startswith("/") else reply.title
    title, pieces = lay_out(heading, reply.blocks, markup=MARKUP, limit=limits.title)
    room = min(limits.page, limits.description, limits.embed - limits.title - limits.footer)
    texts = paginate(pieces, room) or ("" if title else NOTHING,)
    note = shorten(plain_line(footer), limits.footer // 2)
    pages = (_embed(title, text, number_page(n, len(texts), note=note)) for n, text in enumerate(texts, 1))
    return tuple(Page({**embed, "color": shade}) for embed in pages)


def thread_name(title: str) -> str:
    """Return the name of a thread on what the title says: plain words, 1 to 100 characters."""
    return shorten(plain_line(title), LIMITS.thread) or UNTITLED


def alert_content(pings: Sequence[str]) -> str:
    """Return what calls the roles with these ids, each once; what is no id calls nobody. At most 2,000 characters."""
    roles = [ping for ping in dict.fromkeys(pings) if ping.isascii() and ping.isdigit() and len(ping) <= _LONGEST_ID]
    return " ".join(f"<@&{role}>" for role in roles[:_MOST_ROLES])


def plain_summary(reply: Reply) -> str:
    """Return the title in one escaped line of 1 to 200 characters, for what a phone shows of a message beforehand."""
    return shorten(MARKUP.escape_folded(reply.title), LIMITS.summary) or UNTITLED


def _embed(title: str, text: str, footer: str) -> dict[str, Any]:
    embed: dict[str, Any] = {"title": title, "description": text, "footer": {"text": footer}}
    return {key: value for key, value in embed.items() if value and value != {"text": ""}}
