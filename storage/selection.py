"""Which events a timeline is made of, in a store of any size.

Owns the bounds of that question. Of a topic with up to ``MOST_PAIRS`` events each is looked at, by its row alone. Of a
larger one those that stand highest (``storage.standings``) are looked at in order, until enough of them fit what is
asked or ``MOST_WALKED`` were seen; and, where few of its reports are on the asked days, all of these. Reports are read
of the chosen ones only, the first and last of each. Must never weigh words: that is ``news.timelines.timeline``'s.

A name fits an event by the sentences of its reports and what lies around their names. Being what the article is about
suffices only for countries and organisations: a background sentence of an article on a bomber is not about bombers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from heapq import nlargest
from itertools import islice, product
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.engine import Connection

from news.decision import StoredEvent, StoredReport
from news.model import Precision
from news.names.entities import get_entity
from news.queries.topics import TopicTerm
from news.timelines.selection import ABOUT as ABOUT_COSTS
from news.timelines.selection import EventQuery, EventSelection, rough_worth
from news.words.text import fold
from storage.entities import find_ids
from storage.event_sources import ABOUT, AROUND, COLUMNS, COUNT_OF_DAYS, COUNT_STANDING, Source, statement_of
from storage.passages import SHIFT
from storage.quick import as_list, fetch_rows, listed
from storage.report_rows import load_reports
from storage.reports import LONG_DAYS
from storage.schema import EVENT_ENTITIES, EVENTS, PASSAGES, REPORTS
from storage.standings import ABOUT_FROM, HIGHEST, UNDATED_ABOUT_FROM, UNDATED_FROM
from storage.topics import MAX_PASSAGES, list_events_in
from storage.words import find_rows, phrase_query

MOST_PAIRS = 6_000
"""Events of a name that are all looked at."""

MOST_WALKED = 12_000
"""Events of a name with more that are looked at: so many that name it, and so many that are only about it."""

MOST_COUNTED = 50_000
"""Events that name it, and that are only about it, up to which those of such a name are counted."""

MOST_OF_DAYS = 3_000
"""Reports of such a name on the asked days, up to which all of them are looked at."""

MOST_BEST = 10_000
"""Events of the whole store, the best supported, that are looked at where no name is asked for."""

MOST_REPORTS = 6
"""Reports of an event that are read: half of them its first, half its last."""

_MOST_WAYS = 8
_WIDTH = len(COLUMNS)
_FIRST_WALK = 2
"""What is looked at first, in times of the events that are wanted: near each other, standings differ from worths."""

_STANDINGS = {AROUND: (0, HIGHEST), ABOUT: (ABOUT_FROM, ABOUT_FROM + HIGHEST)}
_UNDATED = {AROUND: (UNDATED_FROM, UNDATED_FROM + HIGHEST), ABOUT: (UNDATED_ABOUT_FROM, UNDATED_ABOUT_FROM + HIGHEST)}
_COUNTED = {
    most_via: tuple([ranges[via] for via in (AROUND, ABOUT) if via <= most_via] for ranges in (_STANDINGS, _UNDATED))
    for most_via in (AROUND, ABOUT)
}
"""Where dated and undated events of a name stand, by how they may fit it."""

_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """What fits one part of the question: a name by its ids, and words by the events that tell them."""

    ids: tuple[int, ...] = ()
    most_via: int = AROUND
    events: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Unseen:
    """How many events fit beside those that were looked at, as far as that is known without looking."""

    n_dated: int = 0
    n_undated: int = 0
    is_all: bool = True

    def plus(self, other: _Unseen) -> _Unseen:
        n_dated, n_undated = self.n_dated + other.n_dated, self.n_undated + other.n_undated
        return _Unseen(n_dated, n_undated, is_all=self.is_all and other.is_all)


def select_events(connection: Connection, query: EventQuery) -> EventSelection:
    """Return the events that fit the query, the best of them with reports; see ``news.timelines.selection``."""
    named = [_find_part(connection, term, is_strict=True) for term in query.named]
    vias: dict[_Row, tuple[int, ...]] = {}
    unseen, is_partial = _Unseen(), False
    for terms in (query.topic.terms, *query.topic.either):
        for parts in _list_ways([*(_find_part(connection, term) for term in terms), *named]):
            found, missed = _list_rows(connection, query, parts)
            vias |= {row: fit for row, fit in found.items() if row not in vias or ABOUT in vias[row]}
            unseen = unseen if missed is None else unseen.plus(missed)
            is_partial = is_partial or missed is not None
    dated = [row for row in vias if row[2] != Precision.UNKNOWN.value]
    worths = ((rough_worth(*row[1:]) - ABOUT_COSTS * (ABOUT in vias[row]), row[0], row) for row in dated)
    best = [row for _, _, row in nlargest(query.most, worths)]
    events, n_reports = _load(connection, [row[0] for row in best])
    about = frozenset(row[0] for row in best if ABOUT in vias[row])
    n_undated = len(vias) - len(dated) + unseen.n_undated
    n_events = len(vias) + unseen.n_dated + unseen.n_undated
    return EventSelection(tuple(events), n_events, n_undated, n_reports, about, is_partial, is_counted=unseen.is_all)


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
        return _Part(ids, AROUND if is_strict else ABOUT)
    rows = find_rows(connection, phrase_query(term.text, term.words, column="terms"), limit=MAX_PASSAGES)
    if not term.keys:
        return _Part(events=frozenset(list_events_in(connection, rows)))
    return _Part(ids, AROUND, frozenset(_list_saying(connection, rows, term.text)))


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
) -> tuple[dict[_Row, tuple[int, ...]], _Unseen | None]:
    """Return what is known of each event that fits, with how it fits each name; and, if not all were seen, the rest."""
    names, worded = [part for part in parts if part.ids], [part.events for part in parts if not part.ids]
    if worded:
        told = frozenset[int].intersection(*worded)
        return _join(_fetch(connection, Source.IDS, query, [_Part(), *names], event_ids=told), len(names)), None
    if not names:
        return _join(_fetch(connection, Source.ALL, query, []), 0), _Unseen(is_all=False)
    sizes = [_count_pairs(connection, part) for part in names]
    rarest = min(range(len(names)), key=lambda at: sizes[at])
    main, others = names[rarest], [part for at, part in enumerate(names) if at != rarest]
    if sizes[rarest] <= MOST_PAIRS:
        return _join(_fetch(connection, Source.NAME, query, [main, *others]), len(names)), None
    found = _join(_list_of_large(connection, query, main, others), len(names))
    if others or query.kinds or _is_bounded(query):
        return found, _Unseen(is_all=False)
    dated, undated = ([_count(connection, main, at) for at in ranges] for ranges in _COUNTED[main.most_via])
    is_all = max(*dated, *undated) < MOST_COUNTED
    return found, _Unseen(max(0, sum(dated) - len(found)), sum(undated), is_all=is_all)


def _is_bounded(query: EventQuery) -> bool:
    return query.first_on is not None or query.last_on is not None


def _list_of_large(connection: Connection, query: EventQuery, main: _Part, others: Sequence[_Part]) -> Iterator[_Row]:
    """Yield the rows of the events of a name with very many that stand highest; some of them twice."""
    for entity_id in main.ids:
        single = replace(main, ids=(entity_id,))
        is_few = _is_bounded(query) and _count_of_days(connection, query, entity_id) <= MOST_OF_DAYS
        if is_few:
            yield from _fetch(connection, Source.DAYS, query, [single, *others])
        for via in range(AROUND, main.most_via + 1):
            yield from _walk(connection, query, [single, *others], via, is_short=is_few)


def _walk(connection: Connection, query: EventQuery, parts: Sequence[_Part], via: int, *, is_short: bool) -> list[_Row]:
    n_walked = min(_FIRST_WALK * query.most, MOST_WALKED)
    rows = _fetch(connection, Source.WALK, query, parts, via=via, n_walked=n_walked)
    is_narrowed = len(parts) > 1 or query.kinds or _is_bounded(query)
    if is_short or not is_narrowed or sum(None not in row[_WIDTH:] for row in rows) >= query.most:
        return rows
    return _fetch(connection, Source.WALK, query, parts, via=via, n_walked=MOST_WALKED)


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
    return {head: vias for head, vias in best.items() if min(vias) < ABOUT}


def _count_pairs(connection: Connection, part: _Part) -> int:
    pairs = select(EVENT_ENTITIES.c.event_id).where(
        EVENT_ENTITIES.c.entity_id.in_(part.ids), EVENT_ENTITIES.c.via <= part.most_via
    )
    counted = select(func.count()).select_from(pairs.limit(MOST_PAIRS + 1).subquery())
    return connection.execute(counted).scalar_one()


def _count(connection: Connection, part: _Part, standings: tuple[int, int]) -> int:
    """Return how many events of a name stand between these, up to ``MOST_COUNTED``; some twice under several ids."""
    low, high = standings
    values = {"ids": as_list(part.ids), "low": low, "high": high, "n_most": MOST_COUNTED}
    return int(fetch_rows(connection, COUNT_STANDING, values)[0][0])


def _count_of_days(connection: Connection, query: EventQuery, entity_id: int) -> int:
    """Return how many reports on a name are on the asked days, at most one more than are looked at."""
    first_day, last_day = _days_of(query)
    values = {"id0": entity_id, "first_day": first_day, "last_day": last_day, "n_most": MOST_OF_DAYS + 1}
    return int(fetch_rows(connection, COUNT_OF_DAYS, values)[0][0])


def _days_of(query: EventQuery) -> tuple[int, int]:
    """Return the days under which keys of reports on the asked days are kept: from a month before, to the last."""
    first = (query.first_on or date.min + timedelta(days=LONG_DAYS)) - timedelta(days=LONG_DAYS)
    return first.toordinal(), (query.last_on or date.max).toordinal()


def _fetch(
    connection: Connection,
    source: Source,
    query: EventQuery,
    parts: Sequence[_Part],
    *,
    event_ids: Iterable[int] = (),
    via: int = AROUND,
    n_walked: int = 0,
) -> list[_Row]:
    values: dict[str, Any] = {"events": as_list(event_ids), "kinds": as_list(query.kinds)}
    values |= {"n_walked": n_walked, "n_most": MOST_OF_DAYS, "n_best": MOST_BEST}
    for at, part in enumerate(parts):
        values |= {f"ids{at}": as_list(part.ids), f"via{at}": part.most_via}
    if parts and parts[0].ids:
        values["id0"] = parts[0].ids[0]
    values |= {"first": _say(query.first_on), "last": _say(query.last_on)}
    values["first_day"], values["last_day"] = _days_of(query)
    values["low"], values["high"] = _STANDINGS[via]
    asked = (query.first_on is not None, query.last_on is not None, bool(query.kinds))
    return fetch_rows(connection, statement_of(source, max(0, len(parts) - 1), *asked), values)


def _say(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


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
