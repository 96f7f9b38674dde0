"""What brought an event about: two sorts of causes contradict each other, a cause that is only looked into does not."""

from __future__ import annotations

import pytest

from news.decision import Label
from news.disputes.openings.causes import list_causes
from tests.two_texts import decide_on

WIRING = "The fire at the Leith bakery on Monday was caused by faulty wiring, the insurer said."
WEAR = "Прорыв теплотрассы в Костроме произошёл из-за износа труб, заявили в мэрии."


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (WIRING, "The fire at the Leith bakery on Monday was caused by an oven left on, the fire service said."),
        (
            "El incendio de la panadería de Lorca fue causado por un cortocircuito, dijo la aseguradora.",
            "El incendio de la panadería de Lorca fue causado por un horno encendido, informaron los bomberos.",
        ),
        (WEAR, "Причиной прорыва теплотрассы в Костроме стал экскаватор строителей, сообщили энергетики."),
        (
            "A bloom of golden algae killed eleven tonnes of fish in the Bóbr river, the waters agency said.",
            "Cyanide from a plating works killed the fish of the Bóbr river, an anglers' union said.",
        ),
    ],
)
def test_another_sort_of_cause_contradicts(stored: str, new: str) -> None:
    assert decide_on(stored, new).label is Label.DISPUTED


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (
            WIRING,
            "The fire at the Leith bakery on Monday may have been caused by an oven left on, the fire service said.",
        ),
        (WIRING, "A short circuit in old wiring caused the fire at the Leith bakery on Monday, the fire service said."),
        (
            "A gas leak killed nine workers at a dye factory in Vapi on Wednesday, officials said.",
            "A driver was arrested over the gas leak that killed nine at the dye factory in Vapi, police said.",
        ),
    ],
)
def test_what_is_open_or_the_same_contradicts_nothing(stored: str, new: str) -> None:
    assert not decide_on(stored, new).disputes


def test_a_cause_is_told_without_whoever_says_so() -> None:
    (found,) = list_causes("The dam failed because its gate was rusted shut, the engineers said.")
    assert (found.text, found.sorts) == ("its gate was rusted shut", frozenset({"technical"}))


def test_what_is_denied_is_no_cause() -> None:
    assert not list_causes("The fire at the bakery was not caused by an oven, the fire service said.")


def test_what_stands_in_a_clause_of_somebody_else_is_no_cause() -> None:
    assert not list_causes("Police held the driver of the tanker whose load set off the leak of gas.")


def test_what_delayed_one_launch_did_not_doom_the_next() -> None:
    new = "The fire at the Leith bakery on Monday was caused by an oven left on, the fire service said."
    days = "2025-08-01T14:00:00Z", "2025-10-18T14:00:00Z"
    assert decide_on(WIRING, new).disputes
    assert not [one for one in decide_on(WIRING, new, published=days).disputes if "oven" in one.here.value]


VERSION = "A ferry burnt out off Cebu on Saturday. Preliminary findings point to a short circuit, the coastguard said."
VERSION_ES = "Una fábrica textil de Puebla explotó el sábado. Según las primeras pesquisas, falló una válvula."
VERSION_RU = "Склад мебели сгорел в субботу в Твери. По предварительной версии, загорелась проводка."


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (VERSION, "The owner of the ferry that burnt out off Cebu on Saturday said that the fire was caused by arson."),
        (VERSION_ES, "La empresa aseguró que la explosión de la fábrica textil de Puebla fue causada por un sabotaje."),
        (VERSION_RU, "Владелец склада мебели, сгоревшего в Твери, считает, что причиной пожара стал поджог."),
        (
            "Кран упал на стройке в Алматы в субботу. По предварительной версии МЧС, причиной стал сильный ветер.",
            "Профсоюз заявил, что кран на стройке в Алматы упал из-за износа болтов, о котором писали ещё в июле.",
        ),
    ],
)
def test_a_firm_contradicts_the_version_of_an_office(stored: str, new: str) -> None:
    assert decide_on(stored, new).label is Label.DISPUTED


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (VERSION, "The fire on the ferry off Cebu on Saturday was caused by welding, the coastguard said in a report."),
        (VERSION_ES, "Protección Civil informó de que la explosión de la fábrica textil de Puebla se debió al gas."),
        (VERSION_RU, "Причиной пожара на складе мебели в Твери стал поджог, установила полиция."),
    ],
)
def test_what_offices_find_after_their_version_contradicts_nothing(stored: str, new: str) -> None:
    assert not decide_on(stored, new).disputes
