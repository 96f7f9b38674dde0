"""A Slack of one's own with the bot in it: what the end-to-end tests of Slack drive.

``Room`` holds the double, two outlets on loopback and the real program in a process of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.doubles.slack.people import Person
from tests.doubles.slack.server import SlackDouble
from tests.doubles.slack.world import Channel, Message
from tests.e2e.newsroom import Bot, Newsroom, Outlet, serving
from tests.e2e.stories import OLD_NEWS, item
from tests.patience import PATIENCE_S

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
paths = []
"""


class Room(Newsroom):
    """The double, two outlets and the bot; ``start`` and ``kill`` as often as a test likes."""

    def __init__(self, slack: SlackDouble, folder: Path, gazette: Outlet, herald: Outlet, *, has_seeds: bool) -> None:
        super().__init__(folder / "config.toml", gazette, herald, has_seeds=has_seeds)
        self.slack = slack
        self.ana: Person = slack.add_user("ana", admin=True)
        self.eva: Person = slack.add_user("eva")
        self.bob: Person = slack.add_user("bob")
        self.desk: Channel = slack.add_channel("desk")

    def write_config(self, *, most: int, window_s: int, ping_s: float) -> None:
        """Write a config.toml that polls the outlets every second and shows changes at once."""
        text = _CONFIG.format(most=most, window_s=window_s, editor=self.eva.id, ping_s=ping_s)
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
        bot = self.start_with({**self.environment(), **(environment or {})})
        self.wait_for(lambda: self.is_running() and self.slack.n_links > n_before, "a link")
        if not n_before:
            self.wait_for_first_sight()
        return bot

    def wait_for(self, predicate: Callable[[], object], wanted: str = "") -> None:
        """Wait until the predicate holds."""
        self.slack.wait_for(predicate, wanted=wanted)

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Let nothing reach the bot, or come from it, until all that is done in here is done."""
        with self.slack.world.changed:
            yield

    def add_watched(self, topic: str, *, private: bool = False) -> Channel:
        """Make a channel of its own that hears of the topic."""
        channel = self.slack.add_channel(topic, private=private)
        self.watch(channel, topic)
        return channel

    def watch(self, channel: Channel, words: str) -> None:
        """Let a channel hear of a topic."""
        answer = self.ana.slash(channel, "/watch", f"add {words}").wait_for_answer()
        assert "hears now of" in answer.text, answer.text

    def ask(self, text: str, *, who: Person | None = None) -> str:
        """Return the words of the answer to ``/wirewatch ...``."""
        return (who or self.ana).slash(self.desk, "/wirewatch", text).wait_for_answer().text

    def list_watches(self) -> str:
        """Return all pages of ``/watch list``."""
        message = self.ana.slash(self.desk, "/watch", "list").wait_for_answer()
        return "\n".join(read_pages(self.ana, message))

    def count_posts(self, channel: Channel) -> int:
        """Return how often the bot tried to post there."""
        return sum(it.args.get("channel") == channel.id for it in self.slack.find_requests(POST))


@contextmanager
def open_room(
    folder: Path, *, has_seeds: bool = False, most: int = 1_000, window_s: int = 600, ping_s: float = 30.0
) -> Iterator[Room]:
    """Make a room without a bot; whatever a test starts in it is ended with it.

    Args:
        ping_s: a link is made anew where a ping is not answered in half of that, be it for want of a processor.
    """
    gazette, herald = Outlet("Gazette"), Outlet("Herald")
    for outlet in (gazette, herald):
        outlet.publish(item(f"old-{outlet.title}", *OLD_NEWS))
    # That all is acknowledged before the work is done is shown without a clock, in test_slack.py.
    with serving(gazette, herald), SlackDouble(deadline_s=PATIENCE_S) as slack:
        room = Room(slack, folder, gazette, herald, has_seeds=has_seeds)
        room.write_config(most=most, window_s=window_s, ping_s=ping_s)
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
        wanted=lambda: f"{n} alerts in #{channel.name}; there are {[it.text for it in channel.list_messages()]}",
    )
    return list_alerts(channel)


def read_pages(who: Person, message: Message) -> list[str]:
    """Return the text of all pages of an answer that only its asker sees, turned as a reader would."""
    texts = [message.text]
    while "Next ▶" in message.buttons:
        who.press(message, "Next ▶").wait_for_change()
        texts.append(message.text)
    return texts
