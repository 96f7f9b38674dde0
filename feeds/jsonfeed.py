"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), which feedparser does not read.

Owns the translation of an item to an article. Must never raise for what the document holds; whatever has the wrong type
counts as missing.
"""

from __future__ import annotations

import json
from typing import Any

from feeds.dates import believe, parse_date
from feeds.entries import collect, host_name, make_source_id
from feeds.html_text import absolute_url, read_markup, to_line, unescape_rest
from feeds.outcome import ParsedFeed, ParseJob
from news.model import Article
from news.words.text import clean_text

_VERSION_PREFIXES = ("https://jsonfeed.org/version/", "http://jsonfeed.org/version/")


def parse_json_feed(job: ParseJob, text: str) -> ParsedFeed:
    """Return what a JSON document holds, or why it is no feed."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return ParsedFeed(error="not a feed: the body begins like JSON and is none")
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return ParsedFeed(error="not a feed: JSON without a list of items (see jsonfeed.org)")
    version = _text(document, "version")
    title = to_line(_text(document, "title"), is_html=False, limit=300)
    language = _text(document, "language")[:2].lower()
    items = [item for item in document["items"] if isinstance(item, dict)]
    articles = [_read_item(item, document, job, title) for item in items[: job.max_entries]]
    notice = "" if len(items) <= job.max_entries else f"only the first {job.max_entries} of {len(items)} were taken"
    name = next((version.removeprefix(prefix) for prefix in _VERSION_PREFIXES if version.startswith(prefix)), "")
    return ParsedFeed(
        title=title,
        language=language if language.isalpha() else "",
        articles=collect(articles),
        version=f"json{name[:8]}",
        n_entries=len(items),
        notice=notice,
    )


def _read_item(item: dict[str, Any], document: dict[str, Any], job: ParseJob, feed_title: str) -> Article:
    url = absolute_url(_text(item, "url") or _text(item, "external_url"), job.url)
    from_html, links = read_markup(_text(item, "content_html"), url or job.url)
    plain = _text(item, "content_text") or _text(item, "summary")
    text = max(from_html, clean_text(unescape_rest(plain)), key=len)
    title = to_line(_text(item, "title"), is_html=False)
    published_at, precision = believe(
        parse_date(_text(item, "date_published")) or parse_date(_text(item, "date_modified")), now=job.now
    )
    return Article(
        source_id=make_source_id(_text(item, "id"), url, title, text),
        url=url,
        outlet=job.outlet or feed_title or host_name(url or job.url),
        title=title,
        text=text,
        published_at=published_at,
        published_precision=precision,
        author=to_line(_find_author(item) or _find_author(document), is_html=False, limit=200),
        language=job.language or _text(item, "language")[:2].lower() or _text(document, "language")[:2].lower(),
        feed_url=job.feed_url,
        links=tuple(link for link in links if link != url),
    )


def _text(holder: dict[str, Any], key: str) -> str:
    """Return the string under ``key``; a number is a string too, since ids often are numbers."""
    value = holder.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _find_author(holder: dict[str, Any]) -> str:
    authors = holder.get("authors")
    candidates = [*authors, holder.get("author")] if isinstance(authors, list) else [holder.get("author")]
    names = [_text(candidate, "name") for candidate in candidates if isinstance(candidate, dict)]
    return ", ".join(name for name in names[:5] if name)
