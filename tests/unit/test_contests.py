"""Which reports a dispute of the record is shown with."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from news.decision import Claim, Dispute, FactKind, StoredEvent, StoredReport
from news.model import NO_TIME, EventKind, Modality, Report
from news.timelines.contests import Contests, distinct_disputes

NOON = datetime(2026, 3, 7, 12, tzinfo=UTC)


def stored(number: int, event: int, article: int, quote: str) -> StoredReport:
    report = Report(0, quote, NO_TIME, EventKind.OTHER, Modality.HAPPENED)
    return StoredReport(number, event, article, 1, f"Outlet {article}", "", "", NOON, report)


def claim(article: int | None, quote: str, value: str = "") -> Claim:
    return Claim(value or quote, quote, f"Outlet {article}", article)


SANK = stored(1, 1, 1, "A ferry sank.")
SENT = stored(2, 2, 1, "Boats were sent.")
CARRIED = stored(3, 1, 2, "The ferry that sank carried 210.")
EVENTS = [StoredEvent(1, 1, (SANK, CARRIED)), StoredEvent(2, 1, (SENT,))]


def at(dispute: Dispute, *reports: StoredReport) -> bool:
    return Contests([dispute], EVENTS).list_at(reports) == (dispute,)


def test_a_dispute_stands_with_the_reports_that_it_quotes() -> None:
    dispute = Dispute(FactKind.FIGURE, 1, claim(2, CARRIED.report.quote), claim(1, SENT.report.quote))
    assert [at(dispute, each) for each in (SANK, CARRIED, SENT)] == [False, True, True]


def test_where_none_of_its_event_is_quoted_it_stands_with_all_of_it() -> None:
    """The held sentence reports nothing by itself ("It carried 120."), and neither does the new one."""
    dispute = Dispute(FactKind.FIGURE, 1, claim(2, "There were 210."), claim(1, "It carried 120."))
    assert [at(dispute, each) for each in (SANK, CARRIED, SENT)] == [True, True, False]


def test_the_same_words_of_another_article_are_no_side() -> None:
    dispute = Dispute(FactKind.FIGURE, 2, claim(2, SENT.report.quote), claim(3, SANK.report.quote))
    assert [at(dispute, each) for each in (SANK, CARRIED, SENT)] == [False, False, True]


def test_a_dispute_without_an_event_is_left_over_where_its_articles_are_shown() -> None:
    loose = Dispute(FactKind.STATUS, None, claim(2, "She pays."), claim(1, "She pays no rent."))
    contests = Contests([loose], EVENTS)
    assert contests.list_at([SANK, SENT, CARRIED]) == ()
    assert contests.list_unplaced([SENT]) == (loose,)
    assert contests.list_unplaced([stored(9, 9, 9, "Rain.")]) == ()


def test_each_pair_of_values_of_a_slot_is_told_once() -> None:
    first = Dispute(FactKind.FIGURE, 1, claim(2, "x", "210"), claim(1, "y", "120"))
    mirror = Dispute(FactKind.FIGURE, 1, claim(1, "z", "120"), claim(3, "x", "210"))
    other = Dispute(FactKind.FIGURE, 2, first.here, first.there)
    loose = [Dispute(FactKind.STATUS, None, claim(2, "x", "denied"), claim(1, y, "happened")) for y in ("y", "z")]
    assert distinct_disputes([first, mirror, other, *loose]) == (first, *loose)
    elsewhere = replace(first, event_id=2, here=claim(3, "w", "210"))
    assert distinct_disputes([first, elsewhere]) == (first, elsewhere)


def test_what_is_denied_counts_once_for_each_account() -> None:
    """A second denial of one account is no second dispute; that of another account is one, with the same two values."""
    first = Dispute(FactKind.STATUS, 1, claim(2, "He lives.", "denied"), claim(1, "He died.", "happened"))
    again = replace(first, here=claim(3, "He is alive.", "denied"))
    other = replace(first, here=claim(4, "He is in a coma.", "denied"), there=claim(2, "He lives.", "happened"))
    assert distinct_disputes([other, again, first]) == (other, again)


def test_two_sentences_contradict_each_other_once_in_a_slot_and_as_often_in_figures() -> None:
    def dispute(kind: FactKind, here: str, there: str) -> Dispute:
        return Dispute(kind, 1, claim(2, "x", here), claim(1, "y", there))

    turned_down, place = (dispute(FactKind.PLACE, value, "Ostby") for value in ("not Ostby", "Lunde"))
    weekday, day = dispute(FactKind.DATE, "on Tuesday", "on Friday"), dispute(FactKind.DATE, "2026-03-03", "2026-03-06")
    dead, hurt = dispute(FactKind.FIGURE, "4 dead", "9 dead"), dispute(FactKind.FIGURE, "12 hurt", "20 hurt")
    assert distinct_disputes([turned_down, place, weekday, day, dead, hurt]) == (place, day, dead, hurt)
    assert distinct_disputes([day, place, weekday, turned_down]) == (day, place)
    phrase, denied = (dispute(FactKind.STATUS, value, "happened") for value in ("and not nine as they say", "denied"))
    assert distinct_disputes([phrase, dead]) == (dead,)
    assert distinct_disputes([phrase]) == (phrase,)
    assert distinct_disputes([denied, dead]) == (denied, dead)
