"""What the store promises of stories that a reader corrects: nothing is lost, and undoing gives back what was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.decision import Assignment, Candidates, Label, StoredEvent
from news.errors import InputError, NotFoundError, StorageError
from news.queries.topics import Topic, TopicTerm
from news.watches.watch import Alert
from storage.engine import SqlStore, SqlTransaction, open_store
from tests.contract.store_texts import NOW, decide_new, make_article, make_reading
from tests.new_stores import open_new_store

DAY = date(2019, 1, 2)
LATER = NOW + timedelta(hours=1)
MADURO_TERM = TopicTerm("maduro", ("person:nicolas-maduro",), ())
TU160_TERM = TopicTerm("tu-160", ("equipment:tu-160",), ())
TABLES = ("articles", "stories", "story_links", "events", "event_entities", "reports", "report_keys")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_new_store(tmp_path / "wirewatch.db") as opened:
        yield opened


def tell(
    store: SqlStore, text: str, *events: int | None, story: int | None = None, now: datetime = NOW, **values: object
) -> int:
    """Store an article with a report for each of ``events``, in order of its sentences; None opens an event."""
    article = make_article(text, **values)
    reading = make_reading(article, [DAY] * len(events))
    assignments = tuple(Assignment(event_id, place) for place, event_id in enumerate(events))
    with store.write() as tx:
        decision = decide_new(reading, assignments=assignments, story_id=story)
        return tx.articles.add(article, reading, decision, now=now, is_seed=False)


def list_ids(tx: SqlTransaction, story_id: int) -> list[int]:
    return [stored.id for stored in tx.articles.list_of_story(story_id)]


def told(events: list[StoredEvent]) -> dict[int, list[int]]:
    return {event.id: [report.article_id for report in event.reports] for event in events}


def find_events(tx: SqlTransaction, term: TopicTerm) -> set[int]:
    return {event.id for event in tx.events.list_for_topic(Topic("asked", (term,)), limit=50)}


def names(tx: SqlTransaction, event_id: int) -> set[str]:
    """Return the keys under which an event is found."""
    query = "SELECT key FROM event_entities JOIN entities ON entities.id = entity_id WHERE event_id = ?"
    return set(tx._connection.exec_driver_sql(query, (event_id,)).scalars())


def dump(tx: SqlTransaction, *left_out: str) -> dict[str, set[str]]:
    """Return all rows of what a move may touch."""
    execute = tx._connection.exec_driver_sql
    return {
        name: {str(tuple(row)) for row in execute(f"SELECT * FROM {name}")} for name in TABLES if name not in left_out
    }


def add_two_stories(store: SqlStore) -> None:
    """Story 1: articles 1 and 2, which share event 1, and event 2 of article 2 alone. Story 2: article 3."""
    tell(store, "Maduro spoke in Caracas.", None)
    tell(store, "Maduro spoke. Two Tu-160 landed.", 1, None, story=1, outlet="Other Daily")
    tell(store, "Russia answered.", None)


class TestMove:
    def test_an_article_becomes_a_story_of_its_own(self, store: SqlStore) -> None:
        """It takes along what it tells; what both parts tell is divided, so that each stands by its own reports."""
        add_two_stories(store)
        with store.write() as tx:
            story_id, change = tx.stories.move([2], None, now=LATER)
            assert change
            assert (list_ids(tx, 1), list_ids(tx, story_id)) == ([1], [2])
            assert told(tx.events.list_of_story(1)) == {1: [1]}
            parted = told(tx.events.list_of_story(story_id))
            assert parted == {2: [2], max(parted): [2]}
            assert max(parted) > 3
            rows = tx._connection.exec_driver_sql("SELECT id, n_reports, n_articles FROM events ORDER BY id").all()
            assert [tuple(row) for row in rows] == [(1, 1, 1), (2, 1, 1), (3, 1, 1), (max(parted), 1, 1)]
            query = "SELECT title, n_articles, n_independent FROM stories WHERE id IN (1, 3) ORDER BY id"
            stories = [tuple(row) for row in tx._connection.exec_driver_sql(query)]
            assert stories == [("Maduro spoke in Caracas", 1, 1), ("Maduro spoke", 1, 1)]

    def test_both_parts_are_found_by_their_own_names(self, store: SqlStore) -> None:
        tell(store, "Maduro spoke in Caracas.", None)
        tell(store, "Two Tu-160 landed in Caracas.", 1, story=1)
        with store.write() as tx:
            assert find_events(tx, MADURO_TERM) == find_events(tx, TU160_TERM) == {1}
            tx.stories.move([2], None, now=LATER)
            assert find_events(tx, MADURO_TERM) == {1}
            assert find_events(tx, TU160_TERM) == {2}
            assert find_events(tx, TopicTerm("venezuela", ("place:venezuela",), ())) == {1, 2}

    def test_a_story_joins_another(self, store: SqlStore) -> None:
        """Nothing is divided where nobody stays behind; the emptied story stays as a row without articles."""
        add_two_stories(store)
        with store.write() as tx:
            before = told([tx.events.get(number) for number in (1, 2, 3)])
            assert tx.stories.move([2, 1, 2], 2, now=LATER)[0] == 2
            assert (list_ids(tx, 1), list_ids(tx, 2)) == ([], [1, 2, 3])
            assert told(tx.events.list_of_story(2)) == before
            assert tx.events.list_of_story(1) == []
            counts = tx._connection.exec_driver_sql("SELECT n_articles, n_independent FROM stories ORDER BY id").all()
            assert [tuple(row) for row in counts] == [(0, 1), (3, 2)]
            links = tx._connection.exec_driver_sql("SELECT story_id, related_id FROM story_links ORDER BY 1").all()
            assert [tuple(row) for row in links] == [(1, 2), (2, 1)]

    def test_deciding_sees_the_new_story(self, store: SqlStore) -> None:
        """The next article that is like a moved one is offered the story where that stands now."""
        add_two_stories(store)
        article = make_article("Two Tu-160 landed again.")
        reading = make_reading(article, [DAY])

        def find(tx: SqlTransaction) -> Candidates:
            return tx.articles.find_candidates(article, reading)

        with store.read() as tx:
            assert {stored.story_id for stored in find(tx).related} == {1}
        with store.write() as tx:
            story_id, _ = tx.stories.move([2], None, now=LATER)
        with store.read() as tx:
            found = find(tx)
            assert {stored.id: stored.story_id for stored in found.related}[2] == story_id
            assert {report.story_id for report in found.reports if report.article_id == 2} == {story_id}
            assert all(tx.events.get(report.event_id).story_id == report.story_id for report in found.reports)

    def test_who_looks_back_goes_on_looking_back(self, store: SqlStore) -> None:
        """Another story's report on an event neither holds the event back nor goes along."""
        tell(store, "Maduro spoke.", None)
        tell(store, "Maduro landed.", None, story=1)
        tell(store, "Years ago Maduro landed.", 2)
        with store.write() as tx:
            assert tx.events.get(2).n_lookbacks == 1
            story_id, change = tx.stories.move([2], None, now=LATER)
            assert told(tx.events.list_of_story(story_id)) == {2: [2, 3]}
            assert tx.events.get(2).n_lookbacks == 1
            _, joined = tx.stories.move([3], story_id, now=LATER)
            assert tx.events.get(2).n_lookbacks == 0
            tx.stories.undo(joined, now=LATER)
            assert tx.events.get(2).n_lookbacks == 1
            tx.stories.undo(change, now=LATER)
            assert told(tx.events.list_of_story(1)) == {1: [1], 2: [2, 3]}

    def test_what_cannot_be_moved_is_said(self, store: SqlStore) -> None:
        add_two_stories(store)
        with store.write() as tx:
            tx.articles.add_unread([make_article("Unread.")], now=NOW)
            before = dump(tx)
            for articles, story in (([99], 1), ([1, 99], None), ([1], 99)):
                with pytest.raises(NotFoundError), tx.savepoint():
                    tx.stories.move(articles, story, now=LATER)
            for articles in ([], [1, 3], [4]):
                with pytest.raises(InputError), tx.savepoint():
                    tx.stories.move(articles, None, now=LATER)
            assert tx.stories.move([1], 1, now=LATER) == (1, "")
            tx.stories.undo("", now=LATER)
            with pytest.raises(StorageError, match="damaged"):
                tx.stories.undo("{", now=LATER)
            assert dump(tx) == before


