"""What follows for messages that were posted when articles go to another story: the threads are told where it goes on.

Owns the words and who is told: channels that have a first message on the story, under that message, once. The first
messages themselves are edited by ``handlers.heads``. Must never move anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers.messages import LONGEST_TITLE, shorten, title_of
from handlers.ports import Transaction
from handlers.quiet import find_due
from news.errors import NotFoundError
from news.watches.feedback import FeedbackKind
from news.watches.notices import QUIET, Notice, NoticeKind
from news.watches.watch import Head, OutboxState

_LONGEST_NAME = 80
_MOST_NAMED = 4


def follow_story(tx: Transaction, story_id: int) -> int:
    """Return the story that one goes on as: itself, or the one that it was joined with. Raises NotFoundError."""
    seen: set[int] = set()
    here: int | None = story_id
    while here is not None and here not in seen:
        if tx.articles.list_of_story(here):
            return here
        seen.add(here)
        joined = (mark for mark in reversed(tx.feedback.list_for_story(here)) if mark.kind is FeedbackKind.SAME)
        here = next((mark.other_story_id for mark in joined if mark.story_id == here), None)
    raise NotFoundError(f"All articles of s{story_id} are in other stories by now. Name one of these, or an article.")


def tell_joined(tx: Transaction, heads: Sequence[Head], story_id: int, *, key: str, now: datetime) -> int:
    """Tell the threads of a story that was joined with another where it goes on; return how many were told.

    Args:
        heads: the first messages on it before it was joined. One that passed to the other story goes on itself.
        key: the same for the same joining.
    """
    others = {head.channel: head for head in tx.heads.list_for_story(story_id)}
    n_told = 0
    for head in heads:
        other = others.get(head.channel)
        if other is not None and other.id != head.id:
            title = f"{_name_of(tx, head)} goes on as s{story_id}"
            words = f"{title}\nIt was joined with “{_title_of(tx, other)}”: what is new on it comes there."
            n_told += _tell(tx, head, words, key=key, now=now)
    return n_told


def tell_parted(
    tx: Transaction, article_id: int, from_story_id: int, to_story_id: int, *, key: str, now: datetime
) -> int:
    """Tell the threads of a story in which an article was told that it is of another one; return how many were told."""
    told = {row.alert.channel for row in tx.outbox.list_for_article(article_id) if row.state is OutboxState.SENT}
    n_told = 0
    for head in tx.heads.list_for_story(from_story_id):
        if head.channel in told:
            title = f"a{article_id} is not of {_name_of(tx, head)}: it is s{to_story_id}"
            words = (
                f"{title}\n“{_title(tx, article_id)}” stands apart; what is new on it comes in a message of its own."
            )
            n_told += _tell(tx, head, words, key=key, now=now)
    return n_told


def tell_divided(
    tx: Transaction, article_ids: Sequence[int], from_story_id: int, to_story_id: int, *, key: str, now: datetime
) -> int:
    """Tell the threads of a story in which articles were told that these are of another one; return how many."""
    rows = [row for article_id in article_ids for row in tx.outbox.list_for_article(article_id)]
    told = {row.alert.channel for row in rows if row.state is OutboxState.SENT}
    named = ", ".join(f"a{article_id}" for article_id in article_ids[:_MOST_NAMED])
    more = len(article_ids) - _MOST_NAMED
    n_told = 0
    for head in tx.heads.list_for_story(from_story_id):
        if head.channel in told:
            others = f" and {more} more" if more > 0 else ""
            title = f"{named}{others} are not of {_name_of(tx, head)}: they are s{to_story_id}"
            first = _title(tx, article_ids[0])
            words = f"{title}\n“{first}” stands apart; what is new on it comes in a message of its own."
            n_told += _tell(tx, head, words, key=key, now=now)
    return n_told


def take_back(tx: Transaction, heads: Sequence[Head], *, key: str, now: datetime) -> None:
    """Take back what a thread was told, or say there that it holds no more."""
    for head in heads:
        told = tx.notices.find(head.channel, key)
        if told is None:
            continue
        if not tx.notices.withdraw([told.id], reason="it was taken back before it was told"):
            words = f"That was taken back: {_name_of(tx, head)} goes on here as before (s{head.story_id})."
            _tell(tx, head, words, key=f"{key}:undone", now=now)


def _tell(tx: Transaction, head: Head, words: str, *, key: str, now: datetime) -> bool:
    due_at = find_due(tx.watches.list_all(head.channel), head.channel, now)
    notice = Notice(0, head.channel, NoticeKind.STORY, key, now, text=words, under=head.receipt, thread=head.thread)
    return tx.notices.add(replace(notice, due_at=due_at, held_by=QUIET if due_at is not None else ""))


def _name_of(tx: Transaction, head: Head) -> str:
    """Return the headline that a story was told under, quoted and cut: a thread may be read without its beginning."""
    return f"“{shorten(_title_of(tx, head), _LONGEST_NAME)}”"


def _title_of(tx: Transaction, head: Head) -> str:
    try:
        return _title(tx, tx.outbox.get(head.row_id).alert.article_id)
    except NotFoundError:
        return f"s{head.story_id}"


def _title(tx: Transaction, article_id: int) -> str:
    return shorten(title_of(tx.articles.get(article_id)), LONGEST_TITLE)
