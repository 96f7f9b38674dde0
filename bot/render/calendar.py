"""A timeline as an iCalendar file (RFC 5545): one all-day event for each dated entry, no alarms.

Owns escaping, folding and the honesty of days: an entry takes all the days of its span, and where the day is not known
its title says so. What has no date has no place in a calendar; the description of the calendar counts it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bot.render.chart.items import Item, list_figures, list_notes, read_item, topic_of
from bot.render.export import dispute_words, is_link, safe_link
from bot.render.safety import clean_line
from handlers.messages import MODALITY_WORDS, count_words, shorten
from handlers.reply import Reply
from news.model import DateBasis, Modality, Precision

_PRODUCT = "-//Wirewatch//Timeline//EN"
_MOST_OCTETS = 75
_MOST_QUOTES = 20
_LONGEST_TITLE = 200
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_EVENT = re.compile(r"e\d{1,18}")
_VAGUE = frozenset(Precision) - {Precision.DAY, Precision.SPAN}

Record = Mapping[str, Any]


def render_calendar(reply: Reply, *, now: datetime) -> str:
    """Return the timeline as iCalendar with CRLF line ends; ``now`` is its DTSTAMP.

    The UID of an entry is made of its first event (else of its days and words), so that a calendar that is read in
    again replaces what it had.
    """
    pairs = [(entry, read_item(entry)) for entry in reply.data.get("entries", ())]
    dated = [(entry, item) for entry, item in pairs if item.starts_on is not None]
    name = f"Timeline of {topic_of(reply.data)}"
    n_undated = len(pairs) - len(dated)
    remark = f"{count_words(n_undated, 'event')} without a date {'is' if n_undated == 1 else 'are'} not in it."
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", *_text("NAME", name)]
    lines.extend(_text("X-WR-CALNAME", name))
    if n_undated:
        lines.extend([*_text("DESCRIPTION", remark), *_text("X-WR-CALDESC", remark)])
    stamp = f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}"
    taken: set[str] = set()
    for entry, item in dated:
        lines.extend(["BEGIN:VEVENT", f"UID:{_uid(entry, taken)}", stamp, *_event(entry, item), "END:VEVENT"])
    if not dated:  # a calendar must hold something; a note without a day is the least
        lines.extend(["BEGIN:VJOURNAL", "UID:nothing@wirewatch.invalid", stamp, *_text("SUMMARY", "No dated events")])
        lines.append("END:VJOURNAL")
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _fold(line))


def _event(entry: Record, item: Item) -> Iterator[str]:
    first, after = _days(item)
    yield f"DTSTART;VALUE=DATE:{_day(first)}"
    if after is not None:
        yield f"DTEND;VALUE=DATE:{_day(after)}"
    yield from _text("SUMMARY", _title(entry, item))
    yield from _text("DESCRIPTION", "\n".join(_describe(entry, item)))
    url = next((str(report.get("url")) for report in _reports(entry) if is_link(str(report.get("url")))), "")
    if url:
        yield f"URL:{safe_link(url)}"
    kind = clean_line(str(entry.get("kind") or "")).strip()
    words = [word for word in (kind, item.modality.value) if word]
    yield "CATEGORIES:" + ",".join(word.translate(_ESCAPED) for word in words)
    yield "STATUS:CONFIRMED" if item.modality is Modality.HAPPENED else "STATUS:TENTATIVE"
    yield "TRANSP:TRANSPARENT"


def _days(item: Item) -> tuple[date, date | None]:
    """Return the first day and the one after the last; an open end goes no further than the day that is known.

    The end is None where the calendar has no day after it, and then it is one day.
    """
    known = [day for day in (item.span.first_on, item.span.last_on) if day is not None]
    first, last = known[0], known[-1]
    if last < date.max:
        return first, max(first, last) + timedelta(days=1)
    return first, last if first < last else None


def _day(day: date) -> str:
    return f"{day.year:04}{day:%m%d}"


def _title(entry: Record, item: Item) -> str:
    """Return the words of an entry, how sure it is before them, and its date behind them where it is no plain day."""
    sure = ["disputed"] if item.disputes else []
    sure = [word for word in (item.sure or MODALITY_WORDS[item.modality], *sure) if word]
    words = shorten(clean_line(str(entry.get("title") or item.text)).strip(), _LONGEST_TITLE) or "Event"
    head = f"{', '.join(sure).capitalize()}: " if sure else ""
    return f"{head}{words}{_precision_words(item)}"


def _precision_words(item: Item) -> str:
    is_plain = item.span.precision is Precision.DAY and item.span.basis is not DateBasis.ARTICLE
    if is_plain:
        return ""
    is_vague = item.span.precision in _VAGUE and item.span.last_on is not None
    return f" ({item.when}, day not known)" if is_vague else f" ({item.when})"


def _describe(entry: Record, item: Item) -> Iterator[str]:
    yield f"{item.when}: {item.text}" if item.text else item.when
    if told := "; ".join((*list_notes(entry, item), *list_figures(entry, item.text))):
        yield f"{told[0].upper()}{told[1:]}"
    for dispute in entry.get("disputes") or ():
        yield f"Disputed {dispute_words(dispute)}"
    reports = _reports(entry)
    for report in reports[:_MOST_QUOTES]:
        day = "undated" if report.get("published_at") is None else str(report["published_at"])[:10]
        url = str(report.get("url") or "")
        address = f" {url}" if is_link(url) else ""
        outlet = str(report.get("outlet") or "") or "unknown outlet"
        yield f"“{str(report.get('quote') or '').strip()}” - {outlet}, {day}{address}"
    if len(reports) > _MOST_QUOTES:
        yield f"and {count_words(len(reports) - _MOST_QUOTES, 'more report')}"


def _reports(entry: Record) -> list[Record]:
    return list(entry.get("reports") or ())


def _uid(entry: Record, taken: set[str]) -> str:
    """Return a name that is the same each time; of two entries that would share one, the second gets a number."""
    events = [str(event) for event in entry.get("events") or () if _EVENT.fullmatch(str(event))]
    told = "\n".join(str(entry.get(key)) for key in ("from", "to", "title"))
    name = events[0] if events else hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:32]
    uid, n = f"{name}@wirewatch.invalid", 1
    while uid in taken:
        n += 1
        uid = f"{name}-{n}@wirewatch.invalid"
    taken.add(uid)
    return uid


def _text(name: str, value: str) -> Iterator[str]:
    """Yield a property of type TEXT, its line breaks kept as such; nothing for an empty one."""
    shown = "\n".join(clean_line(line) for line in value.split("\n")).strip()
    if shown:
        yield f"{name}:{shown.translate(_ESCAPED)}"


def _fold(line: str) -> Iterator[str]:
    """Yield the line in pieces of at most 75 octets, never through a letter; those that go on begin with a space."""
    piece, size = "", 0
    for char in line:
        n_octets = len(char.encode())
        if size + n_octets > _MOST_OCTETS:
            yield piece
            piece, size = " ", 1
        piece += char
        size += n_octets
    yield piece
