"""An answer as pages of Discord embeds. Pure: Reply -> plain dicts in the form of Discord's API.

Owns the layout on Discord. Sending, buttons and files are the platform's; escaping is ``discord_text``'s, and where
pages end is ``paging``'s. An embed calls nobody whatever it holds; what stands beside it is made by ``alert_content``
and ``plain_summary``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from types import MappingProxyType
from typing import Any

from bot.render.discord_text import as_typed, escape_text, span_runs, strong_run
from bot.render.paging import Line, Piece, Run, paginate, shorten
from bot.render.safety import clean_line
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

_TONE_WORDS = {Tone.WARNING: "Note:", Tone.ERROR: "Error:"}
_NOTHING = "—"
_UNTITLED = "News"


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
    whole = " ".join(escape_text(heading).split())
    title = shorten(whole, limits.title)
    pieces = [] if title == whole else [Piece((Line((strong_run(heading),)),))]
    pieces.extend(_pieces(reply.blocks))
    room = min(limits.page, limits.description, limits.embed - limits.title - limits.footer)
    texts = paginate(pieces, room) or ("" if title else _NOTHING,)
    note = shorten(_plain(footer), limits.footer // 2)
    pages = (_embed(title, text, _footer(n, len(texts), note)) for n, text in enumerate(texts, 1))
    return tuple(Page({**embed, "color": shade}) for embed in pages)


def thread_name(title: str) -> str:
    """Return the name of a thread on what the title says: plain words, 1 to 100 characters."""
    return shorten(_plain(title), LIMITS.thread) or _UNTITLED


def alert_content(pings: Sequence[str]) -> str:
    """Return what calls the roles with these ids, each once; what is no id calls nobody. At most 2,000 characters."""
    roles = [ping for ping in dict.fromkeys(pings) if ping.isascii() and ping.isdigit() and len(ping) <= _LONGEST_ID]
    return " ".join(f"<@&{role}>" for role in roles[:_MOST_ROLES])


def plain_summary(reply: Reply) -> str:
    """Return the title in one escaped line of 1 to 200 characters, for what a phone shows of a message beforehand."""
    return shorten(" ".join(escape_text(reply.title).split()), LIMITS.summary) or _UNTITLED


_LONGEST_ID = 20
_MOST_ROLES = 80


def _plain(text: str) -> str:
    """Return the words for where Discord knows no markup."""
    return " ".join(clean_line(text).split())


def _embed(title: str, text: str, footer: str) -> dict[str, Any]:
    embed: dict[str, Any] = {"title": title, "description": text, "footer": {"text": footer}}
    return {key: value for key, value in embed.items() if value and value != {"text": ""}}


def _footer(n: int, n_pages: int, note: str) -> str:
    number = f"Page {n} of {n_pages}" if n_pages > 1 else ""
    return " · ".join(part for part in (number, note) if part)


def _pieces(blocks: Sequence[Block]) -> Iterator[Piece]:
    before: Block | None = None
    for block in blocks:
        for n, piece in enumerate(_block_pieces(block)):
            is_close = piece.is_close if n else _is_close(before, block)
            yield Piece(piece.lines, piece.is_heading, is_close)
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
            yield Piece((Line((Run(escape_text(text)),), "### ", "### "),), is_heading=True)
        case Quote():
            yield Piece(tuple(_quote_lines(block)))
        case Entry():
            yield Piece(tuple(_entry_lines(block)))
        case Listing(items):
            for item in items:
                yield Piece((Line(span_runs(item), "- ", "  "),), is_close=True)
        case Table():
            for row in block.rows:
                yield Piece((_card(block.columns, row),), is_close=True)
        case Notice():
            yield Piece((_notice_line(block),))


def _notice_line(notice: Notice) -> Line:
    """Return a remark in small words, a warning or an error behind its name."""
    if notice.tone is Tone.INFO:
        return Line(span_runs(notice.spans), "-# ", "-# ")
    return Line(span_runs((Strong(_TONE_WORDS[notice.tone]), Text(" "), *notice.spans)))


def _quote_lines(quote: Quote) -> Iterator[Line]:
    words = _plain(quote.text)
    if words:
        yield Line(span_runs((Text(f"“{words}”"),)), "> ", "> ")
    if text_of(quote.source).strip():
        yield Line(span_runs((Text("— "), *quote.source)), "> ", "> ")


def _entry_lines(entry: Entry) -> Iterator[Line]:
    when = (Strong(f"{entry.when}:"), Text(" ")) if entry.when.strip() else ()
    yield Line(span_runs((*when, *entry.title)))
    yield Line(span_runs((Text("; ".join(entry.notes)),)), "-# ", "-# ")
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
