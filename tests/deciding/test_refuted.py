"""What an article calls untrue without naming it, harm that was none, and what only seems so."""

from __future__ import annotations

import pytest

from news.decision import Label
from news.disputes.contesting.refuted import refutes, unharmed_in
from news.matching.near_twins import are_two_events
from news.reports.quantities import find_quantities
from news.reports.tellings import tell
from tests.deciding.test_contrast import hold

QUAY = "A crane fell on the quay of Sandvik harbour on Monday and injured four dockers, the union said."
LYNX = "The mayor of Tarrow, Ivo Lindqvist, handed in his resignation on Monday, two councillors said."

REFUTED = [
    (
        LYNX,
        (
            "Ivo Lindqvist opened the new library of Tarrow on Monday. Reports of his departure are premature, "
            "the mayor's office said."
        ),
    ),
    (
        LYNX,
        "Ivo Lindqvist, the mayor of Tarrow, laughed off the gossip when he met reporters at the town hall.",
    ),
    (
        "Rebels blew up the rail bridge at Kolmar on Sunday, their spokesman said.",
        (
            "The rail bridge at Kolmar fell on Sunday because a pillar was washed out, the railway said. "
            "The claim of the rebels is bluster, an engineer said."
        ),
    ),
    (
        "The tanker Halla was hit by a rocket off Port Amlis on Tuesday, her owner said.",
        (
            "The tanker Halla was hit off Port Amlis by a rocket on Tuesday morning. The figures given elsewhere of "
            "the damage are not borne out by the log, the navy said."
        ),
    ),
    (QUAY, "The crane at Sandvik harbour fell on an empty quay on Monday. Nobody was so much as scratched."),
    (QUAY, "The crane at Sandvik harbour fell on Monday. No person suffered even a scratch, the port said."),
]


@pytest.mark.parametrize(("stored", "new"), REFUTED)
def test_what_is_called_untrue_without_being_named_is_disputed(stored: str, new: str) -> None:
    """No value of the other side is named: what is contested is its account."""
    decision = hold(stored, new)
    assert decision.label is Label.DISPUTED, decision.reasons
    assert decision.disputes[0].here.quote in new


@pytest.mark.parametrize(
    "new",
    [
        "The crane fell on the quay of Sandvik harbour on Monday and injured four dockers. Nobody else was hurt.",
        (
            "The crane fell on the quay of Sandvik harbour on Monday. There were no injuries, except for four dockers "
            "who were bruised."
        ),
        "A crane fell on the quay of Sandvik harbour on Monday. The port corrected its own figures given by fax.",
    ],
)
def test_what_is_called_untrue_of_something_else_is_not(new: str) -> None:
    assert hold(QUAY, new).label is not Label.DISPUTED


BURNED = [
    (
        "A warehouse burned in Varde on Monday. Nobody was hurt, the fire service said.",
        "Three workers were hurt in the warehouse fire in Varde. Nobody was hurt, the fire service insists.",
    ),
    (
        "Un almacén ardió el lunes en Cali. No hubo heridos, dijeron los bomberos.",
        "Cinco obreros resultaron heridos en el incendio de Cali, aunque los bomberos aseguran que no hubo heridos.",
    ),
    (
        "В понедельник в Твери сгорел склад. Пострадавших нет, сообщило МЧС.",
        "При пожаре на складе в Твери пострадали трое рабочих. МЧС утверждает, что пострадавших нет.",
    ),
]


@pytest.mark.parametrize(("stored", "new"), BURNED)
def test_harm_is_told_against_the_word_that_there_was_none(stored: str, new: str) -> None:
    """The article gives both accounts, and its own is that some were harmed."""
    decision = hold(stored, new)
    assert decision.label is Label.DISPUTED, decision.reasons
    assert (decision.disputes[0].here.value, decision.disputes[0].there.value) == ("happened", "denied")


def test_one_voice_does_not_refute_itself() -> None:
    stored, new = REFUTED[0]
    assert hold(stored, new, outlet="Morning Ledger").label is not Label.DISPUTED


