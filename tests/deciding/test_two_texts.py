"""What two short texts of one story add to each other, as a reader is told it."""

from __future__ import annotations

from news.decision import FactKind, Label
from tests.two_texts import decide_on

PIT = "Six miners died when a gallery collapsed at the Karvale coal pit on Tuesday, the energy ministry said."


def test_a_toll_that_has_risen_is_told_with_what_it_was() -> None:
    """And not by those who died since, of whom the sentence tells as well."""
    new = "The number of dead at the Karvale coal pit has risen to eight after two men died in hospital, police said."
    decision = decide_on(PIT, new, published=("2026-11-18", "2026-11-19"))
    assert decision.label is Label.UPDATE
    fact = decision.new[0]
    assert (fact.kind, fact.before and fact.before.value, fact.after.value) == (
        FactKind.FIGURE,
        "Six miners",
        "eight dead",
    )


def test_the_day_on_which_the_dead_are_mourned_is_no_other_day() -> None:
    for new in (
        "Karvale mourned its dead on Wednesday. Six miners died in the collapse at the coal pit.",
        "Karvale held a vigil for its dead on Thursday. Six miners died in the collapse at the coal pit.",
    ):
        assert not decide_on(PIT, new, published=("2026-11-18", "2026-11-20")).disputes
