"""What somebody typed on Slack, as they typed it. Pure: Slack's marks around links, names and groups are taken off.

Source: "Retrieving messages" and "Slash commands" in Slack's documentation.
"""

from __future__ import annotations

import re

_CALL = re.compile(r"<@[UW][A-Z0-9]{1,20}(?:\|[^<>|]{0,200})?>")
_GROUP = re.compile(r"<!subteam\^([A-Z0-9]{1,20})(?:\|[^<>|]{0,200})?>")
_CHANNEL = re.compile(r"(--channel[\s=]\s{0,9})<#([CGD][A-Z0-9]{1,20})(?:\|[^<>|]{0,200})?>")
_LABELLED = re.compile(r"<[^<>|\s]{1,2000}\|([^<>|]{1,2000})>")
_BARE = re.compile(r"<([^<>|\s]{1,2000})\|?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def read_typed(text: str) -> str:
    """Return the line: groups and channels of options are ids, a link is what was typed; names of people are left out.

    >>> read_typed("<@U012|ana> /watch add peru --ping <!subteam^S9|@desk> &amp; <https://a.example/x>")
    '/watch add peru --ping S9 & https://a.example/x'
    """
    text = _CALL.sub(" ", text)
    text = _CHANNEL.sub(r"\1\2", _GROUP.sub(r"\1", text))
    text = _BARE.sub(r"\1", _LABELLED.sub(r"\1", text))
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    return " ".join(text.split())
