"""What is remembered of stored articles is what the store holds, whoever changed it and whatever was taken back."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from news.decision import Candidates
from news.model import Article
from news.novelty import decide
from news.reading import read
from news.stories.case import open_case
from storage.engine import SqlStore, open_store
from storage.recall import Lately
from tests.new_stores import open_new_store
from tests.store.handlers_world import START, make_article

_SENTENCES = (
    "At least 12 people died when a ferry sank off Maracaibo in Venezuela on Saturday, the coast guard said.",
    "Teachers in Lima, Peru, began a strike on Friday over unpaid wages.",
    "A fire at the Amuay refinery killed nine workers, PDVSA said.",
    "Two Tu-160 bombers landed at Maiquetia airport near Caracas.",
    "The minister of Colombia met his colleague from Brazil in Bogota on 12 March.",
    "The ship had 90 passengers and a crew of six on board when it hit a sandbank.",
)


def write(draw: random.Random, number: int) -> Article:
    """Return an article of some of the sentences, in any order."""
    text = " ".join(draw.sample(_SENTENCES, draw.randint(1, 4)))
    return make_article(number, text[:30], text, outlet=f"Paper {number % 5}", at=START + timedelta(hours=number))


def find(store: SqlStore, article: Article) -> Candidates:
    """Return the candidates of an article from a snapshot."""
    with store.read() as tx:
        return tx.articles.find_candidates(article, read(article))


def add(store: SqlStore, article: Article) -> int:
    """Decide on an article and write it."""
    with store.write() as tx:
        reading = read(article)
        decision = decide(article, reading, tx.articles.find_candidates(article, reading), now=START)
        return tx.articles.add(article, reading, decision, now=START, is_seed=False)


def revise(store: SqlStore, article_id: int, article: Article) -> None:
    """Replace an article by a later edition."""
    with store.write() as tx:
        reading = read(article)
        decision = decide(article, reading, Candidates(), now=START)
        tx.articles.revise(article_id, article, reading, decision, now=START)


def do_something(store: SqlStore, draw: random.Random, number: int) -> None:
    with store.read() as tx:
        n_articles = tx.articles.count()
    act = draw.random()
    if n_articles < 3 or act < 0.6:
        add(store, write(draw, number))
    elif act < 0.8:
        revise(store, draw.randint(1, n_articles), write(draw, number))
    else:
        with store.write() as tx:
            article_id = draw.randint(1, n_articles)
            tx.stories.move([article_id], None, now=START)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_remembered_is_what_the_store_holds(tmp_path: Path, seed: int) -> None:
    """Two programs write in turns; each finds what somebody finds who has just opened the store."""
    draw, path = random.Random(seed), tmp_path / "a.db"  # noqa: S311 - a test
    with open_new_store(path) as first, open_store(str(path)) as second:
        for number in range(24):
            do_something(draw.choice([first, second]), draw, number)
            asked = write(draw, 1_000)
            with open_store(str(path), read_only=True) as fresh:
                expected = find(fresh, asked)
            assert find(first, asked) == expected
            assert find(second, asked) == expected


def test_what_is_asked_for_again_outlives_what_is_not() -> None:
    """A full table must not forget what every decision asks for: the story of the day."""
    lately = Lately[int, str](8)
    for number in range(1, 40):
        lately.keep([(0, "story"), (number, "other")])
        assert lately.find([0]) == {0: "story"}
        assert len(lately.list_all()) <= 8
    assert lately.find([1, 39]) == {39: "other"}


def test_what_was_taken_back_is_forgotten(tmp_path: Path) -> None:
    """An article that was written and undone is nobody's candidate, and its number goes to another."""
    with open_new_store(tmp_path / "a.db") as store:
        ferry, strike = make_article(1, "Ferry", _SENTENCES[0]), make_article(2, "Strike", _SENTENCES[1])

        def stop_after_looking() -> None:
            with store.write() as tx, tx.savepoint():
                reading = read(ferry)
                decision = decide(ferry, reading, Candidates(), now=START)
                undone = tx.articles.add(ferry, reading, decision, now=START, is_seed=False)
                seen = tx.articles.find_candidates(ferry, reading)
                assert [one.id for one in (*seen.similar, *seen.related)][:1] == [undone]
                raise KeyError

        with pytest.raises(KeyError):
            stop_after_looking()
        assert add(store, strike) == 1
        with store.write() as tx:
            found = tx.articles.find_candidates(ferry, read(ferry))
            assert {one.article.title for one in (*found.similar, *found.related)} <= {"Strike"}
            again = tx.articles.find_candidates(strike, read(strike))
            assert [one.article.title for one in again.similar] == ["Strike"]


def test_the_same_article_is_the_same_object(tmp_path: Path) -> None:
    """What deciding works out of a candidate is kept with the object, so that it comes as the same one again."""
    with open_new_store(tmp_path / "a.db") as store:
        for number in range(3):
            add(store, make_article(number, "Ferry", f"{_SENTENCES[0]} {_SENTENCES[number + 1]}"))
        asked = make_article(9, "Ferry", _SENTENCES[0])
        first, later = find(store, asked), find(store, replace(asked, text=f"{asked.text} {_SENTENCES[5]}"))
        assert {id(one) for one in first.reports} & {id(one) for one in later.reports}
        assert open_case(asked, read(asked), first, now=START, old_event_days=30).candidates.reports
