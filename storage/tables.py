"""What all tables share: the metadata that they are in, how keys and indexes are called, and indexes on some rows."""

from __future__ import annotations

from sqlalchemy import Index, MetaData, Table, text

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# A query gets a partial index where it has the same words: a parameter proves nothing, a list of states to be in would
# draw SQLite to the index on states, and a list not to be in is not recognised.
IS_OPEN = "state <> 'sent' AND state <> 'failed' AND state <> 'withdrawn'"


def index_some(name: str, table: Table, columns: str, *, where: str) -> None:
    """Index the rows of a table that a condition holds for, in its words."""
    condition = text(where)
    Index(
        name, *(table.c[column] for column in columns.split(", ")), sqlite_where=condition, postgresql_where=condition
    )
