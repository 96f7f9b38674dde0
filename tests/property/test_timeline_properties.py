"""Timelines keep their promises for any events."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from news.dates.when import describe_span, sort_key
from news.decision import StoredEvent, StoredReport
from news.model import NO_TIME, DateBasis, EventKind, Modality, Precision, Report, TimeSpan
from news.timelines.timeline import build_timeline
from news.timelines.titles import shorten

DAYS = st.dates(min_value=date.min, max_value=date.max)


@st.composite
def spans(draw: st.DrawFn) -> TimeSpan:
    """Any span that the model allows, at the ends of the calendar too."""
    first, last = sorted((draw(DAYS), draw(DAYS)))
    precision = draw(st.sampled_from(list(Precision)))
    basis = draw(st.sampled_from(list(DateBasis)))
    if precision is Precision.UNKNOWN:
        return NO_TIME
    if precision is Precision.DAY:
        return TimeSpan.of_day(first, basis)
    ends = draw(st.sampled_from(("both", "first", "last")))
    return TimeSpan(first if ends != "last" else None, last if ends != "first" else None, precision, basis)


@st.composite
def stored_events(draw: st.DrawFn) -> list[StoredEvent]:
    """Up to eight events with up to three reports each, on few days so that they meet."""
    few = draw(st.lists(spans(), min_size=1, max_size=3))
    events = []
    for number in range(draw(st.integers(0, 8))):
        reports = tuple(_report(draw, number * 10 + at, number, few) for at in range(draw(st.integers(1, 3))))
        events.append(StoredEvent(number, 1, reports, draw(st.integers(0, 5))))
    return events


def _report(draw: st.DrawFn, number: int, event: int, few: list[TimeSpan]) -> StoredReport:
    quote = draw(
        st.one_of(st.text(max_size=60), st.sampled_from(["Two planes landed.", "Three planes landed in Caracas."]))
    )
    when = draw(st.sampled_from(few))
    told = Report(
        draw(st.integers(0, 9)),
        quote,
        when,
        draw(st.sampled_from(list(EventKind))),
        draw(st.sampled_from(list(Modality))),
    )
    at = draw(st.one_of(st.none(), st.datetimes(timezones=st.just(UTC))))
    return StoredReport(number, event, draw(st.integers(1, 4)), 1, "Outlet", "", "", at, told)


@given(events=stored_events())
@settings(max_examples=60, deadline=None)
def test_every_dated_event_is_told_once_in_order(events: list[StoredEvent]) -> None:
    """Nothing is invented, lost without being counted, or told twice; order is the event's."""
    timeline = build_timeline(events)
    told = [report.id for entry in timeline.entries for report in entry.reports]
    assert len(told) == len(set(told))
    event_ids = {event_id for entry in timeline.entries for event_id in entry.event_ids}
    assert len(events) == len(event_ids) + timeline.n_undated + timeline.n_left_out
    quotes = {report.report.quote for event in events for report in event.reports}
    assert all(sentence in quotes for entry in timeline.entries for sentence in entry.sentences)
    keys = [sort_key(entry.span) for entry in timeline.entries]
    assert keys == sorted(keys)
    assert all(entry.span.precision is not Precision.UNKNOWN for entry in timeline.entries)


@given(events=stored_events(), n_dates=st.integers(0, 5), per_date=st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_no_more_days_and_sentences_than_asked_for(events: list[StoredEvent], n_dates: int, per_date: int) -> None:
    timeline = build_timeline(events, n_dates=n_dates, per_date=per_date)
    assert len(timeline.entries) <= n_dates
    assert all(1 <= len(entry.sentences) <= max(1, per_date) for entry in timeline.entries)


@given(span=spans())
def test_any_span_has_words(span: TimeSpan) -> None:
    words = describe_span(span)
    assert words
    assert words == words.strip()


@given(text=st.text(max_size=400), limit=st.integers(10, 200))
def test_a_title_never_grows(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


def test_the_ends_of_the_calendar_are_days_like_others() -> None:
    at = datetime(9999, 12, 31, tzinfo=UTC)
    told = Report(
        0, "The planes landed.", TimeSpan.of_day(date.max, DateBasis.ARTICLE), EventKind.MOVE, Modality.HAPPENED
    )
    event = StoredEvent(1, 1, (StoredReport(1, 1, 1, 1, "Outlet", "", "", at, told),))
    assert len(build_timeline([event]).entries) == 1
    assert len(build_timeline([event], n_dates=1).entries) == 1
