from __future__ import annotations

from datetime import date

import pytest

from news.model import NO_TIME, Article, DateBasis, Quantity
from news.reading import read
from news.reports.progress import is_development
from news.words.facts import Fit, compare_days, compare_figures, compare_places, figures_of, gap_days, is_same_slot
from news.words.meanings import acts_in, meanings_in, object_of
from news.words.states import is_cumulative, state_of, thing_of
from tests.deciding.deciding_world import day, figure, month

WITHIN = {
    "place:caracas": ("place:venezuela",),
    "place:maiquetia": ("place:venezuela",),
    "place:bogota": ("place:colombia",),
}


@pytest.mark.parametrize(
    ("here", "there", "fit"),
    [
        (figure("99", 99), figure("around 100", 100), Fit.SAME),
        (figure("around 100", 100), figure("99", 99), Fit.SAME),
        (figure("100", 100), figure("100", 100), Fit.SAME),
        (figure("20", 20), figure("at least 12", 12, bound="min"), Fit.FINER),
        (figure("12", 12), figure("at least 12", 12, bound="min"), Fit.SAME),
        (figure("at least 12", 12, bound="min"), figure("20", 20), Fit.SAME),
        (figure("10", 10), figure("at least 12", 12, bound="min"), Fit.LESS),
        (figure("60", 60), figure("up to 50", 50, bound="max"), Fit.MORE),
        (figure("4", 4), figure("2", 2), Fit.MORE),
        (figure("250", 250), figure("around 100", 100), Fit.MORE),
        (figure("20", 20), figure("21", 21), Fit.LESS),
        (figure("1,000", 1000), figure("973", 973), Fit.SAME),
        (figure("7,833", 7833), figure("7,933", 7933), Fit.LESS),
    ],
)
def test_figures_agree_within_what_they_claim(here: Quantity, there: Quantity, fit: Fit) -> None:
    """Vague figures make no contradiction, exact ones do."""
    assert compare_figures(here, there) is fit


def test_weights_are_compared_in_one_unit() -> None:
    tonnes, kilos = figure("35 tons", 35, unit="tonne"), figure("35,000 kg", 35_000, unit="kg")
    assert is_same_slot(tonnes, kilos)
    assert compare_figures(tonnes, kilos) is Fit.SAME


@pytest.mark.parametrize(
    ("quote", "text", "thing", "state"),
    [
        ("12 people were killed and 30 injured", "12 people", "person", "die"),
        ("12 people were killed and 30 injured", "30", "", "injure"),
        ("a bomb killing 12 people in Kabul", "12 people", "person", "die"),
        ("The number of people killed has risen to 19", "19", "", "die"),
        ("Police arrested 45 demonstrators", "45 demonstrators", "demonstrator", "arrest"),
        ("two planes landed", "two planes", "plane", ""),
    ],
)
def test_what_is_said_of_the_counted(quote: str, text: str, thing: str, state: str) -> None:
    assert state_of(figure(text, 12, thing), quote) == state


def test_killed_and_injured_are_two_slots() -> None:
    """30 injured after 12 killed is no contradiction."""
    killed, injured = figure("12 people", 12, "person"), figure("30 people", 30, "person")
    assert not is_same_slot(killed, injured, here_quote="12 people were killed", there_quote="30 people were injured")
    assert is_same_slot(killed, injured, here_quote="12 people died", there_quote="30 people were killed")


def test_planes_are_not_troops() -> None:
    assert not is_same_slot(figure("two planes", 2, "plane"), figure("100 troops", 100, "troop"))
    assert is_same_slot(figure("two jets", 2, "jet"), figure("four aircraft", 4, "aircraft"))


def test_a_bare_number_is_named_by_its_measure() -> None:
    assert thing_of(figure("5.7", 5.7), "An earthquake of magnitude 5.7 shook Van") == "magnitud"
    assert thing_of(figure("7", 7), "It went on until 7 and then stopped") == ""


def test_words_of_one_act_are_one() -> None:
    assert acts_in("Twelve lives were lost") & acts_in("a dozen people died")
    assert not acts_in("He was charged") & acts_in("He was convicted")
    assert meanings_in("planes landed") == meanings_in("aircraft arrived")
    assert object_of("fighter jet") == object_of("planes") == "aircraft"


def test_days_between() -> None:
    assert gap_days(day(), day(date(2019, 3, 25))) == 2
    assert gap_days(month(2019, 3), day()) == 0
    assert gap_days(NO_TIME, day()) is None


@pytest.mark.parametrize(
    ("here", "there", "fit"),
    [
        (day(), day(), Fit.SAME),
        (day(), month(2019, 3), Fit.FINER),
        (month(2019, 3), day(), Fit.SAME),
        (day(date(2019, 3, 25)), day(), Fit.OTHER),
        (day(basis=DateBasis.ARTICLE), day(date(2019, 3, 25)), Fit.APART),
        (NO_TIME, day(), Fit.APART),
    ],
)
def test_days_are_held_against_days_only_where_the_text_gives_them(here: object, there: object, fit: Fit) -> None:
    """The date of an article stands in for a missing one and can contradict nothing."""
    assert compare_days(here, there) is fit  # type: ignore[arg-type]  # parametrised spans


@pytest.mark.parametrize(
    ("here", "there", "fit"),
    [
        (("place:caracas",), ("place:caracas",), Fit.SAME),
        (("place:venezuela",), ("place:caracas",), Fit.SAME),
        (("place:caracas",), ("place:venezuela",), Fit.FINER),
        (("place:caracas",), ("place:bogota",), Fit.OTHER),
        (("place:russia",), ("place:venezuela",), Fit.APART),
        ((), ("place:caracas",), Fit.APART),
    ],
)
def test_places_lie_in_places(here: tuple[str, ...], there: tuple[str, ...], fit: Fit) -> None:
    assert compare_places(here, there, WITHIN) is fit


def test_tolls_grow_and_passengers_do_not() -> None:
    assert is_cumulative(figure("19 people", 19, "person"), "19 people were killed")
    assert not is_cumulative(figure("210 passengers", 210, "passenger"), "It carried 210 passengers")


def test_words_of_development() -> None:
    assert is_development("The toll has risen to 19")
    assert not is_development("19 people were killed")


def test_the_parts_of_a_fraction_are_no_figures() -> None:
    """Of "four out of five drivers" nobody counted five."""
    sentence = "Four out of five tram drivers in Brema joined the strike on Thursday."
    (report,) = read(Article("1", "", "", "Strike", sentence)).reports
    assert [(one.text, one.unit, one.object) for one in figures_of(report)] == [("Four out of five", "percent", "tram")]
