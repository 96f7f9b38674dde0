"""What must hold for any address that a feed may carry."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from news.words.urls import canonical_url, host_of, site_of

PARTS = st.sampled_from(
    ["http://", "https://", "//", "www.", "m.", "amp.", "example.com", "bbc.co.uk", "пример.рф", ":80",
     ":8080", "/", "//", "/a", "/../", "/amp", ".amp.html", "/index.html", "?", "&", "a=1", "utm_source=x",
     "url=https%3A%2F%2Fb.org%2Fc", "#x", "#!y", "%7e", "%2F", "%", "@", "[::1]", "google.com/url",
     "google.com/amp/s/", " ", "\u200b"]
)  # fmt: skip
URLS = st.one_of(st.text(max_size=80), st.lists(PARTS, max_size=10).map("".join))


@given(URLS)
def test_the_identity_of_an_identity_is_itself(url: str) -> None:
    """Stored identities can be compared with fresh ones for ever."""
    once = canonical_url(url)
    assert canonical_url(once) == once


@given(URLS)
def test_tracking_parameters_and_fragments_never_matter(url: str) -> None:
    if host_of(url) and "?" not in url and "#" not in url and "/url" not in url and url == url.strip():
        assert canonical_url(url + "?utm_campaign=x&fbclid=y#top") == canonical_url(url)


@given(URLS)
def test_hosts_are_small_and_sites_end_them(url: str) -> None:
    host = host_of(url)
    assert host == host.lower()
    assert host.endswith(site_of(url))
