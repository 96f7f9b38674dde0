"""The connection to Slack: a slack_bolt app over Socket Mode that acknowledges first and works after.

Owns routing of what comes in. Must never compose a message: ``desk`` answers and ``messenger`` posts.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped, warning_token_skipped
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import Log
from bot.platforms.slack.desk import Desk
from bot.platforms.slack.once import Once
from bot.platforms.slack.refusals import REFUSED_TOKENS, SLACK_ERRORS, code_of, words_of
from bot.platforms.slack.rooms import CLOSING, OPENING, Rooms
from bot.platforms.slack.shown import Asker

_OURS = re.compile(r"ww:")
_ANY = re.compile(r".*")
_LAST_ANSWERS_S = 8.0

Body = Mapping[str, Any]


class SlackApp:
    """Routes commands, presses, forms and events to the desk; each in a task of its own, after its acknowledgement."""

    def __init__(
        self,
        web: AsyncWebClient,
        desk: Desk,
        rooms: Rooms,
        log: Log,
        *,
        team: str,
        me: Mapping[str, Any],
        on_refused: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._rooms = rooms
        self._log = log
        self._team = team
        self._bot_user = str(me["user_id"])
        self._on_refused = on_refused
        self._tasks: set[asyncio.Task[None]] = set()
        known = AuthorizeResult.from_auth_test_response(bot_token=web.token, auth_test_response=me)

        async def authorize() -> AuthorizeResult:  # a function of its own: the library reads the names of parameters
            return known  # as it was told when it connected: no request stands before an acknowledgement

        self.app = AsyncApp(
            client=web,
            authorize=authorize,
            ignoring_self_events_enabled=True,
            raise_error_for_unhandled_request=False,
        )
        self.app.command(re.compile(r"/.*"))(self._on_command)
        self.app.action(_OURS)(self._on_action)
        self.app.view(_OURS)(self._on_view)
        self.app.event("app_mention")(self._on_mention)
        for subtype in (None, "file_share"):  # words with a file beside them
            self.app.event({"type": "message", "subtype": subtype})(self._on_message)
        self.app.event("app_home_opened")(self._on_home)
        self.app.event("channel_id_changed")(self._on_moved)
        self.app.event("member_joined_channel")(self._on_joined)
        for name in OPENING:
            self.app.event(name)(self._on_opened)
        for name in CLOSING:
            self.app.event(name)(self._on_closed)
        for name in ("tokens_revoked", "app_uninstalled"):
            self.app.event(name)(self._on_revoked)
        self.app.event(_ANY)(self._on_other)

    def look_at_rooms(self) -> None:
        """Open the channels that take messages again; what happened to them meanwhile was told to nobody."""
        self._start(self._rooms.open_all(), "channels looked at")

    async def close(self) -> None:
        """Let what is being answered come to its end, for a while: Slack does not send it again."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=_LAST_ANSWERS_S)
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _on_command(self, ack: Any, body: Body, respond: Any) -> None:  # noqa: ANN401 - slack_bolt's callables
        await ack()
        asker = Asker(self._team, str(body["channel_id"]), str(body["user_id"]), respond=respond)
        work = self._desk.answer_command(asker, str(body["command"]), str(body.get("text") or ""))
        self._start(work, "command")

    async def _on_action(self, ack: Any, body: Body, action: Body, respond: Any) -> None:  # noqa: ANN401 - the same
        await ack()
        channel = str((body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id") or "")
        thread = _thread_of(body.get("message") or body.get("container") or {})
        usable = respond if body.get("response_url") else None  # the App Home has none
        asker = Asker(self._team, channel, str(body["user"]["id"]), thread, usable)
        self._start(self._desk.press(asker, action, body), "press")

    async def _on_view(self, ack: Any, body: Body, view: Body) -> None:  # noqa: ANN401 - the same
        asker = Asker(self._team, "", str(body["user"]["id"]))
        self._start(self._desk.submit(asker, view, ack), "form")  # it acknowledges, with errors for the fields

    async def _on_mention(self, event: Body, request: AsyncBoltRequest) -> None:
        if event.get("bot_id") or not event.get("user"):
            return  # two bots that name each other would go on for ever
        self._answer(event, "mention", is_again=_is_again(request))

    async def _on_message(self, event: Body, request: AsyncBoltRequest) -> None:
        if event.get("channel_type") == "im" and not event.get("bot_id"):
            self._answer(event, "message", is_again=_is_again(request))

    def _answer(self, event: Body, what: str, *, is_again: bool) -> None:
        text, ts = str(event.get("text") or ""), str(event.get("ts") or "")
        is_doubtful = is_again or bool(event.get("edited"))  # a call by name comes again when its message is edited
        work = self._desk.answer_question(self._asker(event), text, ts=ts, is_doubtful=is_doubtful)
        self._start(work, what)

    async def _on_home(self, event: Body) -> None:
        if event.get("tab", "home") == "home":  # its messages are told of too
            self._start(self._desk.show_home(self._asker(event)), "home")

    async def _on_joined(self, event: Body) -> None:
        if event.get("user") == self._bot_user:
            await self._on_opened(event)

    async def _on_revoked(self) -> None:
        self._on_refused()

    async def _on_other(self) -> None:
        """Take what is told beside: edits in direct messages, joinings of others."""

    async def _on_opened(self, event: Body) -> None:
        self._start(self._rooms.open(_channel_of(event)), "channel opened")

    async def _on_closed(self, event: Body) -> None:
        self._start(self._rooms.close(_channel_of(event), str(event.get("type") or "")), "channel closed")

    async def _on_moved(self, event: Body) -> None:
        old, new = str(event.get("old_channel_id") or ""), str(event.get("new_channel_id") or "")
        if old and new:
            self._start(self._rooms.move(old, new), "channel moved")

    def _asker(self, event: Body) -> Asker:
        return Asker(self._team, _channel_of(event), str(event.get("user") or ""), _thread_of(event))

    def _start(self, work: Coroutine[Any, Any, None], what: str) -> None:
        task = asyncio.create_task(self._guard(work, what))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _guard(self, work: Coroutine[Any, Any, None], what: str) -> None:
        try:
            await work
        except SLACK_ERRORS as error:
            self._log.warning("slack answer not shown", what=what, error=words_of(error))
            if isinstance(error, SlackApiError) and code_of(error) in REFUSED_TOKENS:
                self._on_refused()
        except Exception as error:  # noqa: BLE001 - one bad event must not be the last
            self._log.error("slack event failed", what=what, error=repr(error)[:300], exc_info=error)


def hush_library() -> None:
    """Leave one line of slack_bolt out of the log: it warns of the token in the environment, which is the same one."""
    logging.getLogger("slack_bolt.AsyncApp").addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    known = {warning_client_prioritized_and_token_skipped(), warning_token_skipped()}
    return record.getMessage() not in known


class OnceHandler(AsyncSocketModeHandler):
    """Answers each envelope once: Slack sends one again whose acknowledgement it did not see.

    Args:
        seen: which came; outlives the connection.
    """

    def __init__(self, app: AsyncApp, app_token: str, *, seen: Once, ping_interval: float) -> None:
        super().__init__(app, app_token, ping_interval=ping_interval)
        self._seen = seen

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]  # as its base
        """Pass an envelope on unless it was passed on before; then only acknowledge it."""
        event_id = str(req.payload.get("event_id") or req.envelope_id)
        if not self._seen.begin(event_id):
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=req.envelope_id))
            return
        try:
            await super().handle(client, req)
        except OSError:
            return  # the link went before the acknowledgement; Slack sends the envelope again, and it is known by then
        except BaseException:
            self._seen.forget(event_id)  # nothing was done: when it comes again it is new
            raise


def _channel_of(event: Body) -> str:
    channel = event.get("channel")
    return str(channel.get("id") if isinstance(channel, dict) else channel or "")


def _thread_of(message: Body) -> str:
    """Return the time stamp over a message; empty for one that stands for itself, with or without replies."""
    thread = str(message.get("thread_ts") or "")
    return thread if thread != (message.get("ts") or message.get("message_ts")) else ""


def _is_again(request: AsyncBoltRequest) -> bool:
    """Return whether Slack tells of an event again, because it saw no acknowledgement: ``retry_attempt``."""
    return any(value not in {"", "0"} for value in request.headers.get("x-slack-retry-num", ()))
