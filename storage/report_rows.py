"""Rows of reports and the values they stand for, with the article that they stand in. Must never touch an index."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from news.decision import StoredReport
from storage.reports import read_report
from storage.schema import ARTICLES, REPORTS
from storage.types import AnyRow

_CHUNK = 900
_COLUMNS = (
    select(
        REPORTS.c.id,
        REPORTS.c.event_id,
        REPORTS.c.article_id,
        ARTICLES.c.story_id,
        ARTICLES.c.outlet,
        ARTICLES.c.url,
        ARTICLES.c.title,
        ARTICLES.c.published_at,
        REPORTS.c.data,
    )
    .join(ARTICLES, ARTICLES.c.id == REPORTS.c.article_id)
    .order_by(REPORTS.c.id)
)
_BY_IDS = _COLUMNS.where(REPORTS.c.id.in_(bindparam("ids", expanding=True)))
_BY_EVENTS = _COLUMNS.where(REPORTS.c.event_id.in_(bindparam("ids", expanding=True)))


def load_reports(connection: Connection, ids: Sequence[int]) -> list[StoredReport]:
    """Return reports in the order of ``ids``; those that do not exist are left out."""
    rows = {row.id: row for row in connection.execute(_BY_IDS, {"ids": list(ids)}).all()} if ids else {}
    return [_to_stored_report(rows[number]) for number in ids if number in rows]


def load_reports_of(connection: Connection, event_ids: Sequence[int]) -> dict[int, list[StoredReport]]:
    """Return the reports of each event, oldest first."""
    found: dict[int, list[StoredReport]] = {event_id: [] for event_id in event_ids}
    for start in range(0, len(event_ids), _CHUNK):
        for row in connection.execute(_BY_EVENTS, {"ids": event_ids[start : start + _CHUNK]}).all():
            found[row.event_id].append(_to_stored_report(row))
    return found


def _to_stored_report(row: AnyRow) -> StoredReport:
    # By place: two hundred rows of nine names each are looked up for every article that is decided on.
    number, event_id, article_id, story_id, outlet, url, title, published_at, data = row
    report = read_report(data)
    return StoredReport(number, event_id, article_id, story_id, outlet, url, title, published_at, report)
