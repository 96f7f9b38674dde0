"""What is not heard, in words: feeds in trouble, watches without a feed, the bot without a network.

Owns the wording and the records. What counts as trouble is ``news.watches.silence``'s.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.messages import format_moment, moment_span
from handlers.ports import Transaction
from handlers.records import Record, moment
from handlers.reply import Listing, Span, Strong, Text
from handlers.request import Request
from handlers.sight import may_see_feed
from handlers.spans import say_span
from news.polling import Feed
from news.watches.notices import BOT, Trouble, TroubleKind, number_of
from news.words.urls import hide_credentials

KIND_WORDS = {
    TroubleKind.SILENT: "silent",
    TroubleKind.FAILING: "cannot be polled",
    TroubleKind.UNREADABLE: "no feed any more",
    TroubleKind.UNDATED: "without dates",
    TroubleKind.UNNAMED: "without ids",
    TroubleKind.STOPPED: "stopped",
    TroubleKind.PAUSED: "paused",
    TroubleKind.MOVED: "moved",
    TroubleKind.UNFED: "hears nothing",
    TroubleKind.OFFLINE: "no network",
}
"""Each kind of trouble as shown, after the name of what it is about."""


def say_reason(
    kind: TroubleKind,
    feed: Feed,
    *,
    since: datetime,
    usual: timedelta | None,
    is_mute: bool = False,
    is_alone: bool = False,
) -> str:
    """Return why a feed is not heard, as a clause about it.

    Args:
        is_mute: its server gave no answer at all, rather than one that is an error.
        is_alone: no feed of another host is polled, by which the bot's own network could be told from its server.
    """
    error = feed.error or "no reason is known"
    match kind:
        case TroubleKind.SILENT:
            often = f"; its longest usual pause is {say_span(usual)}" if usual else ""
            words = f"nothing new since {format_moment(since)}, though its polls go well{often}"
        case TroubleKind.FAILING if is_mute:
            ours = "; no feed of another host is polled, so it may be the bot's own network as well" if is_alone else ""
            words = f"its server has not answered since {format_moment(since)}: {error}{ours}"
        case TroubleKind.FAILING:
            words = f"its polls have failed since {format_moment(since)}: {error}"
        case TroubleKind.UNREADABLE:
            words = f"what it sends can no longer be read as a feed, since {format_moment(since)}: {error}"
        case TroubleKind.UNDATED:
            words = "its entries have no dates any more, so they count from when they are fetched"
        case TroubleKind.UNNAMED:
            words = "its entries have no ids of their own any more, so an edited one may look new"
        case TroubleKind.PAUSED:
            words = "somebody paused it; /feed resume polls it again"
        case _:
            words = f"it is not polled any more: {error}. /feed resume tries it again"
    return words


def say_move(old: str, new: str) -> str:
    """Return where a feed is from now on."""
    return f"its server says that it is for good at {hide_credentials(new)}, no more at {hide_credentials(old)}"


def say_offline(since: datetime) -> str:
    """Return that the bot reaches nobody."""
    return (
        f"no feed has answered since {format_moment(since)}, so it is the bot's own network rather than theirs; "
        "what they publish comes when it is back"
    )


def name_feed(feed: Feed) -> str:
    """Return the outlet, title or address of a feed."""
    return feed.outlet or feed.title or hide_credentials(feed.url)


def trouble_spans(tx: Transaction, trouble: Trouble) -> tuple[Span, ...]:
    """Return one trouble in a line: whose it is, what, why, the next try, and whether it is over."""
    spans: list[Span] = [Strong(f"{subject_name(tx, trouble)}: {KIND_WORDS[trouble.kind]}")]
    spans.append(Text(f" — {trouble.reason}."))
    if trouble.closed_at is not None and trouble.kind is not TroubleKind.MOVED:
        spans.extend((Text(" It is over since "), moment_span(trouble.closed_at), Text(".")))
    elif trouble.next_try_at is not None:
        spans.extend((Text(" Next try "), moment_span(_next_try(tx, trouble)), Text(".")))
    return tuple(spans)


def _next_try(tx: Transaction, trouble: Trouble) -> datetime | None:
    """Return when a feed is polled next by now; as it was known then where the feed is there no more."""
    feed = tx.feeds.find(str(number_of(trouble.subject)))
    return trouble.next_try_at if feed is None else feed.next_poll_at


def subject_name(tx: Transaction, trouble: Trouble) -> str:
    """Return what a trouble is about, as long as that is there by its name."""
    number = number_of(trouble.subject)
    if trouble.subject == BOT or number is None:
        return "The bot"
    if trouble.kind is TroubleKind.UNFED:
        watch = tx.watches.find(number)
        return f"Watch {number}" if watch is None else f"Watch {number} ({watch.expression})"
    feed = tx.feeds.find(str(number))
    return f"Feed {number}" if feed is None else f"{name_feed(feed)} (feed {number})"


def list_visible(tx: Transaction, request: Request) -> list[Trouble]:
    """Return the open troubles that the asker may be told of."""
    feeds = {feed.id: feed for feed in tx.feeds.list_all()}
    return [trouble for trouble in tx.troubles.list_open() if _may_see(tx, request, trouble, feeds)]


def _may_see(tx: Transaction, request: Request, trouble: Trouble, feeds: dict[int, Feed]) -> bool:
    number = number_of(trouble.subject)
    if number is None:
        return True
    if trouble.kind is TroubleKind.UNFED:
        watch = tx.watches.find(number)
        return watch is not None and request.may_see(watch.channel)
    return number in feeds and may_see_feed(request, feeds[number])


def trouble_listing(tx: Transaction, troubles: list[Trouble]) -> Listing:
    """Return the troubles, one a line."""
    return Listing(tuple(trouble_spans(tx, trouble) for trouble in troubles))


def trouble_record(trouble: Trouble) -> Record:
    """Return a trouble."""
    return {
        "kind": trouble.kind.value,
        "subject": trouble.subject,
        "reason": trouble.reason,
        "since": moment(trouble.since),
        "opened_at": moment(trouble.opened_at),
        "closed_at": moment(trouble.closed_at),
        "next_try_at": moment(trouble.next_try_at),
    }
