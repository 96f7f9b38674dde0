"""Addresses of Slack's channels, people and messages in the store.

Owns their form: a channel is ``slack:<workspace>/<channel>``, a message is ``<channel>/<ts>``.
"""

from __future__ import annotations

PREFIX = "slack:"
"""What the channels of this platform begin with."""


def format_channel(team_id: str, channel_id: str) -> str:
    """Return the address of a channel."""
    return f"{PREFIX}{team_id}/{channel_id}"


def format_place(team_id: str) -> str:
    """Return the place that a workspace is."""
    return f"{PREFIX}{team_id}"


def format_actor(user_id: str) -> str:
    """Return the address of a person."""
    return f"{PREFIX}{user_id}"


def parse_channel(address: str) -> tuple[str, str]:
    """Return workspace and channel of an address."""
    team, _, channel = address.removeprefix(PREFIX).partition("/")
    return team, channel


def format_message(channel_id: str, ts: str) -> str:
    """Return the receipt of a message."""
    return f"{channel_id}/{ts}"


def parse_message(receipt: str) -> tuple[str, str]:
    """Return channel and time stamp of a receipt."""
    channel, _, ts = receipt.partition("/")
    return channel, ts
