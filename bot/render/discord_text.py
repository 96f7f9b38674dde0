r"""Text from strangers made harmless for Discord, and spans of an answer as Discord writes them.

Owns the escaping: whatever the text holds, it is shown as it is (cleaned and with runs of spaces folded) and calls,
opens and hides nothing. One way for all: a backslash before every character that begins or ends markup, which Discord's
clients leave out. An address loses its link by ``https\://``, and a call of everybody or of a number by a zero-width
space behind the ``@``, since Discord's servers look for calls without regard to backslashes. Must never know an
answer's layout.

The rules follow Discord's description of its markup and message formatting (support article 210298617, and "Message
Formatting" in the reference of the Discord API), and what its clients are known to do with short names of emoji and
with links in the text of links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.render.paging import Run
from bot.render.safety import clean_line
from handlers.reply import Link, Moment, Person, Room, Span, Strong, Text, Typed
from news.urls import hide_credentials

_MARKUP = re.compile(
    r"[\\*_~`|<>\[\]]"
    r"|:(?=//|[\w+~-]+:)"  # an address; the short name of an emoji
    r"|(?<=discord\.gg)/|(?<=discord\.com)/|(?<=discordapp\.com)/",  # an invitation is opened without a scheme too
    re.IGNORECASE,
)
_CALL = re.compile(r"@(?=everyone|here|[!&]?\d)", re.IGNORECASE)
_LINE_START = re.compile(r"\A(\s*\d*)([-+#.)])")
_ADDRESS = re.compile(r"https?://[^\s/?#@:]", re.IGNORECASE)
_UNSAFE_IN_ADDRESS = re.compile(r"[^\w\-.:/?#!$&+,;=%~]")
_NO_LINK_TEXT = re.compile(r"[\[\]]|://")
_ROOM = re.compile(r"discord:[@\d]\d{0,19}/\d{1,20}")
_PERSON = re.compile(r"discord:([0-9]{1,20})")
_OPTION = re.compile(r"(?<![^\s\[])--([a-z-]{2,30})[ =]")
_LONGEST_ADDRESS = 512
_ARROW = "↗"


def escape_text(text: str) -> str:
    """Return the text as one line that Discord shows as it is, wherever in a message or a title it stands."""
    escaped = _MARKUP.sub(r"\\\g<0>", clean_line(text))
    return _LINE_START.sub(r"\1\\\2", _CALL.sub("@\u200b", escaped))


def clean_address(url: str) -> str:
    """Return the address fit to stand in ``[…](<…>)``; empty if it is no http(s) one or longer than 512 characters.

    Credentials are left out. Letters of any script stay, so that internationalised hosts work.
    """
    address = _UNSAFE_IN_ADDRESS.sub(_encode, hide_credentials(clean_line(url).strip()))
    return address if _ADDRESS.match(address) and len(address) <= _LONGEST_ADDRESS else ""


def span_runs(spans: Sequence[Span]) -> tuple[Run, ...]:
    """Return the spans as runs of escaped words.

    Text that stands side by side is escaped as one, so that no two spans make up a mark together. A link is
    ``[text](<url>)``; since Discord finds no link around square brackets or an address, such words are followed by a
    link on an arrow.
    """
    return tuple(_run(span) for span in _merged(span for whole in spans for span in _plain(whole)))


def strong_run(text: str) -> Run:
    """Return the words in bold."""
    return Run(escape_text(text), "**", "**")


def as_typed(line: str) -> str:
    """Return a command as it is typed on Discord: an option is ``since:7d`` there."""
    return _OPTION.sub(lambda found: f"{found[1].replace('-', '_')}:", line)


def _encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def _plain(span: Span) -> Iterator[Span]:
    """Yield the span as Discord can show it, cleaned: nothing blank in bold, a link only where there is an address."""
    words = clean_line(span.text)
    match span:
        case Link(_, url) if address := clean_address(url):
            if not words.strip():
                yield from (Text(f"{words}{address} "), Link(_ARROW, address))
            elif _NO_LINK_TEXT.search(words):
                yield from (Text(f"{words} "), Link(_ARROW, address))
            else:
                yield Link(words, address)
        case Strong() if words.strip():
            yield Strong(words)
        case Typed(is_strong=is_strong):
            typed = as_typed(words)
            yield Strong(typed) if is_strong else Text(typed)
        case Moment():
            yield span
        case Person(text) if _PERSON.fullmatch(text):
            yield span
        case Room(text) if _ROOM.fullmatch(text):
            yield span
        case _:
            yield Text(words)


def _merged(spans: Iterator[Span]) -> Iterator[Span]:
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


def _run(span: Span) -> Run:
    match span:
        case Strong(text):
            return strong_run(text)
        case Link(text, url):
            return Run(escape_text(text), "[", f"](<{url}>)")
        case Moment(_, at):
            return Run(f"<t:{int(at.timestamp())}:f>", is_whole=True)
        case Person(text):
            return Run(f"<@{text.removeprefix('discord:')}>", is_whole=True)
        case Room(text):
            return Run(f"<#{text.rpartition('/')[2]}>", is_whole=True)
        case Text(text) | Typed(text):
            return Run(escape_text(text))
