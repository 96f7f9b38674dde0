"""Where answers and alerts are printed: above the prompt on a terminal, line after line elsewhere.

Owns stdout while the bot runs. One thing is printed at a time and whole, from whichever thread.
"""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from typing import Protocol

from bot.output import to_text
from handlers.reply import Reply
from news.errors import DeliveryError

_PRINT_TIMEOUT_S = 10.0


class Screen(Protocol):
    """Prints answers and alerts."""

    def show(self, reply: Reply) -> None:
        """Print an answer. Raises DeliveryError where nobody can see it any more."""


class PlainScreen:
    """Prints to stdout as it comes; for pipes and files."""

    def __init__(self, *, width: int = 0, on_closed: Callable[[], None] = lambda: None) -> None:
        self._width = width
        self._on_closed = on_closed
        self._lock = threading.Lock()

    def show(self, reply: Reply) -> None:
        """Print the answer and an empty line after it, and make sure that it is out."""
        text = to_text(reply, sys.stdout, width=self._width) + "\n"
        with self._lock:
            try:
                sys.stdout.write(text)
                sys.stdout.flush()
            except UnicodeEncodeError as error:
                raise DeliveryError("the output cannot show these characters") from error
            except (BrokenPipeError, ValueError) as error:
                self._on_closed()
                raise DeliveryError("nobody reads the output any more") from error
            except OSError as error:  # a full disk, a terminal that hangs: it may be tried again
                raise DeliveryError(f"the output did not take it: {error.strerror or error}") from error


class PromptScreen:
    """Prints above the prompt of prompt_toolkit, on the event loop that the prompt runs on."""

    def __init__(self, loop: asyncio.AbstractEventLoop, *, width: int = 0) -> None:
        self._loop = loop
        self._width = width

    def show(self, reply: Reply) -> None:
        """Print the answer from a worker thread, and wait until it is out."""
        text = to_text(reply, sys.stdout, width=self._width) + "\n"
        printed = asyncio.run_coroutine_threadsafe(self._print(text), self._loop)
        try:
            printed.result(_PRINT_TIMEOUT_S)
        except (TimeoutError, OSError) as error:
            printed.cancel()
            raise DeliveryError("the terminal did not take it") from error

    async def _print(self, text: str) -> None:
        from prompt_toolkit.application import run_in_terminal  # noqa: PLC0415 - only a real terminal needs it

        await run_in_terminal(lambda: _write(text))


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
