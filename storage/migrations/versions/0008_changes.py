"""How often the record and the watches changed, counted by the database itself, so that nobody has to remember to.

Revision: 0008, after 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_COUNTED: dict[str, dict[str, tuple[str, ...]]] = {
    "record": {
        "articles": ("INSERT", "UPDATE", "DELETE"),
        "reports": ("UPDATE OF event_id",),
        "feeds": ("INSERT", "UPDATE OF url, first_url", "DELETE"),
    },
    "watches": {"watches": ("INSERT", "UPDATE", "DELETE")},
}


def upgrade() -> None:
    """Add the counters and what counts them up."""
    op.create_table(
        "changes",
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("what", name="pk_changes"),
        sqlite_with_rowid=False,
    )
    for what, tables in _COUNTED.items():
        op.execute(f"INSERT INTO changes (what, n) VALUES ('{what}', 0)")
        for table, doings in tables.items():
            for doing in doings:
                # A poll writes the address that the feed has already.
                when = " WHEN OLD.url IS NOT NEW.url" if "url" in doing else ""
                name = f"tr_{table}_{doing.split()[0].lower()}"
                op.execute(
                    f"CREATE TRIGGER {name} AFTER {doing} ON {table}{when} "
                    f"BEGIN UPDATE changes SET n = n + 1 WHERE what = '{what}'; END"
                )
