"""One interaction from the click to the last edit: what was asked, what the bot answered, what is to be seen."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.doubles.discord import writing
from tests.doubles.discord.errors import ApiError, Json, unknown
from tests.doubles.discord.limits import check_choices, check_message, check_modal
from tests.doubles.discord.payloads import channel_json, member_json, message_json, user_json
from tests.doubles.discord.routing import File
from tests.doubles.discord.world import EPHEMERAL, LOADING, Channel, Message, User, World, iter_components
from tests.patience import PATIENCE_S

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
TOKEN_LASTS = timedelta(minutes=15)
ANSWERS_TO = {
    COMMAND: {MESSAGE, DEFER, MODAL},
    COMPONENT: {MESSAGE, DEFER, DEFER_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
    MODAL_SUBMIT: {MESSAGE, DEFER, DEFER_UPDATE, UPDATE},
}


@dataclass(frozen=True)
class Modal:
    """A form that the bot showed."""

    interaction: Interaction
    data: Json

    @property
    def title(self) -> str:
        return str(self.data["title"])

    @property
    def inputs(self) -> list[Json]:
        """The fields to fill in, each with the words beside it as ``label``."""
        found = []
        for outer in self.data["components"]:
            for inner in iter_components([outer]):
                label = outer.get("label") or inner.get("label")
                found += [{**inner, "label": label}] if "custom_id" in inner else []
        return found


@dataclass(eq=False)
class Interaction:
    """What a test holds on to. ``answer`` is what the user sees; times are seconds after the click."""

    id: int
    kind: int
    user: User
    channel: Channel
    data: Json = field(repr=False)
    source: Message | None = None
    token: str = field(default_factory=lambda: secrets.token_hex(20), repr=False)
    created_at: datetime = field(init=False)
    response_type: int = 0
    responded_after_s: float | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    n_edits: int = 0
    modal: Modal | None = None
    choices: list[Json] | None = None
    refusals: list[ApiError] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.created_at = self.world.clock.now()

    @property
    def world(self) -> World:
        return self.channel.world

    @property
    def is_deferred(self) -> bool:
        return self.response_type in {DEFER, DEFER_UPDATE}

    @property
    def deferred_after_s(self) -> float | None:
        return self.responded_after_s if self.is_deferred else None

    @property
    def ephemeral(self) -> bool:
        """Whether only the user sees the answer."""
        answer = self.answer or self.original
        return bool(answer and answer.is_ephemeral)

    @property
    def answer(self) -> Message | None:
        """The answer once there is something to read: a message, a changed message, or else the first follow-up."""
        if self.response_type in {MESSAGE, UPDATE}:
            return self.original
        if self.response_type == DEFER and self.original and not self.original.flags & LOADING:
            return self.original
        if self.response_type == DEFER_UPDATE and self.n_edits:
            return self.original
        return self.followups[0] if self.followups else None

    def wait_for_answer(self, timeout: float = PATIENCE_S) -> Message:
        """Wait until the user has something to read."""
        self._wait(lambda: self.answer, "an answer", timeout)
        assert self.answer
        return self.answer

    def wait_for_response(self, timeout: float = PATIENCE_S) -> int:
        """Wait for the first reaction, such as a deferral; return its type."""
        self._wait(lambda: self.response_type, "a response", timeout)
        return self.response_type

    def wait_for_modal(self, timeout: float = PATIENCE_S) -> Modal:
        self._wait(lambda: self.modal, "a form", timeout)
        assert self.modal
        return self.modal

    def wait_for_choices(self, timeout: float = PATIENCE_S) -> list[Json]:
        """Wait for suggestions; return them with name and value."""
        self._wait(lambda: self.choices is not None, "suggestions", timeout)
        return self.choices or []

    def wait_for_followups(self, n: int = 1, timeout: float = PATIENCE_S) -> list[Message]:
        self._wait(lambda: len(self.followups) >= n, f"{n} follow-ups", timeout)
        return self.followups

    def _wait(self, predicate: Callable[[], object], wanted: str, timeout: float) -> None:
        self.world.wait_for(
            predicate, timeout, lambda: f"{wanted} to {self}; the bot was refused {[str(it) for it in self.refusals]}"
        )


def open_interaction(interaction: Interaction) -> Interaction:
    """Tell the bot about it."""
    world = interaction.world
    with world.changed:
        world.interactions[interaction.id] = interaction
        world.emit("INTERACTION_CREATE", interaction_json(interaction), interaction.channel.guild, 0)
    return interaction


def interaction_json(it: Interaction) -> Json:
    world, guild = it.world, it.channel.guild
    data: Json = {
        "id": str(it.id),
        "application_id": str(world.application_id),
        "type": it.kind,
        "token": it.token,
        "version": 1,
        "data": it.data,
        "channel_id": str(it.channel.id),
        "channel": channel_json(it.channel),
        "app_permissions": str(int(world.permissions_of(world.bot, it.channel))),
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {"0": str(guild.id if guild else 0)},
        "context": 0 if guild else 1,
        "attachment_size_limit": 10 * 1024 * 1024,
    }
    if it.source:
        data["message"] = message_json(it.source)
    if not guild:
        return data | {"user": user_json(it.user)}
    permissions = str(int(world.permissions_of(it.user, it.channel)))
    data["member"] = member_json(guild.members[it.user.id]) | {"permissions": permissions}
    data |= {"guild_id": str(guild.id), "guild_locale": "en-US"}
    return data | {"guild": {"id": str(guild.id), "locale": "en-US", "features": []}}


def respond(it: Interaction, body: Json, files: Mapping[int, File]) -> None:
    """Take the bot's first answer, which must come in time, once, and be of a kind that fits."""
    waited_s = (it.world.clock.now() - it.created_at).total_seconds()
    if waited_s > it.world.interaction_deadline_s:
        raise unknown("Interaction")
    if it.response_type:
        raise ApiError(400, 40060, "Interaction has already been acknowledged.")
    kind, data = int(body.get("type") or 0), body.get("data") or {}
    if kind not in ANSWERS_TO[it.kind] or (kind in {DEFER_UPDATE, UPDATE} and not it.source):
        error = {"code": "INTERACTION_INVALID_TYPE", "message": "This answer does not fit the interaction"}
        raise ApiError(400, 50035, "Invalid Form Body", {"type": {"_errors": [error]}})
    _take(it, kind, data, files)
    it.response_type, it.responded_after_s = kind, waited_s


