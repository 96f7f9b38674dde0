"""Logging: one line of JSON for each thing that happened, to stderr or to a file.

Owns the set-up of structlog and of the standard library's logging, which other packages write to. What strangers wrote
is quoted and escaped, so that no line can be forged.
"""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path
from typing import Any, Protocol, TextIO

_LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
_ROTATE_BYTES = 10 * 1024 * 1024
_QUERY = re.compile(r"((?:https?|wss?)://[^\s'\"<>?#]{1,2000})[?#][^\s'\"<>)\]]{0,4000}")
_UPLOAD = re.compile(r"(https?://[^\s'\"<>/?#]{1,300}/upload/)[^\s'\"<>)\]]{1,4000}")


class Log(Protocol):
    """Where things that happen are written."""

    def debug(self, event: str, **values: object) -> object:
        """Write what only a developer wants to know."""

    def info(self, event: str, **values: object) -> object:
        """Write what is as it should be."""

    def warning(self, event: str, **values: object) -> object:
        """Write what somebody may have to look at."""

    def error(self, event: str, **values: object) -> object:
        """Write what went wrong; ``exc_info`` may be the exception."""


def strip_addresses(text: str) -> str:
    """Return the text without what lets somebody in: queries of addresses, and paths that a file is uploaded to.

    >>> strip_addresses("Failed to connect (url=wss://a.example/link?ticket=1&app=2); Retrying...")
    'Failed to connect (url=wss://a.example/link?…); Retrying...'
    """
    return _UPLOAD.sub(r"\1…", _QUERY.sub(r"\1?…", text))


class _Forward(logging.Handler):
    """Passes what other packages log on to structlog."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record as a warning or an error of its logger; addresses lose what lets somebody in."""
        write = self._log.error if record.levelno >= logging.ERROR else self._log.warning
        write(strip_addresses(record.getMessage()), logger=record.name)


class LazyLog:
    """Sets structlog up at the first line: most commands write none, and importing it takes a tenth of a second."""

    def __init__(self, level: str, stream: TextIO) -> None:
        self._level = level
        self._stream = stream
        self._log: Any = None

    def debug(self, event: str, **values: object) -> object:
        """Write what only a developer wants to know."""
        return self._opened().debug(event, **values)

    def info(self, event: str, **values: object) -> object:
        """Write what is as it should be."""
        return self._opened().info(event, **values)

    def warning(self, event: str, **values: object) -> object:
        """Write what somebody may have to look at."""
        return self._opened().warning(event, **values)

    def error(self, event: str, **values: object) -> object:
        """Write what went wrong."""
        return self._opened().error(event, **values)

    def _opened(self) -> Any:  # noqa: ANN401 - structlog's bound loggers have no type of their own
        if self._log is None:
            self._log = _make_logger(self._level, self._stream)
        return self._log


def open_log(level: str, file: Path | None) -> Log:
    """Return the log of the program, to stderr or appended to a file; an old large file is moved to ``<name>.1``.

    Raises:
        OSError: the file cannot be written.
    """
    log = LazyLog(level, sys.stderr if file is None else _open_file(file))
    logging.getLogger().handlers = [_Forward(log)]
    # Its own lines say that a slow round makes the next one wait, which is as it should be; failures are logged here.
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    return log


def _make_logger(level: str, stream: TextIO) -> Any:  # noqa: ANN401 - see _opened
    """Return a logger of its own: structlog's settings, which all the process shares, stay as they are."""
    import structlog  # noqa: PLC0415 - see LazyLog

    return structlog.wrap_logger(
        structlog.WriteLogger(stream),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
    )


def _open_file(file: Path) -> TextIO:
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and file.stat().st_size > _ROTATE_BYTES:
        file.replace(file.with_name(file.name + ".1"))
    return file.open("a", encoding="utf-8", buffering=1)
