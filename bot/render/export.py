"""An answer for programs and files: JSON of any, CSV and Markdown of a timeline.

Owns escaping in each format: no cell is taken for a formula by a spreadsheet, no text of a feed becomes markup. Reads
leniently: a record that lacks a key has an empty cell.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any
from urllib.parse import quote

from bot.render.chart.items import Item, in_places, list_figures, list_notes, say_place
from bot.render.safety import clean_line, escape_json
from handlers.reply import Notice, Reply, text_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARKDOWN = re.compile(r"([\\`*_\[\]#|<>~&$@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
_QUOTED = re.compile(r"[\",;'\s]")
_COLUMNS = (
    "from", "to", "precision", "modality", "title", "n_independent", "outlets", "urls", "quotes", "disputes",
    "kind", "actors", "places", "basis", "events", "when", "notes", "figures",
)  # fmt: skip
_SCHEMES = ("http://", "https://")
_SAFE_IN_LINK = "/:?#[]@!$&'*+,;=%-._~"
_LONGEST_CELL = 32_000

BEYOND = "Also disputed"
"""Heads what is disputed in the stories of a timeline and stands in no entry of it."""

Record = Mapping[str, Any]


def render_json(value: object, *, is_line: bool = False) -> str:
    """Return JSON with a final line break; ``is_line`` on a single line."""
    text = json.dumps(value, ensure_ascii=False, indent=None if is_line else 2, allow_nan=False)
    return escape_json(text) + "\n"


def render_csv(reply: Reply) -> str:
    """Return the timeline as CSV (RFC 4180), one row an entry, under named columns.

    Cells with a semicolon are in quotes as well, or a spreadsheet that takes it for the separator would find a formula
    behind it. A cell ends where a spreadsheet would cut it, at 32,000 characters.
    """
    rows = [_COLUMNS, *(map(safe_cell, _cells(entry)) for entry in reply.data.get("entries", ()))]
    return "".join(",".join(map(_quoted, row)) + "\r\n" for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def render_markdown(reply: Reply) -> str:
    """Return the timeline as CommonMark: years as headings, a list of entries, each with its quotes and links."""
    lines = [f"# {escape_markdown(reply.title)}", ""]
    for heading, placed in groupby(in_places(reply.data.get("entries", ())), key=lambda each: say_place(each[2])):
        lines.extend(
            [f"## {heading}", "", *(line for entry, item, _ in placed for line in _markdown_entry(entry, item)), ""]
        )
    if beyond := reply.data.get("also_disputed"):
        told = (f"- disputed {escape_markdown(dispute_words(dispute))}" for dispute in beyond)
        lines.extend([f"## {BEYOND}", "", *told, ""])
    for block in reply.blocks:
        if isinstance(block, Notice):
            lines.extend([f"Note: {escape_markdown(text_of(block.spans))}", ""])
    return "\n".join(lines).rstrip() + "\n"


def safe_cell(value: object) -> str:
    """Return the text of a cell that no spreadsheet takes for a formula: such ones begin with an apostrophe."""
    raw = "" if value is None else str(value)
    text = clean_line(raw)[:_LONGEST_CELL]
    is_formula = raw.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    return f"'{text}" if is_formula else text


def escape_markdown(text: str) -> str:
    """Return the text so that Markdown shows it as it is, addresses and formulas of some dialects included.

    It must not stand at the beginning of a line: signs of lists and the like are left alone.
    """
    return _MARKDOWN.sub(r"\\\1", clean_line(text))


def is_link(url: str) -> bool:
    """Return whether the address may be shown as one that can be opened."""
    return url.startswith(_SCHEMES)


def safe_link(url: str) -> str:
    """Return the address in characters that no format takes for its own; it leads to the same place."""
    return quote(clean_line(url), safe=_SAFE_IN_LINK)


def dispute_words(dispute: Record) -> str:
    """Return both values of a dispute in one line."""
    here, there = (_claim_words(dispute.get(side) or {}) for side in ("here", "there"))
    return f"{dispute.get('kind') or 'value'}: {here} against {there}"


def _claim_words(claim: Record) -> str:
    outlet = f" ({claim['outlet']})" if claim.get("outlet") else ""
    return f"{claim.get('value') or '?'}{outlet}"


def _cells(entry: Record) -> list[object]:
    reports = entry.get("reports") or ()
    return [
        entry.get("from"),
        entry.get("to"),
        entry.get("precision"),
        entry.get("modality"),
        _title_of(entry),
        entry.get("n_independent"),
        "; ".join(_told(reports, "outlet")),
        " ".join(safe_link(url) for url in _told(reports, "url") if is_link(url)),
        " | ".join(_told(reports, "quote")),
        "; ".join(dispute_words(dispute) for dispute in entry.get("disputes") or ()),
        entry.get("kind"),
        "; ".join(_told(entry.get("actors") or (), "name")),
        "; ".join(_told(entry.get("places") or (), "name")),
        entry.get("basis"),
        " ".join(str(event) for event in entry.get("events") or ()),
        entry.get("when"),
        "; ".join(str(note) for note in entry.get("notes") or ()),
        "; ".join(_told(entry.get("figures") or (), "words")),
    ]


def _title_of(entry: Record) -> str:
    """Return the sentence of an entry as a whole: a file has room that a line on a screen has not."""
    sentences = entry.get("sentences") or ()
    return str(sentences[0] if sentences else entry.get("title") or "")


def _told(records: Iterable[object], key: str) -> list[str]:
    """Return what the records hold under a key, each once; a plain text stands for itself."""
    values = (record.get(key) if isinstance(record, Mapping) else record for record in records)
    return list(dict.fromkeys(str(value) for value in values if value))


def _markdown_entry(entry: Record, item: Item) -> Iterator[str]:
    notes = "; ".join((*list_notes(entry, item), *list_figures(entry, _title_of(entry))))
    told = f" ({escape_markdown(notes)})" if notes else ""
    yield f"- **{escape_markdown(item.when)}**{told} {escape_markdown(_title_of(entry))}"
    for report in entry.get("reports") or ():
        yield f"  - “{escape_markdown(str(report.get('quote') or ''))}” — {_markdown_source(report)}"
    for dispute in entry.get("disputes") or ():
        yield f"  - disputed {escape_markdown(dispute_words(dispute))}"


def _markdown_source(report: Record) -> str:
    outlet = escape_markdown(str(report.get("outlet") or "")) or "unknown outlet"
    published_at = report.get("published_at")
    day = "undated" if published_at is None else str(published_at)[:10]
    url = str(report.get("url") or "")
    return f"[{outlet}](<{safe_link(url)}>), {day}" if is_link(url) else f"{outlet}, {day}"
