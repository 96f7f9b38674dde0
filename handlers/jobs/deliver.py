"""Delivery: lease what is due, compose it, hand it to a platform, record its receipt; keep heads of stories current.

Owns the order of these steps, when to try again, and what follows when a message or channel is gone. Composing is
``handlers.alerts``', ``heads``' and ``digest``'s; sending is a platform's. Several threads may deliver at once: leases
keep the order within a channel.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.alerts import compose_alert
from handlers.digest import compose_digest
from handlers.heads import compose_head
from handlers.messages import LONGEST_TITLE, shorten, title_of
from handlers.ports import Messenger, Ports, Post, Receipt, Transaction
from handlers.reply import Reply
from handlers.wakes import find_told_wake
from news.decision import StoredArticle
from news.errors import (
    DeliveryError,
    DestinationGoneError,
    MessageGoneError,
    NotEditableError,
    NotFoundError,
    WirewatchError,
)
from news.stories.waking import Wake
from news.watches.notices import Notice
from news.watches.watch import Head, OutboxRow, OutboxState, Queue, size_message

_MOST_A_ROUND = 500
_MOST_EDITS = 50
_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(hours=1)
_LONGEST_EDIT_WAIT = timedelta(days=1)
_MOST_DOUBLINGS = 16
_GIVE_UP_AFTER = 100
_LONGEST_ERROR = 500

ACTOR = "wirewatch:delivery"
"""Who closes a channel, for the audit log."""


def deliver_due(ports: Ports, messenger: Messenger) -> int:
    """Send what is due to the channels of a platform; return how many alerts were sent.

    One message is leased at a time: a process that dies leaves one in doubt, and a channel that refuses one is not sent
    the next before it. While the platform is not connected nothing is leased, so that it counts as no try.
    """
    n_sent = 0
    for _ in range(_MOST_A_ROUND):
        rows = _lease_next(ports, messenger.prefix) if messenger.is_ready else []
        if not rows:
            break
        n_sent += _deliver(rows, ports, messenger)
    return n_sent


def refresh_heads(ports: Ports, messenger: Messenger) -> int:
    """Show stories that changed as they are now in the messages that opened them; return how many were edited.

    One that fails waits longer each time, up to a day, and holds up no other. Losing the connection ends the round.
    """
    now, wait = ports.now(), timedelta(seconds=ports.settings.refresh_s)
    with ports.store.read() as tx:
        stale = tx.heads.list_stale(channels=messenger.prefix, edited_before=now - wait, limit=_MOST_EDITS)
    n_edited = 0
    for head in stale if messenger.is_ready else ():
        try:
            n_edited += _refresh(head, ports, messenger)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not hold up the others
            if not messenger.is_ready:
                break
            _postpone(head, ports, error)
    return n_edited


def next_try(row: OutboxRow | Notice, now: datetime, *, retry_after_s: float | None = None) -> datetime | None:
    """Return when to try again: after 5 s, then twice as long each time up to an hour; None gives up.

    Never before the platform allows it.
    """
    if row.n_attempts >= _GIVE_UP_AFTER:
        return None
    doublings = min(max(row.n_attempts - 1, 0), _MOST_DOUBLINGS)
    wait: timedelta = min(_LONGEST_WAIT, _FIRST_WAIT * 2**doublings)
    asked = timedelta(seconds=min(max(retry_after_s or 0.0, 0.0), timedelta(days=1).total_seconds()))
    return now + max(wait, asked)


def _lease_next(ports: Ports, channels: str) -> list[OutboxRow]:
    """Return the rows of the next message. An idle bot must not take the writer's lock once a second."""
    settings, now = ports.settings, ports.now()
    with ports.store.read() as tx:
        if _choose(tx, ports, channels, now) is None:
            return []
    with ports.store.write() as tx:
        chosen = _choose(tx, ports, channels, now)
        if chosen is None:
            return []
        queue, n_rows = chosen
        return tx.outbox.lease(
            queue.channel, n_rows=n_rows, now=now, lease_s=settings.delivery_lease_s, worker=settings.worker
        )


