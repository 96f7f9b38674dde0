"""Two figures of one unit that are of two things, and states that go on until they end: no contradictions."""

from __future__ import annotations

import pytest

from news.another.figures import are_of_two, have_two_prizes
from news.decision import FactKind
from news.reports.opposites import find_opposite
from news.reports.tellings import tell
from tests.deciding.test_contrast import hold

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


ONE = [
    (
        "3.25",
        "2.25",
        "The bank of Kesten cut its rate to 3.25 percent.",
        "The bank of Kesten cut its rate to 2.25 percent.",
    ),
    ("$12.50", "$10.40", "Orlo was sold for $12.50 billion.", "Orlo was sold for $10.40 billion."),
    ("1.50", "3.20", "The wave at Tarrow was 1.50 m.", "The wave at Tarrow was 3.20 m."),
    ("8.45", "6.45", "A barrel of cider rose to 8.45 dollars.", "A barrel of cider rose to 6.45 dollars."),
]


@pytest.mark.parametrize(("here", "there", "here_quote", "there_quote"), ONE)
def test_a_number_with_two_decimals_is_no_time_of_day(here: str, there: str, here_quote: str, there_quote: str) -> None:
    """A dot makes a time only before a zone or a half of the day."""
    assert not are_of_two(here, there, here_quote, there_quote)


def test_two_rates_of_one_cut_contradict() -> None:
    """Who says 3.25 percent denies 2.25."""
    text = "The central bank of Kenya cut its key rate to {} percent on Friday, {} said."
    found = hold(text.format("3.25", "the treasury"), text.format("2.25", "the traders' club")).disputes
    assert [one.kind for one in found] == [FactKind.FIGURE]


BLAST = "A bomb that went off in Kalesa at 8.15 a.m. on Monday killed 12 people, the ministry said."


@pytest.mark.parametrize(
    "there",
    [
        "The bomb in Kalesa on Monday killed 9 people, police said at 3.30 p.m.",
        "At 3.30 p.m., police said the bomb in Kalesa killed 9 people.",
        "In a statement at 3.30 p.m. on Monday, police put the toll at 9.",
        "Police said at 3.30 p.m. that the bomb in Kalesa killed 9 people.",
        "Police said on Monday at 3.30 p.m. the bomb in Kalesa killed 9 people.",
        "The road was shut until 3.30 p.m., and the bomb killed 9 people.",
    ],
)
def test_the_hour_of_the_saying_is_not_that_of_the_blast(there: str) -> None:
    """One toll is told in the morning, the other in the afternoon; both are of one bomb."""
    assert not are_of_two("12", "9", BLAST, there)
    assert not are_of_two("9 people dead", "12 people dead", there, BLAST)


def test_a_toll_told_hours_later_contradicts() -> None:
    """The afternoon's count is smaller, which no later news explains."""
    there = "Police said at 3.30 p.m. that a bomb killed nine people in Kalesa on Monday."
    assert [one.kind for one in hold(BLAST, there).disputes] == [FactKind.FIGURE]


def test_two_happenings_at_two_hours_are_told_apart() -> None:
    """The time stands in the clause of the figure, in front of it or behind it, whoever says so."""
    here = "At 8.15 a.m. a bomb killed 12 people in Kalesa, police said."
    assert are_of_two("12", "9", here, "Police said a bomb killed 9 people in Kalesa at half past ten.")
    assert are_of_two(
        "12 people dead", "9 people dead", BLAST, "The ministry said that a bomb at 11:40 killed 9 people."
    )
    assert not are_of_two("12", "9", here, "A bomb killed 9 people in Kalesa at 8:50 a.m., police said.")


NAMED = [
    (
        "A blast killed 12 people, the police spokesman Ahmed Salih said.",
        "A blast killed 9 people, the police spokesman Omar Hadi said.",
    ),
    ("A blast killed 12 people in the market Friday.", "A blast killed 9 people in the market Thursday."),
    ("A blast killed 12 people near the mill April 3.", "A blast killed 9 people near the mill May 3."),
    ("A blast killed 12 people, the agency Orlo reported.", "A blast killed 9 people, the agency Pravia reported."),
    ("The striker Milan saw how a blast killed 12.", "The striker Zoran saw how a blast killed 9."),
    (
        "A blast killed 12 people, and the ferry Anna brought the hurt to Tarrow.",
        "A blast killed 9 people, and the ferry Berta brought the hurt to Tarrow.",
    ),
]


@pytest.mark.parametrize(("here", "there"), NAMED)
def test_two_spokesmen_tell_of_one_thing(here: str, there: str) -> None:
    """Who speaks, on which day, and what the next clause is of do not part two figures."""
    assert not are_of_two("12", "9", here, there)


def test_two_ships_are_two_things() -> None:
    """A name of what the figure is of parts it from another, whoever says so."""
    here = "On Monday the ferry Anna sank with 12 people aboard, the police spokesman Ahmed Salih said."
    assert are_of_two("12", "9", here, "The spokesman Omar Hadi said that the ferry Berta sank with 9 people aboard.")


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


def test_a_share_that_is_larger_is_no_later_count() -> None:
    """A tariff is not counted up as deaths are."""
    text = "Tarrow will charge {}% on electric cars from Kesten from Friday, {} said. The rate was 12% until now."
    found = hold(text.format(25, "the trade chamber"), text.format(35, "the carmakers' club")).disputes
    assert [one.kind for one in found] == [FactKind.FIGURE]


def test_a_state_of_others_is_no_opposite() -> None:
    """The 63 who are treated are not the six who died; the two who are alive are the two who were said to have died."""
    told = tell("At least six passengers were killed and 50 injured when nine coaches derailed.")
    assert not find_opposite(tell("Sixty-three passengers are being treated in Jamui."), told)
    assert find_opposite(tell("The two passengers are alive."), tell("Two passengers were killed."))
    assert find_opposite(tell("Castro is still at large after 14 days."), tell("Castro was arrested by 200 police."))
