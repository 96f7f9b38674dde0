"""What the store promises of articles, on a real database file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from news.answers.retrieval import PassageQuery
from news.decision import (
    Assignment,
    Candidates,
    Claim,
    Decision,
    Dispute,
    FactKind,
    KnownSince,
    Label,
    Reason,
    StoredArticle,
)
from news.errors import InputError, NotFoundError
from news.model import Article, Precision, Reading, TimeSpan
from news.queries.topics import Topic, TopicTerm
from news.words.fingerprint import sign
from storage.engine import SqlStore
from storage.identities import MOST_HOLDERS, Identities, find_first_holders, hash_reference, keep_identities
from tests.contract.store_texts import NOW, decide_new, make_article, make_reading
from tests.new_stores import open_new_store

LANDING = (
    "Two Tu-160 bombers landed near Caracas on Monday after a long flight over the ocean. "
    "Moscow called the visit a routine exercise with an old friend. "
    "Maduro welcomed the crews at the airfield.\n\n"
    "Venezuela had asked for help with its air defence radars earlier in the year."
)
DAY = date(2018, 12, 10)
TOPIC = Topic("venezuela", (TopicTerm("venezuela", ("place:venezuela",), ("venezuela",)),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_new_store(tmp_path / "wirewatch.db") as opened:
        yield opened


def add(store: SqlStore, article: Article, reading: Reading | None = None, **decision: object) -> int:
    reading = reading or make_reading(article, [DAY, None, DAY])
    with store.write() as tx:
        return tx.articles.add(article, reading, decide_new(reading, **decision), now=NOW, is_seed=False)


def find_candidates(store: SqlStore, article: Article, reading: Reading | None = None) -> Candidates:
    with store.read() as tx:
        return tx.articles.find_candidates(article, reading or make_reading(article, [DAY]))


def find_same_id(store: SqlStore, article: Article) -> int | None:
    with store.read() as tx:
        same = tx.articles.find_same(article)
    return None if same is None else same.id


def test_an_article_comes_back_as_it_went_in(store: SqlStore) -> None:
    """Nothing of an article, its counts, signatures and times is lost or changed by being stored."""
    article = make_article(
        LANDING,
        url="https://example.com/a?id=1",
        source_id="guid-1",
        author="A. Writer",
        links=("https://example.com/b",),
        language="en",
        feed_url="https://example.com/feed",
        original=sign("The wording of the original document, which is not kept itself."),
        published_at=datetime(2018, 12, 10, 23, 59, 59, 999_999, UTC),
    )
    reading = make_reading(article, [DAY])
    with store.write() as tx:
        article_id = tx.articles.add(article, reading, decide_new(reading), now=NOW, is_seed=True)
    with store.read() as tx:
        stored = tx.articles.get(article_id)
        assert tx.articles.count() == 1
    assert stored.article == article
    assert stored.signatures == (reading.signature, article.original)
    assert stored.fetched_at == NOW
    assert stored.is_seed
    assert stored.label is Label.NEW
    assert stored.entity_counts == {
        "equipment:tu-160": 1,
        "place:caracas": 1,
        "place:russia": 1,
        "person:nicolas-maduro": 1,
        "place:venezuela": 1,
    }
    assert stored.term_counts["bomber"] == 2
    assert "the" not in stored.term_counts


def test_an_unknown_article_is_not_found(store: SqlStore) -> None:
    with store.read() as tx, pytest.raises(NotFoundError):
        tx.articles.get(7)
    with store.read() as tx, pytest.raises(NotFoundError):
        tx.articles.get_decision(7)
    with store.read() as tx, pytest.raises(NotFoundError):
        tx.articles.list_of_story(7)


@pytest.mark.parametrize(
    "copy",
    [
        {"source_id": "guid-1", "feed_url": "https://example.com/feed", "title": "Edited", "text": "Edited."},
        {"url": "http://www.example.com/story/landing/?utm_source=feed#top", "title": "Edited", "text": "Edited."},
        {"url": "https://other.example/elsewhere"},
    ],
    ids=["guid in its feed", "canonical address", "title and text"],
)
def test_the_same_article_is_found_under_each_of_its_names(store: SqlStore, copy: dict[str, str]) -> None:
    """A re-issued article is recognised whichever of its names it has kept."""
    article = make_article(
        LANDING, url="https://example.com/story/landing", source_id="guid-1", feed_url="https://example.com/feed"
    )
    article_id = add(store, article)
    again = make_article(LANDING, **copy)
    assert find_same_id(store, again) == article_id


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            {"source_id": "1", "feed_url": "https://a.example/feed"},
            {"source_id": "1", "feed_url": "https://b.example/f"},
        ),
        ({"url": "https://a.example/"}, {"url": "https://a.example"}),
        ({"title": "Live", "text": "Soon."}, {"title": "Live", "text": "Soon."}),
        ({"title": "Live", "text": ""}, {"title": "Live", "text": ""}),
        ({"source_id": "1"}, {"source_id": "1"}),
    ],
    ids=["guid of another feed", "front page", "few words", "no text", "guid without a feed"],
)
def test_what_names_many_articles_names_none(store: SqlStore, first: dict[str, str], second: dict[str, str]) -> None:
    """A name that different articles share must not make the second one vanish."""
    add(store, make_article("", **{"text": "One thing happened.", "title": "One", **first}))
    assert find_same_id(store, make_article("", **{"text": "Quite another.", "title": "Another", **second})) is None


def test_guids_survive_a_move_of_their_feed(store: SqlStore) -> None:
    with store.write() as tx:
        feed, _ = tx.feeds.add("https://old.example/feed", outlet="", language="", interval_s=600, now=NOW)
    article_id = add(store, make_article(LANDING, source_id="7", feed_url=feed.url))
    with store.write() as tx:
        from storage.schema import FEEDS  # noqa: PLC0415 - a shortcut past three polls, tested elsewhere

        tx._connection.execute(FEEDS.update().values(url="https://new.example/feed"))
    moved = make_article("Edited.", source_id="7", feed_url="https://new.example/feed")
    assert find_same_id(store, moved) == article_id


def test_ids_are_found_by_address_and_by_the_callers_own_id(store: SqlStore) -> None:
    first = add(store, make_article(LANDING, source_id="row-1", url="https://example.com/x"))
    second = add(store, make_article("Another text.", source_id="row-1", url="https://www.example.com/x/"))
    with store.read() as tx:
        assert tx.articles.find_ids("row-1") == [first, second]
        assert tx.articles.find_ids("http://example.com/x") == [first, second]
        assert tx.articles.find_ids("nothing") == []


def test_a_name_of_many_articles_costs_no_more_than_that_of_a_few(store: SqlStore) -> None:
    """A feed may put one address under all of its entries; looking it up must not read through all of them."""
    first = add(store, make_article(LANDING, source_id="row-1", url="https://example.com/x"))
    name = hash_reference("https://example.com/x")[1]
    with store.write() as tx:
        held = [(number, Identities(None, name, None, None)) for number in range(1_000, 1_000 + 2 * MOST_HOLDERS)]
        keep_identities(tx._connection, held)
        assert find_first_holders(tx._connection, [name, 5]) == {name: first}
        assert tx.articles.find_ids("https://example.com/x") == [first, *range(1_000, 999 + MOST_HOLDERS)]
    assert find_same_id(store, make_article("Other words.", url="https://example.com/x")) == first


def test_a_decision_comes_back_whole(store: SqlStore) -> None:
    article = make_article(LANDING)
    reading = make_reading(article, [DAY])
    known = KnownSince(3, "Example", "Title", "", NOW, "«Quote» — так", when=TimeSpan.of_day(DAY))
    decision = decide_new(reading, known_since=known, reasons=(Reason("figure", "2 -> 4", 3, 0.5),), n_independent=2)
    with store.write() as tx:
        article_id = tx.articles.add(article, reading, decision, now=NOW, is_seed=False)
    with store.read() as tx:
        assert tx.articles.get_decision(article_id) == decision


def test_a_decision_must_assign_each_report(store: SqlStore) -> None:
    """A report without an event would be lost; the whole article is refused and nothing of it stays."""
    article = make_article(LANDING)
    reading = make_reading(article, [DAY, DAY])
    with pytest.raises(InputError, match="1 assignments for 2 reports"):
        add(store, article, reading, assignments=(Assignment(None, 0),))
    with store.read() as tx:
        assert tx.articles.count() == 0


def test_articles_join_a_story(store: SqlStore) -> None:
    first = add(store, make_article(LANDING))
    with store.read() as tx:
        story_id = tx.articles.get(first).story_id
    second = add(store, make_article("Maduro thanked the crews."), story_id=story_id, label=Label.UPDATE)
    with store.read() as tx:
        assert [stored.id for stored in tx.articles.list_of_story(story_id)] == [first, second]
    with pytest.raises(NotFoundError):
        add(store, make_article("Elsewhere."), story_id=999)


def test_when_a_story_was_heard_of_is_known_without_its_words(store: SqlStore) -> None:
    """Silences are found as with the whole articles, at the cost of their moments."""
    first = add(store, make_article(LANDING))
    with store.read() as tx:
        story_id = tx.articles.get(first).story_id
    add(store, make_article("Maduro thanked the crews."), story_id=story_id, label=Label.UPDATE)
    with store.read() as tx:
        heard, whole = tx.articles.list_heard(story_id), tx.articles.list_of_story(story_id)
        assert [each.article.text for each in heard] == ["", ""]
        assert [_moments(each) for each in heard] == [_moments(each) for each in whole]
        assert tx.articles.list_heard(999) == []


def _moments(stored: StoredArticle) -> tuple[object, ...]:
    return stored.id, stored.story_id, stored.fetched_at, stored.is_seed, stored.article.published_at


def test_a_reprint_adds_neither_events_nor_passages(store: SqlStore) -> None:
    """A copy counts for its story, and no answer or timeline shows its sentences twice."""
    first = add(store, make_article(LANDING))
    with store.read() as tx:
        story_id = tx.articles.get(first).story_id
    reading = make_reading(make_article(LANDING))
    copy = add(
        store, make_article(LANDING, outlet="Copy Cat"), reading, label=Label.REPRINT, story_id=story_id,
        duplicate_of=first,
    )  # fmt: skip
    with store.read() as tx:
        assert tx.articles.get(copy).duplicate_of == first
        assert {hit.article_id for hit in tx.passages.search(PassageQuery(("bombers",)))} == {first}
        events = tx.events.list_for_topic(TOPIC, limit=10)
        assert {report.article_id for event in events for report in event.reports} == {first}
        assert len(tx.articles.list_of_story(story_id)) == 2


class TestCandidates:
    def test_similar_articles_share_wording(self, store: SqlStore) -> None:
        first = add(store, make_article(LANDING))
        add(store, make_article("The central bank raised its rate by half a point to slow the rise of prices."))
        copy = make_article("By our own staff. " + LANDING + " Read more stories here.", outlet="Copy Cat")
        found = find_candidates(store, copy)
        assert [stored.id for stored in found.similar] == [first]
        assert found.similar[0].signatures
        assert found.same is None

    def test_an_original_wording_is_found_too(self, store: SqlStore) -> None:
        """The document behind a seed is recognised although the store holds other words."""
        original = "A wholly different wording of what had happened on that airfield under the December sun."
        first = add(store, make_article(LANDING, original=sign(original)))
        assert [stored.id for stored in find_candidates(store, make_article(original)).similar] == [first]

    def test_related_articles_share_rare_names_and_words(self, store: SqlStore) -> None:
        first = add(store, make_article(LANDING))
        for number in range(5):
            add(store, make_article(f"Parliament debated budget item {number} for hours without a vote."))
        found = find_candidates(store, make_article("Maduro praised the crews of the bombers."))
        assert found.related[0].id == first
        assert found.n_articles == 6
        assert found.document_counts["person:nicolas-maduro"] == 1
        assert found.document_counts["bomber"] == 1
        assert "prais" not in found.document_counts

    def test_originals_take_the_places_of_reprints(self, store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
        """Reprints that are nearer than any original leave the related as many as there may be."""
        monkeypatch.setattr("storage.candidates.N_RELATED", 2)
        originals = {add(store, make_article("Maduro rested.")), add(store, make_article("Maduro slept."))}
        for _ in range(3):
            add(store, make_article(LANDING), label=Label.REPRINT, duplicate_of=min(originals))
        found = find_candidates(store, make_article("Maduro flew from Caracas to Moscow in a Tu-160."))
        assert {stored.id for stored in found.related} == originals

    def test_long_articles_leave_room_for_the_reports_of_others(
        self, store: SqlStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of the nearest articles the first report of each comes before the second of any."""
        monkeypatch.setattr("storage.candidates.N_REPORTS", 3)
        text = "Police arrested 45 demonstrators near the harbour. Police shut the harbour. Police left the harbour."
        ids = [add(store, make_article(text), make_reading(make_article(text), [DAY, DAY, DAY])) for _ in range(2)]
        for _ in range(2):  # what is remembered of them gives the same
            found = find_candidates(store, make_article("Demonstrators met near the harbour."))
            assert [report.article_id for report in found.reports] == [*ids, ids[0]]

    def test_reports_of_the_nearest_articles_come_whatever_they_name(self, store: SqlStore) -> None:
        """A sentence that names nobody is found through its article."""
        text = "Police arrested 45 demonstrators near the old harbour."
        known = add(store, make_article(text), make_reading(make_article(text), [DAY]))
        article = make_article("Police arrested 60 demonstrators near the old harbour, they said later.")
        found = find_candidates(store, article, make_reading(article, [DAY]))
        assert [report.article_id for report in found.reports] == [known]

    def test_reports_share_names_within_a_window(self, store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
        """A report of another year on the same names is no candidate, one without a date is."""
        monkeypatch.setattr("storage.candidates.N_NEAREST", 0)
        near = add(
            store,
            make_article("Maduro spoke in Caracas."),
            make_reading(make_article("Maduro spoke in Caracas."), [DAY]),
        )
        text = "Maduro rested in Caracas."
        add(store, make_article(text), make_reading(make_article(text), [date(2012, 1, 3)]))
        text = "Maduro was seen in Caracas."
        unknown = TimeSpan(None, None, Precision.UNKNOWN)
        undated = add(store, make_article(text), make_reading(make_article(text), [unknown]))
        article = make_article("Maduro spoke again.")
        found = find_candidates(store, article, make_reading(article, [DAY + timedelta(days=2)]))
        assert {report.article_id for report in found.reports} == {near, undated}
        report = next(report for report in found.reports if report.article_id == near)
        assert report.report.quote == "Maduro spoke in Caracas."
        assert report.outlet == "Example Daily"

    def test_a_country_finds_reports_on_its_capital(self, store: SqlStore) -> None:
        text = "Crowds gathered in Caracas."
        first = add(store, make_article(text), make_reading(make_article(text), [DAY]))
        article = make_article("Crowds gathered in Venezuela.")
        found = find_candidates(store, article, make_reading(article, [DAY]))
        assert [report.article_id for report in found.reports] == [first]

    def test_an_empty_store_has_no_candidates(self, store: SqlStore) -> None:
        assert find_candidates(store, make_article(LANDING)) == Candidates()

    def test_counts_do_not_depend_on_when_they_are_brought_up_to_date(self, store: SqlStore) -> None:
        """Terms are counted in batches; what is asked in between is right all the same."""
        for number in range(40):
            add(store, make_article(f"Shipment {number} of grain left the harbour."))
            found = find_candidates(store, make_article("A shipment of grain."))
            assert found.document_counts["shipment"] == number + 1


class TestRevise:
    def test_the_new_edition_replaces_the_old_one_everywhere(self, store: SqlStore) -> None:
        """After a correction nobody is told what the outlet has taken back."""
        article = make_article("Two Tu-160 bombers landed in Caracas.", url="https://example.com/1")
        article_id = add(store, article, make_reading(article, [DAY]))
        edited = make_article("Four transport aircraft landed near Moscow.", url="https://example.com/1")
        reading = make_reading(edited, [date(2018, 12, 11)])
        with store.write() as tx:
            old = tx.articles.get(article_id)
            decision = decide_new(reading, label=Label.REVISED)
            tx.articles.revise(article_id, edited, reading, decision, now=NOW + timedelta(hours=1))
        with store.read() as tx:
            stored = tx.articles.get(article_id)
            assert (stored.article.text, stored.label, stored.story_id) == (edited.text, Label.REVISED, old.story_id)
            assert stored.fetched_at == NOW
            assert tx.articles.get_decision(article_id).label is Label.REVISED
            assert tx.passages.search(PassageQuery(("bombers",))) == []
            assert [hit.article_id for hit in tx.passages.search(PassageQuery(("transport",)))] == [article_id]
            assert tx.events.list_for_topic(TOPIC, limit=9) == []
            (event,) = tx.events.list_of_story(stored.story_id)
            assert [report.report.quote for report in event.reports] == [edited.text]
            assert tx.articles.find_candidates(article, make_reading(article, [DAY])).similar == ()
            assert tx.articles.find_same(article) == stored
            assert "bomber" not in tx.articles.find_candidates(article, make_reading(article)).document_counts

    def test_an_event_that_others_tell_too_stays(self, store: SqlStore) -> None:
        first = make_article("Maduro spoke in Caracas.")
        add(store, first, make_reading(first, [DAY]))
        with store.read() as tx:
            (event,) = tx.events.list_for_topic(TOPIC, limit=9)
        second = make_article("Maduro gave a speech in Caracas.")
        reading = make_reading(second, [DAY])
        second_id = add(store, second, reading, assignments=(Assignment(event.id, 0),), story_id=event.story_id)
        edited = make_article("Nothing was said.")
        with store.write() as tx:
            reading = make_reading(edited)
            tx.articles.revise(second_id, edited, reading, decide_new(reading), now=NOW)
        with store.read() as tx:
            (left,) = tx.events.list_for_topic(TOPIC, limit=9)
        assert left == event

    def test_a_revision_may_keep_the_event_of_its_first_edition(self, store: SqlStore) -> None:
        article = make_article("Two Tu-160 landed in Caracas.")
        article_id = add(store, article, make_reading(article, [DAY]))
        with store.read() as tx:
            (event,) = tx.events.list_for_topic(TOPIC, limit=9)
        edited = make_article("Four Tu-160 landed in Caracas.")
        reading = make_reading(edited, [DAY])
        with store.write() as tx:
            decision = decide_new(reading, label=Label.REVISED, assignments=(Assignment(event.id, 0),))
            tx.articles.revise(article_id, edited, reading, decision, now=NOW)
        with store.read() as tx:
            (left,) = tx.events.list_for_topic(TOPIC, limit=9)
        assert left.id == event.id
        assert [report.report.quote for report in left.reports] == [edited.text]

    def test_many_revisions_leave_one_entry(self, store: SqlStore) -> None:
        """A page that is rewritten all day long must not crowd everything else out of the search."""
        article_id = add(store, make_article("Live: storm nears the coast, edition 0."))
        other = add(store, make_article("A storm was over by noon."))
        for number in range(1, 30):
            edited = make_article(f"Live: storm nears the coast, edition {number}.")
            reading = make_reading(edited)
            with store.write() as tx:
                tx.articles.revise(article_id, edited, reading, decide_new(reading), now=NOW)
        with store.read() as tx:
            hits = tx.passages.search(PassageQuery(("storm",), limit=2))
            assert sorted(hit.article_id for hit in hits) == [article_id, other]
            found = tx.articles.find_candidates(make_article("Storm."), make_reading(make_article("Storm.")))
        assert found.document_counts["storm"] == 2

    def test_an_unknown_article_cannot_be_revised(self, store: SqlStore) -> None:
        article = make_article(LANDING)
        reading = make_reading(article)
        with store.write() as tx, pytest.raises(NotFoundError):
            tx.articles.revise(5, article, reading, decide_new(reading), now=NOW)


class TestUnread:
    def test_only_what_is_new_is_counted(self, store: SqlStore) -> None:
        """First sight of a feed, seen again, or seen in two feeds at once, stores each article once."""
        articles = [
            make_article(
                f"Text {n} " * 20, url=f"https://e.example/{n}", source_id=str(n), feed_url="https://e.example/f"
            )
            for n in range(50)
        ]
        with store.write() as tx:
            assert tx.articles.add_unread([*articles, articles[0]], now=NOW) == 50
            assert tx.articles.add_unread(articles[:10], now=NOW) == 0
            assert tx.articles.add_unread([], now=NOW) == 0
            assert tx.articles.count() == 50
        assert find_same_id(store, articles[49]) == 50

    def test_ids_go_on_after_a_batch(self, store: SqlStore) -> None:
        with store.write() as tx:
            tx.articles.add_unread([make_article("a " * 60), make_article("b " * 60)], now=NOW)
        assert add(store, make_article(LANDING)) == 3

    def test_an_unread_article_is_read_later(self, store: SqlStore) -> None:
        article = make_article(LANDING, url="https://example.com/1")
        with store.write() as tx:
            tx.articles.add_unread([article], now=NOW)
            stored = tx.articles.get(1)
            assert (stored.story_id, stored.label) == (0, Label.KNOWN)
            reading = make_reading(article, [DAY])
            tx.articles.revise(1, article, reading, decide_new(reading), now=NOW)
        with store.read() as tx:
            assert tx.articles.get(1).label is Label.NEW
            assert len(tx.articles.list_of_story(1)) == 1
            found = tx.articles.find_candidates(article, reading)
            assert found.document_counts["bomber"] == 1

    def test_feeds_count_their_articles(self, store: SqlStore) -> None:
        with store.write() as tx:
            tx.feeds.add("https://e.example/f", outlet="", language="", interval_s=60, now=NOW)
            tx.articles.add_unread([make_article("a " * 60, feed_url="https://e.example/f")], now=NOW)
        add(store, make_article(LANDING, feed_url="https://e.example/f"))
        with store.read() as tx:
            assert tx.feeds.list_all()[0].n_articles == 2


def test_articles_since_are_those_on_the_topic(store: SqlStore) -> None:
    late = NOW + timedelta(days=1)
    add(store, make_article("Maduro spoke."))
    ids = []
    for text in ("Maduro spoke again.", "Rates rose by a point.", "Two Tu-160 took off."):
        article = make_article(text)
        reading = make_reading(article)
        with store.write() as tx:
            ids.append(tx.articles.add(article, reading, decide_new(reading), now=late, is_seed=False))
    by_name = Topic("maduro", (TopicTerm("maduro", ("person:nicolas-maduro",), ("maduro",)),))
    by_word = Topic("rates", (TopicTerm("rates", (), ("rate",)),))
    with store.read() as tx:
        assert [stored.id for stored, _ in tx.articles.list_since(by_name, NOW, limit=9)] == [ids[0], 1]
        assert [stored.id for stored, _ in tx.articles.list_since(by_name, late, limit=9)] == [ids[0]]
        assert [stored.id for stored, _ in tx.articles.list_since(by_word, late, limit=9)] == [ids[1]]
        everything = tx.articles.list_since(Topic("", ()), late, limit=2)
        assert [stored.id for stored, _ in everything] == [ids[2], ids[1]]
        assert isinstance(everything[0][1], Decision)
        assert tx.articles.list_since(by_name, late + timedelta(days=1), limit=9) == []


HOSTILE = "\" OR NEAR(a b) *:-^'; DROP TABLE articles; -- \x00 \ud800 NUL"


def test_hostile_text_is_only_text(store: SqlStore) -> None:
    """Quotes, operators, NUL and lone surrogates go in and come out as text, with every offset where it was."""
    article = make_article(
        f"{HOSTILE} landed in Caracas. Second sentence here.",
        title=HOSTILE, url=HOSTILE, source_id=HOSTILE, author=HOSTILE, outlet=HOSTILE, feed_url=HOSTILE,
        links=(HOSTILE,),
    )  # fmt: skip
    reading = make_reading(article, [DAY])
    article_id = add(store, article, reading)
    with store.write() as tx:
        assert tx.articles.add_unread([replace(article, source_id="x", url="y", title="z")], now=NOW) == 1
    with store.read() as tx:
        stored = tx.articles.get(article_id)
        assert len(stored.article.text) == len(article.text)
        assert stored.article.text.replace("\ufffd", "?") == article.text.replace("\x00", "?").replace("\ud800", "?")
        assert find_same_id(store, article) == article_id
        assert tx.articles.find_ids(HOSTILE)[0] == article_id
        assert tx.events.resolve(HOSTILE) == []
        assert tx.events.list_names(prefix=HOSTILE, limit=5) == []
        assert tx.passages.search(PassageQuery((HOSTILE,), (HOSTILE,), (HOSTILE,))) != []
        topic = Topic(HOSTILE, (TopicTerm(HOSTILE, (HOSTILE,), (HOSTILE,)),))
        assert len(tx.events.list_for_topic(topic, limit=3)) == 1
    with store.write() as tx:
        tx.articles.revise(article_id, article, reading, decide_new(reading), now=NOW)


def test_the_newest_told_are_those_of_the_days_asked_for(store: SqlStore) -> None:
    """Younger articles take no place of those up to a day; one without a date counts as published before."""
    days = [NOW, NOW + timedelta(days=1), None, *(NOW + timedelta(days=2, hours=n) for n in range(5))]
    story_id = None
    for number, at in enumerate(days):
        add(store, make_article(f"Report {number} of the strike.", published_at=at), story_id=story_id)
        story_id = 1
    with store.read() as tx:
        up_to = [tx.articles.list_told(1, limit=2, until=NOW.date() + timedelta(days=n)) for n in range(3)]
        assert [[stored.id for stored in told] for told in up_to] == [[1, 3], [2, 3], [7, 8]]
        assert [stored.id for stored in tx.articles.list_told(1, limit=2)] == [7, 8]


def test_each_story_tells_its_own_newest_disputes(store: SqlStore) -> None:
    """A story of many young disputes takes no place of those of an older story; a later edition decides anew."""
    for number, story_id in enumerate((None, None, 1, 1, 2, 2, 2), 1):
        given = Claim(str(number), "Nine were hurt.", "Post")
        dispute = Dispute(FactKind.FIGURE, None, given, Claim("8", "Eight were hurt.", "Mail", story_id))
        label = Label.NEW if story_id is None else Label.DISPUTED
        disputes = () if story_id is None else (dispute,)
        add(store, make_article(f"Strike {number}."), story_id=story_id, label=label, disputes=disputes)

    def told(limit: int, *stories: int) -> list[tuple[int | None, str]]:
        with store.read() as tx:
            found = tx.articles.list_disputes(stories, limit=limit)
            return [(dispute.here.article_id, dispute.here.value) for dispute in found]

    assert told(1, 1, 2) == [(7, "7"), (4, "4")]
    assert told(2, 1, 2) == [(7, "7"), (6, "6"), (4, "4"), (3, "3")]
    assert told(9, 1) == [(4, "4"), (3, "3")]
    again = make_article("Strike 4, again.")
    with store.write() as tx:
        reading = make_reading(again)
        tx.articles.revise(4, again, reading, decide_new(reading, label=Label.DISPUTED, story_id=1), now=NOW)
        assert set(tx.articles.load_decisions([3, 4, 99])) == {3, 4}
        assert tx.articles.load_decisions([4])[4] == tx.articles.get_decision(4)
        assert tx.articles.load_texts([3, 99]) == {3: tx.articles.get(3).article}
    assert told(9, 1) == [(3, "3")]
