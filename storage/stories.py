"""Stories: rows that articles and events belong to.

Owns opening, joining and linking stories. Must never choose the story of an article: that is
``news.stories.belonging``'s. Moving articles by hand is ``storage.moves``'s.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or
from sqlalchemy.engine import Connection

from news.errors import NotFoundError
from storage.bulk import write_rows, write_values
from storage.schema import STORIES, STORY_LINKS

_TITLE = 300
_OPEN = insert(STORIES)
_LINK = insert_or(STORY_LINKS).on_conflict_do_nothing()
_JOIN = (
    update(STORIES)
    .where(STORIES.c.id == bindparam("story"))
    .values(
        last_at=bindparam("last_at"),
        n_articles=STORIES.c.n_articles + bindparam("n_new"),
        n_independent=bindparam("n_independent"),
    )
)


def open_story(connection: Connection, title: str, *, now: datetime) -> int:
    """Return the id of a new story without articles."""
    values = {"title": title[:_TITLE], "opened_at": now, "last_at": now, "n_articles": 0, "n_independent": 1}
    return write_values(connection, _OPEN, [values]).last_id


def join_story(connection: Connection, story_id: int, *, n_new: int, n_independent: int, now: datetime) -> None:
    """Count articles into a story. Raises NotFoundError."""
    values = {"story": story_id, "last_at": now, "n_new": n_new, "n_independent": n_independent}
    if not write_values(connection, _JOIN, [values]).n_rows:
        raise NotFoundError(f"there is no story s{story_id}")


def link_stories(connection: Connection, story_id: int, related: Iterable[int]) -> None:
    """Note that stories are about the same actors; both ways, and once."""
    pairs = [pair for other in related if other != story_id for pair in ((story_id, other), (other, story_id))]
    write_rows(connection, _LINK, ("story_id", "related_id"), pairs)


def check_story(connection: Connection, story_id: int) -> None:
    """Raise NotFoundError unless the story exists."""
    if connection.execute(select(STORIES.c.id).where(STORIES.c.id == story_id)).first() is None:
        raise NotFoundError(f"there is no story s{story_id}")
