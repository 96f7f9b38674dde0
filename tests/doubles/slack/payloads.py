"""The world as Slack's JSON; pure."""

from __future__ import annotations

from tests.doubles.slack.errors import Json
from tests.doubles.slack.world import DIRECT, PRIVATE, Channel, File, Message, User, View, World


def user_json(world: World, user: User) -> Json:
    return {
        "id": user.id,
        "team_id": world.team_id,
        "name": user.name,
        "deleted": user.is_deleted,
        "real_name": user.name,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": user.tz_offset,
        "profile": {"real_name": user.name, "display_name": user.name},
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": user.is_owner,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "locale": "en-GB",
    }


def channel_json(channel: Channel) -> Json:
    data: Json = {
        "id": channel.id,
        "created": 1_700_000_000,
        "is_archived": channel.is_archived,
        "is_im": channel.kind == DIRECT,
        "context_team_id": channel.world.team_id,
        "is_org_shared": False,
    }
    if channel.kind == DIRECT:
        return data | {"user": channel.recipient.id if channel.recipient else "", "is_user_deleted": False}
    return data | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind != PRIVATE,
        "is_group": False,
        "is_private": channel.kind == PRIVATE,
        "is_mpim": False,
        "is_general": False,
        "is_shared": False,
        "is_ext_shared": False,
        "is_member": channel.has_bot,
        "creator": channel.creator.id if channel.creator else "U0OWNER",
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def file_json(world: World, file: File) -> Json:
    link = f"{world.base_url}/files/{file.id}/{file.name}"
    data: Json = {"id": file.id, "name": file.name, "title": file.title or file.name, "size": file.length}
    return data | {"alt_txt": file.alt_txt, "url_private": link, "permalink": link, "mode": "hosted"}


def message_json(message: Message, *, with_metadata: bool = False) -> Json:
    """Return a message as the history shows it; metadata only if asked for."""
    world, body = message.channel.world, message.body
    data: Json = {
        "type": "message",
        "user": message.author.id,
        "team": world.team_id,
        "text": body.get("text") or "",
        "ts": message.ts,
    }
    if message.author.is_bot:
        data |= {"bot_id": world.bot_id, "app_id": world.app_id}
        data["bot_profile"] = bot_json(world)
    if body.get("blocks"):
        # Slack names the blocks that have no name; the names come back with what people press.
        data["blocks"] = [{"block_id": f"b{number}"} | it for number, it in enumerate(body["blocks"])]
    if message.files:
        data |= {"files": [file_json(world, it) for it in message.files], "upload": False}
    if message.edited_ts:
        data["edited"] = {"user": message.author.id, "ts": message.edited_ts}
    replies = message.replies
    if message.thread_ts or replies:
        data["thread_ts"] = message.thread_ts or message.ts
    if replies:
        users = list(dict.fromkeys(it.author.id for it in replies))
        data |= {"reply_count": len(replies), "reply_users": users, "latest_reply": replies[-1].ts}
        data["reply_users_count"] = len(users)
    if message.is_broadcast:
        data["subtype"] = "thread_broadcast"
    if message.metadata and with_metadata:
        data["metadata"] = message.metadata
    return data


def bot_json(world: World) -> Json:
    return {
        "id": world.bot_id,
        "deleted": False,
        "name": world.bot.name,
        "updated": 1_700_000_000,
        "app_id": world.app_id,
        "user_id": world.bot.id,
        "icons": {},
        "team_id": world.team_id,
    }


def view_json(world: World, view: View, state: Json | None = None) -> Json:
    blank: Json = dict.fromkeys(("callback_id", "private_metadata", "external_id"), "")
    body: Json = blank | {"close": None, "submit": None} | view.body
    body["blocks"] = [{"block_id": f"b{number}"} | it for number, it in enumerate(view.blocks)]
    return body | {
        "id": view.id,
        "team_id": world.team_id,
        "app_id": world.app_id,
        "bot_id": world.bot_id,
        "hash": view.hash,
        "root_view_id": view.id,
        "previous_view_id": None,
        "app_installed_team_id": world.team_id,
        "state": {"values": state or {}},
    }


def event_json(world: World, event: Json) -> Json:
    """Wrap an event of the Events API."""
    authorization = {"enterprise_id": None, "team_id": world.team_id, "user_id": world.bot.id, "is_bot": True}
    return {
        "token": "of-no-worth",
        "team_id": world.team_id,
        "context_team_id": world.team_id,
        "api_app_id": world.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": world.take_id("Ev"),
        "event_time": int(world.now().timestamp()),
        "authorizations": [authorization | {"is_enterprise_install": False}],
        "is_ext_shared_channel": False,
    }


def interaction_json(world: World, user: User) -> Json:
    """Return what all interactive payloads have in common."""
    who = {"id": user.id, "username": user.name, "name": user.name, "team_id": world.team_id}
    team = {"id": world.team_id, "domain": world.team_name}
    common: Json = {"user": who, "team": team, "api_app_id": world.app_id, "token": "of-no-worth"}
    return common | {"enterprise": None, "is_enterprise_install": False}
