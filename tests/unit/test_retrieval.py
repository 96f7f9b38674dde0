"""Ranking of passages."""

from __future__ import annotations

from datetime import UTC, date, datetime

from news.answers.retrieval import PassageHit, PassageQuery, asks_for_newest, rank_passages

QUERY = PassageQuery(("plane",), until=date(2019, 3, 30))


def hit(article: int, score: float, published: str = "", *, sentence: int = 0) -> PassageHit:
    at = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    return PassageHit(article, f"a{article}", 1, "Outlet", "", "", at, sentence, f"Text {article}-{sentence}.", score)


def test_each_article_has_one_passage_its_best() -> None:
    ranked = rank_passages(QUERY, [hit(1, 2.0), hit(1, 5.0, sentence=3), hit(2, 4.0)])
    assert [(each.article_id, each.first_sentence) for each in ranked] == [(1, 3), (2, 0)]


def test_more_passages_of_an_article_raise_it() -> None:
    many = [hit(1, 4.0, sentence=at) for at in range(3)]
    assert [each.article_id for each in rank_passages(QUERY, [hit(2, 4.5), *many])] == [1, 2]


def test_news_of_the_last_days_go_first_among_like_passages() -> None:
    hits = [hit(1, 4.0, "2017-03-01"), hit(2, 3.9, "2019-03-29")]
    assert [each.article_id for each in rank_passages(QUERY, hits)] == [2, 1]


def test_age_does_not_matter_between_old_articles_or_without_a_day_to_count_from() -> None:
    """A question about history finds what fits best, not what is newest."""
    hits = [hit(1, 4.0, "2011-03-01"), hit(2, 3.9, "2017-03-29"), hit(3, 3.8)]
    assert [each.article_id for each in rank_passages(QUERY, hits)] == [1, 2, 3]
    undated = PassageQuery(("plane",))
    assert [each.article_id for each in rank_passages(undated, [*hits, hit(4, 3.7, "2019-03-30")])] == [1, 2, 3, 4]


def test_a_question_for_the_newest_weighs_age_more() -> None:
    hits = [hit(1, 4.0, "2018-03-01"), hit(2, 1.7, "2019-03-29")]
    assert [each.article_id for each in rank_passages(QUERY, hits)] == [1, 2]
    assert [each.article_id for each in rank_passages(QUERY, hits, is_recent_asked=True)] == [2, 1]


def test_which_questions_ask_for_the_newest() -> None:
    assert asks_for_newest("Who resigned this week?")
    assert asks_for_newest("¿Qué pasó ayer?")
    assert not asks_for_newest("Who signed the treaty of 1978?")


def test_no_hits_make_no_passages() -> None:
    assert rank_passages(QUERY, ()) == ()
