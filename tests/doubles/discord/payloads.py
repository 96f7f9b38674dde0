"""The world as Discord's JSON; decides nothing."""

from __future__ import annotations

from datetime import datetime

from tests.doubles.discord.errors import Json
from tests.doubles.discord.permissions import Overwrite
from tests.doubles.discord.world import (
    DM,
    EPHEMERAL,
    FORUM,
    LOADING,
    Attachment,
    Channel,
    Guild,
    Member,
    Message,
    Role,
    User,
    World,
)

MESSAGE_CONTENT = 1 << 15


def stamp(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def user_json(user: User) -> Json:
    return {
        "id": str(user.id),
        "username": user.name,
        "discriminator": "0",
        "global_name": user.name.title(),
        "avatar": None,
        "bot": user.is_bot,
        "public_flags": 0,
        "flags": 0,
    }


def application_json(world: World) -> Json:
    return {
        "id": str(world.application_id),
        "name": world.bot.name,
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": user_json(world.owner),
        "team": None,
        "verify_key": "0" * 64,
        "flags": 1 << 19 if world.granted_intents & MESSAGE_CONTENT else 0,
        "summary": "",
        "bot": user_json(world.bot),
    }


def role_json(role: Role) -> Json:
    return {
        "id": str(role.id),
        "name": role.name,
        "permissions": str(int(role.permissions)),
        "position": role.position,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "managed": False,
        "mentionable": role.mentionable,
        "flags": 0,
    }


def member_json(member: Member, *, with_user: bool = True) -> Json:
    data: Json = {
        "nick": None,
        "avatar": None,
        "roles": [str(role.id) for role in member.roles],
        "joined_at": stamp(member.joined_at),
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "premium_since": None,
        "communication_disabled_until": None,
    }
    if with_user:
        data["user"] = user_json(member.user)
    return data


def overwrite_json(target: int, rule: Overwrite) -> Json:
    return {
        "id": str(target),
        "type": 0 if rule.is_role else 1,
        "allow": str(int(rule.allow)),
        "deny": str(int(rule.deny)),
    }


def channel_json(channel: Channel) -> Json:
    last = next(reversed(channel.messages), None)
    data: Json = {"id": str(channel.id), "type": channel.type, "flags": channel.flags}
    data["last_message_id"] = str(last) if last else None
    if channel.type == DM:
        return data | {"recipients": [user_json(channel.recipient)] if channel.recipient else []}
    assert channel.guild
    data |= {"guild_id": str(channel.guild.id), "name": channel.name, "rate_limit_per_user": 0}
    data["parent_id"] = str(channel.parent.id) if channel.parent else None
    if channel.is_thread:
        return data | _thread_json(channel)
    data |= {"topic": channel.topic, "position": channel.position, "nsfw": False}
    data["permission_overwrites"] = [overwrite_json(target, rule) for target, rule in channel.overwrites.items()]
    if channel.type == FORUM:
        data |= {
            "available_tags": channel.available_tags,
            "default_reaction_emoji": None,
            "default_sort_order": None,
            "default_forum_layout": 0,
            "template": "",
        }
    return data


def _thread_json(thread: Channel) -> Json:
    n_messages = len(thread.messages)
    return {
        "owner_id": str(thread.owner_id),
        "message_count": n_messages,
        "total_message_sent": n_messages,
        "member_count": 1,
        "applied_tags": [str(tag) for tag in thread.applied_tags],
        "thread_metadata": {
            "archived": thread.is_archived,
            "auto_archive_duration": thread.auto_archive_duration,
            "archive_timestamp": stamp(thread.world.clock.now()),
            "locked": thread.is_locked,
            "create_timestamp": stamp(thread.world.clock.now()),
        },
        "member": {
            "id": str(thread.id),
            "user_id": str(thread.world.bot.id),
            "join_timestamp": stamp(thread.world.clock.now()),
            "flags": 0,
        },
    }


def guild_json(guild: Guild) -> Json:
    """A guild as REST shows it; GUILD_CREATE adds ``guild_event_json``."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner.id),
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "description": None,
        "roles": [role_json(role) for role in guild.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "preferred_locale": "en-US",
        "afk_timeout": 300,
        "afk_channel_id": None,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "vanity_url_code": None,
        "application_id": None,
    }


def guild_event_json(guild: Guild, bot: User) -> Json:
    channels = list(guild.channels.values())
    return guild_json(guild) | {
        "joined_at": stamp(guild.members[bot.id].joined_at),
        "large": False,
        "member_count": len(guild.members),
        "members": [member_json(guild.members[bot.id])],
        "channels": [channel_json(channel) for channel in channels if not channel.is_thread],
        "threads": [channel_json(thread) for thread in guild.threads() if not thread.is_archived],
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def attachment_json(attachment: Attachment, *, is_ephemeral: bool) -> Json:
    data: Json = {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "size": len(attachment.data),
        "url": attachment.url,
        "proxy_url": attachment.url,
        "content_type": attachment.content_type,
        "ephemeral": is_ephemeral,
    }
    if attachment.description:
        data["description"] = attachment.description
    if attachment.data.startswith(b"\x89PNG"):
        data["width"] = int.from_bytes(attachment.data[16:20], "big")
        data["height"] = int.from_bytes(attachment.data[20:24], "big")
    return data


def message_json(message: Message, *, for_event: bool = False) -> Json:
    """A message; events add the guild and the member who wrote it."""
    guild = message.channel.guild
    data: Json = {
        "id": str(message.id),
        "type": message.type,
        "channel_id": str(message.channel.id),
        "author": user_json(message.author),
        "content": message.content,
        "timestamp": stamp(message.created_at),
        "edited_timestamp": stamp(message.edited_at),
        "tts": False,
        "mention_everyone": message.pings_everyone,
        "mentions": [user_json(user) for user in message.pinged_users],
        "mention_roles": [str(role.id) for role in message.pinged_roles],
        "attachments": [attachment_json(it, is_ephemeral=message.is_ephemeral) for it in message.attachments],
        "embeds": [{"type": "rich", **embed} for embed in message.embeds],
        "components": message.components,
        "pinned": False,
        "flags": message.flags,
    }
    if message.nonce is not None:
        data["nonce"] = message.nonce
    if message.thread:
        data["thread"] = channel_json(message.thread)
    data |= _origin_json(message)
    if for_event and guild:
        data["guild_id"] = str(guild.id)
        if member := guild.members.get(message.author.id):
            data["member"] = member_json(member, with_user=False)
    return data


def _origin_json(message: Message) -> Json:
    """Say what a message answers: another message, or an interaction."""
    data: Json = {}
    if message.reference:
        target_id = int(message.reference["message_id"])
        data["message_reference"] = {
            "message_id": str(target_id),
            "channel_id": str(message.channel.id),
            "guild_id": str(message.channel.guild.id) if message.channel.guild else None,
            "type": 0,
        }
        target = message.channel.messages.get(target_id)
        data["referenced_message"] = message_json(target) if target and not target.reference else None
    if message.interaction:
        world = message.channel.world
        data |= {"application_id": str(world.application_id), "webhook_id": str(world.application_id)}
        data["interaction_metadata"] = {
            "id": str(message.interaction.id),
            "type": message.interaction.kind,
            "user": user_json(message.interaction.user),
            "authorizing_integration_owners": {},
        }
    return data


def hide_content(data: Json) -> Json:
    """Return a message event as a session without the message-content intent gets it."""
    return data | {"content": "", "embeds": [], "attachments": [], "components": []}


def is_content_hidden(message: Message) -> bool:
    """Whether an application without the intent is kept from the content: not its own, no mention of it, no DM."""
    bot = message.channel.world.bot
    return message.author is not bot and bot not in message.pinged_users and message.channel.guild is not None


def response_flags(flags: int) -> dict[str, bool]:
    return {"response_message_loading": bool(flags & LOADING), "response_message_ephemeral": bool(flags & EPHEMERAL)}
