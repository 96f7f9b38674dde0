"""What somebody asks of the bot, whichever platform it comes from. Owns no parsing of platform payloads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from news.watches.watch import place_of

Argument = str | int | tuple[str, ...] | None
"""The value of one parameter: as the platform gave it, or None where it was left out."""


class Access(IntEnum):
    """What somebody may do; each includes those before it."""

    READ = 0
    """Ask."""
    EDIT = 1
    """Judge what was posted: already known, not relevant, same story."""
    MANAGE = 2
    """Change what the channels of the own place hear, and the feeds that were added there."""
    OPERATE = 3
    """Change what all places share: feeds that the settings or the terminal added."""


@dataclass(frozen=True, slots=True)
class Request:
    """One command with its arguments.

    Attributes:
        command: path in ``handlers.registry.COMMANDS``: ``timeline``, ``feed add``.
        arguments: parameter name -> value; left-out ones may be missing.
        channel: where it was asked and where watches of it post (see ``news.watches.watch``), such as
        ``terminal:local``. actor: who asked, ``<platform>:<id>``; goes into the audit log.
        now: aware UTC.
        access: what the actor may do there.
    """

    command: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    channel: str = "terminal:local"
    actor: str = "terminal:local"
    now: datetime = field(kw_only=True)
    access: Access = field(kw_only=True)

    @property
    def place(self) -> str:
        """The server, workspace or terminal that settings made here belong to."""
        return place_of(self.channel)

    def may_see(self, channel: str) -> bool:
        """Return whether the asker may be told what went to a channel: it is of the own place, or all are."""
        return self.access >= Access.OPERATE or place_of(channel) == self.place
