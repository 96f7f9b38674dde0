"""Rows of reports and the values they stand for, with the article that they stand in. Must never touch an index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from news.decision import StoredReport
from storage.quick import as_list, fetch_rows, listed, moment_of
from storage.reports import read_report
from storage.schema import ARTICLES, REPORTS

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
_BY_IDS = _COLUMNS.where(REPORTS.c.id.in_(listed("ids")))
_BY_EVENTS = _COLUMNS.where(REPORTS.c.event_id.in_(listed("ids")))


def load_reports(connection: Connection, ids: Sequence[int]) -> list[StoredReport]:
    """Return reports in the order of ``ids``; those that do not exist are left out."""
    rows = {row[0]: row for row in fetch_rows(connection, _BY_IDS, {"ids": as_list(ids)})} if ids else {}
    return [_to_stored_report(rows[number]) for number in ids if number in rows]


def load_reports_of(connection: Connection, event_ids: Sequence[int]) -> dict[int, list[StoredReport]]:
    """Return the reports of each event, oldest first."""
    found: dict[int, list[StoredReport]] = {event_id: [] for event_id in event_ids}
    for row in fetch_rows(connection, _BY_EVENTS, {"ids": as_list(event_ids)}):
        found[row[1]].append(_to_stored_report(row))
    return found


def _to_stored_report(row: tuple[Any, ...]) -> StoredReport:
    number, event_id, article_id, story_id, outlet, url, title, published_at, data = row
    published = None if published_at is None else moment_of(published_at)
    return StoredReport(number, event_id, article_id, story_id, outlet, url, title, published, read_report(data))
