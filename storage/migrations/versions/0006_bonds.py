"""Notices by the troubles that they tell of, what pruning needs, what ties two stories together, and what watches were.

Revision: 0006, after 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.BigInteger()
_WORDS = sa.Text()


def upgrade() -> None:
    """Add the tables and the columns, and index what is looked for."""
    op.add_column("feedback", sa.Column("reason", _WORDS, nullable=False, server_default=""))
    op.add_column("notices", sa.Column("held_by", _WORDS, nullable=False, server_default=""))
    op.execute("UPDATE notices SET held_by = 'quiet hours' WHERE due_at IS NOT NULL AND kind IN ('empty', 'story')")
    op.create_table(
        "story_bonds",
        sa.Column("story_id", _ID, autoincrement=False, nullable=False),
        sa.Column("other_id", _ID, autoincrement=False, nullable=False),
        sa.Column("article_id", _ID, autoincrement=False, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("other_score", sa.Float(), nullable=False),
        sa.Column("origin", _WORDS, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("story_id", "other_id", "article_id", name="pk_story_bonds"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_bonds_story_id"),
        sa.ForeignKeyConstraint(["other_id"], ["stories.id"], name="fk_story_bonds_other_id"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_story_bonds_article_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_bonds_at", "story_bonds", ["at"])
    _add_notice_troubles()
    _add_watch_editions()
    op.create_index("ix_notices_created_at", "notices", ["created_at"])
    op.create_index("ix_troubles_closed_at", "troubles", ["closed_at"])
    _index_some("ix_notices_told", "notices", ["channel", "sent_at"], "kind = 'trouble'")
    _index_some("ix_troubles_over", "troubles", ["subject", "id"], "closed_at IS NOT NULL")


def _add_watch_editions() -> None:
    op.create_table(
        "watch_editions",
        sa.Column("id", _ID, nullable=False),
        sa.Column("watch_id", _ID, nullable=False),
        sa.Column("until_at", _MOMENT, nullable=False),
        sa.Column("is_end", sa.Boolean(), nullable=False),
        sa.Column("data", _WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_watch_editions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_watch_editions_until_at", "watch_editions", ["until_at"])


def _add_notice_troubles() -> None:
    """Add the table and fill it from the lists in ``notices``."""
    op.create_table(
        "notice_troubles",
        sa.Column("trouble_id", _ID, autoincrement=False, nullable=False),
        sa.Column("notice_id", _ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("trouble_id", "notice_id", name="pk_notice_troubles"),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_notice_troubles_notice_id"),
        sqlite_with_rowid=False,
    )
    op.execute(
        "INSERT INTO notice_troubles (trouble_id, notice_id) "
        "SELECT DISTINCT told.value, notices.id FROM notices, json_each(notices.trouble_ids) AS told"
    )
    op.create_index("ix_notice_troubles_notice_id", "notice_troubles", ["notice_id"])


def _index_some(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
