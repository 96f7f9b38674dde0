"""Making a very large store out of copies of a smaller one, each copy later than the one before.

Owns the shifting of rows: every id, day and moment of a block lies behind those of the block before it, and its hashes
are others, so that no article looks like a reprint of its twin. Names, words and figures are the same in all blocks: a
name has ten times the articles in a store of ten blocks. All is done by SQLite itself; a million articles take minutes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bulk_store import ARTICLES_A_DAY, words_path
from storage.engine import open_store
from storage.passages import SHIFT

_DAY = 86_400_000_000
_HASH_STEP = 0x9E3779B97F
"""What the hashes of the next block differ by; odd, so that none meet."""

_HASH_MASK = (1 << 48) - 1


def multiply_store(source: Path, path: Path, n_blocks: int) -> None:
    """Make a store at ``path`` of so many blocks, each a copy of ``source``; the last has the dates of the source."""
    open_store(f"sqlite:///{path}").close()
    with sqlite3.connect(path, isolation_level=None) as connection:
        for pragma in ("foreign_keys=OFF", "journal_mode=OFF", "synchronous=OFF", "cache_size=-600000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("ATTACH ? AS src", (str(source),))
        connection.execute("ATTACH ? AS side", (str(words_path(source)),))
        query = "SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        indexes = connection.execute(query).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        _make_blocks(connection, n_blocks)
        for statement in _list_copies(connection):
            connection.execute(statement)
        _copy_words(connection, n_blocks)
        for _, sql in indexes:
            connection.execute(sql)
        connection.execute("DROP TABLE temp.block")
        connection.execute("DETACH src")
        connection.execute("DETACH side")
        connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _make_blocks(connection: sqlite3.Connection, n_blocks: int) -> None:
    """Write what each block adds: to ids of articles, stories, events and reports, to days, and to hashes."""
    highest = [
        int(connection.execute(f"SELECT MAX(id) FROM src.{table}").fetchone()[0])
        for table in ("articles", "stories", "events", "reports")
    ]
    n_days = -(-highest[0] // ARTICLES_A_DAY)
    connection.execute("CREATE TEMP TABLE block (k INTEGER PRIMARY KEY, a, s, e, r, d, h)")
    rows = [
        (k, *(k * most for most in highest), (k + 1 - n_blocks) * n_days, k * _HASH_STEP & _HASH_MASK)
        for k in range(n_blocks)
    ]
    connection.executemany("INSERT INTO temp.block VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _day(name: str) -> str:
    return f"date({name}, b.d || ' days')"


def _in_json(data: str) -> str:
    """Return the JSON of a report with its days shifted; they stand in it as they do in its columns."""
    for name in ("first_on", "last_on"):
        written = f"""'"{name}":"' || x.{name} || '"'"""
        shifted = f"""'"{name}":"' || {_day("x." + name)} || '"'"""
        data = f"COALESCE(replace({data}, {written}, {shifted}), {data})"
    return data


def _list_copies(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a statement for each table, in the order of its key."""
    by_blocks = {
        "articles": {
            "id": "x.id + b.a",
            "story_id": "x.story_id + b.s",
            "fetched_at": f"x.fetched_at + b.d * {_DAY}",
            "published_at": f"x.published_at + b.d * {_DAY}",
            "url": "x.url || '-' || b.k",
        },
        "stories": {
            "id": "x.id + b.s",
            "opened_at": f"x.opened_at + b.d * {_DAY}",
            "last_at": f"x.last_at + b.d * {_DAY}",
        },
        "events": {
            "id": "x.id + b.e",
            "story_id": "x.story_id + b.s",
            "first_on": _day("x.first_on"),
            "last_on": _day("x.last_on"),
            "opened_at": f"x.opened_at + b.d * {_DAY}",
        },
        "reports": {
            "id": "x.id + b.r",
            "event_id": "x.event_id + b.e",
            "article_id": "x.article_id + b.a",
            "first_on": _day("x.first_on"),
            "last_on": _day("x.last_on"),
            "data": _in_json("x.data"),
        },
        "signatures": {"article_id": "x.article_id + b.a"},
        "passages": {"id": f"x.id + (b.a << {SHIFT})"},
    }
    for table, changes in by_blocks.items():
        yield _copy(connection, table, changes, order="b.k, x.rowid")
    by_keys = {
        "article_entities": {"article_id": "x.article_id + b.a"},
        "event_entities": {"event_id": "x.event_id + b.e"},
        "report_keys": {"report_id": "x.report_id + b.r", "day": "CASE x.day WHEN 0 THEN 0 ELSE x.day + b.d END"},
        "shingles": {"hash": f"(x.hash + b.h) & {_HASH_MASK}", "article_id": "x.article_id + b.a"},
        "identities": {"hash": "x.hash + b.h", "article_id": "x.article_id + b.a"},
    }
    for table, changes in by_keys.items():
        yield _copy(connection, table, changes, order="1, 2, 3" if table in _OF_THREE else "1, 2")
    counts = {"n_articles": "x.n_articles * (SELECT COUNT(*) FROM temp.block)"}
    mentions = {"n_mentions": "x.n_mentions * (SELECT COUNT(*) FROM temp.block)"}
    for table, changes in {"terms": counts, "entities": counts | mentions, "entity_names": {}}.items():
        yield _copy(connection, table, changes, order="1", joined="")
    yield "INSERT INTO main.store_values SELECT 'terms_counted_to', MAX(id) FROM main.articles"


_OF_THREE = frozenset({"report_keys"})


def _copy(
    connection: sqlite3.Connection, table: str, changes: dict[str, str], *, order: str, joined: str = "temp.block b,"
) -> str:
    names = [row[1] for row in connection.execute(f"PRAGMA src.table_info({table})")]
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(changes.get(name, f'x."{name}"') for name in names)
    join = "CROSS JOIN" if joined else ""
    return (
        f"INSERT INTO main.{table} ({columns}) SELECT {values} "
        f"FROM {joined.rstrip(',')} {join} src.{table} x ORDER BY {order}"
    )


def _copy_words(connection: sqlite3.Connection, n_blocks: int) -> None:
    """Write the full-text index block by block, oldest first, and merge it as a store of some age is merged."""
    into = "INSERT INTO passage_words"
    connection.execute(f"{into} (passage_words, rank) VALUES ('automerge', 0)")
    for k in range(n_blocks):
        connection.execute("BEGIN")
        connection.execute(
            f"{into} (rowid, terms, title) SELECT x.id + (b.a << {SHIFT}), x.terms, x.title "
            "FROM temp.block b CROSS JOIN side.words x WHERE b.k = ? ORDER BY x.id",
            (k,),
        )
        connection.execute("COMMIT")
    connection.execute(f"{into} (passage_words) VALUES ('optimize')")
    connection.execute(f"{into} (passage_words, rank) VALUES ('automerge', 4)")
