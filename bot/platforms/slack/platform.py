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
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

from bot.logs import Log
from bot.platforms.answers import Answers
from bot.platforms.slack.app import OnceHandler, SlackApp, hush_library
from bot.platforms.slack.client import SlackClient, read_offset
from bot.platforms.slack.desk import Desk
from bot.platforms.slack.messenger import SlackMessenger
from bot.platforms.slack.once import Once
from bot.platforms.slack.people import People
from bot.platforms.slack.posting import Pace, Poster
from bot.platforms.slack.refusals import SLACK_ERRORS, WRONG_TOKENS, code_of, words_of
from bot.platforms.slack.rights import Rights
from bot.platforms.slack.rooms import Rooms
from bot.platforms.slack.telling import Teller
from bot.platforms.slack.watching import Watching
from handlers.ports import Ports

_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 300.0
_TIMEOUT_S = 30.0
"""Longest time for one call."""
_LONG_S = 60.0
"""A connection that lasted so long was a good one: the next is tried soon."""
_SILENT_S = 5.0
"""Where nothing was reached for so long after the start, the address may be wrong."""
_LONGEST_DOWN_S = 300.0
"""A link that stays down is asked a new ticket for no more seldom than that; Slack gives few of them."""
_LOOK_AGAIN_S = 60.0
"""Channels are looked at after the link was made anew, no more often than that."""


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
        self._store_id = store_id
        self._poster: Poster | None = None
        self._pace = Pace(settings.pace_s)
        self._seen, self._presses = Once(), Once()
        self._was_linked = False
        self._doubt = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.n_senders = settings.n_senders
        self.ended: asyncio.Future[str] = loop.create_future()
        self.messenger = SlackMessenger(
            loop,
            lambda: self._poster,
            on_refused=self._doubt.set,
            log=log,
            store=ports.store,
        )

    def start(self) -> None:
        """Connect, and connect again whenever that ends."""
        hush_library()
        self._task = asyncio.create_task(self._supervise(), name="slack")
        self._task.add_done_callback(self._note_end)

    async def stop(self) -> None:
        """Leave Slack."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)  # what broke it was told
        self._answers.close()

    def _note_end(self, task: asyncio.Task[None]) -> None:
        """Tell of a supervisor that broke: without it the platform would be silent for ever."""
        error = None if task.cancelled() else task.exception()
        if error is None:
            return
        self._log.error("slack supervision broke", error=repr(error)[:300], exc_info=error)
        if not self.ended.done():
            self.ended.set_result("Slack cannot go on: an error of the program; the log says which.")

    async def _supervise(self) -> None:
        wait_s = _FIRST_WAIT_S
        first_began = time.monotonic()
        while True:
            began = time.monotonic()
            try:
                await self._run_once()
            except SlackApiError as error:
                code = code_of(error)
                if code in WRONG_TOKENS:
                    self._give_up(code)
                    return
                self._log.warning("slack connection failed", error=code or words_of(error))
            except SLACK_ERRORS as error:
                self._log.warning("slack connection failed", error=words_of(error))
                self._doubt_address(time.monotonic() - first_began)
            except Exception as error:  # noqa: BLE001 - whatever broke it, the next connection starts fresh
                self._log.error("slack connection broke", error=repr(error)[:300], exc_info=error)
            if time.monotonic() - began > _LONG_S:
                wait_s = _FIRST_WAIT_S
            await asyncio.sleep(wait_s)
            wait_s = min(_LONGEST_WAIT_S, wait_s * 2)

    def _doubt_address(self, failing_s: float) -> None:
        """Say what may be wrong when nothing at all was reached for a while after the start."""
        if self._was_linked or failing_s < _SILENT_S:
            return
        url = self._settings.api_url
        where = f"{url} (WIREWATCH_SLACK_API)" if url else AsyncWebClient.BASE_URL
        advice = "Look at WIREWATCH_SLACK_API." if url else "Is there a way out of this network?"
        self._log.error("slack cannot be reached", address=where, advice=advice, failing_s=round(failing_s))

    async def _run_once(self) -> None:
        """Connect and watch over the link; returns only by an error."""
        timeout = aiohttp.ClientTimeout(total=_TIMEOUT_S)
        async with aiohttp.ClientSession(timeout=timeout) as session:  # one for all calls: each would shake hands anew
            await self._serve(self._make_client(session, is_retrying=True), self._make_client(session))

    async def _serve(self, web: SlackClient, sender: SlackClient) -> None:
        me = await web.auth_test()
        await web.apps_connections_open(app_token=self._settings.app_token)  # a wrong app token is told at once
        team = str(me["team_id"])
        people = People(web, team=team)
        rooms = Rooms(web, self._answers, self._ports, team=team)
        offset = read_offset(me.headers, self._ports.now())
        poster = Poster(sender, people, self._pace, self._log, store_id=self._store_id, offset=offset)
        app = SlackApp(
            web,
            self._make_desk(web, people, poster, rooms),
            rooms,
            self._log,
            team=team,
            me=me.data if isinstance(me.data, dict) else {},
            on_refused=self._doubt.set,
        )
        ping_s = self._settings.ping_s
        handler = OnceHandler(app.app, self._settings.app_token, seen=self._seen, ping_interval=ping_s)
        connecting = asyncio.create_task(handler.connect_async())  # type: ignore[no-untyped-call]  # the library's
        try:
            app.look_at_rooms()
            self._poster, self._was_linked = poster, True
            self._log.info("slack ready", team=team)
            await self._watch(handler, sender, connecting, app)
        finally:
            self._poster = None
            connecting.cancel()
            with suppress(Exception):
                await handler.close_async()  # type: ignore[no-untyped-call]  # the library's
            await app.close()

    def _make_desk(self, web: AsyncWebClient, people: People, poster: Poster, rooms: Rooms) -> Desk:
        settings = self._settings
        return Desk(
            self._answers,
            web,
            Rights(people, editors=settings.editors, managers=settings.managers, home_teams=settings.home_teams),
            poster=poster,
            teller=Teller(poster, self._answers, self._log),
            watching=Watching(web, rooms),
            presses=self._presses,
        )

    async def _watch(
        self, handler: OnceHandler, sender: AsyncWebClient, connecting: asyncio.Task[None], app: SlackApp
    ) -> None:
        looked_at = time.monotonic() - _LOOK_AGAIN_S
        link = await _find_first_link(handler, connecting, self._settings.ping_s)
        patience_s, down_since = 2 * self._settings.ping_s, 0.0
        while True:
            await self._wait_for_doubt(sender)
            if connecting.done() and connecting.exception() is not None:
                raise connecting.exception() or RuntimeError
            now = time.monotonic()
            if await handler.client.is_connected():
                patience_s, down_since = 2 * self._settings.ping_s, 0.0
                link = link or handler.client.current_session
                if link is not handler.client.current_session and now - looked_at >= _LOOK_AGAIN_S:
                    app.look_at_rooms()
                    looked_at, link = now, handler.client.current_session
                continue
            down_since = down_since or now
            if now - down_since >= patience_s:
                self._log.warning("slack link is down; asking for a new ticket")
                handler.client.wss_uri = await self._find_ticket(sender)
                patience_s, down_since = min(2 * patience_s, _LONGEST_DOWN_S), time.monotonic()

    async def _wait_for_doubt(self, sender: AsyncWebClient) -> None:
        """Wait until it is time to look at the link again; a token in doubt is asked about at once.

        Raises:
            SlackApiError: it is not.
        """
        with suppress(TimeoutError):
            await asyncio.wait_for(self._doubt.wait(), self._settings.ping_s)
        if self._doubt.is_set():
            self._doubt.clear()
            await self._find_ticket(sender)

    async def _find_ticket(self, sender: AsyncWebClient) -> str | None:
        """Return the address of a new link; None where Slack gives none now, so that the library asks for one.

        Raises:
            SlackApiError: a token was revoked; whatever else goes wrong ends no answer under way.
        """
        try:
            await sender.auth_test()
            told = await sender.apps_connections_open(app_token=self._settings.app_token)
        except SlackApiError as error:
            if code_of(error) in WRONG_TOKENS:
                raise
            self._log.warning("slack does not say whether the tokens are good", error=code_of(error))
        except SLACK_ERRORS as error:
            self._log.warning("slack does not answer", error=words_of(error))
        else:
            return str(told["url"])
        return None

    def _make_client(self, session: aiohttp.ClientSession, *, is_retrying: bool = False) -> SlackClient:
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
        return SlackClient(token=self._settings.bot_token, base_url=url, session=session, retry_handlers=handlers)

    def _give_up(self, code: str) -> None:
        reason = (
            f"Slack refuses the bot ({code}). Look at SLACK_BOT_TOKEN and SLACK_APP_TOKEN; docs/slack.md says where."
        )
        self._log.error("slack cannot be used", reason=reason)
        if not self.ended.done():
            self.ended.set_result(reason)


async def _find_first_link(handler: OnceHandler, connecting: asyncio.Task[None], patience_s: float) -> object | None:
    """Return the first link as soon as it is made, so that one that takes its place at once is known for another.

    None where it takes longer than that.
    """
    await asyncio.wait({connecting}, timeout=patience_s)
    return handler.client.current_session if await handler.client.is_connected() else None
