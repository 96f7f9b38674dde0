"""``SlackDouble``: Slack on loopback for tests; the Web API and Socket Mode on one free port.

All methods are for the test's thread and block at most until the double has done what they say, never for the bot.
Nothing here is Slack's code; it follows the public documentation, and what it leaves out answers unknown_method and is
listed in ``unknown_requests``.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
from collections.abc import Callable, Collection, Coroutine
from concurrent.futures import Future
from datetime import timedelta
from types import TracebackType
from typing import Self, TypeVar, cast

from aiohttp import web

from tests.doubles.discord import world as discord_world
from tests.doubles.slack import writing
from tests.doubles.slack.errors import Json
from tests.doubles.slack.faults import Action as FaultAction
from tests.doubles.slack.faults import Fault, Faults
from tests.doubles.slack.payloads import event_json
from tests.doubles.slack.people import Person
from tests.doubles.slack.rest import API, Received, Rest
from tests.doubles.slack.socket import Envelope, Link, Socket
from tests.doubles.slack.world import APP_TOKEN, BOT_TOKEN, PRIVATE, PUBLIC, Channel, File, Message, World
from tests.patience import PATIENCE_S

T = TypeVar("T")


class SlackDouble:
    """A Slack of one's own. ``with SlackDouble() as slack: ... slack.api_url, slack.bot_token, slack.app_token``."""

    def __init__(self, *, deadline_s: float = 3.0, scopes: Collection[str] | None = None) -> None:
        """Prepare it; with ``scopes`` methods that need another one answer missing_scope.

        Args:
            deadline_s: how long the app may take to acknowledge something, and to open a form.
        """
        self.world = World()
        self.world.trigger_lasts = timedelta(seconds=deadline_s)
        self.world.scopes = None if scopes is None else set(scopes)
        self.clock = self.world.clock
        # Faults need of a world only the condition and the waiting, which are the same here.
        self.faults = Faults(cast("discord_world.World", self.world))
        self.socket = Socket(self.world, ack_deadline_s=deadline_s)
        self._rest = Rest(self.world, self.faults)
        self.bot_token, self.app_token = BOT_TOKEN, APP_TOKEN
        self.api_url = ""
        self._started: Future[int] = Future()
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._run, name="slack-double", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        port = self._started.result(PATIENCE_S)
        self.world.base_url = f"http://127.0.0.1:{port}"
        self.world.socket_url = f"ws://127.0.0.1:{port}/link/"
        self.api_url = f"http://127.0.0.1:{port}{API}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.faults.clear()
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(PATIENCE_S)

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    async def _serve(self) -> None:
        app = web.Application(client_max_size=1 << 28)
        app.router.add_get("/link/", self.socket.serve)
        app.router.add_get("/files/{file}/{name}", self._rest.get_file)
        app.router.add_route("*", "/{rest:.*}", self._rest.serve)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        pump = asyncio.create_task(self.socket.pump())
        self._started.set_result(runner.addresses[0][1])
        await self._stop.wait()
        pump.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await pump
        await self.socket.close()
        await runner.cleanup()

    def _do(self, work: Coroutine[object, object, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)

    # What was asked of it.

    @property
    def requests(self) -> list[Received]:
        """Everything that came in, oldest first."""
        with self.world.changed:
            return list(self._rest.requests)

    @property
    def unknown_requests(self) -> list[str]:
        with self.world.changed:
            return list(self._rest.unknown_requests)

    @property
    def envelopes(self) -> list[Envelope]:
        """Everything that was to go to the app, oldest first."""
        with self.world.changed:
            return list(self.socket.envelopes)

    @property
    def links(self) -> list[Link]:
        with self.world.changed:
            return list(self.socket.links)

    def find_requests(self, name: str) -> list[Received]:
        """Return those whose whole name (chat.postMessage, upload/..., respond/...) matches the expression."""
        return [it for it in self.requests if re.fullmatch(name, it.name)]

    def wait_for_requests(self, name: str, n: int = 1, *, timeout: float = PATIENCE_S) -> list[Received]:
        """Wait until ``n`` such requests were answered (or cut off)."""

        def answered() -> list[Received]:
            return [it for it in self.find_requests(name) if it.status is not None]

        self.wait_for(lambda: len(answered()) >= n, timeout, f"{n} of {name}")
        return answered()

    def wait_for(self, predicate: Callable[[], object], timeout: float = PATIENCE_S, wanted: str = "") -> None:
        """Wait until the predicate holds; it is looked at after each change."""
        self.world.wait_for(predicate, timeout, lambda: wanted or repr(predicate))

    def wait_for_links(self, n: int = 1, *, timeout: float = PATIENCE_S) -> list[Link]:
        """Wait until ``n`` links at least are open and not told to go, and none is left that hears nothing."""

        def usable() -> list[Link]:
            links = [it for it in self.links if it.is_open and not it.is_retiring]
            return [] if any(it.is_silent for it in links) else links

        self.wait_for(lambda: len(usable()) >= n, timeout, f"{n} links, there were {self.socket.n_links_ever}")
        return usable()

    def wait_for_new_link(self, old: int, *, timeout: float = PATIENCE_S) -> None:
        """Wait for a link with a number above ``old`` (``slack.n_links`` from before)."""
        self.wait_for(lambda: any(it.number > old and it.is_open for it in self.links), timeout, "a new link")

    @property
    def n_links(self) -> int:
        """How many links there ever were."""
        return self.socket.n_links_ever

    # Faults.

    def fault(self, name: str, action: FaultAction, times: int = 1) -> Fault:
        """Put a fault before the next ``times`` requests whose whole name, or name and channel, matches."""
        return self.faults.add("*", name, action, times)

    def disconnect(self, reason: str = "refresh_requested") -> None:
        """Send a disconnect envelope: warning, refresh_requested or link_disabled."""
        self._do(self.socket.disconnect(reason))

    def cut(self) -> None:
        """Cut all links without a word."""
        self._do(self.socket.cut())

    def silence(self) -> None:
        """Let the links of now stay open but say nothing more and hear nothing, not even pings."""
        with self.world.changed:
            for link in self.socket.links:
                link.is_silent = True

    def ping(self) -> None:
        """Ping all links and wait for the pongs."""
        before = {it: it.n_pongs for it in self.links}
        self._do(self.socket.ping())
        self.wait_for(lambda: all(it.n_pongs > n for it, n in before.items()), wanted="pongs")

    def send_raw(self, text: str) -> None:
        """Send any text on all links."""
        self._do(self.socket.send_raw(text))

    def kill_tickets(self, n: int = 1) -> None:
        """Let the next ``n`` tickets of apps.connections.open be dead; those given out already die too."""
        with self.world.changed:
            self.socket.n_dead_tickets = n
        self.socket.expire_tickets()

    @property
    def n_refused_links(self) -> int:
        return self.socket.n_refused

    def repeat(self, envelope: Envelope) -> None:
        """Send the very same envelope once more, whether acknowledged or not."""
        self.socket.repeat(envelope)

    # The workspace.

    def add_channel(
        self, name: str = "general", *, private: bool = False, archived: bool = False, with_bot: bool = True
    ) -> Channel:
        """Make a channel."""
        with self.world.changed:
            kind = PRIVATE if private else PUBLIC
            channel = Channel(self.world.take_id("C"), name, kind, self.world, with_bot, archived)
            self.world.channels[channel.id] = channel
            return channel

    def add_user(
        self, name: str = "ana", *, admin: bool = False, owner: bool = False, tz: str = "Europe/Amsterdam"
    ) -> Person:
        with self.world.changed:
            person = Person(self.world.take_id("U"), name, admin or owner, owner, tz=tz, world=self.world)
            self.world.users[person.id] = person
            return person

    @property
    def files(self) -> list[File]:
        """Completed uploads, oldest first."""
        with self.world.changed:
            return [it for it in self.world.files.values() if it.is_complete]

    def emit(self, event: Json) -> None:
        """Tell the app of any event."""
        with self.world.changed:
            self.world.deliver("events_api", event_json(self.world, {"event_ts": self.world.take_ts()} | event))

    def archive(self, channel: Channel, by: Person | None = None) -> None:
        with self.world.changed:
            channel.is_archived = True
            self.emit({"type": "channel_archive", "channel": channel.id, "user": by.id if by else "U0OWNER"})

    def unarchive(self, channel: Channel, by: Person | None = None) -> None:
        with self.world.changed:
            channel.is_archived = False
            self.emit({"type": "channel_unarchive", "channel": channel.id, "user": by.id if by else "U0OWNER"})

    def delete_channel(self, channel: Channel) -> None:
        with self.world.changed:
            channel.is_deleted = True
            self.emit({"type": "channel_deleted", "channel": channel.id})

    def invite_bot(self, channel: Channel, by: Person | None = None) -> None:
        with self.world.changed:
            channel.has_bot = True
            event: Json = {"type": "member_joined_channel", "user": self.world.bot.id, "channel": channel.id}
            letter = "G" if channel.kind == PRIVATE else "C"
            event |= {"channel_type": letter, "team": self.world.team_id, "inviter": by.id if by else "U0OWNER"}
            self.emit(event)

    def remove_bot(self, channel: Channel) -> None:
        """Remove the bot from a channel; Slack tells it with channel_left or group_left."""
        with self.world.changed:
            channel.has_bot = False
            kind = "group_left" if channel.kind == PRIVATE else "channel_left"
            self.emit({"type": kind, "channel": channel.id, "actor_id": "U0OWNER"})

    def delete_message(self, message: Message) -> None:
        """Delete it as an admin would."""
        with self.world.changed:
            writing.delete(message)

    def revoke_tokens(self, *, word: str = "token_revoked", tell: bool = True) -> None:
        """Make the bot's token worthless; ``word`` is what it is told (token_revoked, account_inactive)."""
        with self.world.changed:
            self.world.revoked[self.bot_token] = word
            if tell:
                self.emit({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.world.bot.id]}})

    def restore_tokens(self) -> None:
        with self.world.changed:
            self.world.revoked.clear()

    def uninstall(self) -> None:
        """Remove the app from the workspace."""
        with self.world.changed:
            for token in self.world.tokens:
                self.world.revoked[token] = "account_inactive"
            self.emit({"type": "app_uninstalled"})