def _choose(tx: Transaction, ports: Ports, channels: str, now: datetime) -> tuple[Queue, int] | None:
    settings = ports.settings
    since = now - timedelta(seconds=settings.window_s)
    for queue in tx.outbox.list_queues(now=now, channels=channels, since=since):
        n_rows = size_message(queue, most=settings.messages_per_window)
        if n_rows:
            return queue, n_rows
    return None


def _deliver(rows: Sequence[OutboxRow], ports: Ports, messenger: Messenger) -> int:
    """Return how many alerts arrived: all or none."""
    try:
        sent, receipt = _post(rows, ports, messenger)
    except NotFoundError as error:
        _record_failed(rows[0], ports, str(error), None)
        return 0
    except DestinationGoneError as error:
        _close(rows[0], ports, str(error))
        return 0
    except Exception as error:  # noqa: BLE001 - whatever it is, it must wait its turn and not hold its channel for ever
        retry_after_s = error.retry_after_s if isinstance(error, DeliveryError) else None
        _record_failed(rows[0], ports, say_error(error), next_try(rows[0], ports.now(), retry_after_s=retry_after_s))
        return 0
    _record_sent(rows, sent, receipt, ports)
    return len(rows)


def _post(rows: Sequence[OutboxRow], ports: Ports, messenger: Messenger) -> tuple[Post, Receipt]:
    """Return what was posted and its receipt; a head that was deleted is forgotten, and the next message opens one."""
    post = _compose(rows, ports, messenger)
    try:
        return post, messenger.post(post)
    except MessageGoneError:
        if post.head is None:
            raise
        with ports.store.write() as tx:
            tx.heads.forget(post.head.id)
    post = _compose(rows, ports, messenger)
    return post, messenger.post(post)


def _compose(rows: Sequence[OutboxRow], ports: Ports, messenger: Messenger) -> Post:
    """Return the message. Raises NotFoundError if all that it tells of is gone."""
    lead = rows[0]
    warns = lead.n_attempts > 1 and not messenger.recognises
    with ports.store.read() as tx:
        pings = _find_pings(tx, rows)
        if len(rows) > 1:
            reply = compose_digest(tx, rows, sleeps_after=_sleeps_after(ports), warns_repeat=warns)
            post = _make_post(lead, reply, reply.title)
        else:
            stored = tx.articles.get(lead.alert.article_id)
            head, wake = _find_open_head(tx, lead, stored, ports)
            reply = compose_alert(tx, lead, head=head, wake=wake, warns_repeat=warns)
            opened = stored if head is None else tx.articles.get(tx.outbox.get(head.row_id).alert.article_id)
            post = _make_post(lead, reply, shorten(title_of(opened), LONGEST_TITLE))
            post = replace(post, label=lead.alert.label, head=head)
    return replace(post, pings=pings)


def _sleeps_after(ports: Ports) -> timedelta:
    """Return how long nothing is heard of a story before it is closed."""
    return timedelta(days=ports.settings.story_sleeps_days)


def _find_open_head(
    tx: Transaction, lead: OutboxRow, stored: StoredArticle, ports: Ports
) -> tuple[Head | None, Wake | None]:
    """Return the message that an alert goes under, and the silence that it ends.

    A story that was silent for weeks opens anew: nobody looks into a thread that old, and Discord shows none.
    """
    head = tx.heads.find(lead.alert.channel, stored.story_id)
    after = _sleeps_after(ports)
    since = None if head is None else head.opened_at
    wake = find_told_wake(tx, stored, after=after, since=since)
    is_open = head is not None and head.closed_at is None and wake is None
    return (head if is_open else None), wake


def _make_post(lead: OutboxRow, reply: Reply, title: str) -> Post:
    made_at = lead.first_tried_at or lead.created_at
    return Post(f"n{lead.id}", lead.alert.channel, reply, title, made_at, n_attempts=lead.n_attempts)


def _find_pings(tx: Transaction, rows: Sequence[OutboxRow]) -> tuple[str, ...]:
    """Return whom the watches behind the alerts call, each once; one that was paused or removed calls nobody."""
    watches = [tx.watches.find(watch_id) for watch_id in dict.fromkeys(row.alert.watch_id for row in rows)]
    pings = (watch.ping for watch in watches if watch is not None and not watch.is_paused and watch.ping)
    return tuple(dict.fromkeys(pings))


