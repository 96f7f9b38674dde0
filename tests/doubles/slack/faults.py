"""Faults of the Web API; the Discord double's, by the name of the method instead of a path.

``slack.fault("chat.postMessage", faults.lose())``: the name is a regular expression; uploads are ``upload/...`` and
response URLs ``respond/...``. ``"chat.postMessage C0123"`` is met in that channel only.
"""

from __future__ import annotations

from tests.doubles.discord.faults import Action, Fault, Faults, Kind, lose, malformed, rate_limit, slow, status

__all__ = ["Action", "Fault", "Faults", "Kind", "lose", "malformed", "page", "rate_limit", "refuse", "slow", "status"]

IN_PLAIN_TEXT = "text/plain"


def refuse(word: str) -> Action:
    """Answer ``ok: false`` with this word, such as internal_error or fatal_error; nothing is done."""
    return Action(Kind.STATUS, does_work=False, status=200, scope=word)


def page(code: int, *, does_work: bool = False) -> Action:
    """Answer with words in text/plain, as a proxy does: also with 200."""
    return Action(Kind.STATUS, does_work=does_work, status=code, scope=IN_PLAIN_TEXT)
