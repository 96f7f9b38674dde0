"""A Discord of one's own with the bot in it: what the end-to-end tests of Discord drive.

``Room`` holds the double, an outlet on loopback and the real program in a process of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.doubles.discord.people import Person
from tests.doubles.discord.permissions import Permission
from tests.doubles.discord.server import DiscordDouble
from tests.doubles.discord.world import Channel, Guild, Message
from tests.e2e.newsroom import ROOT, Bot, Item, Outlet, serving
from tests.e2e.stories import OLD_NEWS, item

MESSAGES = r"/channels/\d+/messages"
MEMORY_OF_NONCES_S = 600.0
FORUM_TOPIC = "forumford"
"""What the forum of every room watches."""
PATIENCE_S = 30.0

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
[discord]
heartbeat_timeout_s = {heartbeat_timeout_s}
senders = 8
[seeds]
paths = [{seeds}]
"""


def write_discord_config(
    folder: Path,
    *outlets: Outlet,
    has_seeds: bool = False,
    most: int = 1_000,
    window_s: int = 600,
    heartbeat_timeout_s: float = 60.0,
) -> Path:
    """Write a config.toml that polls the outlets every second and shows changes at once."""
    seeds = f'"{ROOT / "seeds"}"' if has_seeds else ""
    text = _CONFIG.format(window_s=window_s, most=most, heartbeat_timeout_s=heartbeat_timeout_s, seeds=seeds)
    for outlet in outlets:
        text += f'[[feeds]]\nurl = "{outlet.url}"\noutlet = "{outlet.title}"\nlanguage = "en"\ninterval_s = 1\n'
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


class Room:
    """The double, two outlets and the bot; ``start`` and ``kill`` as often as a test likes."""

    def __init__(self, discord: DiscordDouble, config: Path, gazette: Outlet, herald: Outlet) -> None:
        self.discord = discord
        self.config = config
        self.gazette = gazette
        self.herald = herald
        self.guild: Guild = discord.add_guild("Newsroom")
        admins = discord.add_role(self.guild, "admins", permissions=Permission.MANAGE_GUILD)
        editors = discord.add_role(self.guild, "editors", permissions=Permission.MANAGE_MESSAGES)
        self.ana: Person = discord.add_member(self.guild, "ana", roles=[admins])
        self.eva: Person = discord.add_member(self.guild, "eva", roles=[editors])
        self.bob: Person = discord.add_member(self.guild, "bob")
        self.desk: Channel = discord.add_channel(self.guild, "desk")
        self.forum: Channel = discord.add_forum(self.guild, "stories", tags=["New", "Update", "Disputed"])
        self._add_watch(self.forum, FORUM_TOPIC)
        self._bot: Bot | None = None

    @property
    def bot(self) -> Bot:
        assert self._bot, "it was not started"
        return self._bot

    def start(self) -> Bot:
        """Start the program and wait until it is connected."""
        n_before = self.discord.gateway.n_identifies
        environment = {"DISCORD_TOKEN": self.discord.token, "WIREWATCH_DISCORD_API": self.discord.api_url}
        self._bot = Bot(self.config, environment=environment)
        self.discord.wait_for(
            lambda: self.discord.gateway.n_identifies > n_before and self.discord.gateway.live(), PATIENCE_S
        )
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

    def _add_watch(self, channel: Channel, topic: str) -> None:
        """Write a watch into the settings: nobody can type a command in a forum."""
        with self.config.open("a", encoding="utf-8") as file:
            file.write(f'[[watches]]\nchannel = "discord:{self.guild.id}/{channel.id}"\ntopic = "{topic}"\n')

    def log(self) -> str:
        """Return what the bot logged so far."""
        return (self.config.parent / "stderr.log").read_text(encoding="utf-8")

    def watch(self, channel: Channel, topic: str, **options: object) -> None:
        """Let a channel hear of a topic."""
        answer = self.ana.slash(channel, "watch add", topic=topic, **options).wait_for_answer()
        assert "hears now of" in answer.text, answer.text

    def tell(self, *items: Item) -> None:
        """Publish items in the first outlet, the first of them first."""
        for each in items:
            self.gazette.publish(each)

    def count_rows(self, where: str) -> int:
        """Return how many rows of the outbox match."""
        with closing(sqlite3.connect(self.config.parent / "wirewatch.db", timeout=30)) as connection:
            return int(connection.execute(f"SELECT count(*) FROM outbox WHERE {where}").fetchone()[0])


@contextmanager
def open_room(
    folder: Path,
    *,
    has_seeds: bool = False,
    most: int = 1_000,
    window_s: int = 600,
    heartbeat_s: float = 41.25,
    heartbeat_timeout_s: float = 60.0,
) -> Iterator[Room]:
    """Make a room without a bot; whatever a test starts in it is ended with it."""
    gazette, herald = Outlet("Gazette"), Outlet("Herald")
    for outlet in (gazette, herald):
        outlet.publish(item(f"old-{outlet.title}", *OLD_NEWS))
    with serving(gazette, herald), DiscordDouble(heartbeat_s=heartbeat_s) as discord:
        config = write_discord_config(
            folder,
            gazette,
            herald,
            has_seeds=has_seeds,
            most=most,
            window_s=window_s,
            heartbeat_timeout_s=heartbeat_timeout_s,
        )
        room = Room(discord, config, gazette, herald)
        try:
            yield room
        finally:
            room.end()


def list_alerts(channel: Channel) -> list[Message]:
    """Return what the bot wrote there of its own accord, oldest first."""
    return [message for message in channel.list_messages() if message.interaction is None]


def wait_for_alerts(channel: Channel, n: int, *, timeout: float = PATIENCE_S) -> list[Message]:
    """Wait until there are ``n`` of them; return all."""
    channel.world.wait_for(
        lambda: len(list_alerts(channel)) >= n,
        timeout,
        lambda: f"{n} alerts in #{channel.name}; there are {[message.text for message in list_alerts(channel)]}",
    )
    return list_alerts(channel)


def labels_of(message: Message) -> list[str]:
    """Return the words on the buttons of a message."""
    return [part["label"] for row in message.components for part in row["components"] if "label" in part]
