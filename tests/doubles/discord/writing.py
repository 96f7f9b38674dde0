"""Making, changing and removing messages and threads, with the events that follow; knows no route."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from datetime import timedelta

from tests.doubles.discord.errors import ApiError, Json
from tests.doubles.discord.gateway import DIRECT_MESSAGES, GUILD_MESSAGES, GUILDS
from tests.doubles.discord.limits import check_message, check_not_empty
from tests.doubles.discord.payloads import channel_json, hide_content, is_content_hidden, message_json
from tests.doubles.discord.permissions import Permission
from tests.doubles.discord.routing import File
from tests.doubles.discord.world import EPHEMERAL, HAS_THREAD, PUBLIC_THREAD, Attachment, Channel, Message, User, World

NONCE_LASTS = timedelta(minutes=3)
KEPT = ("content", "embeds", "components", "message_reference", "allowed_mentions")
SETTABLE_FLAGS = 1 << 2 | EPHEMERAL | 1 << 12 | 1 << 15


def write(channel: Channel, author: User, body: Json, files: Mapping[int, File]) -> Message:
    """Make a message out of a checked body; nothing is said about it yet."""
    world = channel.world
    check_message(body, [file.filename for file in files.values()])
    check_not_empty(body, [file.filename for file in files.values()])
    return _put(world, channel, author, body, files)


def _put(world: World, channel: Channel, author: User, body: Json, files: Mapping[int, File]) -> Message:
    kept = copy.deepcopy({key: body[key] for key in KEPT if body.get(key) is not None})
    message = Message(world.snowflakes.take(), channel, author, world.clock.now(), kept)
    message.flags = int(body.get("flags") or 0) & SETTABLE_FLAGS
    message.type = 19 if message.reference else 0
    message.nonce = body.get("nonce")
    attach(message, body, files)
    find_mentions(message)
    return message


def place(message: Message) -> Message:
    """Put a message into its channel and tell everybody who may see it."""
    channel = message.channel
    with channel.world.changed:
        channel.messages[message.id] = message
        if channel.is_archived and not channel.is_locked:
            channel.is_archived = False
            emit_channel(channel, "THREAD_UPDATE")
        emit_message(message, "MESSAGE_CREATE")
        channel.world.changed.notify_all()
    return message


def empty_message(channel: Channel, author: User, flags: int) -> Message:
    """The placeholder that says that the application is thinking."""
    world = channel.world
    return Message(world.snowflakes.take(), channel, author, world.clock.now(), {}, flags=flags, type=20)


def attach(message: Message, body: Json, files: Mapping[int, File]) -> None:
    """Keep the files of a multipart body and point ``attachment://`` at them."""
    world = message.channel.world
    notes = {str(note.get("id")): note for note in body.get("attachments") or []}
    for number, file in files.items():
        note = notes.get(str(number), {})
        key = world.snowflakes.take()
        name = note.get("filename") or file.filename
        url = f"{world.cdn_url}/attachments/{message.channel.id}/{key}/{name}"
        kind = "image/png" if file.data.startswith(b"\x89PNG") else file.content_type
        message.attachments.append(Attachment(key, name, kind, file.data, url, note.get("description")))
    urls = {f"attachment://{it.filename}": it.url for it in message.attachments}
    for embed in message.embeds:
        for place_name in ("image", "thumbnail", "author", "footer"):
            part = embed.get(place_name)
            for name in ("url", "icon_url"):
                if part and part.get(name) in urls:
                    part[name] = urls[part[name]]


def edit(message: Message, body: Json, files: Mapping[int, File]) -> Message:
    """Change what the body names and leave the rest."""
    kept = [it for it in message.attachments if _is_kept(it, body)]
    names = [it.filename for it in kept] + [file.filename for file in files.values()]
    check_message(body, names)
    result = {**message.body, **{key: body[key] for key in KEPT if key in body}}
    check_not_empty(result, names)
    with message.channel.world.changed:
        message.body = copy.deepcopy(result)
        message.attachments = kept
        attach(message, body, files)
        find_mentions(message)
        message.edited_at = message.channel.world.clock.now()
        message.n_edits += 1
        emit_message(message, "MESSAGE_UPDATE")
        message.channel.world.changed.notify_all()
    return message


