"""Outlets by name and by domain: who publishes, as facts.

Owns the table ``news/data/outlets.toml`` in memory. Must never hold or give a score of truth or of bias.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from news.errors import DocumentError
from news.tables import load_toml
from news.words.text import fold

KINDS = frozenset(
    {"wire", "newspaper", "magazine", "broadcaster", "state", "party", "site", "blog", "agency", "aggregator"}
)
"""Kinds of outlets. "State" and "party" are those that a government or a party owns or controls; an "agency" is a
public body that speaks for itself."""

_MAX_NAME = 120
_SHORT = 4
_MAX_SLUG = 60
_NOT_SLUG = re.compile(r"[\W_]+")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]{0,20}://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OutletRow:
    """One outlet.

    Attributes:
        key: what independence is counted by: all outlets of one publisher and all editions of one newsroom share it.
        domains: without ``www.``; subdomains belong to them.
        country: ISO 3166-1 alpha-2 of the newsroom's seat.
        kind: one of ``KINDS``.
        source: where these facts can be checked.
    """

    name: str
    key: str
    domains: tuple[str, ...]
    owner: str
    country: str
    kind: str
    source: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class OutletTable:
    """Outlets to look up. ``names`` is by exact name, ``folded`` by name without case and accents.

    A table is equal to itself only.
    """

    rows: tuple[OutletRow, ...]
    names: Mapping[str, OutletRow]
    folded: Mapping[str, OutletRow]
    domains: Mapping[str, OutletRow]
    heads: frozenset[str] = frozenset()
    """First words of all names, folded: where none of them stands, there is no outlet."""

    def find(self, name_or_domain: str) -> OutletRow | None:
        """Return the outlet of this name, domain or address, or None. Short names ("AP") must match in case."""
        text = name_or_domain.strip()
        if not text or len(text) > _MAX_NAME:
            return self._find_host(text[: _MAX_NAME * 2]) if text else None
        found = self.names.get(text)
        if found is None and len(text) > _SHORT:
            found = self.folded.get(fold(text))
        return found or (self._find_host(text) if "." in text else None)

    def _find_host(self, text: str) -> OutletRow | None:
        host = _SCHEME.sub("", text).partition("/")[0].partition("?")[0].rpartition("@")[2].partition(":")[0].lower()
        labels = host.split(".")[-6:]
        tails = (".".join(labels[index:]) for index in range(len(labels) - 1))
        return next((self.domains[tail] for tail in tails if tail in self.domains), None)


def build_outlets(rows: Iterable[Mapping[str, Any]]) -> OutletTable:
    """Return a table of ``rows`` as in ``outlets.toml``; a later row wins a name or domain that two rows claim.

    Raises DocumentError for a row that lacks a field or has an unknown kind.
    """
    outlets = tuple(_parse_row(row) for row in rows)
    names = {name: row for row in outlets for name in (*row.aliases, row.name)}
    names |= {row.name: row for row in outlets}
    return OutletTable(
        outlets,
        names,
        {fold(name): row for name, row in names.items()},
        {domain: row for row in outlets for domain in row.domains},
        frozenset(fold(name.split(" ", 1)[0]) for name in names),
    )


def _parse_row(row: Mapping[str, Any]) -> OutletRow:
    try:
        fields = {name: str(row[name]) for name in ("name", "key", "owner", "country", "kind", "source")}
        domains = tuple(str(domain).lower() for domain in row["domains"])
        aliases = tuple(str(alias) for alias in row.get("aliases", ()))
    except (KeyError, TypeError) as error:
        raise DocumentError(
            f"outlet {row.get('name', '?')!r}: the field {error} is missing or of the wrong type"
        ) from error
    if fields["kind"] not in KINDS:
        raise DocumentError(f"outlet {fields['name']!r}: kind {fields['kind']!r} is none of {', '.join(sorted(KINDS))}")
    return OutletRow(domains=domains, aliases=aliases, **fields)


@cache
def shipped_outlets() -> OutletTable:
    """Return the table that ships with the program."""
    return build_outlets(load_toml("outlets.toml")["outlets"])


def slug_of(name: str) -> str:
    """Return the key of an outlet that no table knows: its words in small letters without accents, by dashes."""
    return _NOT_SLUG.sub("-", fold(name)).strip("-")[:_MAX_SLUG]


_in_use: OutletTable | None = None


def use_outlets(rows: Iterable[Mapping[str, Any]]) -> None:
    """Know the outlets of ``rows`` beside the shipped ones, whose names and domains they may take over.

    For the whole process, in place of those of an earlier call; to be called before anything is read. Raises
    DocumentError for a bad row, and then changes nothing.
    """
    global _in_use  # noqa: PLW0603 - a setting of the process, made once at its start
    added = tuple(rows)
    _in_use = build_outlets((*load_toml("outlets.toml")["outlets"], *added)) if added else None


def known_outlets() -> OutletTable:
    """Return the shipped outlets with those that the settings add."""
    return _in_use or shipped_outlets()


def outlet_of(name_or_domain: str) -> OutletRow | None:
    """Return the known outlet of a name ("BBC Mundo"), a domain ("bbc.co.uk") or an address, or None."""
    return known_outlets().find(name_or_domain)
