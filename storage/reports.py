"""Reports and the events they make up: writing them, and keeping what an event sums up of its reports.

Owns the rows of ``events``, ``reports`` and their keys. Must never choose an event: the decision's assignments do.
An event's date is the one that most of its best-dated reports give: a stated date counts before a resolved one, that
before the article's own; among those the finer precision, then the number of reports, then the earlier day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import bindparam, case, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or
from sqlalchemy.engine import Connection

from news.decision import Assignment
from news.errors import InputError
from news.model import DateBasis, Entity, Precision, Reading, Report, TimeSpan
from news.reports.roundups import list_item_countries
from storage.bulk import insert_rows, write_rows, write_values
from storage.codec import from_json, to_json
from storage.entities import choose_main, list_around, report_keys
from storage.quick import as_list, fetch_rows, listed
from storage.schema import EVENT_ENTITIES, EVENTS, REPORT_KEYS, REPORTS
from storage.standings import read_counts_of, standing_of
from storage.types import storable, to_microseconds

LONG_DAYS = 31
"""Spans of more days are kept with the unknown ones: nearly every date would overlap them."""

NO_DAY = 0
_LATEST = date.max.isoformat()

_BASES = {basis: place for place, basis in enumerate(DateBasis)}
_PRECISIONS = {precision: place for place, precision in enumerate(Precision)}
_SENTENCE, _AROUND, _ABOUT = range(3)
_INSERT_KEYS = insert_or(EVENT_ENTITIES)
_VIA = _INSERT_KEYS.excluded.via
_KEEP_KEYS = _INSERT_KEYS.on_conflict_do_update(
    index_elements=["entity_id", "event_id"],
    set_={
        "via": case((EVENT_ENTITIES.c.via > _VIA, _VIA), else_=EVENT_ENTITIES.c.via),
        "standing": case(
            (EVENT_ENTITIES.c.via > _VIA, _INSERT_KEYS.excluded.standing), else_=EVENT_ENTITIES.c.standing
        ),
    },
)
_INSERT_REPORT_KEYS = insert_or(REPORT_KEYS).on_conflict_do_nothing()
_DROP_REPORT_KEYS = delete(REPORT_KEYS).where(
    REPORT_KEYS.c.entity_id == bindparam("e"),
    REPORT_KEYS.c.day == bindparam("d"),
    REPORT_KEYS.c.report_id == bindparam("r"),
)
_INSERT_EVENT = insert(EVENTS)
_INSERT_REPORT = insert(REPORTS)
_EVENT_COLUMNS = tuple(EVENTS.c.keys())
_REPORT_COLUMNS = tuple(REPORTS.c.keys())
_LOOK_BACK = (
    update(EVENTS)
    .where(EVENTS.c.id.in_(listed("ids")), EVENTS.c.story_id != bindparam("story"))
    .values(n_lookbacks=EVENTS.c.n_lookbacks + 1)
)
_SUMS = (
    select(
        REPORTS.c.event_id,
        REPORTS.c.first_on,
        REPORTS.c.last_on,
        REPORTS.c.precision,
        REPORTS.c.basis,
        func.count().label("n_reports"),
    )
    .where(REPORTS.c.event_id.in_(listed("ids")))
    .group_by(REPORTS.c.event_id, REPORTS.c.first_on, REPORTS.c.last_on, REPORTS.c.precision, REPORTS.c.basis)
)
_N_ARTICLES = (
    select(REPORTS.c.event_id, func.count(REPORTS.c.article_id.distinct()))
    .where(REPORTS.c.event_id.in_(listed("ids")))
    .group_by(REPORTS.c.event_id)
)
_SUM_UP = (
    update(EVENTS)
    .where(EVENTS.c.id == bindparam("event_id"))
    .values(
        {name: bindparam(name) for name in ("first_on", "last_on", "precision", "basis", "n_reports", "n_articles")}
    )
)


class Told(NamedTuple):
    """A report as it is written, whatever its event and article.

    Attributes:
        columns: sentence, first and last day in ISO form, precision, basis, JSON.
        day: under which its keys are kept.
        keys: that it names, and that lie around these.
        vias: how its event fits each name: 0 in its sentence, 1 around that, 2 by what the article is about.
    """

    kind: str
    columns: tuple[int | str | None, ...]
    day: int
    keys: tuple[str, ...]
    vias: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Account:
    """What one article tells, ready to be written: its reports with their events, and the entities around them.

    Attributes:
        ids: of the entities in the store, by key.
    """

    article_id: int
    story_id: int
    told: Sequence[Told]
    assignments: Sequence[Assignment]
    ids: Mapping[str, int]


class Span(NamedTuple):
    """The columns of a date as the database keeps them, days in ISO form, and how many reports give it."""

    first_on: str | None
    last_on: str | None
    precision: str
    basis: str
    n_reports: int

    @property
    def rank(self) -> tuple[int, int, int, str]:
        """Smallest is best."""
        return (
            _BASES[DateBasis(self.basis)],
            _PRECISIONS[Precision(self.precision)],
            -self.n_reports,
            self.first_on or self.last_on or _LATEST,
        )


def day_of(when: TimeSpan) -> int:
    """Return the day under which a report's keys are kept: the ordinal of its first, or ``NO_DAY`` if long or open."""
    if when.first_on is None or when.last_on is None or (when.last_on - when.first_on).days > LONG_DAYS:
        return NO_DAY
    return when.first_on.toordinal()


