"""A loopback outlet and a bot under test: what the end-to-end tests drive.

``Outlet`` serves a feed whose entries a test changes while the bot runs. ``Bot`` is the real program in a process of
its own, written to and read from like a pipe. ``House`` is its folder: what it logged and what its store holds. Nobody
sleeps: tests wait for a line, for a row of the outbox, or until the outlet is asked again.
"""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol
from xml.sax.saxutils import escape

from tests.new_stores import put_empty_store, put_seeded_store
from tests.patience import PATIENCE_S
from tests.surroundings import OUTSIDE

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Item:
    """One entry of the served feed."""

    guid: str
    link: str
    title: str
    text: str
    published_at: datetime


def to_xml(item: Item) -> str:
    return (
        f"<item><guid isPermaLink='false'>{escape(item.guid)}</guid><link>{escape(item.link)}</link>"
        f"<title>{escape(item.title)}</title><description>{escape(item.text)}</description>"
        f"<pubDate>{format_datetime(item.published_at)}</pubDate></item>"
    )


@dataclass
class Outlet:
    """A feed on loopback. ``n_polls`` counts answers; ``wait_for_polls`` returns after that many further ones.

    With another ``status`` than 200 it answers with that and nothing else.
    """

    title: str
    items: list[Item] = field(default_factory=list)
    n_polls: int = 0
    url: str = ""
    status: int = 200
    _asked: threading.Condition = field(default_factory=threading.Condition)

    def body(self) -> bytes:
        entries = "".join(to_xml(item) for item in self.items)
        feed = f"<rss version='2.0'><channel><title>{escape(self.title)}</title>{entries}</channel></rss>"
        return feed.encode()

    def publish(self, *items: Item) -> None:
        """Put items on top of the feed, the first of them first; a poll sees all of them or none."""
        with self._asked:
            for item in items:
                self.items.insert(0, item)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        with self._asked:
            body = self.body()
        etag = f'"{abs(hash(body)):x}"'
        is_same = handler.headers.get("If-None-Match") == etag
        is_well = self.status == 200
        handler.send_response(self.status if not is_well else 304 if is_same else 200)
        handler.send_header("ETag", etag)
        handler.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        handler.send_header("Content-Length", "0" if is_same or not is_well else str(len(body)))
        handler.end_headers()
        if is_well and not is_same:
            handler.wfile.write(body)
        with self._asked:
            self.n_polls += 1
            self._asked.notify_all()

    def wait_for_polls(self, more: int) -> None:
        with self._asked:
            goal = self.n_polls + more
            assert self._asked.wait_for(lambda: self.n_polls >= goal, PATIENCE_S), "the bot has stopped polling"


class Place(Protocol):
    """A channel of any platform: what its address in the store ends with."""

    @property
    def id(self) -> int | str: ...


