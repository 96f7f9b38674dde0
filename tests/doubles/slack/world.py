"""What exists on the double: a workspace, its people, channels, messages, files, views; never speaks on the wire.

Every read and write from more than one thread happens with ``World.changed`` held; it is notified at each change.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from tests.doubles.discord.clock import Clock
from tests.doubles.slack.errors import Json
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from tests.doubles.slack.actions import Action

PUBLIC, PRIVATE, DIRECT = "public", "private", "im"
BOT_TOKEN = "xoxb-1-double-of-no-worth"  # noqa: S105 - opens nothing but this double
APP_TOKEN = "xapp-1-A0DOUBLE-1-of-no-worth"  # noqa: S105 - the same


@dataclass(eq=False)
class User:
    """Somebody; ``Person`` in ``people`` adds what somebody does."""

    id: str
    name: str
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_deleted: bool = False
    tz: str = "Europe/Amsterdam"
    tz_offset: int = 3600


@dataclass(eq=False)
class File:
    """An uploaded file; it is readable once the upload was completed."""

    id: str
    name: str
    length: int
    alt_txt: str | None = None
    data: bytes | None = field(default=None, repr=False)
    title: str = ""
    ticket: str = ""
    is_complete: bool = False


@dataclass(eq=False)
class Message:
    """A message; ``body`` is what its author wrote (text, blocks, metadata, unfurl_links, ...), checked."""

    ts: str
    channel: Channel = field(repr=False)
    author: User
    body: Json
    thread_ts: str | None = None
    is_broadcast: bool = False
    ephemeral_for: User | None = None
    files: list[File] = field(default_factory=list)
    edited_ts: str | None = None
    n_edits: int = 0
    is_deleted: bool = False
    n_looks_late: int = 0

    @property
    def is_ephemeral(self) -> bool:
        return self.ephemeral_for is not None

    @property
    def is_reply(self) -> bool:
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def blocks(self) -> list[Json]:
        return self.body.get("blocks") or []

    @property
    def metadata(self) -> Json | None:
        return self.body.get("metadata")

    @property
    def text(self) -> str:
        """Everything readable in it, one piece a line, for assertions; the fall-back text first."""
        return "\n".join(piece for piece in [self.body.get("text") or "", *iter_texts(self.blocks)] if piece)

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons, in order."""
        return [it["text"]["text"] for it in iter_elements(self.blocks) if it.get("type") == "button"]

    @property
    def replies(self) -> list[Message]:
        """What stands in the thread under it, oldest first."""
        with self.channel.world.changed:
            return [it for it in self.channel.messages.values() if it.is_reply and it.thread_ts == self.ts]

    def wait_for_replies(self, n: int, *, timeout: float = PATIENCE_S) -> list[Message]:
        """Wait until ``n`` messages stand in its thread; return all of them, oldest first."""
        self.channel.world.wait_for(
            lambda: len(self.replies) >= n, timeout, lambda: f"{n} replies, got {[it.text for it in self.replies]}"
        )
        return self.replies

    def wait_for_edits(self, n: int, *, timeout: float = PATIENCE_S) -> None:
        self.channel.world.wait_for(lambda: self.n_edits >= n, timeout, lambda: f"{n} edits, got {self.n_edits}")


def iter_elements(value: Any) -> Iterator[Json]:  # noqa: ANN401 - any piece of a block tree
    """Yield every object inside blocks, outer first."""
    if isinstance(value, list):
        for it in value:
            yield from iter_elements(it)
    elif isinstance(value, dict):
        yield value
        for it in value.values():
            yield from iter_elements(it)


def iter_texts(blocks: list[Json]) -> Iterator[str]:
    """Yield what a reader sees of blocks, in order (labels of buttons and alt texts of images too)."""
    for it in iter_elements(blocks):
        if isinstance(it.get("text"), str):
            yield it["text"]
        if isinstance(it.get("alt_text"), str):
            yield it["alt_text"]


