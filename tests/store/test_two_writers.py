"""Deciding goes on while others write, and what is stored is what one after another would have stored."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from handlers.jobs import ingest, proposals
from handlers.jobs.ingest import IngestPlan, IngestResult, ingest_article, ingest_batch
from handlers.ports import Ports
from news import novelty
from news.decision import Decision
from news.model import Article
from news.watches import watch as watches
from news.words.text import stem_words
from storage import passages
from storage.engine import SqlStore, open_store
from tests.new_stores import open_new_store
from tests.store.handlers_world import START, World, make_article, make_world

_FERRY = (
    "At least {} people died when a ferry sank off Maracaibo in Venezuela on Saturday, the coast guard said. "
    "The ship had 90 passengers and a crew of six on board when it hit a sandbank in heavy rain."
)
_STRIKE = (
    "Teachers in Lima, Peru, began a strike on Friday over unpaid wages. About {} of them stayed away from school."
)
_FIRE = "A fire broke out at the Amuay refinery on Friday. It killed {} workers, PDVSA said, and spread to two tanks."


def list_articles(first: int, outlet: str) -> list[Article]:
    """Return articles on three happenings, each told several times with other figures."""
    texts = [
        ("Ferry sinks off Maracaibo", _FERRY.format(12 + first % 3)),
        ("Teachers in Peru begin a strike", _STRIKE.format("30,000")),
        ("Amuay fire kills workers", _FIRE.format(9)),
        ("Ferry toll rises", _FERRY.format(14 + first % 5)),
        ("Amuay fire: more dead", _FIRE.format(11 + first % 2)),
        ("Strike in Lima goes on", _STRIKE.format("20,000")),
    ]
    made = (make_article(first + at, title, text, outlet=outlet) for at, (title, text) in enumerate(texts))
    return [replace(article, feed_url=f"https://{outlet.lower()}.example/rss") for article in made]


def stepping() -> Callable[[], datetime]:
    """Return a clock on which every look takes a second, so that nothing is short."""
    seconds = count()
    return lambda: START + timedelta(seconds=next(seconds))


def standing() -> Callable[[], datetime]:
    """Return a clock that stands, so that everything is short."""
    return lambda: START


def list_decisions(store: SqlStore) -> Iterator[tuple[str, Decision]]:
    """Yield the URL of each article with its decision, in the order in which they were stored."""
    with store.read() as tx:
        for number in range(1, tx.articles.count() + 1):
            yield tx.articles.get(number).article.url, tx.articles.get_decision(number)


def take_all(ports: Ports, articles: Sequence[Article], start: threading.Barrier, failed: list[object]) -> None:
    """Take articles in beside another thread; note what is not taken."""
    start.wait()
    failed += [each for each in ingest_batch(articles, ports, IngestPlan()) if not isinstance(each, IngestResult)]


@pytest.mark.parametrize("make_clock", [standing, stepping])
def test_two_that_take_in_at_once_leave_what_one_would(tmp_path: Path, make_clock: Callable[[], Any]) -> None:
    """Whatever the order in which they were stored, one alone that takes them in this order decides the same."""
    lists = [list_articles(1, "Gazette"), list_articles(101, "Herald")]
    worlds = [make_world(open_store(str(tmp_path / "a.db"))) for _ in lists]
    start, failed = threading.Barrier(len(lists)), list[object]()
    threads = [
        threading.Thread(target=take_all, args=(replace(world.ports, now=make_clock()), articles, start, failed))
        for world, articles in zip(worlds, lists, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    stored = list(list_decisions(worlds[0].store))
    assert len(stored) == sum(map(len, lists))
    by_url = {article.url: article for articles in lists for article in articles}
    alone = make_world(open_new_store(tmp_path / "b.db"))
    for url, _ in stored:
        ingest_article(by_url[url], replace(alone.ports, now=make_clock()), alerts=True)
    assert list(list_decisions(alone.store)) == stored
    for world in (*worlds, alone):
        world.store.close()


def test_others_write_while_an_article_is_decided_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for deciding: the lock is free, and what was written in between is decided on anew."""
    whole, n_asked = novelty.decide, count(1)
    first, second = list_articles(1, "Gazette")[0], list_articles(101, "Herald")[3]

    def decide(*arguments: Any, **options: Any) -> Decision:  # noqa: ANN401 - handed on
        if next(n_asked) == 1:
            ingest_article(second, world.ports, alerts=True)  # another's, in a transaction of its own
        return whole(*arguments, **options)

    monkeypatch.setattr(proposals, "decide", decide)
    result = ingest_article(first, replace(world.ports, now=stepping()), alerts=True)
    stored = dict(list_decisions(world.store))
    assert list(stored) == [second.url, first.url]
    assert result.decision is not None
    assert result.decision.story_id == 1  # as if the other had always been there
    assert next(n_asked) == 4


def test_what_does_not_matter_to_an_article_makes_nobody_decide_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A feed that is added is a new version of the record; the candidates are the same, and so is the decision."""
    whole, n_asked = novelty.decide, list[int]()

    def decide(*arguments: Any, **options: Any) -> Decision:  # noqa: ANN401 - handed on
        n_asked.append(1)
        with world.store.write() as tx:
            tx.feeds.add("https://other.example/rss", outlet="Other", language="en", interval_s=600, now=START)
        return whole(*arguments, **options)

    monkeypatch.setattr(proposals, "decide", decide)
    assert ingest_article(list_articles(1, "Gazette")[0], replace(world.ports, now=stepping()), alerts=True).is_added
    assert len(n_asked) == 1


def test_a_watch_that_ends_while_an_article_is_decided_on_hears_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is to be posted is chosen from the watches that there are when the article is written."""
    assert not world.ask("watch add", topic="venezuela").failed
    whole = watches.select_alerts

    def select(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - handed on
        found = whole(*arguments, **options)
        with world.store.read() as tx:
            held = tx.watches.list_all()
        if held:
            with world.store.write() as tx:
                tx.watches.remove(held[0].id)
        return found

    monkeypatch.setattr(proposals, "select_alerts", select)
    result = ingest_article(list_articles(1, "Gazette")[0], replace(world.ports, now=stepping()), alerts=True)
    assert result.n_alerts == 0


def test_no_words_are_worked_on_under_the_lock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the index takes of an article, and of the edition that it replaces, is ready before anybody waits."""
    inside, whole, write = list[str](), stem_words, ingest.Intake.write
    article = list_articles(1, "Gazette")[0]

    def stem(text: str, language: str = "en") -> tuple[str, ...]:
        inside.append(text)
        return whole(text, language)

    def watch(intake: ingest.Intake, *arguments: Any) -> IngestResult:  # noqa: ANN401 - handed on
        inside.clear()
        result = write(intake, *arguments)
        assert not inside
        return result

    monkeypatch.setattr(passages, "stem_words", stem)
    monkeypatch.setattr(ingest.Intake, "write", watch)
    for n_dead in (14, 15):
        edition = replace(
            article, text=f"{article.text} Divers found {n_dead} more on Monday, the harbour master said."
        )
        assert ingest_article(edition, world.ports, alerts=True).article_id == 1
