"""The index by which texts that share words in a row are found.

Owns which hashes of an article stand in the index. Must never compare texts: that is ``news.words.fingerprint``'s. A
hash that many articles share is somebody's boilerplate: after ``MAX_HOLDERS`` it takes no more, and the first ones,
among them the original, are still found.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from sqlalchemy import BigInteger, bindparam, delete, func, literal, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from news.model import Signature
from news.words.fingerprint import lookup_hashes
from storage.bulk import write_rows
from storage.quick import as_list, fetch_rows, listed
from storage.schema import SHINGLES
from storage.types import BIG_ID

MAX_HOLDERS = 200

_HASH = bindparam("number", type_=BigInteger)
_N_HOLDERS = (
    select(func.count())
    .select_from(select(literal(1)).where(SHINGLES.c.hash == _HASH).limit(MAX_HOLDERS).subquery())
    .scalar_subquery()
)
_ADD = (
    insert(SHINGLES)
    .from_select(
        ["hash", "article_id"],
        select(_HASH, bindparam("article_id", type_=BIG_ID)).where(_N_HOLDERS < MAX_HOLDERS),
    )
    .on_conflict_do_nothing()
)
_DROP = delete(SHINGLES).where(SHINGLES.c.hash == _HASH, SHINGLES.c.article_id == bindparam("article_id"))
_FIND = (
    select(SHINGLES.c.article_id, func.count().label("n_shared"))
    .where(SHINGLES.c.hash.in_(listed("hashes")))
    .group_by(SHINGLES.c.article_id)
    .order_by(func.count().desc(), SHINGLES.c.article_id)
    .limit(bindparam("n"))
)


def list_hashes(signatures: Iterable[Signature]) -> list[int]:
    """Return the hashes to index for an article with these signatures, each once."""
    return list(dict.fromkeys(chain.from_iterable(map(lookup_hashes, signatures))))


def add_shingles(connection: Connection, article_id: int, signatures: Iterable[Signature]) -> None:
    """Write an article into the index."""
    rows = [(number, article_id) for number in list_hashes(signatures)]
    write_rows(connection, _ADD, ("number", "article_id"), rows)


def drop_shingles(connection: Connection, article_id: int, signatures: Iterable[Signature]) -> None:
    """Take an article out of the index."""
    rows = [(number, article_id) for number in list_hashes(signatures)]
    write_rows(connection, _DROP, ("number", "article_id"), rows)


def find_sharing(connection: Connection, signatures: Iterable[Signature], *, limit: int) -> list[int]:
    """Return the ids of articles that share hashes, most shared first, older ones first among equals."""
    hashes = list_hashes(signatures)
    if not hashes:
        return []
    return [row[0] for row in fetch_rows(connection, _FIND, {"hashes": as_list(hashes), "n": limit})]
