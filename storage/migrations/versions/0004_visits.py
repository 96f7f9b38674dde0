"""What readers were shown of timelines, so that what came since then can be marked.

Revision: 0004, after 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = sa.BigInteger()
_WORDS = sa.Text()


def upgrade() -> None:
    """Make the table; whoever asks next asks for the first time."""
    op.create_table(
        "visits",
        sa.Column("reader", _WORDS, nullable=False),
        sa.Column("scope", _WORDS, nullable=False),
        sa.Column("topic", _WORDS, nullable=False),
        sa.Column("began_at", _MOMENT, nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("since_at", _MOMENT),
        sa.Column("marks", _WORDS, nullable=False),
        sa.Column("entries", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("reader", "scope", name="pk_visits"),
    )
    op.create_index("ix_visits_asked_at", "visits", ["asked_at"])
