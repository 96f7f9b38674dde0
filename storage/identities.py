"""The names under which an article is the same article: guid within its feed, canonical URL, wording.

Owns which names an article has and their hashes. Must never judge likeness: that is ``news.words.fingerprint``'s. A
name is kept as 63 bits of BLAKE2b; with three million of them two differ but collide in one of two million stores.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import BigInteger, bindparam, column, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from news.model import Article
from news.words.urls import canonical_url, split_url
from storage.bulk import write_rows
from storage.quick import as_list, fetch_rows
from storage.schema import IDENTITIES

MIN_WORDING = 100
"""Characters of title and text from which equal wording is an identity: "Live updates" is many articles."""

MOST_HOLDERS = 200
"""Articles looked at under one name: an address that a feed puts under all of its entries is no reason to read all."""

_WANTED = func.json_each(bindparam("hashes")).table_valued(column("value", BigInteger))
_FIRST = select(
    _WANTED.c.value,
    # The least of one hash is one step in the index; grouping by hash would walk through all that hold it.
    select(func.min(IDENTITIES.c.article_id)).where(IDENTITIES.c.hash == _WANTED.c.value).scalar_subquery(),
)
_FIND = (
    select(IDENTITIES.c.article_id)
    .where(IDENTITIES.c.hash == bindparam("hash"))
    .order_by(IDENTITIES.c.article_id)
    .limit(MOST_HOLDERS)
)
_KEEP = insert(IDENTITIES).on_conflict_do_nothing()


class Identities(NamedTuple):
    """Hashes of the names of one article, None where it has no such name.

    Attributes:
        guid: of the guid within the feed, by the feed's first URL.
        own: of the guid or caller's id alone; names an article, but does not prove it the same.
    """

    guid: int | None
    url: int | None
    wording: int | None
    own: int | None

    @property
    def proofs(self) -> tuple[int, ...]:
        """Those that prove two articles the same, strongest first."""
        return tuple(name for name in self[:3] if name is not None)


def identify(article: Article, first_url: str = "") -> Identities:
    """Return the names of the article; ``first_url`` is that of its feed if the feed has moved."""
    source_id, feed_url = article.source_id, first_url or article.feed_url
    return Identities(
        guid=_hash("guid", feed_url, source_id) if source_id and feed_url else None,
        url=_hash_url(article.url),
        wording=_hash_wording(article),
        own=_hash("own", source_id) if source_id else None,
    )


def _hash_url(url: str) -> int | None:
    """Return the hash of a URL that may name one article; a site's front page names none."""
    if not url:
        return None
    canonical = canonical_url(url)
    parts = split_url(canonical) if "://" in canonical else None
    is_front_page = parts is not None and parts.path in {"", "/"} and not parts.query and not parts.fragment
    return None if is_front_page else _hash("url", canonical)


def _hash_wording(article: Article) -> int | None:
    is_enough = bool(article.text) and len(article.title) + len(article.text) >= MIN_WORDING
    return _hash("text", article.title, article.text) if is_enough else None


def _hash(kind: str, *parts: str) -> int:
    data = "\x00".join((kind, *parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big") >> 1


def hash_reference(reference: str) -> tuple[int, ...]:
    """Return the hashes under which a URL or a caller's id would be kept."""
    url = _hash_url(reference)
    return (_hash("own", reference), *(() if url is None else (url,)))


def find_first_holders(connection: Connection, hashes: Iterable[int]) -> dict[int, int]:
    """Return the id of the oldest article that holds each of the hashes; hashes without any are left out."""
    rows = fetch_rows(connection, _FIRST, {"hashes": as_list(hashes)})
    return {number: article_id for number, article_id in rows if article_id is not None}


def find_holders(connection: Connection, name: int) -> list[int]:
    """Return the ids of the articles that hold the hash, oldest first, at most ``MOST_HOLDERS``."""
    return [row[0] for row in fetch_rows(connection, _FIND, {"hash": name})]


def keep_identities(connection: Connection, held: Iterable[tuple[int, Identities]]) -> None:
    """Write the names of articles; names that they had before stay theirs."""
    rows = [(name, article_id) for article_id, names in held for name in names if name is not None]
    write_rows(connection, _KEEP, ("hash", "article_id"), sorted(rows))
