"""A Discord of one's own with the bot in it: what the end-to-end tests of Discord drive.

``Room`` holds the double, an outlet on loopback and the real program in a process of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.doubles.discord.interactions import Interaction
from tests.doubles.discord.people import Person
from tests.doubles.discord.permissions import Permission
from tests.doubles.discord.server import DiscordDouble
from tests.doubles.discord.world import Channel, Guild, Message
from tests.e2e.newsroom import Bot, Newsroom, Outlet, serving
from tests.e2e.stories import OLD_NEWS, item
from tests.patience import PATIENCE_S

MESSAGES = r"/channels/\d+/messages"
MEMORY_OF_NONCES_S = 600.0
FORUM_TOPIC = "forumford"
"""What the forum of every room watches."""

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
paths = []
"""


def write_discord_config(
    folder: Path,
    *outlets: Outlet,
    most: int = 1_000,
    window_s: int = 600,
    heartbeat_timeout_s: float = 60.0,
) -> Path:
    """Write a config.toml that polls the outlets every second and shows changes at once."""
    text = _CONFIG.format(window_s=window_s, most=most, heartbeat_timeout_s=heartbeat_timeout_s)
    for outlet in outlets:
        text += f'[[feeds]]\nurl = "{outlet.url}"\noutlet = "{outlet.title}"\nlanguage = "en"\ninterval_s = 1\n'
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


class Room(Newsroom):
    """The double, two outlets and the bot; ``start`` and ``kill`` as often as a test likes."""

    def __init__(
        self, discord: DiscordDouble, config: Path, gazette: Outlet, herald: Outlet, *, has_seeds: bool
    ) -> None:
        super().__init__(config, gazette, herald, has_seeds=has_seeds)
        self.discord = discord
        self.guild: Guild = discord.add_guild("Newsroom")
        admins = discord.add_role(self.guild, "admins", permissions=Permission.MANAGE_GUILD)
        editors = discord.add_role(self.guild, "editors", permissions=Permission.MANAGE_MESSAGES)
        self.ana: Person = discord.add_member(self.guild, "ana", roles=[admins])
        self.eva: Person = discord.add_member(self.guild, "eva", roles=[editors])
        self.bob: Person = discord.add_member(self.guild, "bob")
        self.desk: Channel = discord.add_channel(self.guild, "desk")
        self.forum: Channel = discord.add_forum(self.guild, "stories", tags=["New", "Update", "Disputed"])
        self._add_watch(self.forum, FORUM_TOPIC)

    def start(self) -> Bot:
        """Start the program and wait until it is connected."""
        n_before = self.discord.gateway.n_identifies
        bot = self.start_with({"DISCORD_TOKEN": self.discord.token, "WIREWATCH_DISCORD_API": self.discord.api_url})
        self.wait_for(
            lambda: (
                self.is_running()
                and self.discord.gateway.n_identifies > n_before
                and self.discord.gateway.live()
                and self.discord.commands
            )
        )
        if not n_before:
            self.wait_for_first_sight()
        return bot

    def wait_for(self, predicate: Callable[[], object], wanted: str = "") -> None:
        """Wait until the predicate holds."""
        self.discord.wait_for(predicate, wanted=wanted)

    def _add_watch(self, channel: Channel, topic: str) -> None:
        """Write a watch into the settings: nobody can type a command in a forum."""
        with self.config.open("a", encoding="utf-8") as file:
            file.write(f'[[watches]]\nchannel = "discord:{self.guild.id}/{channel.id}"\ntopic = "{topic}"\n')

    def watch(self, channel: Channel, topic: str, **options: object) -> None:
        """Let a channel hear of a topic."""
        answer = self.ana.slash(channel, "watch add", topic=topic, **options).wait_for_answer()
        assert "hears now of" in answer.text, answer.text


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
        # That what takes long is acknowledged first is shown in tests/platform, without a clock.
        discord.world.interaction_deadline_s = PATIENCE_S
        config = write_discord_config(
            folder,
            gazette,
            herald,
            most=most,
            window_s=window_s,
            heartbeat_timeout_s=heartbeat_timeout_s,
        )
        room = Room(discord, config, gazette, herald, has_seeds=has_seeds)
        try:
            yield room
        finally:
            room.end()


def list_alerts(channel: Channel) -> list[Message]:
    """Return what the bot wrote there of its own accord, oldest first."""
    return [message for message in channel.list_messages() if message.interaction is None]


def wait_for_alerts(channel: Channel, n: int) -> list[Message]:
    """Wait until there are ``n`` of them; return all."""
    channel.world.wait_for(
        lambda: len(list_alerts(channel)) >= n,
        wanted=lambda: f"{n} alerts in #{channel.name}; there are {[it.text for it in list_alerts(channel)]}",
    )
    return list_alerts(channel)


def wait_for_private(used: Interaction) -> Message:
    """Wait for what only who asked can read; a slow answer has words for all in its place until then."""

    def find() -> Message | None:
        shown = [used.answer, *used.followups]
        return next((it for it in shown if it is not None and it.is_ephemeral), None)

    used.world.wait_for(find, wanted=lambda: f"a private answer to {used}; refused: {used.refusals}")
    found = find()
    assert found
    return found


def labels_of(message: Message) -> list[str]:
    """Return the words on the buttons of a message."""
    return [part["label"] for row in message.components for part in row["components"] if "label" in part]
