"""The feed door over a real loopback server: conditional requests, redirects, errors in words."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest
from backports import zstd

from benchmarks.feed_server import FeedServer, make_feed
from feeds.door import HttpFeedDoor
from feeds.settings import FetchSettings
from news.polling import Feed, FeedPoll, FeedStatus, PollResult
from tests.patience import PATIENCE_S

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LOOPBACK = FetchSettings(allow_networks=("127.0.0.0/8",), parse_workers=0, total_timeout_s=PATIENCE_S)


def make(url: str, **changes: object) -> Feed:
    fields = {"id": 1, "status": FeedStatus.ACTIVE, "added_at": NOW, "next_poll_at": NOW, "interval_s": 600, **changes}
    return Feed(url=url, **fields)  # type: ignore[arg-type]  # a test's shorthand


@pytest.fixture(scope="module")
def server() -> Iterator[FeedServer]:
    with FeedServer(n_feeds=20, n_entries=3) as running:
        yield running


@pytest.fixture(scope="module")
def door() -> Iterator[HttpFeedDoor]:
    with HttpFeedDoor(LOOPBACK, now=lambda: NOW) as opened:
        yield opened


def poll_one(door: HttpFeedDoor, feed: Feed) -> FeedPoll:
    (poll,) = door.poll([feed])
    return poll


def test_first_sight_gives_articles_newest_last(server: FeedServer, door: HttpFeedDoor) -> None:
    poll = poll_one(door, make(server.url("/feed/1.xml")))
    assert poll.result is PollResult.CHANGED
    assert poll.title == "Gazette 1"
    assert poll.language == "en"
    assert [article.source_id for article in poll.articles] == ["1:0", "1:1", "1:2"]
    assert {article.feed_url for article in poll.articles} == {server.url("/feed/1.xml")}
    assert len(poll.body_hash) == 64
    assert NOW + timedelta(seconds=600) <= poll.next_poll_at <= NOW + timedelta(seconds=660)


def test_an_unchanged_feed_costs_one_conditional_request(server: FeedServer, door: HttpFeedDoor) -> None:
    """ETag and Last-Modified are sent back, and 304 gives UNCHANGED with the validators kept."""
    url = server.set_page("/validated.xml", make_feed(1, 2), etag="auto", Last_Modified="Fri, 20 Nov 2026 10:00:00 GMT")
    first = poll_one(door, make(url))
    n_hits = len(server.hits)
    again = poll_one(
        door, make(url, etag=first.etag, last_modified=first.last_modified, body_hash=first.body_hash, title="T")
    )
    assert again.result is PollResult.UNCHANGED
    assert again.http_status == 304
    assert again.articles == ()
    assert (again.etag, again.last_modified, again.body_hash) == (first.etag, first.last_modified, first.body_hash)
    assert again.title == "T"
    (hit,) = server.hits[n_hits:]
    assert hit.headers["If-Modified-Since"] == "Fri, 20 Nov 2026 10:00:00 GMT"


def test_an_equal_body_is_unchanged_without_validators(server: FeedServer, door: HttpFeedDoor) -> None:
    """A server that ignores conditional headers costs a transfer but no parsing and no articles."""
    url = server.set_page("/plain.xml", make_feed(1, 2))
    first = poll_one(door, make(url))
    again = poll_one(door, make(url, body_hash=first.body_hash))
    assert again.result is PollResult.UNCHANGED
    assert again.http_status == 200


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "HTTP 404: not found"), (403, "HTTP 403: access refused"), (500, "internal error"), (418, "teapot")],
)
def test_statuses_in_words(server: FeedServer, door: HttpFeedDoor, status: int, words: str) -> None:
    poll = poll_one(door, make(server.set_page(f"/{status}", status=status), etag='"kept"', body_hash="kept"))
    assert poll.result is PollResult.FAILED
    assert poll.http_status == status
    assert words in poll.error
    assert (poll.etag, poll.body_hash) == ('"kept"', "kept")


def test_gone(server: FeedServer, door: HttpFeedDoor) -> None:
    poll = poll_one(door, make(server.set_page("/gone", status=410)))
    assert poll.result is PollResult.GONE
    assert "gone for good" in poll.error


@pytest.mark.parametrize(
    ("value", "delay_s"),
    [("7200", 7200), ("Fri, 20 Nov 2026 15:00:00 GMT", 10_800), ("-5", 0), ("soon", 0), ("9" * 30, 7 * 86_400)],
)
def test_retry_after_delays_at_least_so_long(server: FeedServer, door: HttpFeedDoor, value: str, delay_s: int) -> None:
    """Seconds and dates are both understood; nonsense is ignored; a delay of years is not believed."""
    poll = poll_one(door, make(server.set_page("/busy", status=429, Retry_After=value)))
    assert poll.next_poll_at >= NOW + timedelta(seconds=max(delay_s, 600))
    assert poll.next_poll_at <= NOW + timedelta(days=7)
    assert "HTTP 429" in poll.error


@pytest.mark.parametrize("status", [301, 308])
def test_permanent_redirects_are_followed_and_reported(server: FeedServer, door: HttpFeedDoor, status: int) -> None:
    target = server.set_page("/new-home.xml", make_feed(1, 2))
    poll = poll_one(door, make(server.set_page("/old-home", status=status, Location="/new-home.xml")))
    assert poll.result is PollResult.CHANGED
    assert poll.moved_to == target
    assert poll.articles[0].feed_url == server.url("/old-home")


def test_temporary_redirects_are_followed_and_not_reported(server: FeedServer, door: HttpFeedDoor) -> None:
    """Only the permanent hops before the first temporary one name a new home."""
    server.set_page("/there.xml", make_feed(1, 2))
    middle = server.set_page("/middle", status=302, Location="/there.xml")
    assert poll_one(door, make(middle)).moved_to == ""
    poll = poll_one(door, make(server.set_page("/start", status=301, Location="/middle")))
    assert (poll.result, poll.moved_to) == (PollResult.CHANGED, middle)


def test_redirect_loops_end(server: FeedServer, door: HttpFeedDoor) -> None:
    poll = poll_one(door, make(server.set_page("/loop", status=302, Location="/loop")))
    assert (poll.result, poll.error) == (PollResult.FAILED, "redirected more than 5 times")


def test_a_web_page_names_its_feed(server: FeedServer, door: HttpFeedDoor) -> None:
    page = '<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/f.xml"></head></html>'
    poll = poll_one(door, make(server.set_page("/page", page, Content_Type="text/html")))
    assert poll.result is PollResult.FAILED
    assert poll.error == f"not a feed but a web page; it names this feed: {server.url('/f.xml')}"
    assert poll.body_hash == ""


def test_entries_that_say_nothing_are_counted_and_left_out(server: FeedServer, door: HttpFeedDoor) -> None:
    body = (
        "<rss version='2.0'><channel><item><category>x</category></item><item><title>T</title></item></channel></rss>"
    )
    poll = poll_one(door, make(server.set_page("/empty-entry", body)))
    assert [article.title for article in poll.articles] == ["T"]
    assert (poll.n_unread, poll.error) == (1, "1 entries have neither title, text nor address")


CODINGS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstd.compress,
}


@pytest.mark.parametrize("coding", CODINGS)
def test_content_codings(server: FeedServer, door: HttpFeedDoor, coding: str) -> None:
    body = make_feed(7, 200)
    url = server.set_page("/coded", CODINGS[coding](body), Content_Encoding=coding)
    poll = poll_one(door, make(url))
    assert (poll.error, poll.n_bytes, len(poll.articles)) == ("", len(body), 200)


def test_raw_deflate_gzip_in_members_and_lying_gzip(server: FeedServer, door: HttpFeedDoor) -> None:
    body = make_feed(7, 20)
    raw = zlib.compressobj(wbits=-15)
    variants = {
        "deflate": raw.compress(body) + raw.flush(),
        "gzip": gzip.compress(body[:500]) + gzip.compress(body[500:]) + b"\0" * 100,
        "x-gzip": body,
        "identity": body,
    }
    for coding, data in variants.items():
        poll = poll_one(door, make(server.set_page("/odd", data, Content_Encoding=coding)))
        assert (coding, poll.error, len(poll.articles)) == (coding, "", 20)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_damaged_compression_is_named(server: FeedServer, door: HttpFeedDoor, coding: str) -> None:
    damaged = bytearray(CODINGS[coding](make_feed(7, 50)))
    damaged[20:60] = b"\xff" * 40
    poll = poll_one(door, make(server.set_page("/damaged", bytes(damaged), Content_Encoding=coding)))
    assert poll.result is PollResult.FAILED
    assert "damaged" in poll.error


def test_unknown_coding_is_named(server: FeedServer, door: HttpFeedDoor) -> None:
    poll = poll_one(door, make(server.set_page("/odd", b"x", Content_Encoding="lzma")))
    assert "lzma" in poll.error


def test_stacked_codings_are_refused(server: FeedServer, door: HttpFeedDoor) -> None:
    body = brotli.compress(gzip.compress(make_feed(7, 2)))
    poll = poll_one(door, make(server.set_page("/stack", body, Content_Encoding="gzip, br")))
    assert poll.result is PollResult.FAILED
    assert "one content coding is read" in poll.error


def test_cut_off_xml_without_entries_fails(server: FeedServer, door: HttpFeedDoor) -> None:
    """The validators of a cut body are not kept, so that the whole one is asked for again."""
    poll = poll_one(door, make(server.set_page("/cut", "<rss version='2.0'><channel>\n<title>T</ti", etag='"cut"')))
    assert (poll.result, poll.etag, poll.body_hash) == (PollResult.FAILED, "", "")
    assert poll.error.startswith("the XML is broken at line 2: ")


def test_credentials_of_the_address_are_not_in_errors(server: FeedServer, door: HttpFeedDoor) -> None:
    page = '<html><head><link rel="alternate" type="application/rss+xml" href="/f.xml"></head></html>'
    url = server.set_page("/secret", page).replace("http://", "http://user:token@")
    poll = poll_one(door, make(url))
    assert poll.error == f"not a feed but a web page; it names this feed: {server.url('/f.xml')}"


def test_many_feeds_come_each_once(server: FeedServer, door: HttpFeedDoor) -> None:
    feeds = [make(server.url(f"/feed/{number}.xml"), id=number) for number in range(20)]
    polls = list(door.poll(feeds))
    assert sorted(poll.feed.id for poll in polls) == list(range(20))
    assert all(poll.result is PollResult.CHANGED for poll in polls)


def test_no_feeds_no_polls(door: HttpFeedDoor) -> None:
    assert list(door.poll([])) == []


def test_no_such_host_and_refused_connection(door: HttpFeedDoor) -> None:
    closed = FeedServer()
    with closed:
        url = closed.url("/")
    assert poll_one(door, make(url)).error == "the server refused the connection (127.0.0.1)"
    assert "nowhere.invalid" in poll_one(door, make("http://nowhere.invalid/")).error
