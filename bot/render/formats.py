"""The one table of formats that an answer can be handed over in.

The command line and the menus of chats are made from it. Importing it costs little: what draws is imported when drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Literal

from bot.render.safety import clean_line
from handlers.reply import Reply
from news.words.text import fold
from news.words.transliteration import romanize

_LONGEST_TOPIC = 500

Render = Callable[[Reply, datetime], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        suffix: of a file of it, with its dot.
        media_type: as in a Content-Type header.
        words: one line for a menu, at most 60 characters.
        target: ``<module>:<function>`` with the signature ``(Reply, datetime) -> bytes``.
        is_binary: no terminal can show it.
        stem: first word of the name of a file of it.
    """

    suffix: str
    media_type: str
    words: str
    target: str
    is_binary: bool = False
    stem: str = "timeline"

    def render(self, reply: Reply, now: datetime) -> bytes:
        """Return the answer in this format; texts in UTF-8."""
        module, _, name = self.target.partition(":")
        rendered: bytes = getattr(import_module(module), name)(reply, now)
        return rendered

    def file_name(self, reply: Reply) -> str:
        """Return a name for a file of it in plain letters, whatever the script of the topic: ``timeline-peru.csv``."""
        plain = fold(romanize(clean_line(str(reply.data.get("topic", ""))[:_LONGEST_TOPIC])))
        kept = "".join(char if char.isascii() and char.isalnum() else " " for char in plain)
        topic = "-".join(kept.lower().split())[:60].strip("-")
        if "slots" in reply.data:
            return f"comparison-{reply.data['event']}{self.suffix}"
        return f"{self.stem}-{topic}{self.suffix}" if topic else f"{self.stem}{self.suffix}"


FORMATS: Mapping[str, Format] = {
    "csv": Format(".csv", "text/csv; charset=utf-8", "CSV: a table for a spreadsheet", "bot.render.formats:to_csv"),
    "markdown": Format(
        ".md",
        "text/markdown; charset=utf-8",
        "Markdown: a list with quotes and links",
        "bot.render.formats:to_markdown",
    ),
    "json": Format(".json", "application/json", "JSON: everything, for programs", "bot.render.formats:to_json"),
    "ics": Format(
        ".ics", "text/calendar; charset=utf-8", "iCalendar: events for a calendar", "bot.render.formats:to_calendar"
    ),
    "html": Format(
        ".html", "text/html; charset=utf-8", "HTML: a page with filters and quotes", "bot.render.formats:to_html"
    ),
    "png": Format(".png", "image/png", "PNG: a picture", "bot.render.formats:to_png", is_binary=True),
    "png-dark": Format(
        ".dark.png", "image/png", "PNG in dark colours", "bot.render.formats:to_dark_png", is_binary=True
    ),
    "svg": Format(".svg", "image/svg+xml", "SVG: a picture that can be enlarged", "bot.render.formats:to_svg"),
    "svg-dark": Format(".dark.svg", "image/svg+xml", "SVG in dark colours", "bot.render.formats:to_dark_svg"),
    "toml": Format(
        ".toml", "application/toml", "TOML: settings that can be imported", "bot.render.formats:to_toml", stem="watches"
    ),
}
"""Name -> format, in the order in which a menu shows them."""


def to_csv(reply: Reply, _now: datetime) -> bytes:
    """Return the timeline, or the accounts of one event, as CSV that no spreadsheet takes for formulas."""
    from bot.render import comparison, export  # noqa: PLC0415 - see the module

    render = comparison.render_csv if comparison.is_comparison(reply) else export.render_csv
    return render(reply).encode()


def to_markdown(reply: Reply, _now: datetime) -> bytes:
    """Return the timeline, or the accounts of one event, as Markdown."""
    from bot.render import comparison, export  # noqa: PLC0415 - see the module

    render = comparison.render_markdown if comparison.is_comparison(reply) else export.render_markdown
    return render(reply).encode()


def to_toml(reply: Reply, _now: datetime) -> bytes:
    """Return the settings that were exported."""
    return str(reply.data["toml"]).encode()


def to_json(reply: Reply, _now: datetime) -> bytes:
    """Return ``Reply.data`` as JSON."""
    from bot.render.export import render_json  # noqa: PLC0415 - see the module

    return render_json(dict(reply.data)).encode()


def to_calendar(reply: Reply, now: datetime) -> bytes:
    """Return the timeline as iCalendar."""
    from bot.render.calendar import render_calendar  # noqa: PLC0415 - see the module
    from bot.render.comparison import as_timeline  # noqa: PLC0415 - see the module

    return render_calendar(as_timeline(reply), now=now).encode()


def to_html(reply: Reply, now: datetime) -> bytes:
    """Return the timeline as a page."""
    from bot.render.comparison import as_timeline  # noqa: PLC0415 - see the module
    from bot.render.html import render_html  # noqa: PLC0415 - see the module

    return render_html(as_timeline(reply), now=now).encode()


def to_png(reply: Reply, now: datetime) -> bytes:
    """Return the picture of the timeline in light colours."""
    return _paint(reply, now, "light")


def to_dark_png(reply: Reply, now: datetime) -> bytes:
    """Return the picture of the timeline in dark colours."""
    return _paint(reply, now, "dark")


def to_svg(reply: Reply, now: datetime) -> bytes:
    """Return the picture of the timeline in light colours."""
    return _write(reply, now, "light")


def to_dark_svg(reply: Reply, now: datetime) -> bytes:
    """Return the picture of the timeline in dark colours."""
    return _write(reply, now, "dark")


def _paint(reply: Reply, now: datetime, theme: Literal["light", "dark"]) -> bytes:
    from bot.render.chart import items, paint  # noqa: PLC0415 - see the module
    from bot.render.comparison import as_timeline  # noqa: PLC0415 - see the module

    data = as_timeline(reply).data
    return paint.paint_chart(data, theme=theme, today=items.today_of(data, now))


def _write(reply: Reply, now: datetime, theme: Literal["light", "dark"]) -> bytes:
    from bot.render.chart import items, layout, svg  # noqa: PLC0415 - see the module
    from bot.render.comparison import as_timeline  # noqa: PLC0415 - see the module

    data = as_timeline(reply).data
    return svg.to_svg(layout.draw_chart(data, theme=theme, today=items.today_of(data, now))).encode()
