"""The names under which an article is the same article: guid within its feed, canonical URL, wording.

Owns which names an article has and their hashes. Must never judge likeness: that is ``news.fingerprint``'s. A name is
kept as 63 bits of BLAKE2b; with three million of them two differ but collide in one of two million stores.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from news.model import Article
from news.urls import canonical_url
from storage.bulk import write_rows
from storage.schema import IDENTITIES

MIN_WORDING = 100
"""Characters of title and text from which equal wording is an identity: "Live updates" is many articles."""

_CHUNK = 900
_FIND = (
    select(IDENTITIES.c.hash, IDENTITIES.c.article_id)
    .where(IDENTITIES.c.hash.in_(bindparam("hashes", expanding=True)))
    .order_by(IDENTITIES.c.hash, IDENTITIES.c.article_id)
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
    parts = urlsplit(canonical) if "://" in canonical and "[" not in canonical else None
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


def find_holders(connection: Connection, hashes: Iterable[int]) -> dict[int, list[int]]:
    """Return the ids of the articles that hold each of the hashes, oldest first; hashes without any are left out."""
    wanted = list(hashes)
    found: dict[int, list[int]] = {}
    for start in range(0, len(wanted), _CHUNK):
        for number, article_id in connection.execute(_FIND, {"hashes": wanted[start : start + _CHUNK]}).all():
            found.setdefault(number, []).append(article_id)
    return found


def keep_identities(connection: Connection, held: Iterable[tuple[int, Identities]]) -> None:
    """Write the names of articles; names that they had before stay theirs."""
    rows = [(name, article_id) for article_id, names in held for name in names if name is not None]
    write_rows(connection, _KEEP, ("hash", "article_id"), sorted(rows))
