"""Channels as people name them, and which of them somebody may name."""

from __future__ import annotations

import re

from handlers.request import Request
from news.errors import QueryError

_CHANNEL = re.compile(r"[a-z]{1,20}:[\w@-]{1,40}(/[\w-]{1,40})?\Z", re.ASCII)


def check_channel(request: Request, named: str) -> str:
    """Return the address of a channel that is named by its id or address. Raises QueryError for one elsewhere."""
    channel = named if ":" in named else f"{request.place}/{named}"
    is_bare = named != channel and request.place.startswith("terminal:")
    if is_bare or not request.may_see(channel) or _CHANNEL.match(channel) is None:
        raise QueryError(f"“{named[:80]}” is no channel of this place. Leave it out to take this one.")
    return channel
