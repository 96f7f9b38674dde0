"""The app manifest: what Slack is told of this app is the table of commands, and nothing in it can be refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.platforms.slack.manifest import EVENTS, SCOPES, make_manifest
from bot.platforms.slack.rooms import CLOSING, OPENING
from bot.render.slack_text import EVERYTHING, RESERVED
from handlers.registry import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "bot/platforms/slack").glob("*.py")))
NAME = re.compile(r"/[a-z0-9_-]{1,31}\Z")
"""Slack's form of a slash command: lower case, at most 32 characters."""

MOST_COMMANDS = 50
USED_BY = {
    "app_mentions:read": "app_mention",
    "channels:history": "conversations_history",
    "channels:read": "channel_archive",
    "chat:write": "chat_postMessage",
    "commands": r"app\.command",
    "files:write": "files_completeUploadExternal",
    "groups:history": "conversations_replies",
    "groups:read": "group_archive",
    "im:history": '"im"',
    "im:write": "conversations_open",
    "users:read": "users_info",
}
"""What in the code needs each scope."""


def test_every_command_can_be_typed() -> None:
    """By its own name, or where Slack keeps that for itself, behind the one that takes every line."""
    registered = {command["command"] for command in make_manifest()["features"]["slash_commands"]}
    for command in COMMANDS:
        assert f"/{command.name}" in registered or command.name in RESERVED
    assert EVERYTHING in registered
    assert "/timeline" in registered
    assert not {f"/{name}" for name in RESERVED} & registered


def test_the_manifest_lists_these_commands_once() -> None:
    """What is installed is what the bot answers to."""
    listed = [command["command"] for command in make_manifest()["features"]["slash_commands"]]
    assert len(listed) == len(set(listed)) <= MOST_COMMANDS


@pytest.mark.parametrize("command", make_manifest()["features"]["slash_commands"], ids=lambda it: it["command"])
def test_a_command_is_within_slacks_limits(command: dict[str, str]) -> None:
    """A name that Slack takes, a description, a hint that is not cut off in the middle of an argument."""
    assert NAME.match(command["command"])
    assert 1 <= len(command["description"]) <= 2_000
    hint = command.get("usage_hint", "")
    assert len(hint) <= 1_000
    assert hint.count("<") == hint.count(">")


def test_each_scope_is_used() -> None:
    """The fewest scopes: one that nothing needs must go."""
    assert set(USED_BY) == set(SCOPES)
    for scope, call in USED_BY.items():
        assert re.search(call, SOURCE), scope
    assert make_manifest()["oauth_config"]["scopes"] == {"bot": sorted(SCOPES)}


def test_each_event_is_heard() -> None:
    """An event that is subscribed to is routed, and what is routed is subscribed to."""
    routed = set(re.findall(r'\.event\("(\w+)"\)', SOURCE)) | set(OPENING) | set(CLOSING)
    routed |= {"tokens_revoked", "app_uninstalled", "message.im"}
    assert routed == set(EVENTS)


def test_no_public_address_is_needed() -> None:
    """Socket Mode and interactivity are on, and no request URL is named."""
    manifest = make_manifest(name="Desk")
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert manifest["settings"]["interactivity"] == {"is_enabled": True}
    assert "url" not in str(manifest["settings"])
    assert manifest["display_information"]["name"] == manifest["features"]["bot_user"]["display_name"] == "Desk"
    assert len(manifest["display_information"]["description"]) <= 140
    assert manifest["features"]["app_home"]["home_tab_enabled"] is True
