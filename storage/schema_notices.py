"""The tables of what is watched over: the health of feeds, what is not heard, and what channels are told of it.

As ``storage.schema``, which is the list of all tables.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint, false

from storage.tables import IS_OPEN, METADATA, index_some
from storage.types import BIG_ID, Moment, Words

FEED_HEALTH = Table(
    "feed_health",
    METADATA,
    Column("feed_id", BIG_ID, primary_key=True, autoincrement=False),
    Column("data", Words, nullable=False),  # JSON of news.watches.silence.Health
)

TROUBLES = Table(
    "troubles",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("subject", Words, nullable=False),  # feed:3, watch:2, bot
    Column("reason", Words, nullable=False),
    Column("since", Moment, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("next_try_at", Moment),
    Index(None, "closed_at"),
    sqlite_autoincrement=True,
)

index_some("ix_troubles_open", TROUBLES, "subject", where="closed_at IS NULL")
index_some("ix_troubles_over", TROUBLES, "subject, id", where="closed_at IS NOT NULL")

NOTICES = Table(
    "notices",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("channel", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("key", Words, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("trouble_ids", Words, nullable=False, server_default="[]"),  # JSON list
    Column("text", Words, nullable=False, server_default=""),
    Column("under", Words, nullable=False, server_default=""),
    Column("thread", Words, nullable=False, server_default=""),
    Column("due_at", Moment),
    Column("state", Words, nullable=False),
    Column("n_attempts", Integer, nullable=False, server_default="0"),
    Column("next_try_at", Moment),
    Column("lease_by", Words),
    Column("lease_until", Moment),
    Column("receipt", Words, nullable=False, server_default=""),
    Column("own_thread", Words, nullable=False, server_default=""),
    Column("error", Words, nullable=False, server_default=""),
    Column("sent_at", Moment),
    Column("first_tried_at", Moment),
    Column("is_stale", Boolean, nullable=False, server_default=false()),
    Column("held_by", Words, nullable=False, server_default=""),
    UniqueConstraint("channel", "key"),
    Index(None, "created_at"),
    sqlite_autoincrement=True,
)

NOTICE_TROUBLES = Table(
    "notice_troubles",
    METADATA,
    Column("trouble_id", BIG_ID, primary_key=True, autoincrement=False),
    Column("notice_id", BIG_ID, ForeignKey("notices.id"), primary_key=True, autoincrement=False),
    Index(None, "notice_id"),
    sqlite_with_rowid=False,
)
"""Which notices tell of a trouble: what ``notices.trouble_ids`` says, the other way round."""

# The few rows on their way or to be edited among all that were ever sent.
index_some("ix_notices_open", NOTICES, "channel, id", where=IS_OPEN)
index_some("ix_notices_stale", NOTICES, "channel, id", where="is_stale")

# What a channel was told of troubles last.
index_some("ix_notices_told", NOTICES, "channel, sent_at", where="kind = 'trouble'")
