"""How messages come to be, change and go, and what the app is told of it."""

from __future__ import annotations

from tests.doubles.slack.errors import Json
from tests.doubles.slack.payloads import event_json, message_json
from tests.doubles.slack.world import DIRECT, Channel, File, Message, User


def post(
    channel: Channel,
    author: User,
    body: Json,
    *,
    thread_ts: str | None = None,
    ephemeral_for: User | None = None,
    files: list[File] | None = None,
    is_broadcast: bool = False,
) -> Message:
    """Write a message; one by the bot is an answer to the newest actions in that place that still wait for one."""
    world = channel.world
    message = Message(world.take_ts(), channel, author, body, thread_ts, is_broadcast, ephemeral_for, files or [])
    (channel.ephemerals if ephemeral_for else channel.messages)[message.ts] = message
    if author is world.bot:
        _attribute(message)
    if channel.kind == DIRECT and not ephemeral_for:
        event = message_json(message) | {"channel": channel.id, "channel_type": "im", "event_ts": message.ts}
        if author is world.bot:
            world.deliver("events_api", event_json(world, event))
    world.notify()
    return message


def _attribute(message: Message) -> None:
    world = message.channel.world
    if world.answering:
        world.answering.answers.append(message)
        return
    for action in reversed(world.actions):
        is_seen = message.ephemeral_for in {None, action.user}
        if action.channel is message.channel and is_seen and not action.answers:
            action.answers.append(message)
            return


def edit(message: Message, body: Json) -> None:
    """Change a message. Metadata and text stay unless named; blocks go if a text comes without blocks."""
    world = message.channel.world
    before = message_json(message)
    kept = {"metadata": message.metadata} if message.metadata else {}
    if "text" not in body and "text" in message.body:
        kept["text"] = message.body["text"]
    message.body = {name: value for name, value in (kept | body).items() if name != "metadata" or value}
    message.edited_ts = world.take_ts()
    message.n_edits += 1
    if message.channel.kind == DIRECT:
        event: Json = {"type": "message", "subtype": "message_changed", "hidden": True, "channel": message.channel.id}
        event |= {"message": message_json(message), "previous_message": before, "channel_type": "im"}
        event |= {"ts": message.edited_ts, "event_ts": message.edited_ts}
        world.deliver("events_api", event_json(world, event))
    world.notify()


def delete(message: Message) -> None:
    message.is_deleted = True
    message.channel.messages.pop(message.ts, None)
    message.channel.world.notify()
