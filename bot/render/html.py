"""A timeline as one page that needs nothing else: no address is asked for a script, a font or a style.

Owns the markup of the page and its escaping. A strict Content-Security-Policy names our own style and script by their
hashes; every text goes through ``_text``; only http(s) addresses become links.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Any

from bot.render.chart.fonts import FAMILY
from bot.render.chart.items import Item, in_places, list_figures, list_notes, say_place, today_of, topic_of
from bot.render.chart.layout import draw_chart
from bot.render.chart.svg import draw_svg
from bot.render.chart.themes import PALETTES
from bot.render.export import BEYOND, is_link
from bot.render.page_filters import draw_filters, outlet_of, tags_of
from bot.render.page_parts import SCRIPT, STYLE
from bot.render.safety import clean_line
from handlers.messages import count_words, format_day, format_issued, independence_words
from handlers.reply import Notice, Reply, text_of
from news.dates.when import MONTHS
from news.timelines.reach import Place
from news.words.language import detect_language

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_EVENT = re.compile(r"e\d{1,18}")
_OWN_LANGUAGE = "en"
_FEW_YEARS = 2

Record = Mapping[str, Any]
Placed = tuple[Record, Item, Place | None]


def render_html(reply: Reply, *, now: datetime) -> str:
    """Return the timeline as an HTML document with its picture, filters, and the quotes behind each entry.

    Entries stand under headings of years and months, in the order of the answer. Without scripts all of it is shown.
    """
    data = reply.data
    pairs = in_places(data.get("entries", ()))
    topic, style = _text(topic_of(data)), _style()
    heading = _text(str(data["heading"])) if data.get("heading") else f"Timeline of {topic}"
    today = today_of(data, now)
    asked = clean_line(reply.title).removeprefix(f"{clean_line(str(data.get('topic', '')))}: ")
    body = [
        '<a class="skip" href="#entries">Skip to the events</a>',
        f"<header><h1>{heading}</h1><p>{_text(asked)}</p></header>",
        "<main>",
        *_picture(data, today),
        *_tools(pairs),
        '<div id="entries" tabindex="-1">',
        *_years(pairs, today),
        "</div>",
        *_beyond(reply.data.get("also_disputed") or ()),
        *(f'<p class="muted">{_text(text_of(block.spans))}</p>' for block in reply.blocks if isinstance(block, Notice)),
        "</main>",
        f"<footer><p>Made by Wirewatch, {_text(format_issued(now))}. Quotes are verbatim.</p></footer>",
        f"<script>{SCRIPT}</script>",
    ]
    return "\n".join([*_head(heading, style), "<body>", *body, "</body>", "</html>"]) + "\n"


def _head(title: str, style: str) -> list[str]:
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(SCRIPT)}; base-uri 'none'; form-action 'none'"
    )
    return [
        "<!doctype html>",
        f'<html lang="{_OWN_LANGUAGE}">',
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
    yield '<details class="picture"><summary>Picture of the timeline</summary>'
    yield draw_svg(draw_chart(data, today=today), paints)
    yield "</details>"


def _tools(pairs: Sequence[Placed]) -> Iterator[str]:
    """Yield the filters, what they leave, and a way to each year."""
    words = count_words(len(pairs), "event")
    if pairs:
        yield from draw_filters([entry for entry, _, _ in pairs], [item for _, item, _ in pairs])
    yield '<div class="bar">'
    yield f'<p id="shown" role="status" aria-live="polite">{words} shown.</p>'
    if any(entry.get("reports") for entry, _, _ in pairs):
        yield '<p><button type="button" id="quotes" hidden>Open quotes</button></p>'
    yield "</div>"
    years = list(dict.fromkeys(say_place(place) for _, _, place in pairs))
    if len(years) > _FEW_YEARS:
        links = "".join(f'<li><a href="#y-{_anchor(year)}">{year}</a></li>' for year in years)
        yield f'<nav aria-label="Years"><ul>{links}</ul></nav>'
    if pairs:
        again = '<button type="reset" form="filters">Show all</button>'
        yield f'<p id="none" hidden>No event fits these filters. {again}</p>'


def _years(pairs: Sequence[Placed], today: date) -> Iterator[str]:
    divider = _Divider(today)
    taken: set[str] = set()
    for year, group in groupby(pairs, key=lambda each: say_place(each[2])):
        anchor = f"y-{_anchor(year)}"
        yield f'<section class="year" aria-labelledby="{anchor}"><h2 id="{anchor}">{year}</h2>'
        for month, run in groupby(group, key=lambda each: _month_of(each[2])):
            yield f'<section class="month"><h3>{month}</h3><ol>' if month else "<ol>"
            for entry, item, _ in run:
                yield from divider.before(item)
                yield from _entry(entry, item, level=4 if month else 3, taken=taken)
            yield "</ol></section>" if month else "</ol>"
        yield "</section>"


class _Divider:
    """Says once where today is: before the first entry that lies ahead."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._is_set = False

    def before(self, item: Item) -> Iterator[str]:
        if not self._is_set and item.starts_on is not None and item.starts_on > self._today:
            self._is_set = True
            yield f'<li class="today">Today, {_text(format_day(self._today))}; what follows lies ahead</li>'


