"""What is new to a reader: when a visit ends, what it marks, and that asking again wipes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from news.timelines.visits import KEPT, LONGEST, PAUSE, Visit, Watermark, count_new, visit_again

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


def ask(before: Visit | None, held: int, *, at: datetime = NOW) -> Visit:
    return visit_again(before, reader="t:me", scope="place:x", topic="x", held=Watermark(held, held), now=at)


def test_a_first_visit_marks_nothing() -> None:
    """Who never asked would otherwise see a mark on everything."""
    first = ask(None, 10)
    assert (first.marks.seen.report, first.since_at) == (10, None)


def test_asking_again_soon_keeps_the_marks_and_later_moves_them() -> None:
    """A second look, an export or another page must show the same marks; only a pause makes them old."""
    first = ask(None, 10)
    second = ask(first, 15, at=NOW + timedelta(days=1))
    assert (second.marks.seen.report, second.since_at) == (10, NOW)
    again = ask(second, 17, at=NOW + timedelta(days=1, minutes=20))
    assert (again.marks.seen.report, again.since_at, again.began_at) == (10, NOW, second.began_at)
    third = ask(again, 18, at=again.asked_at + PAUSE)
    assert (third.marks.seen.report, third.since_at) == (17, again.asked_at)


def test_what_comes_during_the_first_visit_is_new() -> None:
    first = ask(None, 10)
    assert ask(first, 12, at=NOW + timedelta(minutes=5)).marks.seen.report == 10


def test_who_never_pauses_begins_a_new_visit_after_a_while() -> None:
    """A script that asks every ten minutes would otherwise be shown the same marks for ever."""
    visit, at = ask(None, 1), NOW
    while at - NOW < LONGEST:
        at += timedelta(minutes=10)
        visit = ask(visit, 2, at=at)
    assert visit.began_at == at
    assert visit.marks.seen.report == 2


def test_who_comes_back_after_long_comes_for_the_first_time() -> None:
    assert ask(ask(None, 1), 900, at=NOW + KEPT + timedelta(days=1)).since_at is None


def test_an_entry_is_new_only_if_the_record_had_none_of_it() -> None:
    """An edition that replaces a report has a larger id, and its event does not."""
    seen = Watermark(report=10, event=5)
    assert count_new([11, 12], [6], seen) == (2, True)
    assert count_new([3, 12], [4], seen) == (1, False)
    assert count_new([12], [5], seen) == (1, False)
    assert count_new([3], [4], seen) == (0, False)
    assert count_new([], [], seen) == (0, False)
