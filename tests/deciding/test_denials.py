"""What one of two articles denies and the other tells as a fact, whatever the act."""

import pytest

from news.decision import Label
from tests.two_texts import decide_on

GRAIN = "El trigo del silo de Bahía Honda está contaminado con mercurio, según un análisis de los agricultores."
HORSES = "Стая волков загрызла девять лошадей под Ивделем, рассказал в субботу хозяин табуна. Следы ведут к реке."


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (GRAIN, "La cooperativa de Bahía Honda negó que el trigo del silo contenga mercurio y mostró sus muestras."),
        (HORSES, "Охотнадзор отрицает, что волки загрызли лошадей под Ивделем: животные отравились, сказал инспектор."),
    ],
)
def test_a_denial_of_what_no_report_tells_contradicts_it(stored: str, new: str) -> None:
    decision = decide_on(stored, new)
    assert decision.label is Label.DISPUTED, decision.reasons


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (GRAIN, "La cooperativa de Bahía Honda negó que el silo de trigo careciera de licencia, y cerró sus puertas."),
        (
            GRAIN,
            "La cooperativa de Bahía Honda admitió que el trigo del silo tiene mercurio, y negó que matara.",
        ),
        (HORSES, "Охотнадзор отрицает, что волки под Ивделем бешеные: лошадей осмотрели, сказал в субботу инспектор."),
        (HORSES, "В посёлке под Ивделем отрицают, что хозяин табуна держал лошадей без документов, сказал инспектор."),
    ],
)
def test_a_denial_of_another_thing_contradicts_nothing(stored: str, new: str) -> None:
    assert not decide_on(stored, new).disputes


def test_harm_denied_of_a_strike_that_destroyed_is_contradicted() -> None:
    stored = "The drone strike on the port of Novorossk caused no losses, the governor said on Monday. Work went on."
    new = "The drone strike on the port of Novorossk destroyed a fuel depot, satellite pictures showed on Monday."
    assert decide_on(stored, new).label is Label.DISPUTED