class TestHeads:
    @pytest.fixture(autouse=True)
    def _heads(self, store: SqlStore) -> None:
        """Story 1 has heads in channels d:1 and d:2, story 2 in d:2."""
        add_two_stories(store)
        with store.write() as tx:
            for article_id, story_id, channel in ((1, 1, "d:1"), (1, 1, "d:2"), (3, 2, "d:2")):
                tx.outbox.add([Alert(article_id, channel, 1, Label.NEW)], now=LATER)
                row = tx.outbox.list_for_article(article_id)[-1]
                receipt = f"{story_id} in {channel}"
                tx.heads.open(channel=channel, story_id=story_id, row_id=row.id, receipt=receipt, thread="", now=LATER)

    def places(self, tx: SqlTransaction) -> dict[tuple[str, int], str]:
        heads = {(channel, story): tx.heads.find(channel, story) for channel in ("d:1", "d:2") for story in (1, 2, 3)}
        return {key: head.receipt for key, head in heads.items() if head is not None}

    def test_heads_of_an_emptied_story_pass_where_there_is_none(self, store: SqlStore) -> None:
        with store.write() as tx:
            before = self.places(tx)
            _, change = tx.stories.move([1, 2], 2, now=LATER)
            assert self.places(tx) == {("d:1", 2): "1 in d:1", ("d:2", 1): "1 in d:2", ("d:2", 2): "2 in d:2"}
            stale = tx.heads.list_stale(channels="", edited_before=LATER, limit=9)
            assert len(stale) == 3, "each of them shows something else now"
            tx.stories.undo(change, now=LATER)
            assert self.places(tx) == before

    def test_heads_of_a_story_that_keeps_articles_stay(self, store: SqlStore) -> None:
        with store.write() as tx:
            before = self.places(tx)
            tx.stories.move([2], 2, now=LATER)
            assert self.places(tx) == before
            assert len(tx.heads.list_stale(channels="", edited_before=LATER, limit=9)) == 3

    def test_a_head_opened_since_goes_back_with_the_last_article(self, store: SqlStore) -> None:
        """The story that was made by mistake leaves no message behind that nobody keeps current."""
        with store.write() as tx:
            story_id, change = tx.stories.move([2], None, now=LATER)
            tx.outbox.add([Alert(2, "d:3", 1, Label.NEW)], now=LATER)
            (row,) = tx.outbox.list_for_article(2)
            tx.heads.open(channel="d:3", story_id=story_id, row_id=row.id, receipt="new", thread="", now=LATER)
            tx.stories.undo(change, now=LATER)
            head = tx.heads.find("d:3", 1)
            assert head is not None
            assert head.receipt == "new"


