"""A full disk stops what writes with one clear error; no article is blamed for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.jobs.ingest import IngestPlan, ingest_batch
from news.errors import DiskFullError
from news.model import Article
from storage.engine import SqlStore, open_store
from tests.store.handlers_world import make_article, make_world


def write(number: int) -> Article:
    """Return an article of words of its own, as long as a page of the database."""
    words = " ".join(f"ferry{number}x{at}" for at in range(1_200))
    return make_article(number, f"Ferry {number} sinks", f"{words}.")


def fill(store: SqlStore) -> None:
    """Let the file grow no more, as on a full disk."""
    assert store._writer is not None
    with store._writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1")  # no less than it has: it stays as it is


@pytest.mark.parametrize("is_loud", [True, False])
def test_a_full_disk_stops_the_batch(tmp_path: Path, *, is_loud: bool) -> None:
    """What was written stays, and the error says what to do; the rest comes in once there is room."""
    articles = [write(number) for number in range(12)]
    with open_store(str(tmp_path / "a.db")) as store:
        world = make_world(store)
        plan = IngestPlan(0 if is_loud else None)
        assert len(list(ingest_batch(articles[:2], world.ports, plan))) == 2
        fill(store)
        with pytest.raises(DiskFullError, match=r"a\.db cannot grow because the disk is full; free some space"):
            list(ingest_batch(articles[2:], world.ports, plan))
        with store.read() as tx:
            n_kept = tx.articles.count()
        assert 2 <= n_kept < len(articles)
    with open_store(str(tmp_path / "a.db")) as store:
        results = list(ingest_batch(articles[:4], make_world(store).ports, IngestPlan(None)))
        assert not [each for each in results if not hasattr(each, "article_id")]
