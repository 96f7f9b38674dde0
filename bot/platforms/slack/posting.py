"""Posting each message once, whether it is an alert, an answer or a file.

Owns the key that a message carries as metadata, the look for it before it is sent again, the pace of a channel and the
waits between tries. ``chat.postMessage`` knows no idempotency key, so slack_sdk's own retries are off in the client
that is used here. Must never decide what is posted or where.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import Log
from bot.platforms.slack.fitting import Message, Show, send_fitting
from bot.platforms.slack.manners import QUIET, name_people
from bot.platforms.slack.people import People
from bot.platforms.slack.refusals import SLACK_ERRORS, code_of, find_wait, is_passing
from bot.render.slack import LIMITS, Limits

ALERT = "wirewatch_alert"
"""``metadata.event_type`` of alerts."""

ANSWER = "wirewatch_answer"
"""``metadata.event_type`` of answers."""

_CLOCKS_APART = timedelta(minutes=2)
_MOST_PAGES = 10
_PAGE = 200
_WAITS_S = (1.0, 2.0, 4.0, 8.0, 16.0)
_LONG_S = 5.0
_TAKEN = "file_already_completed"
"""What ``files.completeUploadExternal`` says of a file that an earlier try brought to its place."""

Given = TypeVar("Given")
OnWait = Callable[[float], Awaitable[None]]
"""Told of a wait of more than five seconds before it begins, in seconds."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to stand in a channel once.

    Attributes:
        key: the same at every try of the same message and of no other.
        made_at: it cannot have arrived before that; aware UTC.
        thread: time stamp of the message that it belongs under; empty for the channel itself.
        tells_all: a message of a thread is shown in the channel too.
    """

    channel: str
    key: str
    made_at: datetime
    kind: str = ANSWER
    thread: str = ""
    tells_all: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that stands there; ``is_found`` where an earlier try had brought it, ``limits`` what Slack took."""

    channel: str
    ts: str
    limits: Limits
    is_found: bool = False


