"""Stories that fall silent and wake up again.

Owns when a story counts as closed and what woke it. Must never read a clock. What is heard of a story is any report,
also one that brought nothing new: a story that is still repeated is not closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from news.decision import StoredArticle


@dataclass(frozen=True, slots=True)
class Wake:
    """A story that was silent for long and is heard of again.

    Attributes:
        last: the last report before the silence.
        first_at: when it was first heard of.
        n_reports: reports up to the silence.
        woken_by: the report that ended it.
    """

    last: StoredArticle
    first_at: datetime
    n_reports: int
    woken_by: StoredArticle

    @property
    def slept(self) -> timedelta:
        """How long nothing was heard of it."""
        return heard_at(self.woken_by) - heard_at(self.last)


def heard_at(stored: StoredArticle) -> datetime:
    """Return when a report came to our ears; a document that the store began with is as old as itself."""
    if stored.is_seed and stored.article.published_at is not None:
        return min(stored.article.published_at, stored.fetched_at)
    return stored.fetched_at


def is_asleep(articles: Sequence[StoredArticle], now: datetime, *, after: timedelta) -> bool:
    """Return whether nothing was heard of a story for so long."""
    return bool(articles) and now - max(heard_at(stored) for stored in articles) >= after


def find_wake(
    articles: Sequence[StoredArticle], stored: StoredArticle, *, after: timedelta, since: datetime | None = None
) -> Wake | None:
    """Return the silence that a report of a story ends or follows soon upon, or None.

    Args:
        articles: those of the story, in any order.
        after: how long nothing was heard; a report follows soon that comes within as much again.
        since: when the story was opened last where the report is told; a silence before that is told of already.
    """
    last_moment = heard_at(stored)
    earlier = [each for each in articles if (heard_at(each), each.id) <= (last_moment, stored.id)]
    heard = sorted(earlier, key=lambda each: (heard_at(each), each.id))
    oldest = last_moment - after if since is None else max(last_moment - after, since)
    for n in range(len(heard) - 1, 0, -1):
        before, woken_by = heard[n - 1], heard[n]
        if heard_at(woken_by) < oldest:
            return None
        if heard_at(woken_by) - heard_at(before) >= after:
            return Wake(before, heard_at(heard[0]), n, woken_by)
    return None