class House:
    """The folder of a bot that runs or ran: its log and its store."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def log(self) -> str:
        """Return what the bot logged so far."""
        return (self.folder / "stderr.log").read_text(encoding="utf-8")

    def log_lines(self, *levels: str) -> list[dict[str, str]]:
        """Return the lines of the log with one of these levels; what is no JSON is left out."""
        lines = [json.loads(line) for line in self.log().splitlines() if line.startswith("{")]
        return [line for line in lines if line["level"] in levels]

    def count(self, table: str, where: str = "1", *values: object) -> int:
        """Return how many rows of a table match."""
        with self.open_store() as connection:
            return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {where}", values).fetchone()[0])

    def count_alerts(self, where: str, channel: Place | None = None) -> int:
        """Return how many alerts are in such a state, for this channel or for all."""
        return self.count("outbox", f"({where}) AND channel LIKE ?", f"%/{channel.id}" if channel else "%")

    def is_quiet(self) -> bool:
        """Return whether all that is known was told, but for what waits for a channel that is closed."""
        closed = "EXISTS (SELECT 1 FROM closed_channels WHERE closed_channels.channel = outbox.channel)"
        return not self.count("outbox", f"state = 'sending' OR state = 'pending' AND NOT {closed}")

    def list_sent(self) -> set[str]:
        """Return the keys of the alerts that were sent so far, such as ``n12``."""
        with self.open_store() as connection:
            return {f"n{row[0]}" for row in connection.execute("SELECT id FROM outbox WHERE state = 'sent'")}

    def resume_feed(self, number: int) -> None:
        """Do what an operator does with ``/feed resume``."""
        with self.open_store() as connection, connection:
            values = "status = 'active', next_poll_at = 0, n_failures = 0, error = ''"
            connection.execute(f"UPDATE feeds SET {values} WHERE id = ?", (number,))

    def make_older(self, days: int) -> None:
        """Let all that the store knows of stories be so much older; what was told must be noted by then."""
        span = days * 86_400_000_000
        columns = (("articles", "fetched_at"), ("stories", "last_at"), ("heads", "opened_at"), ("outbox", "created_at"))
        with self.open_store() as connection, connection:
            for table, column in columns:
                connection.execute(f"UPDATE {table} SET {column} = {column} - {span}")

    @contextmanager
    def open_store(self) -> Iterator[sqlite3.Connection]:
        """Open the database beside the bot; each statement stands for itself."""
        with closing(sqlite3.connect(self.folder / "wirewatch.db", timeout=PATIENCE_S)) as connection:
            yield connection


@contextmanager
def serving(*outlets: Outlet) -> Iterator[None]:
    """Serve the outlets on a free port of loopback, each under its number."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            outlets[int(self.path.strip("/").split(".")[0])].answer(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    for number, outlet in enumerate(outlets):
        outlet.url = f"http://127.0.0.1:{server.server_port}/{number}.xml"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Bot:
    """The program as a process; ``lines`` holds all that it printed so far."""

    def __init__(self, config: Path, *words: str, environment: Mapping[str, str] | None = None) -> None:
        # A start takes twice as long where all is compiled anew.
        unwanted = {*OUTSIDE, "PYTHONDONTWRITEBYTECODE"}
        base = {name: value for name, value in os.environ.items() if name not in unwanted}
        base |= {"PYTHONPATH": str(ROOT), "WIREWATCH_CONFIG": str(config), "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "bot", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=(config.parent / "stderr.log").open("ab"),
            env={**base, **(environment or {})},
            cwd=config.parent,
            text=True,
            encoding="utf-8",
        )
        self.lines: list[str] = []
        self._queue: queue.Queue[str | None] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._queue.put(line.rstrip("\n"))
        self._queue.put(None)

    def say(self, line: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def wait_for(self, pattern: str, *, ends: Callable[[str], bool] | None = None) -> list[str]:
        """Return the lines from the first that matches to the one that ``ends`` accepts (default: that same line)."""
        found: list[str] = []
        while True:
            line = self._next_line(pattern)
            if not found and not re.search(pattern, line):
                continue
            found.append(line)
            if ends is None or ends(line):
                return found

    def _next_line(self, wanted: str) -> str:
        try:
            line = self._queue.get(timeout=PATIENCE_S)
        except queue.Empty:
            line = None
        if line is None:
            raise AssertionError(f"never saw {wanted!r} in:\n" + "\n".join(self.lines))
        self.lines.append(line)
        return line

    def count(self, pattern: str) -> int:
        return sum(bool(re.search(pattern, line)) for line in self.lines)

    def finish(self) -> int:
        """End the input and wait for the program to go home; return its exit code."""
        assert self.process.stdin
        self.process.stdin.close()
        code = self.process.wait(PATIENCE_S)
        self._drain()
        return code

    def stop(self) -> int:
        """Ask it to end, as a supervisor does; return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE_S)
        self._drain()
        return code

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE_S)
        self._drain()

    def _drain(self) -> None:
        self._reader.join(PATIENCE_S)
        while (line := self._queue.get(timeout=PATIENCE_S)) is not None:
            self.lines.append(line)

    def leave(self) -> None:
        """End it if it still runs, and leave nothing of it open."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(PATIENCE_S)
        for stream in (self.process.stdin, self.process.stdout):
            if stream and not stream.closed:
                stream.close()


@contextmanager
def running(config: Path, *words: str, environment: Mapping[str, str] | None = None) -> Iterator[Bot]:
    """Start the bot, and never leave it behind."""
    bot = Bot(config, *words, environment=environment)
    try:
        yield bot
    finally:
        bot.leave()


class Newsroom(House, ABC):
    """Two outlets and the bot: what the rooms of all platforms share."""

    def __init__(self, config: Path, gazette: Outlet, herald: Outlet, *, has_seeds: bool) -> None:
        super().__init__(config.parent)
        # The bot makes and seeds its own in test_way_of_an_article.
        (put_seeded_store if has_seeds else put_empty_store)(self.folder / "wirewatch.db")
        self.config = config
        self.gazette = gazette
        self.herald = herald
        self._bot: Bot | None = None

    @property
    def bot(self) -> Bot:
        assert self._bot, "it was not started"
        return self._bot

    def start_with(self, environment: Mapping[str, str]) -> Bot:
        """Start the program, and wait for nothing."""
        self._bot = Bot(self.config, environment=environment)
        return self._bot

    def is_running(self) -> bool:
        """Return True as long as the bot has not ended; who waits for it need not wait any longer."""
        assert self.bot.process.poll() is None, f"the bot has ended:\n{self.log()}"
        return True

    def wait_for_first_sight(self) -> None:
        """Wait until both outlets were looked at: what a feed holds at first sight is told to nobody."""
        for outlet in (self.gazette, self.herald):
            outlet.wait_for_polls(2)

    def end(self) -> None:
        """Never leave it behind."""
        if self._bot is not None:
            self._bot.leave()

    def tell(self, *items: Item) -> None:
        """Publish items in the first outlet at once, the first of them first."""
        self.gazette.publish(*items)

    @abstractmethod
    def wait_for(self, predicate: Callable[[], object], wanted: str = "") -> None:
        """Wait until the predicate holds, looking after each thing that the platform was asked for."""

    def wait_until_quiet(self) -> None:
        """Wait until nothing waits to be sent to a channel that is open."""
        self.wait_for(self.is_quiet, "an empty outbox")

    def wait_until_sent(self, channel: Place, n: int) -> None:
        """Wait until ``n`` alerts for a channel were sent, and the bot has noted it."""
        self.wait_for(lambda: self.count_alerts("state = 'sent'", channel) >= n, f"{n} alerts that were sent")

    def wait_until_waiting(self, channel: Place, n: int) -> None:
        """Wait until ``n`` alerts for a channel wait and none is on its way."""
        self.wait_for(
            lambda: (
                self.count_alerts("state = 'pending'", channel) == n
                and not self.count_alerts("state = 'sending'", channel)
            ),
            f"{n} alerts that wait",
        )

    def wait_until_closed(self, channel: Place, word: str = "") -> None:
        """Wait until the bot has noted that a channel takes no messages, for a reason with this word."""
        where = "channel LIKE ? AND instr(reason, ?)"
        self.wait_for(lambda: self.count("closed_channels", where, f"%/{channel.id}", word), "a closed channel")


def write_config(folder: Path, *outlets: Outlet, watch: str = "venezuela") -> Path:
    """Write a config.toml that polls the outlets four times a second and seeds from the repository's documents."""
    feeds = "".join(
        f'\n[[feeds]]\nurl = "{outlet.url}"\noutlet = "{outlet.title}"\nlanguage = "en"\ninterval_s = 1\n'
        for outlet in outlets
    )
    path = folder / "config.toml"
    path.write_text(
        f"""
[storage]
database = "sqlite:///wirewatch.db"

[poll]
tick_s = 0.25
allow_networks = ["127.0.0.0/8"]

[seeds]
paths = ["{ROOT / "seeds"}"]
{feeds}
[[watches]]
channel = "terminal:local"
topic = "{watch}"
""",
        encoding="utf-8",
    )
    return path
