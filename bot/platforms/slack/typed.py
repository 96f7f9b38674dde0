"""What somebody typed on Slack, as they typed it. Pure: Slack's marks around links, names and groups are taken off.

Owns the decision whether words without a slash are a command or a question, for messages and for ``/wirewatch``.
Source: "Retrieving messages" and "Slash commands" in Slack's documentation.
"""

from __future__ import annotations

import re
from functools import cache

from bot.render.slack_text import EVERYTHING
from handlers.lines import parse_line
from handlers.registry import find_command, iter_commands
from news.errors import QueryError

_CALL = re.compile(r"<@[UW][A-Z0-9]{1,20}(?:\|[^<>|]{0,200})?>")
_GROUP = re.compile(r"<!subteam\^([A-Z0-9]{1,20})(?:\|[^<>|]{0,200})?>")
_CHANNEL = re.compile(r"(--channel[\s=]\s{0,9})<#([CGD][A-Z0-9]{1,20})(?:\|[^<>|]{0,200})?>")
_PERSON = re.compile(r"(--ping[\s=]\s{0,9})<@([UW][A-Z0-9]{1,20})(?:\|([^<>|]{0,200}))?>")
_ADDS = r"\A\s{0,9}/?(?:wirewatch[:,]?\s{1,9}/?)?watch\s{1,9}add\s"
_PLACE = r"<#([CGD][A-Z0-9]{1,20})(?:\|[^<>|]{0,200})?>"
_PLACE_FIRST = re.compile(rf"({_ADDS}\s{{0,9}}){_PLACE}(?=\s)", re.IGNORECASE)
_PLACE_LAST = re.compile(rf"({_ADDS}(?:(?!--channel\b)[^\n])*?\s){_PLACE}\s*\Z", re.IGNORECASE)
_LONG_DASH = re.compile(r"(?<!\S)[\u2012-\u2015](?=([a-z][a-z-]{1,30})(?![\w-]))")
_LABELLED = re.compile(r"<[^<>|\s]{1,2000}\|([^<>|]{1,2000})>")
_BARE = re.compile(r"<([^<>|\s]{1,2000})\|?>")
_LONGEST = 8_000
"""Most characters that are looked at."""
_OWN_NAME = re.compile(rf"/?{EVERYTHING[1:]}(?:[:,]?\s+|[:,]?\Z)", re.IGNORECASE)
_IN_PLAIN_WORDS = frozenset({"ask"})
"""Commands that take a question as it is, with its mark at the end."""
_SLIP = 3
"""A line of so few words that begins like a command is one, with a slip in it: who typed it is told which."""
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def read_typed(text: str) -> str:
    """Return the line: groups and channels of options are ids, a link is what was typed; names of people are left out.

    A dash that a keyboard made long is two before the name of an option, and a channel at the begin or end of a new
    watch is where that is to be.

    >>> read_typed("<@U012|ana> /watch add peru --ping <!subteam^S9|@desk> &amp; <https://a.example/x>")
    '/watch add peru --ping S9 & https://a.example/x'
    """
    text = _LONG_DASH.sub(_mend_dash, text[:_LONGEST])
    text = _CALL.sub(" ", _PERSON.sub(lambda found: f"{found[1]}@{found[3] or found[2]}", text))
    text = _PLACE_LAST.sub(r"\1--channel \2", _PLACE_FIRST.sub(r"\1--channel \2 ", text))
    text = _CHANNEL.sub(r"\1\2", _GROUP.sub(r"\1", text))
    text = _BARE.sub(r"\1", _LABELLED.sub(r"\1", text))
    for entity, char in _ENTITIES:
        text = text.replace(entity, char)
    return " ".join(text.split())


def _mend_dash(found: re.Match[str]) -> str:
    return "--" if f"--{found[1]}" in _list_flags() else found[0]


@cache
def _list_flags() -> frozenset[str]:
    return frozenset(parameter.flag for _, command in iter_commands() for parameter in command.parameters)


def to_line(text: str) -> str:
    """Return the command line that was meant: a command with its slash, or a question as it is; help for nothing.

    >>> to_line("wirewatch timeline venezuela"), to_line("why did the troops land?"), to_line("")
    ('/timeline venezuela', 'why did the troops land?', '/help')
    """
    words = _OWN_NAME.sub("", text.strip(), count=1).strip()
    if not words:
        return "/help"
    return f"/{words}" if _is_command(words) else words


def _is_command(words: str) -> bool:
    """Return whether a line without a slash is a command: it begins with the name of one, and the rest has a place."""
    first, _, rest = words.partition(" ")
    if words.startswith("/") or find_command(first.lower()) is None:
        return False
    if first.lower() in _IN_PLAIN_WORDS or " --" in words:
        return True
    if words.endswith("?"):
        return False
    if first.lower() == "help" and rest:
        return find_command(rest.lower().lstrip("/")) is not None
    try:
        parse_line(f"/{words}")
    except QueryError:
        return len(words.split()) <= _SLIP
    return True