def list_told(title: str, reading: Reading, known: Mapping[str, Entity], counts: Mapping[str, int]) -> list[Told]:
    """Return the reports of an article as they are written."""
    if not reading.reports:
        return []
    mentions = [(mention.text, mention.entity.key) for mention in reading.mentions]
    items = list_item_countries(title, reading.sentences, reading.mentions)
    if items is not None:  # an item of a column is on its own country, and not on that of the first item
        return [_tell(report, known, _all_about(known, items.get(report.sentence, ()))) for report in reading.reports]
    about = _all_about(known, choose_main(title, counts, mentions))
    return [_tell(report, known, about) for report in reading.reports]


def _all_about(known: Mapping[str, Entity], main: Collection[str]) -> dict[str, int]:
    own = [key for key in main if key in known]
    return dict.fromkeys([*own, *sorted(list_around(known, own))], _ABOUT)


def _tell(report: Report, known: Mapping[str, Entity], about: Mapping[str, int]) -> Told:
    named, when = report_keys(report), report.when
    around = sorted(list_around(known, named))
    vias = {**about, **dict.fromkeys(around, _AROUND), **dict.fromkeys(named, _SENTENCE)}
    columns = (report.sentence, *_days_of(when), when.precision.value, when.basis.value, storable(to_json(report)))
    return Told(report.kind.value, columns, day_of(when), (*named, *around), vias)


def _days_of(when: TimeSpan) -> tuple[str | None, str | None]:
    first_on, last_on = (None if day is None else day.isoformat() for day in (when.first_on, when.last_on))
    return first_on, last_on


def write_reports(connection: Connection, account: Account, *, now: datetime) -> set[int]:
    """Write the reports of an article into their events, new ones included; return the ids of the events touched.

    Raises:
        InputError: there is not one assignment for each report.
    """
    told = account.told
    if len(told) != len(account.assignments):
        raise InputError(f"{len(account.assignments)} assignments for {len(told)} reports; decide the article again")
    if not told:
        return set()
    event_ids = _open_events(connection, account, now=now)
    rows = [(None, event_id, account.article_id, *one.columns) for one, event_id in zip(told, event_ids, strict=True)]
    first_id = insert_rows(connection, _INSERT_REPORT, _REPORT_COLUMNS, rows)
    _write_report_keys(connection, account, range(first_id, first_id + len(rows)))
    touched = set(event_ids)
    sum_up(connection, touched)
    _write_event_keys(connection, account, event_ids)
    return touched


def _open_events(connection: Connection, account: Account, *, now: datetime) -> list[int]:
    """Return the event of each report, in order; new groups get new events."""
    first_told: dict[int, Told] = {}
    for told, assignment in zip(account.told, account.assignments, strict=True):
        if assignment.event_id is None:
            first_told.setdefault(assignment.group, told)
    opened: dict[int, int] = {}
    if first_told:
        at = to_microseconds(now)
        rows = [(None, account.story_id, told.kind, *told.columns[1:5], 0, 0, 0, at) for told in first_told.values()]
        first_id = insert_rows(connection, _INSERT_EVENT, _EVENT_COLUMNS, rows)
        opened = dict(zip(first_told, range(first_id, first_id + len(rows)), strict=True))
    return [
        opened[assignment.group] if assignment.event_id is None else assignment.event_id
        for assignment in account.assignments
    ]


