"""What is told of silence: the health of feeds, troubles, notices; and heads whose story fell silent.

Revision: 0005, after 0004.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.BigInteger()
_WORDS = sa.Text()
_IS_OPEN = "state <> 'sent' AND state <> 'failed' AND state <> 'withdrawn'"
_IS_OPEN_ALERT = "outbox.state <> 'sent' AND outbox.state <> 'failed' AND outbox.state <> 'withdrawn'"
_SLEEPS_AFTER = timedelta(days=21)


def upgrade() -> None:
    """Add the tables; heads are open as they were, but for those whose story is long silent."""
    op.add_column("heads", sa.Column("closed_at", _MOMENT))
    _close_silent(datetime.now(UTC))
    op.create_table(
        "feed_health",
        sa.Column("feed_id", _ID, autoincrement=False, nullable=False),
        sa.Column("data", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("feed_id", name="pk_feed_health"),
    )
    _add_troubles()
    _add_notices()


def _close_silent(now: datetime) -> None:
    """Close them without a change of the message: else thousands would be edited after the upgrade."""
    query = sa.text(
        "UPDATE heads SET closed_at = :now WHERE opened_at < :before "
        "AND EXISTS (SELECT 1 FROM stories WHERE stories.id = heads.story_id AND stories.last_at < :before) "
        "AND NOT EXISTS (SELECT 1 FROM outbox JOIN articles ON articles.id = outbox.article_id "
        f"WHERE outbox.channel = heads.channel AND articles.story_id = heads.story_id AND {_IS_OPEN_ALERT})"
    )
    moments = {"now": now, "before": now - _SLEEPS_AFTER}
    microseconds = {name: int(moment.timestamp()) * 1_000_000 for name, moment in moments.items()}
    op.get_bind().execute(query, microseconds)


def _add_troubles() -> None:
    op.create_table(
        "troubles",
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", _WORDS, nullable=False),
        sa.Column("subject", _WORDS, nullable=False),
        sa.Column("reason", _WORDS, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("opened_at", _MOMENT, nullable=False),
        sa.Column("closed_at", _MOMENT),
        sa.Column("next_try_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_troubles"),
        sqlite_autoincrement=True,
    )
    _index_some("ix_troubles_open", "troubles", ["subject"], "closed_at IS NULL")


def _add_notices() -> None:
    words = [sa.Column(name, _WORDS, nullable=False, server_default="") for name in ("text", "under", "thread")]
    told = [sa.Column(name, _WORDS, nullable=False, server_default="") for name in ("receipt", "own_thread", "error")]
    op.create_table(
        "notices",
        sa.Column("id", _ID, nullable=False),
        sa.Column("channel", _WORDS, nullable=False),
        sa.Column("kind", _WORDS, nullable=False),
        sa.Column("key", _WORDS, nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("trouble_ids", _WORDS, nullable=False, server_default="[]"),
        *words,
        sa.Column("due_at", _MOMENT),
        sa.Column("state", _WORDS, nullable=False),
        sa.Column("n_attempts", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("next_try_at", _MOMENT),
        sa.Column("lease_by", _WORDS),
        sa.Column("lease_until", _MOMENT),
        *told,
        sa.Column("sent_at", _MOMENT),
        sa.Column("first_tried_at", _MOMENT),
        sa.Column("is_stale", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("channel", "key", name="uq_notices_channel_key"),
        sqlite_autoincrement=True,
    )
    _index_some("ix_notices_open", "notices", ["channel", "id"], _IS_OPEN)
    _index_some("ix_notices_stale", "notices", ["channel", "id"], "is_stale")


def _index_some(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
