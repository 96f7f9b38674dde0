"""Which addresses may be fetched."""

from __future__ import annotations

import pytest

from feeds.door import HttpFeedDoor
from feeds.guard import Guard, RefusedAddressError, is_public, parse_address
from feeds.settings import FetchSettings
from news.errors import ConfigError, FetchRefusedError
from news.words.urls import hide_credentials

REFUSED = [
    "127.0.0.1", "127.255.255.255", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254",
    "100.64.0.1", "100.100.100.200", "192.0.0.192", "168.63.129.16", "0.1.2.3", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "0.0.0.1", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254",
    "ff02::1", "fec0::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:7f00:1::", "2002:c0a8:101::1", "2001:db8::1",
    "2001::1", "100::1", "3fff::1", "3fff:fff:ffff::1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "93.184.215.14", "172.32.0.1", "2606:4700::6810:84e5", "::ffff:1.1.1.1", "64:ff9b::101:101",
    "2002:101:101::1",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_the_open_internet_is_refused(text: str) -> None:
    address = parse_address(text)
    assert address is not None
    assert not is_public(address)
    assert not Guard().may_connect(address)
    assert Guard().select("evil.example", [text]) == []


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_pass(text: str) -> None:
    assert Guard().select("good.example", [text]) == [text]


NO_FEED_ADDRESSES = [
    "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "gopher://x/", "example.org/feed", "", "http://",
    "http://[::1", "http://x:99999/", "http://x:0/", f"https://{'a' * 9000}", "//example.org/", "data:,x",
]  # fmt: skip


@pytest.mark.parametrize("url", NO_FEED_ADDRESSES)
def test_only_http_with_a_host(url: str) -> None:
    with pytest.raises(FetchRefusedError):
        Guard().check_url(url)


def test_the_refusal_says_what_to_do() -> None:
    with pytest.raises(FetchRefusedError, match=r"list it under poll\.allow_networks"):
        Guard().check_url("http://192.168.1.20/feed")


def test_listed_networks_addresses_and_hosts_pass() -> None:
    guard = Guard(["10.1.0.0/16", "127.0.0.1", "Feeds.Intranet"])
    guard.check_url("http://10.1.2.3/")
    guard.check_url("http://[::ffff:10.1.2.3]/")
    guard.check_url("http://127.0.0.1:8080/")
    assert guard.select("feeds.intranet.", ["10.9.9.9"]) == ["10.9.9.9"]
    guard.check_socket("feeds.intranet", "10.9.9.9")
    assert guard.select("other.example", ["10.2.0.1"]) == []
    with pytest.raises(FetchRefusedError):
        guard.check_url("http://10.2.0.1/")


def test_what_a_listed_host_resolves_to_is_open_to_that_host_alone() -> None:
    """A look-up of the one feed gives no other feed the address, be it by another name or spelled out."""
    guard = Guard(["feeds.intranet"])
    assert guard.select("feeds.intranet", ["10.0.0.5"]) == ["10.0.0.5"]
    guard.check_socket("feeds.intranet", "10.0.0.5")
    assert guard.select("rebind.example", ["10.0.0.5"]) == []
    with pytest.raises(FetchRefusedError):
        guard.check_url("http://10.0.0.5/")
    for host in ("rebind.example", "10.0.0.5", ""):
        with pytest.raises(RefusedAddressError):
            guard.check_socket(host, "10.0.0.5")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see https://user:token@n.example/f?x=a@b.", "see https://n.example/f?x=a@b."),
        ("http://token@a.example and http://u:p@ss@b.example/", "http://a.example and http://b.example/"),
        ("http://a.example/@you, you@a.example", "http://a.example/@you, you@a.example"),
        ("://" * 10_000, "://" * 10_000),
    ],
)
def test_credentials_in_addresses_are_not_shown(text: str, shown: str) -> None:
    assert hide_credentials(text) == shown


def test_mixed_answers_keep_the_public_ones() -> None:
    """A name with a public and a private address is connected at the public one only."""
    assert Guard().select("half.example", ["10.0.0.1", "1.1.1.1", "::1"]) == ["1.1.1.1"]


@pytest.mark.parametrize("entry", ["10.0.0.0/99", "not a host", "", "1.2.3.4/x"])
def test_wrong_exceptions_are_named(entry: str) -> None:
    with pytest.raises(ConfigError, match=r"poll\.allow_networks"):
        Guard([entry])


@pytest.mark.parametrize(
    ("url", "is_refused"),
    [
        ("http://169.254.169.254/latest", True),
        ("http://[::1]/feed", True),
        ("https://8.8.8.8/feed", False),
        ("https://gazette.example/feed", False),
        ("http://10.1.2.3/feed", False),
    ],
)
def test_the_door_says_beforehand_what_it_will_not_fetch(url: str, *, is_refused: bool) -> None:
    """Nothing is looked up and nothing is opened for that; what is allowed by the settings is."""
    with HttpFeedDoor(FetchSettings(allow_networks=("10.0.0.0/8",))) as door:
        assert bool(door.find_refusal(url)) is is_refused
