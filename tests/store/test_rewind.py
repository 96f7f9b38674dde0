"""Taking a copy back in time: what is left is what the store was, wherever anything decides by it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.jobs.deliver import deliver_due
from handlers.jobs.ingest import ingest_article
from news.errors import StorageError
from news.model import Article
from storage.backup import copy_file
from storage.engine import open_store
from storage.rewind import rewind
from tests.store.handlers_world import FakeMessenger, World, make_article

# Ids of reports are left out: those of an edition that came back are new.
_TABLES = {
    "articles": "id, story_id, label, duplicate_of, revision, is_indexed, title, text, entity_counts, term_counts",
    "decisions": "article_id, revision, made_at, label",
    "signatures": "article_id, place, data",
    "shingles": "hash, article_id",
    "identities": "hash, article_id",
    "article_entities": "entity_id, article_id, n_mentions",
    "entities": "id, key, n_articles, n_mentions",
    "passages": "id, first_sentence, last_sentence",
    "events": "id, story_id, kind, first_on, n_reports, n_articles",
    "reports": "event_id, article_id, sentence",
    "stories": "id, title, n_articles",
    "outbox": "id, article_id, revision, channel, label, state, lead_id, due_at",
    "heads": "story_id, channel, row_id",
    "feedback": "id, kind, article_id, story_id, undone_at",
    "watches": "id, channel, expression",
    "article_revisions": "article_id, revision, text",
    "sqlite_sequence": "name, seq",
}


def look(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows that deciding and posting hang on, and how many articles have each word."""
    with sqlite3.connect(path) as connection:
        found = {
            table: sorted(connection.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)
            for table, columns in _TABLES.items()
        }
        found["words"] = connection.execute(
            "SELECT rowid FROM passage_words WHERE passage_words MATCH 'venezuela' ORDER BY rowid"
        ).fetchall()
        ids = [row for row in found["sqlite_sequence"] if row[1] and row[0] not in {"reports", "audit"}]
        found["sqlite_sequence"] = ids
    with open_store(str(path)) as store, store.read() as tx:
        text = "A bridge near Merida in Venezuela; a refinery, a fire, workers, 14 hurt."
        article = make_article(99, "Bridge and refinery", text)
        from news.reading import read  # noqa: PLC0415 - only here

        found["counts"] = sorted(tx.articles.find_candidates(article, read(article)).document_counts.items())
    return found


def test_what_came_later_leaves_nothing_behind(world: World, tmp_path: Path) -> None:
    """Articles, a correction, alerts, marks and a joined story of later are gone as if they had never been."""
    first = [article(n) for n in range(20)]
    world.ask("watch add", topic="venezuela")
    edited = replace(first[3], text=first[3].text.replace("hurt", "killed and 20 hurt"))
    for each in first:
        take(world, each)
    assert not world.ask("mark irrelevant", item="a2").failed
    before = tmp_path / "before.db"
    copy_file(tmp_path / "wirewatch.db", before)
    world.clock.forward(minutes=1)
    moment = world.clock.now
    world.clock.forward(minutes=1)
    for each in (article(30), edited, article(31), copy_of(first[0])):
        take(world, each)
    world.ask("mark undo", mark="f1")
    world.ask("mark same", item="a6", story="a7")
    world.ask("mark apart", item="a9")
    world.ask("watch add", topic="bridge")
    after = tmp_path / "after.db"
    copy_file(tmp_path / "wirewatch.db", after)
    rewound = rewind(after, moment)
    assert (rewound.n_articles, rewound.n_editions) == (3, 1)
    assert rewound.lost_marks == ()
    assert look(after) == look(before)


def copy_of(first: Article) -> Article:
    """Return the same words at another outlet."""
    return replace(first, source_id="other", outlet="Herald", url="https://herald.example/x")


def article(n: int) -> Article:
    places = ("Merida", "Caracas", "Maracaibo", "Valencia", "Barinas")
    things = ("bridge", "refinery", "school", "harbour", "tower", "hospital", "stadium")
    place, thing = places[n % 5], things[n % 7]
    text = (
        f"A fire broke out in the {thing} number {n * 3 + 1} of {place} in Venezuela on day {n % 28 + 1} of March. "
        f"Some {n + 14} workers were hurt, mayor number {n} said. The {thing} stays closed for {n + 2} weeks."
    )
    return make_article(n, f"Fire in {thing} {n * 3 + 1} of {place}", text, outlet=f"Paper {n % 6}")


def take(world: World, each: Article) -> None:
    world.clock.forward(minutes=7)
    ingest_article(each, world.ports, alerts=True)
    deliver_due(world.ports, FakeMessenger())


def test_no_database_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "notes.db"
    other.write_text("shopping list, and more of it than a header of a database has characters in all " * 20)
    with pytest.raises(StorageError, match="not a Wirewatch database"):
        copy_file(other, tmp_path / "copy.db")
