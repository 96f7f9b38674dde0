"""Two sides that count one thing on one day: the union against the ministry, the rebels against the army."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from news.decision import FactKind, Label
from news.disputes.parties import is_counted_against, party_of
from tests.deciding.test_contrast import hold

MINE = "Two miners died when a gallery fell in at Chala on Monday, the mines ministry said."
AMBUSH = "Three soldiers died when a convoy was attacked near Imbala on Sunday, an army spokesman said."
COUNTED_AGAINST = [
    (MINE, "Five miners died when a gallery fell in at Chala on Monday, the miners' union said."),
    (AMBUSH, "Nineteen soldiers died in Sunday's attack on a convoy near Imbala, a spokesman of the rebels said."),
    (
        "The wall of the Corvo brickworks collapsed on Tuesday and killed two workers, the company said.",
        "Six workers lie dead under the wall of the Corvo brickworks that fell on Tuesday, said their families.",
    ),
    (
        "Una avioneta bombardeó una aldea de Tarma el domingo y mató a dos personas, dijo el ejército.",
        "Once personas murieron el domingo en el bombardeo de una aldea de Tarma, según los vecinos.",
    ),
]
GROWN = [
    (MINE, "Five miners died when a gallery fell in at Chala on Monday, the health ministry said."),
    (MINE, "The toll at Chala has risen to five miners, the miners' union said."),
    (
        "Two miners died when a gallery fell in at Chala on Monday, the miners' union said.",
        "Five miners died when a gallery fell in at Chala on Monday, the mines ministry said.",
    ),
    (AMBUSH, "Nine soldiers have now died of the attack on a convoy near Imbala on Sunday, rebels said."),
    (
        "Police said on Saturday that four protesters had been injured in Ellwang.",
        "Sixty protesters have been injured in Ellwang since May, the opposition said on Sunday.",
    ),
    (
        "Police arrested 12 people at the march in Kolmar on Friday, police said.",
        "Police arrested 30 people at the marches in Kolmar, Tarrow and Vlora on Friday, a rights group said.",
    ),
]


@pytest.mark.parametrize(("stored", "new"), COUNTED_AGAINST)
def test_a_higher_toll_of_the_other_side_on_the_same_day_is_a_dispute(stored: str, new: str) -> None:
    """The union does not count on from the ministry's figure: it counts against it."""
    decision = hold(stored, new)
    assert decision.label is Label.DISPUTED
    assert [dispute.kind for dispute in decision.disputes] == [FactKind.FIGURE]


@pytest.mark.parametrize(("stored", "new"), GROWN)
def test_a_toll_that_may_have_grown_or_is_of_more_is_none(stored: str, new: str) -> None:
    """A second office, a word of growing, a longer time or more towns: the count has moved."""
    assert not hold(stored, new).disputes


def test_two_sides_a_week_apart_do_not_count_the_same_moment() -> None:
    """Later in the week the dead may have been more."""
    union = "Five miners died at Chala, the miners' union said."
    moment = datetime(2024, 5, 6, tzinfo=UTC)
    assert is_counted_against(union, MINE, moment + timedelta(hours=5), moment)
    assert not is_counted_against(union, MINE, moment + timedelta(days=7), moment)
    assert not is_counted_against(union, MINE, None, moment)


@pytest.mark.parametrize(
    ("speaker", "side"),
    [
        ("the police union", "workers"),
        ("a spokesman for the police union", "workers"),
        ("the teachers' union of the capital", "workers"),
        ("a doctor at the army hospital", "medics"),
        ("relatives of the police officers", "people"),
        ("opposition officials", "opposition"),
        ("police officials", "state"),
        ("the government and the union", ""),
    ],
)
def test_a_speaker_is_of_the_side_that_he_is_and_not_whose_he_is(speaker: str, side: str) -> None:
    assert party_of(f"Forty were hurt at the rally in Kolmar on Sunday, {speaker} said.") == side


@pytest.mark.parametrize(
    ("speaker", "side"),
    [("el sindicato de policías", "workers"), ("los médicos del ministerio", "medics"), ("los vecinos", "people")],
)
def test_the_first_word_of_a_spanish_speaker_tells_the_side(speaker: str, side: str) -> None:
    assert party_of(f"Hubo cuarenta heridos en la marcha del domingo, según {speaker}.") == side
