"""An answer for programs and files: JSON of any, CSV and Markdown of a timeline.

Owns escaping in each format: no cell is taken for a formula by a spreadsheet, no text of a feed becomes markup.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

from bot.render.safety import clean_line, escape_json
from handlers.reply import Reply

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&])")
_COLUMNS = ("from", "to", "precision", "modality", "title", "n_independent", "outlets", "urls", "quotes", "disputes")
_SCHEMES = ("http://", "https://")


def render_json(value: object, *, is_line: bool = False) -> str:
    """Return JSON with a final line break; ``is_line`` on a single line."""
    text = json.dumps(value, ensure_ascii=False, indent=None if is_line else 2, allow_nan=False)
    return escape_json(text) + "\n"


def render_csv(reply: Reply) -> str:
    """Return the timeline as CSV (RFC 4180), one row an entry, under named columns."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for entry in reply.data.get("entries", ()):
        writer.writerow([safe_cell(value) for value in _cells(entry)])
    return sheet.getvalue()


def render_markdown(reply: Reply) -> str:
    """Return the timeline as CommonMark: a list of entries, each with its quotes and links."""
    lines = [f"# {escape_markdown(reply.title)}", ""]
    for entry in reply.data.get("entries", ()):
        lines.extend(_markdown_entry(entry))
    return "\n".join(lines).rstrip() + "\n"


def safe_cell(value: object) -> str:
    """Return the text of a cell that no spreadsheet takes for a formula: such ones begin with an apostrophe."""
    raw = "" if value is None else str(value)
    text = clean_line(raw)
    is_formula = raw.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA[:4])
    return f"'{text}" if is_formula else text


def escape_markdown(text: str) -> str:
    """Return the text so that Markdown shows it as it is."""
    return _MARKDOWN.sub(r"\\\1", clean_line(text))


def _cells(entry: Mapping[str, Any]) -> list[object]:
    reports = entry["reports"]
    return [
        entry["from"],
        entry["to"],
        entry["precision"],
        entry["modality"],
        entry["title"],
        entry["n_independent"],
        "; ".join(dict.fromkeys(str(report["outlet"]) for report in reports)),
        " ".join(dict.fromkeys(str(report["url"]) for report in reports if is_link(str(report["url"])))),
        " | ".join(dict.fromkeys(str(report["quote"]) for report in reports)),
        "; ".join(dispute_words(dispute) for dispute in entry["disputes"]),
    ]


def is_link(url: str) -> bool:
    """Return whether the address may be shown as one that can be opened."""
    return url.startswith(_SCHEMES)


def dispute_words(dispute: Mapping[str, Any]) -> str:
    """Return both values of a dispute in one line."""
    here, there = dispute["here"], dispute["there"]
    return f"{dispute['kind']}: {here['value']} ({here['outlet']}) against {there['value']} ({there['outlet']})"


def _markdown_entry(entry: Mapping[str, Any]) -> list[str]:
    first, last = entry["from"] or "…", entry["to"] or "…"
    when = first if first == last else f"{first} to {last}"
    modality = "" if entry["modality"] == "happened" else f" ({entry['modality']})"
    lines = [f"- **{escape_markdown(when)}**{modality} {escape_markdown(entry['title'])}"]
    lines.extend(
        f"  - “{escape_markdown(report['quote'])}” — {_markdown_source(report)}" for report in entry["reports"]
    )
    lines.extend(f"  - disputed: {escape_markdown(dispute_words(dispute))}" for dispute in entry["disputes"])
    return lines


def _markdown_source(report: Mapping[str, Any]) -> str:
    outlet = escape_markdown(str(report["outlet"]) or "unknown outlet")
    day = "undated" if report["published_at"] is None else str(report["published_at"])[:10]
    url = str(report["url"])
    if not is_link(url):
        return f"{outlet}, {escape_markdown(day)}"
    target = clean_line(url).replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
    return f"[{outlet}](<{target}>), {escape_markdown(day)}"
