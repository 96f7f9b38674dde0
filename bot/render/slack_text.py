r"""Text from strangers made harmless for Slack, and the markup that Slack has.

Owns the escaping: whatever the text holds, it is shown as it is (cleaned and with runs of spaces folded) and calls,
opens, hides and draws nothing. Three ways, each for what it is sure against:

- ``&``, ``<`` and ``>`` become entities, as Slack asks for. With that no ``<!channel>``, ``<@U…>`` or ``<url|label>``
  comes out of a text.
- ``*``, ``_``, ``~`` and the backtick become characters that look like them. Slack has no escape for these, and nobody
  describes next to which invisible character they stop acting; a character that is not there cannot act.
- A word joiner (U+2060) is put behind ``:`` of an address or the short name of an emoji, ``@`` and ``#`` of a name, and
  the dot of a host or mail address, and before a ``>`` that begins a word. The texts are also sent as ``verbatim``, but
  not every place where Slack takes a text knows that.

``clean_line`` leaves no word joiner in a text, so each that is found is this module's. Must never know an answer's
layout.

The rules follow "Formatting text for app surfaces" and "Text object" in the reference of the Slack API.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC

from bot.render.layout import Markup
from bot.render.paging import Run, shorten
from bot.render.safety import clean_line
from handlers.reply import Moment, Person, Room, Span, Strong, Text
from news.words.urls import hide_credentials

EVERYTHING = "/wirewatch"
"""The slash command that takes any command line."""

RESERVED = frozenset({"feed", "status", "help", "who", "mute", "topic", "search", "remind", "leave", "invite"})
"""Commands of Slack's own that ours must not be called like."""

_KEPT = re.compile(rf"(?<![\w/“\"])/({'|'.join(sorted(RESERVED))})\b(?![/.]\w)")
_JOINER = "\u2060"
_LOOK_ALIKES = str.maketrans({"*": "\u2217", "_": "\u02cd", "~": "\u223c", "`": "\u02cb"})
_BAR = "\u2223"  # looks like "|", which ends the address of a link
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ACTING = re.compile(
    r":(?=//|[^\s:]*:)"  # an address; the short name of an emoji
    r"|[@#](?=\w)"  # a call, a mail address, a channel
    r"|(?<=\S)\.(?=[^\W\d_]{2})"  # a host without a scheme
)
_QUOTE_MARK = re.compile(r"(?<!\S)>")
_ADDRESS = re.compile(r"(https?://)([\w\-.]+(?::[0-9]{1,5})?)((?:[/?#].*)?)", re.IGNORECASE)
_UNSAFE_IN_ADDRESS = re.compile(r"[^\w\-.:/?#!$&+,;=%~]|[^\x00-\x7f]")
_ROOM = re.compile(r"slack:[TE][A-Z0-9]{1,20}/[CGD][A-Z0-9]{1,20}")
_PERSON = re.compile(r"slack:[UW][A-Z0-9]{1,20}")
_BEFORE_BOLD = frozenset(" ([{\"'“")
_BEHIND_BOLD = frozenset(" .,;:!?)]}\"'”")
_LONGEST_ADDRESS = 512
_LONGEST_FALLBACK = 60


def escape_text(text: str) -> str:
    """Return the text as one line that Slack shows as it is, wherever in a block or a notification it stands."""
    marked = _QUOTE_MARK.sub(f"{_JOINER}>", _ACTING.sub(rf"\g<0>{_JOINER}", clean_line(text)))
    return marked.translate(_ENTITIES).translate(_LOOK_ALIKES)


def clean_address(url: str) -> str:
    """Return the address fit to stand in ``<…|text>``; empty if it is no http(s) one or longer than 512 characters.

    Credentials are left out. All but the host, which may be in any script, is ASCII; ``&`` is an entity.
    """
    found = _ADDRESS.fullmatch(hide_credentials(clean_line(url).strip()))
    if not found:
        return ""
    scheme, host, rest = found.groups()
    address = f"{scheme}{host}{_UNSAFE_IN_ADDRESS.sub(_encode, rest)}".translate(_ENTITIES)
    return address if len(address) <= _LONGEST_ADDRESS else ""


def as_typed(text: str) -> str:
    """Return words of our own with the commands in them as they are typed on Slack, which keeps some for itself."""
    return _KEPT.sub(rf"{EVERYTHING} \1", text)


def _encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))


def _bold_where_seen(spans: Sequence[Span]) -> Iterator[Span]:
    """Yield bold words where Slack knows a boundary on both sides, plain ones elsewhere: it would show asterisks."""
    for n, span in enumerate(spans):
        if isinstance(span, Strong):
            before = _edge(spans[n - 1], -1) if n else " "
            behind = _edge(spans[n + 1], 0) if n + 1 < len(spans) else " "
            if not _is_seen_bold(before, span.text, behind):
                yield Text(span.text)
                continue
        yield span


def _edge(span: Span, at: int) -> str:
    """Return the first or last character of a neighbour; what is no text has none that Slack knows as a boundary."""
    return span.text[at] if isinstance(span, Text) else ""


def _is_seen_bold(before: str, words: str, behind: str) -> bool:
    begins = words[0] == " " or before in _BEFORE_BOLD
    return begins and (words[-1] == " " or behind in _BEHIND_BOLD)


def _address(url: str) -> str:
    return clean_address(url).replace("&amp;", "&")


def _link(text: str, address: str) -> Run:
    words = escape_text(text).replace("|", _BAR)
    return Run(words, f"<{address.translate(_ENTITIES)}|", ">", bare=_fenced(words))


def _fenced(escaped: str) -> str:
    """Return the words of a link for where it has no room: they make up no mark with what stands beside them."""
    words = escaped.strip(" ")
    before, _, behind = escaped.partition(words)
    return f"{before}{_JOINER}{words}{_JOINER}{behind}"


def _live(span: Moment | Person | Room) -> str:
    """Return the span as Slack words it; a person is shown by name, and told so when the message is new."""
    match span:
        case Moment():
            return _date(span)
        case Person(text) if _PERSON.fullmatch(text):
            return f"<@{text.removeprefix('slack:')}>"
        case Room(text) if _ROOM.fullmatch(text):
            return f"<#{text.rpartition('/')[2]}>"
    return ""


def _date(moment: Moment) -> str:
    """Return the moment for the reader's own zone, with words for where Slack shows no dates, and before 1970."""
    words = shorten(" ".join(escape_text(moment.text).split()).replace("|", _BAR), _LONGEST_FALLBACK)
    fallback = words or f"{moment.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if moment.at.timestamp() < 0:
        return fallback
    return f"<!date^{int(moment.at.timestamp())}^{{date_short_pretty}} {{time}}|{fallback}>"


MARKUP = Markup(
    escape=escape_text,
    typed=as_typed,
    address=_address,
    link=_link,
    unlinked=re.compile("://"),
    live=_live,
    settle=_bold_where_seen,
    bold="*",
    bullet="• ",
)
"""How Slack writes; a heading is bold, and small words are a block of their own."""
