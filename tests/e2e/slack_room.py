"""A Slack of one's own with the bot in it: what the end-to-end tests of Slack drive.

``Room`` holds the double, two outlets on loopback and the real program in a process of its own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from tests.doubles.slack.people import Person
from tests.doubles.slack.server import SlackDouble
from tests.doubles.slack.world import Channel, Message
from tests.e2e.newsroom import ROOT, Bot, Item, Outlet, serving
from tests.e2e.stories import OLD_NEWS, item

PATIENCE_S = 30.0
PING_S = 0.5
POST, UPDATE = r"chat\.postMessage", r"chat\.update"

_CONFIG = """
[storage]
database = "sqlite:///wirewatch.db"
[poll]
tick_s = 0.1
allow_networks = ["127.0.0.0/8"]
[delivery]
tick_s = 0.1
refresh_s = 0
messages_per_window = {most}
window_s = {window_s}
[slack]
editors = ["{editor}"]
ping_s = {ping_s}
pace_s = 0.1
senders = 8
[seeds]
paths = [{seeds}]
"""


class Room:
    """The double, two outlets and the bot; ``start`` and ``kill`` as often as a test likes."""

    def __init__(self, slack: SlackDouble, folder: Path, gazette: Outlet, herald: Outlet) -> None:
        self.slack = slack
        self.gazette = gazette
        self.herald = herald
        self.config = folder / "config.toml"
        self.ana: Person = slack.add_user("ana", admin=True)
        self.eva: Person = slack.add_user("eva")
        self.bob: Person = slack.add_user("bob")
        self.desk: Channel = slack.add_channel("desk")
        self._bot: Bot | None = None

    @property
    def bot(self) -> Bot:
        assert self._bot, "it was not started"
        return self._bot

    def write_config(self, *, has_seeds: bool, most: int, window_s: int) -> None:
        """Write a config.toml that polls the outlets every second and shows changes at once."""
        seeds = f'"{ROOT / "seeds"}"' if has_seeds else ""
        text = _CONFIG.format(most=most, window_s=window_s, editor=self.eva.id, ping_s=PING_S, seeds=seeds)
        for outlet in (self.gazette, self.herald):
            text += f'[[feeds]]\nurl = "{outlet.url}"\noutlet = "{outlet.title}"\nlanguage = "en"\ninterval_s = 1\n'
        self.config.write_text(text, encoding="utf-8")

    def environment(self) -> dict[str, str]:
        """Return what connects the bot with the double."""
        return {
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "WIREWATCH_SLACK_API": self.slack.api_url,
        }

    def start(self, *, environment: Mapping[str, str] | None = None) -> Bot:
        """Start the program and wait until it is connected."""
        n_before = self.slack.n_links
        self._bot = Bot(self.config, environment={**self.environment(), **(environment or {})})
        self.slack.wait_for_new_link(n_before, timeout=PATIENCE_S)
        if not n_before:  # what a feed holds at first sight is told to nobody
            for outlet in (self.gazette, self.herald):
                outlet.wait_for_polls(2)
        return self._bot

    def end(self) -> None:
        """Never leave it behind."""
        if self._bot is None:
            return
        process = self._bot.process
        if process.poll() is None:
            process.kill()
        process.wait(PATIENCE_S)
        for stream in (process.stdin, process.stdout):
            if stream and not stream.closed:
                stream.close()

    def log(self) -> str:
        """Return what the bot logged so far."""
        return (self.config.parent / "stderr.log").read_text(encoding="utf-8")

    def log_lines(self, *levels: str) -> list[dict[str, str]]:
        """Return the lines of the log with one of these levels; what is no JSON is left out."""
        lines = [json.loads(line) for line in self.log().splitlines() if line.startswith("{")]
        return [line for line in lines if line["level"] in levels]

    def add_watched(self, topic: str, *, private: bool = False) -> Channel:
        """Make a channel of its own that hears of the topic."""
        channel = self.slack.add_channel(topic, private=private)
        self.watch(channel, topic)
        return channel

    def watch(self, channel: Channel, words: str) -> None:
        """Let a channel hear of a topic."""
        answer = self.ana.slash(channel, "/watch", f"add {words}").wait_for_answer()
        assert "hears now of" in answer.text, answer.text

    def tell(self, *items: Item) -> None:
        """Publish items in the first outlet, the first of them first."""
        for it in items:
            self.gazette.publish(it)

    def ask(self, text: str, *, who: Person | None = None) -> str:
        """Return the words of the answer to ``/wirewatch ...``."""
        return (who or self.ana).slash(self.desk, "/wirewatch", text).wait_for_answer().text

    def list_watches(self) -> str:
        """Return all pages of ``/watch list``."""
        message = self.ana.slash(self.desk, "/watch", "list").wait_for_answer()
        return "\n".join(read_pages(self.ana, message))

    def count_rows(self, where: str) -> int:
        """Return how many rows of the outbox match."""
        with closing(sqlite3.connect(self.config.parent / "wirewatch.db", timeout=30)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM outbox WHERE {where}").fetchone()[0])

    def list_sent(self) -> set[str]:
        """Return the keys of the alerts that were sent so far, such as ``n12``."""
        with closing(sqlite3.connect(self.config.parent / "wirewatch.db", timeout=30)) as connection:
            return {f"n{row[0]}" for row in connection.execute("SELECT id FROM outbox WHERE state = 'sent'")}

    def count_closed(self, reason: str) -> int:
        """Return how many channels are closed for a reason with this word."""
        with closing(sqlite3.connect(self.config.parent / "wirewatch.db", timeout=30)) as connection:
            query = "SELECT count(*) FROM closed_channels WHERE instr(reason, ?)"
            return int(connection.execute(query, (reason,)).fetchone()[0])

    def wait_until_sent(self) -> None:
        """Wait until nothing waits to be sent."""
        self.slack.wait_for(
            lambda: not self.count_rows("state IN ('pending', 'sending')"), PATIENCE_S, "an empty outbox"
        )

    def count_posts(self, channel: Channel) -> int:
        """Return how often the bot tried to post there."""
        return sum(it.args.get("channel") == channel.id for it in self.slack.find_requests(POST))


@contextmanager
def open_room(folder: Path, *, has_seeds: bool = False, most: int = 1_000, window_s: int = 600) -> Iterator[Room]:
    """Make a room without a bot; whatever a test starts in it is ended with it."""
    gazette, herald = Outlet("Gazette"), Outlet("Herald")
    for outlet in (gazette, herald):
        outlet.publish(item(f"old-{outlet.title}", *OLD_NEWS))
    with serving(gazette, herald), SlackDouble() as slack:
        room = Room(slack, folder, gazette, herald)
        room.write_config(has_seeds=has_seeds, most=most, window_s=window_s)
        try:
            yield room
        finally:
            room.end()


def list_alerts(channel: Channel) -> list[Message]:
    """Return what the bot told of its own accord in the channel itself, oldest first."""
    return [it for it in channel.list_messages() if is_alert(it) and not it.is_reply]


def is_alert(message: Message) -> bool:
    """Return whether the bot told it of its own accord; answers carry a key too."""
    return message.metadata is not None and message.metadata["event_type"] == "wirewatch_alert"


def wait_for_alerts(channel: Channel, n: int) -> list[Message]:
    """Wait until there are ``n`` of them; return all."""
    channel.world.wait_for(
        lambda: len(list_alerts(channel)) >= n,
        PATIENCE_S,
        lambda: f"{n} alerts in #{channel.name}; there are {[it.text for it in channel.list_messages()]}",
    )
    return list_alerts(channel)


def read_pages(who: Person, message: Message) -> list[str]:
    """Return the text of all pages of an answer that only its asker sees, turned as a reader would."""
    texts = [message.text]
    while "Next ▶" in message.buttons:
        who.press(message, "Next ▶").wait_for_change()
        texts.append(message.text)
    return texts
