"""Watching over what is heard: feeds in trouble, watches without a feed, the bot without a network; told once each.

Owns who is told of what, and that nobody is told twice. What is trouble is ``news.watches.silence``'s, what changed
``handlers.jobs.survey``'s; sending is ``handlers.jobs.notify``'s.

Who is told of a feed: the channels that had an alert from it lately or whose watch asks for its outlet by name; where
there are none, all whose watches it could bring something to, since all feeds are one pool. A feed that a place added
is told of there only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from handlers.jobs.survey import Survey, could_feed, iter_hearing, survey
from handlers.ports import Ports, Transaction
from handlers.quiet import find_due
from news.polling import Feed
from news.watches.feeding import names_outlet
from news.watches.notices import BOT, BRAKE, GATHERING, QUIET, Notice, NoticeKind, Trouble, TroubleKind, number_of
from news.watches.watch import OutboxState

_HEARD_LATELY = timedelta(days=30)
_GATHERED = timedelta(hours=1)
"""What begins within so long of the last notice of a channel is told in one message at the end of it."""
_RECOVERING = timedelta(minutes=10)
"""What is over within so long is told in one line, where more that was told in the same message may follow."""
_RECOVERED = "it was over before it was told"
_AGAIN = "it was in trouble again before it was told"


@dataclass(frozen=True, slots=True)
class HealthSummary:
    """What one look gave: troubles that began, troubles that ended, and messages that were queued."""

    n_opened: int = 0
    n_closed: int = 0
    n_notices: int = 0


def check_feeds(ports: Ports) -> HealthSummary:
    """Look whether anything is not heard, and queue what is to be told of it. To be run each minute.

    A look that finds nothing new takes no writer's lock.
    """
    with ports.store.read() as tx:
        if survey(tx, ports).is_calm:
            return HealthSummary()
        hearers = tx.troubles.list_hearers(since=ports.now() - _HEARD_LATELY)  # it takes too long to hold the lock
    with ports.store.write() as tx:
        return _Telling(tx, ports, hearers).tell(survey(tx, ports))


class _Telling:
    """What is written after one look, in one transaction."""

    def __init__(self, tx: Transaction, ports: Ports, hearers: Mapping[str, frozenset[str]]) -> None:
        self._tx, self._hearers = tx, hearers
        self._now = ports.now()
        self._operators = ports.settings.operators_channel
        self._watches = tx.watches.list_all()
        self._hearing = list(iter_hearing(tx, self._now))
        self._n_notices = 0

    def tell(self, found: Survey) -> HealthSummary:
        troubles = self._tx.troubles
        ended = [*found.over, *found.dropped]
        for trouble in ended:
            troubles.close(trouble.id, now=self._now)
        opened = [troubles.open(trouble) for trouble in found.opened]
        for feed, health in found.moved:
            troubles.set_health(feed.id, replace(health, url=feed.url))
        troubles.forget_health(found.gone)
        self._tell_opened(opened)
        self._tell_ended(ended, {trouble.id for trouble in found.over})
        return HealthSummary(len(opened), len(ended), self._n_notices)

    def _tell_opened(self, opened: Sequence[Trouble]) -> None:
        """Tell each channel in one message of all that begins now and that it depends on."""
        by_channel: dict[str, list[int]] = {}
        for trouble in opened:
            for channel in self._list_channels(trouble):
                by_channel.setdefault(channel, []).append(trouble.id)
        subjects = {trouble.subject for trouble in opened}
        for channel, ids in by_channel.items():
            self._take_back(channel, subjects)
            waiting = [each for each in self._tx.notices.list_waiting(channel) if each.kind is NoticeKind.TROUBLE]
            if waiting:
                self._tx.notices.set_troubles(waiting[0].id, (*waiting[0].trouble_ids, *ids))
            else:
                self._add(channel, NoticeKind.TROUBLE, key=f"trouble:{ids[0]}", trouble_ids=tuple(ids))

    def _list_channels(self, trouble: Trouble) -> Iterable[str]:
        number = number_of(trouble.subject)
        if trouble.subject == BOT or number is None:
            return (self._operators,) if self._operators else ()
        if trouble.kind is TroubleKind.UNFED:
            return [watch.channel for watch in self._watches if watch.id == number]
        feed = self._tx.feeds.find(str(number))
        return () if feed is None else self._list_dependent(feed)

    def _list_dependent(self, feed: Feed) -> list[str]:
        fed = [(watch, expression) for watch, expression in self._hearing if could_feed(feed, watch, expression)]
        first_url = self._tx.feeds.get_first_url(feed.url)
        heard = self._hearers.get(feed.url, frozenset()) | self._hearers.get(first_url, frozenset())
        near = {watch.channel for watch, expression in fed if watch.channel in heard or names_outlet(feed, expression)}
        return sorted(near or {watch.channel for watch, _ in fed})

    def _tell_ended(self, ended: Sequence[Trouble], over: set[int]) -> None:
        """Let what was told be shown as over, and say so under it; what waits to be told need not be told."""
        recovered: dict[int, tuple[Notice, list[int]]] = {}
        for trouble in ended:
            for notice in self._tx.notices.list_telling(trouble.id):
                if notice.n_attempts == 0 and notice.state is OutboxState.PENDING:
                    self._take_out(notice.id, trouble)
                elif notice.state in {OutboxState.SENT, OutboxState.SENDING, OutboxState.PENDING}:
                    self._tx.notices.mark(notice.id)
                    if trouble.id in over:
                        recovered.setdefault(notice.id, (notice, []))[1].append(trouble.id)
        for notice, ids in recovered.values():
            self._tell_recovered(notice, ids)

    def _tell_recovered(self, notice: Notice, ids: Sequence[int]) -> None:
        """Say under a notice what is over; what is not said yet is said together."""
        for each in self._list_recoveries(notice.channel):
            if each.under == notice.name:
                self._tx.notices.set_troubles(each.id, (*each.trouble_ids, *ids))
                return
        told = self._tx.troubles.list_some(notice.trouble_ids)
        wait = _RECOVERING if any(each.closed_at is None for each in told) else timedelta()
        self._add(
            notice.channel,
            NoticeKind.RECOVERY,
            key=f"recovery:{notice.id}:{ids[0]}",
            trouble_ids=tuple(ids),
            under=notice.name,
            wait=wait,
        )

    def _list_recoveries(self, channel: str) -> list[Notice]:
        return [each for each in self._tx.notices.list_waiting(channel) if each.kind is NoticeKind.RECOVERY]

    def _take_back(self, channel: str, subjects: Collection[str]) -> None:
        """Let nobody be told, after they were told of new trouble, that what had the same subject is over."""
        for notice in self._list_recoveries(channel):
            for trouble in self._tx.troubles.list_some(notice.trouble_ids):
                if trouble.subject in subjects:
                    self._take_out(notice.id, trouble, reason=_AGAIN)

    def _take_out(self, notice_id: int, trouble: Trouble, *, reason: str = _RECOVERED) -> None:
        if trouble.kind is TroubleKind.OFFLINE:
            return  # while we were cut off nobody could be told: that it was so explains what came late
        left = tuple(each for each in self._tx.notices.get(notice_id).trouble_ids if each != trouble.id)
        if left:
            self._tx.notices.set_troubles(notice_id, left)
        else:
            self._tx.notices.withdraw([notice_id], reason=reason)

    def _add(
        self,
        channel: str,
        kind: NoticeKind,
        *,
        key: str,
        trouble_ids: tuple[int, ...],
        under: str = "",
        wait: timedelta = timedelta(),
    ) -> None:
        last = self._tx.notices.find_last_trouble(channel) if kind is NoticeKind.TROUBLE else None
        begin = self._now + wait if last is None else max(self._now, last + _GATHERED)
        quiet_end = find_due(self._watches, channel, begin)
        due_at, held_by = (
            (quiet_end, QUIET) if quiet_end else (begin, BRAKE if kind is NoticeKind.TROUBLE else GATHERING)
        )
        notice = Notice(0, channel, kind, key, self._now, trouble_ids, under=under)
        if due_at > self._now:
            notice = replace(notice, due_at=due_at, held_by=held_by)
        self._n_notices += self._tx.notices.add(notice)
