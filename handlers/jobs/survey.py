"""One look at all that should be heard: which troubles begin now, and which are over.

Owns the comparison of what is found with what is held already. Must never write: ``handlers.jobs.health`` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handlers.ports import Ports, Transaction
from handlers.topics import get_expression
from handlers.troubles import say_move, say_offline, say_reason
from news.errors import QueryError
from news.polling import Feed, FeedStatus
from news.queries.expressions import Expression
from news.watches.feeding import could_bring
from news.watches.notices import BOT, Trouble, TroubleKind, feed_subject, watch_subject
from news.watches.silence import Health, Limits, count_hosts, cut_off_since, find_trouble, has_form, usual_pause
from news.watches.watch import Watch, place_of

_NEW_WATCH = timedelta(minutes=10)
_BY_PERSON = frozenset({TroubleKind.STOPPED, TroubleKind.PAUSED})
_FORMS = frozenset({TroubleKind.UNDATED, TroubleKind.UNNAMED})
_HEARD_ALL_THE_SAME = _FORMS | {TroubleKind.MOVED}
_FILTER = ":"
_UNFED = "no feed that it could hear from is alive; /feeds says why, /feed add <url> adds one"


@dataclass(slots=True)
class Survey:
    """What changed since the last look.

    Attributes:
        opened: troubles that begin now, not numbered yet; one that is over at once has no end to wait for.
        over: those that are over, to be told of.
        dropped: those that end without a word: something worse took their place, or their feed is there no more.
        gone: ids of feeds that are there no more.
    """

    opened: list[Trouble] = field(default_factory=list)
    over: list[Trouble] = field(default_factory=list)
    dropped: list[Trouble] = field(default_factory=list)
    moved: list[tuple[Feed, Health]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    @property
    def is_calm(self) -> bool:
        """Whether nothing changed."""
        return not (self.opened or self.over or self.dropped or self.moved or self.gone)


def limits_of(ports: Ports) -> Limits:
    """Return how long is long, by the settings."""
    settings = ports.settings
    return Limits(
        failing=timedelta(seconds=settings.failing_s),
        silence=timedelta(seconds=settings.silence_s),
        factor=settings.silence_factor,
    )


def survey(tx: Transaction, ports: Ports) -> Survey:
    """Return what changed since the last look."""
    look = _Look(tx, now=ports.now(), limits=limits_of(ports))
    look.at_network()
    look.at_feeds()
    look.at_moves()
    look.at_watches()
    return look.found


def could_feed(feed: Feed, watch: Watch, expression: Expression) -> bool:
    """Return whether a watch may be told of a feed, and could be brought something by it."""
    return feed.owner in {"", place_of(watch.channel)} and could_bring(feed, expression)


def iter_hearing(tx: Transaction, now: datetime) -> Iterator[tuple[Watch, Expression]]:
    """Yield the watches that take anything now, with what they listen to."""
    for watch in tx.watches.list_all():
        if watch.hears(now):
            try:
                yield watch, get_expression(watch.expression, tx)
            except QueryError:
                continue  # it was written for another version, and takes nothing


class _Look:
    """A look that is being taken."""

    def __init__(self, tx: Transaction, *, now: datetime, limits: Limits) -> None:
        self.found = Survey()
        self._tx, self._now, self._limits = tx, now, limits
        self._feeds = tx.feeds.list_all()
        self._known = tx.troubles.list_health()
        self._held = {trouble.subject: trouble for trouble in tx.troubles.list_open()}
        self._cut_off = cut_off_since((feed, self._health(feed)) for feed in self._feeds)

    def _health(self, feed: Feed) -> Health:
        return self._known.get(feed.id) or Health(url=feed.url)

    def at_network(self) -> None:
        """Find out whether it is we who are cut off."""
        held, since = self._held.get(BOT), self._cut_off
        if since is None and held is not None:
            self.found.over.append(held)
        elif since is not None and held is None and self._now - since >= self._limits.offline:
            self._open(TroubleKind.OFFLINE, BOT, say_offline(since), since)

    def at_feeds(self) -> None:
        """Find feeds in trouble. While we are cut off nobody can say so of feeds that are polled."""
        last_end = self._tx.troubles.find_last_end(BOT)
        for feed in self._feeds:
            if self._cut_off is None or feed.status is not FeedStatus.ACTIVE:
                self._look_at(feed, self._health(feed), last_end)
        subjects = {feed_subject(feed.id) for feed in self._feeds}
        self.found.gone = [feed_id for feed_id in self._known if feed_subject(feed_id) not in subjects]
        ours = (each for subject, each in self._held.items() if subject.startswith("feed:") and subject not in subjects)
        self.found.dropped.extend(ours)

    def _look_at(self, feed: Feed, health: Health, online_since: datetime | None) -> None:
        held = self._held.get(feed_subject(feed.id))
        if held is not None and _is_over(held, feed, health):
            self.found.over.append(held)
            return
        now, limits = self._now, self._limits
        finding = find_trouble(feed, health, now=now, limits=limits, online_since=online_since)
        if finding is None or (held is not None and not _is_worse(finding.kind, held.kind)):
            return
        self.found.dropped.extend([held] if held is not None else [])
        reason = say_reason(
            finding.kind,
            feed,
            since=finding.since,
            usual=usual_pause(health),
            is_mute=health.unanswered_since is not None,
            is_alone=count_hosts(self._feeds) == 1,
        )
        next_try_at = feed.next_poll_at if feed.status is FeedStatus.ACTIVE else None
        self._open(finding.kind, feed_subject(feed.id), reason, finding.since, next_try_at)

    def at_moves(self) -> None:
        """Find feeds that are at another address than they were told to be."""
        for feed in self._feeds:
            health = self._health(feed)
            if feed.url != health.url:
                reason = say_move(health.url, feed.url)
                opened = Trouble(0, TroubleKind.MOVED, feed_subject(feed.id), reason, self._now, self._now, self._now)
                self.found.opened.append(opened)
                self.found.moved.append((feed, health))

    def at_watches(self) -> None:
        """Find watches that no living feed could bring anything to; where there never was a feed, nobody waits."""
        if self._cut_off is not None or not (self._feeds or self._known):
            return
        alive = self._list_living()
        hearing = {watch_subject(each.id): each for each in self._tx.watches.list_all() if each.hears(self._now)}
        for subject, watch in hearing.items():
            is_fed = self._is_fed(watch, alive)
            held = self._held.get(subject)
            if is_fed and held is not None:
                self.found.over.append(held)
            elif not is_fed and held is None and self._now - watch.created_at >= _NEW_WATCH:
                self._open(TroubleKind.UNFED, subject, _UNFED, self._now)
        unheard = (each for key, each in self._held.items() if key.startswith("watch:") and key not in hearing)
        self.found.dropped.extend(unheard)

    def _is_fed(self, watch: Watch, alive: Sequence[Feed]) -> bool:
        near = [feed for feed in alive if feed.owner in {"", place_of(watch.channel)}]
        if near and _FILTER not in watch.expression:
            return True  # only a filter excludes a feed, and reading thousands of expressions takes a while
        try:
            expression = get_expression(watch.expression, self._tx)
        except QueryError:
            return True  # it was written for another version and takes nothing, which is no fault of the feeds
        return any(could_bring(feed, expression) for feed in near)

    def _list_living(self) -> Sequence[Feed]:
        over = {each.subject for each in self.found.over}
        troubles = [each for each in self._held.values() if each.subject not in over]
        troubles.extend(self.found.opened)
        dead = {each.subject for each in troubles if each.kind not in _HEARD_ALL_THE_SAME}
        return [feed for feed in self._feeds if feed_subject(feed.id) not in dead]

    def _open(
        self, kind: TroubleKind, subject: str, reason: str, since: datetime, next_try_at: datetime | None = None
    ) -> None:
        opened = Trouble(0, kind, subject, reason, since, self._now, next_try_at=next_try_at)
        self.found.opened.append(opened)


def _is_worse(found: TroubleKind, held: TroubleKind) -> bool:
    """Return whether what is found is to take the place of what is held, which ends without a word."""
    if found in _BY_PERSON:
        return found is not held
    # A feed that is heard all the same may still fall out of hearing.
    return held in _HEARD_ALL_THE_SAME and found not in _HEARD_ALL_THE_SAME


def _is_over(trouble: Trouble, feed: Feed, health: Health) -> bool:
    if feed.status is not FeedStatus.ACTIVE:
        return False
    match trouble.kind:
        case TroubleKind.SILENT:
            return health.last_moment is not None and health.last_moment > trouble.since
        case TroubleKind.UNDATED | TroubleKind.UNNAMED:
            return has_form(trouble.kind, health)
        case TroubleKind.PAUSED:
            return True
        case _:
            return health.failing_since is None and feed.n_failures == 0
