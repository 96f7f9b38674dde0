"""A story in a few figures. Owns that no article is loaded for them: a story may have thousands."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import BigInteger, Integer, and_, bindparam, case, cast, column, func, select, type_coerce
from sqlalchemy.engine import Connection

from news.decision import Outline
from storage.schema import ARTICLES
from storage.types import Moment

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


_IS_OLDER = and_(ARTICLES.c.is_seed, ARTICLES.c.published_at < ARTICLES.c.fetched_at)
_HEARD = case((_IS_OLDER, ARTICLES.c.published_at), else_=ARTICLES.c.fetched_at)
"""As ``news.stories.waking.heard_at``."""
_LAST = select(func.max(_HEARD, type_=Moment())).where(_OURS)

_AT = type_coerce(_HEARD, BigInteger)
_PAUSES = (
    select((_AT - func.lag(_AT).over(order_by=(_AT, ARTICLES.c.id))).label("pause")).where(_OURS).subquery("pauses")
)
_LONG_PAUSE = select(_PAUSES.c.pause).where(_PAUSES.c.pause >= bindparam("after")).limit(1)


def read_outline(connection: Connection, story_id: int) -> Outline:
    """Return a story in a few figures, in three queries; all zero and empty if there is none."""
    story = {"story": story_id}
    rows = connection.execute(_OUTLETS, story).all()
    if not rows:
        return Outline()
    main_key, last_at = connection.execute(_MAIN, story).scalar(), connection.execute(_LAST, story).scalar()
    n_articles = sum(row[2] for row in rows)
    return Outline(n_articles, tuple((row[0], row[1]) for row in rows), main_key or "", last_at)


def was_silent(connection: Connection, story_id: int, *, after: timedelta) -> bool:
    """Return whether there is a time as long as that between two reports of a story that follow upon each other."""
    values = {"story": story_id, "after": after // timedelta(microseconds=1)}
    return connection.execute(_LONG_PAUSE, values).first() is not None
