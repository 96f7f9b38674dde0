"""When alerts go out: schedules of watches, and what holds an alert until when.

Revision: 0003, after 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.BigInteger()
_WORDS = sa.Text()
_IS_OPEN = "state <> 'sent' AND state <> 'failed' AND state <> 'withdrawn'"


def upgrade() -> None:
    """Widen watches and alerts; what waits stays due at once."""
    op.add_column("watches", sa.Column("n_origins", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("watches", sa.Column("schedule", _WORDS, nullable=False, server_default="{}"))
    op.add_column("watches", sa.Column("muted_until", _MOMENT))
    op.add_column("outbox", sa.Column("due_at", _MOMENT))
    op.add_column("outbox", sa.Column("is_digest", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("outbox", sa.Column("held_by", _WORDS, nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("matched", _WORDS, nullable=False, server_default="[]"))
    _index_due()


def _index_due() -> None:
    """Let the look for work stay within the index: whether an alert is due is asked of each that waits."""
    op.drop_index("ix_outbox_open", "outbox")
    condition = sa.text(_IS_OPEN)
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["channel", "id", "next_try_at", "lease_until", "due_at", "is_digest"],
        sqlite_where=condition,
        postgresql_where=condition,
    )
