"""Which events a timeline is made of, in a store of any size.

Owns the bounds of that question. Of a topic with up to ``MOST_PAIRS`` events each is looked at, by its row alone; of a
larger one the newest, those of the asked days, and the best supported of the store. Reports are read of the chosen ones
only, the first and last of each. Must never weigh words: that is ``news.timeline``'s.

A name fits an event by the sentences of its reports and what lies around their names. Being what the article is about
suffices only for countries and organisations: a background sentence of an article on a bomber is not about bombers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from heapq import nlargest
from itertools import islice, product
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, bindparam, func, or_, select, type_coerce
from sqlalchemy.engine import Connection
from sqlalchemy.sql import FromClause, Select
from sqlalchemy.sql.selectable import ScalarSelect

from news.decision import StoredEvent, StoredReport
from news.entities import get_entity
from news.model import Precision
from news.selection import ABOUT, EventQuery, EventSelection, rough_worth
from news.text import fold
from news.topics import TopicTerm
from storage.entities import find_ids
from storage.passages import SHIFT
from storage.quick import as_list, fetch_rows, listed
from storage.report_rows import load_reports
from storage.reports import LONG_DAYS
from storage.schema import EVENT_ENTITIES, EVENTS, PASSAGES, REPORT_KEYS, REPORTS
from storage.topics import MAX_PASSAGES, list_events_in
from storage.words import find_rows, phrase_query

MOST_PAIRS = 20_000
"""Events of a name that are all looked at."""

MOST_NEWEST, MOST_BEST, MOST_OF_DAYS = 6_000, 10_000, 10_000
"""Of a name with more: its newest events, those among the best supported of the store, reports of the asked days."""

MOST_REPORTS = 6
"""Reports of an event that are read: half of them its first, half its last."""

_MOST_WAYS = 8
_AROUND, _ABOUT = 1, 2
_COLUMNS = (EVENTS.c.id, EVENTS.c.kind, EVENTS.c.precision, EVENTS.c.basis, EVENTS.c.n_articles, EVENTS.c.n_lookbacks)
_WIDTH = len(_COLUMNS)
_TEXT = Text()
_SUPPORT = (EVENTS.c.n_articles.desc(), EVENTS.c.id.desc())

_Row = tuple[Any, ...]


class _Source(StrEnum):
    """Where events are looked for."""

    NAME = "all events of a name"
    NEWEST = "the newest events of a name"
    BEST = "events of a name among the best supported of the store"
    DAYS = "events of a name on the asked days"
    IDS = "events by their ids"
    ALL = "the best supported events of the store"


@dataclass(frozen=True, slots=True)
class _Part:
    """What fits one part of the question: a name by its ids, and words by the events that tell them."""

    ids: tuple[int, ...] = ()
    most_via: int = _AROUND
    events: frozenset[int] = frozenset()


def select_events(connection: Connection, query: EventQuery) -> EventSelection:
    """Return the events that fit the query, the best of them with reports; see ``news.selection``."""
    named = [_find_part(connection, term, is_strict=True) for term in query.named]
    vias: dict[_Row, tuple[int, ...]] = {}
    is_partial = False
    for terms in (query.topic.terms, *query.topic.either):
        for parts in _list_ways([*(_find_part(connection, term) for term in terms), *named]):
            found, is_cut = _list_rows(connection, query, parts)
            vias |= {row: fit for row, fit in found.items() if row not in vias or _ABOUT in vias[row]}
            is_partial = is_partial or is_cut
    dated = [row for row in vias if row[2] != Precision.UNKNOWN.value]
    worths = ((rough_worth(*row[1:]) - ABOUT * (_ABOUT in vias[row]), row[0], row) for row in dated)
    best = [row for _, _, row in nlargest(query.most, worths)]
    events, n_reports = _load(connection, [row[0] for row in best])
    about = frozenset(row[0] for row in best if _ABOUT in vias[row])
    return EventSelection(tuple(events), len(vias), len(vias) - len(dated), n_reports, about, is_partial)


def _list_ways(parts: Sequence[_Part]) -> Iterator[Sequence[_Part]]:
    """Yield the ways in which an event may fit all parts: each by name or by words; none where a part fits nowhere."""
    ways = [
        [replace(part, events=frozenset())] * bool(part.ids) + [_Part(events=part.events)] * bool(part.events)
        for part in parts
    ]
    yield from islice(product(*ways), _MOST_WAYS)


def _find_part(connection: Connection, term: TopicTerm, *, is_strict: bool = False) -> _Part:
    keys = term.keys if is_strict else _own_keys(term.keys)
    ids = tuple(sorted(find_ids(connection, keys).values()))
    if ids and (is_strict or _is_wide(keys[0])):
        return _Part(ids, _AROUND if is_strict else _ABOUT)
    rows = find_rows(connection, phrase_query(term.text, term.words, column="terms"), limit=MAX_PASSAGES)
    if not term.keys:
        return _Part(events=frozenset(list_events_in(connection, rows)))
    return _Part(ids, _AROUND, frozenset(_list_saying(connection, rows, term.text)))


def _own_keys(keys: Sequence[str]) -> Sequence[str]:
    """Return the keys of a name; of a capital only the city's, since its government has many other names."""
    entity = get_entity(keys[0]) if keys and keys[0].startswith("place:") else None
    is_city = entity is not None and bool(entity.within)
    return [key for key in keys if key.startswith("place:")] if is_city else keys


