"""Rows of articles and the values they stand for.

Owns the columns of ``articles`` and ``signatures`` and how they become a ``StoredArticle``. Must never touch an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from news.decision import Label, StoredArticle
from news.errors import DocumentError, NotFoundError
from news.model import Article, Precision, Signature
from news.words.fingerprint import decode, encode
from storage.bulk import write_rows
from storage.codec import from_json, to_json
from storage.quick import as_list, fetch_rows, listed, moment_of
from storage.schema import ARTICLES, SIGNATURES
from storage.types import storable

UNREAD_STORY = 0
"""The ``story_id`` of an article that was stored without reading; its label then is KNOWN, so that nothing posts it."""

_LABELS = {label.value: label for label in Label}
_PRECISIONS = {precision.value: precision for precision in Precision}
_WRITE_SIGNATURES = insert(SIGNATURES)
_COLUMNS = (
    *("id", "story_id", "label", "duplicate_of", "fetched_at", "published_at", "published_precision", "is_seed"),
    *("language", "outlet", "url", "source_id", "feed_url", "title", "author", "links"),
    *("entity_counts", "term_counts", "text"),
)
_BY_IDS = select(*(ARTICLES.c[name] for name in _COLUMNS)).where(ARTICLES.c.id.in_(listed("ids")))
_SIGNATURES = (
    select(SIGNATURES.c.article_id, SIGNATURES.c.place, SIGNATURES.c.data)
    .where(SIGNATURES.c.article_id.in_(listed("ids")))
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
    for article_id, _, data in fetch_rows(connection, _SIGNATURES, {"ids": as_list(ids)}):
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
    ids = connection.execute(query.with_only_columns(ARTICLES.c.id)).scalars().all()
    found = load_articles(connection, ids)
    return [found[article_id] for article_id in ids]


def load_articles(
    connection: Connection, ids: Iterable[int], *, signatures: Mapping[int, tuple[Signature, ...]] | None = None
) -> dict[int, StoredArticle]:
    """Return articles by id; ids that do not exist are left out. They get these ``signatures``; None reads them."""
    wanted = list(ids)
    if signatures is None:
        signatures = read_signatures(connection, wanted)
    rows = fetch_rows(connection, _BY_IDS, {"ids": as_list(wanted)})
    return {row[0]: _to_stored(row, signatures.get(row[0], ())) for row in rows}


def get_article(connection: Connection, article_id: int) -> StoredArticle:
    """Return one article. Raises NotFoundError."""
    found = load_articles(connection, [article_id])
    if article_id not in found:
        raise NotFoundError(f"there is no article a{article_id}")
    return found[article_id]


def read_entity_counts(connection: Connection, article_id: int) -> dict[str, int]:
    """Return the mentions of each key of an article, those included that only lie around a named one."""
    data = connection.execute(select(ARTICLES.c.entity_counts).where(ARTICLES.c.id == article_id)).scalar_one()
    return dict(read_counts(data))


def _to_stored(row: tuple[Any, ...], signatures: tuple[Signature, ...]) -> StoredArticle:
    """Return the value of a row of ``_COLUMNS``, as the driver gives it; nobody may change its counts."""
    number, story_id, label, duplicate_of, fetched_at, published_at, precision, is_seed, *rest = row
    language, outlet, url, source_id, feed_url, title, author, links, entities, terms, body = rest
    article = Article(
        source_id,
        url,
        outlet,
        title,
        body,
        None if published_at is None else moment_of(published_at),
        _PRECISIONS[precision],
        author,
        language,
        feed_url,
        () if links == "[]" else from_json(tuple[str, ...], links),
        signatures[1] if len(signatures) > 1 else None,
    )
    return StoredArticle(
        number,
        article,
        UNREAD_STORY if story_id is None else story_id,
        Label.KNOWN if label is None else _LABELS[label],
        moment_of(fetched_at),
        language,
        _read_named(entities),
        from_json(dict[str, int], terms),
        signatures,
        duplicate_of,
        bool(is_seed),
    )


def _read_named(data: str) -> dict[str, int]:
    """Return the counts of those that are mentioned, without what only lies around them."""
    return {key: n for key, n in from_json(dict[str, int], data).items() if n}


@lru_cache(maxsize=512)
def read_counts(data: str) -> Mapping[str, int]:
    """Return the counts of a JSON object; remembered, for one news day asks for the same articles again and again."""
    return from_json(dict[str, int], data)
