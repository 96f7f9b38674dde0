"""``DiscordDouble``: Discord on loopback for tests; the REST API and the gateway on one free port.

All methods are for the test's thread and block at most until the double has done what they say, never for the bot.
Nothing here is Discord's code; it follows the public documentation, and what it leaves out answers 404 and is listed
in ``unknown_requests``.
"""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import Self

from aiohttp import web

from tests.doubles.discord import writing
from tests.doubles.discord.clock import MS_SHIFT
from tests.doubles.discord.faults import Faults
from tests.doubles.discord.gateway import GUILD_MEMBERS, GUILDS, Gateway
from tests.doubles.discord.payloads import guild_event_json, guild_json, member_json, role_json
from tests.doubles.discord.people import Person
from tests.doubles.discord.permissions import EVERYTHING, ORDINARY, Overwrite
from tests.doubles.discord.rest import API, Bucket, Received, Rest
from tests.doubles.discord.routes_channels import REQUIRE_TAG, remove_channel
from tests.doubles.discord.world import FORUM, TEXT, Channel, Guild, Member, Message, Role, User, World
from tests.patience import PATIENCE_S

ROLE_OF_BOT = "wirewatch"


class DiscordDouble:
    """A Discord of one's own. ``with DiscordDouble() as discord: ... discord.api_url ... discord.token``."""

    def __init__(self, *, heartbeat_s: float = 41.25, shards: int = 1, intents: int = EVERYTHING) -> None:
        """Prepare it; ``intents`` are the privileged ones that the portal grants (others close with 4014)."""
        self.world = World()
        self.world.granted_intents = intents
        self.faults = Faults(self.world)
        self.gateway = Gateway(self.world, heartbeat_s=heartbeat_s, n_shards=shards)
        self._rest = Rest(self.world, self.faults, self.gateway)
        self.token = self.world.token
        self.clock = self.world.clock
        self.api_url = ""
        self._started: Future[int] = Future()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="discord-double", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        port = self._started.result(PATIENCE_S)
        self.api_url = f"http://127.0.0.1:{port}{API}"
        self.world.cdn_url = f"http://127.0.0.1:{port}"
        self.gateway.url = f"ws://127.0.0.1:{port}/gateway"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.faults.clear()
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(PATIENCE_S)

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    async def _serve(self) -> None:
        app = web.Application(client_max_size=1 << 28)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/resume", self.gateway.serve)
        app.router.add_get("/attachments/{channel}/{attachment}/{name}", self._get_file)
        app.router.add_route("*", "/{rest:.*}", self._rest.serve)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self._started.set_result(runner.addresses[0][1])
        await self._stop.wait()
        for link in list(self.gateway.links):
            link.close(1001)
        await runner.cleanup()

    async def _get_file(self, request: web.Request) -> web.Response:
        wanted = int(request.match_info["attachment"])
        with self.world.changed:
            for channel in self.world.channels.values():
                for message in channel.messages.values():
                    for it in message.attachments:
                        if it.id == wanted:
                            return web.Response(body=it.data, content_type=it.content_type)
        return web.Response(status=404)

    # What was asked of it.

    @property
    def requests(self) -> list[Received]:
        """Everything that came in, oldest first."""
        with self.world.changed:
            return list(self._rest.requests)

    @property
    def unknown_requests(self) -> list[str]:
        with self.world.changed:
            return list(self._rest.unknown_requests)

    @property
    def n_invalid_requests(self) -> int:
        """How many were answered 401, 403 or 429: what Discord bans for at 10,000 in ten minutes."""
        return sum(it.status in {401, 403, 429} for it in self.requests)

    @property
    def commands(self) -> list[dict[str, object]]:
        return list(self.world.global_commands)

    def find_requests(self, method: str, path: str) -> list[Received]:
        """Return those whose method and whole path match."""
        return [it for it in self.requests if it.method == method and re.fullmatch(path, it.path)]

    def wait_for_requests(self, method: str, path: str, n: int = 1, *, timeout: float = PATIENCE_S) -> list[Received]:
        """Wait until ``n`` such requests were answered (or cut off)."""

        def answered() -> list[Received]:
            return [it for it in self.find_requests(method, path) if it.status is not None]

        self.wait_for(lambda: len(answered()) >= n, timeout, f"{n} of {method} {path}")
        return answered()

    def wait_for(self, predicate: Callable[[], object], timeout: float = PATIENCE_S, wanted: str = "") -> None:
        """Wait until the predicate holds; it is looked at after each change."""
        self.world.wait_for(predicate, timeout, lambda: wanted or repr(predicate))

    def limit(self, method: str, path: str, *, most: int, per_s: float) -> None:
        """Enforce a rate limit of the double's own on matching paths, with headers that count down."""
        with self.world.changed:
            self._rest.buckets.append(Bucket(method, re.compile(path), most, per_s))

    # Guilds.

    def add_guild(
        self, name: str = "Newsroom", *, permissions: int = ORDINARY, shard: int = 0, with_bot: bool = True
    ) -> Guild:
        """Make a guild with the bot in it; ``permissions`` are its role's, on top of the ordinary ones of everyone."""
        with self.world.changed:
            key = self.world.snowflakes.take_for_shard(shard, self.gateway.n_shards)
            everyone = Role(key, "@everyone", ORDINARY, 0)
            guild = Guild(key, name, self.world.owner, everyone, {key: everyone}, has_bot=False)
            self.world.guilds[key] = guild
            role = Role(self.world.snowflakes.take(), ROLE_OF_BOT, permissions)
            guild.roles[role.id] = role
            guild.members[self.world.owner.id] = Member(self.world.owner, self.clock.now())
        if with_bot:
            self.invite_bot(guild)
        return guild

    def bot_role(self, guild: Guild) -> Role:
        return next(role for role in guild.roles.values() if role.name == ROLE_OF_BOT)

    def invite_bot(self, guild: Guild) -> None:
        """Let the bot in, for the first time or again."""
        with self.world.changed:
            guild.has_bot = True
            guild.members[self.world.bot.id] = Member(self.world.bot, self.clock.now(), [self.bot_role(guild)])
            self.world.emit("GUILD_CREATE", guild_event_json(guild, self.world.bot), guild, GUILDS)

    def remove_bot(self, guild: Guild) -> None:
        """Kick the bot."""
        with self.world.changed:
            self.world.emit("GUILD_DELETE", {"id": str(guild.id)}, guild, GUILDS)
            guild.has_bot = False
            guild.members.pop(self.world.bot.id, None)

    def start_outage(self, guild: Guild) -> None:
        """Make a guild unavailable: its events stop, and it is no longer described at IDENTIFY."""
        with self.world.changed:
            self.world.emit("GUILD_DELETE", {"id": str(guild.id), "unavailable": True}, guild, GUILDS)
            guild.is_available = False

    def end_outage(self, guild: Guild) -> None:
        with self.world.changed:
            guild.is_available = True
            data = guild_event_json(guild, self.world.bot) | {"unavailable": False}
            self.world.emit("GUILD_CREATE", data, guild, GUILDS)

    def rename_guild(self, guild: Guild, name: str) -> None:
        with self.world.changed:
            guild.name = name
            self.world.emit("GUILD_UPDATE", guild_json(guild), guild, GUILDS)

    # Channels.

    def add_channel(self, guild: Guild, name: str = "general") -> Channel:
        return self._add_channel(guild, name, TEXT)

    def add_forum(
        self, guild: Guild, name: str = "forum", *, tags: Sequence[str] = (), requires_tag: bool = False
    ) -> Channel:
        """Make a forum with these tags."""
        with self.world.changed:
            known = [
                {"id": str(self.world.snowflakes.take()), "name": tag, "moderated": False, "emoji_id": None}
                | {"emoji_name": None}
                for tag in tags
            ]
            return self._add_channel(guild, name, FORUM, tags=known, flags=REQUIRE_TAG if requires_tag else 0)

    def _add_channel(
        self, guild: Guild, name: str, kind: int, *, tags: list[dict[str, object]] | None = None, flags: int = 0
    ) -> Channel:
        with self.world.changed:
            channel = Channel(self.world.snowflakes.take(), kind, name, self.world, guild, flags=flags)
            channel.available_tags = tags or []
            channel.position = len(guild.channels)
            guild.channels[channel.id] = self.world.channels[channel.id] = channel
            writing.emit_channel(channel, "CHANNEL_CREATE")
            return channel

    def delete_channel(self, channel: Channel) -> None:
        with self.world.changed:
            remove_channel(channel)

    def delete_message(self, message: Message) -> None:
        """Delete it as a moderator would; a thread under it stays."""
        with self.world.changed:
            writing.delete(message)

    def make_older(self, message: Message, seconds: float) -> None:
        """Let a message have been written that much earlier: it gets the identifier that it would have had then."""
        with self.world.changed:
            message.channel.messages.pop(message.id)
            message.id -= int(seconds * 1000) << MS_SHIFT
            message.channel.messages[message.id] = message

    def archive(self, thread: Channel, *, is_archived: bool = True, is_locked: bool = False) -> None:
        with self.world.changed:
            thread.is_archived, thread.is_locked = is_archived, is_locked
            writing.emit_channel(thread, "THREAD_UPDATE")

    # Roles, members, permissions.

    def add_role(self, guild: Guild, name: str, *, permissions: int = 0, mentionable: bool = False) -> Role:
        with self.world.changed:
            role = Role(self.world.snowflakes.take(), name, permissions, mentionable=mentionable)
            guild.roles[role.id] = role
            data = {"guild_id": str(guild.id), "role": role_json(role)}
            self.world.emit("GUILD_ROLE_CREATE", data, guild, GUILDS)
            return role

    def set_permissions(self, guild: Guild, role: Role, permissions: int) -> None:
        """Change what a role may do in the whole guild."""
        with self.world.changed:
            role.permissions = permissions
            data = {"guild_id": str(guild.id), "role": role_json(role)}
            self.world.emit("GUILD_ROLE_UPDATE", data, guild, GUILDS)

    def set_overwrite(self, channel: Channel, target: Role | User, *, allow: int = 0, deny: int = 0) -> None:
        """Allow or deny something in one channel; neither removes the overwrite."""
        with self.world.changed:
            channel.overwrites.pop(target.id, None)
            if allow or deny:
                channel.overwrites[target.id] = Overwrite(isinstance(target, Role), allow, deny)
            writing.emit_channel(channel, "CHANNEL_UPDATE")

    def deny_bot(self, channel: Channel, permissions: int) -> None:
        """Take permissions in a channel away from the bot (0 gives them back)."""
        self.set_overwrite(channel, self.world.bot, deny=permissions)

    def add_person(self, name: str) -> Person:
        """Make somebody who is in no guild; ``person.dm()`` is the way to talk to the bot."""
        with self.world.changed:
            person = Person(self.world.snowflakes.take(), name, world=self.world)
            self.world.users[person.id] = person
            return person

    def add_member(self, guild: Guild, who: str | Person, *, roles: Sequence[Role] = ()) -> Person:
        """Let somebody, old or new, join a guild."""
        person = self.add_person(who) if isinstance(who, str) else who
        with self.world.changed:
            member = Member(person, self.clock.now(), list(roles))
            guild.members[person.id] = member
            data = member_json(member) | {"guild_id": str(guild.id)}
            self.world.emit("GUILD_MEMBER_ADD", data, guild, GUILD_MEMBERS)
        return person
