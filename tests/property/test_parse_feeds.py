"""Whatever the bytes, parsing gives a value, and its articles keep their promises."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.feed_server import make_feed
from feeds.dates import parse_date
from feeds.encodings import decode_body
from feeds.html_text import read_markup, to_line
from feeds.outcome import ParseJob
from feeds.parse import parse_feed

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FEED = make_feed(3, 2)
PIECES = st.sampled_from(
    (
        "<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<![CDATA[", "]]>", "&amp;", "&#0;",
        "&lt;b&gt;", "<guid>1</guid>", "<link>//x</link>", "<pubDate>0</pubDate>", "<entry>", "<!DOCTYPE x [", "]>",
        "<feed xmlns='http://www.w3.org/2005/Atom'>", "<content type='xhtml'>", "\ufeff",
        "<?xml version='1.0' encoding='utf-16'?>",
    )
)  # fmt: skip


def check(body: bytes, content_type: str = "") -> None:
    feed = parse_feed(ParseJob(body, "https://e.example/f", "https://e.example/f", NOW, content_type))
    assert feed.error or feed.version
    assert not (feed.error and feed.articles)
    ids = [article.source_id for article in feed.articles]
    assert len(set(ids)) == len(ids)
    assert all(ids)
    for article in feed.articles:
        assert article.url == "" or article.url.startswith(("http://", "https://"))
        assert article.published_at is None or article.published_at.tzinfo is UTC
        assert "\n" not in article.title
        assert not any(character < " " and character != "\n" for character in article.title + article.text)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400), st.text(max_size=40))
def test_any_bytes(body: bytes, content_type: str) -> None:
    check(body, content_type)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=25))
def test_any_heap_of_markup(pieces: list[str]) -> None:
    check("".join(pieces).encode("utf-8", "replace"))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(FEED) - 1), st.binary(max_size=3)), max_size=6))
def test_a_feed_with_damaged_places(changes: list[tuple[int, bytes]]) -> None:
    body = bytearray(FEED)
    for place, data in changes:
        body[place : place + 1] = data
    check(bytes(body))


@given(st.text(max_size=200))
def test_utf8_is_always_read_as_utf8(text: str) -> None:
    """Text in UTF-8 comes out as it went in, whatever else was declared, but for what XML forbids."""
    kept = "".join(character for character in text if character >= " " or character in "\t\n\r").replace("\ufffe", "")
    body = f"<r>{kept}</r>".replace("\uffff", "")
    assert decode_body(body.encode(), "text/xml; charset=koi8-r") == body


@given(st.text(max_size=300))
def test_markup_to_text_never_fails(markup: str) -> None:
    read_markup(markup, "https://e.example/")
    assert "\n" not in to_line(markup, is_html=True)


@given(st.text(max_size=60))
def test_dates_never_fail(text: str) -> None:
    moment = parse_date(text)
    assert moment is None or moment.tzinfo is UTC
