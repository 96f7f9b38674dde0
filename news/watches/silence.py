"""Whether a feed that brings nothing is in trouble: its own rhythm, its own form, and whether we are the ones cut off.

Owns the statistics and the limits. Must never read a clock, and never word anything: the moment is an argument.

A feed is silent if it has brought nothing for far longer than it ever does. Its rhythm is kept as the longest pause of
each day on which it published, for up to ``_DAYS`` such days: a night or a weekend is then among the pauses of any feed
that knows nights and weekends, however many articles it has in between. What is usual is the second longest of them,
so that one outage or one holiday does not stretch it for months (an order statistic next to the maximum; a quantile
would take the weekends of a feed with long weeks for outliers).

Known failures: a feed that gives each entry the time of the poll never seems silent; one that publishes by the season
is told of after twice its longest known pause, in season or not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from news.polling import Feed, FeedPoll, FeedStatus, PollResult
from news.watches.notices import TroubleKind

_DAYS = 60
_FEW_DAYS = 8
_FEWEST_PAUSES = 5
_FULL_HISTORY = timedelta(days=14)
_WEEKEND = timedelta(days=4)
"""What a feed may be silent for that was not seen over two weekends."""
_SHAPES = 10
_FEWEST_SHAPES = 3
_MOST = 0.8
_CHANGED_FOR = 2
_UNREADABLE_FOR = 3
_FEWEST_FAILURES = 3
_OVERDUE = timedelta(minutes=30)
_UNWATCHED = timedelta(hours=6)
_FEWEST_HOSTS = 2
_OK = 200
_UNANSWERED = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """How long is long.

    Attributes:
        failing: a feed whose polls have failed for so long is told of.
        silence: no feed is silent before that.
        factor: how many times its usual longest pause a silent feed is silent for.
        offline: we are cut off once nobody has answered for so long.
    """

    failing: timedelta = timedelta(hours=12)
    silence: timedelta = timedelta(hours=24)
    factor: float = 2.0
    offline: timedelta = timedelta(minutes=15)


Pause = tuple[int, int]
"""The longest time between two publications that ended on a day: the day (``date.toordinal``) and seconds."""

Shape = tuple[int, int, int]
"""What the entries of one poll had: how many there were, how many with a date, how many with an id of their own."""


@dataclass(frozen=True, slots=True)
class Health:
    """What is remembered of a feed beside its last poll.

    Attributes:
        url: the address that was last told of.
        last_moment: when it published last, as far as is known; never ahead of the poll.
        pauses: the longest pause of each day that it published on, oldest first.
        watched_since: it has been polled well without a gap since then; what came before was not observed.
        answered_at: when its server last answered a poll that failed all the same; for others the feed itself knows.
        unanswered_since: the first of the polls in a row that nobody answered; None after one that was.
        failing_since: the first of the failed polls in a row; None after one that went well.
        n_unreadable: polls in a row that brought a body which is no feed.
        shapes: of the last polls that brought entries, oldest first.
    """

    url: str = ""
    last_moment: datetime | None = None
    pauses: tuple[Pause, ...] = ()
    watched_since: datetime | None = None
    answered_at: datetime | None = None
    unanswered_since: datetime | None = None
    failing_since: datetime | None = None
    n_unreadable: int = 0
    shapes: tuple[Shape, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a feed, and since when."""

    kind: TroubleKind
    since: datetime


def is_routine(poll: FeedPoll) -> bool:
    """Return whether a poll changes nothing in what is remembered: nothing new, as so often before."""
    feed = poll.feed
    went_well = feed.polled_at is not None and feed.polled_at == feed.succeeded_at  # resuming forgets the failures
    return poll.result is PollResult.UNCHANGED and went_well and not _is_gap(poll)


