"""The silence that a report ends, found in the moments of a story alone: its texts may be thousands.

What a silence is, is ``news.waking``'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.ports import Transaction
from news.decision import StoredArticle
from news.waking import Wake, find_wake


def find_told_wake(
    tx: Transaction,
    heard: Sequence[StoredArticle],
    stored: StoredArticle,
    *,
    after: timedelta,
    since: datetime | None = None,
) -> Wake | None:
    """Return the silence that a report ends or follows soon upon, its last report with its words; or None.

    Args:
        heard: see ``ArticleStore.list_heard``. ``after`` and ``since`` are those of ``news.waking.find_wake``.
    """
    wake = find_wake(heard, stored, after=after, since=since)
    return None if wake is None else replace(wake, last=tx.articles.get(wake.last.id))
