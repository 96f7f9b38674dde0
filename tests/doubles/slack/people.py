"""What somebody does in Slack: type a command, press a button, fill in a form; asserts that it can be done at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.doubles.slack.actions import Action
from tests.doubles.slack.errors import Json
from tests.doubles.slack.payloads import event_json, interaction_json, message_json, view_json
from tests.doubles.slack.world import DIRECT, Channel, Message, User, View, World, iter_elements
from tests.doubles.slack.writing import edit, post


@dataclass(eq=False)
class Person(User):
    """A user whom the test moves. Every action returns at once; the Action waits for what the bot does."""

    world: World = field(kw_only=True, repr=False)

    def dm(self) -> Channel:
        """Return the direct conversation with the bot."""
        with self.world.changed:
            return self.world.direct_channel(self)

    def say(self, channel: Channel, text: str, *, thread: Message | None = None) -> Message:
        """Write a message of which the app is told nothing (see ``mention`` and ``direct``)."""
        with self.world.changed:
            return post(channel, self, {"text": text}, thread_ts=thread.ts if thread else None)

    def slash(self, channel: Channel, command: str, text: str = "") -> Action:
        """Use a slash command."""
        with self.world.changed:
            action = Action("slash", self, channel, self.world)
            payload = {
                "token": "of-no-worth",
                "team_id": self.world.team_id,
                "team_domain": self.world.team_name,
                "channel_id": channel.id,
                "channel_name": {DIRECT: "directmessage"}.get(channel.kind, channel.name),
                "user_id": self.id,
                "user_name": self.name,
                "command": command,
                "text": text,
                "api_app_id": self.world.app_id,
                "is_enterprise_install": "false",
                "response_url": action.response_url,
                "trigger_id": action.trigger_id,
            }
            self.world.deliver("slash_commands", payload, action)
            return action

    def press(self, where: Message | View, button: str) -> Action:
        """Press the button with this label, action_id or value, in a message, form or App Home."""
        with self.world.changed:
            block, element = _find(where.blocks, button, {"button"})
            data: Json = {"type": "button", "text": element["text"]}
            data |= {"value": element["value"]} if "value" in element else {}
            return self._act(where, block, element, data)

    def choose(self, where: Message | View, menu: str, *values: str) -> Action:
        """Choose from the menu with this placeholder or action_id, by label or value."""
        with self.world.changed:
            kinds = {"static_select", "multi_static_select", "overflow", "radio_buttons", "checkboxes"}
            block, element = _find(where.blocks, menu, kinds)
            return self._act(where, block, element, {"type": element["type"]} | _selected(element, list(values)))

    def _act(self, where: Message | View, block: str, element: Json, data: Json) -> Action:
        world = self.world
        data |= {"action_id": element.get("action_id", "a0"), "block_id": block, "action_ts": world.take_ts()}
        payload = interaction_json(world, self) | {"type": "block_actions", "actions": [data]}
        if isinstance(where, View):
            origin = where.action.channel if where.action else None
            action = Action("press", self, origin, world, source_view=where)
            payload |= {"container": {"type": "view", "view_id": where.id}, "view": view_json(world, where)}
        else:
            action = Action("press", self, where.channel, world, source=where)
            payload |= _message_context(where) | {"response_url": action.response_url}
        action.n_source_edits = where.n_edits if isinstance(where, Message) else 0
        world.deliver("interactive", payload | {"trigger_id": action.trigger_id}, action)
        return action

    def submit(self, view: View, values: Mapping[str, str | list[str]] | None = None) -> Action:
        """Fill in a form by label, block_id or action_id, and send it."""
        with self.world.changed:
            assert not view.is_closed, "the form was closed"
            state = _fill(view, dict(values or {}))
            origin = view.action.channel if view.action else None
            action = Action("submit", self, origin, self.world, source_view=view)
            payload = interaction_json(self.world, self) | {"type": "view_submission", "response_urls": []}
            payload |= {"view": view_json(self.world, view, state), "trigger_id": action.trigger_id}
            self.world.deliver("interactive", payload, action)
            return action

    def mention(self, channel: Channel, text: str, *, thread: Message | None = None) -> Action:
        """Write a message that begins with the bot's name."""
        with self.world.changed:
            action = Action("mention", self, channel, self.world)
            message = action.written = self.say(channel, f"<@{self.world.bot.id}> {text}", thread=thread)
            event = message_json(message) | {"type": "app_mention", "channel": channel.id, "event_ts": message.ts}
            self.world.deliver("events_api", event_json(self.world, event), action)
            return action

    def edit(self, channel: Channel, action: Action, text: str) -> Action:
        """Change the words of a message that called the bot by name: it is told as another call, with ``edited``."""
        with self.world.changed:
            again = Action("mention", self, channel, self.world)
            assert action.written is not None
            edit(action.written, {"text": f"<@{self.world.bot.id}> {text}"})
            event = message_json(action.written) | {"type": "app_mention", "channel": channel.id}
            event["event_ts"] = self.world.take_ts()
            self.world.deliver("events_api", event_json(self.world, event), again)
            return again

    def direct(self, text: str) -> Action:
        """Write to the bot itself."""
        with self.world.changed:
            channel = self.dm()
            action = Action("direct", self, channel, self.world)
            message = self.say(channel, text)
            event = message_json(message) | {"channel": channel.id, "channel_type": "im", "event_ts": message.ts}
            self.world.deliver("events_api", event_json(self.world, event), action)
            return action

    def open_home(self) -> Action:
        """Open the App Home."""
        with self.world.changed:
            action = Action("home", self, self.dm(), self.world)
            event: Json = {"type": "app_home_opened", "user": self.id, "channel": self.dm().id, "tab": "home"}
            event["event_ts"] = self.world.take_ts()
            home = self.world.homes.get(self.id)
            event |= {"view": view_json(self.world, home)} if home else {}
            self.world.deliver("events_api", event_json(self.world, event), action)
            return action


