"""What an asker may be told of: alerts of the own place, and feeds that all share or that are the own place's.

Owns that a thing of another place reads as one that is not there. Must never show anything itself.
"""

from __future__ import annotations

from handlers.ports import Transaction
from handlers.request import Access, Request
from news.errors import NotFoundError
from news.polling import Feed
from news.watches.feedback import Feedback
from news.watches.notices import Notice
from news.watches.watch import OutboxRow, place_of
from news.words.urls import hide_credentials

_OPERATORS = "terminal:"


def get_alert(tx: Transaction, request: Request, row_id: int) -> OutboxRow:
    """Return an alert that the asker may see. Raises NotFoundError, in the same words whether it is there or not."""
    try:
        row = tx.outbox.get(row_id)
    except NotFoundError:
        row = None
    if row is None or not request.may_see(row.alert.channel):
        raise NotFoundError(f"There is no alert n{row_id} here.")
    return row


def get_notice(tx: Transaction, request: Request, notice_id: int) -> Notice:
    """Return a notice that the asker may see. Raises NotFoundError, in the same words whether it is there or not."""
    try:
        notice = tx.notices.get(notice_id)
    except NotFoundError:
        notice = None
    if notice is None or not request.may_see(notice.channel):
        raise NotFoundError(f"There is no notice t{notice_id} here.")
    return notice


def may_see_feed(request: Request, feed: Feed) -> bool:
    """Return whether the asker may be told of a feed: its address may hold a key that others must not read."""
    return request.access >= Access.OPERATE or feed.owner in {"", request.place}


def say_feed(tx: Transaction, request: Request, url: str) -> str:
    """Return the address of the feed that was added under ``url``, or words for one that the asker must not read."""
    if request.access >= Access.OPERATE:
        return hide_credentials(url)
    feed = tx.feeds.find(url)
    if feed is None or tx.feeds.get_first_url(feed.url) != url:
        return "a feed that is there no more"
    return hide_credentials(url) if may_see_feed(request, feed) else "a feed of another place"


def may_see_mark(tx: Transaction, request: Request, mark: Feedback) -> bool:
    """Return whether the asker may be told of a mark: of one of the bot's own, whose place was told of its stories."""
    if not mark.is_own or request.access >= Access.OPERATE:
        return request.may_see(mark.channel)
    stories = (mark.story_id, mark.other_story_id or mark.story_id)
    return any(request.place in list_told_places(tx, story_id) for story_id in stories)


def list_told_places(tx: Transaction, story_id: int) -> frozenset[str]:
    """Return the servers and workspaces that were told of a story or will be; the terminal is the operator's own."""
    channels = tx.outbox.list_told(story_id)
    return frozenset(place_of(channel) for channel in channels if not channel.startswith(_OPERATORS))
