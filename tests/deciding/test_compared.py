"""Figures that another account has otherwise, too little tied to be a contradiction: shown for comparison."""

from __future__ import annotations

import pytest

from benchmarks.disputes import decide_dispute, load_dispute_pairs
from handlers.evidence import Evidence
from handlers.records import fact_record
from handlers.reply import Quote, text_of
from news.decision import Decision, Label
from tests.two_texts import decide_on

MINISTER = (
    "Deficit of Orania seen at 7.8%",
    (
        "The budget deficit of Orania will come to 7.8% of output this year, finance minister Ana Bel said on Tuesday. "
        "She ruled out new taxes."
    ),
)
FUND = (
    "Fund mission leaves Orania",
    (
        "A mission of the Fund that left Orania on Wednesday puts the budget deficit for this year at 11.4% of output, "
        "once arrears to builders are counted. It will return in October."
    ),
)
ON = (
    "Orania's minister before parliament",
    "Finance minister Ana Bel will defend the budget of Orania in parliament on Monday. Farmers plan to protest there.",
)
"""Goes on with it and has no figure in the place of another."""


def _decide(new: tuple[str, str]) -> Decision:
    keys = ("outlet", "published", "title", "text")
    stored = dict(zip(keys, ("Capital Post", "2025-07-08T17:00:00Z", *MINISTER), strict=True))
    return decide_dispute(
        {"stored": stored, "new": dict(zip(keys, ("Fund Watch", "2025-07-09T19:30:00Z", *new), strict=True))}
    )


def test_another_figure_is_shown_beside_that_of_the_record() -> None:
    decision = _decide(FUND)
    assert decision.label is Label.UPDATE
    assert not decision.disputes
    (fact,) = (one for one in decision.new if one.beside is not None)
    assert "11.4%" in fact.after.quote
    assert fact.beside is not None
    assert fact.beside.value == "7.8%"
    assert fact.beside.outlet == "Capital Post"
    assert any("compare 7.8%" in reason.text for reason in decision.reasons)


def test_it_is_told_as_a_comparison_and_in_records() -> None:
    (fact,) = (one for one in _decide(FUND).new if one.beside is not None)
    blocks = Evidence(lambda _: None).fact_blocks(fact)
    quotes = [block for block in blocks if isinstance(block, Quote)]
    assert [block.text for block in quotes] == [fact.after.quote, fact.beside.quote if fact.beside else ""]
    assert text_of(quotes[1].source).startswith("compare: Capital Post")
    record = fact_record(fact)
    assert record["before"] is None
    assert isinstance(record["beside"], dict)
    assert record["beside"]["value"] == "7.8%"


@pytest.mark.parametrize("new", [ON, MINISTER])
def test_what_goes_on_or_agrees_has_nothing_beside_it(new: tuple[str, str]) -> None:
    assert not any(fact.beside for fact in _decide(new).new)


def test_what_contradicts_the_record_by_all_signs_is_never_told_as_known() -> None:
    """A pair of which no finder knows two values, and whose words are all in the record."""
    (pair,) = (one for one in load_dispute_pairs("w") if one["id"] == "myanmar-town")
    decision = decide_dispute(pair)
    assert decision.label is Label.UPDATE
    (fact,) = decision.new
    assert "full control" in fact.after.quote
    assert fact.beside is not None
    assert fact.beside.outlet == pair["stored"]["outlet"]


@pytest.mark.parametrize(
    ("stored", "denial"),
    [
        (
            "Customs chief Stoyan Gelev let smuggled cigarettes pass in 2019, a newspaper reported. He is on leave.",
            "Customs chief Stoyan Gelev denied a report that he had let smuggled cigarettes pass in 2019.",
        ),
        (
            "En la central de Orlo estalló una caldera el lunes, contaron vecinos. Se vio humo.",
            "La empresa desmintió que en la central de Orlo hubiera estallado una caldera el lunes.",
        ),
    ],
)
def test_a_denial_that_nobody_has_told_is_no_known_thing(stored: str, denial: str) -> None:
    assert decide_on(stored, denial).label in {Label.UPDATE, Label.DISPUTED}
    assert decide_on(f"{stored} {denial}", denial).label in {Label.KNOWN, Label.REPRINT}
