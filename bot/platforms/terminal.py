"""The terminal: lines become Requests, Replies become text, alerts appear above the prompt.

Owns the prompt, its completion and history, and ``/quit``. Must never hold logic of a command.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

from bot.files import read_files
from bot.incidents import answer
from bot.logs import Log
from bot.platforms.completion import complete_line
from bot.platforms.lines import iter_pipe_lines
from bot.platforms.screen import Screen
from bot.wiring import utc_now
from handlers.dispatch import answer_error
from handlers.lines import parse_line
from handlers.ports import Ports, Post, Receipt
from handlers.reply import Reply
from handlers.request import Access, Request
from news.errors import DeliveryError, WirewatchError
from news.watches.watch import Head

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession

QUIT_WORDS = frozenset({"/quit", "/exit"})
"""Lines that end the program."""

CHANNEL_PREFIX = "terminal:"
"""What the channels of this platform begin with."""


class Terminal:
    """One person at one terminal, or one pipe; a ``handlers.ports.Messenger``.

    Args:
        channel: where its watches post.
        actor: who types, for the audit log.
    """

    prefix = CHANNEL_PREFIX
    recognises = False
    is_ready = True

    def __init__(self, ports: Ports, log: Log, screen: Screen, *, channel: str, actor: str) -> None:
        self._ports = ports
        self._log = log
        self._screen = screen
        self._channel = channel
        self._actor = actor
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="answer")
        self._is_busy = False

    @property
    def is_busy(self) -> bool:
        """Whether a command is being answered now."""
        return self._is_busy

    async def converse(self, lines: AsyncIterator[str]) -> None:
        """Answer line after line until their end or ``/quit``."""
        loop = asyncio.get_running_loop()
        async for raw in lines:
            line = raw.strip()
            if line.lower().partition(" ")[0] in QUIT_WORDS:
                break
            if line:
                await loop.run_in_executor(self._worker, self._answer_and_show, line)

    def post(self, post: Post) -> Receipt:
        """Show an alert and return its receipt. Raises DeliveryError."""
        self._screen.show(post.reply)
        return Receipt(f"shown {post.key} at {utc_now():%Y-%m-%dT%H:%M:%SZ}")

    def edit(self, head: Head, reply: Reply) -> None:
        """Show nothing: what was printed stays as it was, and what came later was printed under it."""

    def close(self) -> None:
        """Take no more lines."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    def answer(self, line: str) -> Reply:
        """Return the answer to a line; never raises for what was typed."""
        try:
            typed = parse_line(line)
            arguments = read_files(typed.path, typed.arguments, may_pipe=False)
        except WirewatchError as error:
            return answer_error(error)
        request = Request(typed.path, arguments, self._channel, self._actor, now=utc_now(), access=Access.OPERATE)
        return answer(request, self._ports, self._log)

    def _answer_and_show(self, line: str) -> None:
        self._is_busy = True
        try:
            self._screen.show(self.answer(line))
        except DeliveryError as error:
            self._log.warning("answer not shown", error=str(error))
        finally:
            self._is_busy = False


async def iter_prompt(ports: Ports, channel: str, history: Path) -> AsyncIterator[str]:
    """Yield lines typed at a prompt with completion and history, until the end of input (Ctrl-D).

    Ctrl-C clears the line, as in a shell; on an empty line it is the signal that ends the program.
    """
    session = _make_session(lambda line: complete_line(line, ports, channel), history)
    while True:
        try:
            yield await session.prompt_async("wirewatch> ", handle_sigint=False)
        except KeyboardInterrupt:
            if not session.default_buffer.text:
                signal.raise_signal(signal.SIGINT)
                await asyncio.Event().wait()  # until the handler of the signal ends the conversation
        except EOFError:
            return


async def iter_stdin(ports: Ports, channel: str, history: Path, *, is_terminal: bool) -> AsyncIterator[str]:
    """Yield lines from the prompt or, where stdin is no terminal, from the pipe until its end."""
    source = iter_prompt(ports, channel, history) if is_terminal else iter_pipe_lines(sys.stdin.fileno())
    async with aclosing(source) as lines:  # type: ignore[type-var]  # both are async generators
        async for line in lines:
            yield line


def _make_session(complete: Callable[[str], Iterable[tuple[str, int]]], history: Path) -> PromptSession[str]:
    # Imported here: a prompt takes a tenth of a second to load, which a pipe need not pay.
    from prompt_toolkit import PromptSession  # noqa: PLC0415 - only on a terminal
    from prompt_toolkit.completion import Completer, Completion, ThreadedCompleter  # noqa: PLC0415 - only on a terminal
    from prompt_toolkit.history import FileHistory, InMemoryHistory  # noqa: PLC0415 - only on a terminal

    class LineCompleter(Completer):
        """Offers what fits at the end of the line."""

        def get_completions(self, document: object, complete_event: object) -> Iterable[Completion]:
            del complete_event
            line = str(getattr(document, "text_before_cursor", ""))
            return [Completion(text, start_position=-n_typed) for text, n_typed in complete(line)]

    try:
        history.parent.mkdir(parents=True, exist_ok=True)
        is_writable = os.access(history.parent, os.W_OK)
    except OSError:
        is_writable = False
    kept = FileHistory(str(history)) if is_writable else InMemoryHistory()
    return PromptSession(completer=ThreadedCompleter(LineCompleter()), history=kept, complete_while_typing=True)
