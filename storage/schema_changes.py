"""The tables that tell what changed: how often the record and the watches did, and which stored articles.

Triggers of the database count (migration 0008), so that no writer can forget to: ``record`` moves with every article
that is written, changed or moved, every report that goes to another event and every address of a feed; ``watches`` with
every watch. ``touched`` lists the last thousand articles that were changed after they were written (migration 0009);
a new article is none. Whoever rebuilds ``articles``, ``reports``, ``feeds`` or ``watches`` makes their triggers again.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, Table

from storage.tables import METADATA
from storage.types import Words

CHANGES = Table(
    "changes",
    METADATA,
    Column("what", Words, primary_key=True),
    Column("n", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

TOUCHED = Table(
    "touched",
    METADATA,
    Column("n", Integer, primary_key=True),
    Column("article_id", BigInteger, nullable=False),
)
