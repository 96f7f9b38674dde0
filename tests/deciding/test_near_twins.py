"""Nearly the same words, and the denials that both lean on, with sentences of our own."""

from __future__ import annotations

import pytest

from news.matching.near_twins import are_two_events
from news.reports.negations import is_told_as_fact, list_denied
from news.reports.tellings import tell


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (
            "The cartel office has fined the bakery chain Kornhof 3 million euros for agreeing prices with a rival.",
            "The cartel office has fined the bakery chain Brotland 5 million euros for agreeing prices with a rival.",
        ),
        (
            "A lorry hit a footbridge near Graz at 6:40 a.m. on Tuesday, injuring two people, police said.",
            "A lorry hit a footbridge near Graz at 9:15 p.m. on Tuesday, injuring five people, police said.",
        ),
        (
            "Thieves stole 410 boats from the marinas of Kiel in 2021.",
            "Thieves stole 380 boats from the marinas of Kiel in 2022, police said.",
        ),
    ],
)
def test_a_formula_with_two_other_values_tells_of_another_event(ours: str, theirs: str) -> None:
    assert are_two_events(tell(ours), tell(theirs))


def test_who_denies_it_need_not_name_the_act() -> None:
    denied = list_denied(tell("The Free Front denied that it had sent boats against the oil jetty at Tarum."))
    theirs = tell("Four boats struck the oil jetty at Tarum before dawn, the navy said.")
    assert any(is_told_as_fact(one, theirs) for one in denied)
    silent = list_denied(tell("The Free Front denied that it had asked for talks in Tarum."))
    assert not any(is_told_as_fact(one, theirs) for one in silent)
