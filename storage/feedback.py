"""What readers said of alerts. Must never judge what follows from it: that is ``news.watches.feedback``'s."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlalchemy.engine import Connection, Row

from news.errors import NotFoundError
from news.watches.feedback import Feedback, FeedbackKind
from storage.codec import from_json
from storage.moves import Change
from storage.schema import ARTICLES, FEEDBACK


class SqlFeedback:
    """Feedback; see ``handlers.stores.FeedbackStore``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, feedback: Feedback) -> Feedback:
        """Write it under a new id; the same said again in the same channel while it holds is the same row.

        The same is the same kind of the same article, in the same story, in view of the same other story.
        """
        columns = FEEDBACK.c
        held = select(FEEDBACK).where(
            columns.article_id == feedback.article_id,
            columns.kind == feedback.kind,
            columns.story_id == feedback.story_id,
            columns.other_story_id.is_not_distinct_from(feedback.other_story_id),
            columns.channel == feedback.channel,
            columns.undone_at.is_(None),
        )
        row = self._connection.execute(held.order_by(columns.id).limit(1)).first()
        if row is not None:
            return _to_feedback(row)
        values = {name: value for name, value in asdict(feedback).items() if name != "id"}
        key = self._connection.execute(insert(FEEDBACK), values).inserted_primary_key
        assert key is not None  # noqa: S101 - so it is after a single insert
        return replace(feedback, id=int(key[0]))

    def get(self, feedback_id: int) -> Feedback:
        """Return it. Raises NotFoundError."""
        row = self._connection.execute(select(FEEDBACK).where(FEEDBACK.c.id == feedback_id)).first()
        if row is None:
            raise NotFoundError(f"there is no feedback {feedback_id}")
        return _to_feedback(row)

    def list_for_story(self, story_id: int) -> list[Feedback]:
        """Return what was said of a story and holds, oldest first.

        What was said of an article goes with it when it moves, and still counts for the story that it was in; joining
        and parting is said of both stories.
        """
        inside = select(ARTICLES.c.id).where(ARTICLES.c.story_id == story_id)
        ours = or_(
            FEEDBACK.c.story_id == story_id, FEEDBACK.c.other_story_id == story_id, FEEDBACK.c.article_id.in_(inside)
        )
        query = select(FEEDBACK).where(ours, FEEDBACK.c.undone_at.is_(None)).order_by(FEEDBACK.c.id)
        return [_to_feedback(row) for row in self._connection.execute(query)]

    def find_next_move(self, feedback: Feedback) -> Feedback | None:
        """Return the first mark that moved articles of this one on and holds; None also for one that moved nothing."""
        if not feedback.change:
            return None
        done, columns = from_json(Change, feedback.change), FEEDBACK.c
        later = (columns.id > feedback.id, columns.undone_at.is_(None), columns.change != "")
        query = select(FEEDBACK).where(*later, columns.story_id == done.to_id).order_by(columns.id)
        for row in self._connection.execute(query):
            if not set(done.article_ids).isdisjoint(from_json(Change, row.change).article_ids):
                return _to_feedback(row)
        return None

    def undo(self, feedback_id: int, *, actor: str, now: datetime) -> None:
        """It holds no more; the first to undo it is the one noted. Raises NotFoundError."""
        held = (FEEDBACK.c.id == feedback_id, FEEDBACK.c.undone_at.is_(None))
        if not self._connection.execute(update(FEEDBACK).where(*held).values(undone_at=now, undone_by=actor)).rowcount:
            self.get(feedback_id)


def _to_feedback(row: Row[Any]) -> Feedback:
    return Feedback(
        id=row.id,
        kind=FeedbackKind(row.kind),
        article_id=row.article_id,
        story_id=row.story_id,
        channel=row.channel,
        actor=row.actor,
        at=row.at,
        other_story_id=row.other_story_id,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
        change=row.change,
        reason=row.reason,
    )
