"""Writing many narrow rows at once.

Owns the short way past SQLAlchemy's work on every single value: the statement is SQLAlchemy's, compiled once for each
database, and the rows go to the driver as they are. Only for columns whose values need no conversion: whole numbers and
texts that are known to be storable. Must never take values of other types.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Delete, Insert, Update
from sqlalchemy.engine import Connection, Dialect

Value = int | str | None


def write_rows(
    connection: Connection, statement: Insert | Update | Delete, names: tuple[str, ...], rows: Iterable[Sequence[Value]]
) -> None:
    """Execute a statement for each row; ``names`` say which parameter or column each value of a row is for.

    A plain INSERT takes all columns of its table. Give a statement that lives as long as the module: its compiled
    form is kept.
    """
    values = [tuple(row) for row in rows]
    if not values:
        return
    sql, order, constants = _compile(statement, connection.dialect, names)
    if order != tuple(range(len(names))):
        pick = itemgetter(*order)
        values = [pick(row + constants) for row in values]
    connection.exec_driver_sql(sql, values)


@cache
def _compile(
    statement: Insert | Update | Delete, dialect: Dialect, names: tuple[str, ...]
) -> tuple[str, tuple[int, ...], tuple[Any, ...]]:
    """Return the statement's text, which value stands at each of its places, and the values that it brings itself."""
    compiled = statement.compile(dialect=dialect)
    order = tuple(compiled.positiontup or ())
    own = tuple(dict.fromkeys(name for name in order if name not in names))
    places = {name: place for place, name in enumerate((*names, *own))}
    return str(compiled), tuple(places[name] for name in order), tuple(compiled.params[name] for name in own)
