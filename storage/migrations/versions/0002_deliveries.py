"""Deliveries of several alerts at once, first messages on stories, closed channels, and what readers said.

Revision: 0002, after 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.BigInteger()
_WORDS = sa.Text()


def upgrade() -> None:
    """Widen what is there and make the new tables; no row is lost."""
    _widen()
    _group_outbox()
    _make_heads()
    _make_closed_channels()
    _make_feedback()
    _make_saved_requests()


def _widen() -> None:
    op.add_column("feeds", sa.Column("owner", _WORDS, nullable=False, server_default=""))
    op.add_column("watches", sa.Column("ping", _WORDS, nullable=False, server_default=""))
    op.add_column("watches", sa.Column("is_paused", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("audit", sa.Column("channel", _WORDS, nullable=False, server_default=""))


def _group_outbox() -> None:
    """Note which message carries an alert: until now, each alert that was ever tried was a message of its own."""
    op.add_column("outbox", sa.Column("lead_id", _ID))
    op.add_column("outbox", sa.Column("first_tried_at", _MOMENT))
    # When it was first tried was not noted; that cannot have been before it was made.
    op.execute("UPDATE outbox SET lead_id = id, first_tried_at = created_at WHERE n_attempts > 0")
    _make_partial_index("ix_outbox_open", "outbox", ["channel", "id", "next_try_at", "lease_until"], _IS_OPEN)
    _make_partial_index("ix_outbox_sent", "outbox", ["channel", "sent_at", "lead_id"], "sent_at IS NOT NULL")


_IS_OPEN = "state <> 'sent' AND state <> 'failed'"


def _make_partial_index(name: str, table: str, columns: list[str], condition: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(condition), postgresql_where=sa.text(condition))


def _make_heads() -> None:
    op.create_table(
        "heads",
        sa.Column("id", _ID, nullable=False),
        sa.Column("story_id", _ID, nullable=False),
        sa.Column("channel", _WORDS, nullable=False),
        sa.Column("row_id", _ID, nullable=False),
        sa.Column("receipt", _WORDS, nullable=False),
        sa.Column("thread", _WORDS, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("edited_at", _MOMENT),
        sa.Column("n_changes", sa.Integer(), nullable=False),
        sa.Column("n_shown", sa.Integer(), nullable=False),
        sa.Column("n_failures", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["row_id"], ["outbox.id"], name="fk_heads_row_id"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_heads_story_id"),
        sa.PrimaryKeyConstraint("id", name="pk_heads"),
        sa.UniqueConstraint("story_id", "channel", name="uq_heads_story_id_channel"),
        sqlite_autoincrement=True,
    )
    _make_partial_index("ix_heads_stale", "heads", ["edited_at"], "n_changes > n_shown")


def _make_closed_channels() -> None:
    op.create_table(
        "closed_channels",
        sa.Column("channel", _WORDS, nullable=False),
        sa.Column("reason", _WORDS, nullable=False),
        sa.Column("closed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_closed_channels"),
        sqlite_with_rowid=False,
    )


def _make_feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", _WORDS, nullable=False),
        sa.Column("article_id", _ID, nullable=False),
        sa.Column("story_id", _ID, nullable=False),
        sa.Column("other_story_id", _ID),
        sa.Column("channel", _WORDS, nullable=False),
        sa.Column("actor", _WORDS, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("undone_at", _MOMENT),
        sa.Column("undone_by", _WORDS, nullable=False),
        sa.Column("change", _WORDS, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_feedback_article_id"),
        sa.ForeignKeyConstraint(["other_story_id"], ["stories.id"], name="fk_feedback_other_story_id"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_feedback_story_id"),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sqlite_autoincrement=True,
    )
    for column in ("article_id", "other_story_id", "story_id"):
        op.create_index(f"ix_feedback_{column}", "feedback", [column])


def _make_saved_requests() -> None:
    op.create_table(
        "saved_requests",
        sa.Column("id", _ID, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("body", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_requests"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_saved_requests_made_at", "saved_requests", ["made_at"])
