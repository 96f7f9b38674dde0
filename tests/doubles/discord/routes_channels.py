"""REST routes of channels, messages and threads."""

from __future__ import annotations

from tests.doubles.discord import writing
from tests.doubles.discord.errors import ApiError, Form, Json, missing_permissions
from tests.doubles.discord.payloads import channel_json, hide_content, is_content_hidden, message_json
from tests.doubles.discord.permissions import Permission
from tests.doubles.discord.routing import Answer, Call, Route
from tests.doubles.discord.world import FORUM, Channel, Message

REQUIRE_TAG = 1 << 4
HISTORY = Permission.READ_MESSAGE_HISTORY


def show(call: Call, message: Message) -> Json:
    """Return a message as REST gives it to an application with its intents."""
    data = message_json(message)
    has_intent = call.world.granted_intents & 1 << 15
    return hide_content(data) if is_content_hidden(message) and not has_intent else data


def _writable(call: Call) -> Channel:
    seen = call.channel()
    if seen.type == FORUM:
        raise ApiError(400, 50008, "Cannot send messages in a non-text channel")
    wanted = Permission.SEND_MESSAGES_IN_THREADS if seen.is_thread else Permission.SEND_MESSAGES
    _require_for(call, seen, wanted)
    if seen.is_thread and seen.is_archived and seen.is_locked:
        raise ApiError(400, 50083, "Thread is archived")
    return seen


def _require_for(call: Call, channel: Channel, wanted: Permission) -> None:
    """Require what the message needs: embeds and files want permissions of their own."""
    body = call.json.get("message", call.json)
    if body.get("embeds"):
        wanted |= Permission.EMBED_LINKS
    if call.files:
        wanted |= Permission.ATTACH_FILES
    if not call.world.bot_can(channel, wanted):
        raise missing_permissions()


def create_message(call: Call) -> Answer:
    channel = _writable(call)
    bot = call.world.bot
    if known := writing.recall_nonce(call.world, bot, call.json):
        return 200, show(call, known)
    message = writing.write(channel, bot, call.json, call.files)
    _check_reference(channel, call.json)
    if message.nonce is not None:
        call.world.nonces[bot.id, str(message.nonce)] = message
    return 200, show(call, writing.place(message))


