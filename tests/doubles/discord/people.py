"""What somebody does in Discord: type a command, press a button, fill in a form; asserts that it can be done at all."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.doubles.discord import writing
from tests.doubles.discord.commands import fill_options, find_command
from tests.doubles.discord.errors import Json
from tests.doubles.discord.interactions import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL_SUBMIT,
    Interaction,
    Modal,
    open_interaction,
)
from tests.doubles.discord.limits import BUTTON, LINK, SELECT, SELECTS
from tests.doubles.discord.payloads import channel_json, member_json, role_json, user_json
from tests.doubles.discord.permissions import Permission
from tests.doubles.discord.world import DM, Channel, Message, Role, User, World, iter_components


@dataclass(eq=False)
class Person(User):
    """A user whom the test moves. Every action returns at once; the Interaction waits for what the bot does."""

    world: World = field(kw_only=True, repr=False)

    def dm(self) -> Channel:
        """Return the direct conversation with the bot."""
        with self.world.changed:
            known = [it for it in self.world.channels.values() if it.recipient is self]
            channel = known[0] if known else Channel(self.world.snowflakes.take(), DM, "", self.world, recipient=self)
            self.world.channels[channel.id] = channel
            return channel

    def send(self, channel: Channel, content: str, *, reply_to: Message | None = None) -> Message:
        """Write a message."""
        with self.world.changed:
            body: Json = {"content": content}
            if reply_to:
                body["message_reference"] = {"message_id": str(reply_to.id)}
            return writing.place(writing.write(channel, self, body, {}))

    def mention_bot(self, channel: Channel, content: str) -> Message:
        """Write a message that begins with the bot's name."""
        return self.send(channel, f"<@{self.world.bot.id}> {content}")

    def list_commands(self, channel: Channel) -> list[Json]:
        """Return the commands that Discord offers to this person in this channel."""
        with self.world.changed:
            if channel.guild and not channel.guild.has_bot:
                return []
            mine = list(self.world.guild_commands.get(channel.guild.id, [])) if channel.guild else []
            names = {it["name"] for it in mine}
            mine += [it for it in self.world.global_commands if it["name"] not in names]
            return [it for it in mine if self._is_offered(it, channel)]

    def _is_offered(self, command: Json, channel: Channel) -> bool:
        contexts = command.get("contexts")
        if channel.guild is None:
            return 1 in contexts if contexts is not None else command.get("dm_permission") is not False
        if contexts is not None and 0 not in contexts:
            return False
        needed = command.get("default_member_permissions")
        has = self.world.permissions_of(self, channel)
        if not has & Permission.USE_APPLICATION_COMMANDS:
            return False
        if needed is None:
            return True
        return bool(has & Permission.ADMINISTRATOR) or (int(needed) != 0 and has & int(needed) == int(needed))

    def slash(self, channel: Channel, path: str, /, **options: object) -> Interaction:
        """Use a command by its path, such as "watch add"; options as Discord would take them."""
        with self.world.changed:
            command, way, leaf = find_command(self.list_commands(channel), path)
            filled, resolved = fill_options(leaf, options)
            data = self._command_data(command, way, filled)
            if resolved:
                data["resolved"] = _resolve(channel, resolved)
            return self._open(COMMAND, channel, data)

    def autocomplete(self, channel: Channel, path: str, focused: str, typed: str, /, **others: object) -> Interaction:
        """Type into an option that suggests values."""
        with self.world.changed:
            command, way, leaf = find_command(self.list_commands(channel), path)
            filled, _ = fill_options(leaf, {**others, focused: typed}, focused=focused)
            return self._open(AUTOCOMPLETE, channel, self._command_data(command, way, filled))

    def press(self, message: Message, button: str) -> Interaction:
        """Press the button with this label or custom_id."""
        with self.world.changed:
            found = _find(message, button, {BUTTON})
            assert found.get("style") != LINK, f"{button} only opens {found.get('url')}"
            data: Json = {"custom_id": found["custom_id"], "component_type": BUTTON}
            return self._open(COMPONENT, message.channel, data, message)

    def choose(self, message: Message, menu: str, *values: str) -> Interaction:
        """Choose from the menu with this placeholder or custom_id, by label or value."""
        with self.world.changed:
            found = _find(message, menu, SELECTS)
            low, high = found.get("min_values", 1), found.get("max_values", 1)
            assert low <= len(values) <= high, f"{menu} takes {low} to {high} choices"
            chosen = list(values)
            if found["type"] == SELECT:
                chosen = [_find_option(found, value) for value in values]
            data: Json = {"custom_id": found["custom_id"], "component_type": found["type"], "values": chosen}
            return self._open(COMPONENT, message.channel, data, message)

    def submit(self, modal: Modal, **values: str) -> Interaction:
        """Fill in a form by label or custom_id (``**{"Some label": "text"}``) and send it."""
        with self.world.changed:
            given = dict(values)
            components = [_fill(component, given) for component in modal.data["components"]]
            assert not given, f"the form has no {sorted(given)}; there are {[it['label'] for it in modal.inputs]}"
            data: Json = {"custom_id": modal.data["custom_id"], "components": components}
            return self._open(MODAL_SUBMIT, modal.interaction.channel, data, modal.interaction.source)

    def _command_data(self, command: Json, way: list[Json], options: list[Json]) -> Json:
        for step in reversed(way):
            options = [{"name": step["name"], "type": step["type"], "options": options}]
        data: Json = {"id": command["id"], "name": command["name"], "type": 1, "options": options}
        return data | ({"guild_id": command["guild_id"]} if "guild_id" in command else {})

    def _open(self, kind: int, channel: Channel, data: Json, source: Message | None = None) -> Interaction:
        assert channel.guild is None or self.id in channel.guild.members, f"{self.name} is not in {channel.guild}"
        return open_interaction(Interaction(self.world.snowflakes.take(), kind, self, channel, data, source))


