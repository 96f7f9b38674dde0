"""Posting each message once, whether it is an alert, an answer or a file.

Owns the key that a message carries as metadata, the look for it before it is sent again, the pace of a channel and the
waits between tries. ``chat.postMessage`` knows no idempotency key, so slack_sdk's own retries are off in the client
that is used here. Must never decide what is posted or where.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
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

_CLOCKS_APART = timedelta(hours=1)
"""A message may be older than it should be by so much: clocks were set between its first try and this one."""
_MOST_PAGES = 10
_PAGE = 200
_WAITS_S = (1.0, 2.0, 4.0, 8.0, 16.0)
_LONG_S = 5.0
_LATE_S = (1.0, 3.0)
"""Slack shows a shared file a moment later than it confirms it."""
_NO_THREAD = "thread_not_found"
_UNREADABLE = "missing_scope"

Given = TypeVar("Given")
Seen = dict[str, Any]
"""A message as Slack shows it."""
OnWait = Callable[[float | None], Awaitable[None]]
"""Told of a wait of more than five seconds before it begins: in seconds where Slack asks for it, None for our own."""


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
    """A message that stands there.

    Attributes:
        thread: time stamp over it; empty where it stands for itself, also one that was meant for a thread whose first
            message is gone: Slack refuses no such reply, it puts it into the channel.
        is_found: it stood there before anything was sent.
    """

    channel: str
    ts: str
    thread: str = ""
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
        offset: by how much Slack's clock, which stamps messages, is ahead of ours.
    """

    def __init__(
        self,
        sender: AsyncWebClient,
        people: People,
        pace: Pace,
        log: Log,
        *,
        store_id: str,
        offset: timedelta = timedelta(),
    ) -> None:
        self.sender = sender
        self._people = people
        self._pace = pace
        self._log = log
        self._store_id = store_id
        self._offset = offset

    async def post(
        self, letter: Letter, show: Show, last: Message, *, limits: Limits = LIMITS, is_doubtful: bool = False
    ) -> Posted:
        """Send a message, once; where an earlier try may have arrived (``is_doubtful``) it is looked for first.

        Raises:
            SlackApiError, aiohttp.ClientError, OSError, TimeoutError: it may have arrived, or not.
        """
        found = await self._find_letter(letter) if is_doubtful else None
        if found is not None:
            self._log.info("slack message recognised", key=letter.key, message=f"{letter.channel}/{found['ts']}")
            return Posted(letter.channel, str(found["ts"]), _thread_of(found), is_found=True)
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

        answer = await send_fitting(send, show, last, limits=limits)
        told: Seen | None = answer.get("message")
        return Posted(str(answer["channel"]), str(answer["ts"]), _thread_of(told) if told else letter.thread)

    async def insist(
        self,
        letter: Letter,
        show: Show,
        last: Message,
        *,
        limits: Limits = LIMITS,
        on_wait: OnWait,
        is_doubtful: bool = False,
    ) -> Posted:
        """Post, and try again where that may help, no earlier than Slack says. Raises as ``post`` does.

        Args:
            is_doubtful: an earlier process may have posted it.
        """
        is_tried = False

        async def show_now(limits: Limits) -> Message:
            nonlocal is_tried
            is_tried = True
            return await show(limits)

        async def try_once(*, is_doubtful: bool) -> Posted:
            posted = await self.post(letter, show_now, last, limits=limits, is_doubtful=is_doubtful)
            return replace(posted, is_found=posted.is_found and not is_tried)

        return await keep_trying(try_once, on_wait, is_doubtful=is_doubtful)

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
            if is_doubtful and await self._find_file(letter, file):
                return
            try:
                await self.sender.files_completeUploadExternal(
                    files=[{"id": file, "title": name}], channel_id=letter.channel, thread_ts=letter.thread or None
                )
            except SlackApiError as error:
                if not is_doubtful or is_passing(error) or not await self._await_file(letter, file):
                    raise

        await keep_trying(complete, on_wait)

    async def _await_file(self, letter: Letter, file: str) -> bool:
        """Return whether a file is there after all, whose second completing Slack refuses with whatever word."""
        for wait_s in _LATE_S:
            await asyncio.sleep(wait_s)
            if await self._find_file(letter, file):
                return True
        return False

    async def _find_file(self, letter: Letter, file: str) -> bool:
        return await self._find(letter, lambda message: _holds_file(message, file)) is not None

    async def _stage(self, data: bytes, name: str, words: str) -> str:
        """Hand the bytes over and return the id of the file, which stands nowhere yet."""
        ticket = await self.sender.files_getUploadURLExternal(filename=name, length=len(data), alt_txt=words or None)
        async with _session_of(self.sender) as session:
            answer = await session.post(
                str(ticket["upload_url"]), data=data, proxy=self.sender.proxy, ssl=self.sender.ssl or True
            )
            answer.release()
            answer.raise_for_status()
        return str(ticket["file_id"])

    async def _find_letter(self, letter: Letter) -> Seen | None:
        mark = self._mark(letter)
        try:
            return await self._find(letter, lambda message: _mark_of(message) == mark)
        except SlackApiError as error:
            if letter.kind == ALERT or code_of(error) != _UNREADABLE:
                raise
            return None  # an answer in a group conversation: rather twice than not at all

    async def _find(self, letter: Letter, is_wanted: Callable[[Seen], bool]) -> Seen | None:
        """Return a message that stands where the letter belongs, or None if there is none.

        Where the message over the thread is gone, what was sent under it stands in the channel.
        """
        if letter.thread:
            try:
                return await self._look(letter, is_wanted, thread=letter.thread)
            except SlackApiError as error:
                if code_of(error) != _NO_THREAD:
                    raise
        return await self._look(letter, is_wanted)

    async def _look(self, letter: Letter, is_wanted: Callable[[Seen], bool], *, thread: str = "") -> Seen | None:
        oldest = letter.made_at + min(self._offset, timedelta()) - _CLOCKS_APART
        values: dict[str, Any] = {
            "channel": letter.channel,
            "oldest": str(oldest.timestamp()),
            "limit": _PAGE,
            "include_all_metadata": True,
        }
        for _ in range(_MOST_PAGES):
            if thread:
                answer = await self.sender.conversations_replies(ts=thread, **values)
            else:
                answer = await self.sender.conversations_history(**values)
            messages: list[Seen] = answer.get("messages") or []
            found = next((message for message in messages if is_wanted(message)), None)
            more: Seen = answer.get("response_metadata") or {}
            values["cursor"] = str(more.get("next_cursor") or "")
            if found or not values["cursor"]:
                return found
        return None

    def _mark(self, letter: Letter) -> dict[str, str]:
        return {"store": self._store_id, "key": letter.key}


