"""What the store promises of events, names and full text, on a real database file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from news.answers.retrieval import PassageQuery
from news.decision import Assignment, StoredEvent
from news.model import DateBasis, EntityKind, Precision, TimeSpan
from news.queries.topics import KnownName, Topic, TopicTerm
from storage.engine import SqlStore
from tests.contract.store_texts import MADURO, NOW, VENEZUELA, decide_new, make_article, make_reading
from tests.new_stores import open_new_store

VENEZUELA_TERM = TopicTerm("venezuela", ("place:venezuela",), ("venezuela",))
TU160_TERM = TopicTerm("tu-160", ("equipment:tu-160",), ("tu", "160"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_new_store(tmp_path / "wirewatch.db") as opened:
        yield opened


def tell(
    store: SqlStore, text: str, *whens: TimeSpan | date | None, events: tuple[int | None, ...] = (), **values: object
) -> int:
    article = make_article(text, **values)
    reading = make_reading(article, whens)
    chosen = events or (None,) * len(reading.reports)
    assignments = tuple(Assignment(event_id, place) for place, event_id in enumerate(chosen))
    with store.write() as tx:
        decision = decide_new(reading, assignments=assignments)
        return tx.articles.add(article, reading, decision, now=NOW, is_seed=False)


def list_events(store: SqlStore, *terms: TopicTerm, **interval: date) -> list[StoredEvent]:
    with store.read() as tx:
        return tx.events.list_for_topic(Topic("asked", terms), limit=50, **interval)


def quotes(events: list[StoredEvent]) -> list[str]:
    return [event.reports[0].report.quote for event in events]


def test_reports_of_one_group_are_one_event(store: SqlStore) -> None:
    article = make_article("Maduro spoke. He spoke for hours. Moscow listened.")
    reading = make_reading(article, [date(2019, 1, 2)] * 3)
    groups = (Assignment(None, 7), Assignment(None, 7), Assignment(None, 8))
    with store.write() as tx:
        tx.articles.add(article, reading, decide_new(reading, assignments=groups), now=NOW, is_seed=False)
    assert [[report.report.sentence for report in event.reports] for event in list_events(store)] == [[0, 1], [2]]


def test_all_terms_must_fit(store: SqlStore) -> None:
    tell(store, "Two Tu-160 landed in Caracas.", date(2018, 12, 10))
    tell(store, "A Tu-160 flew over Moscow.", date(2018, 12, 11))
    tell(store, "Maduro spoke.", date(2018, 12, 12))
    assert len(list_events(store, TU160_TERM)) == 2
    assert len(list_events(store, VENEZUELA_TERM)) == 2
    assert quotes(list_events(store, TU160_TERM, VENEZUELA_TERM)) == ["Two Tu-160 landed in Caracas."]
    assert len(list_events(store)) == 3
    assert list_events(store, TopicTerm("peru", (), ("peru",))) == []


def test_what_an_article_is_about_counts_for_its_sentences(store: SqlStore) -> None:
    """A sentence that does not name the country is found when its article is on that country."""
    tell(store, "Venezuela is in crisis. Bakers went on strike.", None, date(2019, 2, 1), title="Venezuela in crisis")
    assert quotes(list_events(store, VENEZUELA_TERM)) == ["Bakers went on strike."]


def test_words_find_events_by_the_passage_of_their_sentence(store: SqlStore) -> None:
    tell(
        store,
        "The harbour was mined. Ships waited.\n\nElsewhere prices rose.",
        None,
        date(2019, 2, 1),
        date(2019, 2, 2),
    )
    assert quotes(list_events(store, TopicTerm("mined harbour", (), ("harbour",)))) == ["Ships waited."]
    assert list_events(store, TopicTerm("harbour mined", (), ("harbour", "mine"))) == []


@pytest.mark.parametrize(
    ("interval", "n_found"),
    [
        ({"first_on": date(2018, 12, 16)}, 2),
        ({"first_on": date(2018, 12, 17)}, 1),
        ({"last_on": date(2018, 12, 9)}, 0),
        ({"last_on": date(2018, 12, 10)}, 1),
        ({"first_on": date(2018, 12, 11), "last_on": date(2018, 12, 12)}, 1),
        ({"first_on": date(2030, 1, 1)}, 1),
    ],
)
def test_events_touch_the_interval(store: SqlStore, interval: dict[str, date], n_found: int) -> None:
    """A week touches each of its days, an open end reaches on, and what has no date touches nothing."""
    week = TimeSpan(date(2018, 12, 10), date(2018, 12, 16), Precision.WEEK)
    since = TimeSpan(date(2019, 6, 1), None, Precision.SPAN)
    tell(
        store, "One in Caracas. Two in Caracas. Three in Caracas.", week, since, TimeSpan(None, None, Precision.UNKNOWN)
    )
    assert len(list_events(store, **interval)) == n_found


def test_the_best_supported_come_first(store: SqlStore) -> None:
    tell(store, "Maduro rested.", date(2019, 1, 1))
    tell(store, "Maduro spoke.", date(2019, 1, 2))
    (spoke,) = (event for event in list_events(store) if quotes([event]) == ["Maduro spoke."])
    tell(store, "Maduro gave a speech.", date(2019, 1, 2), events=(spoke.id,))
    events = list_events(store, VENEZUELA_TERM)
    assert [len(event.reports) for event in events] == [2, 1]
    assert events[0].n_lookbacks == 1
    assert [report.article_id for report in events[0].reports] == [2, 3]


def test_an_event_takes_its_best_supported_date(store: SqlStore) -> None:
    """A stated day beats the article's own date, and of two stated ones the one that more reports give."""
    article_day = TimeSpan(date(2019, 1, 9), date(2019, 1, 9), Precision.DAY, DateBasis.ARTICLE)
    tell(store, "Maduro spoke.", article_day)
    (event,) = list_events(store)
    for when in (date(2019, 1, 7), date(2019, 1, 8), date(2019, 1, 8)):
        tell(store, "Maduro spoke.", when, events=(event.id,))
    assert list_events(store, first_on=date(2019, 1, 8), last_on=date(2019, 1, 8)) != []
    assert list_events(store, first_on=date(2019, 1, 9)) == []
    assert list_events(store, last_on=date(2019, 1, 7)) == []