class TestUndo:
    @pytest.mark.parametrize(("articles", "to"), [([2], None), ([1], None), ([1, 2], None), ([2], 2), ([1, 2], 2)])
    def test_everything_is_as_before(self, store: SqlStore, articles: list[int], to: int | None) -> None:
        """Every row that a move touches is the same again; only a story that it opened is left, without articles."""
        add_two_stories(store)
        tell(store, "Maduro spoke again. Tu-160 of Russia landed.", 1, 2)
        with store.write() as tx:
            before = dump(tx)
            story_id, change = tx.stories.move(articles, to, now=LATER)
            assert dump(tx) != before
            tx.stories.undo(change, now=LATER)
            after = dump(tx)
            if to is None:
                after["stories"] = {row for row in after["stories"] if not row.startswith(f"({story_id},")}
                assert list_ids(tx, story_id) == []
            assert after == before
            tx.stories.undo(change, now=LATER)
            assert {**dump(tx), "stories": before["stories"]} == before, "twice does no more than once"

    def test_what_joined_later_stays(self, store: SqlStore) -> None:
        """Reports of later articles stay with them; what they have added to an event becomes an event of its own."""
        add_two_stories(store)
        with store.write() as tx:
            story_id, change = tx.stories.move([2], None, now=LATER)
            (part,) = {event.id for event in tx.events.list_of_story(story_id)} - {2}
        later = tell(store, "Maduro spoke. Many Tu-160 landed.", part, 2, story=story_id, now=LATER)
        there = tell(store, "Maduro spoke for hours.", 1, story=1, now=LATER)
        with store.write() as tx:
            tx.stories.undo(change, now=LATER)
            assert (list_ids(tx, 1), list_ids(tx, story_id)) == ([1, 2, there], [later])
            assert told(tx.events.list_of_story(1)) == {1: [1, 2, there], 2: [2]}
            left = told(tx.events.list_of_story(story_id))
            assert list(left.values()) == [[later], [later]]
            assert part in left
            assert names(tx, 2) >= {"equipment:tu-160"} <= names(tx, max(left))
            assert names(tx, part) == {"person:nicolas-maduro", "place:venezuela"}
            assert names(tx, 1) == names(tx, part) | {"place:caracas"}
            counts = tx._connection.exec_driver_sql("SELECT id, n_articles FROM stories ORDER BY id").all()
            assert [tuple(row) for row in counts] == [(1, 3), (2, 1), (story_id, 1)]

    def test_what_was_moved_on_stays_there(self, store: SqlStore) -> None:
        """The later correction counts."""
        add_two_stories(store)
        with store.write() as tx:
            _, change = tx.stories.move([1, 2], None, now=LATER)
            tx.stories.move([2], 2, now=LATER)
            tx.stories.undo(change, now=LATER)
            assert (list_ids(tx, 1), list_ids(tx, 2)) == ([1], [2, 3])
            assert told(tx.events.list_of_story(1)) == {1: [1]}
            for story_id in (1, 2):
                inside = set(list_ids(tx, story_id))
                assert all(inside & set(found) for found in told(tx.events.list_of_story(story_id)).values()), (
                    "an event stands in a story that tells it"
                )

    def test_an_article_that_was_revised_meanwhile_goes_back(self, store: SqlStore) -> None:
        """Its new reports go with it, whether or not they are on what the old ones were on."""
        add_two_stories(store)
        with store.write() as tx:
            story_id, change = tx.stories.move([2], None, now=LATER)
            (part,) = {event.id for event in tx.events.list_of_story(story_id)} - {2}
            article = make_article("Maduro spoke twice. Russia listened.", outlet="Other Daily")
            reading = make_reading(article, [DAY, DAY])
            assignments = (Assignment(part, 0), Assignment(None, 1))
            decision = decide_new(reading, assignments=assignments, story_id=story_id)
            tx.articles.revise(2, article, reading, decision, now=LATER)
            tx.stories.undo(change, now=LATER)
            assert list_ids(tx, 1) == [1, 2]
            assert sorted(told(tx.events.list_of_story(1)).values()) == [[1, 2], [2]]
            assert tx.events.list_of_story(story_id) == []
            with pytest.raises(NotFoundError):
                tx.events.get(part)

    def test_a_divided_event_that_ceased_to_be_is_replaced_by_its_part(self, store: SqlStore) -> None:
        add_two_stories(store)
        with store.write() as tx:
            story_id, change = tx.stories.move([2], None, now=LATER)
            article = make_article("Nothing of the kind.")
            reading = make_reading(article)
            tx.articles.revise(1, article, reading, decide_new(reading, story_id=1), now=LATER)
            tx.stories.undo(change, now=LATER)
            assert list(told(tx.events.list_of_story(1)).values()) == [[2], [2]]
            assert tx.events.list_of_story(story_id) == []


