"""Who people of a workspace are: their names, and whether they administer it.

Owns asking Slack for that, and remembering it for some minutes. Must never decide what somebody may do: ``desk`` does.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.render.paging import shorten
from bot.render.slack_text import escape_text

_REMEMBERED_S = 600.0
_MOST_REMEMBERED = 2_000
_LONGEST_NAME = 24
_NOBODY_KNOWN = "somebody"


@dataclass(frozen=True, slots=True)
class Known:
    """What Slack says of somebody. ``name`` is escaped, and empty where Slack could not say."""

    name: str = ""
    is_admin: bool = False


class People:
    """Looks people up; used from one event loop. ``team`` is the workspace whose admins count."""

    def __init__(self, web: AsyncWebClient, *, team: str) -> None:
        self._web = web
        self._team = team
        self._known: OrderedDict[str, tuple[float, Known]] = OrderedDict()

    async def name_of(self, user: str) -> str:
        """Return a name in plain words, escaped, that notifies nobody."""
        return (await self._find(user)).name or _NOBODY_KNOWN

    async def is_admin(self, user: str) -> bool:
        """Return whether somebody administers or owns the workspace; no where Slack cannot say."""
        return (await self._find(user)).is_admin

    async def _find(self, user: str) -> Known:
        held = self._known.get(user)
        if held is not None and time.monotonic() - held[0] < _REMEMBERED_S:
            return held[1]
        try:
            answer = await self._web.users_info(user=user)
        except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError):
            return Known()
        known = self._read(answer.get("user") or {})
        self._known[user] = (time.monotonic(), known)
        while len(self._known) > _MOST_REMEMBERED:
            self._known.popitem(last=False)
        return known

    def _read(self, person: Mapping[str, Any]) -> Known:
        """Return what is known; admins of another workspace, in a channel that both share, are none here."""
        profile: Mapping[str, Any] = person.get("profile") or {}
        name = str(profile.get("display_name") or person.get("real_name") or person.get("name") or "")
        is_own = person.get("team_id") == self._team and not person.get("deleted")
        return Known(
            escape_text(shorten(" ".join(name.split()), _LONGEST_NAME)),
            is_own and bool(person.get("is_admin") or person.get("is_owner")),
        )
