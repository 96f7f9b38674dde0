"""What exists on the double: people, guilds, roles, channels, messages; never speaks on the wire.

Every read and write from more than one thread happens with ``World.changed`` held; it is notified at each change.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from tests.doubles.discord.clock import Clock, Snowflakes
from tests.doubles.discord.errors import Json
from tests.doubles.discord.permissions import EVERYTHING, Overwrite, Permission, add_up
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from tests.doubles.discord.interactions import Interaction

TEXT, DM, CATEGORY, PUBLIC_THREAD, FORUM = 0, 1, 4, 11, 15
EPHEMERAL, HAS_THREAD, LOADING = 1 << 6, 1 << 5, 1 << 7


@dataclass(eq=False)
class User:
    """Somebody; ``Person`` in ``people`` adds what somebody does."""

    id: int
    name: str
    is_bot: bool = False


@dataclass(eq=False)
class Role:
    id: int
    name: str
    permissions: int = 0
    position: int = 1
    mentionable: bool = False


@dataclass(eq=False)
class Member:
    user: User
    joined_at: datetime
    roles: list[Role] = field(default_factory=list)


@dataclass(eq=False)
class Guild:
    """A server. ``everyone`` is the role that shares the guild's identifier."""

    id: int
    name: str
    owner: User
    everyone: Role
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    has_bot: bool = True
    is_available: bool = True

    def threads(self) -> list[Channel]:
        return [channel for channel in self.channels.values() if channel.type == PUBLIC_THREAD]


@dataclass(eq=False)
class Attachment:
    id: int
    filename: str
    content_type: str
    data: bytes = field(repr=False)
    url: str
    description: str | None = None


@dataclass(eq=False)
class Message:
    """A message; ``body`` holds what its author wrote (content, embeds, components), checked."""

    id: int
    channel: Channel = field(repr=False)
    author: User
    created_at: datetime
    body: Json
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    type: int = 0
    nonce: str | int | None = None
    edited_at: datetime | None = None
    n_edits: int = 0
    interaction: Interaction | None = field(default=None, repr=False)
    thread: Channel | None = field(default=None, repr=False)
    pinged_users: list[User] = field(default_factory=list)
    pinged_roles: list[Role] = field(default_factory=list)
    pings_everyone: bool = False
    is_deleted: bool = False

    @property
    def content(self) -> str:
        return self.body.get("content") or ""

    @property
    def embeds(self) -> list[Json]:
        return self.body.get("embeds") or []

    @property
    def components(self) -> list[Json]:
        return self.body.get("components") or []

    @property
    def reference(self) -> Json | None:
        return self.body.get("message_reference")

    @property
    def is_ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def text(self) -> str:
        """Everything readable in it, one piece a line, for assertions."""
        pieces: list[str | None] = [self.content]
        for embed in self.embeds:
            pieces += [embed.get("author", {}).get("name"), embed.get("title"), embed.get("description")]
            for entry in embed.get("fields", []):
                pieces += [entry["name"], entry["value"]]
            pieces.append(embed.get("footer", {}).get("text"))
        pieces += [part.get("content") for part in iter_components(self.components) if part["type"] == TEXT_DISPLAY]
        return "\n".join(piece for piece in pieces if piece)


TEXT_DISPLAY = 10


def iter_components(components: list[Json]) -> list[Json]:
    """Return the components and everything inside them, outer first."""
    found: list[Json] = []
    for component in components:
        found.append(component)
        inner = list(component.get("components") or [])
        inner += [component[key] for key in ("accessory", "component") if isinstance(component.get(key), dict)]
        found += iter_components(inner)
    return found


