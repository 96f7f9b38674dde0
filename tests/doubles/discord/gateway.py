"""The gateway: sessions that outlive their web sockets, and what a test may do to them."""

from __future__ import annotations

import asyncio
import json
import secrets
import zlib
from dataclasses import dataclass, field

from aiohttp import WSCloseCode, WSMsgType, web

from tests.doubles.discord.errors import Json
from tests.doubles.discord.payloads import guild_event_json, member_json, user_json
from tests.doubles.discord.world import Guild, World
from tests.patience import PATIENCE_S

GUILDS, GUILD_MEMBERS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1, 1 << 1, 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = GUILD_MEMBERS | 1 << 8 | MESSAGE_CONTENT
DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, MEMBERS, INVALID_SESSION, HELLO, ACK = 0, 1, 2, 6, 7, 8, 9, 10, 11


class Link:
    """One web socket; only its own task writes to it."""

    def __init__(self, socket: web.WebSocketResponse, *, is_compressed: bool) -> None:
        self.socket = socket
        self._loop = asyncio.get_running_loop()
        self._queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._zlib = zlib.compressobj() if is_compressed else None
        self._close_code: int = WSCloseCode.GOING_AWAY
        self._is_closing = False

    def send(self, op: int, data: object, *, seq: int | None = None, event: str | None = None) -> None:
        """Queue a payload, from any thread."""
        self._loop.call_soon_threadsafe(self._queue.put_nowait, {"op": op, "d": data, "s": seq, "t": event})

    def close(self, code: int) -> None:
        """Close after what is queued, from any thread."""
        self._close_code = code
        self._is_closing = True
        self._loop.call_soon_threadsafe(self._queue.put_nowait, None)

    def abort(self) -> None:
        """Pull the plug, from any thread."""
        request = self.socket._req
        if request and request.transport:
            self._loop.call_soon_threadsafe(request.transport.abort)

    async def finish(self, writer: asyncio.Task[None]) -> None:
        """End the writing; a close that we began is let finish, or the client would take its code for a broken line."""
        if self._is_closing:
            await asyncio.wait([writer], timeout=2)
        writer.cancel()

    async def write(self) -> None:
        while (payload := await self._queue.get()) is not None:
            text = json.dumps(payload)
            if self._zlib:
                await self.socket.send_bytes(self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH))
            else:
                await self.socket.send_str(text)
        await self.socket.close(code=self._close_code)


@dataclass(eq=False)
class Session:
    """What IDENTIFY opened: its events are kept, so that RESUME gets those that were missed."""

    id: str
    shard: int
    n_shards: int
    intents: int
    link: Link | None = None
    history: list[tuple[str, Json]] = field(default_factory=list)
    is_valid: bool = True

    def dispatch(self, event: str, data: Json) -> None:
        self.history.append((event, data))
        if self.link:
            self.link.send(DISPATCH, data, seq=len(self.history), event=event)

    def replay(self, after: int) -> None:
        assert self.link
        for number, (event, data) in enumerate(self.history[after:], start=after + 1):
            self.link.send(DISPATCH, data, seq=number, event=event)

    def sees(self, guild: Guild | None) -> bool:
        return self.shard == ((guild.id >> 22) % self.n_shards if guild else 0)