def _record_sent(rows: Sequence[OutboxRow], post: Post, receipt: Receipt, ports: Ports) -> None:
    lead, now = rows[0], ports.now()
    with ports.store.write() as tx:
        tx.outbox.record_sent(lead.id, receipt=receipt.message, now=now, attempt=lead.n_attempts)
        row = tx.outbox.get(lead.id)
        if row.state is OutboxState.SENT and row.n_attempts == lead.n_attempts and len(rows) == 1:
            _note_head(tx, lead, post, receipt, now)


def _note_head(tx: Transaction, row: OutboxRow, post: Post, receipt: Receipt, now: datetime) -> None:
    if post.head is not None and not receipt.opens:
        if receipt.thread and receipt.thread != post.head.thread:
            tx.heads.set_thread(post.head.id, receipt.thread)
        return
    try:
        story_id = tx.articles.get(row.alert.article_id).story_id
    except NotFoundError:
        return
    channel = row.alert.channel
    tx.heads.open(
        channel=channel, story_id=story_id, row_id=row.id, receipt=receipt.message, thread=receipt.thread, now=now
    )
    if tx.feedback.list_for_story(story_id):
        tx.heads.mark(story_id)  # somebody was quicker with a button than we with the receipt


def _close(row: OutboxRow, ports: Ports, reason: str) -> None:
    """Send nothing to the channel any more; its alerts wait, and are due at once when it is opened again."""
    channel, now = row.alert.channel, ports.now()
    with ports.store.write() as tx:
        tx.outbox.record_failed(row.id, error=reason[:_LONGEST_ERROR], retry_at=now, now=now, attempt=row.n_attempts)
        close_channel(tx, channel, reason, now)


def close_channel(tx: Transaction, channel: str, reason: str, now: datetime) -> None:
    """Send nothing to a channel that refuses the bot, and note who refused when."""
    if tx.channels.close(channel, reason=reason[:_LONGEST_ERROR], now=now):
        subject = f"{channel}: {reason}"[:_LONGEST_ERROR]
        tx.audit.add(actor=ACTOR, action="channel close", subject=subject, now=now, channel=channel)


def _record_failed(row: OutboxRow, ports: Ports, error: str, retry_at: datetime | None) -> None:
    with ports.store.write() as tx:
        tx.outbox.record_failed(
            row.id, error=error[:_LONGEST_ERROR], retry_at=retry_at, now=ports.now(), attempt=row.n_attempts
        )


def _refresh(head: Head, ports: Ports, messenger: Messenger) -> bool:
    """Return whether the message was edited. Raises what is to be tried again."""
    try:
        with ports.store.read() as tx:
            reply = compose_head(tx, head, sleeps_after=_sleeps_after(ports))
        with suppress(NotEditableError):  # it stays the message that later ones go under, and is not tried again
            messenger.edit(head, reply)
    except (MessageGoneError, NotFoundError):
        with ports.store.write() as tx:
            tx.heads.forget(head.id)
        return False
    except DestinationGoneError as error:
        with ports.store.write() as tx:
            close_channel(tx, head.channel, str(error), ports.now())
        return False
    with ports.store.write() as tx:
        tx.heads.record_edited(head.id, n_changes=head.n_changes, now=ports.now())
    return True


def _postpone(head: Head, ports: Ports, error: Exception) -> None:
    """Try the head again after the usual wait, twice as long each time, or after that which the platform asks for."""
    asked = error.retry_after_s if isinstance(error, DeliveryError) and error.retry_after_s else 0.0
    doublings = min(head.n_failures, _MOST_DOUBLINGS)
    own = max(float(ports.settings.refresh_s), _FIRST_WAIT.total_seconds()) * 2**doublings
    wait = timedelta(seconds=min(max(own, asked), _LONGEST_EDIT_WAIT.total_seconds()))
    # What is stale is due ``refresh_s`` after its last edit.
    with ports.store.write() as tx:
        tx.heads.record_failed(head.id, now=ports.now() + wait - timedelta(seconds=ports.settings.refresh_s))


def say_error(error: Exception) -> str:
    """Return why something could not be sent, cut to what is kept of it."""
    words = str(error) if isinstance(error, WirewatchError) else f"{type(error).__name__}: {error}"
    return words[:_LONGEST_ERROR]