def test_events_of_a_story_come_in_order_of_their_first_report(store: SqlStore) -> None:
    tell(store, "One. Two. Three.", *[date(2019, 1, day) for day in (3, 2, 1)])
    with store.read() as tx:
        assert quotes(tx.events.list_of_story(1)) == ["One.", "Two.", "Three."]


def test_names_are_resolved_in_every_stored_form(store: SqlStore) -> None:
    tell(store, "Nicolás Maduro spoke in Caracas. Maduro left.", None)
    with store.read() as tx:
        assert tx.events.resolve("nicolas MADURO") == [MADURO]
        assert tx.events.resolve(" Maduro ") == [MADURO]
        assert [entity.key for entity in tx.events.resolve("venezuela")] == [VENEZUELA.key]
        assert tx.events.resolve("madur") == []


def test_names_are_listed_by_articles(store: SqlStore) -> None:
    tell(store, "Maduro spoke.", None)
    tell(store, "Maduro spoke in Moscow.", None)
    with store.read() as tx:
        names = tx.events.list_names(limit=9)
        assert names[0] == KnownName("Nicolás Maduro", MADURO.key, EntityKind.PERSON, 2)
        assert {name.key: name.n_articles for name in names} == {MADURO.key: 2, VENEZUELA.key: 2, "place:russia": 1}
        assert [name.key for name in tx.events.list_names(prefix="Mos", limit=9)] == ["place:russia"]
        assert len(tx.events.list_names(limit=1)) == 1


