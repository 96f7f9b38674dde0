"""Posting alerts to Slack, each of them once.

Owns where an alert goes: a message for each story, later reports in its thread, and from there also to the channel when
the standing of the story changed. That each comes once is ``posting``'s; when to try again is the outbox's, which is
told what Slack asks for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError

from bot.logs import Log
from bot.platforms.slack.addresses import PREFIX, format_message, parse_channel, parse_message
from bot.platforms.slack.buttons import make_buttons
from bot.platforms.slack.fitting import Message, Show, send_fitting
from bot.platforms.slack.manners import PLAIN
from bot.platforms.slack.once import Once
from bot.platforms.slack.posting import ALERT, Letter, Poster
from bot.platforms.slack.refusals import REFUSED_TOKENS, code_of, explained, find_wait, is_unknown
from bot.render.slack import LIMITS, Limits, render_pages
from handlers.messages import failure
from handlers.ports import Post, Receipt, Store
from handlers.reply import Reply
from news.decision import Label
from news.errors import DeliveryError
from news.watches.watch import Head

PATIENCE_S = 120.0
"""Longest time for one message."""

_KEPT_S = 7_200.0
"""What came of a message is kept for the next try, which comes within an hour."""

_LONG_WAIT_S = 60.0
_EDIT = "edit "
_STANDINGS = frozenset({Label.DISPUTED, Label.REVISED})

Given = TypeVar("Given")


class SlackMessenger:
    """See ``handlers.ports.Messenger``.

    Args:
        find_poster: the connection; None while there is none.
        on_refused: called on the loop when Slack refuses the token.
    """

    prefix = PREFIX
    recognises = True

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        find_poster: Callable[[], Poster | None],
        *,
        on_refused: Callable[[], None],
        log: Log,
        store: Store,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._loop = loop
        self._find_poster = find_poster
        self._on_refused = on_refused
        self._log = log
        self._store = store
        self._patience_s = patience_s
        self._under_way: dict[str, asyncio.Task[Any]] = {}
        self._told = Once()

    @property
    def is_ready(self) -> bool:
        """Whether there is a connection."""
        return self._find_poster() is not None

    def post(self, post: Post) -> Receipt:
        """Send a message once, however often it is tried. Raises as ``Messenger.post`` says."""
        poster = self._get_poster()
        key = f"{post.key} {post.head.receipt if post.head else ''}"
        return self._wait(key, self._post(poster, post, tells_all=self._is_turn(post)), post.channel)

    def edit(self, head: Head, reply: Reply) -> None:
        """Show the story as it is now in the message that opened it. Raises as ``Messenger.edit`` says."""
        key = f"{_EDIT}{head.receipt} {head.n_changes}"
        self._wait(key, self._edit(self._get_poster(), head, reply), head.channel)

    def _get_poster(self) -> Poster:
        poster = self._find_poster()
        if poster is None:
            raise DeliveryError("Slack is not connected", retry_after_s=5)
        return poster

    def _wait(self, key: str, work: Coroutine[Any, Any, Given], channel: str) -> Given:
        future = asyncio.run_coroutine_threadsafe(self._outwait(key, work, channel), self._loop)
        with explained():
            return future.result(self._patience_s + 10)

    async def _outwait(self, key: str, work: Coroutine[Any, Any, Given], channel: str) -> Given:
        """Return what the work gives. One that takes too long goes on, and the next try gets what it gave."""
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.create_task(work)
            task.add_done_callback(_note_read)
        else:
            work.close()
        done, _ = await asyncio.wait({task}, timeout=self._patience_s)
        if not done:
            if key.startswith(_EDIT):  # it gives no receipt, and the next edit shows something else
                self._under_way.pop(key, None)
            self._loop.call_later(_KEPT_S, self._forget, key, task)  # the next try may never come
            raise DeliveryError("Slack takes long over this message; it is still being sent")
        self._under_way.pop(key, None)
        try:
            given: Given = task.result()
        except SlackApiError as error:
            if code_of(error) in REFUSED_TOKENS:
                self._on_refused()
            self._note_refusal(error, channel)
            raise
        return given

    def _note_refusal(self, error: SlackApiError, channel: str) -> None:
        """Log once for each channel what nobody would hear of otherwise: words without a meaning here, long waits."""
        wait_s, code = find_wait(error) or 0.0, code_of(error)
        if is_unknown(error) and self._told.begin(f"{channel} {code}"):
            self._log.warning("slack refuses a message; it is tried again", channel=channel, error=code)
        if wait_s >= _LONG_WAIT_S and self._told.begin(f"{channel} wait"):
            self._log.warning("slack asks to wait long", channel=channel, seconds=wait_s)

    def _forget(self, key: str, task: asyncio.Task[Any]) -> None:
        if self._under_way.get(key) is task and task.done():
            del self._under_way[key]

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

    async def _post(self, poster: Poster, post: Post, *, tells_all: bool) -> Receipt:
        _, channel = parse_channel(post.channel)
        thread = parse_message(post.head.receipt)[1] if post.head is not None else ""
        letter = Letter(channel, post.key, post.made_at, kind=ALERT, thread=thread, tells_all=tells_all)
        show, last = self._make_show(post.reply, post.key, post.pings)
        posted = await poster.post(letter, show, last, is_doubtful=post.n_attempts > 1)
        return Receipt(
            format_message(posted.channel, posted.ts), posted.thread, opens=bool(thread and not posted.thread)
        )

    async def _edit(self, poster: Poster, head: Head, reply: Reply) -> None:
        channel, ts = parse_message(head.receipt)

        async def send(message: Message) -> Any:  # noqa: ANN401 - slack_sdk's answer
            return await poster.sender.chat_update(channel=channel, ts=ts, **PLAIN, **message)

        show, last = self._make_show(reply, head.key, ())
        await send_fitting(send, show, last)

    def _make_show(self, reply: Reply, key: str, pings: tuple[str, ...]) -> tuple[Show, Message]:
        """Return what makes a message of an alert, and the message for when Slack takes none of those."""

        async def show(limits: Limits) -> Message:
            if limits is not LIMITS:
                self._log.warning("slack refused the form of a message; sending less of it", key=key, page=limits.page)
            return await asyncio.to_thread(_show, reply, key, limits, pings)

        told = failure(f"{key}: an alert that Slack could not show", f"/why {key} shows it.")
        return show, _show(told, key, LIMITS, pings)


def _note_read(task: asyncio.Task[Any]) -> None:
    """Take note of an error that nobody may come back for, so that asyncio does not complain of it."""
    if not task.cancelled():
        task.exception()


def _show(reply: Reply, key: str, limits: Limits, pings: tuple[str, ...]) -> dict[str, Any]:
    """Return text and blocks of the first page with its buttons; the others are turned to by ``/alert``."""
    pages = render_pages(reply, footer=key, limits=limits)
    called = [f"<!subteam^{ping}>" for ping in pings if ping.isalnum() and ping.isascii()]
    calls = [{"type": "section", "text": {"type": "mrkdwn", "text": " ".join(called)}}] if called else []
    buttons = make_buttons(f"/alert {key}", page=0, n_pages=len(pages), actions=reply.actions, n_halved=limits.n_halved)
    return {"text": pages[0].text, "blocks": [*calls, *pages[0].blocks, *buttons]}
