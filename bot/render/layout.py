"""The blocks of an answer as lines and pieces, for every platform that has markup.

Owns what stands on which line, in which order and words, and which blocks stand close together: the same everywhere.
How a platform writes that is told by its ``Markup``. Must never know a platform or escape anything itself; where pages
end is ``paging``'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from bot.render.paging import Line, Piece, Run, shorten
from bot.render.safety import clean_line
from handlers.reply import (
    Block,
    Entry,
    Heading,
    Link,
    Listing,
    Moment,
    Notice,
    Paragraph,
    Person,
    Quote,
    Room,
    Span,
    Strong,
    Table,
    Text,
    Tone,
    Typed,
    text_of,
)

SMALL = "small"
"""Kind of a line in small words."""

NOTHING = "—"
"""What stands on the page of an answer without words."""

UNTITLED = "News"
"""What an answer without a title is called where it must be called something."""

_TONE_WORDS = {Tone.WARNING: "Note:", Tone.ERROR: "Error:"}
_QUOTE = "> "
_ARROW = "↗"


@dataclass(frozen=True, slots=True, kw_only=True)
class Markup:
    """How a platform writes.

    Attributes:
        escape: returns a text as one line that is shown as it is.
        typed: returns our own words with the commands in them as they are typed there.
        address: returns where a link leads; empty if nothing may lead there.
        link: returns the run of a link, from its words and what ``address`` returned.
        unlinked: what the words of a link must not hold; such words are followed by a link on an arrow.
        live: returns what the platform words itself for each reader; empty if it is not known there.
        settle: returns spans that were cleaned and merged as they can be shown side by side.
        bold: stands before and behind bold words.
        heading: stands before a heading; without it headings are bold.
        small: stands before a line of kind ``SMALL``.
        bullet: stands before an item of a listing.
    """

    escape: Callable[[str], str]
    typed: Callable[[str], str]
    address: Callable[[str], str]
    link: Callable[[str, str], Run]
    unlinked: re.Pattern[str]
    live: Callable[[Moment | Person | Room], str]
    settle: Callable[[Sequence[Span]], Iterable[Span]] = iter
    bold: str
    heading: str = ""
    small: str = ""
    bullet: str

    def escape_folded(self, text: str) -> str:
        """Return the text escaped, without blanks at its ends or several in a row."""
        return " ".join(self.escape(text).split())


def lay_out(title: str, blocks: Sequence[Block], *, markup: Markup, limit: int) -> tuple[str, list[Piece]]:
    """Return the title, escaped and in at most ``limit`` characters, and the pieces under it.

    A title that had to be shortened stands in full in the first piece.
    """
    whole = markup.escape_folded(title)
    short = shorten(whole, limit)
    first = [] if short == whole else [Piece((Line((_strong_run(title, markup),)),))]
    return short, [*first, *_pieces(blocks, markup)]


def number_page(n: int, n_pages: int, *, note: str) -> str:
    """Return what stands under page ``n``, counted from 1: its number if it is one of several, and the note."""
    number = f"Page {n} of {n_pages}" if n_pages > 1 else ""
    return " · ".join(part for part in (number, note) if part)


def plain_line(text: str) -> str:
    """Return the words of a text for where there is no markup."""
    return " ".join(clean_line(text).split())


def _pieces(blocks: Sequence[Block], markup: Markup) -> Iterator[Piece]:
    before: Block | None = None
    for block in blocks:
        for n, piece in enumerate(_block_pieces(block, markup)):
            yield piece if n else replace(piece, is_close=_is_close(before, block))
        before = block


def _is_close(before: Block | None, block: Block) -> bool:
    """Return whether the block stands right under the one before it."""
    if isinstance(block, Heading):
        return False
    is_run_of_lines = type(before) is type(block) and isinstance(block, Paragraph | Notice)
    is_quoted = isinstance(block, Quote) and not isinstance(before, Quote)
    return is_run_of_lines or is_quoted or isinstance(before, Heading)


def _block_pieces(block: Block, markup: Markup) -> Iterator[Piece]:
    match block:
        case Paragraph(spans):
            yield Piece((_line(spans, markup),))
        case Heading(text, level):
            yield Piece((_heading_line(text, markup, level=level),), is_heading=True)
        case Quote():
            yield Piece(tuple(_quote_lines(block, markup)))
        case Entry():
            yield Piece(tuple(_entry_lines(block, markup)))
        case Listing(items):
            for item in items:
                yield Piece((Line(_span_runs(item, markup), markup.bullet, "  "),), is_close=True)
        case Table(columns, rows):
            for row in rows:
                yield Piece((_line(_card(columns, row), markup),), is_close=True)
        case Notice():
            yield Piece((_notice_line(block, markup),))


def _line(spans: Iterable[Span], markup: Markup, *, mark: str = "", kind: str = "") -> Line:
    return Line(_span_runs(spans, markup), mark, mark, kind)


def _heading_line(text: str, markup: Markup, *, level: int) -> Line:
    """Return a heading; one under another is in bold where the one above it is larger."""
    if not markup.heading or level > 1:
        return Line((_strong_run(text, markup),))
    return Line((Run(markup.escape(text)),), markup.heading, markup.heading)


def _notice_line(notice: Notice, markup: Markup) -> Line:
    """Return a remark in small words, a warning or an error behind its name."""
    if notice.tone is Tone.INFO:
        return _line(notice.spans, markup, mark=markup.small, kind=SMALL)
    return _line((Strong(_TONE_WORDS[notice.tone]), Text(" "), *notice.spans), markup)


def _quote_lines(quote: Quote, markup: Markup) -> Iterator[Line]:
    words = plain_line(quote.text)
    if words:
        yield _line((Text(f"“{words}”"),), markup, mark=_QUOTE)
    if text_of(quote.source).strip():
        yield _line((Text("— "), *quote.source), markup, mark=_QUOTE)


def _entry_lines(entry: Entry, markup: Markup) -> Iterator[Line]:
    number = f"{entry.number}. " if entry.number else ""
    when = (Strong(f"{number}{entry.when}:"), Text(" ")) if entry.when.strip() else ()
    yield _line((*when, *entry.title), markup)
    yield _line((Text("; ".join(entry.notes)),), markup, mark=markup.small, kind=SMALL)
    for quote in entry.quotes:
        yield from _quote_lines(quote, markup)
    for dispute in entry.disputes:
        yield _line((Text("≠ "), *dispute.spans), markup)


def _card(columns: Sequence[str], row: Sequence[str]) -> Iterator[Span]:
    """Yield a row for one line, since no phone shows a wide table: what it is in bold, then each value by its name."""
    yield Strong(" · ".join(cell for cell in row[:2] if cell.strip()))
    joint = " — "
    for name, cell in zip_longest(columns[2:], row[2:], fillvalue=""):
        if cell.strip():
            yield Text(f"{joint}{name}: {cell}" if name.strip() else f"{joint}{cell}")
            joint = "; "


def _strong_run(text: str, markup: Markup) -> Run:
    return Run(markup.escape(text), markup.bold, markup.bold)


def _span_runs(spans: Iterable[Span], markup: Markup) -> tuple[Run, ...]:
    """Return the spans as runs; text side by side is escaped as one, so that no two spans make up a mark together."""
    merged = _merged(span for whole in spans for span in _plain(whole, markup))
    return tuple(_run(span, markup) for span in _merged(markup.settle(list(merged))))


def _plain(span: Span, markup: Markup) -> Iterator[Span]:
    """Yield the span as the platform can show it, cleaned: nothing blank in bold, a link only where it may lead."""
    words = clean_line(span.text)
    match span:
        case Link(_, url) if address := markup.address(url):
            if not words.strip():
                yield from (Text(f"{words}{address} "), Link(_ARROW, address))
            elif markup.unlinked.search(words):
                yield from (Text(f"{words} "), Link(_ARROW, address))
            else:
                yield Link(words, address)
        case Strong() if words.strip():
            yield Strong(words)
        case Typed(is_strong=is_strong):
            typed = markup.typed(words)
            yield Strong(typed) if is_strong and typed.strip() else Text(typed)
        case Moment() | Person() | Room() if markup.live(span):
            yield span
        case _:
            yield Text(words)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    before: Span | None = None
    for span in spans:
        if isinstance(span, Text) and isinstance(before, Text):
            before = Text(before.text + span.text)
        elif isinstance(span, Strong) and isinstance(before, Strong):
            before = Strong(before.text + span.text)
        elif not isinstance(span, Text) or span.text:
            if before is not None:
                yield before
            before = span
    if before is not None:
        yield before


def _run(span: Span, markup: Markup) -> Run:
    match span:
        case Strong(text):
            return _strong_run(text, markup)
        case Link(text, address):
            return markup.link(text, address)
        case Moment() | Person() | Room():
            return Run(markup.live(span), is_whole=True)
        case Text(text) | Typed(text):
            return Run(markup.escape(text))
