"""Reports of one event over articles and years, read from text, become one entry: also a plan and what came of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from news.decision import StoredEvent, StoredReport
from news.model import Article, DateBasis, EventKind, Modality, Precision
from news.reading import read
from news.timelines.timeline import Timeline, TimelineEntry, build_timeline


def timeline_of(*told: tuple[str, str]) -> Timeline:
    """Return the timeline of articles, each a day and a text, every report an event of its own."""
    events: list[StoredEvent] = []
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


def test_reports_of_years_become_one_entry_with_all_sources() -> None:
    """Three articles of three years tell of one landing: one entry, on the day that two of them give."""
    entry = only(
        timeline_of(
            ("2019-03-25", "Around 100 Russian soldiers landed in Caracas aboard two planes on Saturday."),
            ("2019-11-04", "On 23 March 2019 two Russian planes landed in Caracas with 99 soldiers on board."),
            ("2021-02-10", "In March 2019 two Russian planes with soldiers landed in Caracas."),
        )
    )
    assert [stored.article_id for stored in entry.reports] == [1, 2, 3]
    assert (str(entry.span.first_on), entry.n_independent) == ("2019-03-23", 3)


def test_its_figures_are_the_most_precise_that_nobody_disputes() -> None:
    entry = only(
        timeline_of(
            ("2019-03-25", "Around 100 Russian soldiers landed in Caracas aboard two planes on Saturday."),
            ("2019-03-26", "Two Russian planes landed in Caracas on Saturday with 99 soldiers on board."),
        )
    )
    assert {(figure.object, figure.value) for figure in entry.figures} == {("soldier", 99.0), ("plane", 2.0)}


def test_an_event_without_a_date_has_that_of_its_article_and_says_so() -> None:
    """Never a false precision: the news itself is of the day, what stands below it of the week that ends with it."""
    timeline = timeline_of(
        ("2019-03-25", "Chile recalled its ambassador from La Paz. Peru closed its border with Bolivia.")
    )
    assert [(each.span.basis, each.span.precision) for each in timeline.entries] == [
        (DateBasis.ARTICLE, Precision.WEEK),
        (DateBasis.ARTICLE, Precision.DAY),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "modality"),
    [
        ("Peru and Chile signed a trade accord on Monday.", EventKind.AGREE, Modality.HAPPENED),
        ("The two ministers met in Lima on Monday.", EventKind.CONSULT, Modality.HAPPENED),
        ("Cuba praised the agreement on Monday.", EventKind.SUPPORT, Modality.HAPPENED),
        ("Colombia extradited two men to Brazil on Monday.", EventKind.COOPERATE, Modality.HAPPENED),
        ("Peru gave food to 300 refugees on Monday.", EventKind.AID, Modality.HAPPENED),
        ("The government freed 40 prisoners on Monday.", EventKind.YIELD, Modality.HAPPENED),
        ("Congress demanded on Monday that the minister resign.", EventKind.REQUEST, Modality.HAPPENED),
        ("Bolivia accused Chile of spying on Monday.", EventKind.ACCUSE, Modality.HAPPENED),
        ("The ministry called off the visit on Monday.", EventKind.REJECT, Modality.HAPPENED),
        ("Brazil threatened on Monday to close the border.", EventKind.THREATEN, Modality.THREATENED),
        ("Teachers marched through La Paz on Monday.", EventKind.PROTEST, Modality.HAPPENED),
        ("The United States imposed sanctions on two banks on Monday.", EventKind.SANCTION, Modality.HAPPENED),
        ("The army was put on alert on Monday.", EventKind.MOBILIZE, Modality.HAPPENED),
        ("Police arrested 12 students in Lima on Monday.", EventKind.COERCE, Modality.HAPPENED),
        ("Gunmen attacked a police station in Cali on Monday.", EventKind.ASSAULT, Modality.HAPPENED),
        ("Argentina deployed 500 soldiers to its border on Monday.", EventKind.DEPLOY, Modality.HAPPENED),
        ("Two bombers flew over the Caribbean on Monday.", EventKind.MOVE, Modality.HAPPENED),
        ("A cargo plane is to land in Caracas on Friday.", EventKind.MOVE, Modality.PLANNED),
        ("Argentina did not deploy soldiers to its border on Monday.", EventKind.DEPLOY, Modality.DENIED),
        ("Argentina allegedly deployed soldiers to its border on Monday.", EventKind.DEPLOY, Modality.ALLEGED),
    ],
)
def test_each_kind_of_event_is_told_with_how_sure_it_is(text: str, kind: EventKind, modality: Modality) -> None:
    entry = only(timeline_of(("2019-03-27", text)))
    assert (entry.kind, entry.modality) == (kind, modality)


@pytest.mark.parametrize(
    "text",
    [
        "If Argentina deploys soldiers, Chile will protest.",
        "Argentina may deploy soldiers to its border.",
        "Argentina could have deployed soldiers on Monday.",
        "Without an accord, Bolivia would expel the envoy.",
    ],
)
def test_what_is_only_supposed_is_no_event(text: str) -> None:
    assert timeline_of(("2019-03-27", text)).entries == ()
