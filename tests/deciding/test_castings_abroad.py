"""Who did it, in Spanish and Russian: two sides that each name the other."""

from __future__ import annotations

import pytest

from news.decision import FactKind, Label
from news.disputes.openings.castings import list_castings
from tests.two_texts import decide_on


@pytest.mark.parametrize(
    ("stored", "new", "sides"),
    [
        (
            "Los rebeldes lanzaron el cohete que cayó en el mercado de Goma el viernes, dijo el ejército.",
            "El ejército lanzó el cohete que cayó en el mercado de Goma el viernes, dijeron los rebeldes.",
            ("ejército", "rebeldes"),
        ),
        (
            "Los rebeldes mataron a dos campesinos en Lubanzi el miércoles, dijo el ejército.",
            "Dos campesinos fueron asesinados por el ejército en Lubanzi el miércoles, denunciaron sus vecinos.",
            ("ejército", "rebeldes"),
        ),
        (
            "Ракету, попавшую в рынок в Гоме в пятницу, выпустили повстанцы, заявила армия.",
            "Ракету, попавшую в рынок в Гоме в пятницу, выпустила армия, заявили повстанцы.",
            ("армия", "повстанцы"),
        ),
        (
            "Боевики убили двух жителей Лубанзи в среду, сообщила армия.",
            "Двое жителей Лубанзи были убиты военными в среду, рассказали их родные.",
            ("военными", "Боевики"),
        ),
    ],
)
def test_two_who_did_one_thing_contradict(stored: str, new: str, sides: tuple[str, str]) -> None:
    decision = decide_on(stored, new)
    assert decision.label is Label.DISPUTED, decision.reasons
    dispute = decision.disputes[0]
    assert (dispute.kind, dispute.here.value, dispute.there.value) == (FactKind.ACTOR, *sides)


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (
            "Los rebeldes mataron a dos campesinos en Lubanzi el miércoles, dijo el ejército.",
            "El ejército mató a tres rebeldes en Lubanzi el jueves, dijo el ministerio.",
        ),
        (
            "Боевики атаковали пост в Лубанзи в среду, сообщила армия.",
            "После атаки на пост в Лубанзи армия атаковала лагерь боевиков, сообщили власти в среду.",
        ),
        (
            "La policía detuvo a doce manifestantes en Lima el lunes, informó el ministerio.",
            "Los vecinos detuvieron a un ladrón en Lima el lunes, informó la policía.",
        ),
    ],
)
def test_another_deed_contradicts_nothing(stored: str, new: str) -> None:
    assert not decide_on(stored, new).disputes


@pytest.mark.parametrize(
    ("quote", "doers"),
    [
        ("El cohete fue lanzado por el ejército congoleño en la noche.", ["ejército congoleño"]),
        ("Рынок был обстрелян боевиками.", ["боевиками"]),
        ("Полиция задержала в воскресенье 120 человек.", ["Полиция"]),
        ("Según el ejército, los rebeldes no atacaron el pueblo.", []),
        ("El alcalde pidió ayuda a la policía, dijo el ejército.", []),
    ],
)
def test_who_only_says_so_or_did_not_do_it_is_no_doer(quote: str, doers: list[str]) -> None:
    assert [one.who for one in list_castings(quote)] == doers
