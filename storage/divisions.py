"""Events divided in two, and joined again, when their reports part.

Owns the rows of the new event and what both are found by. Must never choose the reports: ``storage.moves`` does.

What an article is about is not kept by event, so that the part gets those of the event's names that its articles have.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or
from sqlalchemy.engine import Connection

from storage.article_rows import read_counts
from storage.bulk import write_rows
from storage.codec import from_json
from storage.entities import find_ids, report_keys
from storage.lookbacks import count_lookbacks_at
from storage.reports import delete_events, read_report, sum_up
from storage.schema import ARTICLES, ENTITIES, EVENT_ENTITIES, EVENTS, REPORTS
from storage.standings import keep_standings
from storage.types import AnyRow

_NAMED, _AROUND, _ABOUT = range(3)
_CHUNK = 900
_NOT_YET = 0  # the standing is written when both parts have their counts
_REPORTS_OF = select(REPORTS.c.id, REPORTS.c.article_id, REPORTS.c.data).where(
    REPORTS.c.event_id == bindparam("wanted")
)
_INSERT = insert_or(EVENT_ENTITIES)
_KEEP = _INSERT.on_conflict_do_update(
    index_elements=["entity_id", "event_id"],
    set_={"via": case((EVENT_ENTITIES.c.via > _INSERT.excluded.via, _INSERT.excluded.via), else_=EVENT_ENTITIES.c.via)},
)


@dataclass(frozen=True, slots=True)
class Division:
    """An event that was divided.

    Attributes:
        part_id: the new event.
        entity_ids: what the whole event was found by.
        vias: how, for each of these.
    """

    event_id: int
    part_id: int
    entity_ids: tuple[int, ...]
    vias: tuple[int, ...]


def divide(
    connection: Connection, event_id: int, report_ids: Sequence[int], *, story_id: int, now: datetime
) -> Division:
    """Give these reports of an event, not all that it has, a new event in that story."""
    event = connection.execute(select(EVENTS).where(EVENTS.c.id == event_id)).one()
    held = _list_entries(connection, event_id)
    part_id = _open_part(connection, event, story_id=story_id, report_id=report_ids[0], now=now)
    _point(connection, report_ids, part_id)
    for number in (event_id, part_id):
        _rebuild(connection, number, held)
    sum_up(connection, (event_id, part_id))
    _count_part(connection, part_id)
    keep_standings(connection, (event_id, part_id))
    return Division(event_id, part_id, tuple(held), tuple(held.values()))


def _open_part(connection: Connection, event: AnyRow, *, story_id: int, report_id: int, now: datetime) -> int:
    data = connection.execute(select(REPORTS.c.data).where(REPORTS.c.id == report_id)).scalar_one()
    values: dict[str, Any] = dict(event._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    del values["id"]
    values |= {"story_id": story_id, "kind": read_report(data).kind, "n_lookbacks": 0, "opened_at": now}
    key = connection.execute(insert(EVENTS), values).inserted_primary_key
    assert key is not None  # noqa: S101 - so it is after a single insert
    return int(key[0])


def _count_part(connection: Connection, part_id: int) -> None:
    n_lookbacks = count_lookbacks_at(connection, [part_id]).get(part_id, 0)
    connection.execute(update(EVENTS).where(EVENTS.c.id == part_id).values(n_lookbacks=n_lookbacks))


def rejoin(connection: Connection, division: Division, returning: Collection[int], *, story_id: int) -> None:
    """Give the event back the reports that these articles took out of it; the part is deleted when it has none left.

    Reports that came to either since then stay there. If the event has ceased to be, the part takes its place in that
    story.
    """
    ours = (REPORTS.c.event_id == division.part_id, REPORTS.c.article_id.in_(sorted(returning)))
    going = list(connection.execute(select(REPORTS.c.id).where(*ours)).scalars())
    if not going:
        return
    is_there = select(EVENTS.c.id).where(EVENTS.c.id == division.event_id)
    if connection.execute(is_there).first() is None:
        connection.execute(update(EVENTS).where(EVENTS.c.id == division.part_id).values(story_id=story_id))
        return
    held = _list_entries(connection, division.part_id)
    _point(connection, going, division.event_id)
    _keep(connection, division.event_id, dict(zip(division.entity_ids, division.vias, strict=True)))
    empty = sum_up(connection, (division.event_id, division.part_id)) & {division.part_id}
    delete_events(connection, empty)
    if not empty:
        _rebuild(connection, division.part_id, held)
    keep_standings(connection, (division.event_id, division.part_id))


def _point(connection: Connection, report_ids: Sequence[int], event_id: int) -> None:
    for start in range(0, len(report_ids), _CHUNK):
        ours = REPORTS.c.id.in_(report_ids[start : start + _CHUNK])
        connection.execute(update(REPORTS).where(ours).values(event_id=event_id))


def _list_entries(connection: Connection, event_id: int) -> dict[int, int]:
    """Return what an event is found by: the id of each entity, and how.

    Only names of the articles that report it now are looked at, for the index goes by names.
    """
    ids = _ids_in_articles(connection, event_id)
    found: dict[int, int] = {}
    for start in range(0, len(ids), _CHUNK):
        ours = (EVENT_ENTITIES.c.entity_id.in_(ids[start : start + _CHUNK]), EVENT_ENTITIES.c.event_id == event_id)
        query = select(EVENT_ENTITIES.c.entity_id, EVENT_ENTITIES.c.via).where(*ours)
        found |= {row.entity_id: row.via for row in connection.execute(query)}
    return found


def _ids_in_articles(connection: Connection, event_id: int) -> list[int]:
    reporting = select(REPORTS.c.article_id).where(REPORTS.c.event_id == event_id)
    query = select(ARTICLES.c.entity_counts).where(ARTICLES.c.id.in_(reporting))
    keys = {key for data in connection.execute(query).scalars() for key in read_counts(data)}
    return sorted(find_ids(connection, sorted(keys)).values())


def _rebuild(connection: Connection, event_id: int, held: Mapping[int, int]) -> None:
    """Make an event found by what its reports name, and by those of ``held`` that its articles are about."""
    rows = connection.execute(_REPORTS_OF, {"wanted": event_id}).all()
    named = _find_entities(connection, {key for row in rows for key in report_keys(read_report(row.data))})
    around = _find_entities(connection, {key for _, within in named.values() for key in within})
    inside = set(_ids_in_articles(connection, event_id))
    entries = {entity_id: _ABOUT for entity_id in held if entity_id in inside}
    entries |= {entity_id: _AROUND for entity_id, _ in around.values()}
    entries |= {entity_id: _NAMED for entity_id, _ in named.values()}
    ours = (EVENT_ENTITIES.c.entity_id.in_(sorted({*held, *entries})), EVENT_ENTITIES.c.event_id == event_id)
    connection.execute(delete(EVENT_ENTITIES).where(*ours))
    _keep(connection, event_id, entries)


def _find_entities(connection: Connection, keys: Iterable[str]) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return id and surroundings of each key that the store knows."""
    query = select(ENTITIES.c.key, ENTITIES.c.id, ENTITIES.c.within).where(ENTITIES.c.key.in_(sorted(keys)))
    return {row.key: (row.id, from_json(tuple[str, ...], row.within)) for row in connection.execute(query)}


def _keep(connection: Connection, event_id: int, entries: Mapping[int, int]) -> None:
    rows = sorted((entity_id, event_id, via, _NOT_YET) for entity_id, via in entries.items())
    write_rows(connection, _KEEP, ("entity_id", "event_id", "via", "standing"), rows)