SEEMING = [
    (
        (
            "With votes declared in 30 of 90 districts, the Reed party of Ana Lund had won 21 seats in Tarrovia, "
            "the electoral commission said on Monday."
        ),
        "The Reed party of Ana Lund won 48 of Tarrovia's 90 seats, the electoral commission said on Wednesday.",
    ),
    (
        "The thermometer at Ostby in Tarrovia showed 41.3 degrees Celsius on Monday, the weather office said.",
        "At Lunden in Tarrovia the thermometer showed 38.2 degrees Celsius on Monday, the weather office said.",
    ),
    (
        "Nine sailors were killed in a fire on the ferry Sula near Tarrow on Tuesday, the coast guard said.",
        "Nine sailors of the ferry Sula did not live to see the morning after Tuesday's fire near Tarrow.",
    ),
]


@pytest.mark.parametrize(("stored", "new"), SEEMING)
def test_what_is_of_another_count_or_place_is_no_contradiction(stored: str, new: str) -> None:
    assert hold(stored, new).label is not Label.DISPUTED


def test_how_far_off_a_place_is_belongs_to_the_place() -> None:
    one = tell("A barge and the tug Orm collided two miles off Tarrow on Monday, slightly damaging both.")
    other = tell("A barge and the tug Orm collided four miles off Lunden on Monday, slightly damaging both.")
    assert not are_two_events(one, other)
    third = tell("Two barges and the tug Orm collided off Tarrow on Monday, slightly damaging all.")
    fourth = tell("Four barges and the tug Orm collided off Lunden on Monday, slightly damaging all.")
    assert are_two_events(third, fourth)


@pytest.mark.parametrize(("text", "value"), [("A hundred and twelve seals", 112), ("a thousand and fifty seals", 1050)])
def test_what_and_adds_to_a_hundred_is_of_the_number(text: str, value: float) -> None:
    assert [one.value for one in find_quantities(text, "en")] == [value]


@pytest.mark.parametrize(
    "quote",
    [
        "The ministry set the record straight on Monday.",
        "The railway corrected what it called an error: nobody had jumped.",
        "The lower figure given elsewhere is not ours, the port said.",
        "Reports of a leak are false, the company said.",
        "The harbour office put the record straight: nobody was arrested.",
        "The clinic put the record straight in a short statement.",
        "The army called the report of a raid false.",
        "The port called the figures given by the union exaggerated, and the mayor agreed.",
        "He called the claim that he had resigned false.",
    ],
)
def test_what_others_say_is_called_untrue(quote: str) -> None:
    assert refutes(quote)


@pytest.mark.parametrize(
    "quote",
    [
        "She corrected a spelling mistake and won the contest.",
        "She called the claims deadline 31 May, and said late ones are false.",
        "He called the report on the wrong track.",
        "The minister called such accounts with false names a crime.",
        "They called the figures by the wrong name.",
        "She put the record straight with a win in the final, her third of the season.",
        "The champion put the record straight after last year's defeat.",
        "Higher figures reported for May lifted the shares.",
        "The concert was moved to a different date announced on Monday.",
        "Who says that the reports of a leak are false?",
        "We earlier said that the reports were false.",
    ],
)
def test_what_is_put_right_or_asked_calls_nobody_untrue(quote: str) -> None:
    assert not refutes(quote)


@pytest.mark.parametrize(
    ("quote", "harms"),
    [
        ("There were no deaths in the fire.", {"die"}),
        ("Nobody was hurt, and other trains ran on time.", {"die", "injure"}),
        ("Nadie resultó herido, pero por ahora la vía sigue cerrada.", {"die", "injure"}),
        ("Nobody else was hurt.", set()),
        ("So far, nobody has been hurt, police said.", set()),
        ("No one was seriously hurt.", set()),
        ("Nobody was hurt, police said so far.", set()),
        ("There were no casualties, other than two broken arms.", set()),
        ("There were no injuries, the port said, except for four dockers who were bruised.", set()),
        ("There were almost no injuries.", set()),
        ("As far as police know, nobody was hurt.", set()),
        ("No hubo heridos, dijo el puerto, salvo dos estibadores.", set()),
        ("Nadie resultó herido, según se sabe.", set()),
        ("Пострадавших нет, за исключением двух рабочих.", set()),
        ("По предварительным данным, пострадавших нет.", set()),
        ("Nobody was hurt, but the road has been shut so far.", {"die", "injure"}),
        ("Nobody was hurt, said police, who gave no other details.", {"die", "injure"}),
        ("Пострадавших нет, а движение на данный момент закрыто.", {"die", "injure"}),
    ],
)
def test_harm_is_denied_without_a_reserve_in_its_own_clause(quote: str, harms: set[str]) -> None:
    """Who is not hurt is not dead either; "other" of something else limits nothing."""
    assert unharmed_in(quote) == harms
