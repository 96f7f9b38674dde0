"""Events found in the order of their standing under each name, and their names found by event.

Revision: 0007, after 0006.
"""

from __future__ import annotations

from math import log
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the standing to each pair of event and name, and the two indexes."""
    op.add_column("event_entities", sa.Column("standing", sa.Integer(), nullable=False, server_default="0"))
    driver: Any = op.get_bind().connection.driver_connection
    driver.create_function("standing_0007", 6, _standing_of, deterministic=True)
    op.execute(
        "UPDATE event_entities SET standing = ("
        "SELECT standing_0007(kind, precision, basis, n_articles, n_lookbacks, via) FROM events "
        "WHERE events.id = event_id) WHERE EXISTS (SELECT 1 FROM events WHERE events.id = event_id)"
    )
    op.create_index("ix_event_entities_entity_id_standing", "event_entities", ["entity_id", "standing", "event_id"])
    op.create_index("ix_event_entities_event_id", "event_entities", ["event_id"])


def _standing_of(kind: str, precision: str, basis: str, n_articles: int, n_lookbacks: int, via: int) -> int:
    points = 10 * log(max(1, n_articles)) + 5 * log(1 + max(0, n_lookbacks))
    points += 6 * (basis in {"stated", "resolved"}) + (precision == "day") + 4 * (kind != "other")
    standing = min(999, int(points + 0.001))
    if precision == "unknown":
        return standing - (3_000 if via < 2 else 4_000)  # noqa: PLR2004 - 2: what the article is about
    return standing - (0 if via < 2 else 1_000)  # noqa: PLR2004 - 2: what the article is about