def _is_kept(attachment: Attachment, body: Json) -> bool:
    if body.get("attachments") is None:
        return "attachments" not in body
    return any(str(note.get("id")) == str(attachment.id) for note in body["attachments"])


def delete(message: Message) -> None:
    world = message.channel.world
    with world.changed:
        message.channel.messages.pop(message.id, None)
        message.is_deleted = True
        data = {"id": str(message.id), "channel_id": str(message.channel.id)}
        if message.channel.guild:
            data["guild_id"] = str(message.channel.guild.id)
        if not message.is_ephemeral:
            _emit_here(message.channel, "MESSAGE_DELETE", data)
        world.changed.notify_all()


def find_mentions(message: Message) -> None:
    """Work out who is pinged: what the text names, as far as allowed_mentions and permissions let it."""
    channel, world = message.channel, message.channel.world
    allowed = message.body.get("allowed_mentions")
    parse = ["users", "roles", "everyone"] if allowed is None else allowed.get("parse") or []
    named = (allowed or {}).get("users") or [], (allowed or {}).get("roles") or []
    users = {int(found) for found in re.findall(r"<@!?(\d+)>", message.content)}
    roles = {int(found) for found in re.findall(r"<@&(\d+)>", message.content)}
    may = world.permissions_of(message.author, channel) & Permission.MENTION_EVERYONE
    users = {it for it in users if "users" in parse or it in map(int, named[0])}
    roles = {it for it in roles if "roles" in parse or it in map(int, named[1])}
    message.pinged_users = [world.users[it] for it in users if it in world.users]
    known = channel.guild.roles if channel.guild else {}
    message.pinged_roles = [known[it] for it in roles if it in known and (known[it].mentionable or may)]
    everyone = "everyone" in parse and bool(may)
    message.pings_everyone = everyone and bool(re.search(r"@(everyone|here)\b", message.content))


def emit_message(message: Message, event: str) -> None:
    if message.is_ephemeral:
        return
    data = message_json(message, for_event=True)
    hidden = hide_content(data) if is_content_hidden(message) else None
    _emit_here(message.channel, event, data, hidden)


def _emit_here(channel: Channel, event: str, data: Json, hidden: Json | None = None) -> None:
    world = channel.world
    if world.bot_can(channel, Permission.VIEW_CHANNEL):
        world.emit(event, data, channel.guild, GUILD_MESSAGES if channel.guild else DIRECT_MESSAGES, hidden)


def emit_channel(channel: Channel, event: str, **more: object) -> None:
    channel.world.emit(event, channel_json(channel) | more, channel.guild, GUILDS)


def recall_nonce(world: World, author: User, body: Json) -> Message | None:
    """Return the message that the author made with this nonce a moment ago, if it is to be enforced."""
    if not body.get("enforce_nonce") or body.get("nonce") is None:
        return None
    found = world.nonces.get((author.id, str(body["nonce"])))
    return found if found and world.clock.now() - found.created_at < NONCE_LASTS else None


def open_thread(parent: Channel, body: Json, *, thread_id: int, owner: User) -> Channel:
    """Make a public thread under a channel or forum and tell the sessions."""
    world = parent.world
    name = body.get("name")
    if not isinstance(name, str) or not 1 <= len(name) <= 100:
        error = {"code": "BASE_TYPE_BAD_LENGTH", "message": "Must be between 1 and 100 in length."}
        raise ApiError(400, 50035, "Invalid Form Body", {"name": {"_errors": [error]}})
    thread = Channel(thread_id, PUBLIC_THREAD, name, world, parent.guild, parent)
    thread.owner_id = owner.id
    thread.auto_archive_duration = int(body.get("auto_archive_duration") or 1440)
    thread.applied_tags = [int(tag) for tag in body.get("applied_tags") or []]
    with world.changed:
        assert parent.guild
        parent.guild.channels[thread.id] = world.channels[thread.id] = thread
        emit_channel(thread, "THREAD_CREATE", newly_created=True)
        world.changed.notify_all()
    return thread


def mark_threaded(message: Message, thread: Channel) -> None:
    message.thread = thread
    message.flags |= HAS_THREAD
    emit_message(message, "MESSAGE_UPDATE")
