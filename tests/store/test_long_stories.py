"""What a message on a story costs does not grow with the story: it loads what it says and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.alerts import compose_alert
from handlers.digest import compose_digest
from handlers.heads import compose_head
from handlers.standing import find_standing
from news.decision import Claim, Decision, Dispute, FactKind, Label, Outline
from news.watches.watch import Alert, Head
from storage.engine import SqlStore, SqlTransaction
from tests.contract.store_texts import NOW, make_article, make_reading
from tests.new_stores import open_new_store

A_MINUTE = timedelta(minutes=1)
SLEEPS = timedelta(days=21)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, SqlStore]]:
    """A story of a few articles and one of some hundred, each with two alerts that were sent."""
    folder = tmp_path_factory.mktemp("stories")
    made = {size: fill(folder / f"{size}.db", size) for size in (12, 400)}
    yield made
    for store in made.values():
        store.close()


def fill(path: Path, size: int) -> SqlStore:
    store = open_new_store(path)
    with store.write() as tx:
        for number in range(size):
            where = "Venezuela" if number % 3 else "Caracas"
            article = replace(make_article(f"Report {number} of the strike in {where}."), outlet=f"Paper {number % 5}")
            label, story_id = (Label.NEW, None) if number == 0 else (Label.KNOWN, 1)
            decision = Decision(label, story_id, ())
            tx.articles.add(article, make_reading(article), decision, now=NOW + number * A_MINUTE, is_seed=False)
        tx.outbox.add([Alert(1, "d:1", 5, Label.NEW), Alert(size, "d:1", 5, Label.UPDATE)], now=NOW)
        tx.heads.open(channel="d:1", story_id=1, row_id=1, receipt="m", thread="", now=NOW)
    return store


def get_head(tx: SqlTransaction) -> Head:
    head = tx.heads.find("d:1", 1)
    assert head is not None
    return head


MESSAGES: dict[str, Callable[[SqlTransaction], object]] = {
    "alert": lambda tx: compose_alert(tx, tx.outbox.get(2), head=get_head(tx)),
    "head": lambda tx: compose_head(tx, get_head(tx), sleeps_after=SLEEPS),
    "digest": lambda tx: compose_digest(tx, [tx.outbox.get(1), tx.outbox.get(2)], sleeps_after=SLEEPS),
}


@contextmanager
def count(tx: SqlTransaction) -> Iterator[list[str]]:
    raw = tx._connection.connection.driver_connection
    assert raw is not None
    statements: list[str] = []
    raw.set_trace_callback(statements.append)
    yield statements
    raw.set_trace_callback(None)


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_loads_no_more_of_a_long_story(stores: dict[int, SqlStore], name: str) -> None:
    """As many statements and as many rows for 400 articles as for 12, and few of them with a text."""
    costs = []
    for store in stores.values():
        with store.read() as tx, count(tx) as statements:
            MESSAGES[name](tx)
            asked = [each for each in statements if each.startswith("SELECT")]
            rows = [len(tx._connection.exec_driver_sql(each).all()) for each in asked]
        n_texts = sum(n for n, each in zip(rows, asked, strict=True) if "articles.text" in each)
        costs.append((len(asked), sum(rows), n_texts))
    assert costs[0] == costs[1]
    assert costs[1][2] <= 8


def test_a_silence_is_looked_for_where_there_was_one(stores: dict[int, SqlStore]) -> None:
    """Reports a minute apart: no silence of an hour, and one of a minute."""
    with stores[400].read() as tx:
        assert tx.articles.was_silent(1, after=A_MINUTE)
        assert not tx.articles.was_silent(1, after=A_MINUTE + timedelta(microseconds=1))
        assert not tx.articles.was_silent(9, after=timedelta())


def test_the_figures_are_those_of_all_articles(stores: dict[int, SqlStore]) -> None:
    with stores[400].read() as tx:
        outline = tx.articles.get_outline(1)
        assert outline.n_articles == 400
        assert [outlet for outlet, _ in outline.outlets] == [f"Paper {n}" for n in range(5)]
        assert outline.main_key.endswith("venezuela")
        assert outline.last_at == NOW + 399 * A_MINUTE
        assert tx.articles.get_outline(9) == Outline()
        assert [stored.id for stored in tx.articles.list_told(1, limit=5)] == [1]
        assert "400 articles (Paper 0, Paper 1" in str(compose_alert(tx, tx.outbox.get(2)).blocks)


def test_disputes_are_read_by_lists(tmp_path: Path) -> None:
    """As many statements for thirty articles that contradict one as for three, each with its sentence."""
    costs = []
    for size in (3, 30):
        with open_new_store(tmp_path / f"{size}.db") as store, store.write() as tx:
            contradict(tx, size)
            with count(tx) as statements:
                standing = find_standing(tx, 1)
        assert [dispute.here.quote for dispute in standing.disputes] == [
            f"The union counted {number} strikers in Caracas." for number in range(size, 0, -1)
        ]
        assert [decision.disputes[0].here.value for _, decision in standing.told[1:]] == [
            f"{number} strikers" for number in range(1, size + 1)
        ]
        costs.append(sum(each.startswith("SELECT") for each in statements))
    assert costs[0] == costs[1]


def contradict(tx: SqlTransaction, size: int) -> None:
    """Write a story of one article and so many that contradict it in their headlines."""
    there = Claim("900 strikers", "Nine hundred struck.", "Paper", 1)
    for number in range(size + 1):
        title = f"Union counted {number} strikers in Caracas"
        article = make_article(f"The union counted {number} strikers in Caracas.", title=title)
        dispute = Dispute(FactKind.FIGURE, None, Claim(f"{number} strikers", title, "Paper"), there)
        label, story_id, disputes = (Label.DISPUTED, 1, (dispute,)) if number else (Label.NEW, None, ())
        decision = Decision(label, story_id, (), disputes=disputes)
        tx.articles.add(article, make_reading(article), decision, now=NOW + number * A_MINUTE, is_seed=False)