def _resolve(channel: Channel, found: Json) -> Json:
    """Spell out the people, roles and channels among the options."""
    resolved: Json = {}
    for kind, things in found.items():
        for key, thing in things.items():
            if isinstance(thing, User):
                resolved.setdefault("users", {})[key] = user_json(thing)
                member = channel.guild.members.get(thing.id) if channel.guild else None
                if member:
                    data = member_json(member, with_user=False) | {"permissions": "0"}
                    resolved.setdefault("members", {})[key] = data
            else:
                data = role_json(thing) if isinstance(thing, Role) else channel_json(thing) | {"permissions": "0"}
                resolved.setdefault(kind, {})[key] = data
    return resolved


def _find(message: Message, wanted: str, kinds: set[int]) -> Json:
    """Return the one component that carries these words."""
    assert not message.is_deleted, "the message was deleted"
    there = [it for it in iter_components(message.components) if it["type"] in kinds]
    names = [{it.get("custom_id"), it.get("label"), it.get("placeholder")} for it in there]
    found = [it for it, known in zip(there, names, strict=True) if wanted in known]
    assert len(found) == 1, (
        f"{len(found)} of {wanted!r} among {[it.get('label') or it.get('custom_id') for it in there]}"
    )
    assert not found[0].get("disabled"), f"{wanted!r} is disabled"
    return found[0]


def _find_option(menu: Json, wanted: str) -> str:
    found = [it["value"] for it in menu["options"] if wanted in (it["value"], it["label"])]
    assert found, f"{wanted!r} is not among {[it['label'] for it in menu['options']]}"
    return str(found[0])


def _fill(component: Json, given: dict[str, str], label: str = "") -> Json:
    """Return a component of a form as it is sent back, with what was given for it taken out."""
    label = component.get("label") or label
    if "component" in component:
        return {"type": component["type"], "id": 1, "component": _fill(component["component"], given, label)}
    if "components" in component:
        inner = [_fill(it, given) for it in component["components"]]
        return {"type": component["type"], "id": 1, "components": inner}
    if "custom_id" not in component:
        return {"type": component["type"], "id": 1}
    custom_id = component["custom_id"]
    value = given.pop(custom_id, None)
    value = given.pop(label, None) if value is None else value
    sent: Json = {"type": component["type"], "id": 1, "custom_id": custom_id}
    if component["type"] in SELECTS:
        return sent | {"values": [_find_option(component, value)] if value else []}
    value = component.get("value") or "" if value is None else value
    low = component.get("min_length") or (1 if component.get("required", True) else 0)
    assert low <= len(value) <= (component.get("max_length") or 4000) or not value, f"{label}: wrong length"
    assert value or not component.get("required", True), f"{label} is required"
    return sent | {"value": value}
