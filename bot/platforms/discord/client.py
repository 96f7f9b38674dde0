"""The connection to Discord: gateway events in, the application commands kept in step.

Owns what happens on events. Must never compose a message: ``desk`` answers and ``messenger`` posts.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from typing import Protocol

import discord
from discord import app_commands
from discord.gateway import DiscordWebSocket
from yarl import URL

from bot.logs import Log
from bot.platforms.discord.brake import Brake
from bot.platforms.discord.commands import make_commands
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.refusals import refuse_blind_retry

_LONGEST_WAIT_S = 30.0
_NAMES = re.compile(r"<@!?\d{1,20}>")


class Rooms(Protocol):
    """Which channels can be sent to, in the store: see ``rooms.StoredRooms``."""

    async def look_at_all(self, list_guilds: Callable[[], Sequence[discord.Guild]]) -> None:
        """Look at the servers that the bot is on, and close the channels of all others."""

    async def look(self, guild: discord.Guild, *, asks: bool = False) -> None:
        """Open the closed channels of a server that the bot may write in now."""

    async def leave(self, guild_id: int) -> None:
        """Close the channels of a server that the bot is not on any more."""

    async def drop(self, guild_id: int, channel_id: int) -> None:
        """Close a channel that was deleted."""

    async def find_note(self, key: str) -> str | None:
        """Return what was noted under the key."""

    async def keep_note(self, key: str, value: str) -> None:
        """Note something in the store."""


class DiscordClient(discord.AutoShardedClient):
    """One connection; a new one is made when this one breaks.

    Args:
        development_guild: the commands are registered on this server only, where they change at once; 0 for everywhere.
    """

    def __init__(
        self,
        *,
        desk: Desk,
        rooms: Rooms,
        brake: Brake,
        log: Log,
        development_guild: int = 0,
        heartbeat_timeout_s: float = 60.0,
    ) -> None:
        trace = brake.trace()
        trace.on_request_end.append(refuse_blind_retry)
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            http_trace=trace,
            # A longer wait comes out as an error, so that one channel does not hold a sender from all others.
            max_ratelimit_timeout=_LONGEST_WAIT_S,
            heartbeat_timeout=heartbeat_timeout_s,
        )
        self.tree = Tree(self, desk, log)
        self._desk = desk
        self._rooms = rooms
        self._log = log
        self._development_guild = development_guild

    async def setup_hook(self) -> None:
        """Learn the gateway's address, and register the commands if they are not what is registered."""
        _, gateway, _ = await self.http.get_bot_gateway()
        # Where discord.py goes after a session that cannot be resumed; it has no other place for it.
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)
        for command in make_commands(self._desk):
            self.tree.add_command(command)
        where = discord.Object(self._development_guild) if self._development_guild else None
        if where is not None:
            self.tree.copy_global_to(guild=where)
        key = f"discord.commands.{self.application_id}.{self._development_guild}"
        digest = describe_commands(self.tree)
        if await self._rooms.find_note(key) != digest:
            await self.tree.sync(guild=where)
            await self._rooms.keep_note(key, digest)
            self._log.info("discord commands registered", guild=self._development_guild)

    async def on_ready(self) -> None:
        """Look at every server: rights may have changed while the bot was away."""
        self._log.info("discord ready", guilds=len(self.guilds), shards=self.shard_count)
        await self._rooms.look_at_all(lambda: self.guilds)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Route presses and forms; commands are the tree's."""
        try:
            if interaction.type is discord.InteractionType.component:
                await self._desk.press(interaction)
            elif interaction.type is discord.InteractionType.modal_submit:
                await self._desk.submit(interaction)
        except Exception as error:  # noqa: BLE001 - whatever it is, who pressed waits for a word
            await self._desk.tell_failed(interaction, error)

    async def on_message(self, message: discord.Message) -> None:
        """Answer who calls the bot by name, or writes to it alone."""
        if self.user is None or message.author.bot:
            return
        is_direct = message.guild is None
        # An answer to an alert mentions the bot without calling it: only its name among the words does.
        if not is_direct and not {f"<@{self.user.id}>", f"<@!{self.user.id}>"} & set(_NAMES.findall(message.content)):
            return
        try:
            await self._desk.answer_message(message, self.user)
        except discord.DiscordException as error:
            self._log.warning("a question could not be answered", error=str(error)[:300])

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Go on where the server left off."""
        self._log.info("discord server joined", guild=guild.id)
        await self._rooms.look(guild, asks=True)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Keep the settings of the server and send it nothing."""
        await self._rooms.leave(guild.id)
        self._log.info("discord server left", guild=guild.id)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Look again after an outage."""
        await self._rooms.look(guild)

    async def on_guild_channel_update(self, _before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """Look again: permissions may have changed."""
        await self._rooms.look(after.guild)

    async def on_guild_channel_create(self, channel: discord.abc.GuildChannel) -> None:
        """Look again: a category may have been given back."""
        await self._rooms.look(channel.guild)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Send no more to a channel that is gone."""
        await self._rooms.drop(channel.guild.id, channel.id)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Send no more to a thread that is gone."""
        await self._rooms.drop(payload.guild_id, payload.thread_id)

    async def on_thread_update(self, _before: discord.Thread, after: discord.Thread) -> None:
        """Look again: it may have been unlocked."""
        await self._rooms.look(after.guild)

    async def on_guild_role_update(self, _before: discord.Role, after: discord.Role) -> None:
        """Look again: permissions may have changed."""
        await self._rooms.look(after.guild)

    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        """Look again if the bot itself was given a role."""
        if self.user is not None and after.id == self.user.id:
            await self._rooms.look(after.guild)

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """Log what went wrong with an event; the others go on."""
        self._log.error("discord event failed", discord_event=event_method, exc_info=True)


class Tree(app_commands.CommandTree[DiscordClient]):
    """The commands; what discord.py refuses is told to who asked, in words."""

    def __init__(self, client: DiscordClient, desk: Desk, log: Log) -> None:
        super().__init__(client)
        self._desk = desk
        self._log = log

    async def on_error(
        self, interaction: discord.Interaction[DiscordClient], error: app_commands.AppCommandError, /
    ) -> None:
        """Say it in words; what the bot itself failed at is logged under a number."""
        if isinstance(error, app_commands.CommandSignatureMismatch | app_commands.CommandNotFound):
            words = "The commands of the bot have changed. Try again in a moment."
        elif isinstance(error, app_commands.TransformerError):
            words = "A value of this command cannot be understood."
        else:
            await self._desk.tell_failed(interaction, getattr(error, "original", error))
            return
        self._log.warning("discord command refused", error=str(error)[:300])
        if not interaction.response.is_done():
            await interaction.response.send_message(words, ephemeral=True)


def describe_commands(tree: app_commands.CommandTree[DiscordClient]) -> str:
    """Return a digest of all commands as they are registered, to see whether they changed."""
    payload = [command.to_dict(tree) for command in tree.get_commands()]
    return hashlib.sha256(json.dumps(payload, sort_keys=True, default=str).encode()).hexdigest()