def _take(it: Interaction, kind: int, data: Json, files: Mapping[int, File]) -> None:
    if kind == MESSAGE:
        it.original = post(it, data, files)
    elif kind == DEFER:
        flags = int(data.get("flags") or 0) & EPHEMERAL | LOADING
        it.original = writing.empty_message(it.channel, it.world.bot, flags)
        it.original.interaction = it
        writing.place(it.original)
    elif kind in {DEFER_UPDATE, UPDATE}:
        it.original = it.source
        if kind == UPDATE and it.source:
            writing.edit(it.source, data, files)
    elif kind == MODAL:
        check_modal(data)
        it.modal = Modal(it, data)
    else:
        check_choices(data.get("choices") or [])
        it.choices = list(data.get("choices") or [])


def post(it: Interaction, body: Json, files: Mapping[int, File]) -> Message:
    message = writing.write(it.channel, it.world.bot, body, files)
    message.interaction = it
    message.type = 20 if it.kind == COMMAND else message.type
    return writing.place(message)


def find_by_token(world: World, token: str) -> Interaction:
    """Return the interaction that a webhook path names, as long as its token lasts."""
    it = next((it for it in world.interactions.values() if it.token == token), None)
    if it is None:
        raise unknown("Webhook")
    if world.clock.now() - it.created_at > TOKEN_LASTS:
        raise ApiError(401, 50027, "Invalid Webhook Token")
    return it


def find_message(it: Interaction, name: str) -> Message:
    """Return what ``@original`` or an identifier stands for."""
    if name == "@original":
        found = it.original
    else:
        mine = [*it.followups, *([it.original] if it.original else [])]
        found = next((message for message in mine if str(message.id) == name), None)
    if found is None or found.is_deleted:
        raise unknown("Message")
    return found


def change(it: Interaction, message: Message, body: Json, files: Mapping[int, File]) -> Message:
    """Edit an answer; the first edit of a deferred one ends the thinking."""
    was_loading = message.flags & LOADING
    try:
        message.flags &= ~LOADING
        writing.edit(message, body, files)
    except ApiError:
        message.flags |= was_loading
        raise
    if message is it.original:
        it.n_edits += 1
    return message


def follow_up(it: Interaction, body: Json, files: Mapping[int, File]) -> Message:
    """Post a further message; right after a deferral it takes the place of the thinking, and its visibility."""
    if not it.response_type:
        raise unknown("Webhook")
    if it.original and it.original.flags & LOADING:
        check_message(body, [file.filename for file in files.values()])
        return change(it, it.original, body, files)
    message = post(it, body, files)
    it.followups.append(message)
    return message
