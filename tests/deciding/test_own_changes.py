"""What a side changes itself contradicts nobody; what another side says of it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from news.decision import Claim, Dispute, FactKind
from news.disputes.contesting.own_changes import is_own_change
from news.model import Article


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


NAMED = [
    (
        ("ESA: probe to fly on 8 May", "The European Space Agency will launch its probe on 8 May, it said."),
        "The probe will be launched not on 8 May but on 12 May, ESA said on Tuesday.",
    ),
    (
        ("Netrail to open line on 3 June", "The line to Vardo will open on 3 June, the company said on Monday."),
        "The line to Vardo opens on 10 June and not on 3 June, Netrail said.",
    ),
    (
        ("El Banco Central fija su reunión para el 4 de mayo", "La reunión será el 4 de mayo, informó la entidad."),
        "La reunión será el 6 de mayo y no el 4 de mayo, informó el Banco Central.",
    ),
    (
        ("«Полярис» откроет линию 5 апреля", "Линия откроется 5 апреля, сообщила компания."),
        "Линия откроется 12 апреля, а не 5 апреля, сообщили в «Полярисе».",
    ),
]
OTHERS = [
    (NAMED[1][0], "The line to Vardo opens on 10 June and not on 3 June, the Vardo police said."),
    (NAMED[1][0], "The line to Vardo opens on 10 June and not on 3 June, the Netrail union said."),
    (NAMED[1][0], "The line to Vardo opens on 10 June and not on 3 June, Motor Data said."),
    (
        ("Netrail to open line on 3 June", "The line to Vardo will open on 3 June, the ministry said."),
        "The line to Vardo opens on 10 June and not on 3 June, Netrail said.",
    ),
]


@pytest.mark.parametrize("of_title", [False, True])
@pytest.mark.parametrize(
    ("stored", "here", "expected"), [*((*each, True) for each in NAMED), *((*each, False) for each in OTHERS)]
)
def test_the_name_of_it_stands_in_the_headline(
    stored: tuple[str, str],
    here: str,
    of_title: bool,  # noqa: FBT001 - drawn from the table
    expected: bool,  # noqa: FBT001 - the same
) -> None:
    """Who is "the company" of the stored article changes its own plan; a headline is told by whoever tells its text."""
    held = Article("", "", "Alpha Courier", *stored)
    dispute = _dispute(FactKind.DATE, ("2026-06-10", here), ("2026-06-03", stored[0 if of_title else 1]))
    assert is_own_change(dispute, ["Another day", here], held) is expected


@pytest.mark.parametrize(("told_on", "is_own"), [("2026-02-06", True), ("2026-02-07", True), ("2026-02-09", False)])
def test_only_a_day_that_lay_ahead_can_be_put_off(told_on: str, *, is_own: bool) -> None:
    """Who writes on the 9th that the summit was on the 7th is not corrected by a delay: one of the two is wrong."""
    here = "The summit, planned for 7 February, was postponed to 8 February, a delegate said."
    found = _dispute(FactKind.DATE, ("2026-02-08", here), ("2026-02-07", "The summit opened on 7 February."))
    told_at = datetime.fromisoformat(f"{told_on}T12:00:00+00:00")
    asked = replace(found, there=replace(found.there, published_at=told_at))
    assert is_own_change(asked, []) is is_own


@pytest.mark.parametrize(
    ("there", "here", "is_own"),
    [
        ("The strike at Polaris drew 300 people, the company said.", "The strike drew 40 people, Polaris said.", True),
        ("The company said 300 people had joined the strike.", "The strike drew 40 people, Polaris said.", True),
        ("It said on Monday that 300 people had joined.", "The strike drew 40 people, Polaris said.", True),
        ("The strike drew 300 people, a spokesman for the company said.", "It drew 40 people, Polaris said.", True),
        ("The strike drew 300 people, staff at the company said.", "The strike drew 40 people, Polaris said.", False),
        ("The strike drew 300 people, rivals of the company said.", "The strike drew 40 people, Polaris said.", False),
        (
            "Los rivales de la empresa dijeron que en la huelga participaron 300 personas.",
            "En la huelga participaron 40 personas, informó Polaris.",
            False,
        ),
        (
            "La empresa dijo que en la huelga participaron 300 personas.",
            "En la huelga participaron 40 personas, informó Polaris.",
            True,
        ),
        ("Конкуренты компании сообщили о 300 участниках.", "Участников 40, сообщил «Polaris».", False),
        ("Компания сообщила о 300 участниках.", "Участников 40, сообщил «Polaris».", True),
        ("It said on Monday that 300 people had joined.", "It said on Tuesday that 40 people had joined.", False),
    ],
)
def test_only_the_company_itself_is_the_company(there: str, here: str, *, is_own: bool) -> None:
    """Its staff and its rivals are others; and "it" of two articles is no name that they share."""
    held = Article("", "", "Alpha Courier", "Polaris and the strike", there)
    assert is_own_change(_dispute(FactKind.FIGURE, ("40", here), ("300", there)), [here], held) is is_own
