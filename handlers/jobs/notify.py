"""Sending notices: lease one, compose it, hand it to a platform, record its receipt; keep those that changed current.

Owns the order of these steps and when to try again, which are those of alerts (``handlers.jobs.deliver``): a notice is
a row first and a message second, and its key is the same at each try.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers.alerts import REPEAT_WARNING
from handlers.jobs.deliver import close_channel, next_try, say_error
from handlers.messages import notice as remark
from handlers.notices import compose_notice
from handlers.ports import Messenger, Ports, Post, Receipt, Transaction
from handlers.reply import Reply, Tone
from news.errors import (
    DeliveryError,
    DestinationGoneError,
    MessageGoneError,
    NotEditableError,
    NotFoundError,
)
from news.watches.notices import Notice, NoticeKind
from news.watches.watch import Head, OutboxState

_MOST_A_ROUND = 100
_MOST_EDITS = 20
_BEFORE_THE_FIRST_S = 5.0
_EDIT_WAIT = timedelta(minutes=10)
_LONGEST_EDIT_WAIT = timedelta(days=1)
_ON_THEIR_WAY = frozenset({OutboxState.PENDING, OutboxState.SENDING})


class _TooEarlyError(DeliveryError):
    """The message that it belongs under is still on its way."""


def deliver_notices(ports: Ports, messenger: Messenger) -> int:
    """Send the notices that are due to the channels of a platform; return how many were sent."""
    n_sent = 0
    for _ in range(_MOST_A_ROUND):
        notice = _lease_next(ports, messenger) if messenger.is_ready else None
        if notice is None:
            break
        n_sent += _deliver(notice, ports, messenger)
    return n_sent


def refresh_notices(ports: Ports, messenger: Messenger) -> int:
    """Show what was told as it is now, in the messages that told it; return how many were edited.

    One that fails waits ten minutes or as long as the platform asks for, and holds up no other. Losing the connection
    ends the round.
    """
    with ports.store.read() as tx:
        stale = tx.notices.list_stale(now=ports.now(), channels=messenger.prefix, limit=_MOST_EDITS)
    n_edited = 0
    for notice in stale if messenger.is_ready else ():
        try:
            n_edited += _refresh(notice, ports, messenger)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not hold up the others
            if not messenger.is_ready:
                break
            _postpone(notice, ports, error)
    return n_edited


def _lease_next(ports: Ports, messenger: Messenger) -> Notice | None:
    settings, now, channels = ports.settings, ports.now(), messenger.prefix
    with ports.store.read() as tx:
        if not tx.notices.has_due(now=now, channels=channels):
            return None
    with ports.store.write() as tx:
        return tx.notices.lease(now=now, channels=channels, lease_s=settings.delivery_lease_s, worker=settings.worker)


def _deliver(notice: Notice, ports: Ports, messenger: Messenger) -> int:
    try:
        receipt = _send(notice, ports, messenger)
    except NotFoundError as error:
        _record_failed(notice, ports, error, gives_up=True)
        return 0
    except DestinationGoneError as error:
        _record_failed(notice, ports, error)
        with ports.store.write() as tx:
            close_channel(tx, notice.channel, str(error), ports.now())
        return 0
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not hold up the others
        _record_failed(notice, ports, error)
        return 0
    with ports.store.write() as tx:
        tx.notices.record_sent(notice, receipt=receipt.message, thread=receipt.thread, now=ports.now())
    return 1


def _send(notice: Notice, ports: Ports, messenger: Messenger) -> Receipt:
    post = _compose(notice, ports, messenger)
    try:
        return messenger.post(post)
    except MessageGoneError:
        if notice.kind is NoticeKind.STORY:
            raise NotFoundError("the message of the story was deleted") from None
        if post.head is None:
            raise
        return messenger.post(replace(post, head=None))


def _compose(notice: Notice, ports: Ports, messenger: Messenger) -> Post:
    with ports.store.read() as tx:
        reply = compose_notice(tx, notice)
        head = _find_head(tx.notices.get(int(notice.under[1:])) if _is_named(notice.under) else None, notice)
    if notice.n_attempts > 1 and not messenger.recognises:
        reply = replace(reply, blocks=(*reply.blocks, remark(REPEAT_WARNING, Tone.WARNING)))
    made_at = notice.first_tried_at or notice.created_at
    return Post(notice.name, notice.channel, reply, reply.title, made_at, head=head, n_attempts=notice.n_attempts)


def _is_named(under: str) -> bool:
    """Return whether the message that a notice belongs under is that of another notice."""
    return under[:1] == "t" and under[1:].isdecimal()


def _find_head(first: Notice | None, notice: Notice) -> Head | None:
    if first is None:
        return notice.over()
    if first.state in _ON_THEIR_WAY:
        raise _TooEarlyError("what it belongs under is still on its way", retry_after_s=_BEFORE_THE_FIRST_S)
    return first.as_head() if first.receipt else None


def _refresh(notice: Notice, ports: Ports, messenger: Messenger) -> bool:
    """Return whether the message was edited. Raises what is to be tried again."""
    try:
        with ports.store.read() as tx:
            reply = compose_notice(tx, notice)
        messenger.edit(notice.as_head(), reply)
    except DestinationGoneError as error:
        with ports.store.write() as tx:
            close_channel(tx, notice.channel, str(error), ports.now())
        return False
    except (MessageGoneError, NotEditableError, NotFoundError):
        with ports.store.write() as tx:
            tx.notices.record_edited(notice.id)
        return False
    with ports.store.write() as tx:
        if _shows(tx, notice, reply):
            tx.notices.record_edited(notice.id)
    return True


def _shows(tx: Transaction, notice: Notice, reply: Reply) -> bool:
    """Return whether a notice still says what its message shows: it may have changed while that was on its way."""
    try:
        return compose_notice(tx, notice) == reply
    except NotFoundError:
        return True  # there is nothing else to show any more


def _postpone(notice: Notice, ports: Ports, error: Exception) -> None:
    """Try the edit again after a while, or after that which the platform asks for."""
    asked = error.retry_after_s if isinstance(error, DeliveryError) and error.retry_after_s else 0.0
    wait = max(_EDIT_WAIT, timedelta(seconds=min(asked, _LONGEST_EDIT_WAIT.total_seconds())))
    with ports.store.write() as tx:
        tx.notices.record_edit_failed(notice.id, error=say_error(error), retry_at=ports.now() + wait)


def _record_failed(notice: Notice, ports: Ports, error: Exception, *, gives_up: bool = False) -> None:
    asked = error.retry_after_s if isinstance(error, DeliveryError) else None
    retry_at = None if gives_up else next_try(notice, ports.now(), retry_after_s=asked)
    with ports.store.write() as tx:
        tx.notices.record_failed(notice, error=say_error(error), retry_at=retry_at)
