"""What somebody else puts in the place of a thing is news, whether or not anybody knows that the two exclude it."""

from __future__ import annotations

import pytest

from news.decision import FactKind, Label
from tests.two_texts import decide_on

REPLACED = [
    (
        "The fire at the Hotel Miramonte in Salvo began in the kitchen, police said.",
        "The fire at the Hotel Miramonte in Salvo began on the roof, the hotel manager said.",
    ),
    (
        "The driver of the bus that fell from a bridge near Rajgaon had fallen asleep, police said.",
        "The driver of the bus that fell from a bridge near Rajgaon was awake, his family said.",
    ),
    (
        "The train that derailed near Sutton on Friday kept to the speed limit, the operator said.",
        "The train that derailed near Sutton on Friday was going too fast, investigators said.",
    ),
]


@pytest.mark.parametrize(("stored", "new"), REPLACED)
def test_another_thing_on_the_word_of_somebody_else_is_news(stored: str, new: str) -> None:
    decision = decide_on(stored, new)
    assert decision.label is Label.UPDATE
    fact = decision.new[0]
    assert fact.kind is FactKind.ACT
    assert (fact.after.quote, fact.before and fact.before.quote) == (new, stored)


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (
            "The fire at the Hotel Miramonte in Salvo began in the kitchen, police said.",
            "The blaze at the Hotel Miramonte in Salvo began in the kitchen, the mayor said.",
        ),
        (
            "The fire at the Hotel Miramonte in Salvo began in the kitchen, police said.",
            "The fire at the Hotel Miramonte in Salvo started in the kitchen, police said on Saturday.",
        ),
        (
            "Divers found the wreck of the trawler off Vardo on Friday, the navy said.",
            "Divers found the wreckage of the trawler off Vardo on Friday, its owner said.",
        ),
        (
            "Three men were held over the theft in Gent on Friday, police said.",
            "Three suspects were held over the theft in Gent on Friday, prosecutors said.",
        ),
    ],
)
def test_the_same_in_other_words_or_by_others_is_none(stored: str, new: str) -> None:
    assert decide_on(stored, new).label in {Label.KNOWN, Label.REPRINT}


def test_what_undoes_a_word_contradicts_it() -> None:
    """Nearly a copy, and the contrary."""
    stored = "The man shot dead by police in Leeds on Friday was armed, police said."
    decision = decide_on(stored, stored.replace("armed, police", "unarmed, the lawyers of his family"))
    assert decision.label is Label.DISPUTED
    assert (decision.disputes[0].here.value, decision.disputes[0].there.value) == ("unarmed", "armed")


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (
            "Ukrainian missiles killed 20 soldiers at Kolda on Friday, the Russian defence ministry said.",
            "Ukrainian missiles killed 14 soldiers at Kolda on Friday, the Ukrainian defence ministry said.",
        ),
        (
            "Forty drivers of the Basel trams were on strike on Friday, the Basel tram operator said.",
            "Four hundred drivers of the Basel trams were on strike on Friday, the Basel drivers' union said.",
        ),
    ],
)
def test_two_bodies_of_one_kind_contradict_each_other(stored: str, new: str) -> None:
    assert decide_on(stored, new).label is Label.DISPUTED


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (
            "Twenty people were hurt when two trams collided in Basel on Friday, police said.",
            "Fourteen people were hurt when two trams collided in Basel on Friday, police said.",
        ),
        (
            "Twenty soldiers were killed in the attack on the base at Kolda on Friday, the defence ministry said.",
            "The defence ministry said 14 soldiers were killed in Friday's attack on the base at Kolda, a correction.",
        ),
    ],
)
def test_one_body_contradicts_itself_in_no_paper(stored: str, new: str) -> None:
    decision = decide_on(stored, new)
    assert decision.disputes == ()
    assert decision.label is Label.UPDATE


def test_the_level_before_contradicts_no_level() -> None:
    stored = "The central bank of Norway raised its key rate by half a point to 4.5 percent on Friday."
    new = "Norges Bank lifted its key interest rate to 4.5 percent from 4.0 percent on Friday."
    assert decide_on(stored, new).disputes == ()


def test_the_hour_counts_nobody() -> None:
    """The "ten" stood beside the 80,000 of the organisers, so that the police contradicted nothing."""
    stored = (
        "Some 80,000 people filled the avenue in Tbilisi on Friday evening in protest against the law, the organisers "
        "said. The march ended in front of parliament at ten."
    )
    new = "At its height, Friday's demonstration in Tbilisi drew 14,000 people, the interior ministry said."
    values = {(one.here.value, one.there.value) for one in decide_on(stored, new).disputes}
    assert values == {("14,000 people", "Some 80,000 people")}
