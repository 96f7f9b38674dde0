"""``/status``: how the bot is doing: the store, the feeds, the alerts on their way, the channels that refuse the bot.

A place sees its own watches, alerts and channels; who runs the bot sees all, and where the store lies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from handlers.messages import closed_notice, count_words, format_moment, moment_span, notice
from handlers.ports import Ports
from handlers.records import closed_record, moment
from handlers.reply import Block, Paragraph, Reply, Span, Strong, Text, Tone
from handlers.request import Access, Request
from handlers.troubles import list_visible, trouble_listing, trouble_record
from news.polling import Feed, FeedStatus
from news.words.urls import hide_credentials

_WORRYING_LAG = timedelta(minutes=10)
_TOLD_ELSEWHERE = frozenset({"n_articles", "read_only"})


def show_status(request: Request, ports: Ports) -> Reply:
    """Return counts, lag and failures; ``data`` has the same figures."""
    sees_all = request.access >= Access.OPERATE
    place = "" if sees_all else request.place
    with ports.store.read() as tx:
        feeds, n_articles = tx.feeds.list_all(), tx.articles.count()
        n_watches, outbox = len(tx.watches.list_all(place=place)), tx.outbox.count_by_state(place=place)
        closed = tx.channels.list_closed(place)
        troubles = list_visible(tx, request)
        shown = trouble_listing(tx, troubles)
    feeds = [feed for feed in feeds if sees_all or feed.owner in {"", place}]
    facts = ports.store.describe() if sees_all else {}
    lag = _lag(feeds, request.now)
    blocks: list[Block] = [
        Paragraph((Strong("Store: "), Text(_store_words(facts, n_articles)))),
        Paragraph((Strong("Feeds: "), *_feed_spans(feeds))),
        Paragraph((Strong("Alerts: "), Text(_outbox_words(outbox, n_watches)))),
    ]
    blocks.extend(_warnings(feeds, lag, outbox))
    if troubles:
        blocks.extend((notice(f"{count_words(len(troubles), 'trouble')} told of:", Tone.WARNING), shown))
    blocks.extend(closed_notice(each) for each in closed)
    data = {
        "now": moment(request.now),
        "n_articles": n_articles,
        "feeds": _feed_record(feeds, lag),
        "watches": n_watches,
        "outbox": dict(outbox),
        "closed": [closed_record(each) for each in closed],
        "troubles": [trouble_record(each) for each in troubles],
        "store": {key: _plain(value) for key, value in facts.items()},
    }
    return Reply(f"Status at {format_moment(request.now)}", tuple(blocks), data)


def _lag(feeds: Sequence[Feed], now: datetime) -> timedelta:
    """Return how long the feed that waits longest is overdue."""
    due = [feed.next_poll_at for feed in feeds if feed.status is FeedStatus.ACTIVE]
    return max(timedelta(), now - min(due)) if due else timedelta()


def _store_words(facts: Mapping[str, Any], n_articles: int) -> str:
    return "; ".join(
        (
            count_words(n_articles, "article"),
            *(_fact_words(key, facts[key]) for key in facts if key not in _TOLD_ELSEWHERE),
        )
    )


def _fact_words(key: str, value: object) -> str:
    words = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
    return f"{key.replace('_', ' ')} {words}"


def _feed_spans(feeds: Sequence[Feed]) -> tuple[Span, ...]:
    states = Counter(feed.status.value for feed in feeds)
    words = ", ".join(f"{n} {state}" for state, n in sorted(states.items())) or "none"
    last = _last_success(feeds)
    return (Text(f"{words}; last success "), Text("never") if last is None else moment_span(last))


def _last_success(feeds: Sequence[Feed]) -> datetime | None:
    return max((feed.succeeded_at for feed in feeds if feed.succeeded_at is not None), default=None)


def _outbox_words(outbox: Mapping[str, int], n_watches: int) -> str:
    states = ", ".join(f"{n} {state}" for state, n in sorted(outbox.items())) or "none yet"
    return f"{states}; {count_words(n_watches, 'watch', 'watches')}"


def _warnings(feeds: Sequence[Feed], lag: timedelta, outbox: Mapping[str, int]) -> list[Block]:
    warnings: list[Block] = []
    failing = [feed for feed in feeds if feed.error]
    if failing:
        warnings.append(notice(f"{count_words(len(failing), 'feed')} failing: /feeds says why.", Tone.WARNING))
    if lag > _WORRYING_LAG:
        minutes = int(lag.total_seconds() // 60)
        warnings.append(
            notice(f"Polling is {count_words(minutes, 'minute')} behind; is the bot running?", Tone.WARNING)
        )
    if outbox.get("failed"):
        warnings.append(notice(f"{count_words(outbox['failed'], 'alert')} could not be delivered.", Tone.WARNING))
    return warnings


def _feed_record(feeds: Sequence[Feed], lag: timedelta) -> dict[str, Any]:
    states = Counter(feed.status.value for feed in feeds)
    failing = [
        {"feed": feed.id, "url": hide_credentials(feed.url), "error": feed.error} for feed in feeds if feed.error
    ]
    lag_s = round(lag.total_seconds(), 3)
    last_success_at = moment(_last_success(feeds))
    return {"n": len(feeds), **states, "lag_s": lag_s, "last_success_at": last_success_at, "failing": failing}


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | None) else str(value)
