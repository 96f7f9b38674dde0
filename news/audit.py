"""A line of the audit log: who changed what and when. Owns nothing but the form."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class AuditLine(NamedTuple):
    """One change.

    Attributes:
        actor: who did it, ``<platform>:<id>``.
        action: path of the command.
        subject: what it was done to.
        channel: where, empty for the settings and the program.
    """

    at: datetime
    actor: str
    action: str
    subject: str
    channel: str = ""
