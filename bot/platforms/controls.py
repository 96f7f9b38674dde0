"""What a button or menu of a chat platform carries: the command that it stands for, in a short text.

Owns that form, the same on every platform. It names commands and nothing else, so a button of a message that is months
old works in a bot that was started a minute ago, and what it may do is judged when it is pressed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from handlers.dispatch import answer_error
from handlers.lines import format_line, parse_line
from handlers.ports import Ports
from handlers.reply import Action, Reply
from handlers.request import Request
from handlers.saved import load_request, save_request
from news.errors import WirewatchError

LONGEST = 100
"""Most characters of a control: Discord's limit of a ``custom_id``."""

MOST_HALVED = 9
"""Most often that a page can be said to be halved."""

_MARK = "ww"
_LONGEST_LINE = 88
_LARGEST_PAGE = 9_999
_HALVED = "/"
_MOST_DIGITS = 18
"""Of a number that the store can look for."""


class Kind(StrEnum):
    """What pressing does."""

    PAGE = "p"
    """Show another page of the answer."""
    EXPORT = "x"
    """Give the answer as a file."""
    RUN = "a"
    """Run a command and show its answer to who pressed."""
    SHARE = "s"
    """Show the answer to the whole channel."""
    FORM = "f"
    """Ask for one more parameter first."""


@dataclass(frozen=True, slots=True)
class Control:
    """One button or menu.

    Attributes:
        source: a command line (``/timeline venezuela``), or ``#12`` for a saved request.
        page: which page, from 0; only of PAGE.
        n_halved: how often the size of a page was halved, from 0 to 9, because the platform refused larger ones: the
            pages after it have the same size, or words would be left out between them; only of PAGE.
        asks: name of the parameter that is asked for; only of FORM.
    """

    kind: Kind
    source: str
    page: int = 0
    asks: str = ""
    n_halved: int = 0

    def encode(self) -> str:
        """Return the text that the platform keeps, at most ``LONGEST`` characters."""
        size = f"{_HALVED}{self.n_halved}" if self.n_halved else ""
        detail = f"{self.page}{size}" if self.kind is Kind.PAGE else self.asks
        return f"{_MARK}:{self.kind.value}:{detail}:{self.source}"


def decode(text: str) -> Control | None:
    """Return the control of that text, or None if it is none of ours."""
    parts = text.split(":", 3)
    if len(parts) != 4 or parts[0] != _MARK or parts[1] not in set(Kind):  # noqa: PLR2004 - mark, kind, detail, source
        return None
    kind, detail = Kind(parts[1]), parts[2]
    if kind is not Kind.PAGE:
        return Control(kind, parts[3], asks=detail if kind is Kind.FORM else "")
    number, _, size = detail.partition(_HALVED)
    page, n_halved = _read_number(number), _read_number(size) if size else 0
    if page is None or page > _LARGEST_PAGE or n_halved is None or n_halved > MOST_HALVED:
        return None
    return Control(kind, parts[3], page=page, n_halved=n_halved)


def control_of(action: Action) -> Control | None:
    """Return the control of an action; None where its command line is too long for one."""
    line = format_line(action.command, action.arguments)
    control = Control(Kind.FORM if action.asks else Kind.RUN, line, asks=action.asks)
    return control if len(control.encode()) <= LONGEST else None


def find_source(request: Request) -> str | None:
    """Return the command line of a request if it is short enough to be carried; otherwise it must be saved."""
    line = format_line(request.command, request.arguments)
    return line if len(line) <= _LONGEST_LINE else None


def keep_source(request: Request, ports: Ports) -> str:
    """Return what controls of the answer to a request carry; a long request is saved in the store."""
    line = find_source(request)
    if line is not None:
        return line
    with ports.store.write() as tx:
        return f"#{save_request(tx, request)}"


def restore(source: str, asker: Request, ports: Ports) -> Request | Reply:
    """Return the request that a control stands for, asked by who pressed; the reason where there is none any more.

    ``asker`` is a request of who pressed: channel, actor, access and time are taken from it.
    """
    try:
        if source.startswith("#"):
            with ports.store.read() as tx:
                return load_request(
                    tx,
                    _read_number(source[1:]) or 0,
                    access=asker.access,
                    actor=asker.actor,
                    channel=asker.channel,
                    now=asker.now,
                    keep_days=ports.settings.keep_answers_days,
                )
        typed = parse_line(source)
    except WirewatchError as error:
        return answer_error(error)
    return Request(typed.path, typed.arguments, asker.channel, asker.actor, now=asker.now, access=asker.access)


def _read_number(text: str) -> int | None:
    """Return the number of plain digits; None for other digits, signs, and more than a store can look for."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else None
