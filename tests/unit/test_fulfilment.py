"""A plan and what came of it on a timeline: read from text, merged, and told once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from news.decision import StoredEvent, StoredReport
from news.model import Article, Modality, Precision
from news.reading import read
from news.timeline import Timeline, TimelineEntry, build_timeline


def timeline_of(*told: tuple[str, str]) -> Timeline:
    """Return the timeline of articles, each a day and a text, every report an event of its own."""
    events = []
    for number, (published, text) in enumerate(told, 1):
        at = datetime.fromisoformat(published).replace(tzinfo=UTC)
        outlet = f"Outlet {number}"
        for report in read(Article(f"{number}", "", outlet, "", text, at, Precision.DAY)).reports:
            event_id = len(events) + 1
            stored = StoredReport(event_id, event_id, number, 1, outlet, "", "", at, report)
            events.append(StoredEvent(event_id, 1, (stored,)))
    return build_timeline(events)


def only(timeline: Timeline) -> TimelineEntry:
    assert len(timeline.entries) == 1, [(str(each.span.first_on), each.title) for each in timeline.entries]
    return timeline.entries[0]


PLANS = [
    # the plan, when it was told, what was told of it, and the day that stands
    (
        ("2019-03-27", "Russia and Venezuela will sign 20 accords in Moscow on 3 April."),
        ("2019-04-04", "Russia and Venezuela signed 20 accords in Moscow on Wednesday."),
        "2019-04-03",
    ),
    (
        ("2019-03-22", "A Russian cargo plane is to land in Caracas on Monday with 35 tons of medicine."),
        ("2019-03-28", "A Russian cargo plane landed in Caracas on Wednesday with 35 tons of medicine."),
        "2019-03-27",
    ),
    (
        ("2019-05-02", "Chile plans to send two frigates to Peru."),
        ("2019-05-21", "Chile sent two frigates to Peru on Monday."),
        "2019-05-20",
    ),
    (
        ("2019-05-02", "Foreign Minister Sergei Lavrov will visit Havana next month."),
        ("2019-06-13", "Foreign Minister Sergei Lavrov visited Havana on Wednesday."),
        "2019-06-12",
    ),
]


@pytest.mark.parametrize(("plan", "done", "day"), PLANS)
def test_a_plan_and_its_fulfilment_are_one_entry(plan: tuple[str, str], done: tuple[str, str], day: str) -> None:
    """It is dated and told by what happened, keeps both sources, and says since when it was planned."""
    entry = only(timeline_of(plan, done))
    assert (str(entry.span.first_on), entry.modality) == (day, Modality.HAPPENED)
    assert entry.planned_since == date.fromisoformat(plan[0])
    assert entry.sentences == (done[1],)
    assert [stored.article_id for stored in entry.reports] == [1, 2]


NOT_FULFILLED = [
    # another pair of parties
    (
        ("2019-03-27", "Russia and Venezuela will sign 20 accords in Moscow on 3 April."),
        ("2019-04-04", "Peru and Bolivia signed a treaty in La Paz on Wednesday."),
    ),
    # told of before it was planned: an earlier visit
    (
        ("2019-05-02", "Foreign Minister Sergei Lavrov visited Havana on Wednesday."),
        ("2019-05-20", "Foreign Minister Sergei Lavrov will visit Havana next month."),
    ),
    # long after the day
    (
        ("2019-03-27", "Chile will send two frigates to Peru on 3 April."),
        ("2019-09-10", "Chile sent two frigates to Peru on Monday."),
    ),
]


@pytest.mark.parametrize(("first", "second"), NOT_FULFILLED)
def test_what_does_not_fulfil_a_plan_stays_apart(first: tuple[str, str], second: tuple[str, str]) -> None:
    timeline = timeline_of(first, second)
    assert len(timeline.entries) == 2
    assert {entry.modality for entry in timeline.entries} == {Modality.HAPPENED, Modality.PLANNED}
    assert {entry.planned_since for entry in timeline.entries} == {None}


def test_a_plan_told_twice_is_one_plan() -> None:
    entry = only(
        timeline_of(
            ("2019-03-25", "Russia and Venezuela will sign 20 accords in Moscow on 3 April."),
            ("2019-03-27", "Venezuela and Russia plan to sign 20 accords in Moscow on 3 April."),
        )
    )
    assert (entry.modality, entry.planned_since, len(entry.reports)) == (Modality.PLANNED, None, 2)
