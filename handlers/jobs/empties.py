"""Digests that have nothing in them, for the watches that want to hear that: one quiet line a channel and digest.

Owns when such a line is due. It calls nobody, waits for the end of quiet hours as all notices do, and is not said of
digests that were missed while the bot was off.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.messages import count_words, shorten
from handlers.ports import Ports, Transaction
from handlers.quiet import find_due
from news.watches.notices import QUIET, Notice, NoticeKind
from news.watches.schedule import find_last_slot
from news.watches.watch import OutboxRow, Watch

_FRESH = timedelta(hours=1)
_LONGEST_TOPIC = 80
_MOST_TOPICS = 8
_LONGEST_ERROR = 200

Slots = dict[tuple[str, datetime], list[Watch]]


def say_empty_digests(ports: Ports) -> int:
    """Queue a line for each digest that was due and is empty; return how many. To be run each minute."""
    with ports.store.read() as tx:
        if not _find_empty(tx, ports.now()):
            return 0
    with ports.store.write() as tx:
        watches, now = tx.watches.list_all(), ports.now()
        lines = [
            _make_line(
                channel,
                slot,
                _say(those, tx.outbox.list_undelivered(channel, slot)),
                due_at=find_due(watches, channel, now),
                now=now,
            )
            for (channel, slot), those in _find_empty(tx, now).items()
        ]
        return sum(map(tx.notices.add, lines))


def _find_empty(tx: Transaction, now: datetime) -> Slots:
    """Return the watches whose digest at a moment has nothing in it, by channel and moment."""
    slots: Slots = {}
    for watch in tx.watches.list_all():
        if not watch.schedule.says_empty or not watch.hears(now):
            continue
        slot = find_last_slot(watch.schedule, now)
        if slot is not None and slot.due_at > watch.created_at and now - slot.due_at <= _FRESH:
            slots.setdefault((watch.channel, slot.due_at), []).append(watch)
    return {key: those for key, those in slots.items() if _is_empty(tx, *key)}


def _is_empty(tx: Transaction, channel: str, due_at: datetime) -> bool:
    return tx.notices.find(channel, _key(due_at)) is None and not tx.outbox.has_digest(channel, due_at)


def _key(due_at: datetime) -> str:
    return f"empty:{due_at.isoformat()}"


def _make_line(channel: str, slot: datetime, words: str, *, due_at: datetime | None, now: datetime) -> Notice:
    held_by = QUIET if due_at is not None else ""
    return Notice(0, channel, NoticeKind.EMPTY, _key(slot), now, text=words, due_at=due_at, held_by=held_by)


def _say(watches: Sequence[Watch], undelivered: Sequence[OutboxRow]) -> str:
    """Return that there was nothing in a digest; or that what was in it could not be delivered."""
    topics = _say_topics(watches)
    modes = {watch.schedule.mode for watch in watches}
    name = f"{watches[0].schedule.mode.value.capitalize()} digest" if len(modes) == 1 else "Digests"
    if not undelivered:
        return f"{name}: nothing new on {topics}."
    alerts = count_words(len(undelivered), "alert")
    error = shorten(undelivered[-1].error, _LONGEST_ERROR)
    return f"{name}: {alerts} on {topics} could not be delivered: {error}. /why n{undelivered[0].id} tells more."


def _say_topics(watches: Sequence[Watch]) -> str:
    """Return the topics, by mode where the digests of several modes fall on one moment: ``norway (daily)``."""
    by_mode: dict[str, list[str]] = {}
    for watch in watches[:_MOST_TOPICS]:
        by_mode.setdefault(watch.schedule.mode.value, []).append(shorten(watch.expression, _LONGEST_TOPIC))
    more = f" and {len(watches) - _MOST_TOPICS} more" if len(watches) > _MOST_TOPICS else ""
    is_mixed = len({watch.schedule.mode for watch in watches}) > 1
    named = [f"{', '.join(topics)}{f' ({mode})' if is_mixed else ''}" for mode, topics in by_mode.items()]
    return f"{', '.join(named)}{more}"
