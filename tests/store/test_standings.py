"""What is kept of each event under its names stays true, whatever is done to the store."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

import storage.selection
from news.decision import Assignment
from news.queries.topics import Topic, TopicTerm
from news.timelines.selection import EventQuery, EventSelection, rough_worth
from storage.backup import copy_file
from storage.engine import SqlStore, SqlTransaction, open_store
from storage.rewind import rewind
from storage.standings import standing_of
from tests.contract.store_texts import NOW, decide_new, make_article, make_reading
from tests.new_stores import open_new_store

_ROWS = (
    "SELECT kind, precision, basis, n_articles, n_lookbacks, via, standing FROM event_entities "
    "LEFT JOIN events ON events.id = event_id"
)
_SENTENCES = (
    "Maduro spoke.",
    "Two Tu-160 landed in Caracas.",
    "Russia answered.",
    "Moscow sent a Tu-160.",
    "It rained.",
)
_FIRST_ON = date(2018, 1, 1)
_TERM = TopicTerm("venezuela", ("place:venezuela",), ("venezuela",))


def check(tx: SqlTransaction) -> int:
    """Check each row and return how many there are."""
    rows = tx._connection.exec_driver_sql(_ROWS).all()
    for *row, standing in rows:
        assert row[0] is not None, "a name of an event that is gone"
        assert standing == standing_of(*row)
    return len(rows)


def read_some(draw: random.Random, number: int) -> tuple[object, object]:
    article = make_article(" ".join(draw.choices(_SENTENCES, k=draw.randint(1, 4))), url=f"https://e.example/{number}")
    whens = [_FIRST_ON + timedelta(days=draw.randint(0, 300)) for _ in range(4)]
    return article, make_reading(article, whens)


def assign(tx: SqlTransaction, draw: random.Random, n_reports: int) -> tuple[Assignment, ...]:
    """Give reports events of their own or any that are there."""
    there = list(tx._connection.exec_driver_sql("SELECT id FROM events ORDER BY id").scalars())
    return tuple(
        Assignment(draw.choice(there) if there and draw.random() < 0.5 else None, place) for place in range(n_reports)
    )


def do_something(store: SqlStore, draw: random.Random, number: int, changes: list[str]) -> None:
    with store.write() as tx:
        article, reading = read_some(draw, number)
        ids = list(tx._connection.exec_driver_sql("SELECT id FROM articles ORDER BY id").scalars())
        stories = list(tx._connection.exec_driver_sql("SELECT id FROM stories ORDER BY id").scalars())
        act = draw.random()
        now = NOW + timedelta(minutes=number)
        if len(ids) < 4 or act < 0.6:
            story_id = draw.choice(stories) if stories and draw.random() < 0.5 else None
            assignments = assign(tx, draw, len(reading.reports))  # type: ignore[attr-defined]  # a reading
            decision = decide_new(reading, assignments=assignments, story_id=story_id)  # type: ignore[arg-type]  # a reading
            tx.articles.add(article, reading, decision, now=now, is_seed=False)  # type: ignore[arg-type]  # as above
        elif act < 0.75:
            assignments = assign(tx, draw, len(reading.reports))  # type: ignore[attr-defined]  # a reading
            decision = decide_new(reading, assignments=assignments)  # type: ignore[arg-type]  # a reading
            tx.articles.revise(draw.choice(ids), article, reading, decision, now=now)  # type: ignore[arg-type]  # as above
        elif act < 0.9 or not changes:
            _, change = tx.stories.move([draw.choice(ids)], draw.choice([*stories, None]), now=now)
            changes.append(change)
        else:
            tx.stories.undo(changes.pop(), now=now)


@pytest.mark.parametrize("seed", range(6))
def test_standings_stay_true(tmp_path: Path, seed: int) -> None:
    """Through new articles, later editions, moves, their undoing, and going back in time."""
    draw, changes = random.Random(seed), list[str]()  # noqa: S311 - a test
    path = tmp_path / "a.db"
    with open_new_store(path) as store:
        for number in range(40):
            do_something(store, draw, number, changes)
            with store.read() as tx:
                n_rows = check(tx)
        assert n_rows > 30
        copy_file(path, tmp_path / "b.db")
    rewind(tmp_path / "b.db", NOW + timedelta(minutes=20))
    with open_store(str(tmp_path / "b.db")) as store, store.read() as tx:
        assert 0 < check(tx) < n_rows


def worths(found: EventSelection, tx: SqlTransaction) -> list[float]:
    """Return the rough worth of each chosen event, best first."""
    query = "SELECT kind, precision, basis, n_articles, n_lookbacks FROM events WHERE id = ?"
    rows = [tx._connection.exec_driver_sql(query, (event.id,)).one() for event in found.events]
    about = [0.5 * (event.id in found.about) for event in found.events]
    return sorted((rough_worth(*row) - less for row, less in zip(rows, about, strict=True)), reverse=True)


@pytest.mark.parametrize("seed", range(3))
def test_a_walk_chooses_as_a_look_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """What stands highest is worth most: place by place the worth is that of the exact choice, to a tenth."""
    draw = random.Random(seed)  # noqa: S311 - a test
    with open_new_store(tmp_path / "a.db") as store:
        for number in range(60):
            do_something(store, draw, number, [])
        with store.read() as tx:
            for asked in ({}, {"first_on": date(2018, 3, 1)}, {"named": (TopicTerm("russia", ("place:russia",), ()),)}):
                query = EventQuery(Topic("venezuela", (_TERM,)), most=10, **asked)
                exact = tx.events.select(query)
                with monkeypatch.context() as patched:
                    patched.setattr(storage.selection, "MOST_PAIRS", 0)
                    walked = tx.events.select(query)
                assert walked.is_partial
                assert not exact.is_partial
                assert (walked.n_events, walked.n_undated) == (exact.n_events, exact.n_undated) or asked
                pairs = list(zip(worths(exact, tx), worths(walked, tx), strict=True))
                assert pairs
                assert all(abs(one - other) <= 0.1 for one, other in pairs), asked


def test_standings_go_with_worth() -> None:
    """The weights of standings are about those of ``timeline.toml``: who changes these there changes them here."""
    rows = [
        (kind, precision, basis, n_articles, n_lookbacks)
        for kind in ("other", "move")
        for precision in ("day", "month")
        for basis in ("stated", "resolved", "article")
        for n_articles in (1, 2, 3, 7, 40, 900)
        for n_lookbacks in (0, 1, 5, 200)
    ]
    ordered = sorted(rows, key=lambda row: standing_of(*row, 0))
    for one, other in pairwise(ordered):
        if standing_of(*one, 0) < standing_of(*other, 0):
            assert rough_worth(*one) < rough_worth(*other) + 0.1
