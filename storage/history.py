"""What came when: editions as they were taken in, alerts as they were made, marks as they were set.

Owns the reading of a stretch of the past. Must never write. Editions are in the order in which they were decided on:
that of their moments and, within one transaction, that of the rows of ``decisions``, which SQLite keeps.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, literal_column, or_, select
from sqlalchemy.engine import Connection

from news.decision import Label
from news.errors import NotFoundError
from news.model import Article, Precision
from news.watches.feedback import Feedback
from news.watches.replays import Taken, WatchEdition
from news.watches.watch import OutboxRow, Watch
from storage.article_rows import get_article
from storage.codec import from_json
from storage.feedback import SqlFeedback
from storage.outbox import SqlOutbox
from storage.schema import ARTICLE_REVISIONS, ARTICLES, DECISIONS, FEEDBACK, OUTBOX, WATCH_EDITIONS

_ROWID: ColumnElement[int] = literal_column("decisions.rowid")


class SqlHistory:
    """The past; see ``handlers.stores_history``. Intervals include ``since`` and leave out ``until``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find_bounds(self) -> tuple[datetime, datetime] | None:
        """Return when the first and the last decision was made, or None where there is none."""
        row = self._connection.execute(select(func.min(DECISIONS.c.made_at), func.max(DECISIONS.c.made_at))).one()
        return None if row[0] is None else (row[0], row[1])

    def list_taken(self, since: datetime, until: datetime) -> list[Taken]:
        """Return the editions that were decided on in that time, in order."""
        columns = DECISIONS.c
        query = (
            select(columns.article_id, columns.revision, columns.made_at, columns.label, ARTICLES.c.is_seed)
            .join(ARTICLES, ARTICLES.c.id == columns.article_id)
            .where(columns.made_at >= since, columns.made_at < until)
            .order_by(columns.made_at, _ROWID)
        )
        return [Taken(row[0], row[1], row[2], Label(row[3]), row[4]) for row in self._connection.execute(query)]

    def get_edition(self, article_id: int, revision: int) -> Article:
        """Return the article as it came in that edition. Raises NotFoundError.

        Of an edition that was replaced, author, links and the precision of its date are those of the latest.
        """
        article = get_article(self._connection, article_id).article
        latest = select(ARTICLES.c.revision).where(ARTICLES.c.id == article_id)
        if self._connection.execute(latest).scalar_one() == revision:
            return article
        columns = ARTICLE_REVISIONS.c
        query = select(columns.title, columns.text, columns.url, columns.published_at)
        row = self._connection.execute(
            query.where(columns.article_id == article_id, columns.revision == revision)
        ).first()
        if row is None:
            raise NotFoundError(f"there is no edition {revision} of article {article_id}")
        precision = Precision.DAY if row.published_at is not None else Precision.UNKNOWN
        return replace(
            article,
            title=row.title,
            text=row.text,
            url=row.url,
            published_at=row.published_at,
            published_precision=precision,
        )

    def list_alerts(self, since: datetime, until: datetime) -> list[OutboxRow]:
        """Return the alerts that were made in that time, in order of their ids, withdrawn ones included."""
        query = select(OUTBOX.c.id).where(OUTBOX.c.created_at >= since, OUTBOX.c.created_at < until)
        ids = self._connection.execute(query.order_by(OUTBOX.c.id)).scalars().all()
        outbox = SqlOutbox(self._connection)
        return [outbox.get(row_id) for row_id in ids]

    def list_tries(self, since: datetime, until: datetime) -> list[datetime]:
        """Return the moments at which messages were tried for the first time, each once, in order."""
        tried = OUTBOX.c.first_tried_at
        query = select(tried).distinct().where(tried >= since, tried < until).order_by(tried)
        return list(self._connection.execute(query).scalars())

    def list_watch_editions(self, since: datetime) -> list[WatchEdition]:
        """Return what watches were until they were edited or ended, from then on, in order."""
        columns = WATCH_EDITIONS.c
        query = select(columns.data, columns.until_at, columns.is_end).where(columns.until_at >= since)
        rows = self._connection.execute(query.order_by(columns.until_at, columns.id))
        return [WatchEdition(from_json(Watch, row.data), row.until_at, row.is_end) for row in rows]

    def list_marks(self, since: datetime, until: datetime) -> list[Feedback]:
        """Return what readers said or took back in that time, in order of their ids."""
        columns = FEEDBACK.c
        made = and_(columns.at >= since, columns.at < until)
        undone = and_(columns.undone_at >= since, columns.undone_at < until)
        ids = self._connection.execute(select(columns.id).where(or_(made, undone)).order_by(columns.id)).scalars().all()
        feedback = SqlFeedback(self._connection)
        return [feedback.get(feedback_id) for feedback_id in ids]
