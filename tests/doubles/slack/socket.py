"""Socket Mode: tickets, links, envelopes out and acknowledgements in, and what can go wrong with them."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import WSMsgType, web

from tests.doubles.slack.actions import Action
from tests.doubles.slack.errors import Json
from tests.doubles.slack.world import World

TICKET_LASTS = timedelta(seconds=30)
MOST_LINKS, MOST_RETRIES = 10, 3
WITH_PAYLOAD = {"slash_commands", "interactive"}


@dataclass(eq=False)
class Envelope:
    """Something for the app; ``acks`` are the payloads that came back (None: bare)."""

    id: str
    kind: str
    payload: Json = field(repr=False)
    action: Action | None = field(default=None, repr=False)
    attempt: int = 0
    first_at: datetime | None = None
    sent_at: float | None = None
    sent_on: Link | None = field(default=None, repr=False)
    acks: list[Json | None] = field(default_factory=list)
    acked_after_s: float | None = None
    is_given_up: bool = False

    def text(self) -> str:
        data: Json = {"envelope_id": self.id, "type": self.kind, "payload": self.payload}
        data["accepts_response_payload"] = self.kind in WITH_PAYLOAD
        if self.kind == "events_api":
            data |= {"retry_attempt": self.attempt, "retry_reason": "timeout" if self.attempt else ""}
        return json.dumps(data)


@dataclass(eq=False)
class Link:
    """One web socket of the app."""

    number: int
    socket: web.WebSocketResponse = field(repr=False)
    request: web.Request = field(repr=False)
    is_silent: bool = False
    is_retiring: bool = False
    n_pings: int = 0
    n_pongs: int = 0
    sent: list[Envelope] = field(default_factory=list, repr=False)

    @property
    def is_open(self) -> bool:
        return not self.socket.closed


class Socket:
    """All links and envelopes. Only ``deliver`` and the faults are called from the test's thread."""

    def __init__(self, world: World, *, ack_deadline_s: float) -> None:
        self._world = world
        self._deadline = timedelta(seconds=ack_deadline_s)
        self._tickets: dict[str, datetime] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wake = asyncio.Event()
        self._turn = 0
        self.envelopes: list[Envelope] = []
        self.links: list[Link] = []
        self.n_links_ever = 0
        self.n_dead_tickets = 0
        self.n_refused = 0
        world.deliver = self.deliver
        world.issue_ticket = self._issue

    def _issue(self) -> str:
        ticket = secrets.token_hex(12)
        if self.n_dead_tickets > 0:
            self.n_dead_tickets -= 1
        else:
            self._tickets[ticket] = self._world.now() + TICKET_LASTS
        return ticket

    def expire_tickets(self) -> None:
        with self._world.changed:
            self._tickets.clear()

    def deliver(self, kind: str, payload: Json, action: Action | None = None) -> None:
        """Put something on its way; it waits for a link if there is none."""
        with self._world.changed:
            envelope = Envelope(secrets.token_hex(16), kind, payload, action, first_at=self._world.now())
            self.envelopes.append(envelope)
        self.wake()

    def repeat(self, envelope: Envelope) -> None:
        """Send the very same envelope once more."""
        with self._world.changed:
            envelope.sent_at = None
        self.wake()

    def wake(self) -> None:
        if self._loop:
            self._loop.call_soon_threadsafe(self._wake.set)

    # The web socket.

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Take a link in if its ticket is good; each works once."""
        with self._world.changed:
            until = self._tickets.pop(request.query.get("ticket", ""), None)
            if until is None or until < self._world.now():
                self.n_refused += 1
                self._world.changed.notify_all()
                return web.Response(status=408, text="Request Timeout")
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        with self._world.changed:
            self.n_links_ever += 1
            link = Link(self.n_links_ever, socket, request)
            self.links.append(link)
            n_open = len(self.links)
        if n_open > MOST_LINKS:
            await socket.send_str(_disconnect("too_many_websockets"))
            await socket.close()
        else:
            await socket.send_str(self._hello(n_open))
            self._wake.set()
            self._world.notify()
            with contextlib.suppress(ConnectionError):
                await self._listen(link)
        with self._world.changed:
            self.links.remove(link)
            self._world.changed.notify_all()
        return socket

    def _hello(self, n_open: int) -> str:
        debug = {"host": "applink-1", "build_number": 1, "approximate_connection_time": 18_060}
        info = {"app_id": self._world.app_id}
        return json.dumps({"type": "hello", "num_connections": n_open, "connection_info": info, "debug_info": debug})

    async def _listen(self, link: Link) -> None:
        async for message in link.socket:
            if link.is_silent:
                continue
            if message.type is WSMsgType.PING:
                with self._world.changed:
                    link.n_pings += 1
                await link.socket.pong(message.data)
            elif message.type is WSMsgType.PONG:
                with self._world.changed:
                    link.n_pongs += 1
            elif message.type is WSMsgType.TEXT:
                self._take_ack(json.loads(message.data))
            self._world.notify()

    def _take_ack(self, data: Json) -> None:
        with self._world.changed:
            envelope = next((it for it in self.envelopes if it.id == data.get("envelope_id")), None)
            if envelope is None:
                return
            envelope.acks.append(data.get("payload"))
            if envelope.acked_after_s is None and envelope.sent_at is not None:
                envelope.acked_after_s = time.monotonic() - envelope.sent_at
            if envelope.action and not envelope.action.failure:
                envelope.action.note_ack(data.get("payload"))

    # What goes out.

    async def pump(self) -> None:
        """Send what waits and look at deadlines, for ever."""
        self._loop = asyncio.get_running_loop()
        while True:
            for envelope in self._waiting():
                link = self._choose()
                if link is None:
                    break
                await self._send(envelope, link)
            self._look_at_deadlines()
            await self._close_retired()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), 0.05)
            self._wake.clear()

    def _waiting(self) -> list[Envelope]:
        with self._world.changed:
            return [it for it in self.envelopes if it.sent_at is None and not it.is_given_up]

    def _choose(self) -> Link | None:
        """Return the next link in turn, as Slack spreads envelopes over all of them."""
        with self._world.changed:
            fit = [it for it in self.links if it.is_open and not it.is_retiring]
            self._turn += 1
            return fit[self._turn % len(fit)] if fit else None

    async def _send(self, envelope: Envelope, link: Link) -> None:
        with self._world.changed:
            envelope.sent_at, envelope.sent_on = time.monotonic(), link
            link.sent.append(envelope)
            self._world.changed.notify_all()
        if not link.is_silent:
            try:
                await link.socket.send_str(envelope.text())
            except ConnectionError:  # the link closed just now: another one gets it
                with self._world.changed:
                    envelope.sent_at = None

    def _look_at_deadlines(self) -> None:
        now = self._world.now()
        with self._world.changed:
            for it in list(self.envelopes):
                if it.acks or it.is_given_up or it.first_at is None or now - it.first_at < self._deadline:
                    continue
                if it.kind == "events_api":
                    if it.sent_at is not None:
                        self._try_again(it)
                    continue
                it.is_given_up = True
                if it.action:
                    it.action.failure = "operation_timeout" if it.sent_at is not None else "dispatch_failed"
                self._world.changed.notify_all()

    def _try_again(self, envelope: Envelope) -> None:
        """Send an event once more: the same event, so the same event_id, in an envelope of its own."""
        envelope.is_given_up = True
        if envelope.attempt < MOST_RETRIES:
            again = Envelope(secrets.token_hex(16), envelope.kind, envelope.payload, envelope.action)
            again.attempt, again.first_at = envelope.attempt + 1, self._world.now()
            self.envelopes.append(again)
            self._wake.set()

    async def _close_retired(self) -> None:
        with self._world.changed:
            gone = [it for it in self.links if it.is_retiring and it.is_open]
            if len(gone) == len(self.links):
                return
        for link in gone:
            await link.socket.close()

    # Faults, on the loop.

    async def disconnect(self, reason: str) -> None:
        """Tell all links to go; they get nothing new from now on, and are closed once another one is there."""
        for link in list(self.links):
            if reason != "warning":
                link.is_retiring = True
            with contextlib.suppress(ConnectionError):
                await link.socket.send_str(_disconnect(reason))

    async def ping(self) -> None:
        for link in list(self.links):
            await link.socket.ping(b"Ping from applink-1")

    async def cut(self) -> None:
        for link in list(self.links):
            if link.request.transport:
                link.request.transport.abort()

    async def send_raw(self, text: str) -> None:
        for link in list(self.links):
            await link.socket.send_str(text)

    async def close(self) -> None:
        for link in list(self.links):
            with contextlib.suppress(ConnectionError):
                await asyncio.wait_for(link.socket.close(), 0.2)


def _disconnect(reason: str) -> str:
    return json.dumps({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-1"}})
