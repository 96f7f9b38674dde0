"""What a new watch needs of Slack: a channel that is there and has the bot in it, and a group that can be called.

Owns asking Slack for that, and the words about it. Must never decide who may watch: ``handlers`` does.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.addresses import format_actor, parse_channel
from bot.platforms.slack.refusals import SLACK_ERRORS, code_of
from bot.platforms.slack.rooms import ABSENT, Rooms
from handlers.messages import failure, notice
from handlers.reply import Reply, Tone
from handlers.request import Access, Request

_ADDS = "watch add"
_CHANGES = frozenset({_ADDS, "watch edit"})
_NOBODY = "off"
_GROUP = re.compile(r"S[A-Z0-9]{2,40}", re.ASCII)
_CHANNEL = re.compile(r"[CGD][A-Z0-9]{2,40}", re.ASCII)
_NO_GROUP = "Type @ and choose a user group from the list; people and whole channels are not called."
_NO_CHANNEL = "Type # and choose a channel from the list, or leave it out to take this one."


class Watching:
    """Looks at what ``/watch add`` names, before and after."""

    def __init__(self, web: AsyncWebClient, rooms: Rooms) -> None:
        self._web = web
        self._rooms = rooms

    async def find_fault(self, request: Request) -> Reply | None:
        """Return why a watch cannot be added or changed as typed, or None."""
        if request.command not in _CHANGES or request.access < Access.MANAGE:
            return None
        ping, channel = request.arguments.get("ping"), request.arguments.get("channel")
        if ping not in {None, _NOBODY} and _GROUP.fullmatch(str(ping)) is None:
            return failure(f"“{str(ping)[:40]}” is no user group.", _NO_GROUP, is_misuse=True)
        if channel is None:
            return None
        return await self._find_fault_of(str(channel).removeprefix(f"{request.place}/"), request)

    async def _find_fault_of(self, channel: str, request: Request) -> Reply | None:
        if _CHANNEL.fullmatch(channel) is None:
            return failure(f"“{channel[:40]}” is no channel.", _NO_CHANNEL, is_misuse=True)
        if channel == parse_channel(request.channel)[1]:
            return None
        if channel.startswith("D") and not await self._is_own(channel, request.actor):
            return failure("That is somebody else's conversation with the bot.", _NO_CHANNEL, is_misuse=True)
        if await self._look(channel) == "channel_not_found":
            hint = "Type /invite @wirewatch there first if it is a private channel."
            return failure(f"Slack shows the bot no channel {channel}.", hint, is_misuse=True)
        return None

    async def add_hint(self, request: Request, reply: Reply) -> Reply:
        """Return the answer with what to do where the bot is not in the channel; that is closed until it is invited."""
        if request.command != _ADDS or reply.failed:
            return reply
        here = parse_channel(request.channel)[1]
        channel = str(request.arguments.get("channel") or "").removeprefix(f"{request.place}/") or here
        if await self._look(channel) not in {"channel_not_found", "not_in_channel"}:
            return reply
        await self._rooms.close(channel, ABSENT)
        where = "here" if channel == here else "there"
        words = f"The bot is not in that channel: type /invite @wirewatch {where}. What is new waits until then."
        return replace(reply, blocks=(notice(words, Tone.WARNING), *reply.blocks))

    async def _is_own(self, channel: str, actor: str) -> bool:
        """Return whether a direct conversation is the actor's; no where Slack does not say."""
        try:
            answer = await self._web.conversations_info(channel=channel)
        except SLACK_ERRORS:
            return False
        told: dict[str, Any] = answer.get("channel") or {}
        return bool(told.get("user")) and format_actor(str(told["user"])) == actor

    async def _look(self, channel: str) -> str:
        """Return Slack's word for what keeps the bot from writing there; empty where nothing does or it cannot say."""
        try:
            answer = await self._web.conversations_info(channel=channel)
        except SlackApiError as error:
            return code_of(error)
        except SLACK_ERRORS:
            return ""
        told: dict[str, Any] = answer.get("channel") or {}
        is_in = bool(told.get("is_im") or told.get("is_member"))
        return "" if is_in else "not_in_channel"
