"""How alike articles are to other stories than their own, so that stories are joined that turn out to be one.

Revision: 0010, after 0009.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table; articles that are stored already say nothing of it."""
    op.create_table(
        "story_linkages",
        sa.Column("article_id", _ID, autoincrement=False, nullable=False),
        sa.Column("other_id", _ID, autoincrement=False, nullable=False),
        sa.Column("total", sa.Float(), nullable=False),
        sa.Column("n_pairs", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "other_id", name="pk_story_linkages"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_story_linkages_article_id"),
        sa.ForeignKeyConstraint(["other_id"], ["articles.id"], name="fk_story_linkages_other_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_linkages_at", "story_linkages", ["at"])
