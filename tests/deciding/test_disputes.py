from __future__ import annotations

from datetime import date

import pytest

from news.decision import FactKind
from news.disputes.slots import Slots, Teller, compare_slots
from news.model import Modality, Origin, OriginKind, Quantity, Report
from news.reports.wording import say_days, say_figure, say_name
from tests.deciding.deciding_world import article, day, figure, month, report, stored_report

REUTERS = Origin("outlet:reuters", "Reuters", OriginKind.WIRE)
HELD = report(
    "Around 100 troops landed in Caracas.",
    figure("Around 100 troops", 100, "troop"),
    when=day(),
    names=("place:caracas",),
    trigger="land",
)


def hold(here: Report, *held: Report, outlet: str = "Andes Wire", known: tuple[str, ...] = ()) -> Slots:
    stored = [stored_report(one, number=number) for number, one in enumerate(held, 1)]
    within = {"place:caracas": ("place:venezuela",), "place:bogota": ("place:colombia",)}
    return compare_slots(here, stored, Teller(article(here.quote, outlet=outlet), known, within))


def told(
    quote: str,
    *quantities: Quantity,
    modality: Modality = Modality.HAPPENED,
    names: tuple[str, ...] = ("place:caracas",),
) -> Report:
    return report(quote, *quantities, when=day(), modality=modality, names=names, trigger="land")


def test_different_figures_of_two_outlets_are_a_dispute() -> None:
    """Both values stand side by side with quote and outlet."""
    slots = hold(told("250 troops landed in Caracas.", figure("250 troops", 250, "troop")), HELD)
    (dispute,) = slots.disputes
    assert dispute.kind is FactKind.FIGURE
    assert (dispute.here.value, dispute.there.value) == ("250 troops", "Around 100 troops")
    assert (dispute.here.outlet, dispute.there.outlet) == ("Andes Wire", "Caracas Monitor")
    assert dispute.there.article_id == 1
    assert slots.facts == ()


@pytest.mark.parametrize(
    "here",
    [
        told("99 troops landed in Caracas.", figure("99 troops", 99, "troop")),
        told("Some 100 soldiers landed.", figure("Some 100 soldiers", 100, "soldier")),
        told("Troops landed in Caracas."),
    ],
)
def test_what_agrees_is_nothing_new(here: Report) -> None:
    assert hold(here, HELD) == Slots()


def test_two_planes_and_a_hundred_troops_are_different_slots() -> None:
    slots = hold(told("Two planes landed in Caracas.", figure("Two planes", 2, "plane")), HELD)
    assert slots.disputes == ()
    assert [(fact.kind, fact.before) for fact in slots.facts] == [(FactKind.FIGURE, None)]


def test_one_outlet_does_not_dispute_itself() -> None:
    """What the same outlet changes is an update that names the old and the new value."""
    slots = hold(told("250 troops landed.", figure("250 troops", 250, "troop")), HELD, outlet="Caracas Monitor")
    (fact,) = slots.facts
    assert fact.before is not None
    assert (fact.before.value, fact.after.value) == ("Around 100 troops", "250 troops")
    assert slots.disputes == ()


def test_one_origin_does_not_dispute_itself() -> None:
    held = report(HELD.quote, *HELD.quantities, when=day(), names=("place:caracas",), origin=REUTERS)
    here = report(
        "250 troops landed.", figure("250 troops", 250, "troop"), when=day(), names=("place:caracas",), origin=REUTERS
    )
    assert hold(here, held).disputes == ()


def test_a_growing_toll_is_development() -> None:
    """First "at least 12" and then 20 is the same disaster later on, and 19 after 12 too."""
    at_least = told("At least 12 people were killed.", figure("At least 12 people", 12, "person", bound="min"))
    exact = told("12 people were killed.", figure("12 people", 12, "person"))
    for held in (at_least, exact):
        slots = hold(told("20 people were killed.", figure("20 people", 20, "person")), held)
        assert slots.disputes == ()
        (fact,) = slots.facts
        assert fact.before is not None