async def keep_trying(
    work: Callable[..., Awaitable[Given]],
    on_wait: OnWait,
    *,
    is_doubtful: bool = False,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> Given:
    """Return what ``work(is_doubtful=...)`` gives, tried six times at the most, no earlier than Slack says.

    ``is_doubtful``: an earlier try may have done its work although its answer never came.

    Raises:
        SlackApiError, aiohttp.ClientError, OSError, TimeoutError: of the last try, or one that no waiting mends.
    """
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
            await on_wait(asked_s)
        await sleep(wait_s)
    return await work(is_doubtful=is_doubtful)


@asynccontextmanager
async def _session_of(sender: AsyncWebClient) -> AsyncIterator[aiohttp.ClientSession]:
    """Give the session of the connection, or one for this once."""
    if sender.session is not None and not sender.session.closed:
        yield sender.session
        return
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=sender.timeout)) as session:
        yield session


def _thread_of(message: Seen) -> str:
    """Return the time stamp over a message; empty for one that stands for itself, with or without replies."""
    thread = str(message.get("thread_ts") or "")
    return thread if thread != message.get("ts") else ""


def _mark_of(message: Seen) -> object:
    return (message.get("metadata") or {}).get("event_payload")


def _holds_file(message: Seen, file: str) -> bool:
    return any(each.get("id") == file for each in message.get("files") or ())
