"""Markdown to plain text.

Owns the few forms that news documents use. Must never fail: what it does not know stays as it stands. It is no
renderer; nothing that it returns is markup.
"""

from __future__ import annotations

import html
import re
from typing import NamedTuple

__all__ = ["PlainBody", "parse_markdown"]

_FENCE = re.compile(r"^(?:`{3,}|~{3,})[^`]*$")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"^(?:=+|-+)$")
_RULE = re.compile(r"^(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_QUOTE = re.compile(r"^(?:>\s?)+")
_ITEM = re.compile(r"^(?:[-*+]|\d{1,4}[.)])\s+")
_DEFINITION = re.compile(r"^\[([^\[\]]{1,200})\]:\s*<?(\S{1,2000}?)>?(?:\s+[\"'(].*)?$")
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{0,500})\]\(\s*<?([^()\s<>]{0,2000})>?(?:\s+[^()\n]{0,300})?\)")
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,500})\] ?\[([^\[\]\n]{0,200})\]")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,2000})>")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>")
_CODE = re.compile(r"`{1,2}([^`\n]{1,500})`{1,2}")
_STARS = re.compile(r"(\*{1,3})(?=\S)([^*\n]{1,2000})(?<=\S)\1")
_LOW_LINES = re.compile(r"(?<!\w)(_{1,3})(?=\S)([^_\n]{1,2000})(?<=\S)\1(?!\w)")
_STRIKE = re.compile(r"~~(?=\S)([^~\n]{1,2000})~~")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!~>|-])")
_WRAP_END = re.compile(r"(?: {2}|\\)$")


class PlainBody(NamedTuple):
    """A body of plain text: its words, the first heading (or ``""``), and the targets of its links in order."""

    text: str
    heading: str
    links: tuple[str, ...]


def parse_markdown(body: str) -> PlainBody:
    """Return ``body`` as plain text: paragraphs unwrapped and separated by blank lines, list items a line each.

    The first heading of level 1, if it opens the body, is taken out as ``heading``; all other headings stay as lines
    of their own. Links keep their words; images and comments vanish.
    """
    lines, targets = _take_definitions(_without_comments(body).splitlines())
    blocks = _join_blocks(lines)
    links: list[str] = []
    heading = ""
    if blocks and blocks[0].startswith("# "):
        heading = _inline(blocks.pop(0)[2:], targets, links)
    texts = [_inline(_HEADING.sub(r"\1", block), targets, links) for block in blocks]
    return PlainBody("\n\n".join(text for text in texts if text.strip()), heading, tuple(dict.fromkeys(links)))


def _without_comments(body: str) -> str:
    kept = []
    while "<!--" in body:
        before, _, rest = body.partition("<!--")
        kept.append(before)
        body = rest.partition("-->")[2]
    return "".join([*kept, body])


def _take_definitions(lines: list[str]) -> tuple[list[str], dict[str, str]]:
    targets: dict[str, str] = {}
    rest = []
    for line in lines:
        found = _DEFINITION.match(line.strip()[:3_000])
        if found:
            targets[found[1].lower()] = found[2]
        else:
            rest.append(line)
    return rest, targets


def _join_blocks(lines: list[str]) -> list[str]:
    """Return paragraphs, headings and lists; a list keeps a line for each item, a paragraph loses its wrapping."""
    blocks: list[str] = []
    current = ""
    for raw in lines:
        line = _QUOTE.sub("", raw.strip())
        if not line or _FENCE.match(line) or _RULE.match(line) or _UNDERLINE.match(line):
            blocks, current = _close(blocks, current), ""
        elif _HEADING.match(line):
            blocks, current = [*_close(blocks, current), line], ""
        else:
            current = _extend(current, line, hard=_WRAP_END.search(raw) is not None)
    return _close(blocks, current)


def _close(blocks: list[str], current: str) -> list[str]:
    if current.strip():
        blocks.append(current.strip())
    return blocks


def _extend(current: str, line: str, *, hard: bool) -> str:
    is_item = _ITEM.match(line) is not None
    text = _ITEM.sub("", line.rstrip("\\").strip())
    joint = "\n" if is_item and current else ""
    return f"{current}{joint}{text}" + ("\n" if hard else " ") if not joint else f"{current.rstrip()}\n{text} "


def _inline(text: str, targets: dict[str, str], links: list[str]) -> str:
    """Return one block without its inline markup; targets of links are added to ``links``."""

    def take(words: str, target: str) -> str:
        if target.startswith(("http://", "https://")):
            links.append(target)
        return words

    text = _IMAGE.sub("", text)
    text = _LINK.sub(lambda found: take(found[1], found[2]), text)
    text = _REFERENCE.sub(lambda found: take(found[1], targets.get((found[2] or found[1]).lower(), "")), text)
    text = _AUTOLINK.sub(lambda found: take(found[1], found[1]), text)
    text = _CODE.sub(r"\1", _TAG.sub("", text))
    for pattern in (_STARS, _LOW_LINES):
        text = pattern.sub(r"\2", text)
    return html.unescape(_ESCAPE.sub(r"\1", _STRIKE.sub(r"\1", text))).strip()