def _list_saying(connection: Connection, passages: Iterable[int], words: str) -> Iterator[int]:
    """Yield the events one of whose sentences in these passages has the words: names that were read as another's.

    "Caracas promised" names a government, and "between Caracas and Lima" is a flight.
    """
    wanted = fold(words)
    for event_id, quote in fetch_rows(connection, _QUOTES, {"passages": as_list(passages)}):
        if wanted in fold(quote):
            yield event_id


def _is_wide(key: str) -> bool:
    """Return whether articles are about it in all their sentences: a country, a government, an organisation."""
    if key.startswith("org:"):
        return True
    entity = get_entity(key) if key.startswith("place:") else None
    return entity is not None and not entity.within


_IN_PASSAGE = and_(
    REPORTS.c.article_id == PASSAGES.c.id.op(">>")(SHIFT),
    REPORTS.c.sentence.between(PASSAGES.c.first_sentence, PASSAGES.c.last_sentence),
)
_QUOTES = (
    select(REPORTS.c.event_id, func.json_extract(REPORTS.c.data, "$.quote"))
    .select_from(PASSAGES.join(REPORTS, _IN_PASSAGE))
    .where(PASSAGES.c.id.in_(listed("passages")))
)


def _list_rows(
    connection: Connection, query: EventQuery, parts: Sequence[_Part]
) -> tuple[dict[_Row, tuple[int, ...]], bool]:
    """Return what is known of each event that fits, with how it fits each name, and whether not all were looked at."""
    names, worded = [part for part in parts if part.ids], [part.events for part in parts if not part.ids]
    if worded:
        told = frozenset[int].intersection(*worded)
        return _join(_fetch(connection, _Source.IDS, query, [_Part(), *names], told), len(names)), False
    if not names:
        return _join(_fetch(connection, _Source.ALL, query, []), 0), True
    sizes = [_count_pairs(connection, part) for part in names]
    rarest = min(range(len(names)), key=lambda at: sizes[at])
    main, others = names[rarest], [part for at, part in enumerate(names) if at != rarest]
    if sizes[rarest] <= MOST_PAIRS:
        return _join(_fetch(connection, _Source.NAME, query, [main, *others]), len(names)), False
    singles = [replace(main, ids=(entity_id,)) for entity_id in main.ids]
    rows = [
        row
        for source, single in product(_sources_of_large(query), singles)
        for row in _fetch(connection, source, query, [single, *others])
    ]
    return _join(rows, len(names)), True


def _sources_of_large(query: EventQuery) -> list[_Source]:
    is_bounded = query.first_on is not None or query.last_on is not None
    return [_Source.NEWEST, _Source.BEST, _Source.DAYS] if is_bounded else [_Source.NEWEST, _Source.BEST]


def _join(rows: Iterable[_Row], n_names: int) -> dict[_Row, tuple[int, ...]]:
    """Return each event's row once, with how it fits each name at best.

    What its article is about suffices for one name only while another stands in the text.
    """
    best: dict[_Row, tuple[int, ...]] = {}
    for row in rows:
        head, vias = row[:_WIDTH], row[_WIDTH:]
        if None in vias:
            continue
        held = best.get(head)
        best[head] = vias if held is None else tuple(map(min, held, vias))
    if n_names <= 1:
        return best
    return {head: vias for head, vias in best.items() if min(vias) < _ABOUT}


def _count_pairs(connection: Connection, part: _Part) -> int:
    pairs = select(EVENT_ENTITIES.c.event_id).where(
        EVENT_ENTITIES.c.entity_id.in_(part.ids), EVENT_ENTITIES.c.via <= part.most_via
    )
    counted = select(func.count()).select_from(pairs.limit(MOST_PAIRS + 1).subquery())
    return connection.execute(counted).scalar_one()


def _fetch(
    connection: Connection, source: _Source, query: EventQuery, parts: Sequence[_Part], event_ids: Iterable[int] = ()
) -> list[_Row]:
    values: dict[str, Any] = {"events": as_list(event_ids), "kinds": as_list(query.kinds)}
    for at, part in enumerate(parts):
        values |= {f"ids{at}": as_list(part.ids), f"via{at}": part.most_via}
    if parts and parts[0].ids:
        values["id0"] = parts[0].ids[0]
    values |= {"first": _say(query.first_on), "last": _say(query.last_on)}
    first = (query.first_on or date.min + timedelta(days=LONG_DAYS)) - timedelta(days=LONG_DAYS)
    values |= {"first_day": first.toordinal(), "last_day": (query.last_on or date.max).toordinal()}
    asked = (query.first_on is not None, query.last_on is not None, bool(query.kinds))
    return fetch_rows(connection, _statement(source, max(0, len(parts) - 1), *asked), values)


