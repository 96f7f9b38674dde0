"""Who proposes and who objects: each finder by itself, each question once, and two happenings that share a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from news.decision import Claim, Dispute, FactKind
from news.disputes import finders
from news.disputes.finders import Found, list_found, slot_of
from news.disputes.seeming.compatible import are_two_happenings
from news.disputes.vetoes import find_veto, list_standing

MOMENT = datetime(2024, 9, 6, tzinfo=UTC)
AGAIN = "Thirty people climbed the fence of the depot in Lovisk on Saturday, its owner said."
BEFORE = "Police stopped 50 people who had climbed the fence of the depot in Lovisk on Wednesday."


def dispute(kind: FactKind, here: tuple[str, str], there: tuple[str, str], *, number: int = 1) -> Dispute:
    """Return the dispute of two values, each with its sentence, the other one of the article with that number."""
    sides = (
        Claim(value, quote, outlet, article, published_at=MOMENT)
        for (value, quote), outlet, article in ((here, "Bell", None), (there, "Ark", number))
    )
    return Dispute(kind, None, *sides)


TWO_DAYS = dispute(FactKind.DATE, ("2024-09-07", AGAIN), ("2024-09-04", BEFORE))
HARM = dispute(FactKind.STATUS, ("denied", "Nobody was hurt."), ("happened", "A guard was hurt."))
ELSEWHERE = dispute(FactKind.STATUS, ("denied", "Nobody was hurt."), ("happened", "A guard was hurt."), number=2)
AGAINST = dispute(
    FactKind.STATUS, ("denied", "Nobody was hurt, contrary to what police said."), ("happened", "A guard was hurt.")
)


def test_a_second_happening_takes_with_it_whatever_else_differs() -> None:
    """What happened again on another day contradicts nothing of the first time, in no sentence of that article."""
    nobody: Any = None
    veto = find_veto(TWO_DAYS, nobody)
    asked = [(Found("days", TWO_DAYS), veto), *((Found("states", one), "") for one in (HARM, ELSEWHERE, AGAINST))]
    assert veto
    assert [one.dispute for one in list_standing(asked)] == [ELSEWHERE, AGAINST]


def test_what_falls_for_another_reason_takes_nothing_with_it() -> None:
    """A figure that is a part of the other one says nothing of a denial beside it."""
    asked = [(Found("slots", TWO_DAYS), "held"), (Found("states", HARM), "")]
    assert [one.dispute for one in list_standing(asked)] == [HARM]


def test_each_finder_is_asked_whatever_the_others_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one finds hides nothing of what another finds; what two find is proposed once, by the first."""

    def find_one(_: object) -> Iterator[Dispute]:
        yield HARM

    def find_named(_: object) -> Iterator[tuple[str, Dispute]]:
        yield "states", ELSEWHERE
        yield "states", HARM

    monkeypatch.setattr(finders, "find_reworded", find_one)
    monkeypatch.setattr(finders, "find_contradictions", find_named)
    others = "denials", "absences", "whereabouts", "other_parts", "other_act_days", "opposed", "players", "causes"
    for name in (f"find_{one}" for one in others):
        monkeypatch.setattr(finders, name, lambda _: iter(()))
    desk: Any = None
    found = list_found([TWO_DAYS], desk)
    assert found == (Found("slots", TWO_DAYS), Found("reworded", HARM), Found("states", ELSEWHERE))


def test_one_difference_in_two_wordings_is_proposed_once() -> None:
    """Two finders cut one number or one state in other words: what lets the first fall must not miss the second."""
    quotes = "Some 700 barrels of the spill were scooped up.", "The pipe spilled 1,200 barrels."
    figures = [
        dispute(FactKind.FIGURE, (here, quotes[0]), (there, quotes[1]))
        for here, there in (("Some 700 barrels", "1,200 barrels"), ("Some 700", "1,200"))
    ]
    states = [dispute(FactKind.STATUS, (value, "Nobody was hurt."), ("hurt", BEFORE)) for value in ("denied", "unhurt")]
    assert slot_of(figures[0]) == slot_of(figures[1])
    assert slot_of(states[0]) == slot_of(states[1])
    assert slot_of(figures[0]) != slot_of(dispute(FactKind.FIGURE, ("70 barrels", quotes[0]), ("9", quotes[1])))


@pytest.mark.parametrize(
    ("here", "there", "are_two"),
    [
        (AGAIN, BEFORE, True),
        ("Five men broke into the depot in Lovisk on Saturday.", "Three men broke into it on Tuesday.", True),
        ("Three men broke into the depot in Lovisk on Saturday.", "Three men broke into it on Tuesday.", False),
        ("Ana Melo got three years on Friday, a day after Teles was sentenced.", "A court jailed Teles.", True),
        ("Contrary to what police say, 30 people climbed the fence on Saturday.", BEFORE, False),
    ],
)
def test_which_days_are_those_of_two_happenings(here: str, there: str, are_two: bool) -> None:  # noqa: FBT001 - a value of the table
    """Each side counts others, or the new one counts from the old; but not who sets himself against the other."""
    assert are_two_happenings(dispute(FactKind.DATE, ("2024-09-07", here), ("2024-09-04", there))) is are_two
