"""What strangers may try on the feed door: bombs, drips, stalls, and addresses inside the house."""

from __future__ import annotations

import asyncio
import gzip
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest
from aiohttp import web
from backports import zstd

from benchmarks.feed_server import FeedServer, make_feed
from feeds.door import HttpFeedDoor
from feeds.fetch.client import Client
from feeds.settings import MIB, FetchSettings
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


def poll_one(feed: Feed, settings: FetchSettings = LOOPBACK) -> FeedPoll:
    with HttpFeedDoor(settings, now=lambda: NOW) as door:
        (poll,) = door.poll([feed])
    return poll


async def stall(_: web.Request) -> web.StreamResponse:
    await asyncio.Event().wait()  # for ever
    return web.Response()


async def drip(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("handler", [stall, drip])
def test_the_whole_exchange_is_bounded(server: FeedServer, handler: object) -> None:
    """A server that never answers, or drips for ever, is given up after the total time."""
    url = server.set_handler(f"/{handler.__name__}", handler)  # type: ignore[attr-defined,arg-type]  # both are handlers
    poll = poll_one(make(url), replace(LOOPBACK, total_timeout_s=0.3))
    assert (poll.result, poll.error) == (PollResult.FAILED, "timed out after 0.3 s")


def test_slow_feeds_delay_no_other(server: FeedServer) -> None:
    """More stalling feeds than there are places, on one host and in all: the good one still comes at once."""
    slow = [make(server.set_handler(f"/slow{number}", stall), id=number + 10) for number in range(6)]
    settings = replace(LOOPBACK, patience_s=0.02, per_host=1, concurrency=2)
    with HttpFeedDoor(settings, now=lambda: NOW) as door:
        polls = door.poll([*slow, make(server.url("/feed/1.xml"))])
        assert next(polls).feed.id == 1
        polls.close()  # type: ignore[attr-defined]  # it is a generator


def test_closing_the_door_ends_a_poll_under_way(server: FeedServer) -> None:
    url = server.set_handler("/held", stall)
    door = HttpFeedDoor(LOOPBACK)
    seen: list[FeedPoll] = []
    consumer = threading.Thread(target=lambda: seen.extend(door.poll([make(url)])))
    consumer.start()
    while not any(hit.path == "/held" for hit in server.hits):
        threading.Event().wait(0.01)
    door.close()
    consumer.join(PATIENCE_S)
    assert not consumer.is_alive()
    assert seen == []
    with pytest.raises(RuntimeError):
        next(door.poll([make(url)]))


@pytest.mark.parametrize("delay_s", [0.0, 0.005, 0.02])
def test_closing_a_door_that_is_being_opened_leaves_nothing_open(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch, delay_s: float
) -> None:
    """The session is closed also if the closing comes while, or right after, it is made."""
    sessions: list[aiohttp.ClientSession] = []
    is_making = threading.Event()
    open_session = Client._open_session

    def slowly(self: Client) -> aiohttp.ClientSession:
        is_making.set()
        threading.Event().wait(0.01)
        sessions.append(open_session(self))
        return sessions[-1]

    monkeypatch.setattr(Client, "_open_session", slowly)
    door = HttpFeedDoor(LOOPBACK, now=lambda: NOW)

    def consume() -> None:
        with suppress(RuntimeError):
            list(door.poll([make(server.url("/feed/1.xml"))]))

    consumer = threading.Thread(target=consume)
    consumer.start()
    assert is_making.wait(PATIENCE_S)
    threading.Event().wait(delay_s)
    door.close()
    consumer.join(PATIENCE_S)
    assert not consumer.is_alive()
    assert [session.closed for session in sessions] == [True]


def zlib_bomb(n_bytes: int, wbits: int) -> bytes:
    packer = zlib.compressobj(9, wbits=wbits)
    parts = [packer.compress(b" " * MIB) for _ in range(n_bytes // MIB)]
    return b"".join([*parts, packer.flush()])


BOMBS: dict[str, Callable[[], bytes]] = {
    "gzip": lambda: zlib_bomb(16 * MIB, 31) * 64,
    "deflate": lambda: zlib_bomb(128 * MIB, 15),
    "br": lambda: brotli.compress(b" " * (64 * MIB), quality=3),
    "zstd": lambda: zstd.compress(b" " * (64 * MIB), 3),
}


@pytest.mark.parametrize("coding", BOMBS)
def test_bombs_do_not_unfold(server: FeedServer, coding: str) -> None:
    """A small body that inflates to gigabytes is cut at the cap of the decoded size, in bounded memory."""
    url = server.set_page("/bomb", BOMBS[coding](), Content_Encoding=coding)
    with HttpFeedDoor(LOOPBACK, now=lambda: NOW) as door:
        list(door.poll([make(server.url("/feed/1.xml"))]))
        tracemalloc.start()
        (poll,) = door.poll([make(url)])
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert poll.result is PollResult.FAILED
    assert poll.error.startswith("too large: the body has more than 16 MiB")
    assert peak < 32 * MIB


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, gzip, gzip"])
def test_what_yields_nothing_freezes_nothing(server: FeedServer, coding: str) -> None:
    """Data behind the end of a stream, stacked or not, costs the other feeds no time."""
    wbits = 15 if coding == "deflate" else 31
    body = zlib.compress(b"<rss/>", wbits=wbits) + b"\0" * (8 * MIB)
    if "," in coding:
        body = gzip.compress(gzip.compress(gzip.compress(b"<rss/>") + b"\0" * (256 * MIB), 1), 9)
    url = server.set_page("/silent", body, Content_Encoding=coding)
    began = time.process_time()
    with HttpFeedDoor(LOOPBACK, now=lambda: NOW) as door:
        first, second = door.poll([make(url), make(server.url("/feed/1.xml"), id=2)])
    assert time.process_time() - began < 3
    by_id = {poll.feed.id: poll for poll in (first, second)}
    assert by_id[2].result is PollResult.CHANGED
    assert ("one content coding is read" in by_id[1].error) == ("," in coding)


def test_the_transfer_behind_the_end_of_a_stream_is_capped(server: FeedServer) -> None:
    """A finished stream adds nothing to the body; what still comes is counted all the same."""
    url = server.set_page("/tail", gzip.compress(b"<rss/>") + b"\0" * (2 * MIB), Content_Encoding="gzip")

    async def tail(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Encoding": "gzip"})
        await response.prepare(request)
        await response.write(gzip.compress(b"<rss/>") + b"\0" * (2 * MIB))
        return response

    small = replace(LOOPBACK, body_cap_bytes=MIB)
    assert poll_one(make(url), small).error.startswith("too large")
    assert poll_one(make(server.set_handler("/tail-chunked", tail)), small).error.startswith("too large")


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(50):
        await response.write(b"x" * MIB)
    return response


def test_a_body_of_fifty_megabytes_is_cut(server: FeedServer) -> None:
    """With and without a length in the header; the transfer ends at the cap."""
    assert poll_one(make(server.set_handler("/endless", endless))).error.startswith("too large")
    small = replace(LOOPBACK, body_cap_bytes=1000)
    assert poll_one(make(server.set_page("/long", b"x" * 1001)), small).error.startswith("too large")


def test_a_body_of_exactly_the_cap_is_taken(server: FeedServer) -> None:
    body = make_feed(1, 3)
    poll = poll_one(make(server.set_page("/full", body)), replace(LOOPBACK, body_cap_bytes=len(body)))
    assert poll.result is PollResult.CHANGED


def test_a_connection_that_breaks_is_named(server: FeedServer) -> None:
    async def broken(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "1000"})
        await response.prepare(request)
        await response.write(b"<rss>")
        assert request.transport is not None
        request.transport.close()
        return response

    assert (
        poll_one(make(server.set_handler("/broken", broken))).error == "the connection broke in the middle of the body"
    )


INSIDE = [
    "http://127.0.0.1:{port}/feed/1.xml",
    "http://localhost:{port}/feed/1.xml",
    "http://2130706433:{port}/feed/1.xml",
    "http://0x7f000001:{port}/feed/1.xml",
    "http://0177.0.0.1:{port}/feed/1.xml",
    "http://127.1:{port}/feed/1.xml",
    "http://0.0.0.0:{port}/feed/1.xml",
    "http://[::1]:{port}/feed/1.xml",
    "http://[::ffff:127.0.0.1]:{port}/feed/1.xml",
    "http://[64:ff9b::7f00:1]:{port}/feed/1.xml",
    "http://[fe80::1%25lo]:{port}/feed/1.xml",
    "http://169.254.169.254/latest/meta-data/",
    "file:///etc/passwd",
    "ftp://127.0.0.1/x",
    "http://user@127.0.0.1:{port}/feed/1.xml",
    "http:///feed/1.xml",
    "http://127。0。0。1:{port}/feed/1.xml",
]


@pytest.mark.parametrize("url", INSIDE)
def test_addresses_inside_the_house_are_never_asked(server: FeedServer, url: str) -> None:
    """Whatever the spelling, nothing reaches a server on loopback that the configuration does not list."""
    n_hits = len(server.hits)
    poll = poll_one(make(url.format(port=server.port)), FetchSettings(parse_workers=0, total_timeout_s=5))
    assert poll.result in {PollResult.GONE, PollResult.FAILED}
    assert poll.error
    assert len(server.hits) == n_hits


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2:{port}/feed/1.xml", "http://0x7f000002:{port}/feed/1.xml", "file:///etc/passwd"]
)
def test_redirects_into_the_house_are_refused(server: FeedServer, target: str) -> None:
    """Each hop is checked: a listed address may not lead to one that is not."""
    url = server.set_page("/lead-in", status=302, Location=target.format(port=server.port))
    n_hits = len(server.hits)
    poll = poll_one(make(url), replace(LOOPBACK, allow_networks=("127.0.0.1",)))
    assert poll.result is PollResult.FAILED
    assert "not a public address" in poll.error or "only http and https" in poll.error
    assert [hit.path for hit in server.hits[n_hits:]] == ["/lead-in"]


def test_names_are_checked_by_what_they_resolve_to(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public name that resolves inside is refused, and a name is looked up once: no time to rebind it."""
    answers: list[str] = []

    def look_up(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        answers.append(host)
        address = "93.184.215.14" if len(answers) > 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    n_hits = len(server.hits)
    poll = poll_one(make(f"http://rebind.example:{server.port}/feed/1.xml"), FetchSettings(parse_workers=0))
    assert "not a public address" in poll.error
    assert answers == ["rebind.example"]
    assert len(server.hits) == n_hits


def test_a_listed_host_may_be_inside(server: FeedServer) -> None:
    """A name on the list opens that name, and not the network behind it."""
    settings = FetchSettings(parse_workers=0, allow_networks=("localhost",))
    assert poll_one(make(server.url("/feed/1.xml").replace("127.0.0.1", "localhost")), settings).error == ""
    assert poll_one(make(server.url("/feed/1.xml")), settings).result is PollResult.GONE


def test_the_address_of_a_listed_host_is_open_to_no_other_feed(
    server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One door, one after the other and side by side: only the listed name gets through to the address."""

    def look_up(_: str, port: int, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    hosts = ("feeds.intranet", "rebind.example", "127.0.0.1")
    feeds = [make(f"http://{host}:{server.port}/feed/1.xml", id=n) for n, host in enumerate(hosts)]
    lead = server.set_page("/lead", status=302, Location=feeds[2].url).replace("127.0.0.1", hosts[0])
    settings = FetchSettings(parse_workers=0, allow_networks=("feeds.intranet",))
    with HttpFeedDoor(settings, now=lambda: NOW) as door:
        polls = [next(iter(door.poll([feed]))) for feed in feeds]
        polls += door.poll([*feeds, make(lead, id=3)])
    for poll in polls:
        assert (poll.result is PollResult.CHANGED) == (poll.feed.id == 0)
        assert ("not a public address" in poll.error) == (poll.feed.id != 0)


def test_no_proxy_is_taken_from_the_environment(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would connect on our behalf, past the guard."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert poll_one(make(server.url("/feed/1.xml"))).result is PollResult.CHANGED


def test_header_splitting_validators_are_not_sent(server: FeedServer) -> None:
    n_hits = len(server.hits)
    poll = poll_one(make(server.url("/feed/1.xml"), etag='"x"\r\nX-Evil: 1', last_modified="\n"))
    assert poll.result is PollResult.CHANGED
    assert "If-None-Match" not in server.hits[n_hits].headers


def test_an_untrusted_certificate_is_named(tmp_path: Path) -> None:
    """The user reads why the certificate is refused, not the name of an exception."""
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem",
            "-days",
            "1",
            "-subj",
            "/CN=localhost",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=shake_hands, args=(listener, context), daemon=True)
        thread.start()
        poll = poll_one(make(f"https://127.0.0.1:{listener.getsockname()[1]}/"))
        thread.join(PATIENCE_S)
    assert poll.error.startswith("the certificate of 127.0.0.1 is not trusted: self")


def shake_hands(listener: socket.socket, context: ssl.SSLContext) -> None:
    connection, _ = listener.accept()
    try:
        context.wrap_socket(connection, server_side=True)
    except OSError:
        connection.close()
