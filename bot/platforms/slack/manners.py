"""What every message of ours tells Slack: to call nobody, link nothing of its own and unfold no addresses.

Owns these settings, and taking names of people that would notify them out of what is posted anew. Source: "Formatting
text for app surfaces" and the arguments of ``chat.postMessage`` in Slack's documentation.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

PLAIN: Mapping[str, Any] = {"parse": "none", "link_names": False}
"""Slack makes no links and no calls out of words. ``chat.update`` and ``chat.postEphemeral`` take these."""

QUIET: Mapping[str, Any] = {**PLAIN, "unfurl_links": False, "unfurl_media": False}
"""The same, and no addresses are unfolded; for ``chat.postMessage``."""

UNFOLDED: Mapping[str, Any] = {"unfurl_links": False, "unfurl_media": False}
"""What a ``response_url`` takes of it; in blocks that are ``verbatim`` no words become links anyway."""

_PERSON = re.compile(r"<@([UW][A-Z0-9]{1,20})>")

Block = dict[str, Any]


async def name_people(blocks: list[Block], name_of: Callable[[str], Awaitable[str]]) -> list[Block]:
    """Return the blocks with names in plain words where people stand: Slack notifies who is named in a new message.

    Text of strangers has no ``<`` of its own, so each mark is one that the renderer made.

    Args:
        name_of: id -> name, escaped.
    """
    ids = {user for text in _iter_texts(blocks) for user in _PERSON.findall(text)}
    if not ids:
        return blocks
    names = {user: await name_of(user) for user in sorted(ids)}
    named: list[Block] = _replace(blocks, lambda text: _PERSON.sub(lambda found: names[found[1]], text))
    return named


def _iter_texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - any piece of a block
    if isinstance(value, list):
        for item in value:
            yield from _iter_texts(item)
    elif isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield str(value["text"])
        for item in value.values():
            yield from _iter_texts(item)


def _replace(value: Any, change: Callable[[str], str]) -> Any:  # noqa: ANN401 - any piece of a block
    if isinstance(value, list):
        return [_replace(item, change) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("type") == "mrkdwn":
        return {**value, "text": change(str(value["text"]))}
    return {name: _replace(item, change) for name, item in value.items()}
