"""Faults of the Web API; the Discord double's, by the name of the method instead of a path.

``slack.fault("chat.postMessage", faults.lose())``: the name is a regular expression; uploads are ``upload/...`` and
response URLs ``respond/...``. ``"chat.postMessage C0123"`` is met in that channel only.
"""

from __future__ import annotations

from tests.doubles.discord.faults import Action, Fault, Faults, Kind, lose, malformed, rate_limit, slow, status

__all__ = ["Action", "Fault", "Faults", "Kind", "lose", "malformed", "rate_limit", "refuse", "slow", "status"]


def refuse(word: str) -> Action:
    """Answer ``ok: false`` with this word, such as internal_error or fatal_error; nothing is done."""
    return Action(Kind.STATUS, does_work=False, status=200, scope=word)