@dataclass(eq=False)
class View:
    """A form or an App Home."""

    id: str
    user: User
    body: Json
    hash: str
    action: Action | None = field(default=None, repr=False)
    n_versions: int = 1
    is_closed: bool = False
    errors: Json = field(default_factory=dict)

    @property
    def title(self) -> str:
        return str(self.body.get("title", {}).get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        return self.body.get("blocks") or []

    @property
    def text(self) -> str:
        return "\n".join(iter_texts(self.blocks))


@dataclass(eq=False)
class Channel:
    """A channel or direct conversation. Waits are for tests and block."""

    id: str
    name: str
    kind: str
    world: World = field(repr=False)
    has_bot: bool = True
    is_archived: bool = False
    is_deleted: bool = False
    recipient: User | None = None
    creator: User | None = None
    messages: dict[str, Message] = field(default_factory=dict, repr=False)
    ephemerals: dict[str, Message] = field(default_factory=dict, repr=False)

    def list_messages(self, *, by_bot: bool = True) -> list[Message]:
        """Return what stands in the channel itself (broadcast replies too), oldest first; the bot's only by default."""
        with self.world.changed:
            seen = [it for it in self.messages.values() if not it.is_reply or it.is_broadcast]
        return [it for it in seen if it.author.is_bot or not by_bot]

    def wait_for_messages(self, n: int, *, timeout: float = PATIENCE_S) -> list[Message]:
        """Wait until the bot has written ``n`` messages here; return all of them, oldest first."""
        self.world.wait_for(
            lambda: len(self.list_messages()) >= n,
            timeout,
            lambda: f"{n} messages in #{self.name}, there are {[it.text for it in self.list_messages()]}",
        )
        return self.list_messages()


class Deliver(Protocol):
    """How something reaches the app; the action is told when it was acknowledged."""

    def __call__(self, kind: str, payload: Json, action: Action | None = None) -> None: ...


class World:
    """All of it, with the condition that guards it."""

    def __init__(self) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.clock = Clock()
        self.team_id, self.team_name, self.app_id = "T0DOUBLE", "newsroom", "A0DOUBLE"
        self._numbers = itertools.count(1)
        self._last_ts = 0
        self.bot = User("U0WIREWATCH", "wirewatch", is_bot=True)
        self.bot_id = "B0WIREWATCH"
        self.users: dict[str, User] = {self.bot.id: self.bot}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.views: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self.actions: list[Action] = []
        self.answering: Action | None = None  # whose response URL or acknowledgement is being written from
        self.tokens: dict[str, str] = {BOT_TOKEN: "bot", APP_TOKEN: "app"}
        self.revoked: dict[str, str] = {}
        self.scopes: set[str] | None = None
        self.n_looks_late = 0  # how many looks at a channel miss a file that was just shared
        self.base_url = ""
        self.socket_url = ""
        self.trigger_lasts = timedelta(seconds=3)
        self.deliver: Deliver = lambda kind, payload, action=None: None  # noqa: ARG005 - until the socket is there
        self.issue_ticket: Callable[[], str] = str

    def now(self) -> datetime:
        return self.clock.now()

    def take_id(self, prefix: str) -> str:
        return f"{prefix}0{next(self._numbers):08X}"

    def take_ts(self) -> str:
        """Return a message time that nothing else has: seconds and six digits, as Slack names messages."""
        micros = int(self.now().timestamp() * 1_000_000)
        self._last_ts = max(micros, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def find_ephemeral(self, ts: str) -> Message | None:
        return next((it.ephemerals[ts] for it in self.channels.values() if ts in it.ephemerals), None)

    def direct_channel(self, user: User) -> Channel:
        """Return the conversation between the bot and somebody, made at need."""
        known = next((it for it in self.channels.values() if it.recipient is user), None)
        channel = known or Channel(self.take_id("D"), "", DIRECT, self, recipient=user)
        self.channels[channel.id] = channel
        return channel

    def notify(self) -> None:
        with self.changed:
            self.changed.notify_all()

    def wait_for(
        self, predicate: Callable[[], object], timeout: float = PATIENCE_S, wanted: Callable[[], str] | None = None
    ) -> None:
        """Wait until the predicate holds; it is looked at after each change and 20 times a second besides."""
        deadline = time.monotonic() + timeout
        with self.changed:
            while not predicate():
                left_s = deadline - time.monotonic()
                if left_s <= 0:
                    raise AssertionError(f"gave up after {timeout} s waiting for {wanted() if wanted else predicate}")
                self.changed.wait(min(0.05, left_s))