def _say(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@cache
def _statement(source: _Source, n_others: int, has_first: bool, has_last: bool, has_kinds: bool) -> Select[Any]:  # noqa: FBT001 - which conditions it has
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
    return select(*_COLUMNS, pairs.c.via).select_from(pairs.join(EVENTS, EVENTS.c.id == pairs.c.event_id)).where(named)


def _select_newest() -> Select[Any]:
    pairs = EVENT_ENTITIES.c
    named = and_(pairs.entity_id == bindparam("id0"), pairs.via <= bindparam("via0"))
    newest = select(pairs.event_id, pairs.via).where(named).order_by(pairs.event_id.desc()).limit(MOST_NEWEST)
    source = newest.subquery("newest")
    return select(*_COLUMNS, source.c.via).select_from(source.join(EVENTS, EVENTS.c.id == source.c.event_id))


def _select_best() -> Select[Any]:
    best = select(EVENTS.c.id).where(EVENTS.c.n_articles > 1).order_by(*_SUPPORT).limit(MOST_BEST).subquery("best")
    return _with_via(EVENTS.join(best, best.c.id == EVENTS.c.id))


def _select_days() -> Select[Any]:
    """Return the question for events with reports on a name that begin on the days, or up to a month before."""
    keys = REPORT_KEYS.c
    asked = and_(keys.entity_id == bindparam("id0"), keys.day.between(bindparam("first_day"), bindparam("last_day")))
    reports = select(keys.report_id).where(asked).limit(MOST_OF_DAYS).subquery("asked")
    days = select(REPORTS.c.event_id).join(reports, reports.c.report_id == REPORTS.c.id).distinct().subquery("days")
    return _with_via(EVENTS.join(days, days.c.event_id == EVENTS.c.id))


def _with_via(source: FromClause) -> Select[Any]:
    return select(*_COLUMNS, _via(EVENT_ENTITIES.c.entity_id == bindparam("id0"), 0)).select_from(source)


def _select_ids() -> Select[Any]:
    return select(*_COLUMNS).select_from(EVENTS).where(EVENTS.c.id.in_(listed("events")))


def _select_all() -> Select[Any]:
    return select(*_COLUMNS).select_from(EVENTS).order_by(*_SUPPORT).limit(MOST_BEST)


_SELECTS = {
    _Source.NAME: _select_name,
    _Source.NEWEST: _select_newest,
    _Source.BEST: _select_best,
    _Source.DAYS: _select_days,
    _Source.IDS: _select_ids,
    _Source.ALL: _select_all,
}


def _load(connection: Connection, event_ids: Sequence[int]) -> tuple[list[StoredEvent], dict[int, int]]:
    """Return the events in this order with their reports, and how many there are of those that were cut."""
    if not event_ids:
        return [], {}
    rows = connection.execute(
        select(EVENTS.c.id, EVENTS.c.story_id, EVENTS.c.n_lookbacks).where(EVENTS.c.id.in_(listed("ids"))),
        {"ids": as_list(event_ids)},
    )
    heads = {row.id: row for row in rows}
    reports, n_reports = _load_reports(connection, event_ids)
    loaded = [
        StoredEvent(event_id, heads[event_id].story_id, tuple(reports[event_id]), heads[event_id].n_lookbacks)
        for event_id in event_ids
        if reports.get(event_id)
    ]
    return loaded, n_reports


def _load_reports(
    connection: Connection, event_ids: Sequence[int]
) -> tuple[Mapping[int, list[StoredReport]], dict[int, int]]:
    found: dict[int, list[int]] = {}
    statement = (
        select(REPORTS.c.event_id, REPORTS.c.id).where(REPORTS.c.event_id.in_(listed("ids"))).order_by(REPORTS.c.id)
    )
    for event_id, report_id in connection.execute(statement, {"ids": as_list(event_ids)}):
        found.setdefault(event_id, []).append(report_id)
    n_reports = {event_id: len(ids) for event_id, ids in found.items() if len(ids) > MOST_REPORTS}
    wanted = [report_id for ids in found.values() for report_id in _ends(ids)]
    reports: dict[int, list[StoredReport]] = {}
    for stored in load_reports(connection, wanted):
        reports.setdefault(stored.event_id, []).append(stored)
    return reports, n_reports


def _ends(ids: Sequence[int]) -> Sequence[int]:
    half = MOST_REPORTS // 2
    return ids if len(ids) <= MOST_REPORTS else [*ids[:half], *ids[-half:]]
