"""Bytes to articles: every dialect of RSS and Atom through feedparser, JSON Feed through the standard library.

Owns the choice of the parser and the words for what cannot be read. Must never raise and never decide what is news;
bodies that make a parser hang are the pool's care.
"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from xml.sax import SAXException, SAXParseException  # the types of what feedparser reports; parses nothing

import feedparser
import lxml.html  # type: ignore[import-untyped]  # lxml ships no types

from feeds.encodings import decode_body
from feeds.entries import EntrySource, collect, read_entry
from feeds.html_text import absolute_url, to_line
from feeds.inflate import PIECE_BYTES, InflateError, open_inflater
from feeds.jsonfeed import parse_json_feed
from feeds.outcome import ParsedFeed, ParseJob
from news.model import Article

_GZIP_MAGIC = b"\x1f\x8b"
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_LANGUAGE = re.compile(r"[A-Za-z]{2}(?=[-_]|$)")
_HTML = re.compile(r"<!doctype\s{1,20}html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_XML = re.compile(r"<(?P<root>[A-Za-z][\w:.-]{0,60})")
_ENTRY_END = re.compile(r"</(?:\w{1,20}:)?(?:item|entry)\s{0,20}>")
_HEAD = 4_000


def parse_feed(job: ParseJob) -> ParsedFeed:
    """Return what the body holds. Never raises: a body that is no feed, or breaks a parser, gives an ``error``.

    A broken feed that still gives entries is read; one that gives none is an error. ``MemoryError`` alone is let
    through.
    """
    try:
        body = _unpack(job)
    except InflateError as error:
        return ParsedFeed(error=str(error))
    try:
        return _parse_text(job, decode_body(body, job.content_type))
    except (MemoryError, KeyboardInterrupt):
        raise
    except RecursionError:
        return ParsedFeed(error="the body is nested too deeply to be parsed")
    except Exception as error:  # noqa: BLE001  # feedparser and its SGML and XML parsers raise whatever a body provokes
        return ParsedFeed(error=f"the body could not be parsed ({type(error).__name__})")


def _unpack(job: ParseJob) -> bytes:
    """Return the body; a file that is itself gzip is unpacked up to the cap."""
    if not job.body.startswith(_GZIP_MAGIC):
        return job.body
    unpacked = bytearray()
    inflater = open_inflater("gzip")
    for start in range(0, len(job.body), PIECE_BYTES):  # what an inflater has left of a slice is copied each time
        for piece in inflater.pieces(job.body[start : start + PIECE_BYTES]):
            unpacked += piece
            if len(unpacked) > job.body_cap_bytes:
                raise InflateError("too large: the gzip file unpacks to more than is taken")
    return bytes(unpacked)


def _parse_text(job: ParseJob, text: str) -> ParsedFeed:
    start = text.lstrip()[:_HEAD]
    if not start:
        return ParsedFeed(error="the server sent an empty body")
    if start.startswith("{"):
        return parse_json_feed(job, text)
    if "\ufffd" in start and "<" not in start:
        return ParsedFeed(error="not a feed: the body is no text")
    text, n_cut = cut_entries(text, job.max_entries)
    parsed = _run_feedparser(text)
    if not parsed.entries:
        error = _explain_break(parsed, start, text) or ("" if parsed.version else _explain(start, text, job.url))
        if error:
            return ParsedFeed(error=error)
    return _collect(job, parsed, n_cut)


def cut_entries(text: str, max_entries: int) -> tuple[str, int]:
    """Return the text without the elements of entries beyond ``max_entries``, and how many these are.

    Parsing costs a third of a millisecond for each entry, be it empty: half a million of them fit under the cap.
    """
    ends = [match.end() for match in _ENTRY_END.finditer(text)]
    if len(ends) <= max_entries:
        return text, 0
    return text[: ends[max_entries - 1]] + text[ends[-1] :], len(ends) - max_entries


def _run_feedparser(text: str) -> feedparser.FeedParserDict:
    # The characters are decided by now; saying so keeps feedparser from deciding again.
    # It is not told the address: it would join it to the base of each element, at a third of its time, where only the
    # links of the entries need it; those are joined in ``feeds.entries``.
    headers = {"content-type": "application/xml; charset=utf-8"}
    return feedparser.parse(
        io.BytesIO(text.lstrip().encode("utf-8", "replace")),
        response_headers=headers,
        sanitize_html=False,  # all markup is taken off afterwards
        resolve_relative_uris=False,  # only links are kept, and they are resolved one by one
    )


def _collect(job: ParseJob, parsed: feedparser.FeedParserDict, n_cut: int) -> ParsedFeed:
    detail = parsed.feed.get("title_detail") or {}
    title = to_line(str(parsed.feed.get("title") or ""), is_html=detail.get("type") != "text/plain", limit=300)
    language = parse_language(str(parsed.feed.get("language") or ""))
    source = EntrySource(
        url=job.url,
        feed_url=job.feed_url,
        outlet=job.outlet or title,
        language=job.language or language,
        now=job.now,
    )
    entries = parsed.entries[: job.max_entries]
    articles = [read_entry(entry, source) for entry in entries]
    whole = ParsedFeed(title=title, language=language, version=str(parsed.version or "unknown"))
    return finish(whole, articles, n_entries=len(parsed.entries) + n_cut)


def finish(feed: ParsedFeed, articles: list[Article], *, n_entries: int) -> ParsedFeed:
    """Return ``feed`` with its articles in order, and a notice of what was left out."""
    notice = ""
    if n_entries > len(articles):
        notice = f"the feed has {n_entries} entries; only the first {len(articles)} were taken"
    return replace(feed, articles=collect(articles), n_entries=n_entries, notice=notice)


def parse_language(code: str) -> str:
    """Return the ISO 639-1 part of a language tag (``es`` of ``es-MX``), or empty."""
    match = _LANGUAGE.match(code.strip())
    return match[0].lower() if match else ""


def _explain_break(parsed: feedparser.FeedParserDict, start: str, text: str) -> str:
    """Return where and how the XML of a feed without entries is broken, or empty: entries may be lost there."""
    error = parsed.get("bozo_exception")
    if not isinstance(error, SAXException) or not (parsed.version or _ROOT.search(start)):
        return ""
    if not isinstance(error, SAXParseException):
        return f"the XML is broken: {error.getMessage()[:200]}"
    # The parser is not given the white space at the start, and feedparser puts a line with a declaration there.
    n_skipped = text[: len(text) - len(text.lstrip())].count("\n") - 1
    line = max(1, (error.getLineNumber() or 1) + n_skipped)
    return f"the XML is broken at line {line}: {error.getMessage()[:200]}"


def _explain(start: str, text: str, url: str) -> str:
    """Return why the text is no feed, and what to do."""
    if _HTML.search(start) and not _ROOT.search(start):
        links = find_feed_links(text, url)
        if links:
            return f"not a feed but a web page; it names this feed: {links[0]}"
        return "not a feed but a web page, and it names no feed"
    match = _XML.search(start)
    if match is None:
        return "not a feed: the body is neither XML nor JSON"
    return f"not a feed: XML whose first element is <{match['root']}>"


def find_feed_links(page: str, url: str) -> tuple[str, ...]:
    """Return the addresses of the feeds that an HTML page names by ``<link rel="alternate">``, in order."""
    try:
        root = lxml.html.document_fromstring(
            page[:1_000_000].encode("utf-8", "replace"), lxml.html.HTMLParser(encoding="utf-8")
        )
    except Exception:  # noqa: BLE001  # whatever lxml says of the page, it names no feed that can be found
        return ()
    found = {
        absolute_url(str(link.get("href") or ""), url): None
        for link in root.iter("link")
        if "alternate" in str(link.get("rel") or "").lower().split()
        and str(link.get("type") or "").partition(";")[0].strip().lower() in _FEED_TYPES
    }
    return tuple(link for link in found if link)
