"""Rows of articles and the values they stand for.

Owns the columns of ``articles`` and ``signatures`` and how they become a ``StoredArticle``. Must never touch an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.engine import Connection, Row
from sqlalchemy.sql import Select

from news.decision import Label, StoredArticle
from news.errors import DocumentError, NotFoundError
from news.fingerprint import decode, encode
from news.model import Article, Precision, Signature
from storage.bulk import write_rows
from storage.codec import from_json, to_json
from storage.schema import ARTICLES, SIGNATURES
from storage.types import storable

UNREAD_STORY = 0
"""The ``story_id`` of an article that was stored without reading; its label then is KNOWN, so that nothing posts it."""

_CHUNK = 500
_WRITE_SIGNATURES = insert(SIGNATURES)
_BY_IDS = select(ARTICLES).where(ARTICLES.c.id.in_(bindparam("ids", expanding=True)))
_SIGNATURES = (
    select(SIGNATURES.c.article_id, SIGNATURES.c.place, SIGNATURES.c.data)
    .where(SIGNATURES.c.article_id.in_(bindparam("ids", expanding=True)))
    .order_by(SIGNATURES.c.article_id, SIGNATURES.c.place)
)


def fit(article: Article) -> Article:
    """Return the article with a title and text that the database takes unchanged, so that all offsets stay right."""
    title, body = storable(article.title), storable(article.text)
    if title is article.title and body is article.text:
        return article
    return replace(article, title=title, text=body)


def content_values(article: Article, *, language: str) -> dict[str, Any]:
    """Return the columns that a later edition replaces."""
    return {
        "published_at": article.published_at,
        "published_precision": article.published_precision,
        "language": language,
        "outlet": article.outlet,
        "url": article.url,
        "title": article.title,
        "author": article.author,
        "links": to_json(article.links) if article.links else "[]",
        "text": article.text,
    }


def new_values(article: Article, *, language: str, now: datetime) -> dict[str, Any]:
    """Return the columns of an article that is not read yet."""
    return {
        **content_values(article, language=language),
        "source_id": article.source_id,
        "feed_url": article.feed_url,
        "fetched_at": now,
        "label": None,
        "is_seed": False,
        "is_indexed": False,
        "revision": 0,
        "entity_counts": "{}",
        "term_counts": "{}",
    }


def write_signatures(connection: Connection, article_id: int, signatures: Iterable[Signature]) -> None:
    """Write the signatures of an article that has none: its own, then that of its original wording."""
    rows = [(article_id, place, encode(signature)) for place, signature in enumerate(signatures)]
    write_rows(connection, _WRITE_SIGNATURES, ("article_id", "place", "data"), rows)


def drop_signatures(connection: Connection, article_id: int) -> None:
    """Delete the signatures of an article."""
    connection.execute(delete(SIGNATURES).where(SIGNATURES.c.article_id == article_id))


def read_signatures(connection: Connection, ids: Iterable[int]) -> dict[int, tuple[Signature, ...]]:
    """Return the signatures of articles; those of a version that is not known here are left out."""
    found: dict[int, tuple[Signature, ...]] = {}
    for chunk in _chunks(ids):
        for article_id, _, data in connection.execute(_SIGNATURES, {"ids": chunk}).all():
            found[article_id] = (*found.get(article_id, ()), *_decode(data))
    return found


@lru_cache(maxsize=512)
def _decode(data: str) -> tuple[Signature, ...]:
    try:
        return (decode(data),)
    except DocumentError:
        return ()


def list_articles(connection: Connection, query: Select[Any]) -> list[StoredArticle]:
    """Return the articles that a query of whole rows finds, in its order."""
    rows = connection.execute(query).all()
    signatures = read_signatures(connection, [row.id for row in rows])
    return [to_stored(row, signatures.get(row.id, ())) for row in rows]


def load_articles(
    connection: Connection, ids: Iterable[int], *, signatures: Mapping[int, tuple[Signature, ...]] | None = None
) -> dict[int, StoredArticle]:
    """Return articles by id; ids that do not exist are left out. They get these ``signatures``; None reads them."""
    wanted = list(ids)
    if signatures is None:
        signatures = read_signatures(connection, wanted)
    return {
        row.id: to_stored(row, signatures.get(row.id, ()))
        for chunk in _chunks(wanted)
        for row in connection.execute(_BY_IDS, {"ids": chunk}).all()
    }


def get_article(connection: Connection, article_id: int) -> StoredArticle:
    """Return one article. Raises NotFoundError."""
    found = load_articles(connection, [article_id])
    if article_id not in found:
        raise NotFoundError(f"there is no article {article_id}")
    return found[article_id]


def read_entity_counts(connection: Connection, article_id: int) -> dict[str, int]:
    """Return the mentions of each key of an article, those included that only lie around a named one."""
    data = connection.execute(select(ARTICLES.c.entity_counts).where(ARTICLES.c.id == article_id)).scalar_one()
    return dict(read_counts(data))


def to_stored(row: Row[Any], signatures: tuple[Signature, ...] = ()) -> StoredArticle:
    """Return the value of a whole row of ``articles``."""
    return StoredArticle(
        id=row.id,
        article=_to_article(row, signatures),
        story_id=UNREAD_STORY if row.story_id is None else row.story_id,
        label=Label.KNOWN if row.label is None else Label(row.label),
        fetched_at=row.fetched_at,
        language=row.language,
        entity_counts={key: n for key, n in read_counts(row.entity_counts).items() if n},
        term_counts=dict(read_counts(row.term_counts)),
        signatures=signatures,
        duplicate_of=row.duplicate_of,
        is_seed=row.is_seed,
    )


def _to_article(row: Row[Any], signatures: tuple[Signature, ...]) -> Article:
    return Article(
        source_id=row.source_id,
        url=row.url,
        outlet=row.outlet,
        title=row.title,
        text=row.text,
        published_at=row.published_at,
        published_precision=Precision(row.published_precision),
        author=row.author,
        language=row.language,
        feed_url=row.feed_url,
        links=() if row.links == "[]" else from_json(tuple[str, ...], row.links),
        original=signatures[1] if len(signatures) > 1 else None,
    )


@lru_cache(maxsize=1_024)
def read_counts(data: str) -> Mapping[str, int]:
    """Return the counts of a JSON object; remembered, for one news day asks for the same articles again and again."""
    return from_json(dict[str, int], data)


def _chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    wanted = list(ids)
    return (wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK))
