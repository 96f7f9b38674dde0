"""Delivery: lease alerts, compose them, hand them to a platform, record its receipt.

Owns the order of these steps and when to try again. Composing is ``handlers.alerts``'s; sending is a platform's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from handlers.alerts import compose_alert
from handlers.ports import Ports
from handlers.reply import Reply
from news.errors import DestinationGoneError, NotFoundError, WirewatchError
from news.watches import OutboxRow, OutboxState

Send = Callable[[OutboxRow, Reply], str]
"""Sends an alert and returns what the platform calls the message. Raises DeliveryError."""

_MOST_A_ROUND = 500
_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(hours=1)
_MOST_DOUBLINGS = 16
_GIVE_UP_AFTER = 100
_LONGEST_ERROR = 500


def deliver_due(ports: Ports, channels: str, send: Send) -> int:
    """Send the alerts that are due to channels whose name begins with ``channels``; return how many were sent.

    One is leased at a time: a process that dies leaves one in doubt and not a batch, and a channel that refuses one is
    not sent the next before it.
    """
    n_sent = 0
    for _ in range(_MOST_A_ROUND):
        row = _lease_next(ports, channels)
        if row is None:
            break
        n_sent += _deliver(row, ports, send)
    return n_sent


def _lease_next(ports: Ports, channels: str) -> OutboxRow | None:
    settings = ports.settings
    if not _is_any_pending(ports):
        return None
    with ports.store.write() as tx:
        rows = tx.outbox.lease_due(
            now=ports.now(), channels=channels, limit=1, lease_s=settings.delivery_lease_s, worker=settings.worker
        )
    return rows[0] if rows else None


def _is_any_pending(ports: Ports) -> bool:
    """Return whether a lease could give anything: an idle bot must not take the writer's lock once a second."""
    with ports.store.read() as tx:
        counts = tx.outbox.count_by_state()
    return any(counts.get(state) for state in (OutboxState.PENDING, OutboxState.SENDING))


def next_try(row: OutboxRow, now: datetime) -> datetime | None:
    """Return when to try again: after 5 s, then twice as long each time up to an hour; None gives up."""
    if row.n_attempts >= _GIVE_UP_AFTER:
        return None
    doublings = min(max(row.n_attempts - 1, 0), _MOST_DOUBLINGS)
    wait: timedelta = min(_LONGEST_WAIT, _FIRST_WAIT * 2**doublings)
    return now + wait


def _deliver(row: OutboxRow, ports: Ports, send: Send) -> bool:
    try:
        reply = _compose(row, ports)
        receipt = "" if reply is None else send(row, reply)
    except DestinationGoneError as error:
        _record_failed(row, ports, str(error), None)
        return False
    except Exception as error:  # noqa: BLE001 - whatever it is, it must wait its turn and not hold its channel for ever
        words = str(error) if isinstance(error, WirewatchError) else f"{type(error).__name__}: {error}"
        _record_failed(row, ports, words, next_try(row, ports.now()))
        return False
    if reply is None:
        return False
    with ports.store.write() as tx:
        tx.outbox.record_sent(row.id, receipt=receipt, now=ports.now(), attempt=row.n_attempts)
    return True


def _compose(row: OutboxRow, ports: Ports) -> Reply | None:
    """Return what is to be sent; None if its article or story is gone, and the alert given up with it."""
    try:
        with ports.store.read() as tx:
            return compose_alert(tx, row)
    except NotFoundError as error:
        _record_failed(row, ports, str(error), None)
        return None


def _record_failed(row: OutboxRow, ports: Ports, error: str, retry_at: datetime | None) -> None:
    with ports.store.write() as tx:
        tx.outbox.record_failed(
            row.id, error=error[:_LONGEST_ERROR], retry_at=retry_at, now=ports.now(), attempt=row.n_attempts
        )
