"""The chat platforms that this process runs, by the tokens in its environment.

Owns which there are. A platform's library is imported only where its token is set: it takes a while.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Protocol

from bot.config import Config
from bot.logs import Log
from bot.wiring import House, find_store_id
from handlers.ports import Messenger
from news.errors import ConfigError

DISCORD_TOKEN = "DISCORD_TOKEN"  # noqa: S105 - the name of a variable
"""Environment variable with the token of the Discord bot."""

DISCORD_API = "WIREWATCH_DISCORD_API"
"""Environment variable with the address of Discord's REST API, such as ``http://127.0.0.1:8080/api/v10``."""


SLACK_BOT_TOKEN = "SLACK_BOT_TOKEN"  # noqa: S105 - the name of a variable
"""Environment variable with the token of the Slack bot, ``xoxb-…``."""

SLACK_APP_TOKEN = "SLACK_APP_TOKEN"  # noqa: S105 - the name of a variable
"""Environment variable with the token of the Slack app for Socket Mode, ``xapp-…``."""

SLACK_API = "WIREWATCH_SLACK_API"
"""Environment variable with the address of Slack's Web API, such as ``http://127.0.0.1:8080/api/``."""


class Platform(Protocol):
    """A chat platform that is part of the running bot.

    Attributes:
        name: as told to people.
        n_senders: how many of those may post side by side.
        ended: gets the reason when the platform cannot go on.
    """

    name: str
    n_senders: int
    ended: asyncio.Future[str]

    @property
    def messenger(self) -> Messenger:
        """Posts alerts, from worker threads."""

    def start(self) -> None:
        """Connect, and connect again whenever that ends. Returns at once."""

    async def stop(self) -> None:
        """Leave the platform."""


def list_platforms(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the platforms that the environment has tokens for."""
    discord = ("Discord",) if environment.get(DISCORD_TOKEN) else ()
    return (*discord, "Slack") if _has_slack(environment) else discord


def find_problem(environment: Mapping[str, str]) -> str:
    """Return what is missing among the tokens, empty if nothing is: Slack needs two."""
    if bool(environment.get(SLACK_BOT_TOKEN)) == bool(environment.get(SLACK_APP_TOKEN)):
        return ""
    missing = SLACK_APP_TOKEN if environment.get(SLACK_BOT_TOKEN) else SLACK_BOT_TOKEN
    return f"Slack needs two tokens and {missing} is not set; going on without Slack."


def find_doubts(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return what looks wrong about the variables of Slack, without asking Slack: tokens and address."""
    wanted = ((SLACK_BOT_TOKEN, "xoxb-"), (SLACK_APP_TOKEN, "xapp-"))
    doubts = [
        f"{name} does not begin with {start}; are the two tokens swapped?"
        for name, start in wanted
        if environment.get(name) and not environment[name].strip().startswith(start)
    ]
    address = environment.get(SLACK_API, "")
    if address and not address.startswith(("http://", "https://")):
        doubts.append(f"{SLACK_API} is no address: {address[:80]}")
    return tuple(doubts)


def make_platforms(house: House, log: Log, environment: Mapping[str, str]) -> tuple[Platform, ...]:
    """Return the platforms, not yet started; must be called on the event loop that they are to run on.

    Raises:
        ConfigError: an id in the settings is none.
    """
    made: list[Platform] = []
    if environment.get(DISCORD_TOKEN):
        made.append(_make_discord(house, log, environment))
    if _has_slack(environment):
        made.append(_make_slack(house, log, environment))
    return tuple(made)


def check_platforms(config: Config) -> None:
    """Raise ConfigError where the settings of a platform mean nothing."""
    parse_ids(config.discord.home_guilds, "discord.home_guilds")
    parse_ids((config.discord.development_guild or "0",), "discord.development_guild")


def parse_ids(values: tuple[str, ...], key: str) -> tuple[int, ...]:
    """Return the ids that the settings name. Raises ConfigError."""
    for value in values:
        if not (value.isascii() and value.isdecimal()):
            raise ConfigError(key, f"“{value}” is no id; it is a long number, copied in Discord's developer mode")
    return tuple(int(value) for value in values)


def _make_discord(house: House, log: Log, environment: Mapping[str, str]) -> Platform:
    from bot.platforms.discord.platform import DiscordPlatform, DiscordSettings  # noqa: PLC0415 - see above

    wanted = house.config.discord
    settings = DiscordSettings(
        token=environment[DISCORD_TOKEN].strip(),
        api_url=environment.get(DISCORD_API, ""),
        development_guild=parse_ids((wanted.development_guild or "0",), "discord.development_guild")[0],
        home_guilds=parse_ids(wanted.home_guilds, "discord.home_guilds"),
        heartbeat_timeout_s=wanted.heartbeat_timeout_s,
        n_senders=wanted.senders,
    )
    return DiscordPlatform(house.ports, log, settings, store_id=find_store_id(house))


def _has_slack(environment: Mapping[str, str]) -> bool:
    return bool(environment.get(SLACK_BOT_TOKEN) and environment.get(SLACK_APP_TOKEN))


def _make_slack(house: House, log: Log, environment: Mapping[str, str]) -> Platform:
    from bot.platforms.slack.platform import SlackPlatform, SlackSettings  # noqa: PLC0415 - see above

    wanted = house.config.slack
    settings = SlackSettings(
        bot_token=environment[SLACK_BOT_TOKEN].strip(),
        app_token=environment[SLACK_APP_TOKEN].strip(),
        api_url=environment.get(SLACK_API, ""),
        editors=frozenset(wanted.editors),
        managers=frozenset(wanted.managers),
        home_teams=frozenset(wanted.home_workspaces),
        ping_s=wanted.ping_s,
        pace_s=wanted.pace_s,
        n_senders=wanted.senders,
    )
    return SlackPlatform(house.ports, log, settings, store_id=find_store_id(house))
