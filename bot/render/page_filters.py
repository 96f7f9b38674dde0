"""What the filters of a page offer, read from the entries, and their markup.

Owns which names stand in each filter. Reads leniently: a filter that has nothing to choose from is not offered, and a
record that lacks a key is in no choice of it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from bot.render.chart.items import Item
from bot.render.safety import clean_line
from handlers.messages import MODALITY_WORDS
from news.model import Modality

Record = Mapping[str, Any]

LISTS: Mapping[str, str] = {"actor": "Who", "place": "Where", "kind": "What", "outlet": "Outlet"}
"""Name of a filter that lists names -> its label, in order on the page."""

_MOST_NAMES = 300
_LONGEST_NAME = 120
_DISPUTED, _NEW = "disputed", "new"


def draw_filters(entries: Sequence[Record], items: Sequence[Item]) -> list[str]:
    """Return the form with all filters; hidden until the script shows it, for without one it would do nothing."""
    lines = [
        '<form id="filters" role="search" aria-label="Filter the events" hidden>',
        '<p class="words"><label for="words">Words</label>',
        '<input id="words" name="words" type="search" autocomplete="off" spellcheck="false"></p>',
    ]
    for name, label in LISTS.items():
        found = Counter(value for entry in entries for value in list_values(entry, name))
        options = [(value, f"{value} ({count})") for value, count in found.most_common(_MOST_NAMES)]
        options.sort(key=lambda option: option[0].casefold())
        is_shared = list(found.values()) == [len(entries)]  # one name, and all have it: nothing to choose
        lines.extend(_select(name, label, [] if is_shared else options))
    states = _states(entries)
    lines.extend(_select("state", "How sure", states if len(states) > 1 else []))
    years = sorted({item.starts_on.year for item in items if item.starts_on is not None})
    options = [(f"{year:04}", str(year)) for year in years] if len(years) > 1 else []
    lines.extend(_select("from", "From year", options))
    lines.extend(_select("to", "To year", options))
    return [*lines, '<p><button type="reset">Show all</button></p>', "</form>"]


def tags_of(entry: Record, item: Item) -> str:
    """Return what the filters know of an entry, as attributes."""
    first, last = item.span.first_on, item.span.last_on
    years = f'data-from="{first.year if first else 0:04}" data-to="{last.year if last else 9999:04}"'
    tags: dict[str, list[str]] = {name: list_values(entry, name) for name in LISTS}
    tags["state"] = [item.modality.value, *_marks(entry)]
    packed = escape(json.dumps(tags, ensure_ascii=False), quote=True)
    return f'data-tags="{packed}"' + (f" {years}" if item.starts_on is not None else "")


def list_values(entry: Record, name: str) -> list[str]:
    """Return the names of an entry in one filter, each once, as they are shown."""
    if name == "kind":
        return _distinct([entry.get("kind") or ""])
    if name == "outlet":
        return _distinct(outlet_of(report) for report in entry.get("reports") or ())
    return _distinct(found for value in entry.get(f"{name}s") or () for found in _names_of(value))


def outlet_of(report: Record) -> str:
    """Return who published it, in words that are never empty."""
    return clean_line(str(report.get("outlet") or "")).strip() or "unknown outlet"


def _names_of(value: object) -> list[object]:
    """Return the name in a record, with what the place lies in; else a name, or one made of a key ``place:caracas``."""
    if isinstance(value, Mapping):
        return [value.get("name") or value.get("key") or "", *(value.get("within") or ())]
    kind, colon, slug = str(value).partition(":")
    return [slug.replace("-", " ").title() if colon and kind.isalpha() and slug else str(value)]


def _distinct(values: Iterable[object]) -> list[str]:
    names = (clean_line(str(value)).strip()[:_LONGEST_NAME] for value in values)
    return list(dict.fromkeys(name for name in names if name))


def _marks(entry: Record) -> list[str]:
    return [mark for mark, is_set in ((_DISPUTED, entry.get("disputes")), (_NEW, entry.get("is_new"))) if is_set]


def _states(entries: Sequence[Record]) -> list[tuple[str, str]]:
    found = {str(entry.get("modality") or Modality.HAPPENED.value) for entry in entries}
    states: list[tuple[str, str]] = [
        (kind.value, MODALITY_WORDS[kind] or "happened") for kind in Modality if kind.value in found
    ]
    marks = {mark for entry in entries for mark in _marks(entry)}
    states += [(_DISPUTED, "disputed")] if _DISPUTED in marks else []
    return states + ([(_NEW, "new since last asked")] if _NEW in marks else [])


def _select(name: str, label: str, options: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield a list to choose from; where there is no choice, a value that stays empty, for the script to ask."""
    if not options:
        yield f'<input type="hidden" name="{name}">'
        return
    yield f'<p><label for="{name}">{label}</label><select id="{name}" name="{name}"><option value="">all</option>'
    for value, shown in options:
        yield f'<option value="{escape(value, quote=True)}">{escape(shown, quote=True)}</option>'
    yield "</select></p>"