class Gateway:
    """All sessions and sockets; the methods without ``_`` are for tests and safe from any thread."""

    def __init__(self, world: World, *, heartbeat_s: float, n_shards: int) -> None:
        self._world = world
        self.heartbeat_s = heartbeat_s
        self.n_shards = n_shards
        self.sessions: list[Session] = []
        self.links: set[Link] = set()
        self.url = ""
        self.is_silent = False
        self.n_refusals = 0
        self.n_connections = self.n_identifies = self.n_resumes = self.n_heartbeats = 0
        self.close_codes: list[int | None] = []
        self.paths: list[str] = []
        world.emit = self.emit

    def live(self) -> list[Session]:
        with self._world.changed:
            return [session for session in self.sessions if session.link and session.is_valid]

    def wait_until_ready(self, *, timeout: float = PATIENCE_S) -> None:
        """Wait until every shard has a live session."""
        self._world.wait_for(lambda: len(self.live()) >= self.n_shards, timeout, lambda: "a live gateway session")

    def emit(self, event: str, data: Json, guild: Guild | None, intent: int, hidden: Json | None = None) -> None:
        """Dispatch an event to the sessions that may see it."""
        with self._world.changed:
            if guild and not (guild.has_bot and guild.is_available):
                return
            for session in self.sessions:
                if session.is_valid and session.sees(guild) and (not intent or session.intents & intent):
                    keeps_from = hidden is not None and not session.intents & MESSAGE_CONTENT
                    session.dispatch(event, hidden if keeps_from and hidden else data)
            self._world.changed.notify_all()

    def dispatch(self, event: str, data: Json) -> None:
        """Send anything at all to every session, such as a payload that breaks a parser."""
        with self._world.changed:
            for session in self.sessions:
                session.dispatch(event, data)

    def cut(self, code: int | None = None) -> None:
        """Close every socket with this code; None pulls the plug without a word. Sessions stay."""
        with self._world.changed:
            for session in self.sessions:
                session.link = None
            for link in self.links:
                if code is None:
                    link.abort()
                else:
                    link.close(code)

    def swallow_heartbeats(self, *, is_silent: bool = True) -> None:
        """Say nothing more on sockets that exist now: no ACK and no event. New connections are served again."""
        with self._world.changed:
            for session in self.live():
                session.link = None
            self.is_silent = is_silent

    def invalidate(self, *, resumable: bool = False) -> None:
        """Op 9. Unless resumable, the sessions are forgotten."""
        with self._world.changed:
            for session in self.live():
                assert session.link
                session.is_valid = resumable
                session.link.send(INVALID_SESSION, resumable)
                session.link = None

    def forget_sessions(self) -> None:
        """Make every later RESUME fail, as after a long cut."""
        with self._world.changed:
            for session in self.sessions:
                session.is_valid = False

    def ask_to_reconnect(self) -> None:
        """Op 7."""
        with self._world.changed:
            for session in self.live():
                assert session.link
                session.link.send(RECONNECT, None)
                session.link = None

    def refuse(self, times: int) -> None:
        """Answer the next connection attempts with 503."""
        with self._world.changed:
            self.n_refusals = times

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve one web socket."""
        with self._world.changed:
            self.n_connections += 1
            self.paths.append(request.path)
            self.is_silent = False
            self._world.changed.notify_all()
            if self.n_refusals:
                self.n_refusals -= 1
                return web.Response(status=503, text="upstream connect error")
        if request.query.get("compress") not in {None, "zlib-stream"}:
            return web.Response(status=400, text="this double speaks zlib-stream or plain JSON")
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        link = Link(socket, is_compressed="compress" in request.query)
        link.send(HELLO, {"heartbeat_interval": int(self.heartbeat_s * 1000)})
        writer = asyncio.create_task(link.write())
        self.links.add(link)
        try:
            await self._read(link)
        finally:
            self._forget(link)
            await link.finish(writer)
        return socket

    async def _read(self, link: Link) -> None:
        async for message in link.socket:
            if message.type is WSMsgType.TEXT:
                payload = json.loads(message.data)
                with self._world.changed:
                    self._take(link, int(payload["op"]), payload.get("d"))
                    self._world.changed.notify_all()

    def _forget(self, link: Link) -> None:
        with self._world.changed:
            self.links.discard(link)
            self.close_codes.append(link.socket.close_code)
            for session in self.sessions:
                if session.link is link:
                    session.link = None
            self._world.changed.notify_all()

    def _take(self, link: Link, op: int, data: Json) -> None:
        if op == HEARTBEAT:
            self.n_heartbeats += 1
            if not self.is_silent:
                link.send(ACK, None)
        elif op == IDENTIFY:
            self.n_identifies += 1
            self._identify(link, data)
        elif op == RESUME:
            self.n_resumes += 1
            self._resume(link, data)
        elif op == MEMBERS:
            self._send_members(data)
        elif op not in {3, 4}:
            link.close(4001)

    def _identify(self, link: Link, data: Json) -> None:
        if data["token"] != self._world.token:
            link.close(4004)
            return
        intents = int(data.get("intents", 0))
        if intents & PRIVILEGED & ~self._world.granted_intents:
            link.close(4014)
            return
        shard, n_shards = data.get("shard") or (0, 1)
        session = Session(secrets.token_hex(16), shard, n_shards, intents, link)
        self.sessions.append(session)
        guilds = [it for it in self._world.guilds.values() if it.has_bot and session.sees(it)]
        session.dispatch("READY", self._ready(session, guilds))
        for guild in guilds:
            if guild.is_available:
                session.dispatch("GUILD_CREATE", guild_event_json(guild, self._world.bot) | {"unavailable": False})

    def _ready(self, session: Session, guilds: list[Guild]) -> Json:
        return {
            "v": 10,
            "user": user_json(self._world.bot),
            "session_id": session.id,
            "resume_gateway_url": self.url.replace("/gateway", "/resume"),
            "shard": [session.shard, session.n_shards],
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "application": {"id": str(self._world.application_id), "flags": 0},
            "private_channels": [],
        }

    def _resume(self, link: Link, data: Json) -> None:
        session = next((it for it in self.sessions if it.id == data["session_id"] and it.is_valid), None)
        if session is None or data["token"] != self._world.token:
            link.send(INVALID_SESSION, False)  # noqa: FBT003 - the payload of op 9
            return
        session.link = link
        session.replay(int(data["seq"] or 0))
        session.dispatch("RESUMED", {"_trace": []})

    def _send_members(self, data: Json) -> None:
        guild = self._world.guilds[int(data["guild_id"])]
        wanted = {int(it) for it in data.get("user_ids") or []}
        members = [member for key, member in guild.members.items() if not wanted or key in wanted]
        chunk: Json = {"guild_id": str(guild.id), "members": [member_json(member) for member in members]}
        chunk |= {"chunk_index": 0, "chunk_count": 1, "not_found": [], "nonce": data.get("nonce")}
        for session in self.sessions:
            if session.is_valid and session.sees(guild):
                session.dispatch("GUILD_MEMBERS_CHUNK", chunk)
