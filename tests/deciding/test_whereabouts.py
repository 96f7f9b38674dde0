"""Whether somebody has left a place or is there: one who says the one contradicts who says the other."""

from __future__ import annotations

import pytest

from news.decision import FactKind, Label
from news.disputes.openings.whereabouts import whereabouts_in
from tests.two_texts import decide_on

LEFT = "President Maduro left Caracas on Saturday, an airport source said."


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (LEFT, "President Maduro is in Caracas, the communications minister said on Saturday."),
        (LEFT, "President Maduro has not left Caracas, the communications minister said on Saturday."),
        (
            "El presidente Maduro salió de Caracas el sábado, dijo una fuente del aeropuerto.",
            "El presidente Maduro está en Caracas, dijo el sábado el ministro de Comunicación.",
        ),
        (
            "Президент Мадуро покинул Каракас в субботу, сообщил источник в аэропорту.",
            "Президент Мадуро в субботу находится в Каракасе, заявил министр связи.",
        ),
    ],
)
def test_who_has_left_is_not_there(stored: str, new: str) -> None:
    decision = decide_on(stored, new)
    assert decision.label is Label.DISPUTED, decision.reasons
    assert FactKind.PLACE in {one.kind for one in decision.disputes}


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        ("President Maduro left Moscow for Caracas on Saturday, a source said.", "President Maduro is in Caracas."),
        (LEFT, "Foreign minister Lavrov is in Caracas for talks with Maduro, his ministry said on Saturday."),
        (LEFT, "President Maduro returned in the evening and is in Caracas, his office said on Saturday."),
        ("President Maduro is in Caracas, a minister said on Saturday.", LEFT),
    ],
)
def test_another_place_person_or_time_contradicts_nothing(stored: str, new: str) -> None:
    assert not decide_on(stored, new).disputes


def test_a_denial_is_no_departure() -> None:
    (found,) = whereabouts_in("Мадуро не покидал Каракас, заявил министр.")
    assert (found.who, found.where, found.is_there) == ("мадур", "place:caracas", True)
