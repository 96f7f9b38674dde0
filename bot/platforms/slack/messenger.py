"""Posting alerts to Slack, each of them once.

Owns where an alert goes: a message for each story, later reports in its thread, and there also to the channel where the
label changed. ``chat.postMessage`` knows no idempotency key, so each message carries its own key as metadata: a message
that may have arrived is looked for before it is sent again, and slack_sdk's own retries are off for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import Log
from bot.platforms.slack.addresses import PREFIX, format_message, parse_channel, parse_message
from bot.platforms.slack.buttons import make_buttons
from bot.platforms.slack.refusals import TOO_LONG, code_of, explained
from bot.render.slack import LIMITS, Limits, render_pages, shorter
from handlers.messages import failure
from handlers.ports import Post, Receipt
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
_TOLD_ALL = frozenset({Label.DISPUTED, Label.REVISED})

Given = TypeVar("Given")


class SlackMessenger:
    """See ``handlers.ports.Messenger``.

    Args:
        find_clients: the client that retries and the one that does not; None while there is no connection.
    """

    prefix = PREFIX
    recognises = True

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        find_clients: Callable[[], tuple[AsyncWebClient, AsyncWebClient] | None],
        log: Log,
        *,
        store_id: str,
    ) -> None:
        self._loop = loop
        self._find_clients = find_clients
        self._log = log
        self._store_id = store_id

    def post(self, post: Post) -> Receipt:
        """Send a message once, however often it is tried. Raises as ``Messenger.post`` says."""
        return self._wait(self._post(*self._clients(), post))

    def edit(self, head: Head, reply: Reply) -> None:
        """Show the story as it is now in the message that opened it. Raises as ``Messenger.edit`` says."""
        web, _ = self._clients()
        self._wait(self._edit(web, head, reply))

    def _clients(self) -> tuple[AsyncWebClient, AsyncWebClient]:
        clients = self._find_clients()
        if clients is None:
            raise DeliveryError("Slack is not connected", retry_after_s=5)
        return clients

    def _wait(self, work: Coroutine[Any, Any, Given]) -> Given:
        future = asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, PATIENCE_S), self._loop)
        with explained():
            return future.result(PATIENCE_S + 10)

    async def _post(self, web: AsyncWebClient, sender: AsyncWebClient, post: Post) -> Receipt:
        _, channel = parse_channel(post.channel)
        thread = parse_message(post.head.receipt)[1] if post.head is not None else ""
        if post.n_attempts > 1:
            found = await self._find_earlier(web, channel, thread, post)
            if found is not None:
                self._log.info("slack message recognised", key=post.key, message=found.message)
                return found
        target: dict[str, Any] = {
            "channel": channel,
            "metadata": {"event_type": EVENT_TYPE, "event_payload": self._mark(post)},
            "unfurl_links": False,
            "unfurl_media": False,
            "link_names": False,
        }
        if thread:
            target |= {"thread_ts": thread, "reply_broadcast": post.label in _TOLD_ALL}
        answer = await _send_shortening(sender.chat_postMessage, target, post.reply, post.key, pings=post.pings)
        return Receipt(format_message(str(answer["channel"]), str(answer["ts"])), thread)

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
        await _send_shortening(web.chat_update, {"channel": channel, "ts": ts}, reply, f"n{head.row_id}")

    def _mark(self, post: Post) -> dict[str, str]:
        return {"store": self._store_id, "key": post.key}


async def _send_shortening(
    send: Callable[..., Coroutine[Any, Any, Any]],
    target: dict[str, Any],
    reply: Reply,
    key: str,
    *,
    pings: tuple[str, ...] = (),
) -> Any:  # noqa: ANN401 - slack_sdk's answer, or its parsed form
    """Send the first page; where Slack finds it too long, a shorter one; at last one that says where to read it."""
    limits = LIMITS
    for _ in range(3):
        try:
            return await send(**target, **_show(reply, key, limits, pings))
        except SlackApiError as error:
            if code_of(error) not in TOO_LONG:
                raise
            limits = shorter(limits)
    told = failure(f"{key}: an alert that Slack could not show", f"/why {key} shows it.")
    return await send(**target, **_show(told, key, limits, pings))


def _show(reply: Reply, key: str, limits: Limits, pings: tuple[str, ...]) -> dict[str, Any]:
    """Return text and blocks of the first page with its buttons; the others are turned to by ``/alert``."""
    pages = render_pages(reply, footer=key, limits=limits)
    called = [f"<!subteam^{ping}>" for ping in pings if ping.isalnum() and ping.isascii()]
    calls = [{"type": "section", "text": {"type": "mrkdwn", "text": " ".join(called)}}] if called else []
    buttons = make_buttons(f"/alert {key}", page=0, n_pages=len(pages), actions=reply.actions)
    return {"text": pages[0].text, "blocks": [*calls, *pages[0].blocks, *buttons]}