def after_poll(health: Health | None, poll: FeedPoll, *, n_new: int) -> Health:
    """Return what is known of a feed after a poll of it.

    Args:
        n_new: articles that were not in the store; a sign of life of a feed without dates.
    """
    health = health or Health(url=poll.feed.url)
    is_failure = poll.result in {PollResult.FAILED, PollResult.GONE}
    if poll.http_status == _UNANSWERED and is_failure:
        health = replace(health, unanswered_since=health.unanswered_since or poll.polled_at)
    elif is_failure or health.unanswered_since is not None:
        health = replace(health, answered_at=poll.polled_at, unanswered_since=None)
    if is_failure:
        is_unreadable = poll.result is PollResult.FAILED and poll.http_status == _OK
        return replace(
            health,
            failing_since=health.failing_since or poll.polled_at,
            n_unreadable=health.n_unreadable + 1 if is_unreadable else 0,
        )
    health = replace(health, failing_since=None, n_unreadable=0, watched_since=_watched_since(health, poll))
    return health if poll.result is PollResult.UNCHANGED else _learn(health, poll, n_new)


def usual_pause(health: Health) -> timedelta | None:
    """Return the longest pause that the feed usually makes, or None while too little is known of it."""
    if len(health.pauses) < _FEWEST_PAUSES:
        return None
    longest = sorted((seconds for _, seconds in health.pauses), reverse=True)
    return timedelta(seconds=longest[1] if len(longest) >= _FEW_DAYS else longest[0])


def usual_silence(health: Health, limits: Limits) -> timedelta | None:
    """Return how long the feed may be silent, or None while too little is known of it."""
    usual = usual_pause(health)
    if usual is None:
        return None
    seen = timedelta(days=health.pauses[-1][0] - health.pauses[0][0])
    least = limits.silence if seen >= _FULL_HISTORY else max(limits.silence, _WEEKEND)
    return max(least, usual * limits.factor)


def find_trouble(
    feed: Feed, health: Health, *, now: datetime, limits: Limits, online_since: datetime | None = None
) -> Finding | None:
    """Return the worst that is wrong with a feed now, or None.

    Args:
        online_since: we were cut off until then; nothing that was not seen since counts.
    """
    if feed.status is FeedStatus.STOPPED:
        return Finding(TroubleKind.STOPPED, health.failing_since or feed.polled_at or now)
    if feed.status is FeedStatus.PAUSED:
        return Finding(TroubleKind.PAUSED, feed.polled_at or now)
    if feed.polled_at is None or feed.next_poll_at + _OVERDUE < now:
        return None  # we do not look at it, so it is not the one that is silent
    if online_since is not None and feed.polled_at < online_since:
        return None
    if health.failing_since is not None:
        return _find_failure(feed, health, now=now, limits=limits, online_since=online_since)
    silence = _find_silence(health, now=now, limits=limits, online_since=online_since)
    return silence or _find_change(feed, health)  # what has lost its dates and is silent now is not heard


def cut_off_since(feeds: Iterable[tuple[Feed, Health]]) -> datetime | None:
    """Return since when we reach nobody, or None while there is no sign of that.

    The sign are feeds of at least two hosts that gave no answer any more when they were asked after the last answer of
    anybody. Of a single host nobody can say whose fault its silence is, and those that were dead before prove nothing.
    """
    active = [(feed, health) for feed, health in feeds if feed.status is FeedStatus.ACTIVE]
    moments = (at for feed, health in active for at in (feed.succeeded_at, health.answered_at) if at is not None)
    last = max(moments, default=None)
    fresh = [
        (feed, health.unanswered_since)
        for feed, health in active
        if health.unanswered_since is not None and (last is None or health.unanswered_since > last)
    ]
    if len({urlsplit(feed.url).hostname for feed, _ in fresh}) < _FEWEST_HOSTS:
        return None
    return last or min(since for _, since in fresh)


def count_hosts(feeds: Iterable[Feed]) -> int:
    """Return how many hosts the feeds that are polled are of: of a single one nobody can say whose its silence is."""
    return len({urlsplit(feed.url).hostname for feed in feeds if feed.status is FeedStatus.ACTIVE})


