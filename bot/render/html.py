"""A timeline as one page that needs nothing else: no address is asked for a script, a font or a style.

Owns the markup of the page and its escaping. A strict Content-Security-Policy names our own style and script by their
hashes; every text goes through ``_text``; only http(s) addresses become links.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from html import escape
from itertools import groupby
from typing import Any

from bot.render.chart.fonts import FAMILY
from bot.render.chart.items import Item, read_item, topic_of
from bot.render.chart.layout import draw_chart
from bot.render.chart.svg import draw_svg
from bot.render.chart.themes import PALETTES
from bot.render.export import is_link
from bot.render.page_parts import SCRIPT, STYLE
from bot.render.safety import clean_line
from handlers.messages import MODALITY_WORDS, count_words, format_day, format_issued, independence_words
from handlers.reply import Notice, Reply, text_of
from news.model import Modality

_MOST_OUTLETS = 200

Record = Mapping[str, Any]


def render_html(reply: Reply, *, now: datetime) -> str:
    """Return the timeline as an HTML document with its picture, filters, and the quotes behind each entry."""
    data = reply.data
    topic = _text(topic_of(data))
    style, title = _style(), f"Timeline of {topic}"
    n_entries = len(data.get("entries", ()))
    body = [
        '<a class="skip" href="#entries">Skip to the events</a>',
        f"<header><h1>{title}</h1><p>{_text(reply.title)}</p></header>",
        "<main>",
        *_picture(data, now.date()),
        *_filters(data.get("entries", ())),
        f'<p id="shown" role="status" aria-live="polite">{count_words(n_entries, "event")} shown.</p>',
        '<div id="entries" tabindex="-1">',
        *_years(data.get("entries", ()), now.date()),
        "</div>",
        *(f'<p class="muted">{_text(text_of(block.spans))}</p>' for block in reply.blocks if isinstance(block, Notice)),
        "</main>",
        f"<footer><p>Made by Wirewatch, {_text(format_issued(now))}. Quotes are verbatim.</p></footer>",
        f"<script>{SCRIPT}</script>",
    ]
    return "\n".join([*_head(title, style), "<body>", *body, "</body>", "</html>"]) + "\n"


def _head(title: str, style: str) -> list[str]:
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(SCRIPT)}; base-uri 'none'; form-action 'none'"
    )
    return [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="color-scheme" content="light dark">',
        f"<title>{title}</title>",
        f"<style>{style}</style>",
        "</head>",
    ]


def _style() -> str:
    colours = {
        theme: " ".join(f"--{role}: {colour};" for role, colour in palette.items())
        for theme, palette in PALETTES.items()
    }
    return STYLE.replace("LIGHT", colours["light"]).replace("DARK", colours["dark"]).replace("FAMILY", FAMILY)


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _text(text: str) -> str:
    """Return the text so that it is only text, within elements and within double quotes."""
    return escape(clean_line(text), quote=True)


def _picture(data: Record, today: date) -> Iterator[str]:
    if not data.get("entries"):
        return
    paints = {role: f"var(--{role})" for role in PALETTES["light"]}
    yield '<section aria-label="Picture"><details class="picture"><summary>Picture of the timeline</summary>'
    yield draw_svg(draw_chart(data, today=today), paints)
    yield "</details></section>"


def _filters(entries: Sequence[Record]) -> list[str]:
    if not entries:
        return ['<form id="filters" hidden></form>']
    found = {str(entry.get("modality") or "happened") for entry in entries}
    modalities: list[tuple[str, str]] = [
        (kind.value, MODALITY_WORDS[kind] or kind.value) for kind in Modality if kind.value in found
    ]
    if any(entry.get("disputes") for entry in entries):
        modalities.append(("disputed", "disputed"))
    outlets = sorted({_outlet(report) for entry in entries for report in entry.get("reports", ())}, key=str.casefold)
    return [
        '<form id="filters" role="search" aria-label="Filters" hidden>',
        '<div><label for="words">Words</label><input id="words" name="words" type="search" autocomplete="off"></div>',
        *_select("modality", "How sure", modalities),
        *_select("outlet", "Outlet", [(name, name) for name in outlets[:_MOST_OUTLETS]]),
        '<div><label for="from">From</label><input id="from" name="from" type="date"></div>',
        '<div><label for="to">To</label><input id="to" name="to" type="date"></div>',
        '<button type="reset">Show all</button>',
        "</form>",
    ]


def _select(name: str, words: str, options: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield f'<div><label for="{name}">{words}</label><select id="{name}" name="{name}"><option value="">all</option>'
    for value, shown in options:
        yield f'<option value="{_text(value)}">{_text(shown)}</option>'
    yield "</select></div>"


def _years(entries: Sequence[Record], today: date) -> Iterator[str]:
    pairs = [(entry, read_item(entry)) for entry in entries]
    is_divided = False
    for number, (year, group) in enumerate(groupby(pairs, key=lambda pair: _year_of(pair[1]))):
        yield f'<section class="year" aria-labelledby="year-{number}"><h2 id="year-{number}">{year}</h2><ol>'
        for entry, item in group:
            is_future = item.starts_on is not None and item.starts_on > today
            if is_future and not is_divided:
                is_divided = True
                yield f'<li class="today">Today, {_text(format_day(today))}; what follows lies ahead</li>'
            yield from _entry(entry, item)
        yield "</ol></section>"


def _year_of(item: Item) -> str:
    return "date unknown" if item.starts_on is None else str(item.starts_on.year)


def _entry(entry: Record, item: Item) -> Iterator[str]:
    modality = item.modality.value
    span = f'data-from="{_text(entry.get("from") or "")}" data-to="{_text(entry.get("to") or "")}"'
    disputed = " data-disputed" if entry.get("disputes") else ""
    notes = "".join(f' <span class="note">· {_text(note)}</span>' for note in item.notes)
    yield f'<li class="entry {modality}" data-modality="{modality}" {span}{disputed}>'
    yield f"<h3>{_time(entry, item)}{notes}</h3>"
    sentences = entry.get("sentences") or [item.text]
    yield from (f'<p dir="auto">{_text(str(sentence))}</p>' for sentence in sentences)
    for dispute in entry.get("disputes") or ():
        yield from _dispute(dispute)
    yield from _quotes(entry.get("reports") or (), item.n_independent)
    yield "</li>"


def _time(entry: Record, item: Item) -> str:
    words = _text(item.when)
    is_day = entry.get("from") is not None and entry.get("from") == entry.get("to")
    return f'<time datetime="{_text(entry["from"])}">{words}</time>' if is_day else words


def _dispute(dispute: Record) -> Iterator[str]:
    yield f'<div class="dispute">≠ {_text(str(dispute.get("kind") or ""))} disputed<ul>'
    for side in ("there", "here"):
        claim = dispute.get(side) or {}
        quote = f": “{_text(str(claim['quote']))}”" if claim.get("quote") else ""
        source = f" ({_text(str(claim['outlet']))})" if claim.get("outlet") else ""
        yield f'<li dir="auto">{_text(str(claim.get("value") or "?"))}{source}{quote}</li>'
    yield "</ul></div>"


def _quotes(reports: Sequence[Record], n_independent: int) -> Iterator[str]:
    if not reports:
        return
    words = independence_words(len(reports), n_independent)
    yield f'<details class="quotes"><summary>Quotes: {_text(words)}</summary>'
    for report in reports:
        outlet = _text(_outlet(report))
        yield (
            f'<blockquote data-outlet="{outlet}"><p dir="auto">“{_text(str(report["quote"]).strip())}”</p>'
            f"<cite>{_source(report)}</cite></blockquote>"
        )
    yield "</details>"


def _source(report: Record) -> str:
    outlet, url = _text(_outlet(report)), clean_line(str(report.get("url") or ""))
    link = f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{outlet}</a>' if is_link(url) else outlet
    published_at = report.get("published_at")
    day = format_issued(datetime.fromisoformat(published_at)) if published_at else "undated"
    origin = (report.get("origin") or {}).get("name") or ""
    citing = f", citing {_text(origin)}" if origin and origin != report.get("outlet") else ""
    return f"{link}, {_text(day)}, {_text(str(report.get('article') or ''))}{citing}"


def _outlet(report: Record) -> str:
    return clean_line(str(report.get("outlet") or "")) or "unknown outlet"
