"""Which addresses may be fetched: public ones over http or https, and what the configuration lists.

Owns the rule against server-side request forgery (OWASP "SSRF Prevention"; address registries: RFC 6890, IANA). Must
never open a connection or look a name up: ``feeds.fetch`` asks here before each hop, for each address that a name
resolved to, and once more when the socket is made, so that the address checked is the address connected.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from news.errors import ConfigError, FetchRefusedError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

MAX_URL = 8_000
"""Longest URL that is fetched; servers refuse longer ones as well."""

# IPv6 ranges that carry an IPv4 address, with the number of bits below it: the inner address is what gets connected.
_EMBEDDING = (
    (ipaddress.IPv6Network("::ffff:0:0/96"), 0),  # mapped, RFC 4291
    (ipaddress.IPv6Network("::/96"), 0),  # compatible, RFC 4291 (deprecated, still routed by some stacks)
    (ipaddress.IPv6Network("::ffff:0:0:0/96"), 0),  # translated, RFC 7915
    (ipaddress.IPv6Network("64:ff9b::/96"), 0),  # NAT64, RFC 6052
    (ipaddress.IPv6Network("2002::/16"), 80),  # 6to4, RFC 3056
)
# Ranges that ipaddress calls global in some Python versions, and that nobody serves public feeds from.
_NEVER_PUBLIC = tuple(
    ipaddress.ip_network(text)
    for text in (
        "100.64.0.0/10",  # carrier-grade NAT, RFC 6598; cloud metadata of one provider
        "192.0.0.0/24",  # IETF protocol assignments; cloud metadata of another
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "168.63.129.16/32",  # host agent of a cloud, on a public address
        "64:ff9b:1::/48",  # local NAT64, RFC 8215
        "2001::/23",  # Teredo and other IETF assignments
        "fec0::/10",  # site-local, RFC 3879
        "3fff::/20",  # documentation, RFC 9637
        "5f00::/16",  # segment routing, RFC 9602
    )
)


class RefusedAddressError(OSError):
    """An address that must not be connected. An ``OSError``, so that connection code passes it on."""


def embedded_ipv4(address: Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for (mapped, NAT64, 6to4), or None."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    for network, shift in _EMBEDDING:
        if address in network and int(address) > 1:
            return ipaddress.IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    return None


@lru_cache(maxsize=4096)
def is_public(address: Address) -> bool:
    """Return whether the address is one of the open internet, seen through IPv6 forms that carry IPv4."""
    inner = embedded_ipv4(address)
    if inner is not None:
        return is_public(inner)
    if any(address in network for network in _NEVER_PUBLIC if network.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def parse_address(host: str) -> Address | None:
    """Return the address that ``host`` spells in the usual form, or None for a name.

    Decimal, octal and short forms (``2130706433``, ``0177.1``) count as names: the system's resolver expands them and
    the result is checked like that of any name. A zone (``fe80::1%eth0``) is ignored.
    """
    try:
        return ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return None


class Guard:
    """The rule with the exceptions that the configuration lists.

    Args:
        allowed: networks, addresses or host names, see ``FetchSettings.allow_networks``.

    Raises:
        ConfigError: for an entry that is none of these.
    """

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._networks: list[Network] = []
        self._hosts: set[str] = set()
        for entry in allowed:
            self._allow(entry.strip())

    def _allow(self, entry: str) -> None:
        try:
            self._networks.append(ipaddress.ip_network(entry, strict=False))
        except ValueError:
            if not entry or "/" in entry or any(character.isspace() for character in entry):
                raise ConfigError(
                    "poll.allow_networks", f"{entry!r} is neither a network such as 10.0.0.0/8 nor a host name"
                ) from None
            self._hosts.add(entry.lower().rstrip("."))

    def may_connect(self, address: Address) -> bool:
        """Return whether a socket to the address may be made."""
        if is_public(address):
            return True
        inner = embedded_ipv4(address)
        candidates = (address,) if inner is None else (address, inner)
        return any(one in network for one in candidates for network in self._networks if one.version == network.version)

    def select(self, host: str, addresses: Iterable[str]) -> list[str]:
        """Return those addresses that ``host`` resolved to and that may be connected, in the order given.

        A listed host name may resolve to anything. That opens the addresses to nobody else: not to another name that
        resolves to them, and not to a URL that spells them.
        """
        return [text for text in addresses if self._may_reach(host, parse_address(text))]

    def _may_reach(self, host: str, address: Address | None) -> bool:
        if address is None:
            return False
        return host.lower().rstrip(".") in self._hosts or self.may_connect(address)

    def check_url(self, url: str) -> None:
        """Raise FetchRefusedError unless the URL is http(s), has a host, and does not spell a refused address."""
        host = parse_host(url)
        address = parse_address(host)
        if address is not None and not self.may_connect(address):
            raise FetchRefusedError(refusal(host))

    def check_socket(self, host: str, sockaddr: str) -> None:
        """Raise RefusedAddressError unless an exchange with ``host`` may make a socket to this numeric address."""
        if not self._may_reach(host, parse_address(sockaddr)):
            raise RefusedAddressError(refusal(sockaddr))


def parse_host(url: str) -> str:
    """Return the host of an http(s) URL, lower case. Raises FetchRefusedError for any other URL."""
    if len(url) > MAX_URL:
        raise FetchRefusedError(f"the address is longer than {MAX_URL} characters")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise FetchRefusedError("the address is not a valid URL") from None
    if parts.scheme.lower() not in {"http", "https"}:
        raise FetchRefusedError(f"only http and https addresses are fetched, not {parts.scheme or 'bare words'!r}")
    if not host or port == 0:
        raise FetchRefusedError("the address names no host")
    return host


def refusal(host: str) -> str:
    """Return the sentence that tells a user why an address is not fetched and what to do."""
    return (
        f"{host} is not a public address and is not fetched; if it is yours, list it under poll.allow_networks "
        "in config.toml"
    )
