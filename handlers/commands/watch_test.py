"""``/watch test``: what a watch, or an expression that is none yet, would have posted lately.

Owns the counting and its wording. Must never write: nothing is posted and nothing is changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.arguments import find_text, get_text
from handlers.commands.watch import find_watch
from handlers.messages import LABEL_WORDS, count_words, format_day, format_issued, notice, shorten, title_of
from handlers.ports import Ports, Transaction
from handlers.records import Record, article_record, moment
from handlers.reply import Block, Entry, Link, Reply, Strong, Table
from handlers.request import Request
from handlers.topics import get_expression, make_resolve
from handlers.values import parse_since
from handlers.watch_settings import say_schedule
from news.decision import Label, StoredArticle
from news.queries.expressions import Content
from news.queries.topics import Topic
from news.watches.schedule import Mode
from news.watches.watch import Alert, Watch, select_alerts

_BACK = (timedelta(days=7), timedelta(days=30))
"""What is looked at where nothing else is asked for: the longer, with the figures of the shorter beside it."""
_MOST_ARTICLES = 2_000
_MOST_EXAMPLES = 8
_EVERYTHING = Topic("", ())

Told = tuple[StoredArticle, Alert]


def test_watch(request: Request, ports: Ports) -> Reply:
    """Return what would have been posted since then: counts by label, and the newest as examples. Raises QueryError."""
    typed = find_text(request, "since")
    since = request.now - _BACK[-1] if typed is None else parse_since(typed, now=request.now)
    recent = request.now - _BACK[0] if typed is None else since
    with ports.store.read() as tx:
        watch = find_watch(tx, request) or _imagine(request)
        get_expression(watch.expression, tx)
        told, n_articles = _replay(tx, watch, since)
    lately = [one for one in told if one[0].fetched_at >= recent]
    title = f"{watch.expression} would have posted {count_words(len(told), 'alert')} since {format_issued(since)}"
    if typed is None:
        counted = count_words(len(lately), "alert")
        title = f"{watch.expression} would have posted {counted} in the last 7 days, {len(told)} in the last 30"
    blocks = _blocks(told, watch, n_articles, lately=None if typed else lately)
    return Reply(title, tuple(blocks), _record(told, watch, since, n_articles) | {"n_last_7_days": len(lately)})


def _imagine(request: Request) -> Watch:
    """Return a usual watch on what was typed."""
    return Watch(0, request.channel, get_text(request, "watch"), request.actor, request.now)


def _replay(tx: Transaction, watch: Watch, since: datetime) -> tuple[list[Told], int]:
    """Return what the watch would have been told, newest first, and how many articles were looked at."""
    hearing = replace(watch, is_paused=False, muted_until=None)
    resolve = make_resolve(tx)
    items = [item for item in tx.articles.list_since(_EVERYTHING, since, limit=_MOST_ARTICLES) if not item[0].is_seed]
    told: list[Told] = []
    stories: set[int] = set()
    for stored, decision in reversed(items):
        channels = (watch.channel,) if stored.story_id in stories else ()
        content = Content.of_stored(stored)
        alerts = select_alerts(
            [hearing], content=content, decision=decision, resolve=resolve, now=stored.fetched_at, told=channels
        )
        told.extend((stored, alert) for alert in alerts)
        stories.update(stored.story_id for _ in alerts)
    return told[::-1], len(items)


def _blocks(told: Sequence[Told], watch: Watch, n_articles: int, *, lately: Sequence[Told] | None) -> list[Block]:
    looked = f"{count_words(n_articles, 'article')} came in that time"
    if n_articles == _MOST_ARTICLES:
        looked = f"Only the newest {_MOST_ARTICLES:,} articles were looked at"
    if not n_articles:
        return [notice("No article came in that time; the documents that the record starts from do not count.")]
    if not told:
        return [notice(f"{looked}; none of them fits. Other words or fewer conditions may.")]
    blocks: list[Block] = [
        _counts(told, lately),
        notice(f"{looked}. {_busiest(told)}{_digests(told, watch)}"),
    ]
    blocks.extend(_example(*one) for one in told[:_MOST_EXAMPLES])
    if len(told) > _MOST_EXAMPLES:
        blocks.append(notice(f"The newest {_MOST_EXAMPLES} are shown."))
    return blocks


def _counts(told: Sequence[Told], lately: Sequence[Told] | None) -> Table:
    """Return how many alerts of each label there were, of the last days beside it where these are asked for."""
    counts = Counter(alert.label for _, alert in told)
    labels = [label for label in Label if counts[label]]
    if lately is None:
        return Table(("label", "alerts"), tuple((LABEL_WORDS[label], str(counts[label])) for label in labels))
    recent = Counter(alert.label for _, alert in lately)
    rows = tuple((LABEL_WORDS[label], str(recent[label]), str(counts[label])) for label in labels)
    return Table(("label", "7 days", "30 days"), rows)


def _busiest(told: Sequence[Told]) -> str:
    day, n_alerts = Counter(stored.fetched_at.date() for stored, _ in told).most_common(1)[0]
    return f"Most came on {format_day(day)}: {n_alerts}."


def _digests(told: Sequence[Told], watch: Watch) -> str:
    if watch.schedule.mode is Mode.AT_ONCE:
        return ""
    n_digests = len({alert.due_at for _, alert in told})
    return f" They come {say_schedule(watch.schedule)}: {count_words(n_digests, 'message')}."


def _example(stored: StoredArticle, alert: Alert) -> Entry:
    title = (Strong(f"{LABEL_WORDS[alert.label]} "), Link(shorten(title_of(stored), 200), stored.article.url))
    matched = f"on “{' '.join(alert.matched)}”" if alert.matched else "on everything"
    notes = (stored.article.outlet or "unknown outlet", f"a{stored.id}", matched)
    return Entry(format_issued(stored.article.published_at or stored.fetched_at), title, notes)


def _record(told: Sequence[Told], watch: Watch, since: datetime, n_articles: int) -> Record:
    counts = Counter(alert.label.value for _, alert in told)
    return {
        "topic": watch.expression,
        "since": moment(since),
        "n_articles": n_articles,
        "n_alerts": len(told),
        "by_label": dict(sorted(counts.items())),
        "alerts": [
            article_record(stored) | {"label": alert.label.value, "matched": list(alert.matched)}
            for stored, alert in told
        ],
    }
