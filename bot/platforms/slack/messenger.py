"""Posting alerts to Slack, each of them once.

Owns where an alert goes: a message for each story, later reports in its thread, and from there also to the channel when
the standing of the story changed. ``chat.postMessage`` knows no idempotency key, so each message carries its own key as
metadata: a message that may have arrived is looked for before it is sent again, and slack_sdk's own retries are off for
it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import Log
from bot.platforms.slack.addresses import PREFIX, format_message, parse_channel, parse_message
from bot.platforms.slack.buttons import make_buttons
from bot.platforms.slack.fitting import send_fitting
from bot.platforms.slack.manners import PLAIN, QUIET, name_people
from bot.platforms.slack.people import People
from bot.platforms.slack.refusals import REFUSED_TOKENS, code_of, explained
from bot.render.slack import LIMITS, Limits, render_pages
from handlers.messages import failure
from handlers.ports import Post, Receipt, Store
from handlers.reply import Reply
from news.decision import Label
from news.errors import DeliveryError
from news.watches import Head

PATIENCE_S = 120.0
"""Longest time for one message."""

EVENT_TYPE = "wirewatch_alert"
"""``metadata.event_type`` of our messages."""

_CLOCKS_APART = timedelta(minutes=2)
_MOST_PAGES = 10
_PAGE = 200
_STANDINGS = frozenset({Label.DISPUTED, Label.REVISED})

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Line:
    """The connection while there is one: a client that retries, one that does not, and who people are."""

    web: AsyncWebClient
    sender: AsyncWebClient
    people: People


class SlackMessenger:
    """See ``handlers.ports.Messenger``.

    Args:
        find_line: the connection; None while there is none.
        on_refused: called on the loop when Slack refuses the token.
        store_id: what tells this store's messages from those of another.
        pace_s: least seconds between two messages to one channel.
    """

    prefix = PREFIX
    recognises = True

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        find_line: Callable[[], Line | None],
        *,
        on_refused: Callable[[], None],
        log: Log,
        store: Store,
        store_id: str,
        pace_s: float = 1.0,
    ) -> None:
        self._loop = loop
        self._find_line = find_line
        self._on_refused = on_refused
        self._log = log
        self._store = store
        self._store_id = store_id
        self._pace_s = pace_s
        self._next_at: dict[str, float] = {}

    @property
    def is_ready(self) -> bool:
        """Whether there is a connection."""
        return self._find_line() is not None

    def post(self, post: Post) -> Receipt:
        """Send a message once, however often it is tried. Raises as ``Messenger.post`` says."""
        line = self._get_line()
        return self._wait(self._post(line, post, tells_all=self._is_turn(post)))

    def edit(self, head: Head, reply: Reply) -> None:
        """Show the story as it is now in the message that opened it. Raises as ``Messenger.edit`` says."""
        self._wait(self._edit(self._get_line().web, head, reply))

    def _get_line(self) -> Line:
        line = self._find_line()
        if line is None:
            raise DeliveryError("Slack is not connected", retry_after_s=5)
        return line

    def _wait(self, work: Coroutine[Any, Any, Given]) -> Given:
        future = asyncio.run_coroutine_threadsafe(self._noting_refusals(work), self._loop)
        with explained():
            return future.result(PATIENCE_S + 10)

    async def _noting_refusals(self, work: Coroutine[Any, Any, Given]) -> Given:
        try:
            return await asyncio.wait_for(work, PATIENCE_S)
        except SlackApiError as error:
            if code_of(error) in REFUSED_TOKENS:
                self._on_refused()
            raise

    def _is_turn(self, post: Post) -> bool:
        """Return whether the story stands otherwise than this channel was last told: disputed now, or corrected now.

        A second dispute on a disputed story is no turn, and neither is an update, whatever it brings.
        """
        if post.head is None or post.label not in _STANDINGS:
            return False
        with self._store.read() as tx:
            rows = tx.outbox.list_for_story(post.head.story_id, post.channel)
        told = [row.alert.label for row in rows if row.alert.label in _STANDINGS]
        return not told or told[-1] is not post.label

    async def _post(self, line: Line, post: Post, *, tells_all: bool) -> Receipt:
        _, channel = parse_channel(post.channel)
        thread = parse_message(post.head.receipt)[1] if post.head is not None else ""
        if post.n_attempts > 1:
            found = await self._find_earlier(line.web, channel, thread, post)
            if found is not None:
                self._log.info("slack message recognised", key=post.key, message=found.message)
                return found
        target: dict[str, Any] = {
            "channel": channel,
            "metadata": {"event_type": EVENT_TYPE, "event_payload": self._mark(post)},
            **QUIET,
        }
        if thread:
            target |= {"thread_ts": thread, "reply_broadcast": tells_all}

        async def send(message: dict[str, Any]) -> Any:  # noqa: ANN401 - slack_sdk's answer
            blocks = await name_people(message["blocks"], line.people.name_of)
            await self._keep_pace(channel)
            return await line.sender.chat_postMessage(**target, text=message["text"], blocks=blocks)

        answer = await self._send(send, post.reply, post.key, pings=post.pings)
        return Receipt(format_message(str(answer["channel"]), str(answer["ts"])), thread)

    async def _keep_pace(self, channel: str) -> None:
        """Wait until a channel may have its next message: Slack takes about one a second and channel."""
        now = self._loop.time()
        at = max(now, self._next_at.get(channel, now))
        self._next_at = {name: free_at for name, free_at in self._next_at.items() if free_at > now}
        self._next_at[channel] = at + self._pace_s
        await asyncio.sleep(at - now)

    async def _find_earlier(self, web: AsyncWebClient, channel: str, thread: str, post: Post) -> Receipt | None:
        """Return the message if an earlier try brought it to Slack after all."""
        oldest = str((post.made_at - _CLOCKS_APART).timestamp())
        cursor = ""
        for _ in range(_MOST_PAGES):
            values: dict[str, Any] = {
                "channel": channel,
                "oldest": oldest,
                "limit": _PAGE,
                "include_all_metadata": True,
            }
            values |= {"cursor": cursor} if cursor else {}
            answer = await (
                web.conversations_replies(ts=thread, **values) if thread else web.conversations_history(**values)
            )
            found: list[dict[str, Any]] = answer["messages"]
            for message in found:
                if (message.get("metadata") or {}).get("event_payload") == self._mark(post):
                    return Receipt(format_message(channel, str(message["ts"])), thread)
            more: dict[str, Any] = answer.get("response_metadata") or {}
            cursor = str(more.get("next_cursor", ""))
            if not cursor:
                break
        return None

    async def _edit(self, web: AsyncWebClient, head: Head, reply: Reply) -> None:
        channel, ts = parse_message(head.receipt)

        async def send(message: dict[str, Any]) -> Any:  # noqa: ANN401 - slack_sdk's answer
            return await web.chat_update(channel=channel, ts=ts, **PLAIN, **message)

        await self._send(send, reply, f"n{head.row_id}")

    async def _send(
        self,
        send: Callable[[dict[str, Any]], Coroutine[Any, Any, Any]],
        reply: Reply,
        key: str,
        *,
        pings: tuple[str, ...] = (),
    ) -> Any:  # noqa: ANN401 - slack_sdk's answer
        async def show(limits: Limits) -> dict[str, Any]:
            if limits is not LIMITS:
                self._log.warning("slack refused the form of a message; sending less of it", key=key, page=limits.page)
            return _show(reply, key, limits, pings)

        told = failure(f"{key}: an alert that Slack could not show", f"/why {key} shows it.")
        answer, _ = await send_fitting(send, show, _show(told, key, LIMITS, pings))
        return answer

    def _mark(self, post: Post) -> dict[str, str]:
        return {"store": self._store_id, "key": post.key}


def _show(reply: Reply, key: str, limits: Limits, pings: tuple[str, ...]) -> dict[str, Any]:
    """Return text and blocks of the first page with its buttons; the others are turned to by ``/alert``."""
    pages = render_pages(reply, footer=key, limits=limits)
    called = [f"<!subteam^{ping}>" for ping in pings if ping.isalnum() and ping.isascii()]
    calls = [{"type": "section", "text": {"type": "mrkdwn", "text": " ".join(called)}}] if called else []
    buttons = make_buttons(f"/alert {key}", page=0, n_pages=len(pages), actions=reply.actions)
    return {"text": pages[0].text, "blocks": [*calls, *pages[0].blocks, *buttons]}
