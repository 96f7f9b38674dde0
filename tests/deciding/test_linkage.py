"""When all that the articles of two stories said of each other makes them one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.stories import NOW, MemoryStore
from news.deciding.linkage import is_one, list_linking, weigh_linkages
from news.decision import Decision, Label, Linkage
from news.model import Article
from news.novelty import decide
from news.reading import read
from tests.deciding.test_bonds import A_DAY, BOTH, PUMPS, START, TANK


def linkage(total: float, n_pairs: int) -> Linkage:
    return Linkage(2, 20, total, n_pairs)


def judge(*articles: Article) -> Decision:
    """Return the decision on the last of the articles."""
    store = MemoryStore()
    for article in articles:
        reading = read(article)
        decision = decide(article, reading, store.find_candidates(article, reading), now=article.published_at or NOW)
        store.add(article, reading, decision)
    return decision


def test_the_linkage_is_the_mean_over_all_pairs() -> None:
    assert weigh_linkages(5.0, 4, (2, 2)) == pytest.approx(1.25)
    assert is_one(weigh_linkages(5.0, 4, (2, 2)))
    assert not is_one(weigh_linkages(0.5, 4, (2, 2)))


def test_a_pair_that_nobody_asked_for_speaks_against_it() -> None:
    """One article between two stories of four proves nothing of the other fifteen pairs."""
    assert weigh_linkages(6.0, 1, (1, 1)) == pytest.approx(6.0)
    assert weigh_linkages(6.0, 1, (4, 4)) == pytest.approx((6.0 - 15 * 2.0) / 16)
    assert not is_one(weigh_linkages(6.0, 1, (4, 4)))


@pytest.mark.parametrize("n_articles", [(0, 0), (0, 3), (2, 2)])
def test_nothing_is_linked_by_nothing(n_articles: tuple[int, int]) -> None:
    assert not is_one(weigh_linkages(0.0, 0, n_articles))


def test_pairs_with_copies_are_more_than_there_are_and_weigh_no_more() -> None:
    """Copies of an article are held against as well, and are no articles of the story."""
    assert weigh_linkages(4.0, 8, (1, 2)) == pytest.approx(0.5)


def test_an_article_remembers_how_alike_it_is_to_another_story() -> None:
    decision = judge(TANK, PUMPS, BOTH)
    (one,) = decision.linkages
    assert {decision.story_id, one.story_id} == {1, 2}
    assert one.article_id == one.story_id, "either story has one article"
    assert one.n_pairs == 1


def test_an_article_that_opens_a_story_links_none() -> None:
    """It was just held to be of no other."""
    decision = Decision(Label.NEW, None, (), linkages=(linkage(2.0, 1),))
    assert not list_linking(decision)
    joined = replace(decision, label=Label.UPDATE, story_id=1, linkages=(linkage(2.0, 1), linkage(-1.0, 1)))
    assert list_linking(joined) == (linkage(2.0, 1),)


def test_a_copy_says_nothing_of_its_own() -> None:
    copy = replace(BOTH, source_id="9", url="https://fjord-post.example/9", outlet="Fjord Post")
    decision = judge(TANK, PUMPS, BOTH, copy)
    assert decision.label is Label.REPRINT
    assert not decision.linkages


def test_a_story_of_another_time_is_sure_to_be_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """However like both an article is."""
    early = replace(TANK, published_at=START - 40 * A_DAY)
    decision = judge(early, PUMPS, BOTH)
    (one,) = decision.linkages
    assert one.total == pytest.approx(-6.0)
    assert any(reason.step == "linkage" and "apart in time" in reason.text for reason in decision.reasons)
    monkeypatch.setattr("news.deciding.linkage.find_rivalry", lambda *_: "")
    (same,) = judge(early, PUMPS, BOTH).linkages
    assert same.total > 0, "by its words it is like both"


def test_a_story_that_it_was_told_apart_from_is_not_linked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor one of another place or that it only mentions: such a story is not among those that it is put to."""
    monkeypatch.setattr("news.deciding.choosing.is_elsewhere", lambda _, story_id: story_id == 2)
    decision = judge(TANK, PUMPS, BOTH)
    assert decision.story_id == 1
    assert not decision.linkages
