"""Events with their reports, and the names that the store can be asked about.

Owns the questions to events. Writing them is ``storage.reports``'s; choosing what a timeline shows is
``news.timelines.timeline``'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.engine import Connection, Row

from news.decision import StoredEvent
from news.errors import NotFoundError
from news.model import Entity, EntityKind
from news.queries.topics import KnownName, Topic
from news.timelines.selection import EventQuery, EventSelection
from news.words.text import fold
from storage.entities import list_carriers
from storage.report_rows import load_reports_of
from storage.schema import ENTITIES, ENTITY_NAMES, EVENTS, REPORTS
from storage.selection import select_events as select_for_timeline
from storage.stories import check_story
from storage.topics import select_events

_LAST_CHARACTER = "\U0010ffff"
_MANY = 2_000
_MOST_WALKED = 20_000


class SqlEvents:
    """Events; see ``handlers.stores.EventStore``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list_for_topic(
        self, topic: Topic, *, first_on: date | None = None, last_on: date | None = None, limit: int
    ) -> list[StoredEvent]:
        """Return the events on the topic that touch the interval, best supported first.

        Best supported is told by most articles; then by how often other stories look back, by more reports, and the
        newer event. An event without any date touches no interval; an open end reaches on for ever.
        """
        query = select_events(self._connection, topic)
        if first_on is not None or last_on is not None:
            query = query.where(_touches(first_on, last_on))
        return self._load(self._connection.execute(query.limit(limit)).all())

    def select(self, query: EventQuery) -> EventSelection:
        """Return the events that a timeline is made of; see ``storage.selection`` for what bounds it."""
        return select_for_timeline(self._connection, query)

    def list_of_story(self, story_id: int) -> list[StoredEvent]:
        """Return the events of a story in order of their first report; none of an emptied one. Raises NotFoundError."""
        check_story(self._connection, story_id)
        first_report = select(func.min(REPORTS.c.id)).where(REPORTS.c.event_id == EVENTS.c.id).scalar_subquery()
        query = select(EVENTS).where(EVENTS.c.story_id == story_id).order_by(first_report, EVENTS.c.id)
        return self._load(self._connection.execute(query).all())

    def get(self, event_id: int) -> StoredEvent:
        """Return the event with its reports. Raises NotFoundError."""
        events = self._load(self._connection.execute(select(EVENTS).where(EVENTS.c.id == event_id)).all())
        if not events:
            raise NotFoundError(f"there is no event e{event_id}")
        return events[0]

    def list_by_ids(self, event_ids: Sequence[int]) -> list[StoredEvent]:
        """Return those of the events that there are, with all of their reports, in order of id."""
        if not event_ids:
            return []
        query = select(EVENTS).where(EVENTS.c.id.in_(sorted(set(event_ids)))).order_by(EVENTS.c.id)
        return self._load(self._connection.execute(query).all())

    def _load(self, rows: Sequence[Row[Any]]) -> list[StoredEvent]:
        reports = load_reports_of(self._connection, [row.id for row in rows])
        return [StoredEvent(row.id, row.story_id, tuple(reports[row.id]), row.n_lookbacks) for row in rows]

    def resolve(self, words: str) -> list[Entity]:
        """Return the entities that carry exactly this name in any stored form, most mentioned first.

        Case and accents do not count.
        """
        return list_carriers(self._connection, words)

    def list_names(self, *, prefix: str = "", limit: int) -> list[KnownName]:
        """Return names that the store has articles on, most articles first.

        A prefix finds a name by any of its stored forms: "madu" finds Nicolás Maduro.
        """
        query = select(ENTITIES.c.name, ENTITIES.c.key, ENTITIES.c.kind, ENTITIES.c.n_articles).where(
            ENTITIES.c.n_articles > 0
        )
        query = query.order_by(ENTITIES.c.n_articles.desc(), ENTITIES.c.id)
        folded = fold(prefix.strip())
        if folded:
            names = ENTITY_NAMES.c
            begins = and_(names.folded >= folded, names.folded < folded + _LAST_CHARACTER)
            matching = select(names.entity_id).where(begins)
            if len(self._connection.execute(matching.limit(_MANY)).all()) == _MANY:
                known = self._walk_names(query, folded, limit)
                if len(known) == limit:
                    return known
            query = query.where(ENTITIES.c.id.in_(matching))
        return [_to_known_name(row) for row in self._connection.execute(query.limit(limit))]

    def _walk_names(self, query: Select[Any], folded: str, limit: int) -> list[KnownName]:
        """Return the most mentioned names that begin so, looked for among those that are mentioned most.

        Where very many names begin so, sorting them all takes a tenth of a second and this takes none.
        """
        rows = self._connection.execute(query.limit(_MOST_WALKED))
        return list(islice((_to_known_name(row) for row in rows if fold(row.name).startswith(folded)), limit))


def _to_known_name(row: Row[Any, Any, Any, Any]) -> KnownName:
    return KnownName(row.name, row.key, EntityKind(row.kind), row.n_articles)


def _touches(first_on: date | None, last_on: date | None) -> ColumnElement[bool]:
    columns = EVENTS.c
    conditions = [or_(columns.first_on.is_not(None), columns.last_on.is_not(None))]
    if first_on is not None:
        conditions.append(or_(columns.last_on.is_(None), columns.last_on >= first_on))
    if last_on is not None:
        conditions.append(or_(columns.first_on.is_(None), columns.first_on <= last_on))
    return and_(*conditions)
