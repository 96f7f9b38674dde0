"""The app manifest, generated from the one table of commands. Pure: what Slack is to be told of this app.

Source: Slack's documentation, "App manifest reference". Names that Slack keeps for itself are not registered:
``/wirewatch`` takes every command, so nothing is out of reach.
"""

from __future__ import annotations

from typing import Any

from bot.render.slack_text import EVERYTHING, RESERVED
from handlers.registry import COMMANDS, Command, ParameterKind, describe_usage

SCOPES = {
    "app_mentions:read": "questions that call the bot by name",
    "channels:history": "finding out whether an alert has arrived before sending it again",
    "channels:read": "seeing whether a channel is archived",
    "chat:write": "answers and alerts",
    "commands": "slash commands",
    "files:write": "pictures and exported files",
    "groups:history": "the same as channels:history in private channels that the bot was invited to",
    "groups:read": "the same as channels:read there",
    "im:history": "questions in a direct message",
    "im:write": "answers there",
    "users:read": "who is an admin of the workspace",
}
"""Bot scopes, each with its reason; the fewest that do."""

EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_archive",
    "channel_deleted",
    "channel_id_changed",
    "channel_left",
    "channel_unarchive",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_unarchive",
    "member_joined_channel",
    "message.im",
    "tokens_revoked",
)
"""What the bot is told of."""

_LONGEST_DESCRIPTION = 140
_LONGEST_HINT = 100


def make_manifest(*, name: str = "Wirewatch") -> dict[str, Any]:
    """Return the manifest as it is pasted into Slack's form for new apps."""
    commands = [_slash(command) for command in COMMANDS if command.name not in RESERVED]
    commands.append(
        {
            "command": EVERYTHING,
            "description": "Any command: /wirewatch status, /wirewatch feed add …; a question without one.",
            "usage_hint": "<command> or a question",
            "should_escape": True,
        }
    )
    return {
        "display_information": {
            "name": name,
            "description": "Tells a channel only what is new in the news, with dates, sources and disagreements.",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": name, "always_online": True},
            "slash_commands": commands,
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True},
            "org_deploy_enabled": False,
            "socket_mode_enabled": True,
            "token_rotation_enabled": False,
        },
    }


def _takes_mark(command: Command) -> bool:
    """Return whether a group or channel may be typed, which reaches the bot by its id only where Slack marks it."""
    return any(parameter.kind in {ParameterKind.PING, ParameterKind.CHANNEL} for parameter in command.parameters)


def _slash(command: Command) -> dict[str, Any]:
    usage = describe_usage(command.name, command).partition(" ")[2]
    slash: dict[str, Any] = {
        "command": f"/{command.name}",
        "description": command.summary[:_LONGEST_DESCRIPTION],
        "should_escape": any(_takes_mark(each) for each in (command, *command.subcommands)),
    }
    return slash | ({"usage_hint": usage[:_LONGEST_HINT]} if usage else {})
