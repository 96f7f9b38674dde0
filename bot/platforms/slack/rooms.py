"""Which channels of Slack the bot may write in, kept in the store as channels are archived, deleted and given back.

Owns closing and opening; settings stay whatever happens.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.answers import Answers
from bot.platforms.slack.addresses import format_channel, format_place, parse_channel
from bot.platforms.slack.refusals import SLACK_ERRORS
from handlers.ports import Ports

_ACTOR = "slack:bot"
_ARCHIVED = "the channel is archived; it goes on when that is undone"
_DELETED = "the channel was deleted; watch another one"
_LEFT = "the bot was taken out of the channel; invite it with /invite"
_ABSENT = "the bot is not in the channel yet; invite it with /invite"

OPENING = ("channel_unarchive", "group_unarchive")
"""Events after which a channel is tried again; beside them, the bot itself joining."""

ABSENT = "absent"
"""What ``close`` takes for a channel that a watch names and the bot is not in."""

CLOSING: Mapping[str, str] = {
    "channel_archive": _ARCHIVED,
    "channel_deleted": _DELETED,
    "channel_left": _LEFT,
    "group_archive": _ARCHIVED,
    "group_deleted": _DELETED,
    "group_left": _LEFT,
}
"""Events after which nothing is sent to a channel, and why."""


class Rooms:
    """Closes and opens the channels of one workspace; the store is asked beside the event loop.

    What happens to channels is taken in turns: one that is archived and given back at once ends open.
    """

    def __init__(self, web: AsyncWebClient, answers: Answers, ports: Ports, *, team: str) -> None:
        self._web = web
        self._answers = answers
        self._ports = ports
        self._team = team
        self._turn = asyncio.Lock()

    async def open(self, channel: str) -> None:
        """Send to a channel again."""
        address = format_channel(self._team, channel)
        async with self._turn:
            await self._answers.run(lambda: self._open([address]))

    async def open_all(self) -> None:
        """Open closed channels of the workspace that take messages, after the bot was away: Slack is asked for each.

        One that Slack does not show stays closed: it was deleted, or the bot is not in it.
        """
        for address in await self._answers.run(self._list_closed):
            async with self._turn:
                if await self._is_usable(parse_channel(address)[1]):
                    await self._answers.run(partial(self._open, [address]))

    async def _is_usable(self, channel: str) -> bool:
        try:
            answer = await self._web.conversations_info(channel=channel)
        except SLACK_ERRORS:
            return False
        told: Mapping[str, Any] = answer.get("channel") or {}
        is_in = told.get("is_member") or (told.get("is_im") and not told.get("is_user_deleted"))
        return bool(is_in) and not told.get("is_archived")

    async def close(self, channel: str, event: str) -> None:
        """Send no more to a channel."""
        address, reason = (
            format_channel(self._team, channel),
            _ABSENT if event == ABSENT else CLOSING.get(event, _DELETED),
        )
        async with self._turn:
            await self._answers.run(lambda: self._close(address, reason))

    async def move(self, old: str, new: str) -> None:
        """Let watches, alerts, first messages and marks of a channel follow it to a new id."""
        addresses = format_channel(self._team, old), format_channel(self._team, new)
        async with self._turn:
            await self._answers.run(lambda: self._move(*addresses))

    def _move(self, old: str, new: str) -> None:
        now = self._ports.now()
        with self._ports.store.write() as tx:
            tx.channels.move(old, new)
            tx.audit.add(actor=_ACTOR, action="channel moved", subject=f"from {old}", now=now, channel=new)

    def _list_closed(self) -> list[str]:
        with self._ports.store.read() as tx:
            return [closed.channel for closed in tx.channels.list_closed(format_place(self._team))]

    def _open(self, addresses: list[str]) -> None:
        now = self._ports.now()
        with self._ports.store.write() as tx:
            for address in addresses:
                if tx.channels.reopen(address):
                    tx.audit.add(actor=_ACTOR, action="channel open", subject="tried again", now=now, channel=address)

    def _close(self, address: str, reason: str) -> None:
        now = self._ports.now()
        with self._ports.store.write() as tx:
            is_watched = bool(tx.watches.list_all(address))
            if is_watched and tx.channels.close(address, reason=reason, now=now):
                tx.audit.add(actor=_ACTOR, action="channel closed", subject=reason, now=now, channel=address)
