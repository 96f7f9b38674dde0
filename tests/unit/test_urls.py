from __future__ import annotations

import pytest

from news.words.urls import canonical_url, host_of, site_of, split_url

ARTICLE = "https://example.com/world/story-1"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/world/story-1",
        "https://www.example.com/world/story-1/",
        "HTTPS://EXAMPLE.COM:443/world/story-1#comments",
        "https://m.example.com/world//story-1?utm_source=rss&utm_medium=feed",
        "https://amp.example.com/world/story-1",
        "https://example.com/world/story-1/amp/",
        "https://example.com/world/story-1.amp.html",
        "https://example.com/amp/world/story-1?fbclid=abc&gclid=1",
        "https://example.com/world/./x/../story-1/index.html",
        "https://example.com/world/story%2D1?ref=home&src=rss",
        "//example.com/world/story-1",
        "example.com/world/story-1",
        " https://example.com/world/\u200bstory-1\n",
        "https://www.google.com/amp/s/www.example.com/world/story-1",
        "https://example-com.cdn.ampproject.org/c/s/example.com/world/story-1",
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Fexample.com%2Fworld%2Fstory-1",
        "https://reader:secret@example.com/world/story-1",
    ],
)
def test_one_article_has_one_identity(url: str) -> None:
    """The same article with another scheme, host form, tracking or AMP form is not taken for a second one."""
    assert canonical_url(url) == ARTICLE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/?p=12", "https://example.com/?p=13"),
        ("https://example.com/a?id=1", "https://example.com/a?id=2"),
        ("https://example.com/A", "https://example.com/a"),
        ("https://news.example.com/a", "https://example.com/a"),
        ("https://example.com:8080/a", "https://example.com/a"),
        ("https://one.blogspot.com/a", "https://two.blogspot.com/a"),
        ("https://example.com/#!/a", "https://example.com/#!/b"),
        ("https://example.com/amp", "https://example.com/"),
    ],
)
def test_different_articles_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_parameters_are_sorted() -> None:
    assert canonical_url("https://example.com/a?b=2&a=1&utm_x=3") == "https://example.com/a?a=1&b=2"


@pytest.mark.parametrize(
    "text", ["urn:uuid:12", "tag:example.com,2019:1", "12345", "", "http://[bad", "http://x:99999/"]
)
def test_what_is_no_web_address_is_left_alone(text: str) -> None:
    assert canonical_url(text) == text
    assert host_of(text) == ""


@pytest.mark.parametrize(
    "url",
    [
        "http://a\u2100b/x",
        "https://x.example/\ud800",
        "https://\udfff.example/x?q=\ud800#!\ud800",
        "http://[::1/x",
        "http://x:99999/",
        "http://x:port/",
        "http://www.google.com/url?q=http://a\u2100b/x",
    ],
)
def test_no_address_of_a_stranger_raises(url: str) -> None:
    """One address that the standard library refuses must not stop the feed that carries it."""
    once = canonical_url(url)
    assert canonical_url(once) == once
    once.encode("utf-8")
    assert site_of(url) in host_of(url)
    parts = split_url(url)
    assert parts.port is None or parts.hostname


def test_hosts_and_sites() -> None:
    assert host_of("https://News.BBC.co.uk:443/x") == "news.bbc.co.uk"
    assert site_of("https://news.bbc.co.uk/x") == "bbc.co.uk"
    assert site_of("news.bbc.co.uk") == "bbc.co.uk"
    assert site_of("https://one.blogspot.com") == "one.blogspot.com"
    assert site_of("http://127.0.0.1:8000/x") == "127.0.0.1"
    assert site_of("http://localhost/x") == "localhost"
    assert host_of("https://[::1]:8080/x") == "::1"
    assert host_of("https://пример.рф/") == "xn--e1afmkfd.xn--p1ai"
