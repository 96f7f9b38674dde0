"""``/feeds`` and ``/feed add|remove|pause|resume|preview``.

Owns the wording of feeds and their errors, and whose feeds somebody may see and change: those that all share are
changed by who runs the bot, those that a place added by that place, and no other place sees them. Every change is
written to the audit log in the same transaction.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from urllib.parse import urlsplit

from handlers.arguments import find_number, find_text, get_text
from handlers.messages import count_words, failure, format_moment, format_published, notice
from handlers.ports import Ports, Transaction
from handlers.records import Record, feed_record, moment
from handlers.reply import Block, Link, Listing, Paragraph, Reply, Strong, Table, Text, Tone
from handlers.request import Access, Request
from handlers.sight import may_see_feed
from handlers.troubles import list_visible, name_feed, trouble_listing, trouble_record
from news.errors import NotFoundError, QueryError, WirewatchError
from news.model import Article
from news.polling import Feed, FeedPoll, FeedStatus, PollResult
from news.words.urls import hide_credentials

_SHORTEST_INTERVAL_S = 30
_LONGEST_URL = 2_000
_MOST_ENTRIES = 10


def show_feeds(request: Request, ports: Ports) -> Reply:
    """Return the feeds that all share and those of the place, with how their last poll went."""
    with ports.store.read() as tx:
        feeds = [feed for feed in tx.feeds.list_all() if may_see_feed(request, feed)]
        troubles = [each for each in list_visible(tx, request) if each.subject.startswith("feed:")]
        shown = trouble_listing(tx, troubles)
    if not feeds:
        return Reply("No feeds yet.", (notice("/feed add <url> adds one."),), {"feeds": []})
    names = Counter(name_feed(feed) for feed in feeds)
    rows = tuple(_row(feed, request, is_namesake=names[name_feed(feed)] > 1) for feed in feeds)
    columns = ("id", "feed", "status", "of", "articles", "last success", "next poll", "last error")
    blocks: list[Block] = [Table(columns, rows)]
    failing = [feed for feed in feeds if feed.error]
    if failing:
        blocks.append(notice(f"{count_words(len(failing), 'feed')} could not be polled last time.", Tone.WARNING))
    blocks.extend([shown] if troubles else [])
    data = {"feeds": [feed_record(feed) for feed in feeds], "troubles": [trouble_record(each) for each in troubles]}
    return Reply(count_words(len(feeds), "feed"), tuple(blocks), data)


def add_feed(request: Request, ports: Ports) -> Reply:
    """Return whether the feed was added; it is due at once."""
    url = check_url(get_text(request, "url"))
    refusal = ports.feeds.find_refusal(url)
    if refusal:
        raise QueryError(refusal)
    interval_s = _get_interval(find_number(request, "interval"), ports.settings.default_interval_s)
    outlet, language = find_text(request, "outlet") or "", find_text(request, "language") or ""
    owner = "" if request.access >= Access.OPERATE else request.place
    with ports.store.write() as tx:
        feed, is_added = tx.feeds.add(
            url, outlet=outlet, language=language, interval_s=interval_s, now=request.now, owner=owner
        )
        if is_added:
            _audit(tx, request, feed)
    if not is_added:
        if not may_see_feed(request, feed):
            return Reply(
                "That feed is polled already.", (notice("What it brings is in the record."),), {"added": False}
            )
        return Reply(
            f"Feed {feed.id} is already there: {hide_credentials(feed.url)}", (), {"added": False, **feed_record(feed)}
        )
    hint = notice(
        "Its first poll fills the store and posts nothing; what comes later is news. /feeds shows how it went."
    )
    return Reply(f"Added feed {feed.id}: {hide_credentials(feed.url)}", (hint,), {"added": True, **feed_record(feed)})


def _get_interval(asked: int | None, usual: int) -> int:
    """Return the seconds between two polls. Raises QueryError, naming what is set too low."""
    if asked is not None and asked < _SHORTEST_INTERVAL_S:
        raise QueryError(f"--interval takes {_SHORTEST_INTERVAL_S} seconds or more.")
    if asked is None and usual < _SHORTEST_INTERVAL_S:
        raise QueryError(
            f"“interval_s” under [poll] in the settings is {usual}, and a feed is polled every {_SHORTEST_INTERVAL_S} "
            f"seconds at most. Set it to {_SHORTEST_INTERVAL_S} or more, or name one for this feed: --interval 600."
        )
    return asked or usual


def remove_feed(request: Request, ports: Ports) -> Reply:
    """Return which feed was forgotten."""
    with ports.store.write() as tx:
        feed = _get_own_feed(tx, request)
        tx.feeds.remove(feed.id)
        _audit(tx, request, feed)
    hint = notice(f"Its {count_words(feed.n_articles, 'article')} stay in the record.")
    return Reply(f"Removed feed {feed.id}: {name_feed(feed)}", (hint,), {"removed": True, **feed_record(feed)})


def pause_feed(request: Request, ports: Ports) -> Reply:
    """Return which feed is paused."""
    return _set_status(request, ports, FeedStatus.PAUSED, f"/feed resume {get_text(request, 'feed')} ends the pause.")


def resume_feed(request: Request, ports: Ports) -> Reply:
    """Return which feed is polled again."""
    return _set_status(request, ports, FeedStatus.ACTIVE, "It is polled at the next tick.")


def preview_feed(request: Request, ports: Ports) -> Reply:
    """Return what the feed holds now; nothing is stored."""
    reference = get_text(request, "url")
    with ports.store.read() as tx:
        known = tx.feeds.find(reference)
    url = check_url(reference) if known is None or not may_see_feed(request, known) else known.url
    for poll in ports.feeds.poll((make_probe(url, request.now),)):
        return _answer_preview(poll)
    return failure(f"{url} gave no answer.")


def make_probe(url: str, now: datetime) -> Feed:
    """Return a feed that is in no store, to be fetched in full."""
    return Feed(0, url, FeedStatus.ACTIVE, now, now, 600)


def check_url(url: str) -> str:
    """Return the address if it can be one of a feed. Raises QueryError."""
    try:
        parts = urlsplit(url)
        is_fit = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_fit = False
    if not is_fit or len(url) > _LONGEST_URL or not url.isprintable():
        raise QueryError(f"“{url[:80]}” is no address of a feed. It begins with https:// or http://.")
    return url


def _get_own_feed(tx: Transaction, request: Request) -> Feed:
    """Return the feed, if it may be changed here. Raises NotFoundError, WirewatchError."""
    reference = get_text(request, "feed")
    feed = tx.feeds.find(reference.strip('"'))
    if feed is None or not may_see_feed(request, feed):
        raise NotFoundError(f"There is no feed “{reference[:80]}”. /feeds shows them with their numbers.")
    if request.access < Access.OPERATE and feed.owner != request.place:
        raise WirewatchError(f"Feed {feed.id} is shared by all places. Ask whoever runs this bot to change it.")
    return feed


def _audit(tx: Transaction, request: Request, feed: Feed) -> None:
    tx.audit.add(
        actor=request.actor,
        action=request.command,
        subject=f"{hide_credentials(feed.url)} (feed {feed.id})",
        now=request.now,
        channel=request.channel,
    )


def _set_status(request: Request, ports: Ports, status: FeedStatus, hint: str) -> Reply:
    with ports.store.write() as tx:
        feed = _get_own_feed(tx, request)
        tx.feeds.set_status(feed.id, status, now=request.now)
        _audit(tx, request, feed)
    record = feed_record(feed) | {"status": status.value}
    return Reply(f"Feed {feed.id} is {status.value}: {name_feed(feed)}", (notice(hint),), record)


def _row(feed: Feed, request: Request, *, is_namesake: bool) -> tuple[str, ...]:
    """Return the row of a feed; one of several of a name is told with its address."""
    success = "never" if feed.succeeded_at is None else format_moment(feed.succeeded_at)
    upcoming = format_moment(feed.next_poll_at) if feed.status is FeedStatus.ACTIVE else "—"
    failures = f" ({feed.n_failures} in a row)" if feed.n_failures > 1 else ""
    error = f"{feed.error}{failures}" if feed.error else ""
    owner = "all" if not feed.owner else "this place" if feed.owner == request.place else feed.owner
    address = (
        f" ({hide_credentials(feed.url)})" if is_namesake and name_feed(feed) != hide_credentials(feed.url) else ""
    )
    name = f"{name_feed(feed)}{address}"
    return (str(feed.id), name, feed.status.value, owner, f"{feed.n_articles:,}", success, upcoming, error)


def _answer_preview(poll: FeedPoll) -> Reply:
    url = hide_credentials(poll.feed.url)
    if poll.result in {PollResult.FAILED, PollResult.GONE}:
        return failure(f"{url} cannot be read: {poll.error}")
    newest = list(reversed(poll.articles))
    blocks: list[Block] = [Paragraph((Strong(poll.title or url), Text(f" — {poll.n_bytes:,} bytes")))]
    if newest:
        blocks.append(Listing(tuple(_entry_spans(article) for article in newest[:_MOST_ENTRIES])))
    if poll.error:
        blocks.append(notice(poll.error, Tone.WARNING))
    title = f"{count_words(len(newest), 'entry', 'entries')} now; nothing was stored"
    return Reply(title, tuple(blocks), _preview_record(poll, newest))


def _entry_spans(article: Article) -> tuple[Text | Link, ...]:
    return (Text(f"{format_published(article.published_at)}: "), Link(article.title or article.url, article.url))


def _preview_record(poll: FeedPoll, newest: list[Article]) -> Record:
    entries = [
        {"title": article.title, "url": article.url, "published_at": moment(article.published_at)} for article in newest
    ]
    return {
        "url": hide_credentials(poll.feed.url),
        "title": poll.title,
        "n_bytes": poll.n_bytes,
        "error": poll.error,
        "entries": entries,
    }