class Pace:
    """Slack takes about one message a second and channel; this outlives a connection."""

    def __init__(self, pace_s: float) -> None:
        self._pace_s = pace_s
        self._next_at: dict[str, float] = {}

    async def wait(self, channel: str) -> None:
        """Wait until a channel may have its next message; those who wait are let through in turn."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._next_at.get(channel, now))
        self._next_at = {name: free_at for name, free_at in self._next_at.items() if free_at > now}
        self._next_at[channel] = at + self._pace_s
        await asyncio.sleep(at - now)


class Poster:
    """Posts over one connection.

    Args:
        sender: a client that does not retry.
        store_id: what tells this store's messages from those of another.
    """

    def __init__(self, sender: AsyncWebClient, people: People, pace: Pace, log: Log, *, store_id: str) -> None:
        self.sender = sender
        self._people = people
        self._pace = pace
        self._log = log
        self._store_id = store_id

    async def post(
        self, letter: Letter, show: Show, last: Message, *, limits: Limits = LIMITS, is_doubtful: bool = False
    ) -> Posted:
        """Send a message, once; where an earlier try may have arrived (``is_doubtful``) it is looked for first.

        Raises:
            SlackApiError, aiohttp.ClientError, OSError, TimeoutError: it may have arrived, or not.
        """
        found = await self._find_letter(letter) if is_doubtful else ""
        if found:
            self._log.info("slack message recognised", key=letter.key, message=f"{letter.channel}/{found}")
            return Posted(letter.channel, found, limits, is_found=True)
        target: dict[str, Any] = {
            "channel": letter.channel,
            "metadata": {"event_type": letter.kind, "event_payload": self._mark(letter)},
            **QUIET,
        }
        if letter.thread:
            target |= {"thread_ts": letter.thread, "reply_broadcast": letter.tells_all}

        async def send(message: Message) -> Any:  # noqa: ANN401 - slack_sdk's answer
            blocks = await name_people(message["blocks"], self._people.name_of) if "blocks" in message else None
            await self._pace.wait(letter.channel)
            return await self.sender.chat_postMessage(**target, text=message["text"], blocks=blocks)

        answer, fitted = await send_fitting(send, show, last, limits=limits)
        return Posted(str(answer["channel"]), str(answer["ts"]), fitted)

    async def insist(
        self, letter: Letter, show: Show, last: Message, *, limits: Limits = LIMITS, on_wait: OnWait
    ) -> Posted:
        """Post, and try again where that may help, no earlier than Slack says. Raises as ``post`` does."""

        async def try_once(*, is_doubtful: bool) -> Posted:
            return await self.post(letter, show, last, limits=limits, is_doubtful=is_doubtful)

        return await keep_trying(try_once, on_wait)

    async def upload(self, letter: Letter, data: bytes, name: str, *, words: str = "", on_wait: OnWait) -> None:
        """Put a file into a channel or thread, once. Raises as ``post`` does.

        Args:
            words: describes a picture to who cannot see it.
        """

        async def stage(*, is_doubtful: bool) -> str:
            del is_doubtful  # what was handed over and not completed is seen by nobody
            return await self._stage(data, name, words)

        file = await keep_trying(stage, on_wait)

        async def complete(*, is_doubtful: bool) -> None:
            if is_doubtful and await self._find(letter, lambda message: _holds_file(message, file)):
                return
            thread = letter.thread or None
            try:
                await self.sender.files_completeUploadExternal(
                    files=[{"id": file, "title": name}], channel_id=letter.channel, thread_ts=thread
                )
            except SlackApiError as error:
                if not (is_doubtful and code_of(error) == _TAKEN):
                    raise

        await keep_trying(complete, on_wait)

    async def _stage(self, data: bytes, name: str, words: str) -> str:
        """Hand the bytes over and return the id of the file, which stands nowhere yet."""
        ticket = await self.sender.files_getUploadURLExternal(filename=name, length=len(data), alt_txt=words or None)
        timeout = aiohttp.ClientTimeout(total=self.sender.timeout)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(
                str(ticket["upload_url"]), data=data, proxy=self.sender.proxy, ssl=self.sender.ssl or True
            ) as answer,
        ):
            answer.raise_for_status()
        return str(ticket["file_id"])

    async def _find_letter(self, letter: Letter) -> str:
        mark = self._mark(letter)
        return await self._find(letter, lambda message: (message.get("metadata") or {}).get("event_payload") == mark)

    async def _find(self, letter: Letter, is_wanted: Callable[[dict[str, Any]], bool]) -> str:
        """Return the time stamp of a message that stands where the letter belongs; empty if there is none."""
        values: dict[str, Any] = {
            "channel": letter.channel,
            "oldest": str((letter.made_at - _CLOCKS_APART).timestamp()),
            "limit": _PAGE,
            "include_all_metadata": True,
        }
        for _ in range(_MOST_PAGES):
            if letter.thread:
                answer = await self.sender.conversations_replies(ts=letter.thread, **values)
            else:
                answer = await self.sender.conversations_history(**values)
            messages: list[dict[str, Any]] = answer["messages"]
            found = next((str(message["ts"]) for message in messages if is_wanted(message)), "")
            more: dict[str, Any] = answer.get("response_metadata") or {}
            values["cursor"] = str(more.get("next_cursor", ""))
            if found or not values["cursor"]:
                return found
        return ""

    def _mark(self, letter: Letter) -> dict[str, str]:
        return {"store": self._store_id, "key": letter.key}


async def keep_trying(work: Callable[..., Awaitable[Given]], on_wait: OnWait) -> Given:
    """Return what ``work(is_doubtful=...)`` gives, tried six times at the most, no earlier than Slack says.

    ``is_doubtful``: an earlier try may have done its work although its answer never came.

    Raises:
        SlackApiError, aiohttp.ClientError, OSError, TimeoutError: of the last try, or one that no waiting mends.
    """
    is_doubtful = False
    for own_wait_s in _WAITS_S:
        try:
            return await work(is_doubtful=is_doubtful)
        except SLACK_ERRORS as error:
            if not is_passing(error):
                raise
            asked_s = find_wait(error)
        is_doubtful = is_doubtful or asked_s is None
        wait_s = own_wait_s if asked_s is None else asked_s
        if wait_s > _LONG_S:
            await on_wait(wait_s)
        await asyncio.sleep(wait_s)
    return await work(is_doubtful=is_doubtful)


def _holds_file(message: dict[str, Any], file: str) -> bool:
    return any(each.get("id") == file for each in message.get("files") or ())
