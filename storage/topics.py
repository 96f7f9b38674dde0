"""Which stored articles and events a topic fits.

Owns the translation of a topic into queries. Must never parse what somebody typed: that is ``news.queries.topics``'s.
All terms must fit; a term fits by any of its entity keys or by its words, found through the full-text index and
bounded: of words that stand in very many passages only the newest ``MAX_PASSAGES`` count.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from news.queries.topics import Topic, TopicTerm
from storage.entities import find_ids
from storage.passages import SHIFT, first_id
from storage.schema import ARTICLE_ENTITIES, ARTICLES, EVENT_ENTITIES, EVENTS, PASSAGES, REPORTS
from storage.words import find_rows, phrase_query

MAX_PASSAGES = 2_000
_CHUNK = 900


def list_article_ids(connection: Connection, topic: Topic, since: datetime, *, limit: int) -> list[int]:
    """Return the ids of read articles on the topic that were stored since then, newest first."""
    # Ids are given out in order of time, so that a bound on them serves the indexes that know no time.
    oldest = connection.execute(select(func.min(ARTICLES.c.id)).where(ARTICLES.c.fetched_at >= since)).scalar()
    if oldest is None:
        return []
    query = (
        select(ARTICLES.c.id)
        .where(ARTICLES.c.fetched_at >= since, ARTICLES.c.label.is_not(None))
        .order_by(ARTICLES.c.id.desc())
        .limit(limit)
    )
    if topic.terms:
        fits = (
            and_(*(_has_term(connection, term, oldest) for term in terms)) for terms in (topic.terms, *topic.either)
        )
        query = query.where(or_(*fits))
    return list(connection.execute(query).scalars())


def _has_term(connection: Connection, term: TopicTerm, oldest: int) -> ColumnElement[bool]:
    ids = find_ids(connection, term.keys).values()
    pairs = ARTICLE_ENTITIES.c
    named = select(pairs.article_id).where(pairs.entity_id.in_(list(ids)), pairs.article_id >= oldest)
    rows = find_rows(connection, phrase_query(term.text, term.words), limit=MAX_PASSAGES, oldest=first_id(oldest))
    worded = sorted({row >> SHIFT for row in rows})
    return or_(ARTICLES.c.id.in_(named) if ids else false(), ARTICLES.c.id.in_(worded))


def select_events(connection: Connection, topic: Topic) -> Select[Any]:
    """Return a query for the events on the topic, best supported first.

    An event fits by the keys of its sentences, of what lies around them, and of what its articles are about; and by
    words that stand in the passage of one of its sentences.
    """
    support = (EVENTS.c.n_articles.desc(), EVENTS.c.n_lookbacks.desc(), EVENTS.c.n_reports.desc(), EVENTS.c.id.desc())
    query = select(EVENTS).order_by(*support)
    if not topic.terms:
        return query
    fits = (and_(*(_tells_term(connection, term) for term in terms)) for terms in (topic.terms, *topic.either))
    return query.where(or_(*fits))


def _tells_term(connection: Connection, term: TopicTerm) -> ColumnElement[bool]:
    ids = find_ids(connection, term.keys).values()
    named = select(EVENT_ENTITIES.c.event_id).where(EVENT_ENTITIES.c.entity_id.in_(list(ids)))
    rows = find_rows(connection, phrase_query(term.text, term.words, column="terms"), limit=MAX_PASSAGES)
    worded = list_events_in(connection, rows)
    return or_(EVENTS.c.id.in_(named) if ids else false(), EVENTS.c.id.in_(worded))


def list_events_in(connection: Connection, passages: Iterable[int]) -> list[int]:
    """Return the ids of the events that are told in these passages."""
    wanted, found = list(passages), set[int]()
    in_passage = and_(
        REPORTS.c.article_id == PASSAGES.c.id.op(">>")(SHIFT),
        REPORTS.c.sentence.between(PASSAGES.c.first_sentence, PASSAGES.c.last_sentence),
    )
    for start in range(0, len(wanted), _CHUNK):
        chunk = PASSAGES.c.id.in_(wanted[start : start + _CHUNK])
        query = select(REPORTS.c.event_id).select_from(PASSAGES.join(REPORTS, in_passage)).where(chunk)
        found.update(connection.execute(query).scalars())
    return sorted(found)
