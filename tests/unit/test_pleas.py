"""A charge and what the accused says to it contradict each other, and not where one account has both."""

from __future__ import annotations

import pytest

from tests.unit.test_contrast import hold

DENIED = (
    "The mayor of Tarrow, Ivo Lindqvist, denied on Monday having taken 50,000 crowns from a builder, as prosecutors "
    "say he did."
)
CHARGED = "Ivo Lindqvist, mayor of Tarrow, took 50,000 crowns from a builder, prosecutors say"


@pytest.mark.parametrize("rest", [".", " in a report of Monday."])
def test_a_charge_without_the_plea_is_disputed(rest: str) -> None:
    """The number, with its comma, is a part of what he denies."""
    assert hold(DENIED, CHARGED + rest).disputes


@pytest.mark.parametrize(
    "rest",
    [
        "; he calls the charge an invention.",
        ". He rejects the accusation.",
        ", though he called the allegations baseless.",
        ". The mayor insists that he is innocent and he denies all charges.",
    ],
)
def test_a_charge_with_the_plea_is_none(rest: str) -> None:
    assert not hold(DENIED, CHARGED + rest).disputes


SHUT = "The ministry denied on Monday that it had closed the Kolmar bridge."
TOLD = "The ministry closed the Kolmar bridge on Monday."


@pytest.mark.parametrize(
    "rest",
    [
        "Its builder, on trial in another case, denied all charges.",
        "A driver from Varde pleaded not guilty to fraud.",
        "The builder of the Kolmar bridge, on trial in a separate case, denied all charges.",
    ],
)
def test_a_plea_to_something_else_answers_no_denial(rest: str) -> None:
    assert hold(SHUT, f"{TOLD} {rest}").disputes


def test_a_plea_of_who_denies_is_the_denial() -> None:
    assert not hold(SHUT, f"{TOLD} The ministry calls the accusations baseless.").disputes
