"""What the top of a page says about its article: title, outlet, author, date.

Owns the reading of the first lines of plain text and of the head of an HTML page. Must never guess a date: only
one that stands on a line of its own, or in the page's own data, counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

from news.documents.boilerplate import is_prose
from news.words.text import clean_text, fold

__all__ = ["PageHead", "parse_moment", "read_html_head", "read_plain_head"]

_HEAD_LINES = 14
_HEAD_CHARS = 65_536
_MAX_TITLE = 300
_MAX_NAME = 80
_NAME_WORDS = 6
_CRUMB = re.compile(r"\s*[»›]\s*")
_FIELD = re.compile(
    r"^(title|headline|outlet|publisher|site|source|author|published|date|updated|url)\s*:\s+(\S.*)$", re.IGNORECASE
)
_FIELD_NAMES = {"headline": "title", "publisher": "outlet", "site": "outlet", "date": "published"}
_BYLINE = re.compile(r"^(?:by|por|автор:?)\s+(\S.*)$", re.IGNORECASE)
_BYLINE_TAIL = re.compile(r"\s+(?:[-–—|,]|for)\s+.*$")
_ISO = re.compile(
    r"\b((?:19|20)\d\d-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_DAY_MONTH = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:de\s+)?([^\W\d_]{3,10})\.?,?\s+(?:de\s+|del\s+)?((?:19|20)\d\d)\b"
)
_MONTH_DAY = re.compile(r"\b([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b")
_DATE_LINE_WORDS = 9
_MONTHS = {
    start: number
    for number, starts in enumerate(
        ("jan ene янв", "feb фев", "mar мар", "apr abr апр", "may мая май", "jun июн", "jul июл", "aug ago авг",
         "sep set сен", "oct окт", "nov ноя", "dec dic дек"),
        start=1,
    )
    for start in starts.split()
}  # fmt: skip
_SITE_TAIL = re.compile(r"\s+[|–—-]\s+([^|–—]{2,60})$")
_META_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_META_OUTLETS = ("og:site_name", "application-name", "publisher", "dc.publisher")
_META_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "byl")
_META_DATES = (
    "article:published_time", "datepublished", "og:published_time", "parsely-pub-date", "date", "dc.date",
    "dc.date.issued", "dcterms.created", "pubdate", "publishdate", "sailthru.date", "article:modified_time",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageHead:
    """What a page says about its article; empty or None where it says nothing.

    Attributes:
        body_line: index of the first line that is not part of the head (plain text only).
        published_at: aware UTC; midnight where only a day is given.
    """

    title: str = ""
    outlet: str = ""
    author: str = ""
    url: str = ""
    language: str = ""
    published_at: datetime | None = None
    body_line: int = 0


def parse_moment(text: str) -> datetime | None:
    """Return the moment that ``text`` names, in UTC, or None: ISO 8601, or day, month and year in words.

    Without an hour it is midnight UTC; an hour without a zone is taken for UTC. English, Spanish and Russian months.
    """
    try:
        found = _ISO.search(text)
        if found:
            zone = (found[3] or "").replace("Z", "+00:00").replace("UTC", "+00:00").replace("GMT", "+00:00")
            moment = datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}{zone}")
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        return _parse_words(fold(text))
    except (ValueError, OverflowError):
        return None


def _parse_words(folded: str) -> datetime | None:
    for pattern, (day, month, year) in ((_DAY_MONTH, (1, 2, 3)), (_MONTH_DAY, (2, 1, 3))):
        for found in pattern.finditer(folded):
            number = _MONTHS.get(found[month][:3], 0)
            if number:
                return datetime.combine(date(int(found[year]), number, int(found[day])), datetime.min.time(), UTC)
    return None


def read_plain_head(lines: Sequence[str]) -> PageHead:
    """Return what the short lines above the story say.

    Breadcrumbs are passed over; "Title: ...", "By ..." and "Published: ..." speak for themselves; of the other lines
    before the first prose the first is the title, unless it is short, a longer one follows, and it is the name of the
    site (it comes again near the end, or a byline follows the second line). Lines below the title, such as a
    standfirst, belong to the story.
    """
    head = PageHead()
    loose: list[tuple[int, str]] = []
    for index, line in _head_lines(lines):
        known = _read_line(head, line)
        if known is not None:
            head = replace(known, body_line=index + 1)
        elif len(line) <= _MAX_TITLE and not _is_trail(line):
            loose.append((index, line))
    return _name_loose(head, loose, lines)


def _head_lines(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    n_seen = 0
    for index, line in enumerate(lines):
        text = clean_text(line)
        if text and (n_seen >= _HEAD_LINES or (is_prose(text) and not _FIELD.match(text))):
            return
        if text:
            n_seen += 1
            yield index, text


def _is_trail(line: str) -> bool:
    return len(_CRUMB.split(line)) > 1


def _read_line(head: PageHead, line: str) -> PageHead | None:
    """Return the head with what the line states, or None if the line does not say what it is."""
    field = _FIELD.match(line)
    if field:
        return _with_field(head, _FIELD_NAMES.get(field[1].lower(), field[1].lower()), field[2].strip())
    byline = _BYLINE.match(line)
    if byline and len(line) <= _MAX_NAME * 2:
        return replace(head, author=head.author or _BYLINE_TAIL.sub("", byline[1])[:_MAX_NAME])
    moment = parse_moment(line) if len(line.split()) <= _DATE_LINE_WORDS else None
    return replace(head, published_at=head.published_at or moment) if moment else None


def _with_field(head: PageHead, name: str, value: str) -> PageHead | None:
    if name in {"published", "updated"}:
        moment = parse_moment(value)
        return replace(head, published_at=head.published_at or moment) if moment else None
    if name == "source":
        return None
    limit = _MAX_TITLE if name in {"title", "url"} else _MAX_NAME
    known: dict[str, Any] = {name: getattr(head, name) or value[:limit]}
    return replace(head, **known)


def _name_loose(head: PageHead, loose: Sequence[tuple[int, str]], lines: Sequence[str]) -> PageHead:
    """Give the lines that do not say what they are their part: site, then title."""
    if not head.outlet and _opens_with_site([line for _, line in loose], lines, titled=bool(head.title)):
        head = replace(head, outlet=loose[0][1], body_line=max(head.body_line, loose[0][0] + 1))
        loose = loose[1:]
    above = [item for item in loose if item[0] < head.body_line or not head.body_line]
    candidates = above or loose
    if head.title or not candidates:
        return _keep_standfirst(head, loose)
    index, title = candidates[0]
    return _keep_standfirst(replace(head, title=title, body_line=max(head.body_line, index + 1)), loose, title)


def _keep_standfirst(head: PageHead, loose: Sequence[tuple[int, str]], title: str = "") -> PageHead:
    """Move the start of the body up to the first loose line that is neither the title nor above it."""
    for index, line in loose:
        if line not in {title, head.title} and index < head.body_line and len(line.split()) > _NAME_WORDS:
            return replace(head, body_line=index)
    return head


def _opens_with_site(loose: Sequence[str], lines: Sequence[str], *, titled: bool) -> bool:
    if not loose or len(loose[0].split()) > _NAME_WORDS:
        return False
    name = loose[0]
    rest = "\n".join(lines[-_HEAD_LINES:])
    if name in rest and sum(line.strip() == name or name in line for line in lines) > 1:
        return True
    return titled or (len(loose) > 1 and len(loose[1].split()) > max(_NAME_WORDS, len(name.split())))


class _Head(HTMLParser):
    """Collects the title, the meta data and the canonical address of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.title = ""
        self.language = ""
        self.canonical = ""
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what one tag says about the page."""
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = values.get("property") or values.get("name") or values.get("itemprop") or ""
            self.meta.setdefault(name.lower(), clean_text(values.get("content", ""), limit=2_000))
        elif tag == "link" and values.get("rel", "").lower() == "canonical":
            self.canonical = self.canonical or values.get("href", "")
        elif tag == "html":
            self.language = values.get("lang", "")
        elif tag == "time":
            self.meta.setdefault("time", values.get("datetime", ""))
        self._in_title = tag == "title" and not self.title

    def handle_endtag(self, tag: str) -> None:
        """Close the title."""
        if tag == "title":
            self._in_title = False

    def handle_data(self, data: str) -> None:
        """Collect the words of the title."""
        if self._in_title:
            self.title += data


def read_html_head(html: str) -> PageHead:
    """Return what an HTML page says about itself in ``<head>`` and its first 64 KiB; never raises on bad markup.

    Open Graph before Dublin Core before ``<title>``, from which " | Site" is taken off.
    """
    page = _Head()
    page.feed(html[:_HEAD_CHARS])
    outlet = _first(page.meta, _META_OUTLETS)
    title, site = _split_title(clean_text(page.title, limit=_MAX_TITLE), outlet)
    dates = [moment for name in (*_META_DATES, "time") if (moment := parse_moment(page.meta.get(name, "")))]
    author = _first(page.meta, _META_AUTHORS)
    return PageHead(
        title=(_first(page.meta, _META_TITLES) or title)[:_MAX_TITLE],
        outlet=(outlet or site)[:_MAX_NAME],
        author="" if "://" in author else author[:_MAX_NAME],
        url=page.canonical or page.meta.get("og:url", ""),
        language=page.language[:2].lower() if page.language[:2].isalpha() else "",
        published_at=dates[0] if dates else None,
    )


def _first(meta: dict[str, str], names: Sequence[str]) -> str:
    return next((meta[name] for name in names if meta.get(name)), "")


def _split_title(title: str, outlet: str) -> tuple[str, str]:
    """Return title and site of "Title | Site"; without a known outlet only a short tail is taken for the site."""
    found = _SITE_TAIL.search(title)
    if not found:
        return title, ""
    is_site = fold(found[1]) == fold(outlet) if outlet else len(found[1].split()) <= _NAME_WORDS
    return (title[: found.start()], found[1]) if is_site else (title, "")
