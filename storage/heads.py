"""First messages on stories, and whether they are current.

Owns the counting of changes. Must never compose or edit a message: that is ``handlers.jobs``'.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, delete, exists, func, insert, or_, select, update
from sqlalchemy.engine import Connection, Row

from news.watches.watch import Head
from storage.bulk import write_values
from storage.outbox import is_open
from storage.places import begins_with
from storage.schema import ARTICLES, CLOSED_CHANNELS, HEADS, OUTBOX, STORIES

_MARK = update(HEADS).where(HEADS.c.story_id == bindparam("wanted")).values(n_changes=HEADS.c.n_changes + 1)
_IS_CLOSED = exists().where(CLOSED_CHANNELS.c.channel == HEADS.c.channel)


class SqlHeads:
    """Heads; see ``handlers.stores_delivery.HeadStore``. Unique by story and channel."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, *, channel: str, story_id: int, row_id: int, receipt: str, thread: str, now: datetime) -> None:
        """Note a head; one that is there already for channel and story is replaced, under a new id.

        It is current, unless something joined the story after the alert was made: the message may not show that.
        """
        ours = (HEADS.c.channel == channel, HEADS.c.story_id == story_id)
        self._connection.execute(delete(HEADS).where(*ours))
        self._connection.execute(
            insert(HEADS).values(
                channel=channel,
                story_id=story_id,
                row_id=row_id,
                receipt=receipt,
                thread=thread,
                opened_at=now,
                n_changes=self._count_changes(story_id, row_id),
                n_shown=0,
            )
        )

    def _count_changes(self, story_id: int, row_id: int) -> int:
        made_at = select(OUTBOX.c.created_at).where(OUTBOX.c.id == row_id).scalar_subquery()
        query = select(STORIES.c.id).where(STORIES.c.id == story_id, STORIES.c.last_at > made_at)
        return 0 if self._connection.execute(query).first() is None else 1

    def find(self, channel: str, story_id: int) -> Head | None:
        """Return the head of a story in a channel, or None."""
        query = select(HEADS).where(HEADS.c.channel == channel, HEADS.c.story_id == story_id)
        row = self._connection.execute(query).first()
        return None if row is None else _to_head(row)

    def list_for_story(self, story_id: int) -> list[Head]:
        """Return the heads of a story in all channels, in order of channel."""
        query = select(HEADS).where(HEADS.c.story_id == story_id).order_by(HEADS.c.channel)
        return [_to_head(row) for row in self._connection.execute(query)]

    def set_thread(self, head_id: int, thread: str) -> None:
        """Note the thread under a head; nothing happens if the head is forgotten."""
        self._connection.execute(update(HEADS).where(HEADS.c.id == head_id).values(thread=thread))

    def mark(self, story_id: int) -> None:
        """Note that a story changed, so that its heads are not current."""
        mark_heads(self._connection, story_id)

    def list_stale(self, *, channels: str, edited_before: datetime, limit: int) -> list[Head]:
        """Return heads that are not current and were not edited after then, longest ago first; no closed channels.

        One that was never edited counts as shown when it was opened, and comes whatever ``edited_before`` says.
        """
        is_due = or_(HEADS.c.edited_at.is_(None), HEADS.c.edited_at <= edited_before)
        query = (
            select(HEADS)
            .where(HEADS.c.n_changes > HEADS.c.n_shown, is_due, begins_with(HEADS.c.channel, channels), ~_IS_CLOSED)
            .order_by(func.coalesce(HEADS.c.edited_at, HEADS.c.opened_at), HEADS.c.id)
            .limit(limit)
        )
        return [_to_head(row) for row in self._connection.execute(query)]

    def record_edited(self, head_id: int, *, n_changes: int, now: datetime) -> None:
        """The message shows the story as it was after so many changes; nothing happens if the head is forgotten.

        With fewer changes than are noted, it stays stale, and is due again when ``now`` is long enough ago.
        """
        n_shown = case((HEADS.c.n_shown > n_changes, HEADS.c.n_shown), else_=n_changes)
        values = {"n_shown": n_shown, "edited_at": now, "n_failures": 0}
        self._connection.execute(update(HEADS).where(HEADS.c.id == head_id).values(values))

    def record_failed(self, head_id: int, *, now: datetime) -> None:
        """An edit failed: the head stays stale and waits as if it had been edited ``now``, which may lie ahead."""
        values = {"n_failures": HEADS.c.n_failures + 1, "edited_at": now}
        self._connection.execute(update(HEADS).where(HEADS.c.id == head_id).values(values))

    def close_silent(self, *, before: datetime, now: datetime, limit: int = 1_000) -> int:
        """Close heads whose story had nothing since then and nothing on its way, oldest first; return how many.

        The message is to be shown anew, as one that is closed.
        """
        waits = exists().where(
            OUTBOX.c.channel == HEADS.c.channel,
            is_open(OUTBOX),
            ARTICLES.c.id == OUTBOX.c.article_id,
            ARTICLES.c.story_id == HEADS.c.story_id,
        )
        query = (
            select(HEADS.c.id)
            .join(STORIES, STORIES.c.id == HEADS.c.story_id)
            .where(HEADS.c.closed_at.is_(None), STORIES.c.last_at < before, HEADS.c.opened_at < before, ~waits)
            .order_by(STORIES.c.last_at, HEADS.c.id)
            .limit(limit)
        )
        ids = list(self._connection.execute(query).scalars())
        for first in range(0, len(ids), 900):
            chosen = HEADS.c.id.in_(ids[first : first + 900])
            values = {"closed_at": now, "n_changes": HEADS.c.n_changes + 1}
            self._connection.execute(update(HEADS).where(chosen).values(**values))
        return len(ids)

    def forget(self, head_id: int) -> None:
        """The message is gone: the next alert on the story opens another."""
        self._connection.execute(delete(HEADS).where(HEADS.c.id == head_id))


def mark_heads(connection: Connection, story_id: int) -> None:
    """Note that a story changed."""
    write_values(connection, _MARK, [{"wanted": story_id}])


def pass_heads(connection: Connection, old_id: int, new_id: int) -> list[int]:
    """Give the heads of a story to another, in channels where that has none; return the ids of those that passed."""
    there = HEADS.alias("there")
    is_taken = exists().where(there.c.story_id == new_id, there.c.channel == HEADS.c.channel)
    query = select(HEADS.c.id).where(HEADS.c.story_id == old_id, ~is_taken).order_by(HEADS.c.id)
    passed = list(connection.execute(query).scalars())
    move_heads(connection, passed, new_id)
    return passed


def move_heads(connection: Connection, head_ids: list[int], story_id: int) -> None:
    """Give heads to a story that has none in their channels."""
    if head_ids:
        connection.execute(update(HEADS).where(HEADS.c.id.in_(head_ids)).values(story_id=story_id))


def _to_head(row: Row[Any]) -> Head:
    return Head(
        id=row.id,
        channel=row.channel,
        story_id=row.story_id,
        row_id=row.row_id,
        receipt=row.receipt,
        thread=row.thread,
        n_changes=row.n_changes,
        edited_at=row.edited_at,
        n_failures=row.n_failures,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
    )
