"""Checked arguments by type, and the ids that people type: a12, s3, e7, n4, f3, t2.

Owns the way from ``Request.arguments`` to typed values. Whether they are allowed was checked by ``handlers.values``.
"""

from __future__ import annotations

import re

from handlers.request import Request
from news.errors import QueryError

_ID = re.compile(r"([asenft])(\d{1,15})\Z")


def find_text(request: Request, name: str) -> str | None:
    """Return the argument as text, or None where it was left out."""
    value = request.arguments.get(name)
    return None if value is None else str(value)


def get_text(request: Request, name: str) -> str:
    """Return a required argument as text."""
    return find_text(request, name) or ""


def find_number(request: Request, name: str) -> int | None:
    """Return the argument as a number, or None where it was left out."""
    value = request.arguments.get(name)
    return value if isinstance(value, int) else None


def find_id(text: str) -> tuple[str, int] | None:
    """Return the letter and number of an id such as ``a12``, or None where the text is something else."""
    match = _ID.match(text.strip().lower())
    return None if match is None else (match[1], int(match[2]))


def get_id(text: str, letter: str, *, example: str) -> int:
    """Return the number of an id of one kind; the bare number is taken too.

    Raises:
        QueryError: it is something else.
    """
    found = find_id(text if not text.isdecimal() else letter + text)
    if found is None or found[0] != letter:
        raise QueryError(f"“{text[:40]}” is not the id that is needed here. It looks like {example}.")
    return found[1]