def _message_context(message: Message) -> Json:
    """Return where something was pressed; the message itself is not told of an ephemeral one."""
    channel = message.channel
    container = {"type": "message", "message_ts": message.ts, "channel_id": channel.id}
    container |= {"thread_ts": message.thread_ts} if message.thread_ts else {}
    context: Json = {"container": container | {"is_ephemeral": message.is_ephemeral}}
    context["channel"] = {"id": channel.id, "name": "directmessage" if channel.kind == DIRECT else channel.name}
    context["state"] = {"values": {}}
    return context if message.is_ephemeral else context | {"message": message_json(message)}


def _find(blocks: list[Json], wanted: str, kinds: set[str]) -> tuple[str, Json]:
    """Return the one element that carries these words, and the name of its block."""
    found: list[tuple[str, Json]] = []
    there: list[str] = []
    for number, block in enumerate(blocks):
        for it in iter_elements(block):
            if it.get("type") not in kinds:
                continue
            label = (it.get("text") or it.get("placeholder") or {}).get("text")
            there.append(str(label or it.get("action_id")))
            if wanted in (label, it.get("action_id"), it.get("value")):
                found.append((block.get("block_id") or f"b{number}", it))
    assert len(found) == 1, f"{len(found)} of {wanted!r} among {there}"
    return found[0]


def _options(element: Json) -> list[Json]:
    groups = element.get("option_groups") or []
    return [it for group in groups for it in group["options"]] if groups else element.get("options") or []


def _selected(element: Json, wanted: list[str]) -> Json:
    chosen = [it for it in _options(element) if it["value"] in wanted or it["text"]["text"] in wanted]
    assert len(chosen) == len(wanted), f"{wanted} among {[it['text']['text'] for it in _options(element)]}"
    if element["type"] in {"multi_static_select", "checkboxes"}:
        return {"selected_options": chosen}
    return {"selected_option": chosen[0] if chosen else None}


def _fill(view: View, given: dict[str, Any]) -> Json:
    """Return the state of a form with what was given for its inputs."""
    state: Json = {}
    for number, block in enumerate(view.blocks):
        if block["type"] != "input":
            continue
        element, name = block["element"], block.get("block_id") or f"b{number}"
        keys = [block["label"]["text"], name, element.get("action_id")]
        value = next((given.pop(key) for key in keys if key in given), None)
        assert value or block.get("optional") or _initial(element), f"{keys[0]} is required"
        state[name] = {element.get("action_id", "a0"): {"type": element["type"]} | _input_value(element, value)}
    assert not given, f"the form has no {sorted(given)}"
    return state


def _initial(element: Json) -> object:
    return next((value for key, value in element.items() if key.startswith("initial_")), None)


def _input_value(element: Json, value: Any) -> Json:  # noqa: ANN401 - text or choices
    kind = element["type"]
    if kind in {"static_select", "multi_static_select", "checkboxes", "radio_buttons"}:
        many = kind in {"multi_static_select", "checkboxes"}
        if value is None:
            return {"selected_options": _initial(element) or []} if many else {"selected_option": _initial(element)}
        return _selected(element, [value] if isinstance(value, str) else list(value))
    if kind.endswith("_select"):
        plural = kind.startswith("multi_")
        noun = kind.removeprefix("multi_").removesuffix("_select").removesuffix("s")
        return {f"selected_{noun}s": value or []} if plural else {f"selected_{noun}": value or _initial(element)}
    if kind in {"datepicker", "timepicker"}:
        return {f"selected_{kind.removesuffix('picker')}": value or _initial(element)}
    text = _initial(element) if value is None else value
    if text is not None:
        low, high = element.get("min_length", 0), element.get("max_length", 3000)
        assert low <= len(str(text)) <= high, f"wrong length: {text!r}"
    return {"value": text}
