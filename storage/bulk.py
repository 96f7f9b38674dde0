"""Writing rows without SQLAlchemy's work on every statement and value: an article is written in some twenty of them.

Owns the short way: the statement is SQLAlchemy's, compiled once for each database, and the rows go to the driver.
``write_rows`` takes them as they are, for columns whose values need no conversion: whole numbers and texts that are
known to be storable. ``write_values`` converts each value as its column says. Both are for the writer's connection.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Delete, Insert, Update
from sqlalchemy.engine import Connection, Dialect

Value = int | str | None
_MOST_COMPILED = 256
"""Statements whose compiled form is kept; those of all modules are some sixty."""
Statement = Insert | Update | Delete


class Written(NamedTuple):
    """What a statement did: the id of the row that an INSERT of one made, and how many rows were written."""

    last_id: int
    n_rows: int


def write_rows(
    connection: Connection, statement: Statement, names: tuple[str, ...], rows: Iterable[Sequence[Value]]
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
    driver_of(connection).executemany(sql, values)


def insert_rows(
    connection: Connection, statement: Insert, names: tuple[str, ...], rows: Sequence[Sequence[Value]]
) -> int:
    """Insert rows whose ids, their only None that is no value, the database gives; return the first of these.

    The others follow it in order, for this transaction is the only writer. Raises IndexError where there are no rows.
    """
    write_rows(connection, statement, names, rows)
    (last_id,) = driver_of(connection).execute("SELECT last_insert_rowid()").fetchone()
    return int(last_id) - len(rows) + 1


def write_values(connection: Connection, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> Written:
    """Execute a statement for each row, given as values by parameter or column; all rows have the names of the first.

    Columns that are not named get the default that the database gives them. Give a statement that lives as long as the
    module: its compiled form is kept.
    """
    if not rows:
        return Written(0, 0)
    sql, places = _compile_values(statement, connection.dialect, tuple(rows[0]))
    values = [
        [value if convert is None else convert(value) for value, convert in _list_values(row, places)] for row in rows
    ]
    driver = driver_of(connection)
    cursor = driver.execute(sql, values[0]) if len(values) == 1 else driver.executemany(sql, values)
    return Written(cursor.lastrowid or 0, cursor.rowcount)


_Place = tuple[str, Any, Callable[[Any], Any] | None]


def _list_values(row: Mapping[str, Any], places: tuple[_Place, ...]) -> list[tuple[Any, Callable[[Any], Any] | None]]:
    return [(row.get(name, own), convert) for name, own, convert in places]


def driver_of(connection: Connection) -> Any:  # noqa: ANN401 - the driver's own connection
    """Return the driver's connection, within the transaction that all statements share."""
    if not connection.in_transaction():
        connection.begin()  # the driver would write outside the transaction that all other statements share
    return connection.connection.dbapi_connection


@lru_cache(maxsize=_MOST_COMPILED)
def _compile_values(statement: Statement, dialect: Dialect, names: tuple[str, ...]) -> tuple[str, tuple[_Place, ...]]:
    """Return the statement's text, and for each of its places the name, the value it brings itself, its conversion."""
    columns = list(names) if isinstance(statement, Insert) else None
    compiled: Any = statement.compile(dialect=dialect, column_keys=columns)
    own = compiled.params
    converts = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()}
    return str(compiled), tuple((name, own[name], converts[name]) for name in compiled.positiontup or ())


@lru_cache(maxsize=_MOST_COMPILED)
def _compile(
    statement: Statement, dialect: Dialect, names: tuple[str, ...]
) -> tuple[str, tuple[int, ...], tuple[Any, ...]]:
    """Return the statement's text, which value stands at each of its places, and the values that it brings itself."""
    compiled = statement.compile(dialect=dialect)
    order = tuple(compiled.positiontup or ())
    own = tuple(dict.fromkeys(name for name in order if name not in names))
    places = {name: place for place, name in enumerate((*names, *own))}
    return str(compiled), tuple(places[name] for name in order), tuple(compiled.params[name] for name in own)
