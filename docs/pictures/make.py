# ruff: noqa: INP001 - a script beside its pictures, no package
"""Draws the pictures of docs/discord.md: ``.venv/bin/python docs/pictures/make.py`` from the top of the repository.

The bot runs as a process against the tests' loopback double of Discord, a feed of our own writing brings it news, and
what it really sends is set as HTML (``chat.py``) and photographed by a headless Chromium. Nothing leaves the machine.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(HERE)]

from chat import Shown, photograph  # noqa: E402 - found by the line above

from tests.doubles.discord.permissions import Permission  # noqa: E402
from tests.doubles.discord.server import DiscordDouble  # noqa: E402
from tests.e2e.newsroom import Item, Outlet, serving  # noqa: E402

NOW = datetime.now(UTC)
TODAY = f"{NOW - timedelta(minutes=10):%A}"
STORIES = (
    (
        "Ferry runs aground off Margarita Island, at least 12 injured",
        (
            f"At least 12 people were injured when a ferry ran aground off Margarita Island, Venezuela, on {TODAY}, "
            "the coast guard said. The ferry came from Puerto La Cruz. Fishing boats brought the passengers ashore."
        ),
    ),
    (
        "Ferry accident in Venezuela: number of injured rises to 19",
        (
            f"The number of people injured when a ferry ran aground off Margarita Island, Venezuela, on {TODAY} has "
            "risen to 19, the coast guard said. Divers looked at the hull."
        ),
    ),
    (
        "Venezuela and Guyana agree to talks on fishing",
        (
            f"Venezuela and Guyana agreed on {TODAY} to hold talks on fishing in the Essequibo estuary, the foreign "
            "ministry of Guyana said in Georgetown."
        ),
    ),
    (
        "Power cut darkens Maracaibo",
        (
            f"A power cut left 300,000 households in Maracaibo, Venezuela, without electricity on {TODAY}, the "
            "governor of Zulia said. Engineers repaired a substation."
        ),
    ),
    (
        "Teachers in Caracas strike for higher pay",
        (
            f"About 4,000 teachers went on strike in Caracas, Venezuela, on {TODAY} to demand higher pay, their union "
            "said. Forty schools were closed."
        ),
    ),
)
CONFIG = """
[storage]
database = "sqlite:///wirewatch.db"
[poll]
tick_s = 0.2
allow_networks = ["127.0.0.0/8"]
[delivery]
tick_s = 0.2
refresh_s = 0
messages_per_window = 3
[seeds]
paths = ["{seeds}"]
[[feeds]]
url = "{url}"
outlet = "Harbour Gazette"
interval_s = 1
"""


def main() -> None:
    """Run the bot, and draw what it says."""
    outlet = Outlet("Harbour Gazette")
    outlet.publish(_item(0, "Harbour Gazette opens an office in Lisbon", "The paper opened an office in Lisbon."))
    with tempfile.TemporaryDirectory() as folder, serving(outlet), DiscordDouble() as discord:
        (Path(folder) / "config.toml").write_text(CONFIG.format(seeds=ROOT / "seeds", url=outlet.url), "utf-8")
        with _running(Path(folder), discord):
            _draw(discord, outlet)


def _draw(discord: DiscordDouble, outlet: Outlet) -> None:
    guild = discord.add_guild("Newsroom")
    alerts = discord.add_channel(guild, "alerts")
    admins = discord.add_role(guild, "admins", permissions=Permission.MANAGE_GUILD)
    ana, bob = discord.add_member(guild, "ana", roles=[admins]), discord.add_member(guild, "bob")
    names = {ana.id: "@ana", bob.id: "@bob"}
    discord.wait_for_requests("PUT", r"/applications/\d+/commands", 1)
    outlet.wait_for_polls(1)

    answer = ana.slash(alerts, "timeline", topic="venezuela", **{"from": "2019", "to": "2019"}).wait_for_answer()
    photograph(HERE / "timeline.png", [Shown(answer, said="ana used /timeline venezuela 2019")], names)
    added = ana.slash(alerts, "watch add", topic="venezuela").wait_for_answer()
    photograph(HERE / "watch.png", [Shown(added, said="ana used /watch add venezuela")], names)

    n_before = len(alerts.list_messages())
    outlet.publish(_item(1, *STORIES[0]))
    head = alerts.wait_for_messages(n_before + 1)[-1]
    photograph(HERE / "alert.png", [Shown(copy(head))], names)

    outlet.publish(_item(2, *STORIES[1]))
    thread = alerts.wait_for_threads(1)[0]
    update = thread.wait_for_messages(1)[0]
    refused = bob.press(head, "Already known").wait_for_answer()
    photograph(HERE / "refusal.png", [Shown(refused, only_for="bob")], names)
    ana.press(head, "Already known").wait_for_answer()
    discord.wait_for(lambda: "lready known by" in head.text, 30, "the mark on the first message")
    photograph(HERE / "head.png", [Shown(head, thread=thread, replies=(update,))], names)

    n_before, path = len(alerts.list_messages()), rf"/channels/{alerts.id}/messages"
    n_posted = len(discord.find_requests("POST", path))
    discord.deny_bot(alerts, Permission.SEND_MESSAGES)
    for n, story in enumerate(STORIES[2:], 3):
        outlet.publish(_item(n, *story))
    outlet.wait_for_polls(3)
    discord.wait_for_requests("POST", path, n_posted + 1)  # refused: the channel is closed, and what comes waits
    discord.deny_bot(alerts, 0)
    digest = alerts.wait_for_messages(n_before + 1)[-1]
    photograph(HERE / "digest.png", [Shown(digest)], names)


def _item(n: int, title: str, text: str) -> Item:
    link = f"https://harbour-gazette.example/world/{n}"
    return Item(f"gazette-{n}", link, title, text, NOW - timedelta(minutes=10 - n))


@contextmanager
def _running(folder: Path, discord: DiscordDouble) -> Iterator[None]:
    """Run the bot against the double until the block ends."""
    settings = {"DISCORD_TOKEN": discord.token, "WIREWATCH_DISCORD_API": discord.api_url, "PYTHONPATH": str(ROOT)}
    environment = {**os.environ, **settings, "WIREWATCH_CONFIG": str(folder / "config.toml")}
    with (folder / "log").open("wb") as log:
        command = [sys.executable, "-P", "-m", "bot"]
        bot = subprocess.Popen(command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stderr=log)  # noqa: S603 - our own program
    try:
        yield
    except BaseException:
        sys.stderr.write((folder / "log").read_text("utf-8"))
        raise
    finally:
        bot.send_signal(signal.SIGTERM)
        bot.wait(30)


if __name__ == "__main__":
    main()
