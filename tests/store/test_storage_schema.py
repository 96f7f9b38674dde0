"""Migrations and schema are one: what the program expects is what the migrations make."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

import storage.migrations
from storage.engine import open_store
from storage.migrations import HEAD
from storage.schema import METADATA

FOLDER = Path(storage.migrations.__file__).parent


def test_head_is_the_newest_revision() -> None:
    """The revision that opening compares with, without loading Alembic, is Alembic's own."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_migrations_make_the_schema(tmp_path: Path) -> None:
    """Tables, columns, keys and indexes of ``storage.schema`` are those of a migrated file."""
    open_store(str(tmp_path / "a.db")).close()
    engine = create_engine(f"sqlite:///{tmp_path}/a.db")

    def is_ours(_: object, name: str | None, kind: str, *__: object) -> bool:
        return not (kind == "table" and str(name).startswith("passage_words"))

    with engine.connect() as connection:
        options = {"compare_type": True, "include_object": is_ours}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), METADATA) == []
        tables = inspect(connection)
        for name, table in METADATA.tables.items():
            assert [column["name"] for column in tables.get_columns(name)] == list(table.columns.keys())
            assert tables.get_pk_constraint(name)["constrained_columns"] == [key.name for key in table.primary_key]
    engine.dispose()


def test_the_schema_is_that_of_the_last_release(tmp_path: Path) -> None:
    """A change of the schema is a new revision, never an edit of a released one: the snapshot shows such an edit."""
    open_store(str(tmp_path / "a.db")).close()
    engine = create_engine(f"sqlite:///{tmp_path}/a.db")
    query = (
        "SELECT sql FROM sqlite_master "
        "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'passage_words_%'"
    )
    with engine.connect() as connection:
        statements = sorted(" ".join(str(sql).split()) for sql in connection.exec_driver_sql(query).scalars())
    engine.dispose()
    snapshot = Path(__file__).with_name("test_storage_schema.sql")
    assert "\n".join(statements) + "\n" == snapshot.read_text(encoding="utf-8")
