"""Slack as a part of the running bot: started, watched over and ended with it.

Owns the life of the connection. slack_sdk brings a Socket Mode link back by itself, except where its ticket has run out
while the link was refused: then it would try the dead address for ever, so a watchdog takes the ticket away.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import Log
from bot.platforms.answers import Answers
from bot.platforms.slack.app import OnceHandler, SlackApp, hush_library
from bot.platforms.slack.desk import Desk
from bot.platforms.slack.messenger import Line, SlackMessenger
from bot.platforms.slack.people import People
from bot.platforms.slack.refusals import WRONG_TOKENS, code_of
from bot.platforms.slack.rooms import Rooms
from handlers.ports import Ports

_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 300.0
_LONG_S = 60.0
"""A connection that lasted so long was a good one: the next is tried soon."""


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What the environment and config.toml say of Slack.

    Attributes:
        api_url: empty for Slack's own.
        editors: ids of people who may judge alerts.
        managers: ids of people who may change watches.
        home_teams: workspaces whose managers may change what all share.
        pace_s: least seconds between two messages to one channel.
        ping_s: seconds between signs of life; four without an answer make the link anew.
    """

    bot_token: str
    app_token: str
    api_url: str = ""
    editors: frozenset[str] = field(default_factory=frozenset)
    managers: frozenset[str] = field(default_factory=frozenset)
    home_teams: frozenset[str] = field(default_factory=frozenset)
    ping_s: float = 5.0
    pace_s: float = 1.0
    n_senders: int = 3


class SlackPlatform:
    """Runs from ``start`` to ``stop`` on the event loop that it was made on; see ``roster.Platform``."""

    name = "Slack"

    def __init__(self, ports: Ports, log: Log, settings: SlackSettings, *, store_id: str) -> None:
        loop = asyncio.get_running_loop()
        self._ports = ports
        self._log = log
        self._settings = settings
        self._answers = Answers(ports, log)
        self._line: Line | None = None
        self._doubt = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.n_senders = settings.n_senders
        self.ended: asyncio.Future[str] = loop.create_future()
        self.messenger = SlackMessenger(
            loop,
            lambda: self._line,
            on_refused=self._doubt.set,
            log=log,
            store=ports.store,
            store_id=store_id,
            pace_s=settings.pace_s,
        )

    def start(self) -> None:
        """Connect, and connect again whenever that ends."""
        hush_library()
        self._task = asyncio.create_task(self._supervise(), name="slack")

    async def stop(self) -> None:
        """Leave Slack."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        self._answers.close()

    async def _supervise(self) -> None:
        wait_s = _FIRST_WAIT_S
        while True:
            began = time.monotonic()
            try:
                await self._run_once()
            except SlackApiError as error:
                code = code_of(error)
                if code in WRONG_TOKENS:
                    self._give_up(code)
                    return
                self._log.warning("slack connection failed", error=code)
            except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError) as error:
                self._log.warning("slack connection failed", error=repr(error)[:300])
            except Exception as error:  # noqa: BLE001 - whatever broke it, the next connection starts fresh
                self._log.error("slack connection broke", error=repr(error)[:300], exc_info=error)
            if time.monotonic() - began > _LONG_S:
                wait_s = _FIRST_WAIT_S
            await asyncio.sleep(wait_s)
            wait_s = min(_LONGEST_WAIT_S, wait_s * 2)

    async def _run_once(self) -> None:
        """Connect and watch over the link; returns only by an error."""
        settings = self._settings
        web = self._make_client(is_retrying=True)
        me = await web.auth_test()
        await web.apps_connections_open(app_token=settings.app_token)  # a wrong app token is told at once
        team = str(me["team_id"])
        people = People(web, team=team)
        rooms = Rooms(self._answers, self._ports, team=team)
        app = SlackApp(
            web,
            self._make_desk(web, people),
            rooms,
            self._log,
            team=team,
            me=me.data if isinstance(me.data, dict) else {},
            on_refused=self._doubt.set,
        )
        handler = OnceHandler(app.app, settings.app_token, ping_interval=settings.ping_s)
        connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call]  # the library's
        try:
            await rooms.open_all()
            self._line = Line(web, self._make_client(is_retrying=False), people)
            self._log.info("slack ready", team=team)
            await self._watch(handler, web, connecting)
        finally:
            self._line = None
            connecting.cancel()
            with suppress(Exception):
                await handler.close_async()  # type: ignore[no-untyped-call]  # the library's
            await app.close()

    def _make_desk(self, web: AsyncWebClient, people: People) -> Desk:
        settings = self._settings
        return Desk(
            self._answers,
            web,
            people,
            editors=settings.editors,
            managers=settings.managers,
            home_teams=settings.home_teams,
        )

    async def _watch(self, handler: OnceHandler, web: AsyncWebClient, connecting: asyncio.Task[None]) -> None:
        down_since: float | None = None
        while True:
            await self._wait_for_doubt(web)
            if connecting.done() and connecting.exception() is not None:
                raise connecting.exception() or RuntimeError
            if await handler.client.is_connected():
                down_since = None
                continue
            now = time.monotonic()
            down_since = down_since or now
            if now - down_since >= 2 * self._settings.ping_s:
                await self._ask_whether_good(web)
                handler.client.wss_uri = None  # so that it asks for a new one
                self._log.warning("slack link is down; asking for a new ticket")
                down_since = now

    async def _wait_for_doubt(self, web: AsyncWebClient) -> None:
        """Wait until it is time to look at the link again; a token in doubt is asked about at once.

        Raises:
            SlackApiError: it is not.
        """
        with suppress(TimeoutError):
            await asyncio.wait_for(self._doubt.wait(), self._settings.ping_s)
        if self._doubt.is_set():
            self._doubt.clear()
            await self._ask_whether_good(web)

    async def _ask_whether_good(self, web: AsyncWebClient) -> None:
        """Raise SlackApiError for a token that was revoked; whatever else goes wrong ends no answer under way."""
        try:
            await web.auth_test()
            await web.apps_connections_open(app_token=self._settings.app_token)
        except SlackApiError as error:
            if code_of(error) in WRONG_TOKENS:
                raise
            self._log.warning("slack does not say whether the tokens are good", error=code_of(error))
        except (SlackClientError, aiohttp.ClientError, OSError, TimeoutError) as error:
            self._log.warning("slack does not answer", error=repr(error)[:300])

    def _make_client(self, *, is_retrying: bool) -> AsyncWebClient:
        handlers = (
            [
                AsyncConnectionErrorRetryHandler(),
                AsyncRateLimitErrorRetryHandler(max_retry_count=2),
                AsyncServerErrorRetryHandler(max_retry_count=2),
            ]
            if is_retrying
            else []
        )
        url = self._settings.api_url.rstrip("/") + "/" if self._settings.api_url else AsyncWebClient.BASE_URL
        return AsyncWebClient(token=self._settings.bot_token, base_url=url, retry_handlers=handlers)

    def _give_up(self, code: str) -> None:
        reason = (
            f"Slack refuses the bot ({code}). Look at SLACK_BOT_TOKEN and SLACK_APP_TOKEN; docs/slack.md says where."
        )
        self._log.error("slack cannot be used", reason=reason)
        if not self.ended.done():
            self.ended.set_result(reason)