def _anchor(year: str) -> str:
    return year if year.isdigit() else year.rsplit(maxsplit=1)[-1].lower() if year == say_place(None) else "longer"


def _month_of(place: Place | None) -> str:
    """Return the month that it stands under; empty where its date names none, as "2018" does not."""
    return MONTHS[place.month - 1] if place is not None and place.month else ""


def _entry(entry: Record, item: Item, *, level: int, taken: set[str]) -> Iterator[str]:
    modality = item.modality.value
    notes = "".join(f' <span class="note">· {_text(note)}</span>' for note in (*list_notes(entry, item), *_news(entry)))
    yield f'<li class="entry {modality}"{_id_of(entry, taken)} {tags_of(entry, item)}>'
    yield f"<h{level}>{_time(entry, item)}{notes}</h{level}>"
    languages = {str(report.get("quote") or ""): _language_of(report) for report in entry.get("reports") or ()}
    for sentence in entry.get("sentences") or [item.text]:
        yield f'<p dir="auto"{languages.get(str(sentence), "")}>{_text(str(sentence))}</p>'
    if figures := list_figures(entry, " ".join(map(str, entry.get("sentences") or [item.text]))):
        yield f'<p class="figures">Figures: {_text("; ".join(figures))}</p>'
    for dispute in entry.get("disputes") or ():
        yield from _dispute(dispute)
    yield from (_revision(fact) for fact in entry.get("revisions") or ())
    yield from _quotes(entry.get("reports") or (), item)
    yield "</li>"


def _news(entry: Record) -> tuple[str, ...]:
    return ("new since last asked",) if entry.get("is_new") else ()


def _id_of(entry: Record, taken: set[str]) -> str:
    """Return an id to link to, the number of its first event; empty where another entry has it already."""
    name = str(next(iter(entry.get("events") or ()), ""))
    if name in taken or not _EVENT.fullmatch(name):
        return ""
    taken.add(name)
    return f' id="{name}"'


def _time(entry: Record, item: Item) -> str:
    words = _text(item.when)
    is_day = entry.get("from") is not None and entry.get("from") == entry.get("to")
    return f'<time datetime="{_text(entry["from"])}">{words}</time>' if is_day else words


def _beyond(disputes: Sequence[Record]) -> Iterator[str]:
    if disputes:
        yield f"<h2>{BEYOND}</h2>"
    for dispute in disputes:
        yield from _dispute(dispute)


def _dispute(dispute: Record) -> Iterator[str]:
    yield f'<div class="dispute"><p>≠ Disputed {_text(str(dispute.get("kind") or ""))}:</p><ul>'
    for side in ("there", "here"):
        claim = dispute.get(side) or {}
        quote = f": “{_text(str(claim['quote']))}”" if claim.get("quote") else ""
        source = f" ({_text(str(claim['outlet']))})" if claim.get("outlet") else ""
        yield f'<li dir="auto"{_language_of(claim)}>{_text(str(claim.get("value") or "?"))}{source}{quote}</li>'
    yield "</ul></div>"


def _revision(fact: Record) -> str:
    """Return what an outlet changed of its own account."""
    before, after = (_text(str(value or "?")) for value in ((fact.get("before") or {}).get("value"), fact.get("value")))
    kind, outlet = _text(str(fact.get("kind") or "")), _text(str(fact.get("outlet") or "the outlet"))
    return f'<p class="revision">Revised {kind}: {outlet} said {before}, and later {after}</p>'


def _quotes(reports: Sequence[Record], item: Item) -> Iterator[str]:
    if not reports:
        return
    words = " · ".join(filter(None, [independence_words(len(reports), item.n_independent), item.source]))
    about = f'<span class="unseen"> on {_text(item.when)}</span>'
    yield f'<details class="quotes"><summary>Quotes: {_text(words)}{about}</summary>'
    for report in reports:
        quote = _text(str(report.get("quote") or "").strip())
        yield (
            f'<blockquote><p dir="auto"{_language_of(report)}>“{quote}”</p><cite>{_source(report)}</cite></blockquote>'
        )
    yield "</details>"


def _language_of(report: Record) -> str:
    """Return the ``lang`` of a quote in another language than the page's; empty where nobody knows it."""
    given = report.get("language")
    found = str(given) if given else _guess_language(str(report.get("quote") or ""))
    is_other = found != _OWN_LANGUAGE and _LANGUAGE.fullmatch(found)
    return f' lang="{found}"' if is_other else ""


@lru_cache(maxsize=4096)
def _guess_language(text: str) -> str:
    return detect_language(text)


def _source(report: Record) -> str:
    outlet, url = _text(outlet_of(report)), clean_line(str(report.get("url") or ""))
    link = f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{outlet}</a>' if is_link(url) else outlet
    published_at = report.get("published_at")
    day = format_issued(datetime.fromisoformat(published_at)) if published_at else "undated"
    origin = (report.get("origin") or {}).get("name") or ""
    citing = f", citing {_text(origin)}" if origin and origin != report.get("outlet") else ""
    return f"{link}, {_text(day)}, {_text(str(report.get('article') or ''))}{citing}"
