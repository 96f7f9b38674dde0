"""Who people of a workspace are: their names, and whether they administer it.

Owns asking Slack for that, and remembering it for some minutes, longer while Slack does not answer. Must never decide
what somebody may do: ``rights`` does.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.refusals import SLACK_ERRORS, code_of
from bot.render.paging import shorten
from bot.render.slack_text import escape_text

_REMEMBERED_S = 600.0
_MOST_REMEMBERED = 2_000
_LONGEST_NAME = 24
_NOBODY_KNOWN = "somebody"
_PATIENCE_S = 5.0
_STRANGERS = frozenset({"user_not_found", "user_not_visible", "users_not_found"})
"""What Slack says of people whom it knows nothing of: they administer nothing."""


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
        self._asked: dict[str, asyncio.Task[None]] = {}

    async def name_of(self, user: str) -> str:
        """Return a name in plain words, escaped, that notifies nobody."""
        known = await self._find(user, _PATIENCE_S)
        return (known and known.name) or _NOBODY_KNOWN

    async def is_admin(self, user: str, *, patience_s: float = _PATIENCE_S) -> bool:
        """Return whether somebody administers or owns the workspace; no where Slack does not say soon."""
        known = await self._find(user, patience_s)
        return known is not None and known.is_admin

    def is_known(self, user: str) -> bool:
        """Return whether Slack ever said who that is; if not, ``is_admin`` means nothing."""
        return user in self._known

    async def _find(self, user: str, patience_s: float) -> Known | None:
        """Return what Slack says, or said last where it does not answer now; None where it never did."""
        held = self._known.get(user)
        if held is None or time.monotonic() - held[0] >= _REMEMBERED_S:
            asking = self._asked.get(user)
            if asking is None:
                asking = self._asked[user] = asyncio.create_task(self._ask(user))
                asking.add_done_callback(lambda _: self._asked.pop(user, None))
            await asyncio.wait({asking}, timeout=patience_s)  # it goes on: the next look may find what it brings
            held = self._known.get(user)
        return held[1] if held is not None else None

    async def _ask(self, user: str) -> None:
        try:
            answer = await self._web.users_info(user=user)
        except SlackApiError as error:
            if code_of(error) not in _STRANGERS:
                return
            known = Known()
        except SLACK_ERRORS:
            return
        else:
            known = self._read(answer.get("user") or {})
        self._known[user] = (time.monotonic(), known)
        self._known.move_to_end(user)
        while len(self._known) > _MOST_REMEMBERED:
            self._known.popitem(last=False)

    def _read(self, person: Mapping[str, Any]) -> Known:
        """Return what is known; admins of another workspace, in a channel that both share, are none here."""
        profile: Mapping[str, Any] = person.get("profile") or {}
        name = str(profile.get("display_name") or person.get("real_name") or person.get("name") or "")
        is_own = person.get("team_id") == self._team and not person.get("deleted")
        return Known(
            escape_text(shorten(" ".join(name.split()), _LONGEST_NAME)),
            is_own and bool(person.get("is_admin") or person.get("is_owner")),
        )
