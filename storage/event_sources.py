"""The questions by which events are found for a timeline.

Owns their SQL: each goes through an index, and reads a number of rows that its caller bounds. Must never choose or
weigh: that is ``storage.selection``'s.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, bindparam, case, func, or_, select, type_coerce
from sqlalchemy.sql import FromClause, Select
from sqlalchemy.sql.selectable import ScalarSelect

from storage.quick import listed
from storage.schema import EVENT_ENTITIES, EVENTS, REPORT_KEYS, REPORTS

AROUND, ABOUT = 1, 2
"""How an event fits a name: at least by what lies around its names, or by what its article is about."""

COLUMNS = (EVENTS.c.id, EVENTS.c.kind, EVENTS.c.precision, EVENTS.c.basis, EVENTS.c.n_articles, EVENTS.c.n_lookbacks)
_TEXT = Text()
_SUPPORT = (EVENTS.c.n_articles.desc(), EVENTS.c.id.desc())


class Source(StrEnum):
    """Where events are looked for."""

    NAME = "all events of a name"
    WALK = "the events of a name that stand highest"
    DAYS = "events of a name on the asked days"
    IDS = "events by their ids"
    ALL = "the best supported events of the store"


@cache
def statement_of(source: Source, n_others: int, has_first: bool, has_last: bool, has_kinds: bool) -> Select[Any]:  # noqa: FBT001 - which conditions it has
    """Return the question for the rows of events from a source, with how each fits ``n_others`` more names.

    Columns: ``COLUMNS``; how the event fits the name of the source (not of ``IDS`` and ``ALL``); how it fits each of
    the others, NULL where it does not.
    """
    # The other names are looked up for each event: joined, SQLite would go through all events of one of them.
    vias = [_via(EVENT_ENTITIES.c.entity_id.in_(listed(f"ids{at}")), at) for at in range(1, n_others + 1)]
    statement = _SELECTS[source]().add_columns(*vias)
    columns = EVENTS.c
    first, last = bindparam("first", type_=_TEXT), bindparam("last", type_=_TEXT)
    if has_first or has_last:
        statement = statement.where(or_(columns.first_on.is_not(None), columns.last_on.is_not(None)))
    if has_first:
        statement = statement.where(or_(columns.last_on.is_(None), type_coerce(columns.last_on, _TEXT) >= first))
    if has_last:
        statement = statement.where(or_(columns.first_on.is_(None), type_coerce(columns.first_on, _TEXT) <= last))
    return statement.where(columns.kind.in_(listed("kinds"))) if has_kinds else statement


def _via(of_name: ColumnElement[bool], at: int) -> ScalarSelect[Any]:
    """Return how an event fits a name, NULL where it does not."""
    pairs = EVENT_ENTITIES.c
    fits = and_(of_name, pairs.event_id == EVENTS.c.id, pairs.via <= bindparam(f"via{at}"))
    return select(func.min(pairs.via)).where(fits).correlate(EVENTS).scalar_subquery()


def _select_name() -> Select[Any]:
    pairs = EVENT_ENTITIES
    named = and_(pairs.c.entity_id.in_(listed("ids0")), pairs.c.via <= bindparam("via0"))
    return select(*COLUMNS, pairs.c.via).select_from(pairs.join(EVENTS, EVENTS.c.id == pairs.c.event_id)).where(named)


def _select_walk() -> Select[Any]:
    pairs = EVENT_ENTITIES.c
    ranged = (pairs.entity_id == bindparam("id0"), pairs.standing.between(bindparam("low"), bindparam("high")))
    order = (pairs.standing.desc(), pairs.event_id.desc())
    walked = select(pairs.event_id, pairs.standing).where(*ranged).order_by(*order).limit(bindparam("n_walked"))
    source = walked.subquery("walked")
    via = case((source.c.standing >= 0, AROUND), else_=ABOUT)
    return select(*COLUMNS, via).select_from(source.join(EVENTS, EVENTS.c.id == source.c.event_id))


def _select_days() -> Select[Any]:
    """Return the question for events with reports on a name that begin on the days, or up to a month before."""
    keys = REPORT_KEYS.c
    asked = and_(keys.entity_id == bindparam("id0"), keys.day.between(bindparam("first_day"), bindparam("last_day")))
    reports = select(keys.report_id).where(asked).limit(bindparam("n_most")).subquery("asked")
    days = select(REPORTS.c.event_id).join(reports, reports.c.report_id == REPORTS.c.id).distinct().subquery("days")
    return _with_via(EVENTS.join(days, days.c.event_id == EVENTS.c.id))


def _with_via(source: FromClause) -> Select[Any]:
    return select(*COLUMNS, _via(EVENT_ENTITIES.c.entity_id == bindparam("id0"), 0)).select_from(source)


def _select_ids() -> Select[Any]:
    return select(*COLUMNS).select_from(EVENTS).where(EVENTS.c.id.in_(listed("events")))


def _select_all() -> Select[Any]:
    return select(*COLUMNS).select_from(EVENTS).order_by(*_SUPPORT).limit(bindparam("n_best"))


_SELECTS = {
    Source.NAME: _select_name,
    Source.WALK: _select_walk,
    Source.DAYS: _select_days,
    Source.IDS: _select_ids,
    Source.ALL: _select_all,
}

COUNT_STANDING = select(func.count()).select_from(
    select(EVENT_ENTITIES.c.event_id)
    .where(
        EVENT_ENTITIES.c.entity_id.in_(listed("ids")),
        EVENT_ENTITIES.c.standing.between(bindparam("low"), bindparam("high")),
    )
    .limit(bindparam("n_most"))
    .subquery()
)
"""How many events of the names ``ids`` stand between ``low`` and ``high``, up to ``n_most``."""

COUNT_OF_DAYS = select(func.count()).select_from(
    select(REPORT_KEYS.c.report_id)
    .where(
        REPORT_KEYS.c.entity_id == bindparam("id0"),
        REPORT_KEYS.c.day.between(bindparam("first_day"), bindparam("last_day")),
    )
    .limit(bindparam("n_most"))
    .subquery()
)
"""How many reports on the name ``id0`` are kept under the days, up to ``n_most``."""