@dataclass(eq=False)
class Channel:
    """A text channel, forum, thread or direct conversation. Waits are for tests and block."""

    id: int
    type: int
    name: str
    world: World = field(repr=False)
    guild: Guild | None = field(default=None, repr=False)
    parent: Channel | None = field(default=None, repr=False)
    topic: str | None = None
    position: int = 0
    flags: int = 0
    overwrites: dict[int, Overwrite] = field(default_factory=dict, repr=False)
    messages: dict[int, Message] = field(default_factory=dict, repr=False)
    available_tags: list[Json] = field(default_factory=list)
    applied_tags: list[int] = field(default_factory=list)
    owner_id: int = 0
    is_archived: bool = False
    is_locked: bool = False
    auto_archive_duration: int = 1440
    recipient: User | None = None

    @property
    def is_thread(self) -> bool:
        return self.type == PUBLIC_THREAD

    @property
    def threads(self) -> list[Channel]:
        """The threads or forum posts under this channel, oldest first."""
        with self.world.changed:
            return [thread for thread in self.guild.threads() if thread.parent is self] if self.guild else []

    @property
    def tag_names(self) -> list[str]:
        names = {int(tag["id"]): str(tag["name"]) for tag in (self.parent.available_tags if self.parent else [])}
        return [names[tag] for tag in self.applied_tags]

    def list_messages(self, *, by_bot: bool = True) -> list[Message]:
        """Return what is there to be seen, oldest first; only the bot's own unless told otherwise."""
        with self.world.changed:
            hidden = EPHEMERAL | LOADING
            seen = [message for message in self.messages.values() if not message.flags & hidden]
        return [message for message in seen if message.author.is_bot or not by_bot]

    def wait_for_messages(self, n: int, *, timeout: float = PATIENCE_S) -> list[Message]:
        """Wait until the bot has written ``n`` messages here; return all of them, oldest first."""
        self.world.wait_for(
            lambda: len(self.list_messages()) >= n,
            timeout,
            lambda: f"{n} messages in #{self.name}, there are {[message.text for message in self.list_messages()]}",
        )
        return self.list_messages()

    def wait_for_threads(self, n: int, *, timeout: float = PATIENCE_S) -> list[Channel]:
        self.world.wait_for(lambda: len(self.threads) >= n, timeout, lambda: f"{n} threads, got {self.threads}")
        return self.threads


class Emit(Protocol):
    """How an event reaches the sessions; ``hidden`` is what a session without message content is shown."""

    def __call__(
        self, event: str, data: Json, guild: Guild | None, intent: int, hidden: Json | None = None
    ) -> None: ...


def _emit_nothing(event: str, data: Json, guild: Guild | None, intent: int, hidden: Json | None = None) -> None:
    del event, data, guild, intent, hidden


class World:
    """All of it, with the condition that guards it."""

    def __init__(self) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.clock = Clock()
        self.snowflakes = Snowflakes(self.clock)
        self.bot = User(self.snowflakes.take(), "wirewatch", is_bot=True)
        self.owner = User(self.snowflakes.take(), "owner")
        self.application_id = self.bot.id
        self.token = "double.token.of-no-worth"  # noqa: S105 - opens nothing but this double
        self.users: dict[int, User] = {self.bot.id: self.bot, self.owner.id: self.owner}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.gone_channels: set[int] = set()
        self.global_commands: list[Json] = []
        self.guild_commands: dict[int, list[Json]] = {}
        self.interactions: dict[int, Interaction] = {}
        self.nonces: dict[tuple[int, str], Message] = {}
        self.emit: Emit = _emit_nothing
        self.cdn_url = ""
        self.granted_intents = EVERYTHING
        self.interaction_deadline_s = 3.0

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

    def permissions_of(self, user: User, channel: Channel) -> int:
        """Return what somebody may do in a channel; nothing for who is not in the guild."""
        if channel.guild is None:
            return EVERYTHING
        member = channel.guild.members.get(user.id)
        if member is None:
            return 0
        rules = (channel.parent or channel).overwrites if channel.is_thread else channel.overwrites
        roles = [role.id for role in member.roles]
        return add_up(self.base_permissions(channel.guild, member), roles, user.id, channel.guild.id, rules)

    def base_permissions(self, guild: Guild, member: Member) -> int:
        if member.user is guild.owner:
            return EVERYTHING
        base = guild.everyone.permissions
        for role in member.roles:
            base |= role.permissions
        return EVERYTHING if base & Permission.ADMINISTRATOR else base

    def bot_can(self, channel: Channel, wanted: int) -> bool:
        return self.permissions_of(self.bot, channel) & wanted == wanted
