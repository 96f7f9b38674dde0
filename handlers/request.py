"""What somebody asks of the bot, whichever platform it comes from. Owns no parsing of platform payloads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

Argument = str | int | tuple[str, ...] | None
"""The value of one parameter: as the platform gave it, or None where it was left out."""


@dataclass(frozen=True, slots=True)
class Request:
    """One command with its arguments.

    Attributes:
        command: path in ``handlers.registry.COMMANDS``: ``timeline``, ``feeds add``.
        arguments: parameter name -> value; left-out ones may be missing.
        channel: where it was asked and where watches of it post, ``<platform>:<id>``, such as ``terminal:local``.
        actor: who asked, ``<platform>:<id>``; goes into the audit log.
        now: aware UTC.
        may_change: whether the actor may change feeds and watches.
    """

    command: str
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    channel: str = "terminal:local"
    actor: str = "terminal:local"
    now: datetime = field(kw_only=True)
    may_change: bool = True
