"""How many articles of other stories look back at an event, when articles or events change their story.

Owns the difference that a move makes. The number itself grew while articles came in, with every edition; it is not
counted anew, so that a move there and back leaves it as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import bindparam, case, func, select, update
from sqlalchemy.engine import Connection

from storage.schema import ARTICLES, EVENTS, REPORTS
from storage.standings import keep_standings

_COUNT = (
    select(EVENTS.c.id, func.count(REPORTS.c.article_id.distinct()))
    .join(REPORTS, REPORTS.c.event_id == EVENTS.c.id)
    .join(ARTICLES, ARTICLES.c.id == REPORTS.c.article_id)
    .where(EVENTS.c.id.in_(bindparam("ids", expanding=True)), ARTICLES.c.story_id != EVENTS.c.story_id)
    .group_by(EVENTS.c.id)
)
_SHIFTED = EVENTS.c.n_lookbacks + bindparam("n_more")
_SHIFT = (
    update(EVENTS)
    .where(EVENTS.c.id == bindparam("event_id"))
    .values(n_lookbacks=case((_SHIFTED < 0, 0), else_=_SHIFTED))
)


@contextmanager
def shift_lookbacks(connection: Connection, event_ids: Collection[int]) -> Iterator[None]:
    """Add to the lookbacks of these events what is done inside adds to them; events may cease to be."""
    before = count_lookbacks_at(connection, event_ids)
    yield
    after = count_lookbacks_at(connection, event_ids)
    rows = [
        {"event_id": event_id, "n_more": after.get(event_id, 0) - before.get(event_id, 0)}
        for event_id in sorted(before.keys() | after.keys())
    ]
    changed = [row for row in rows if row["n_more"]]
    if changed:
        connection.execute(_SHIFT, changed)
        keep_standings(connection, [row["event_id"] for row in changed])


def count_lookbacks_at(connection: Connection, event_ids: Collection[int]) -> dict[int, int]:
    """Return how many articles of other stories report each event; events without any are left out."""
    if not event_ids:
        return {}
    rows = connection.execute(_COUNT, {"ids": sorted(set(event_ids))})
    return {event_id: n for event_id, n in rows}  # noqa: C416 - the rows are no tuples to the type checker
