"""Discord as a part of the running bot: started, watched over and ended with it.

Owns the life of the connection. Whatever ends it but a refused token, it is made anew: a payload that breaks a parser
of discord.py costs a few seconds and nothing else, since all that must not be lost is in the store.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass

import discord
from discord.http import Route

from bot.logs import Log
from bot.platforms.answers import Answers
from bot.platforms.discord.brake import Brake, RequestsHeldError
from bot.platforms.discord.client import DiscordClient
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.messenger import DiscordMessenger
from bot.platforms.discord.rooms import StoredRooms
from handlers.ports import Ports

_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 300.0
_STEADY_S = 60.0


@dataclass(frozen=True, slots=True)
class DiscordSettings:
    """What the environment and config.toml say of Discord.

    Attributes:
        api_url: empty for Discord's own.
        development_guild: 0 registers the commands everywhere.
        home_guilds: servers whose managers may change what all share.
        heartbeat_timeout_s: without a sign of life for so long, the connection is made anew.
    """

    token: str
    api_url: str = ""
    development_guild: int = 0
    home_guilds: tuple[int, ...] = ()
    heartbeat_timeout_s: float = 60.0
    n_senders: int = 3


class DiscordPlatform:
    """Runs from ``start`` to ``stop`` on the event loop that it was made on.

    Attributes:
        messenger: posts alerts, from worker threads.
        ended: set with the reason when it cannot go on.
    """

    name = "Discord"

    def __init__(self, ports: Ports, log: Log, settings: DiscordSettings, *, store_id: str) -> None:
        loop = asyncio.get_running_loop()
        self._ports = ports
        self._log = log
        self._settings = settings
        self._answers = Answers(ports, log)
        self._brake = Brake(time.monotonic)
        self._client: DiscordClient | None = None
        self._task: asyncio.Task[None] | None = None
        self.n_senders = settings.n_senders
        self.ended: asyncio.Future[str] = loop.create_future()
        self.messenger = DiscordMessenger(loop, lambda: self._client, log, store_id=store_id)

    def start(self) -> None:
        """Connect, and connect again whenever that ends."""
        # The bot never speaks; without this discord.py warns at each start that it cannot.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        if self._settings.api_url:
            # discord.py has no other place for it: the class holds the address for the whole process.
            Route.BASE = self._settings.api_url.rstrip("/")
        self._task = asyncio.create_task(self._supervise(), name="discord")

    async def stop(self) -> None:
        """Leave Discord."""
        if self._client is not None:
            with suppress(Exception):
                await asyncio.wait_for(self._client.close(), 3)
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self._answers.close()

    async def _supervise(self) -> None:
        wait_s = _FIRST_WAIT_S
        while True:
            began = time.monotonic()
            try:
                await self._run_once()
            except (discord.LoginFailure, discord.PrivilegedIntentsRequired) as error:
                self._give_up(f"Discord refuses the bot: {error} Look at DISCORD_TOKEN in the developer portal.")
                return
            except discord.ConnectionClosed as error:
                if error.code == 4004:  # noqa: PLR2004 - Discord's "authentication failed"
                    self._give_up("Discord refuses the token. Look at DISCORD_TOKEN in the developer portal.")
                    return
                self._log.warning("discord connection ended", code=error.code)
            except RequestsHeldError as error:
                self._log.error("discord brake", error=str(error))
                wait_s = max(wait_s, error.retry_after_s or 0)
            except Exception as error:  # noqa: BLE001 - whatever a payload broke, the next connection starts fresh
                self._log.error("discord connection broke", error=repr(error)[:500], exc_info=error)
            if time.monotonic() - began > _STEADY_S:
                wait_s = _FIRST_WAIT_S
            self._log.info("discord reconnects", wait_s=wait_s)
            await asyncio.sleep(wait_s)
            wait_s = min(_LONGEST_WAIT_S, wait_s * 2)

    async def _run_once(self) -> None:
        rooms = StoredRooms(self._answers, self._ports, self._log)
        desk = Desk(
            self._answers,
            self._log,
            home_guilds=self._settings.home_guilds,
            keep_days=self._ports.settings.keep_answers_days,
        )
        client = DiscordClient(
            desk=desk,
            rooms=rooms,
            brake=self._brake,
            log=self._log,
            development_guild=self._settings.development_guild,
            heartbeat_timeout_s=self._settings.heartbeat_timeout_s,
        )
        async with client:
            self._client = client
            try:
                await client.start(self._settings.token)
            finally:
                self._client = None

    def _give_up(self, reason: str) -> None:
        self._log.error("discord cannot be used", reason=reason)
        if not self.ended.done():
            self.ended.set_result(reason)