def _write_report_keys(connection: Connection, account: Account, report_ids: Sequence[int]) -> None:
    ids = account.ids
    rows = [
        (ids[key], told.day, report_id)
        for told, report_id in zip(account.told, report_ids, strict=True)
        for key in told.keys
        if key in ids
    ]
    write_rows(connection, _INSERT_REPORT_KEYS, ("entity_id", "day", "report_id"), sorted(rows))


def list_all_keys(known: Mapping[str, Entity], report: Report) -> list[str]:
    """Return the keys that the report names and those that lie around them."""
    keys = report_keys(report)
    return [*keys, *sorted(list_around(known, keys))]


def _write_event_keys(connection: Connection, account: Account, event_ids: Sequence[int]) -> None:
    best: dict[tuple[int, int], int] = {}
    for told, event_id in zip(account.told, event_ids, strict=True):
        for key, via in told.vias.items():
            if key in account.ids:
                place = (account.ids[key], event_id)
                best[place] = min(via, best.get(place, via))
    counts = read_counts_of(connection, {event_id for _, event_id in best})
    rows = sorted((*place, via, standing_of(*counts[place[1]], via)) for place, via in best.items())
    write_rows(connection, _KEEP_KEYS, ("entity_id", "event_id", "via", "standing"), rows)


def sum_up(connection: Connection, event_ids: Iterable[int]) -> set[int]:
    """Bring date and counts of events up to date with their reports; return the events that have none left."""
    wanted = sorted(event_ids)
    if not wanted:
        return set()
    spans: dict[int, list[Span]] = {}
    for event_id, *span in fetch_rows(connection, _SUMS, {"ids": as_list(wanted)}):
        spans.setdefault(event_id, []).append(Span(*span))
    n_articles = dict(fetch_rows(connection, _N_ARTICLES, {"ids": as_list(wanted)}))
    rows = []
    for event_id, given in spans.items():
        best = min(given, key=lambda span: span.rank)
        n_reports = sum(span.n_reports for span in given)
        rows.append((*best[:-1], n_reports, n_articles[event_id], event_id))
    write_rows(connection, _SUM_UP, (*Span._fields, "n_articles", "event_id"), rows)
    return set(wanted) - spans.keys()


def count_lookbacks(connection: Connection, story_id: int, event_ids: Iterable[int]) -> None:
    """Count an article of ``story_id`` as one that looks back at those of the events that belong to other stories."""
    wanted = sorted(event_ids)
    if wanted:
        write_values(connection, _LOOK_BACK, [{"ids": as_list(wanted), "story": story_id}])


def forget_reports(connection: Connection, article_id: int, entity_ids: Iterable[int]) -> set[int]:
    """Delete the reports of an article, which has these entities; return their events, some now without reports."""
    rows = connection.execute(select(REPORTS).where(REPORTS.c.article_id == article_id)).all()
    held_by = list(entity_ids)
    # Every key of a report is an entity of its article, so these places cover all that was written.
    days = {row.id: day_of(read_report(row.data).when) for row in rows}
    places = [(entity_id, days[row.id], row.id) for row in rows for entity_id in held_by]
    write_rows(connection, _DROP_REPORT_KEYS, ("e", "d", "r"), places)
    connection.execute(delete(REPORTS).where(REPORTS.c.article_id == article_id))
    return {row.event_id for row in rows}


def delete_events(connection: Connection, event_ids: Iterable[int]) -> None:
    """Delete events without reports, with their entries under all names."""
    wanted = sorted(event_ids)
    if wanted:
        connection.execute(delete(EVENT_ENTITIES).where(EVENT_ENTITIES.c.event_id.in_(wanted)))
        connection.execute(delete(EVENTS).where(EVENTS.c.id.in_(wanted)))


@lru_cache(maxsize=512)
def read_report(data: str) -> Report:
    """Return the report of a row's ``data``; remembered, for reports on one story are asked for again and again."""
    return from_json(Report, data)
