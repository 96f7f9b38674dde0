"""What a replay needs of the database: what came when. As ``handlers.stores``, which is the list of all the others."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from news.model import Article
from news.watches.feedback import Feedback
from news.watches.replays import Taken, WatchEdition
from news.watches.watch import OutboxRow


class HistoryStore(Protocol):
    """What came when. Intervals include ``since`` and leave out ``until``."""

    def find_bounds(self) -> tuple[datetime, datetime] | None:
        """Return when the first and the last decision was made, or None where there is none."""

    def list_taken(self, since: datetime, until: datetime) -> list[Taken]:
        """Return the editions that were decided on in that time, in order."""

    def get_edition(self, article_id: int, revision: int) -> Article:
        """Return the article as it came in that edition. Raises NotFoundError."""

    def list_alerts(self, since: datetime, until: datetime) -> list[OutboxRow]:
        """Return the alerts that were made in that time, in order, withdrawn ones included."""

    def list_tries(self, since: datetime, until: datetime) -> list[datetime]:
        """Return the moments at which messages were tried for the first time, each once, in order."""

    def list_marks(self, since: datetime, until: datetime) -> list[Feedback]:
        """Return what readers said or took back in that time, in order."""

    def list_watch_editions(self, since: datetime) -> list[WatchEdition]:
        """Return what watches were until they were edited or ended, from then on, in order."""
