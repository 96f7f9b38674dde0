"""An answer as pages of Slack blocks. Pure: Reply -> plain dicts in the form of Slack's Block Kit.

Owns the layout on Slack. Sending, buttons, pictures and files are the platform's; escaping is ``slack_text``'s, and
where pages end is ``paging``'s. Must never hold text of a stranger that is not escaped. Whoever sends a page switches
off what Slack would add: ``unfurl_links``, ``unfurl_media`` and ``link_names`` off, ``parse`` as ``none``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from bot.render.paging import Line, PageLine, Piece, paginate_lines, shorten
from bot.render.safety import clean_line
from bot.render.slack_text import as_typed, escape_text, span_runs, strong_run
from handlers.reply import (
    Block,
    Entry,
    Heading,
    Listing,
    Notice,
    Paragraph,
    Quote,
    Reply,
    Strong,
    Table,
    Text,
    Tone,
    text_of,
)


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
    """

    header: int = 150
    section: int = 3_000
    footer: int = 500
    blocks: int = 50
    reserved: int = 8
    message: int = 12_000
    summary: int = 300
    page: int = 2_800


@dataclass(frozen=True, slots=True)
class SlackPage:
    """One message: at least one of ``blocks``, and ``text`` for notifications and where blocks are not shown."""

    blocks: list[dict[str, Any]]
    text: str


LIMITS = Limits()

_CONTEXT = "context"
_TONE_WORDS = {Tone.WARNING: "Note:", Tone.ERROR: "Error:"}
_NOTHING = "—"
_UNTITLED = "News"
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
    whole = _escaped_line(title)
    header = shorten(whole, limits.header)
    pieces = [] if header == whole else [Piece((Line((strong_run(title),)),))]
    pieces.extend(_pieces(reply.blocks))
    most = limits.blocks - limits.reserved - _N_FRAME_BLOCKS
    pages = paginate_lines(pieces, _room(limits, most), n_lines=most) or ((),)
    note = shorten(_escaped_line(footer), limits.footer)
    return tuple(
        SlackPage(
            _page_blocks(header, lines, _footer(n, len(pages), note), most), _summary(whole, n, len(pages), limits)
        )
        for n, lines in enumerate(pages, 1)
    )


def shorter(limits: Limits) -> Limits:
    """Return limits for pages of half the size, 200 characters at the least, for when Slack refuses a page."""
    size = max(min(limits.page, limits.section) // 2, _LEAST_PAGE)
    return replace(limits, page=size)


def _room(limits: Limits, n_blocks: int) -> int:
    """Return the characters of a page's lines together, each of which may take two as JSON."""
    left = limits.message - 2 * (limits.header + limits.footer) - n_blocks * _BLOCK_FRAME
    return min(limits.page, limits.section, left // 2)


def _escaped_line(text: str) -> str:
    return " ".join(escape_text(text).split())


def _summary(title: str, n: int, n_pages: int, limits: Limits) -> str:
    number = f" ({n} of {n_pages})" if n > 1 else ""
    return shorten(title or _UNTITLED, limits.summary - len(number)) + number


def _footer(n: int, n_pages: int, note: str) -> str:
    number = f"Page {n} of {n_pages}" if n_pages > 1 else ""
    return " · ".join(part for part in (number, note) if part)


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
        blocks.append(_context(text) if group[0].kind == _CONTEXT else _section(text))
    if not blocks:
        blocks.append(_section(_NOTHING))
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


def _pieces(blocks: Sequence[Block]) -> Iterator[Piece]:
    before: Block | None = None
    for block in blocks:
        for n, piece in enumerate(_block_pieces(block)):
            yield piece if n else replace(piece, is_close=_is_close(before, block))
        before = block


def _is_close(before: Block | None, block: Block) -> bool:
    """Return whether the block stands right under the one before it."""
    if isinstance(block, Heading):
        return False
    is_run_of_lines = type(before) is type(block) and isinstance(block, Paragraph | Notice)
    is_quoted = isinstance(block, Quote) and not isinstance(before, Quote)
    return is_run_of_lines or is_quoted or isinstance(before, Heading)


def _block_pieces(block: Block) -> Iterator[Piece]:
    match block:
        case Paragraph(spans):
            yield Piece((Line(span_runs(spans)),))
        case Heading(text):
            yield Piece((Line((strong_run(text),)),), is_heading=True)
        case Quote():
            yield Piece(tuple(_quote_lines(block)))
        case Entry():
            yield Piece(tuple(_entry_lines(block)))
        case Listing(items):
            for item in items:
                yield Piece((Line(span_runs(item), "• ", "  "),), is_close=True)
        case Table():
            for row in block.rows:
                yield Piece((_card(block.columns, row),), is_close=True)
        case Notice():
            yield Piece((_notice_line(block),))


def _notice_line(notice: Notice) -> Line:
    """Return a remark in small words, a warning or an error behind its name."""
    if notice.tone is Tone.INFO:
        return Line(span_runs(notice.spans), kind=_CONTEXT)
    return Line(span_runs((Strong(_TONE_WORDS[notice.tone]), Text(" "), *notice.spans)))


def _quote_lines(quote: Quote) -> Iterator[Line]:
    words = " ".join(clean_line(quote.text).split())
    if words:
        yield Line(span_runs((Text(f"“{words}”"),)), "> ", "> ")
    if text_of(quote.source).strip():
        yield Line(span_runs((Text("— "), *quote.source)), "> ", "> ")


def _entry_lines(entry: Entry) -> Iterator[Line]:
    when = (Strong(f"{entry.when}:"), Text(" ")) if entry.when.strip() else ()
    yield Line(span_runs((*when, *entry.title)))
    yield Line(span_runs((Text("; ".join(entry.notes)),)), kind=_CONTEXT)
    for quote in entry.quotes:
        yield from _quote_lines(quote)
    for dispute in entry.disputes:
        yield Line(span_runs((Text("≠ "), *dispute.spans)))


def _card(columns: Sequence[str], row: Sequence[str]) -> Line:
    """Return a row as one line, since no phone shows a wide table: what it is in bold, then each value by its name."""
    spans: list[Text | Strong] = [Strong(" · ".join(cell for cell in row[:2] if cell.strip()))]
    joint = " — "
    for name, cell in zip_longest(columns[2:], row[2:], fillvalue=""):
        if cell.strip():
            spans.append(Text(f"{joint}{name}: {cell}" if name.strip() else f"{joint}{cell}"))
            joint = "; "
    return Line(span_runs(spans))
