"""Permission bits and how they add up in a channel; the rules are those of Discord's topic on permissions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntFlag


class Permission(IntFlag):
    """The bits that this double looks at."""

    KICK_MEMBERS = 1 << 1
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38


EVERYTHING = (1 << 53) - 1
ORDINARY = int(
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.ADD_REACTIONS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)


@dataclass(frozen=True)
class Overwrite:
    """What a channel allows and denies to one role or member."""

    is_role: bool
    allow: int = 0
    deny: int = 0


def add_up(base: int, role_ids: list[int], member_id: int, everyone_id: int, rules: Mapping[int, Overwrite]) -> int:
    """Return the permissions in a channel: base, then everyone's rule, all roles' rules together, the member's own."""
    if base & Permission.ADMINISTRATOR:
        return EVERYTHING
    none = Overwrite(is_role=True)
    everyone = rules.get(everyone_id, none)
    allowed = base & ~everyone.deny | everyone.allow
    deny = allow = 0
    for role_id in role_ids:
        rule = rules.get(role_id, none)
        deny, allow = deny | rule.deny, allow | rule.allow
    own = rules.get(member_id, none)
    allowed = (allowed & ~deny | allow) & ~own.deny | own.allow
    return allowed if allowed & Permission.VIEW_CHANNEL else 0
