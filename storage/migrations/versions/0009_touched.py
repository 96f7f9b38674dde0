"""Which stored articles were changed since they were written, noted by the database itself.

Revision: 0009, after 0008.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_KEPT = 1_000
_NOTED = {
    "articles": {"UPDATE": "OLD.id", "DELETE": "OLD.id"},
    "reports": {"UPDATE": "OLD.article_id"},
}


def upgrade() -> None:
    """Add the list of changed articles and what writes it."""
    op.create_table(
        "touched",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_touched"),
    )
    for table, doings in _NOTED.items():
        for doing, article in doings.items():
            op.execute(
                f"CREATE TRIGGER tr_touched_{table}_{doing.lower()} AFTER {doing} ON {table} "
                f"BEGIN INSERT INTO touched (article_id) VALUES ({article}); END"
            )
    op.execute(
        "CREATE TRIGGER tr_touched_insert AFTER INSERT ON touched "
        f"BEGIN DELETE FROM touched WHERE n <= NEW.n - {_KEPT}; END"
    )
