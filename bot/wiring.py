"""The one place where the parts meet: settings, store, feed door and clock become the ports of the handlers.

Owns the life of store and door. Libraries that only some commands need are imported when they are first used, so that
the others start fast.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from bot.config import Config
from handlers.jobs.maintain import apply_feeds, apply_watches, needs_seeds
from handlers.jobs.progress import Report, SeedSummary
from handlers.ports import Ports
from news.errors import ConfigError, StorageError
from news.polling import Feed, FeedPoll
from news.reports.outlets import use_outlets

if TYPE_CHECKING:
    from feeds.door import HttpFeedDoor
    from storage.engine import SqlStore

DATABASE_VARIABLE = "WIREWATCH_DATABASE"
"""Environment variable that names the database where ``--database`` does not."""

RUN_WORKER = "run"
"""Name on the leases of the one process that polls and delivers."""

_SQLITE = "sqlite:///"
_STORE_ID = "store.id"


@dataclass(frozen=True, slots=True)
class House:
    """All that is open while the program runs."""

    config: Config
    ports: Ports
    store: SqlStore
    door: LazyDoor


def utc_now() -> datetime:
    """Return the time, aware UTC."""
    return datetime.now(UTC)


def resolve_database(config: Config, given: str | None) -> str:
    """Return the URL of the database: the one given, relative to the working folder, or that of the settings."""
    url = given or os.environ.get(DATABASE_VARIABLE) or ""
    folder = Path.cwd() if url else config.folder
    url = url or config.storage.database
    if "://" not in url:
        url = _SQLITE + url
    if not url.startswith(_SQLITE):
        return url
    name = url.removeprefix(_SQLITE)
    return url if not name else _SQLITE + str((folder / Path(name).expanduser()).absolute())


def _check_folder(url: str) -> None:
    """Raise StorageError where a database that somebody typed is to lie in a folder that is not there: a slip."""
    folder = Path(url.removeprefix(_SQLITE)).parent
    if url.startswith(_SQLITE) and not folder.is_dir():
        what = "is no folder" if folder.exists() else "does not exist"
        raise StorageError(f"the folder {folder} of --database {what}; make it first, or name another path")


@contextmanager
def open_house(config: Config, database: str | None = None, *, worker: str = "") -> Iterator[House]:
    """Open store and feed door, and close them at the end.

    The folder of the database that the settings name is made; that of one given here must be there.

    Raises:
        StorageError: the database cannot be opened.
    """
    from storage.engine import open_store  # noqa: PLC0415 - a quarter of a second that --help must not pay

    if config.outlets:
        use_outlets(outlet.as_row() for outlet in config.outlets)
    settings = config.handler_settings()
    if worker:
        settings = replace(settings, worker=worker)
    url = resolve_database(config, database)
    if database:
        _check_folder(url)
    store = open_store(url)
    door = LazyDoor(config)
    try:
        yield House(config, Ports(store, door, utc_now, settings), store, door)
    finally:
        door.close()
        store.close()


def prepare(house: House, *, report: Report) -> SeedSummary | None:
    """Apply the configured feeds and watches, and seed the store once; return what seeding gave, if it ran.

    Raises:
        ConfigError: an empty store is to start from documents that are not there.
    """
    is_unseeded = needs_seeds(house.ports)
    paths = [house.config.resolve(path) for path in house.config.seeds.paths]
    for index, path in enumerate(paths if is_unseeded else ()):
        if not path.exists():
            raise ConfigError(f"seeds.paths[{index}]", f"there is no file or folder {path}")
    apply_feeds(house.config.feeds, house.ports)
    apply_watches(house.config.watches, house.ports)
    if not is_unseeded:
        return None
    from handlers.jobs.seed import seed_store  # noqa: PLC0415 - reading articles takes tables that answering does not

    return seed_store(paths, house.ports, report=report)


def find_store_id(house: House) -> str:
    """Return what tells this store from all others; made when it is first asked for."""
    with house.ports.store.read() as tx:
        held = tx.values.find(_STORE_ID)
    if held is not None:
        return held
    with house.ports.store.write() as tx:
        held = tx.values.find(_STORE_ID) or secrets.token_hex(8)
        tx.values.set(_STORE_ID, held)
    return held


def closed_ports(config: Config) -> Ports:
    """Return ports for commands that need no store; using it is an error that says so."""
    return Ports(_ClosedStore(), LazyDoor(config), utc_now, config.handler_settings())


class _ClosedStore:
    """A store that was not opened."""

    def write(self, *, wait_s: float = 0.0) -> NoReturn:
        """Raise StorageError."""
        del wait_s
        raise StorageError("The database was not opened for this command.")

    def read(self) -> NoReturn:
        """Raise StorageError."""
        raise StorageError("The database was not opened for this command.")

    def describe(self) -> Mapping[str, object]:
        """Return nothing."""
        return {}


class LazyDoor:
    """The feed door, opened when it is first used."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._door: HttpFeedDoor | None = None
        self._lock = threading.Lock()

    def poll(self, feeds: Sequence[Feed]) -> Iterator[FeedPoll]:
        """Fetch and parse the feeds side by side; yield each as it is done."""
        return self._opened().poll(feeds)

    def find_refusal(self, url: str) -> str:
        """Return why an address is not fetched, empty for one that is."""
        return self._opened().find_refusal(url)

    def clean_html(self, html: str, url: str = "") -> str:
        """Return the main text of an HTML page."""
        return self._opened().clean_html(html, url)

    def check(self) -> None:
        """Open the door without going through it. Raises ConfigError where a network of the settings is none."""
        self._opened()

    def close(self) -> None:
        """End what is under way."""
        with self._lock:
            if self._door is not None:
                self._door.close()

    def _opened(self) -> HttpFeedDoor:
        with self._lock:
            if self._door is None:
                self._door = _make_door(self._config)
            return self._door


def _make_door(config: Config) -> HttpFeedDoor:
    from feeds.door import HttpFeedDoor  # noqa: PLC0415 - most commands fetch nothing
    from feeds.settings import MIB, FetchSettings  # noqa: PLC0415 - the same

    poll = config.poll
    settings = FetchSettings(
        total_timeout_s=poll.timeout_s,
        connect_timeout_s=min(FetchSettings().connect_timeout_s, poll.timeout_s),
        body_cap_bytes=int(poll.body_cap_mib * MIB),
        concurrency=poll.concurrency,
        allow_networks=poll.allow_networks,
        user_agent=poll.user_agent,
        parse_workers=poll.parse_workers,
        min_interval_s=poll.min_interval_s,
    )
    return HttpFeedDoor(settings, now=utc_now)
