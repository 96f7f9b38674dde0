"""What a REST route is given and gives; knows no route."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.doubles.discord.errors import Json, missing_access, missing_permissions, unknown
from tests.doubles.discord.permissions import Permission
from tests.doubles.discord.world import Channel, Guild, Message, World


@dataclass(frozen=True)
class File:
    """One part ``files[n]`` of a multipart body."""

    filename: str
    content_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Call:
    """A request that was understood; ``ids`` holds the parameters of the path."""

    world: World
    ids: Mapping[str, str]
    query: Mapping[str, str]
    json: Json
    files: Mapping[int, File]

    def id(self, name: str) -> int:
        return int(self.ids[name]) if self.ids[name].isdigit() else 0

    def guild(self) -> Guild:
        guild = self.world.guilds.get(self.id("guild"))
        if guild is None or not guild.has_bot:
            raise unknown("Guild")
        return guild

    def channel(self, *wanted: Permission) -> Channel:
        """Return the channel if the bot sees it and has the permissions wanted; refuse in Discord's words otherwise."""
        channel = self.world.channels.get(self.id("channel"))
        if channel is None:
            raise unknown("Channel")
        if channel.guild and not channel.guild.has_bot:
            raise missing_access()
        if not self.world.bot_can(channel, Permission.VIEW_CHANNEL):
            raise missing_access()
        for permission in wanted:
            if not self.world.bot_can(channel, permission):
                raise missing_permissions()
        return channel

    def message(self, channel: Channel) -> Message:
        message = channel.messages.get(self.id("message"))
        if message is None or message.is_ephemeral:
            raise unknown("Message")
        return message


Answer = tuple[int, object]
Handler = Callable[[Call], Answer]


@dataclass(frozen=True)
class Route:
    """A method and a path; ``{name}`` stands for one step of it."""

    method: str
    path: str
    handler: Handler
    needs_token: bool = True

    def match(self, method: str, path: str) -> Mapping[str, str] | None:
        if method != self.method:
            return None
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        found = re.fullmatch(pattern, path)
        return found.groupdict() if found else None
