"""Two figures of one unit that are of two things, and states that go on until they end: no contradictions."""

from __future__ import annotations

import pytest

from news.decision import Claim, Dispute, FactKind
from news.opposites import find_opposite
from news.own_values import with_own_values
from news.scopes import are_of_two, have_two_prizes
from news.tellings import tell
from tests.unit.test_contrast import hold

TWO = [
    ("64%", "41%", "The jab protected 64% of adults in the trial.", "In children the jab protected 41%."),
    ("900 tonnes", "12 tonnes", "The Orla was carrying 900 tonnes of tar.", "The Orla has leaked 12 tonnes of tar."),
    ("31:02", "63:40", "Devon was at half-way in 31:02.", "Devon won the race in 63:40."),
    ("5.1", "4.4", "A 5.1 quake shook Tarrow at 3:10 a.m.", "A 4.4 quake shook Tarrow at 7:45 a.m."),
    ("2 million", "3 million", "They fined the bank Orlo 2 million.", "They fined the bank Pravia 3 million."),
]


@pytest.mark.parametrize(("here", "there", "here_quote", "there_quote"), TWO)
def test_figures_of_two_things_are_told_apart(here: str, there: str, here_quote: str, there_quote: str) -> None:
    """A share of children says nothing against one of adults, nor a cargo against a leak."""
    assert are_of_two(here, there, here_quote, there_quote)


def test_two_figures_of_one_thing_are_not_told_apart() -> None:
    """Words of one class on both sides, or on one side only, leave the figures of one thing."""
    assert not are_of_two("12", "9", "The Orla leaked 12 tonnes of tar.", "The Orla has spilled 9 tonnes of tar.")
    assert not are_of_two("12", "9", "The ferry Orla sank with 12 aboard.", "The ferry Orla sank; 9 are missing.")


def test_the_same_fine_of_two_firms_is_no_contradiction() -> None:
    """One sentence with another name and another sum is of another firm."""
    text = "Kesten's watchdog has fined the parcel firm {} million crowns for fixing prices with a rival, it said."
    assert not hold(text.format("Orlando 3.1"), text.format("Pravia 2.4")).disputes


def test_what_remained_open_may_be_closed_later() -> None:
    """A state that goes on is no act: its end contradicts nothing."""
    assert not find_opposite(tell("Tarrow airport was closed."), tell("Tarrow airport remained open."))
    remains = tell("The gate remained open.")
    assert find_opposite(remains, tell("Guards locked the gate."))
    assert not find_opposite(remains, tell("Guards locked the gate."), may_have_ended=True)


def test_a_second_accident_says_nothing_of_the_first() -> None:
    """Nobody died in the second; that denies no death in the first."""
    held = "A bus overturned near Kalesa on Monday and twelve passengers died, police said."
    assert not hold(held, "Nobody died in a second accident near Kalesa on Monday, police said.").disputes


def test_two_prizes_of_one_evening_are_no_contradiction() -> None:
    """The main prize and that for the best script went to two people."""
    stored = "Tarrow's Milan Corvo won the main prize at the Gent festival on Friday."
    assert not hold(stored, "Druzh's Ana Belic won the prize for best script at the Gent festival on Friday.").disputes
    assert not have_two_prizes(stored, "Druzh's Ana Belic won the main prize at the Gent festival on Friday.")


def test_a_denial_that_names_another_number_is_of_the_number() -> None:
    """What both count is what they differ in."""
    claims = (
        "Files of two thousand customers were copied, Orlo said, denying that millions were touched.",
        "Files of 3.1 million customers of the bank Orlo were copied, the group said.",
    )
    here, there = (Claim(value, text, "", 1) for value, text in zip(("denied", "happened"), claims, strict=True))
    found = with_own_values(Dispute(FactKind.STATUS, None, here, there))
    assert found.kind is FactKind.FIGURE
    assert "two thousand" in found.here.value


def test_a_share_that_is_larger_is_no_later_count() -> None:
    """A tariff is not counted up as deaths are."""
    text = "Tarrow will charge {}% on electric cars from Kesten from Friday, {} said. The rate was 12% until now."
    found = hold(text.format(25, "the trade chamber"), text.format(35, "the carmakers' club")).disputes
    assert [one.kind for one in found] == [FactKind.FIGURE]
