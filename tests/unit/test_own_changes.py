"""What a side changes itself contradicts nobody; what another side says of it does."""

from __future__ import annotations

import pytest

from news.decision import Claim, Dispute, FactKind
from news.disputes.own_changes import is_own_change


def _dispute(kind: FactKind, here: tuple[str, str], there: tuple[str, str]) -> Dispute:
    return Dispute(kind, 1, Claim(*here, "Beta Tribune"), Claim(*there, "Alpha Courier"))


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (
            ("nine", "The city will pull down nine houses and not six as planned, the mayor said."),
            ("six", "The city will pull down six houses."),
        ),
        (
            ("12 salas", "El museo abrirá 12 salas y no tres, como estaba previsto, dijo la directora."),
            ("tres salas", "El museo abrirá tres salas."),
        ),
        (
            ("девять", "Снесут девять домов, а не шесть, как планировалось ранее, сообщила мэрия."),
            ("шесть", "Снесут шесть домов, сообщила мэрия."),
        ),
        (
            ("Fourteen", "Fourteen soldiers died, not 17 as it had said, the army announced."),
            ("Seventeen", "Seventeen soldiers died, the army said."),
        ),
        (("14", "The army counted 14 dead."), ("17", "Seventeen soldiers died, the army said.")),
    ],
)
def test_a_side_changes_its_own_figure(here: tuple[str, str], there: tuple[str, str]) -> None:
    assert is_own_change(_dispute(FactKind.FIGURE, here, there), [here[1]])


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (("nine", "The union counted nine dead."), ("six", "The army counted six dead.")),
        (
            ("six", "The Pakistani army said that six jets were shot down."),
            ("three", "Three jets fell, the Indian army said."),
        ),
        (
            ("9,000", "It drew 9,000 people, more than expected, organisers said."),
            ("2,000", "Police counted 2,000 people."),
        ),
        (
            ("nine", "The city must pull down nine houses and not six, as the mayor claims, an engineer said."),
            ("six", "The city will pull down six houses."),
        ),
        (("14", "The army disputes the toll of 17 given by police."), ("17", "Police counted 17 dead.")),
    ],
)
def test_another_side_gives_another_figure(here: tuple[str, str], there: tuple[str, str]) -> None:
    assert not is_own_change(_dispute(FactKind.FIGURE, here, there), [here[1]])


def test_a_headline_goes_by_the_sentence_that_explains_it() -> None:
    sentence = "The museum will open 12 rooms and not three as planned, its director said."
    title = "Twelve rooms for the museum"
    of_title = _dispute(FactKind.FIGURE, ("Twelve rooms", title), ("three", "Three rooms open."))
    assert is_own_change(of_title, [title, sentence])
    assert not is_own_change(of_title, [title, "It will open 20 shops, not three as planned."])


_SUMMIT = ("2026-02-07", "The summit opens on 7 February.")


@pytest.mark.parametrize(
    "here",
    [
        "The summit, planned for 7 February, was postponed to 8 February, the ministry said.",
        "La cumbre se aplazó: aplazamiento al 8 de febrero.",
        "Саммит перенесли на 8 февраля.",
    ],
)
def test_a_day_that_was_put_off(here: str) -> None:
    assert is_own_change(_dispute(FactKind.DATE, ("2026-02-08", here), _SUMMIT), [here])


def test_another_day_by_the_word_of_another() -> None:
    here = "The summit opens on 8 February, a delegate said."
    assert not is_own_change(_dispute(FactKind.DATE, ("2026-02-08", here), _SUMMIT), [here])


def test_bodies_of_one_name_in_two_towns_are_two() -> None:
    here, there = "Police in Cali counted 14 dead.", "Police in Lima counted 17 dead."
    assert not is_own_change(_dispute(FactKind.FIGURE, ("14", here), ("17", there)), [here])
