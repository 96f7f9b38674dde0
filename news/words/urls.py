"""The identity of an address: which two URLs are one article.

Owns canonical forms, hosts and registrable domains. Must never resolve, fetch or follow an address, and what it returns
is for comparing, not for fetching: the scheme and the host may differ from those that work.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

from tld import get_fld

from news.tables import load_toml

__all__ = ["canonical_url", "hide_credentials", "host_of", "site_of", "split_url"]

_CREDENTIALS = re.compile(r"(?<=://)[^\s/?#]{0,8000}@")

_MAX_URL = 8_192
_MAX_PARAMETERS = 100
_JUNK = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{0,20}:")
_BARE_HOST = re.compile(r"[^\s/?#@:]{1,253}\.[^\W\d_]{2,24}(?::\d{1,5})?(?=[/?#]|$)")
_SLASHES = re.compile(r"/{2,}")
_AMP_TAIL = re.compile(r"\.amp(?:\.html?)?$", re.IGNORECASE)
_AMP_CACHE_PATH = re.compile(r"^/(?:amp|c|a|v|wp)/(?:c/)?(?:s/)?(?=[^/]+\.[^/]+)")
_AMP_CACHE_SITE = "ampproject.org"
_DEFAULT_PORTS = frozenset((80, 443))
_WEB = frozenset(("", "http", "https", "feed"))
_PATH_SAFE = "/:@!$&'()*+,;=~-._"


class _Rules(NamedTuple):
    prefixes: tuple[str, ...]
    names: frozenset[str]
    values: Mapping[str, frozenset[str]]
    forms: frozenset[str]
    index_pages: frozenset[str]
    wrappers: Mapping[tuple[str, str], tuple[str, ...]]


@cache
def _rules() -> _Rules:
    table = load_toml("urls.toml")
    return _Rules(
        prefixes=tuple(table["tracking_prefixes"]),
        names=frozenset(table["tracking"]),
        values={name: frozenset(values) for name, values in table["tracking_values"].items()},
        forms=frozenset(table["host_forms"]),
        index_pages=frozenset(table["index_pages"]),
        wrappers={(row["host"], row["path"]): tuple(row["parameters"]) for row in table["wrappers"]},
    )


def canonical_url(url: str) -> str:
    """Return the identity of ``url``: equal for two addresses of one article, and stable when applied again.

    ``https`` for http; host in lower case (IDNA) without ``www.``, ``m.``, ``amp.``; no user, default port, fragment
    (``#!`` stays), trailing slash, index page, AMP form or tracking parameter; other parameters sorted; percent
    encoding after RFC 3986 section 6.2.2. AMP caches and a few redirectors give way to the address inside them. What is
    no web address (``urn:``, ``tag:``, a bare id) is returned stripped and otherwise as it is. Never raises; a lone
    surrogate becomes U+FFFD, as in the store.

    Known failures: shorteners need the network and stay; a site whose article id stands in a parameter called like a
    tracking parameter (``ref``, ``share``) loses it.
    """
    text = _clean(url)
    while True:
        parts = _split(text)
        if parts is None:
            return text
        inner = _unwrap(parts)
        if not inner or len(inner) >= len(text):
            return _join(parts)
        text = inner


def split_url(url: str) -> SplitResult:
    """Return the parts of an address from strangers; never raises, nor does asking the result for host or port.

    What ``urllib`` refuses (a host that NFKC takes apart, brackets that do not close, a port that is none) has no host,
    and is a path as a whole.
    """
    try:
        parts = urlsplit(url)
        is_whole = (parts.port or 0) >= 0  # asking is what raises
    except ValueError:
        is_whole = False
    return parts if is_whole else SplitResult("", "", url, "", "")


@lru_cache(maxsize=1 << 13)
def host_of(url: str) -> str:
    """Return the host of ``url`` in lower case, without user and port; empty if it has none."""
    parts = _split(_clean(url))
    return _ascii_host(parts.hostname or "") if parts is not None else ""


def site_of(url: str) -> str:
    """Return the registrable domain of ``url`` or of a bare host (``bbc.co.uk`` of ``news.bbc.co.uk``).

    By the Public Suffix List with its private part, so that two blogs of one hosting company are two sites. The host
    itself for IP addresses and names without a known suffix; empty if there is no host.
    """
    return _site_of_host(host_of(url))


@lru_cache(maxsize=16_384)
def _site_of_host(host: str) -> str:
    if "." not in host or ":" in host or host.replace(".", "").isdigit():
        return host
    try:
        site = get_fld(host, fix_protocol=True, fail_silently=True, search_private=True)
    except ValueError:  # it splits the host once more, and refuses some in spite of what it is told
        return host
    return site or host


def _split(text: str) -> SplitResult | None:
    """Return the parts of a web address, or None if it is none. The port, if any, is known to be valid."""
    if text.startswith("//") or _BARE_HOST.match(text):
        text = "https:" + ("" if text.startswith("//") else "//") + text
    if not _SCHEME.match(text):
        return None
    parts = split_url(text)
    return parts if parts.scheme in _WEB and parts.hostname else None


def _clean(url: str) -> str:
    return _SURROGATES.sub("\ufffd", _JUNK.sub("", url[:_MAX_URL]))


def _unwrap(parts: SplitResult) -> str:
    """Return the address inside an AMP cache or redirector, or an empty string."""
    site = _site_of_host(parts.hostname or "")
    if site == _AMP_CACHE_SITE or (site == "google.com" and parts.path.startswith("/amp/")):
        inner = _AMP_CACHE_PATH.sub("", parts.path)
        if inner != parts.path:
            return "https://" + inner + ("?" + parts.query if parts.query else "")
    wanted = _rules().wrappers.get((site, parts.path), ())
    values = dict(_parameters(parts.query)) if wanted else {}
    return next((values[name] for name in wanted if _SCHEME.match(values.get(name, ""))), "")


def _join(parts: SplitResult) -> str:
    host = _bare_host(_ascii_host(parts.hostname or ""))
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port and parts.port not in _DEFAULT_PORTS else ""
    query = urlencode(sorted(pair for pair in _parameters(parts.query) if not _is_tracking(*pair)))
    fragment = "#" + quote(parts.fragment, safe=_PATH_SAFE + "?%") if parts.fragment.startswith("!") else ""
    return f"https://{host}{port}{_path(parts.path)}{'?' + query if query else ''}{fragment}"


def _ascii_host(host: str) -> str:
    host = host.strip(".").lower()
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host


def _bare_host(host: str) -> str:
    """Return the host without first labels such as ``www.``, never going below the registrable domain."""
    site = _site_of_host(host)
    while len(host) > len(site) and host.partition(".")[0] in _rules().forms:
        host = host.partition(".")[2]
    return host


def _path(path: str) -> str:
    text = quote(unquote_to_bytes(path), safe=_PATH_SAFE) if "%2f" not in path.lower() else path
    steps: list[str] = []
    for step in _SLASHES.sub("/", text).split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in {"", "."}:
            steps.append(step)
    return "".join("/" + step for step in _without_forms(steps))


def _without_forms(steps: list[str]) -> list[str]:
    """Return the steps without index pages and AMP forms, as often as they come; a lone "amp" is a page."""
    steps = steps[1:] if len(steps) > 1 and steps[0].lower() == "amp" else steps
    while steps:
        last = steps[-1].lower()
        shorter = _AMP_TAIL.sub("", steps[-1])
        if last in _rules().index_pages or (last in {"amp", "amp.html"} and len(steps) > 1):
            steps = steps[:-1]
        elif shorter and shorter != steps[-1]:
            steps = [*steps[:-1], shorter]
        elif len(steps) > 1 and steps[0].lower() == "amp":
            steps = steps[1:]
        else:
            break
    return steps


def _parameters(query: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(query, keep_blank_values=True, max_num_fields=_MAX_PARAMETERS)
    except ValueError:
        return [(query, "")]


def _is_tracking(name: str, value: str) -> bool:
    rules, low = _rules(), name.lower().removeprefix("amp;")
    return low in rules.names or low.startswith(rules.prefixes) or value.lower() in rules.values.get(low, ())


def hide_credentials(text: str) -> str:
    """Return the text with the ``user:token@`` of each URL in it left out, fit to be shown to anybody."""
    return _CREDENTIALS.sub("", text)
