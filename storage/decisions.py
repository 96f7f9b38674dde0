"""What was decided on articles, read by lists.

Owns the columns of ``decisions`` and which disputes of a story are open. Must never decide anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from news.decision import Decision, Dispute, Label
from storage.codec import from_json
from storage.quick import as_list, fetch_rows, listed
from storage.schema import ARTICLES, DECISIONS

_DATA = (
    select(DECISIONS.c.article_id, DECISIONS.c.data)
    .where(DECISIONS.c.article_id.in_(listed("ids")))
    .order_by(DECISIONS.c.article_id, DECISIONS.c.revision)
)
_RANKED = (
    select(
        ARTICLES.c.id,
        ARTICLES.c.story_id,
        func.row_number().over(partition_by=ARTICLES.c.story_id, order_by=ARTICLES.c.id.desc()).label("place"),
    )
    .where(ARTICLES.c.story_id.in_(listed("stories")), ARTICLES.c.label == Label.DISPUTED)
    .subquery()
)
_STORIES = select(ARTICLES.c.id, ARTICLES.c.story_id).where(ARTICLES.c.id.in_(listed("ids")))


def load_decisions(connection: Connection, article_ids: Iterable[int]) -> dict[int, Decision]:
    """Return the last decision on each article; articles without one are left out."""
    last = dict(map(tuple, fetch_rows(connection, _DATA, {"ids": as_list(article_ids)})))
    return {article_id: from_json(Decision, data) for article_id, data in last.items()}


def list_disputes(connection: Connection, story_ids: Collection[int], *, limit: int) -> list[Dispute]:
    """Return what the newest articles of each story contradict, as last decided, newest first.

    See ``handlers.stores.ArticleStore``.
    """
    query = select(_RANKED.c.id, _RANKED.c.story_id).where(_RANKED.c.place <= limit).order_by(_RANKED.c.id.desc())
    told = connection.execute(query, {"stories": as_list(sorted(story_ids))}).all()
    decisions = load_decisions(connection, [row.id for row in told])
    found = [(row, dispute) for row in told for dispute in decisions[row.id].disputes]
    others = {dispute.there.article_id for _, dispute in found if dispute.there.article_id is not None}
    story_of = dict(map(tuple, fetch_rows(connection, _STORIES, {"ids": as_list(sorted(others))})))
    return [
        replace(dispute, here=replace(dispute.here, article_id=row.id))
        for row, dispute in found
        if dispute.there.article_id is None or story_of.get(dispute.there.article_id) == row.story_id
    ]