def _check_reference(channel: Channel, body: Json) -> None:
    reference = body.get("message_reference") or {}
    missing = reference and int(reference["message_id"]) not in channel.messages
    if missing and reference.get("fail_if_not_exists", True):
        form = Form()
        form.wrong("message_reference", "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
        form.check()


def get_message(call: Call) -> Answer:
    return 200, show(call, call.message(call.channel(HISTORY)))


def list_messages(call: Call) -> Answer:
    channel = call.channel()
    if not call.world.bot_can(channel, HISTORY):
        return 200, []
    limit = int(call.query.get("limit", 50))
    if not 1 <= limit <= 100:
        form = Form()
        form.wrong("limit", "NUMBER_TYPE_MAX", "int value should be less than or equal to 100.")
        form.check()
    kept = [message for message in channel.messages.values() if not message.is_ephemeral]
    if "after" in call.query:
        kept = [message for message in kept if message.id > int(call.query["after"])][:limit]
    elif "before" in call.query:
        kept = [message for message in kept if message.id < int(call.query["before"])][-limit:]
    return 200, [show(call, message) for message in reversed(kept[-limit:])]


def edit_message(call: Call) -> Answer:
    channel = call.channel()
    message = call.message(channel)
    if message.author is not call.world.bot:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    if channel.is_archived:
        raise ApiError(400, 50083, "Thread is archived")
    return 200, show(call, writing.edit(message, call.json, call.files))


def delete_message(call: Call) -> Answer:
    channel = call.channel()
    message = call.message(channel)
    if message.author is not call.world.bot and not call.world.bot_can(channel, Permission.MANAGE_MESSAGES):
        raise missing_permissions()
    writing.delete(message)
    return 204, None


def open_message_thread(call: Call) -> Answer:
    channel = call.channel(Permission.CREATE_PUBLIC_THREADS)
    message = call.message(channel)
    if message.thread or message.id in call.world.channels:
        raise ApiError(400, 160004, "A thread has already been created for this message")
    thread = writing.open_thread(channel, call.json, thread_id=message.id, owner=call.world.bot)
    writing.mark_threaded(message, thread)
    return 201, channel_json(thread)


def open_thread(call: Call) -> Answer:
    channel = call.channel()
    if channel.type != FORUM:
        call.channel(Permission.CREATE_PUBLIC_THREADS)
        key = call.world.snowflakes.take()
        return 201, channel_json(writing.open_thread(channel, call.json, thread_id=key, owner=call.world.bot))
    _require_for(call, channel, Permission.SEND_MESSAGES)
    _check_tags(channel, call.json.get("applied_tags") or [])
    message = writing.write(channel, call.world.bot, call.json.get("message") or {}, call.files)
    thread = writing.open_thread(channel, call.json, thread_id=message.id, owner=call.world.bot)
    message.channel = thread
    writing.place(message)
    return 201, channel_json(thread) | {"message": show(call, message)}


def _check_tags(forum: Channel, chosen: list[object]) -> None:
    if forum.flags & REQUIRE_TAG and not chosen:
        raise ApiError(400, 40067, "A tag is required to create a forum post in this channel")
    form = Form()
    form.count("applied_tags", chosen, 5)
    form.check()
    if not {str(tag) for tag in chosen} <= {tag["id"] for tag in forum.available_tags}:
        raise ApiError(404, 10087, "Unknown tag")


def get_channel(call: Call) -> Answer:
    return 200, channel_json(call.channel())


def edit_channel(call: Call) -> Answer:
    channel = call.channel()
    if channel.is_thread:
        _edit_thread(call, channel)
    else:
        call.channel(Permission.MANAGE_CHANNELS)
        _edit_plain(call, channel)
    writing.emit_channel(channel, "THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE")
    return 200, channel_json(channel)


def _edit_thread(call: Call, thread: Channel) -> None:
    body = call.json
    is_manager = call.world.bot_can(thread, Permission.MANAGE_THREADS)
    if not is_manager and (thread.owner_id != call.world.bot.id or "locked" in body):
        raise missing_permissions()
    if thread.is_archived and body.get("archived", True):
        raise ApiError(400, 50083, "Thread is archived")
    if "applied_tags" in body and thread.parent:
        _check_tags(thread.parent, body["applied_tags"])
        thread.applied_tags = [int(tag) for tag in body["applied_tags"]]
    form = Form()
    form.text("name", body.get("name"), 100)
    form.check()
    thread.name = body.get("name") or thread.name
    thread.is_archived = bool(body.get("archived", thread.is_archived))
    thread.is_locked = bool(body.get("locked", thread.is_locked))


def _edit_plain(call: Call, channel: Channel) -> None:
    body = call.json
    form = Form()
    form.text("name", body.get("name"), 100)
    form.text("topic", body.get("topic"), 1024 if channel.type != FORUM else 4096)
    tags = form.count("available_tags", body.get("available_tags"), 20)
    for number, tag in enumerate(tags):
        form.text(f"available_tags.{number}.name", tag.get("name"), 20, least=1)
    form.check()
    channel.name = body.get("name") or channel.name
    channel.topic = body.get("topic", channel.topic)
    if "available_tags" in body:
        channel.available_tags = [_tag(call, tag) for tag in tags]


def _tag(call: Call, tag: Json) -> Json:
    key = tag.get("id") or call.world.snowflakes.take()
    kept = {"name": tag["name"], "moderated": bool(tag.get("moderated")), "emoji_id": None}
    return {"id": str(key), **kept, "emoji_name": tag.get("emoji_name")}


def delete_channel(call: Call) -> Answer:
    channel = call.channel()
    call.channel(Permission.MANAGE_THREADS if channel.is_thread else Permission.MANAGE_CHANNELS)
    data = channel_json(channel)
    remove_channel(channel)
    return 200, data


def remove_channel(channel: Channel) -> None:
    """Take a channel, and the threads under it, out of the world."""
    for thread in channel.threads:
        channel.world.channels.pop(thread.id, None)
        if channel.guild:
            channel.guild.channels.pop(thread.id, None)
    channel.world.channels.pop(channel.id, None)
    if channel.guild:
        channel.guild.channels.pop(channel.id, None)
    writing.emit_channel(channel, "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE")


def type_in(call: Call) -> Answer:
    _writable(call)
    return 204, None


def join_thread(call: Call) -> Answer:
    call.channel()
    return 204, None


ROUTES = (
    Route("GET", "/channels/{channel}", get_channel),
    Route("PATCH", "/channels/{channel}", edit_channel),
    Route("DELETE", "/channels/{channel}", delete_channel),
    Route("POST", "/channels/{channel}/typing", type_in),
    Route("GET", "/channels/{channel}/messages", list_messages),
    Route("POST", "/channels/{channel}/messages", create_message),
    Route("GET", "/channels/{channel}/messages/{message}", get_message),
    Route("PATCH", "/channels/{channel}/messages/{message}", edit_message),
    Route("DELETE", "/channels/{channel}/messages/{message}", delete_message),
    Route("POST", "/channels/{channel}/messages/{message}/threads", open_message_thread),
    Route("POST", "/channels/{channel}/threads", open_thread),
    Route("PUT", "/channels/{channel}/thread-members/@me", join_thread),
)
