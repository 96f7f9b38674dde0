"""What the store promises of the events of a timeline: which fit, which come first, and that the work is bounded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import storage.selection
from news.decision import Assignment
from news.model import NO_TIME, DateBasis, EventKind, Precision, TimeSpan
from news.queries.topics import Topic, TopicTerm
from news.timelines.selection import EventQuery, EventSelection
from storage.engine import SqlStore
from storage.event_sources import COUNT_OF_DAYS, COUNT_STANDING, Source, statement_of
from tests.contract.store_texts import NOW, decide_new, make_article, make_reading
from tests.new_stores import open_new_store

VENEZUELA = TopicTerm("venezuela", ("place:venezuela",), ("venezuela",))
RUSSIA = TopicTerm("russia", ("place:russia",), ("russia",))
CARACAS = TopicTerm("caracas", ("place:caracas", "org:government-of-venezuela"), ("caraca",))
TU160 = TopicTerm("tu-160", ("equipment:tu-160",), ("tu", "160"))
OIL = TopicTerm("oil", (), ("oil",))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_new_store(tmp_path / "wirewatch.db") as opened:
        yield opened


def tell(
    store: SqlStore, text: str, *whens: TimeSpan | date | None, events: tuple[int | None, ...] = (), **values: object
) -> None:
    article = make_article(text, **values)
    reading = make_reading(article, whens)
    chosen = events or (None,) * len(reading.reports)
    assignments = tuple(Assignment(event_id, place) for place, event_id in enumerate(chosen))
    with store.write() as tx:
        tx.articles.add(article, reading, decide_new(reading, assignments=assignments), now=NOW, is_seed=False)


def select(
    store: SqlStore, *terms: TopicTerm, either: tuple[tuple[TopicTerm, ...], ...] = (), **asked: object
) -> EventSelection:
    with store.read() as tx:
        return tx.events.select(EventQuery(Topic("asked", terms, either), **asked))  # type: ignore[arg-type]  # by name


def quotes(found: EventSelection) -> list[str]:
    return sorted(event.reports[0].report.quote for event in found.events)


def test_all_terms_must_fit_or_all_of_an_alternative(store: SqlStore) -> None:
    tell(store, "Two Tu-160 landed in Caracas.", date(2018, 12, 10))
    tell(store, "A Tu-160 flew over Moscow.", date(2018, 12, 11))
    tell(store, "Maduro spoke.", date(2018, 12, 12))
    assert quotes(select(store, TU160, VENEZUELA)) == ["Two Tu-160 landed in Caracas."]
    assert len(select(store, TU160).events) == 2
    assert len(select(store, TU160, either=((VENEZUELA,),)).events) == 3
    assert select(store, TopicTerm("peru", ("place:peru",), ("peru",))) == EventSelection()


def test_an_article_is_about_a_country_in_all_its_sentences_and_not_about_a_bomber(store: SqlStore) -> None:
    """What names neither is marked for the country, so that a background sentence can be left out."""
    tell(
        store,
        "Two Tu-160 landed in Venezuela. The ministers met.",
        date(2018, 12, 10),
        date(2018, 12, 5),
        title="Tu-160 in Venezuela",
    )
    assert quotes(select(store, TU160)) == ["Two Tu-160 landed in Venezuela."]
    found = select(store, VENEZUELA)
    assert quotes(found) == ["The ministers met.", "Two Tu-160 landed in Venezuela."]
    (about,) = [event for event in found.events if event.id in found.about]
    assert about.reports[0].report.quote == "The ministers met."


def test_a_city_is_found_by_its_words_where_it_was_read_as_something_else(store: SqlStore) -> None:
    tell(store, "Caracas promised help. The minister in Lima refused.", date(2018, 12, 10), date(2018, 12, 10))
    assert quotes(select(store, CARACAS)) == ["Caracas promised help."]


def test_words_that_name_nothing_are_found_in_the_passage(store: SqlStore) -> None:
    tell(store, "Maduro sold oil to Moscow.", date(2018, 12, 10))
    tell(store, "Maduro spoke in Caracas.", date(2018, 12, 11))
    assert quotes(select(store, OIL)) == ["Maduro sold oil to Moscow."]
    assert quotes(select(store, OIL, VENEZUELA)) == ["Maduro sold oil to Moscow."]


def test_days_kinds_and_names_narrow_together(store: SqlStore) -> None:
    tell(store, "Maduro spoke in Caracas.", date(2018, 12, 10))
    tell(store, "Maduro spoke in Moscow.", date(2019, 3, 1))
    tell(store, "Maduro was silent.", NO_TIME)
    assert quotes(select(store, VENEZUELA, first_on=date(2019, 1, 1))) == ["Maduro spoke in Moscow."]
    assert quotes(select(store, VENEZUELA, last_on=date(2018, 12, 31))) == ["Maduro spoke in Caracas."]
    moscow = TopicTerm("moscow", ("place:moscow",), ("moscow",))
    assert quotes(select(store, VENEZUELA, named=(moscow,))) == ["Maduro spoke in Moscow."]
    assert select(store, VENEZUELA, named=(moscow,), last_on=date(2018, 12, 31)).n_events == 0
    kinds = {event.reports[0].report.kind for event in select(store, VENEZUELA).events}
    assert quotes(select(store, VENEZUELA, kinds=tuple(kinds))) == quotes(select(store, VENEZUELA))
    other = tuple(kind for kind in EventKind if kind not in kinds)
    assert select(store, VENEZUELA, kinds=other).events == ()


def test_undated_events_are_counted_and_not_read(store: SqlStore) -> None:
    tell(store, "Maduro spoke in Caracas. Maduro was silent.", date(2018, 12, 10), NO_TIME)
    found = select(store, VENEZUELA)
    assert (found.n_events, found.n_undated, len(found.events)) == (2, 1, 1)


def test_the_best_supported_are_read_and_of_each_the_first_and_last_reports(store: SqlStore) -> None:
    tell(store, "Maduro spoke in Caracas.", date(2018, 12, 10))
    for number in range(9):
        tell(store, f"Maduro spoke in Caracas, paper {number} said.", date(2018, 12, 10), events=(1,))
    tell(store, "Maduro was ill.", TimeSpan(date(2018, 12, 1), date(2018, 12, 31), Precision.MONTH, DateBasis.ARTICLE))
    found = select(store, VENEZUELA, most=1)
    (event,) = found.events
    assert (found.n_events, found.n_reports) == (2, {event.id: 10})
    assert len(event.reports) == storage.selection.MOST_REPORTS
    assert [event.reports[0].id, event.reports[-1].id] == [1, 10]
    with store.read() as tx:
        (whole,) = tx.events.list_by_ids([event.id, 999])
    assert len(whole.reports) == 10


def test_a_name_of_very_many_events_is_looked_at_in_part(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that stand highest, the newest of equals, and those of the asked days; the others are counted."""
    for name, bound in (("MOST_PAIRS", 3), ("MOST_WALKED", 3), ("MOST_OF_DAYS", 9)):
        monkeypatch.setattr(storage.selection, name, bound)
    tell(store, "Maduro spoke of war.", date(2018, 12, 1))
    for day in range(2, 8):
        tell(store, f"Maduro spoke of {day} wars.", date(2018, 12, day))
    tell(store, "Maduro spoke of peace.", NO_TIME)
    tell(store, "Maduro spoke of war again.", date(2018, 12, 1), events=(1,))
    found = select(store, VENEZUELA)
    assert (found.is_partial, found.n_events, found.n_undated) == (True, 8, 1)
    assert quotes(found) == ["Maduro spoke of 6 wars.", "Maduro spoke of 7 wars.", "Maduro spoke of war."]
    asked = select(store, VENEZUELA, first_on=date(2018, 12, 3), last_on=date(2018, 12, 3))
    assert quotes(asked) == ["Maduro spoke of 3 wars."]
    assert not select(store, RUSSIA).is_partial


def test_an_index_serves_every_question(store: SqlStore) -> None:
    """No question goes through a whole table, whatever it asks for together."""
    from storage.quick import _compile  # noqa: PLC0415 - a look inside

    with store.read() as tx:
        connection = tx._connection
        asked = (1, True, True, True)
        questions = [statement_of(source, *asked) for source in Source]
        for statement in (*questions, COUNT_STANDING, COUNT_OF_DAYS):
            sql, places = _compile(statement, connection.dialect)
            values = [own if own is not None else "[]" for _, own in places]
            driver = connection.connection.driver_connection
            assert driver is not None
            plan = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
            scans = [step for step in plan if step.startswith("SCAN") and "INDEX" not in step]
            assert all(step.split()[1] in {"walked", "days", "asked", "anon_1"} for step in scans), (sql, plan)