class TestSearch:
    def test_passages_are_ranked_by_what_they_share(self, store: SqlStore) -> None:
        tell(store, "The bombers left the island base.\n\nPrices of bread rose again.", None)
        tell(store, "Bread is dear.", None, source_id="row-2", url="https://e.example/2")
        with store.read() as tx:
            hits = tx.passages.search(PassageQuery(("price", "breads")))
        assert [hit.text for hit in hits] == ["Prices of bread rose again.", "Bread is dear."]
        assert [hit.article_ref for hit in hits] == ["a1", "row-2"]
        assert hits[0].first_sentence == 1
        assert hits[0].score > hits[1].score > 0
        assert hits[1].url == "https://e.example/2"

    def test_a_passage_is_three_sentences_of_a_paragraph(self, store: SqlStore) -> None:
        tell(store, "Alpha one. Alpha two. Alpha three. Alpha four.\n\nAlpha five.", None)
        with store.read() as tx:
            hits = tx.passages.search(PassageQuery(("alpha",)))
        assert {(hit.first_sentence, hit.text) for hit in hits} == {
            (0, "Alpha one. Alpha two. Alpha three."),
            (3, "Alpha four."),
            (4, "Alpha five."),
        }

    def test_phrases_must_stand(self, store: SqlStore) -> None:
        tell(store, "The air defence radar was repaired.\n\nDefence of the air was hard, said radar crews.", None)
        with store.read() as tx:
            (hit,) = tx.passages.search(PassageQuery(("radar",), phrases=("Air Defences",)))
            assert hit.first_sentence == 0
            assert tx.passages.search(PassageQuery(("radar",), phrases=("air defence", "no such"))) == []

    def test_other_languages_are_found_by_their_own_stems(self, store: SqlStore) -> None:
        for text, language in (("Самолёты приземлились ночью.", "ru"), ("Los aviones aterrizaron anoche.", "es")):
            article = make_article(text)
            reading = make_reading(article, language=language)
            with store.write() as tx:
                tx.articles.add(article, reading, decide_new(reading), now=NOW, is_seed=False)
        with store.read() as tx:
            assert [hit.article_id for hit in tx.passages.search(PassageQuery(("самолет",)))] == [1]
            assert [hit.article_id for hit in tx.passages.search(PassageQuery(("aterrizado", "avión")))] == [2]

    def test_nothing_from_after_the_day_is_shown(self, store: SqlStore) -> None:
        """An answer as of a day never knows what came later; an article without a date counts as old."""
        tell(store, "Bread rose.", None, published_at=datetime(2019, 5, 2, 0, 0, tzinfo=UTC))
        tell(store, "Bread fell.", None, published_at=datetime(2019, 5, 1, 23, 59, 59, tzinfo=UTC))
        tell(store, "Bread stood.", None, published_at=None)
        with store.read() as tx:
            hits = tx.passages.search(PassageQuery(("bread",), until=date(2019, 5, 1)))
        assert {hit.article_id for hit in hits} == {2, 3}

    def test_wanted_names_are_preferred(self, store: SqlStore) -> None:
        tell(store, "Bread is dear in Caracas.", None)
        tell(store, "Bread is dear in Madrid.", None)
        with store.read() as tx:
            hits = tx.passages.search(PassageQuery(("bread",), keys=("place:venezuela", "place:unknown")))
        assert [hit.article_id for hit in hits] == [1, 2]

    def test_the_limit_holds(self, store: SqlStore) -> None:
        for number in range(9):
            tell(store, f"Bread number {number}.", None)
        with store.read() as tx:
            assert len(tx.passages.search(PassageQuery(("bread",), limit=4))) == 4
            assert tx.passages.search(PassageQuery(("bread",), limit=0)) == []
            assert tx.passages.search(PassageQuery(())) == []
            assert tx.passages.search(PassageQuery(("!!!", ""), ())) == []
