"""Small facts about the store itself. Must never become a home for what deserves a table."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.engine import Connection

from storage.bulk import write_values
from storage.quick import fetch_rows
from storage.schema import STORE_VALUES

_FIND = select(STORE_VALUES.c.value).where(STORE_VALUES.c.key == bindparam("wanted"))
_INSERT = insert(STORE_VALUES)
_SET = _INSERT.on_conflict_do_update(index_elements=["key"], set_={"value": _INSERT.excluded.value})


class SqlValues:
    """Values by key; see ``handlers.stores.KeyValues``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, key: str) -> str | None:
        """Return the value, or None."""
        rows = fetch_rows(self._connection, _FIND, {"wanted": key})
        return str(rows[0][0]) if rows else None

    def set(self, key: str, value: str) -> None:
        """Write the value, over an earlier one."""
        write_values(self._connection, _SET, [{"key": key, "value": value}])
