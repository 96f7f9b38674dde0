"""Progress of long work, on stderr: a line that redraws itself on a terminal, a few plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Self, TextIO

from bot.render.safety import clean_line

_REDRAW_S = 0.1
_PLAIN_EVERY_S = 5.0
_BAR = 24
_LONGEST_NAME = 40


class Progress:
    """Counts what is done and says so now and then; ``n_total`` is 0 where nobody knows it.

    Use in a ``with``: the end of it prints the last state.
    """

    def __init__(self, what: str, n_total: int = 0, *, stream: TextIO | None = None) -> None:
        self._what = what
        self._stream = stream or sys.stderr
        self._is_terminal = self._stream.isatty()
        self._n_total = n_total
        self._n_done = 0
        self._detail = ""
        self._started = self._drawn = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._n_done:
            self._draw(is_last=True)

    def advance(self, detail: str = "", *, n_done: int | None = None, n_total: int | None = None) -> None:
        """Note that one more is done, or how many are."""
        self._n_done = self._n_done + 1 if n_done is None else n_done
        self._n_total = self._n_total if n_total is None else n_total
        self._detail = clean_line(detail)[:_LONGEST_NAME]
        if time.monotonic() - self._drawn >= (_REDRAW_S if self._is_terminal else _PLAIN_EVERY_S):
            self._draw()

    def say(self, line: str) -> None:
        """Print a line above the progress."""
        lead = "\r\x1b[K" if self._is_terminal else ""
        self._stream.write(f"{lead}{clean_line(line)}\n")
        self._stream.flush()

    def _draw(self, *, is_last: bool = False) -> None:
        self._drawn = time.monotonic()
        rate = self._n_done / max(self._drawn - self._started, 1e-6)
        line = f"{self._what} {self._bar()}{self._n_done:,}{self._total()} ({rate:,.0f}/s) {self._detail}".rstrip()
        if self._is_terminal:
            self._stream.write(f"\r\x1b[K{line[:100]}" + ("\n" if is_last else ""))
        else:
            self._stream.write(line + "\n")
        self._stream.flush()

    def _bar(self) -> str:
        if not (self._is_terminal and self._n_total):
            return ""
        filled = min(_BAR, _BAR * self._n_done // self._n_total)
        return f"[{'#' * filled}{'.' * (_BAR - filled)}] "

    def _total(self) -> str:
        return f" of {self._n_total:,}" if self._n_total else ""
