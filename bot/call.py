"""One call of the program: what was typed, with the settings that hold for it."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from bot.config import Config
from bot.logs import Log
from bot.progress import Progress
from bot.wiring import House, open_house, prepare, utc_now
from handlers.jobs.progress import SeedProgress
from handlers.request import Access, Argument, Request


@dataclass(frozen=True, slots=True)
class Call:
    """What a program works with.

    Attributes:
        words: the arguments of the command as argparse gave them.
        database: URL from ``--database``, or None for that of the settings.
        output_format: ``text``, or a name in ``bot.render.formats``.
    """

    words: argparse.Namespace
    config: Config
    database: str | None
    output_format: str
    log: Log

    def open(self, *, worker: str = "") -> AbstractContextManager[House]:
        """Open the house. Raises StorageError."""
        return open_house(self.config, self.database, worker=worker)

    def prepare(self, house: House) -> None:
        """Apply what is configured and seed an empty store, with progress on stderr."""
        with Progress("Seeding") as progress:
            summary = prepare(house, report=lambda done: show_seeding(progress, done))
            for name, reason in summary.failures if summary else ():
                progress.say(f"{name}: {reason}")

    def request(self, path: str, arguments: Mapping[str, Argument]) -> Request:
        """Return a request of the person at this terminal."""
        channel = self.config.terminal.channel
        return Request(path, arguments, channel, f"terminal:{user_name()}", now=utc_now(), access=Access.OPERATE)


def show_seeding(progress: Progress, done: SeedProgress) -> None:
    """Note a document on the progress."""
    progress.advance(done.name.rpartition("/")[2], n_done=done.n_done, n_total=done.n_files)


def user_name() -> str:
    """Return the name of who runs the program, for the audit log."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container may run as a number without a name
        return "local"
