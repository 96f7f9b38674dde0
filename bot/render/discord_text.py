r"""Text from strangers made harmless for Discord, and the markup that Discord has.

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

from bot.render.layout import Markup
from bot.render.paging import Run
from bot.render.safety import clean_line
from handlers.reply import Moment, Person, Room
from news.words.urls import hide_credentials

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
_ROOM = re.compile(r"discord:[@\d]\d{0,19}/\d{1,20}")
_PERSON = re.compile(r"discord:[0-9]{1,20}")
_OPTION = re.compile(r"(?<![^\s\[])--([a-z-]{2,30})[ =]")
_LONGEST_ADDRESS = 512


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


def as_typed(line: str) -> str:
    """Return a command as it is typed on Discord: an option is ``since:7d`` there."""
    return _OPTION.sub(lambda found: f"{found[1].replace('-', '_')}:", line)


def _encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def _link(text: str, address: str) -> Run:
    return Run(escape_text(text), "[", f"](<{address}>)")


def _live(span: Moment | Person | Room) -> str:
    match span:
        case Moment(_, at):
            return f"<t:{int(at.timestamp())}:f>"
        case Person(text) if _PERSON.fullmatch(text):
            return f"<@{text.removeprefix('discord:')}>"
        case Room(text) if _ROOM.fullmatch(text):
            return f"<#{text.rpartition('/')[2]}>"
    return ""


MARKUP = Markup(
    escape=escape_text,
    typed=as_typed,
    address=clean_address,
    link=_link,
    unlinked=re.compile(r"[\[\]]|://"),  # Discord finds no link around these
    live=_live,
    bold="**",
    heading="### ",
    small="-# ",
    bullet="- ",
)
"""How Discord writes; a link is ``[text](<url>)``."""
