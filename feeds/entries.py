"""One entry of a feed to one article.

Owns which of an entry's many fields become identity, address, title, text, date and author. Must never drop an entry,
and never keep markup.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from feeds.dates import believe, from_struct, parse_date
from feeds.html_text import absolute_url, read_markup, to_line, unescape_rest
from news.model import Article, Precision
from news.words.text import clean_text

Entry = Mapping[str, Any]

_DATES = ("published", "updated", "created")
_LAST = datetime.max.replace(tzinfo=UTC)
MAX_SOURCE_ID = 500
"""Longer ids are replaced by their hash."""


@dataclass(frozen=True, slots=True)
class EntrySource:
    """What all entries of one body share; see ``ParseJob``."""

    url: str
    feed_url: str
    outlet: str
    language: str
    now: datetime


def read_entry(entry: Entry, source: EntrySource) -> Article:
    """Return the article of one entry as feedparser gives it."""
    # Its own mapping answers for missing keys with others ("published" for "updated"), and takes its time for it.
    entry = dict(entry)
    url = find_url(entry, source.url)
    text, links = find_text(entry, url or source.url)
    title = find_title(entry)
    published_at, precision = find_date(entry, now=source.now)
    return Article(
        source_id=make_source_id(str(entry.get("id") or ""), url, title, text),
        url=url,
        outlet=find_outlet(entry, source, url),
        title=title,
        text=text,
        published_at=published_at,
        published_precision=precision,
        author=to_line(str(entry.get("author") or ""), is_html=False, limit=200),
        language=source.language,
        feed_url=source.feed_url,
        links=tuple(link for link in links if link != url),
    )


def find_url(entry: Entry, feed_url: str) -> str:
    """Return where the article stands: the link behind a proxy's, the entry's link, or an id that is an address."""
    candidates = [entry.get("feedburner_origlink"), entry.get("link")]
    candidates += [link.get("href") for link in entry.get("links") or () if link.get("rel") != "enclosure"]
    for candidate in candidates:
        url = absolute_url(str(candidate or ""), feed_url)
        if url:
            return url
    identity = str(entry.get("id") or "")
    return absolute_url(identity, "") if identity.startswith(("http://", "https://")) else ""


def find_title(entry: Entry) -> str:
    """Return the title as one line of plain text, empty if there is none."""
    detail = entry.get("title_detail") or {}
    return to_line(str(entry.get("title") or ""), is_html=detail.get("type") != "text/plain")


def find_text(entry: Entry, url: str) -> tuple[str, tuple[str, ...]]:
    """Return the longest text that the entry carries, plain, and the links in it."""
    best: tuple[str, tuple[str, ...]] = ("", ())
    for markup, is_html in _list_bodies(entry):
        if len(markup) <= len(best[0]):
            continue  # markup is never shorter than its text
        found = read_markup(markup, url) if is_html else (clean_text(unescape_rest(markup)), ())
        best = max(best, found, key=lambda one: len(one[0]))
    return best


def _list_bodies(entry: Entry) -> list[tuple[str, bool]]:
    """Return content and summary, each with whether it is HTML, each text once."""
    parts = [*(entry.get("content") or ()), entry.get("summary_detail") or {}]
    bodies = {str(part.get("value") or ""): part.get("type") != "text/plain" for part in parts}
    return [(value, is_html) for value, is_html in bodies.items() if value]


def find_date(entry: Entry, *, now: datetime) -> tuple[datetime | None, Precision]:
    """Return when the entry was published, else updated or created, as far as it can be believed."""
    for field in _DATES:
        moment = from_struct(entry.get(f"{field}_parsed"))
        if moment is None and entry.get(field):
            moment = parse_date(str(entry[field]))
        believed = believe(moment, now=now)
        if believed[0] is not None:
            return believed
    return believe(None, now=now)


def find_outlet(entry: Entry, source: EntrySource, url: str) -> str:
    """Return who published the entry: the source that an aggregator names, else the feed's name, else the host."""
    origin = entry.get("source") or {}
    named = to_line(str(origin.get("title") or ""), is_html=True, limit=200)
    return named or source.outlet or host_name(url or source.url)


def host_name(url: str) -> str:
    """Return the host of a URL without ``www.``, or empty."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def make_source_id(identity: str, url: str, title: str, text: str) -> str:
    """Return the entry's own id, else its address, else a hash of what it says, never over ``MAX_SOURCE_ID``."""
    chosen = clean_text(identity, is_name=True).replace("\n", " ") or url
    if not chosen:
        return f"sha256:{_digest(title, text)}"
    return chosen if len(chosen) <= MAX_SOURCE_ID else f"sha256:{_digest(chosen)}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def collect(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Return the articles newest last, each with an id of its own within the body.

    Feeds that give one id to many entries exist; there the id is made longer by address and title, also for the first,
    so that an entry keeps its id when another one leaves. Exact repetitions get a number and are left to whoever
    compares texts.
    """
    shared = {identity for identity, n in Counter(article.source_id for article in articles).items() if n > 1}
    unique = [_distinguish(article) if article.source_id in shared else article for article in articles]
    seen: Counter[str] = Counter()
    numbered = []
    for article in reversed(unique):
        seen[article.source_id] += 1
        n = seen[article.source_id]
        numbered.append(article if n == 1 else replace(article, source_id=f"{article.source_id}#{n}"))
    return tuple(_in_order(numbered))


def _distinguish(article: Article) -> Article:
    return replace(article, source_id=f"{article.source_id}#{_digest(article.url, article.title)[:12]}")


def _in_order(articles: list[Article]) -> list[Article]:
    """Return the articles, given in reverse of the body, oldest first; undated ones keep the place that they have."""
    dated = [article.published_at for article in articles if article.published_at is not None]
    if dated and dated[0] > dated[-1]:
        articles.reverse()
    if len(dated) == len(articles):
        return sorted(articles, key=lambda article: article.published_at or _LAST)
    return articles
