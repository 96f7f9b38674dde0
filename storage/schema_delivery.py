"""The tables of what channels hear: watches, alerts on their way, first messages, closed channels, what readers said.

As ``storage.schema``, which is the list of all tables.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint, false

from storage.tables import IS_OPEN, METADATA, index_some
from storage.types import BIG_ID, Moment, Words

WATCHES = Table(
    "watches",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("channel", Words, nullable=False),
    Column("expression", Words, nullable=False),
    Column("created_by", Words, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("labels", Words, nullable=False),  # JSON list
    Column("ping", Words, nullable=False, server_default=""),
    Column("is_paused", Boolean, nullable=False, server_default=false()),
    Column("n_origins", Integer, nullable=False, server_default="1"),
    Column("schedule", Words, nullable=False, server_default="{}"),  # JSON, see news.watches.schedule.Schedule
    Column("muted_until", Moment),
    UniqueConstraint("channel", "expression"),
    sqlite_autoincrement=True,
)

WATCH_EDITIONS = Table(
    "watch_editions",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    # No foreign key: what a watch was stays when the watch goes.
    Column("watch_id", BIG_ID, nullable=False),
    Column("until_at", Moment, nullable=False, index=True),
    Column("is_end", Boolean, nullable=False),
    Column("data", Words, nullable=False),  # JSON of news.watches.watch.Watch
    sqlite_autoincrement=True,
)

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("article_id", BIG_ID, ForeignKey("articles.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("channel", Words, nullable=False),
    # No foreign key: what a watch posted stays when the watch goes.
    Column("watch_id", BIG_ID, nullable=False),
    Column("label", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("n_attempts", Integer, nullable=False, default=0),
    Column("next_try_at", Moment),
    Column("lease_by", Words),
    Column("lease_until", Moment),
    Column("receipt", Words, nullable=False, default=""),
    Column("error", Words, nullable=False, default=""),
    Column("sent_at", Moment),
    Column("lead_id", BIG_ID),  # the first row of the message that carries this one; NULL: never leased
    Column("first_tried_at", Moment),
    Column("due_at", Moment),  # NULL: at once
    Column("is_digest", Boolean, nullable=False, server_default=false()),
    Column("held_by", Words, nullable=False, server_default=""),
    Column("matched", Words, nullable=False, server_default="[]"),  # JSON list
    UniqueConstraint("article_id", "revision", "channel"),
    Index(None, "state", "channel", "id"),
    sqlite_autoincrement=True,
)

# The few rows on their way among all that were ever sent, and what a channel was sent lately.
index_some("ix_outbox_open", OUTBOX, "channel, id, next_try_at, lease_until, due_at, is_digest", where=IS_OPEN)
index_some("ix_outbox_sent", OUTBOX, "channel, sent_at, lead_id", where="sent_at IS NOT NULL")

HEADS = Table(
    "heads",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("story_id", BIG_ID, ForeignKey("stories.id"), nullable=False),
    Column("channel", Words, nullable=False),
    Column("row_id", BIG_ID, ForeignKey("outbox.id"), nullable=False),
    Column("receipt", Words, nullable=False),
    Column("thread", Words, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("edited_at", Moment),
    Column("n_changes", Integer, nullable=False),  # how often the story changed since
    Column("n_shown", Integer, nullable=False),  # the number of changes that the message shows
    Column("n_failures", Integer, nullable=False, default=0),  # edits in a row that failed
    Column("closed_at", Moment),  # its story fell silent; the next alert on it opens another
    UniqueConstraint("story_id", "channel"),
    sqlite_autoincrement=True,
)

index_some("ix_heads_stale", HEADS, "edited_at", where="n_changes > n_shown")

CLOSED_CHANNELS = Table(
    "closed_channels",
    METADATA,
    Column("channel", Words, primary_key=True),
    Column("reason", Words, nullable=False),
    Column("closed_at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("article_id", BIG_ID, ForeignKey("articles.id"), nullable=False, index=True),
    Column("story_id", BIG_ID, ForeignKey("stories.id"), nullable=False, index=True),
    Column("other_story_id", BIG_ID, ForeignKey("stories.id"), index=True),
    Column("channel", Words, nullable=False),
    Column("actor", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
    Column("undone_by", Words, nullable=False),
    Column("change", Words, nullable=False),  # JSON of storage.moves.Change, or empty
    Column("reason", Words, nullable=False, server_default=""),  # why the bot itself joined two stories
    sqlite_autoincrement=True,
)

SAVED_REQUESTS = Table(
    "saved_requests",
    METADATA,
    Column("id", BIG_ID, primary_key=True),
    Column("made_at", Moment, nullable=False, index=True),
    Column("body", Words, nullable=False),
    sqlite_autoincrement=True,
)
