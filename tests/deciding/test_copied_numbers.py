"""A number put in another's place is a change, also where the text has the same number of something else."""

from __future__ import annotations

from news.decision import FactKind
from news.matching.editions import Change, list_new_facts

BEFORE = "Eight in ten trams stood still on Friday, the first day of a three-day strike over pay."


def test_number_of_something_else_does_not_hide_a_change() -> None:
    """The three days of the strike are not three trams in ten."""
    after = BEFORE.replace("Eight in ten", "Three in ten")
    assert list_new_facts([Change(FactKind.FIGURE, BEFORE, after, "Eight", "Three")], BEFORE)


def test_number_that_was_only_moved_is_no_change() -> None:
    after = "A three-day strike over pay began on Friday, with eight in ten trams standing still."
    assert not list_new_facts([Change(FactKind.FIGURE, BEFORE, after, "Eight", "three")], BEFORE)
