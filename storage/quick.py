"""Reading many rows at once.

Owns the short way past SQLAlchemy's work on every statement and value, for the look-ups that are made for each article:
the statement is SQLAlchemy's, compiled once for each database, and the rows come as the driver gives them. Days and
moments are then what the database keeps (``storage.types``), flags are 0 and 1. Lists are asked for as one JSON value
(``listed``), since a statement with a mark for each of its values is another statement each time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, TextClause, bindparam, column, func, select
from sqlalchemy.engine import Connection, Dialect

from storage.types import from_microseconds

Statement = Select[Any] | TextClause

_MOST_COMPILED = 512
"""Statements whose compiled form is kept: those of all modules, and one for each number of names, terms and days."""

moment_of = lru_cache(maxsize=1 << 12)(from_microseconds)
"""``from_microseconds``, remembered: the articles of a news day share their dates."""


def listed(name: str) -> Select[Any]:
    """Return what stands right of ``in_`` for a parameter that ``as_list`` makes."""
    return select(func.json_each(bindparam(name)).table_valued(column("value")).c.value)


def as_list(values: Iterable[int | str]) -> str:
    """Return values as the one parameter that ``listed`` takes apart."""
    return json.dumps(list(values))


def fetch_rows(connection: Connection, statement: Statement, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return all rows of a statement that lives as long as the module: its compiled form is kept."""
    sql, places = _compile(statement, connection.dialect)
    if not connection.in_transaction():
        connection.begin()  # the driver would read outside the transaction that all other statements share
    driver: Any = connection.connection.dbapi_connection
    rows: list[tuple[Any, ...]] = driver.execute(sql, [values.get(name, own) for name, own in places]).fetchall()
    return rows


@lru_cache(maxsize=_MOST_COMPILED)
def _compile(statement: Statement, dialect: Dialect) -> tuple[str, tuple[tuple[str, Any], ...]]:
    """Return the statement's text, and which value stands at each of its places with the one it brings itself."""
    compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    own = compiled.params
    return str(compiled), tuple((name, own[name]) for name in compiled.positiontup or ())
