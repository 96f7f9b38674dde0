"""An answer as pages of Slack blocks. Pure: Reply -> plain dicts in the form of Slack's Block Kit.

Owns the blocks and the words beside them. Sending, buttons, pictures and files are the platform's; escaping is
``slack_text``'s, what stands on a line is ``layout``'s, and where pages end is ``paging``'s. Must never hold text of a
stranger that is not escaped. Whoever sends a page switches off what Slack would add: ``unfurl_links``, ``unfurl_media``
and ``link_names`` off, ``parse`` as ``none``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.render.layout import NOTHING, SMALL, UNTITLED, lay_out, number_page
from bot.render.paging import PageLine, paginate_lines, shorten
from bot.render.slack_text import MARKUP, as_typed
from handlers.reply import Reply


@dataclass(frozen=True, slots=True)
class Limits:
    """What Slack takes, from "Header", "Section" and "Context" blocks and "Text object" in the reference of Block Kit.

    Characters are counted in UTF-16 code units, escaped, which is never fewer than Slack counts.

    Attributes:
        header: text of a header block.
        section: text of a section block, and of one in a context block.
        footer: what is kept here of the footer.
        blocks: of a message.
        reserved: blocks of a message that are left to buttons and a picture.
        message: all blocks together, written as JSON; Slack names no figure and refuses more than about 13,000
            (``msg_blocks_too_long``).
        summary: the words beside the blocks.
        page: what a page holds here: about three screens of a phone.
        n_halved: how often that was halved, because Slack refused more.
    """

    header: int = 150
    section: int = 3_000
    footer: int = 500
    blocks: int = 50
    reserved: int = 8
    message: int = 12_000
    summary: int = 300
    page: int = 2_800
    n_halved: int = 0


@dataclass(frozen=True, slots=True)
class SlackPage:
    """One message.

    Attributes:
        blocks: at least one.
        text: for notifications and where blocks are not shown.
        n_letters: letters and digits of the answer on it, by which pages of different sizes are compared.
    """

    blocks: list[dict[str, Any]]
    text: str
    n_letters: int = 0


LIMITS = Limits()

_N_FRAME_BLOCKS = 2  # header and footer
_BLOCK_FRAME = 110  # characters of a block as JSON beside its text
_LEAST_PAGE = 200


def render_pages(reply: Reply, *, footer: str = "", limits: Limits = LIMITS) -> tuple[SlackPage, ...]:
    """Return the answer as at least one page, each within Slack's limits; all of it is on them, in order.

    Args:
        reply: the answer; its actions are buttons and not shown here.
        footer: plain words under each page, after ``Page 2 of 5`` where there are several.
        limits: what fits; ``shorter`` gives those for a page that was refused as too long.
    """
    is_ours = reply.failed or reply.title.startswith("/")  # no title of an article
    title = as_typed(reply.title) if is_ours else reply.title
    header, pieces = lay_out(title, reply.blocks, markup=MARKUP, limit=limits.header)
    most = limits.blocks - limits.reserved - _N_FRAME_BLOCKS
    pages = paginate_lines(pieces, _room(limits, most), n_lines=most) or ((),)
    note = shorten(MARKUP.escape_folded(footer), limits.footer)
    return tuple(
        SlackPage(
            _page_blocks(header, lines, number_page(n, len(pages), note=note), most),
            _summary(title, n, len(pages), limits),
            sum(char.isalnum() for line in lines for char in line.text),
        )
        for n, lines in enumerate(pages, 1)
    )


def find_page(pages: Sequence[SlackPage], n_letters: int) -> int:
    """Return the last page that begins no later than behind so many letters and digits."""
    begins = 0
    for n, page in enumerate(pages[:-1]):
        begins += page.n_letters
        if begins > n_letters:
            return n
    return len(pages) - 1


def shorter(limits: Limits) -> Limits:
    """Return limits for pages of half the size, 200 characters at the least, for when Slack refuses a page."""
    size = max(min(limits.page, limits.section) // 2, _LEAST_PAGE)
    return replace(limits, page=size, n_halved=limits.n_halved + 1)


def halve(n: int) -> Limits:
    """Return the limits of pages that were halved so often."""
    limits = LIMITS
    for _ in range(n):
        limits = shorter(limits)
    return limits


def _room(limits: Limits, n_blocks: int) -> int:
    """Return the characters of a page's lines together, each of which may take two as JSON."""
    left = limits.message - 2 * (limits.header + limits.footer) - n_blocks * _BLOCK_FRAME
    return min(limits.page, limits.section, left // 2)


def _summary(title: str, n: int, n_pages: int, limits: Limits) -> str:
    number = f" ({n} of {n_pages})" if n > 1 else ""
    return shorten(MARKUP.escape_folded(title) or UNTITLED, limits.summary - len(number)) + number


def _page_blocks(header: str, lines: Sequence[PageLine], footer: str, most: int) -> list[dict[str, Any]]:
    """Return the blocks of a page: at most ``most`` and the frame; where they are full, dividers are left out."""
    groups = _groups(lines)
    spare = most - len(groups)
    blocks = [_header(header)] if header else []
    for n, group in enumerate(groups):
        if n and spare > 0 and group[0].is_heading and not groups[n - 1][-1].is_heading:
            blocks.append({"type": "divider"})
            spare -= 1
        text = "\n".join(line.text for line in group)
        blocks.append(_context(text) if group[0].kind == SMALL else _section(text))
    if not blocks:
        blocks.append(_section(NOTHING))
    return [*blocks, _context(footer)] if footer else blocks


def _groups(lines: Sequence[PageLine]) -> list[list[PageLine]]:
    """Return the lines by block: a new one begins where a blank line belongs, and where small words begin or end."""
    groups: list[list[PageLine]] = []
    for line in lines:
        if groups and not line.is_apart and groups[-1][0].kind == line.kind:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _header(text: str) -> dict[str, Any]:
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": False}}


def _section(text: str) -> dict[str, Any]:
    """Return a section that is shown whole: Slack would fold a long one behind "See more"."""
    return {"type": "section", "text": _mrkdwn(text), "expand": True}


def _context(text: str) -> dict[str, Any]:
    return {"type": "context", "elements": [_mrkdwn(text)]}


def _mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}
