"""What the store promises of visits: what was shown comes back, is each reader's own, and can be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from news.errors import StorageError
from news.timelines.visits import Marks, Visit, Watermark
from storage.engine import SqlStore, open_store
from tests.contract.store_texts import NOW, decide_new, make_article, make_reading
from tests.new_stores import open_new_store

MARKS = Marks(Watermark(3, 2), Watermark(9, 7))
VISIT = Visit("discord:1", "place:venezuela", "Венесуэла", NOW, NOW, MARKS, None, ((7,), (2, 5), ()))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "wirewatch.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqlStore]:
    with open_new_store(path) as opened:
        yield opened


def put(store: SqlStore, *visits: Visit) -> None:
    with store.write() as tx:
        for visit in visits:
            tx.visits.put(visit)


def find(store: SqlStore, reader: str = VISIT.reader, scope: str = VISIT.scope) -> Visit | None:
    with store.read() as tx:
        return tx.visits.find(reader, scope)


def test_a_visit_comes_back_as_it_was(store: SqlStore) -> None:
    later = replace(VISIT, asked_at=NOW + timedelta(hours=1), since_at=NOW, entries=((1,),))
    assert find(store) is None
    put(store, VISIT)
    assert find(store) == VISIT
    put(store, later)
    assert find(store) == later
    assert find(store, scope="place:peru") is None
    assert find(store, reader="discord:2") is None


def test_the_last_visit_is_the_one_asked_for_last(store: SqlStore) -> None:
    last = replace(VISIT, scope="place:peru", asked_at=NOW + timedelta(seconds=1))
    put(store, last, VISIT)
    with store.read() as tx:
        assert tx.visits.find_last(VISIT.reader) == last
        assert tx.visits.find_last("discord:2") is None


def test_forgetting_takes_a_topic_with_all_that_narrowed_it(store: SqlStore) -> None:
    """And no other topic that begins alike, nor another reader's; wildcards of the database are plain letters."""
    narrowed = replace(VISIT, scope="place:venezuela|2019-01-01..")
    alike = replace(VISIT, scope="place:venezuela_2")
    other = replace(VISIT, reader="discord:2")
    put(store, VISIT, narrowed, alike, other)
    with store.write() as tx:
        assert tx.visits.forget(VISIT.reader, "place%") == 0
        assert tx.visits.forget(VISIT.reader, VISIT.scope) == 2
    assert (find(store), find(store, scope=alike.scope)) == (None, alike)
    with store.write() as tx:
        assert tx.visits.forget(VISIT.reader) == 1
    assert find(store, reader="discord:2") == other


def test_old_visits_are_pruned(store: SqlStore) -> None:
    put(store, VISIT, replace(VISIT, scope="new", asked_at=NOW + timedelta(days=2)))
    with store.write() as tx:
        assert tx.visits.prune(before=NOW + timedelta(days=1)) == 1
    assert find(store) is None
    assert find(store, scope="new") is not None


def test_the_store_says_how_far_it_has_come(store: SqlStore) -> None:
    with store.read() as tx:
        assert tx.visits.measure() == Watermark(0, 0)
    article = make_article("Maduro spoke. Moscow listened.")
    reading = make_reading(article, [NOW.date(), NOW.date()])
    with store.write() as tx:
        tx.articles.add(article, reading, decide_new(reading), now=NOW, is_seed=False)
        held = tx.visits.measure()
    assert held.report >= held.event > 0


def test_a_store_for_reading_only_refuses_and_says_so(store: SqlStore, path: Path) -> None:
    put(store, VISIT)
    with open_store(str(path), read_only=True) as reader:
        assert find(reader) == VISIT
        with pytest.raises(StorageError), reader.write() as tx:
            tx.visits.put(VISIT)