def test_a_smaller_toll_of_another_outlet_is_a_dispute() -> None:
    held = told("200 demonstrators were arrested.", figure("200 demonstrators", 200, "demonstrator"))
    here = told("45 demonstrators were arrested.", figure("45 demonstrators", 45, "demonstrator"))
    assert len(hold(here, held).disputes) == 1


def test_a_value_that_any_account_has_is_known() -> None:
    other = told("250 troops landed.", figure("250 troops", 250, "troop"))
    assert hold(other, HELD, other) == Slots()


def test_a_denial_disputes_the_fact() -> None:
    slots = hold(told("Troops have not landed in Caracas.", modality=Modality.DENIED), HELD)
    assert [dispute.kind for dispute in slots.disputes] == [FactKind.STATUS]


@pytest.mark.parametrize("before", [Modality.PLANNED, Modality.ALLEGED, Modality.THREATENED])
def test_what_came_true_is_development(before: Modality) -> None:
    slots = hold(told("Troops landed in Caracas."), told("Troops will land in Caracas.", modality=before))
    assert [fact.kind for fact in slots.facts] == [FactKind.STATUS]
    assert slots.disputes == ()


def test_a_plan_that_is_held_to_have_happened_is_known() -> None:
    assert hold(told("Troops will land in Caracas.", modality=Modality.PLANNED), HELD) == Slots()


def test_another_day_is_a_dispute_and_a_finer_one_is_news() -> None:
    other = report("Troops landed on 24 March.", when=day(date(2019, 3, 24)), names=("place:caracas",))
    assert [dispute.kind for dispute in hold(other, HELD).disputes] == [FactKind.DATE]
    vague = report("Troops landed in March.", when=month(2019, 3), names=("place:caracas",))
    (fact,) = hold(told("Troops landed on 23 March."), vague).facts
    assert (fact.kind, fact.after.value) == (FactKind.DATE, "2019-03-23")


def test_another_place_is_a_dispute_only_where_it_is_new_to_the_story() -> None:
    other = told("Troops landed in Bogota.", names=("place:bogota",))
    assert [dispute.kind for dispute in hold(other, HELD).disputes] == [FactKind.PLACE]
    assert hold(other, HELD, known=("place:bogota",)).disputes == ()


def test_a_new_person_is_news_and_a_known_one_is_not() -> None:
    here = told("General Tonkoshkurov landed in Caracas.", names=("place:caracas", "person:vasily-tonkoshkurov"))
    assert [fact.kind for fact in hold(here, HELD).facts] == [FactKind.ACTOR]
    assert hold(here, HELD, known=("person:vasily-tonkoshkurov",)) == Slots()


def test_figures_and_days_are_said_as_people_say_them() -> None:
    assert say_figure(figure("around 100", 100, "troop")) == "around 100 troops"
    assert say_figure(figure("two planes", 2, "plane")) == "two planes"
    assert say_figure(figure("12", 12, "person")) == "12 people"
    assert say_figure(figure("$6 billion", 6e9, unit="usd")) == "$6 billion"
    assert (say_days(day()), say_days(month(2019, 3))) == ("2019-03-23", "2019-03")


def test_values_are_said_in_words() -> None:
    """Figures name what they count once; entity keys are never shown."""
    assert say_figure(figure("20 people", 20, "people")) == "20 people"
    assert say_figure(figure("At least 35 people", 35, "dead", bound="min")) == "At least 35 people dead"
    assert say_figure(figure("three men", 3, "man")) == "three men"
    assert say_figure(figure("20", 20), "The toll of those killed has risen to 20.") == "20 dead"
    assert say_name("place:caracas") == "Caracas"
    assert say_name("person:voluntad-popular") == "Voluntad Popular"
    assert say_name("20 people") == "20 people"