def _watched_since(health: Health, poll: FeedPoll) -> datetime:
    return poll.polled_at if health.watched_since is None or _is_gap(poll) else health.watched_since


def _is_gap(poll: FeedPoll) -> bool:
    """Return whether the last poll that went well is so long ago that nobody knows what was between."""
    last = poll.feed.succeeded_at
    longest = max(_UNWATCHED, timedelta(seconds=6 * poll.feed.interval_s))
    return last is None or poll.polled_at - last > longest


def _learn(health: Health, poll: FeedPoll, n_new: int) -> Health:
    dated = {article.published_at for article in poll.articles if article.published_at is not None}
    moments = sorted(moment for moment in dated if moment <= poll.polled_at)
    if not moments and n_new and poll.feed.is_primed:
        moments = [poll.polled_at]
    if poll.articles:
        n_named = sum(_is_named(article.source_id, article.url) for article in poll.articles)
        n_dated = sum(article.published_at is not None for article in poll.articles)
        shape = (len(poll.articles), n_dated, n_named)
        health = replace(health, shapes=(*health.shapes, shape)[-_SHAPES:])
    return _add_moments(health, moments)


def _is_named(source_id: str, url: str) -> bool:
    """Return whether an entry has an id of its own: without one it is called by its address or by what it says."""
    return bool(source_id) and source_id != url and not source_id.startswith("sha256:")


def _add_moments(health: Health, moments: Sequence[datetime]) -> Health:
    last = health.last_moment
    longest = dict(health.pauses)
    for moment in moments:
        if last is not None and moment <= last:
            continue
        if last is not None:
            pause = int((moment - last).total_seconds())
            day = moment.toordinal()
            longest[day] = max(pause, longest.get(day, 0))
        last = moment
    return replace(health, last_moment=last, pauses=tuple(sorted(longest.items()))[-_DAYS:])


def _find_failure(
    feed: Feed, health: Health, *, now: datetime, limits: Limits, online_since: datetime | None
) -> Finding | None:
    since = health.failing_since or now
    if health.n_unreadable >= _UNREADABLE_FOR:
        return Finding(TroubleKind.UNREADABLE, since)
    counted = since if online_since is None else max(since, online_since)
    is_long = feed.n_failures >= _FEWEST_FAILURES and now - counted >= limits.failing
    return Finding(TroubleKind.FAILING, since) if is_long else None


def _find_change(feed: Feed, health: Health) -> Finding | None:
    earlier, newest = health.shapes[:-_CHANGED_FOR], health.shapes[-_CHANGED_FOR:]
    since = feed.polled_at
    if len(earlier) < _FEWEST_SHAPES or since is None:
        return None
    for kind, place in ((TroubleKind.UNDATED, 1), (TroubleKind.UNNAMED, 2)):
        shares = [shape[place] / shape[0] for shape in earlier]
        if _has_lost(shares, [shape[place] for shape in newest]):
            return Finding(kind, since)
    return None


def _has_lost(shares: Sequence[float], counts: Collection[int]) -> bool:
    """Return whether nearly all entries had it in most polls, and none has it now."""
    n_good = sum(share >= _MOST for share in shares)
    return n_good >= _FEWEST_SHAPES and not any(counts)


def has_form(kind: TroubleKind, health: Health) -> bool:
    """Return whether the newest entries have again what they had lost, for UNDATED and UNNAMED."""
    if not health.shapes:
        return False
    _, n_dated, n_named = health.shapes[-1]
    return bool(n_dated if kind is TroubleKind.UNDATED else n_named)


def _find_silence(health: Health, *, now: datetime, limits: Limits, online_since: datetime | None) -> Finding | None:
    usual = usual_silence(health, limits)
    if usual is None or health.last_moment is None or health.watched_since is None:
        return None
    seen = max(health.last_moment, health.watched_since, online_since or health.last_moment)
    return Finding(TroubleKind.SILENT, health.last_moment) if now - seen > usual else None
