"""A story in a few figures. Owns that no article is loaded for them: a story may have thousands."""

from __future__ import annotations

from sqlalchemy import Integer, bindparam, case, cast, column, func, select
from sqlalchemy.engine import Connection

from news.decision import Outline
from storage.schema import ARTICLES

_NAMED = 100
"""So many articles tell what a story is on; later ones seldom change it."""

_OURS = ARTICLES.c.story_id == bindparam("story")
_NAMELESS = case((ARTICLES.c.outlet == "", ARTICLES.c.url), else_="")
_OUTLETS = (
    select(ARTICLES.c.outlet, ARTICLES.c.url, func.count(), func.min(ARTICLES.c.id).label("first_id"))
    .where(_OURS)
    .group_by(ARTICLES.c.outlet, _NAMELESS)
    .order_by(column("first_id"))
)
"""SQLite takes the address from the row that has the least id."""

_FIRST = select(ARTICLES.c.id, ARTICLES.c.entity_counts).where(_OURS).order_by(ARTICLES.c.id).limit(_NAMED).subquery()
_COUNTED = func.json_each(_FIRST.c.entity_counts).table_valued(
    column("key"), column("value"), column("id"), name="told"
)
_TIMES = func.sum(cast(_COUNTED.c.value, Integer))
_MAIN = (
    select(_COUNTED.c.key)
    .select_from(_FIRST.join(_COUNTED, _FIRST.c.id.is_not(None)))
    .group_by(_COUNTED.c.key)
    .order_by(_TIMES.desc(), func.min(_FIRST.c.id), func.min(_COUNTED.c.id))
    .limit(1)
)


def read_outline(connection: Connection, story_id: int) -> Outline:
    """Return a story in a few figures, in two queries; all zero and empty if there is none."""
    rows = connection.execute(_OUTLETS, {"story": story_id}).all()
    if not rows:
        return Outline()
    main_key = connection.execute(_MAIN, {"story": story_id}).scalar()
    return Outline(sum(row[2] for row in rows), tuple((row[0], row[1]) for row in rows), main_key or "")
