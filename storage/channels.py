"""Channels that refuse the bot, or get another address. Must never decide whether one does: the platform says so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from news.watches.watch import ClosedChannel
from storage.outbox import is_open
from storage.places import lies_in
from storage.schema import CLOSED_CHANNELS, FEEDBACK, HEADS, NOTICES, OUTBOX, WATCHES


class SqlChannels:
    """Closed channels; see ``handlers.stores_delivery.ChannelStore``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def close(self, channel: str, *, reason: str, now: datetime) -> bool:
        """Send nothing there any more; return whether it was open. A closed one keeps its time and gets the reason."""
        held = select(CLOSED_CHANNELS.c.channel).where(CLOSED_CHANNELS.c.channel == channel)
        was_open = self._connection.execute(held).first() is None
        statement = insert(CLOSED_CHANNELS).values(channel=channel, reason=reason, closed_at=now)
        statement = statement.on_conflict_do_update(
            index_elements=["channel"], set_={"reason": statement.excluded.reason}
        )
        self._connection.execute(statement)
        return was_open

    def reopen(self, channel: str) -> bool:
        """Send again to that channel and no other; return whether it was closed."""
        ours = CLOSED_CHANNELS.c.channel == channel
        return self._connection.execute(delete(CLOSED_CHANNELS).where(ours)).rowcount > 0

    def move(self, channel: str, to: str) -> int:
        """Let all that belongs to a channel belong to another address of it; return how many watches and alerts.

        What the other address has already stays as it is there.
        """
        counts = [
            self._connection.execute(
                update(table).where(table.c.channel == channel).values(channel=to).prefix_with("OR IGNORE")
            ).rowcount
            for table in (WATCHES, OUTBOX, HEADS, FEEDBACK, NOTICES)
        ]
        self._connection.execute(delete(WATCHES).where(WATCHES.c.channel == channel))
        self.reopen(channel)
        return sum(counts[:2])

    def list_closed(self, place: str = "") -> list[ClosedChannel]:
        """Return the closed channels of a place or of all, in order, with how many alerts wait for each."""
        n_waiting = (
            select(func.count()).where(is_open(OUTBOX), OUTBOX.c.channel == CLOSED_CHANNELS.c.channel).scalar_subquery()
        )
        query = select(
            CLOSED_CHANNELS.c.channel, CLOSED_CHANNELS.c.reason, CLOSED_CHANNELS.c.closed_at, n_waiting
        ).order_by(CLOSED_CHANNELS.c.channel)
        if place:
            query = query.where(lies_in(CLOSED_CHANNELS.c.channel, place))
        return [ClosedChannel(*row) for row in self._connection.execute(query)]
