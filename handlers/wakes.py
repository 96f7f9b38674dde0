"""The silence that a report ends, looked for only where there was one: most stories were never silent.

Owns that no words are loaded for it, as the reports of a story may be thousands. What a silence is, is
``news.stories.waking``'s.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.ports import Transaction
from news.decision import StoredArticle
from news.stories.waking import Wake, find_wake


def find_told_wake(
    tx: Transaction, stored: StoredArticle, *, after: timedelta, since: datetime | None = None
) -> Wake | None:
    """Return the silence that a report ends or follows soon upon, its last report with its words; or None.

    Args:
        after: how long nothing was heard. ``since``: see ``news.stories.waking.find_wake``.
    """
    if not tx.articles.was_silent(stored.story_id, after=after):
        return None
    wake = find_wake(tx.articles.list_heard(stored.story_id), stored, after=after, since=since)
    return None if wake is None else replace(wake, last=tx.articles.get(wake.last.id))
