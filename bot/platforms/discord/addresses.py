"""Addresses of Discord's channels and messages in the store.

Owns their form: a channel is ``discord:<server>/<channel>``, a message is ``<channel>/<message>``. A direct message
belongs to the person: ``discord:@<user>/<channel>``.
"""

from __future__ import annotations

PREFIX = "discord:"
"""What the channels of this platform begin with."""


def format_channel(guild_id: int | None, channel_id: int, user_id: int = 0) -> str:
    """Return the address of a channel."""
    place = f"@{user_id}" if guild_id is None else str(guild_id)
    return f"{PREFIX}{place}/{channel_id}"


def format_place(guild_id: int) -> str:
    """Return the place that a server is."""
    return f"{PREFIX}{guild_id}"


def format_actor(user_id: int) -> str:
    """Return the address of a person."""
    return f"{PREFIX}{user_id}"


def parse_channel(address: str) -> tuple[int | None, int]:
    """Return server and channel of an address; no server for a direct message. Raises ValueError."""
    place, _, channel = address.removeprefix(PREFIX).partition("/")
    return (None if place.startswith("@") else int(place)), int(channel)


def format_message(channel_id: int, message_id: int) -> str:
    """Return the receipt of a message."""
    return f"{channel_id}/{message_id}"


def parse_message(receipt: str) -> tuple[int, int]:
    """Return channel and message of a receipt. Raises ValueError."""
    channel, _, message = receipt.partition("/")
    return int(channel), int(message)
