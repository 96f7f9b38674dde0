"""The accounts of one event as CSV and Markdown, from the ``data`` of ``/compare``. Escaping is ``export``'s."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from bot.render.export import escape_markdown, safe_cell
from handlers.reply import Reply

_COLUMNS = ("slot", "subject", "verdict", "outlet", "value", "article", "origin", "quote")


def is_comparison(reply: Reply) -> bool:
    """Return whether the answer lays accounts side by side."""
    return "slots" in reply.data


def as_timeline(reply: Reply) -> Reply:
    """Return the answer as a timeline of that one event, for formats that show entries; any other answer as it is."""
    if not is_comparison(reply) or "entry" not in reply.data:
        return reply
    entry = reply.data["entry"]
    heading = f"{reply.data['event']}, {entry['when']}"
    data = {**reply.data, "topic": heading, "heading": heading, "entries": [entry]}
    return replace(reply, data=data)


def render_csv(reply: Reply) -> str:
    """Return the accounts as CSV (RFC 4180), one row for each value of each slot."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for slot in reply.data["slots"]:
        for value in slot["values"]:
            writer.writerow([safe_cell(cell) for cell in _cells(slot, value)])
    return sheet.getvalue()


def render_markdown(reply: Reply) -> str:
    """Return the accounts as CommonMark: each slot with its values, then the sentences of each outlet."""
    lines = [f"# {escape_markdown(reply.title)}", "", escape_markdown(str(reply.data["title"])), ""]
    for slot in reply.data["slots"]:
        subject = f", {slot['subject']}" if slot["subject"] else ""
        lines.append(f"- **{escape_markdown(slot['slot'] + subject)}**: {escape_markdown(slot['verdict'])}")
        lines.extend(f"  - {escape_markdown(value['value'])} — {_source(value)}" for value in slot["values"])
    for account in reply.data["accounts"]:
        lines.extend(["", f"## {escape_markdown(account['outlet'] or 'unknown outlet')}", "", *_quotes(account)])
    return "\n".join(lines) + "\n"


def _cells(slot: Mapping[str, Any], value: Mapping[str, Any]) -> list[object]:
    origin = value["origin"]["name"] if value["origin"] else ""
    named = (slot["slot"], slot["subject"], slot["verdict"], value["outlet"], value["value"], value["article"])
    return [*named, origin, value["quote"]]


def _source(value: Mapping[str, Any]) -> str:
    return f"{escape_markdown(value['outlet'] or 'unknown outlet')}, {escape_markdown(value['article'])}"


def _quotes(account: Mapping[str, Any]) -> Iterator[str]:
    for quote in dict.fromkeys(str(report["quote"]) for report in account["reports"]):
        yield f"- “{escape_markdown(quote)}”"
