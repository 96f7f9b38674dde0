"""Which channels of Discord the bot may write in, kept in the store as servers, rights and channels come and go.

Owns closing and opening. Watches and all other settings of a server stay whatever happens: a server that is away, or
that the bot was taken from and invited to again, finds everything as it was.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence

import discord

from bot.logs import Log
from bot.platforms.answers import Answers
from bot.platforms.discord.addresses import PREFIX, format_channel, format_place, parse_channel
from handlers.ports import Ports, Transaction
from news.watches.watch import place_of

AWAY = "the bot is not on the server any more; invite it again and it goes on"
DELETED = "the channel was deleted; watch another one"

NEEDED = ("view_channel", "send_messages", "embed_links", "read_message_history")
"""Permissions without which a channel cannot be told anything."""

_ACTOR = "discord:bot"


class StoredRooms:
    """See ``client.Rooms``; the store is asked beside the event loop.

    What happens to a server is taken in turns: a bot taken out and let in again at once ends with open channels.
    """

    def __init__(self, answers: Answers, ports: Ports, log: Log) -> None:
        self._answers = answers
        self._ports = ports
        self._log = log
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def look(self, guild: discord.Guild, *, asks: bool = False) -> None:
        """Open the closed channels of a server that the bot may write in now.

        ``asks`` Discord for what is not among the known channels, such as an archived thread: for rare occasions, since
        each refusal counts.
        """
        await self._look(guild, lambda: True, asks=asks)

    async def _look(self, guild: discord.Guild, is_here: Callable[[], bool], *, asks: bool) -> None:
        place = format_place(guild.id)
        async with self._turns[place]:
            if not is_here():  # it left while this waited for its turn
                return
            closed = await self._answers.run(lambda: self._list_closed(place))
            opened = [channel for channel in closed if await _may_write(guild, parse_channel(channel)[1], asks=asks)]
            if opened:
                await self._answers.run(lambda: self._reopen(opened))
                self._log.info("discord channels open again", channels=opened)

    async def look_at_all(self, list_guilds: Callable[[], Sequence[discord.Guild]]) -> None:
        """Look at the servers that the bot is on, and close the channels of all others; either at its own turn."""

        def list_here() -> set[str]:
            return {format_place(guild.id) for guild in list_guilds()}

        for guild in tuple(list_guilds()):
            place = format_place(guild.id)
            await self._look(guild, lambda place=place: place in list_here(), asks=True)  # type: ignore[misc]  # bound here
        watched = await self._answers.run(self._list_places)
        for place in watched - list_here():
            await self._leave(place, lambda place=place: place not in list_here())  # type: ignore[misc]  # bound here

    async def leave(self, guild_id: int) -> None:
        """Close the channels of a server that the bot is not on any more."""
        await self._leave(format_place(guild_id), lambda: True)

    async def _leave(self, place: str, is_gone: Callable[[], bool]) -> None:
        async with self._turns[place]:
            if is_gone():
                await self._answers.run(lambda: self._close_place(place))

    async def drop(self, guild_id: int, channel_id: int) -> None:
        """Close a channel that was deleted."""
        address = format_channel(guild_id, channel_id)
        async with self._turns[format_place(guild_id)]:
            await self._answers.run(lambda: self._close([address], DELETED))

    async def find_note(self, key: str) -> str | None:
        """Return what was noted under the key."""
        return await self._answers.run(lambda: self._find_note(key))

    async def keep_note(self, key: str, value: str) -> None:
        """Note something in the store."""
        await self._answers.run(lambda: self._keep_note(key, value))

    def _list_closed(self, place: str) -> list[str]:
        with self._ports.store.read() as tx:
            return [closed.channel for closed in tx.channels.list_closed(place)]

    def _list_places(self) -> set[str]:
        with self._ports.store.read() as tx:
            channels = {watch.channel for watch in tx.watches.list_all() if watch.channel.startswith(PREFIX)}
        return {place_of(channel) for channel in channels if "@" not in channel}

    def _close_place(self, place: str) -> None:
        with self._ports.store.read() as tx:
            channels = {watch.channel for watch in tx.watches.list_all(place=place)}
        self._close(sorted(channels), AWAY)

    def _close(self, channels: Sequence[str], reason: str) -> None:
        with self._ports.store.read() as tx:
            watched = {watch.channel for watch in tx.watches.list_all()}
        for channel in channels:
            if channel in watched:
                with self._ports.store.write() as tx:
                    self._close_one(tx, channel, reason)

    def _close_one(self, tx: Transaction, channel: str, reason: str) -> None:
        now = self._ports.now()
        if tx.channels.close(channel, reason=reason, now=now):
            tx.audit.add(actor=_ACTOR, action="channel closed", subject=reason, now=now, channel=channel)

    def _reopen(self, channels: Sequence[str]) -> None:
        now = self._ports.now()
        with self._ports.store.write() as tx:
            for channel in channels:
                if tx.channels.reopen(channel):
                    tx.audit.add(
                        actor=_ACTOR, action="channel open", subject="it may be written in", now=now, channel=channel
                    )

    def _find_note(self, key: str) -> str | None:
        with self._ports.store.read() as tx:
            return tx.values.find(key)

    def _keep_note(self, key: str, value: str) -> None:
        with self._ports.store.write() as tx:
            tx.values.set(key, value)


async def _may_write(guild: discord.Guild, channel_id: int, *, asks: bool) -> bool:
    me: discord.Member | None = guild.me  # none where an outage began before the server described itself
    if me is None:
        return False
    channel = guild.get_channel_or_thread(channel_id)
    if channel is None:
        if not asks:
            return False
        try:
            channel = await guild.fetch_channel(channel_id)  # a thread that is not among the active ones
        except (discord.HTTPException, discord.InvalidData):
            return False
    held = channel.permissions_for(me)
    needed = (
        ("view_channel", "send_messages_in_threads", "embed_links", "read_message_history")
        if isinstance(channel, discord.Thread)
        else NEEDED
    )
    return all(getattr(held, name) for name in needed)
