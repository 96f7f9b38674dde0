"""The Web API's methods: what is asked, what comes back; knows no HTTP."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from typing import Any

from tests.doubles.slack.actions import Action
from tests.doubles.slack.blocks import check_message, check_view
from tests.doubles.slack.errors import Json, SlackError
from tests.doubles.slack.payloads import bot_json, channel_json, file_json, message_json, user_json, view_json
from tests.doubles.slack.world import DIRECT, PRIVATE, PUBLIC, Channel, File, Message, User, View, World
from tests.doubles.slack.writing import delete, edit, post

Method = Callable[[World, Json], Json]
WRITTEN = (
    "text",
    "blocks",
    "attachments",
    "metadata",
    "unfurl_links",
    "unfurl_media",
    "markdown_text",
    "mrkdwn",
    "parse",
)


def is_true(value: object) -> bool:
    return value in {True, "1", "true", "True"}


def _channel(world: World, wanted: object) -> Channel:
    """Return a channel that the bot may know of, by identifier (or by name, or by a person's identifier)."""
    key = str(wanted or "")
    if key in world.users and not world.users[key].is_bot:
        return world.direct_channel(world.users[key])
    named = next((it for it in world.channels.values() if it.name and f"#{it.name}" == key), None)
    channel = world.channels.get(key) or named
    if channel is None or channel.is_deleted or (channel.kind == PRIVATE and not channel.has_bot):
        raise SlackError("channel_not_found")
    return channel


def _open_channel(world: World, call: Json) -> Channel:
    """Return a channel that the bot may write to."""
    channel = _channel(world, call.get("channel"))
    if channel.is_archived:
        raise SlackError("is_archived")
    if not channel.has_bot:
        raise SlackError("not_in_channel")
    return channel


def _read_channel(world: World, call: Json) -> Channel:
    channel = _channel(world, call.get("channel"))
    if not channel.has_bot:
        raise SlackError("not_in_channel")
    return channel


def _written(call: Json) -> Json:
    body = {name: call[name] for name in WRITTEN if call.get(name) is not None}
    check_message(body)
    return body


def _own_message(world: World, channel: Channel, ts: object, refusal: str) -> Message:
    message = channel.messages.get(str(ts or ""))
    if message is None:
        raise SlackError("message_not_found")
    if message.author is not world.bot:
        raise SlackError(refusal)
    return message


def auth_test(world: World, call: Json) -> Json:
    del call
    return {
        "url": f"https://{world.team_name}.slack.com/",
        "team": world.team_name,
        "user": world.bot.name,
        "team_id": world.team_id,
        "user_id": world.bot.id,
        "bot_id": world.bot_id,
        "is_enterprise_install": False,
    }


def connections_open(world: World, call: Json) -> Json:
    del call
    return {"url": f"{world.socket_url}?ticket={world.issue_ticket()}&app_id={world.app_id}"}


def bots_info(world: World, call: Json) -> Json:
    if call.get("bot", world.bot_id) != world.bot_id:
        raise SlackError("bot_not_found")
    return {"bot": bot_json(world)}


def chat_post(world: World, call: Json) -> Json:
    channel = _open_channel(world, call)
    body = _written(call)
    thread = str(call.get("thread_ts") or "") or None
    if thread:
        if not thread.replace(".", "").isdigit():
            raise SlackError("invalid_thread_ts")
        thread = _check_parent(channel, thread)
    is_broadcast = bool(thread) and is_true(call.get("reply_broadcast"))
    message = post(channel, world.bot, body, thread_ts=thread, is_broadcast=is_broadcast)
    return {"channel": channel.id, "ts": message.ts, "message": message_json(message, with_metadata=True)}


def _check_parent(channel: Channel, ts: str) -> str | None:
    """Return the thread that something goes into: none if its first message is gone, which Slack does not refuse.

    It asks not to be given a reply's time; here that is an error, so that no test passes over one.
    """
    parent = channel.messages.get(ts)
    if parent is not None and parent.is_reply:
        raise SlackError("invalid_thread_ts", "thread_ts is that of a reply")
    return parent.ts if parent is not None else None


def chat_update(world: World, call: Json) -> Json:
    if call.get("channel") in world.users:  # this method takes no people for channels
        raise SlackError("channel_not_found")
    channel = _open_channel(world, call)
    message = _own_message(world, channel, call.get("ts"), "cant_update_message")
    edit(message, _written(call))
    shown = message_json(message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": shown["text"], "message": shown}


def chat_delete(world: World, call: Json) -> Json:
    channel = _open_channel(world, call)
    message = _own_message(world, channel, call.get("ts"), "cant_delete_message")
    delete(message)
    return {"channel": channel.id, "ts": message.ts}


def chat_ephemeral(world: World, call: Json) -> Json:
    channel = _open_channel(world, call)
    user = _user(world, call)
    thread = call.get("thread_ts")
    message = post(channel, world.bot, _written(call), thread_ts=thread, ephemeral_for=user)
    return {"message_ts": message.ts}


def permalink(world: World, call: Json) -> Json:
    channel = _read_channel(world, call)
    ts = str(call.get("message_ts"))
    if ts not in channel.messages:
        raise SlackError("message_not_found")
    link = f"https://{world.team_name}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


def conversations_info(world: World, call: Json) -> Json:
    return {"channel": channel_json(_channel(world, call.get("channel")))}


def conversations_history(world: World, call: Json) -> Json:
    channel = _read_channel(world, call)
    shown = [it for it in channel.messages.values() if (not it.is_reply or it.is_broadcast) and _is_shown(it)]
    return _page(list(reversed(shown)), call, "messages", lambda it: it.ts) | {"pin_count": 0}


def conversations_replies(world: World, call: Json) -> Json:
    channel = _read_channel(world, call)
    parent = channel.messages.get(str(call.get("ts")))
    if parent is None:
        raise SlackError("thread_not_found")
    root = channel.messages.get(parent.thread_ts or "") or parent
    return _page([root, *filter(_is_shown, root.replies)], call, "messages", lambda it: it.ts)


def _is_shown(message: Message) -> bool:
    """Return whether a look finds a message; one with a file is there a little later than Slack said."""
    message.n_looks_late -= 1
    return message.n_looks_late < 0


def conversations_list(world: World, call: Json) -> Json:
    kinds = str(call.get("types") or "public_channel").split(",")
    names = {"public_channel": PUBLIC, "private_channel": PRIVATE, "im": DIRECT}
    wanted = {names[it.strip()] for it in kinds if it.strip() in names}
    skips = is_true(call.get("exclude_archived"))
    shown = [
        channel_json(it)
        for it in world.channels.values()
        if it.kind in wanted
        and not it.is_deleted
        and not (skips and it.is_archived)
        and (it.kind == PUBLIC or it.has_bot)
    ]
    return _page(shown, call, "channels", lambda it: str(it["id"]))


def _page(items: list[Any], call: Json, name: str, key: Callable[[Any], str]) -> Json:
    """Return one page of items, cut by times if they are messages."""
    if items and isinstance(items[0], Message):
        items = [it for it in items if _is_between(it.ts, call)]
    limit = int(call.get("limit") or 100)
    if not 1 <= limit <= 1000:
        raise SlackError("invalid_limit")
    start = 0
    if call.get("cursor"):
        try:
            start_key = base64.b64decode(str(call["cursor"]), validate=True).decode().removeprefix("next:")
            start = [key(it) for it in items].index(start_key)
        except ValueError:
            raise SlackError("invalid_cursor") from None
    page, rest = items[start : start + limit], items[start + limit :]
    if page and isinstance(page[0], Message):
        with_metadata = is_true(call.get("include_all_metadata"))
        page = [message_json(it, with_metadata=with_metadata) for it in page]
    cursor = base64.b64encode(f"next:{key(rest[0])}".encode()).decode() if rest else ""
    more = {"has_more": bool(rest)} if name == "messages" else {}
    return {name: page, **more, "response_metadata": {"next_cursor": cursor}}


def _is_between(ts: str, call: Json) -> bool:
    oldest, latest = float(call.get("oldest") or 0), float(call.get("latest") or "inf")
    if is_true(call.get("inclusive")):
        return oldest <= float(ts) <= latest
    return oldest < float(ts) < latest


def conversations_open(world: World, call: Json) -> Json:
    keys = str(call.get("users") or "").split(",")
    if call.get("channel"):
        return {"channel": channel_json(_channel(world, call["channel"]))}
    if len(keys) != 1 or keys[0] not in world.users:
        raise SlackError("user_not_found")
    is_known = any(it.recipient and it.recipient.id == keys[0] for it in world.channels.values())
    channel = world.direct_channel(world.users[keys[0]])
    shown = channel_json(channel) if is_true(call.get("return_im")) else {"id": channel.id}
    return {"channel": shown} | ({"no_op": True, "already_open": True} if is_known else {})


def _user(world: World, call: Json) -> User:
    user = world.users.get(str(call.get("user") or call.get("user_id")))
    if user is None:
        raise SlackError("user_not_found")
    return user


def users_info(world: World, call: Json) -> Json:
    return {"user": user_json(world, _user(world, call))}


def views_publish(world: World, call: Json) -> Json:
    user, body = _user(world, call), call.get("view")
    check_view(body, "home")
    assert isinstance(body, dict)
    known = world.homes.get(user.id)
    if known and call.get("hash") not in {None, known.hash}:
        raise SlackError("hash_conflict")
    view = known or View(world.take_id("V"), user, body, "", n_versions=0)
    view.body, view.hash = body, secrets.token_hex(6)
    view.n_versions += 1
    world.homes[user.id] = world.views[view.id] = view
    _attribute_view(world, view)
    return {"view": view_json(world, view)}


def _attribute_view(world: World, view: View) -> None:
    """Hand a view to the newest thing that its user did in it, or that it came from."""
    for action in reversed(world.actions):
        is_home = action.kind == "home" and view.body["type"] == "home"
        if action.user is view.user and (is_home or action.source_view is view or view in action.views):
            action.views.append(view)
            return


def _trigger(world: World, call: Json) -> Action:
    wanted = str(call.get("trigger_id") or "")
    action = next((it for it in world.actions if it.trigger_id == wanted), None)
    if action is None:
        raise SlackError("invalid_trigger_id")
    if world.now() - action.created_at > world.trigger_lasts:
        raise SlackError("expired_trigger_id")
    if action.is_trigger_used:
        raise SlackError("exchanged_trigger_id")
    return action


def views_open(world: World, call: Json) -> Json:
    action = _trigger(world, call)
    view = action.show(call.get("view") or {})
    action.is_trigger_used = True
    action.views.append(view)
    return {"view": view_json(world, view)}


def views_update(world: World, call: Json) -> Json:
    view = world.views.get(str(call.get("view_id")))
    if view is None or view.is_closed:
        raise SlackError("not_found")
    if call.get("hash") not in {None, view.hash}:
        raise SlackError("hash_conflict")
    check_view(call.get("view"), str(view.body["type"]))
    view.body, view.hash = call["view"], secrets.token_hex(6)
    view.n_versions += 1
    _attribute_view(world, view)
    return {"view": view_json(world, view)}


def upload_url(world: World, call: Json) -> Json:
    name, length = str(call.get("filename") or ""), int(call.get("length") or 0)
    if not name or length <= 0:
        raise SlackError("invalid_arguments")
    if len(str(call.get("alt_txt") or "")) > 1000:
        raise SlackError("alt_txt_too_large")
    file = File(world.take_id("F"), name, length, call.get("alt_txt"), ticket=secrets.token_hex(12))
    world.files[file.id] = file
    return {"upload_url": f"{world.base_url}/upload/{file.ticket}", "file_id": file.id}


def complete_upload(world: World, call: Json) -> Json:
    files: list[File] = []
    for it in call.get("files") or []:
        file = world.files.get(str(it.get("id")))
        if file is None or file.data is None:
            raise SlackError("file_not_found")
        if file.is_complete:
            raise SlackError("file_not_found")  # Slack's material names no word for it
        file.title = it.get("title") or file.name
        files.append(file)
    if not files:
        raise SlackError("invalid_arguments", "files must not be empty")
    where = [call["channel_id"]] if call.get("channel_id") else str(call.get("channels") or "").split(",")
    channels = [_open_channel(world, {"channel": it}) for it in where if it]
    for channel in channels:
        thread = _check_parent(channel, str(call["thread_ts"])) if call.get("thread_ts") else None
        body = {"text": call.get("initial_comment") or "", "blocks": call.get("blocks") or []}
        post(channel, world.bot, body, thread_ts=thread, files=files).n_looks_late = world.n_looks_late
    for file in files:
        file.is_complete = True
    return {"files": [file_json(world, it) for it in files]}


def files_info(world: World, call: Json) -> Json:
    file = world.files.get(str(call.get("file")))
    if file is None or not file.is_complete:
        raise SlackError("file_not_found")
    return {"file": file_json(world, file)}


# Each method with the scope that a bot token needs for it ("": none; "app": the app-level token).
METHODS: dict[str, tuple[Method, str]] = {
    "auth.test": (auth_test, ""),
    "apps.connections.open": (connections_open, "app"),
    "bots.info": (bots_info, "users:read"),
    "chat.postMessage": (chat_post, "chat:write"),
    "chat.update": (chat_update, "chat:write"),
    "chat.delete": (chat_delete, "chat:write"),
    "chat.postEphemeral": (chat_ephemeral, "chat:write"),
    "chat.getPermalink": (permalink, ""),
    "conversations.info": (conversations_info, "channels:read"),
    "conversations.history": (conversations_history, "channels:history"),
    "conversations.replies": (conversations_replies, "channels:history"),
    "conversations.list": (conversations_list, "channels:read"),
    "conversations.open": (conversations_open, "im:write"),
    "users.info": (users_info, "users:read"),
    "views.publish": (views_publish, ""),
    "views.open": (views_open, ""),
    "views.update": (views_update, ""),
    "files.getUploadURLExternal": (upload_url, "files:write"),
    "files.completeUploadExternal": (complete_upload, "files:write"),
    "files.info": (files_info, "files:read"),
}