TEXTS = (
    "Maduro spoke. Tu-160 landed. It rained.",
    "Russia answered. Maduro left. Tu-160 flew.",
    "Caracas waited. Moscow slept. Maduro ate.",
)
ARTICLES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=7)
MOVES = st.lists(st.tuples(st.sets(st.integers(1, 7), min_size=1), st.one_of(st.none(), st.integers(1, 3))), max_size=4)


def check(tx: SqlTransaction) -> None:
    """Every report is there once, every event is told and stands in a story that tells it, every sum is right."""
    execute = tx._connection.exec_driver_sql
    n_reports = execute(
        "SELECT event_id, count(*), count(DISTINCT article_id) FROM reports GROUP BY 1 ORDER BY 1"
    ).all()
    assert n_reports == execute("SELECT id, n_reports, n_articles FROM events ORDER BY id").all()
    n_articles = (
        "SELECT stories.id, count(articles.id) FROM stories LEFT JOIN articles ON story_id = stories.id GROUP BY 1"
    )
    assert execute(n_articles).all() == execute("SELECT id, n_articles FROM stories ORDER BY id").all()
    homeless = (
        "SELECT id FROM events WHERE NOT EXISTS (SELECT 1 FROM reports JOIN articles ON articles.id = article_id "
        "WHERE event_id = events.id AND articles.story_id = events.story_id)"
    )
    assert execute(homeless).all() == []


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(chosen=ARTICLES, moves=MOVES)
def test_moves_undone_in_reverse_leave_no_trace(
    tmp_path: Path, chosen: list[tuple[int, int, int]], moves: list[tuple[set[int], int | None]]
) -> None:
    """Whatever was moved where, and back: no report is lost, all sums are right, and the first state comes back."""
    path = tmp_path / f"{uuid4()}.db"
    with open_store(str(path)) as store:
        for place, (story, *events) in enumerate(chosen):
            with store.read() as tx:
                count = tx._connection.exec_driver_sql
                n_stories = count("SELECT count(*) FROM stories").scalar_one()
                ours = [row[0] for row in count(f"SELECT id FROM events WHERE story_id = {story}")]
            known = [event for event in dict.fromkeys(events) if event in ours]
            tell(store, TEXTS[place % 3], *known, None, story=story if 0 < story <= n_stories else None)
        with store.write() as tx:
            check(tx)
            before, changes = dump(tx), []
            stories = {tx.articles.get(number + 1).story_id for number in range(len(chosen))}
            for wanted, to in moves:
                homes = {number: tx.articles.get(number).story_id for number in wanted if number <= len(chosen)}
                to_id = to if to in stories else None
                if homes:
                    together = [number for number, home in homes.items() if home == min(homes.values())]
                    changes.append(tx.stories.move(together, to_id, now=LATER)[1])
                    check(tx)
            for change in reversed(changes):
                tx.stories.undo(change, now=LATER)
                check(tx)
            after = dump(tx)
            assert {**after, "stories": before["stories"]} == before
            assert after["stories"] >= before["stories"]
