"""What differs and is no contradiction all the same, whatever the judge weighs; and what is one nevertheless."""

from __future__ import annotations

import pytest

from benchmarks.disputes import decide_dispute

BLAST = "Four people were killed when a warehouse blew up in the port of Lovisk on Saturday, the fire brigade said."
MANAGERS = "Two managers of Halden Grain arrested over the silo fire in Varby"
TREATY = "The ministers of Orland and Vesk signed the treaty on the river Lume in Tarsk on Wednesday."
DERAILED = "A freight train with grain derailed near Ostrow early on Monday."

SINGER = "El cantante Leo Arango fue hallado muerto el lunes en su casa. La Policía dijo que se suicidó. Tenía 34 años."
HARMLESS = [
    (SINGER, "La familia de Leo Arango confirmó que el cantante se quitó la vida. El sepelio será en Envigado."),
    (BLAST, "Nine people died when a warehouse blew up in the port of Lovisk on Saturday, the health ministry said."),
    (BLAST, "Девять человек погибли при взрыве на складе в порту Ловиск в субботу, сообщил минздрав."),
    (MANAGERS, "Police arrested two managers of Halden Grain on Wednesday over the silo fire in Varby."),
    (TREATY, "The parliament of Vesk voted down the treaty on the river Lume on Thursday, a day after it was signed."),
    (DERAILED, "The Kremlin rejected suggestions that Russia had a part in the derailment of the train near Ostrow."),
    (
        "La presa de Lume costó 90 millones de dólares y el puente 35 millones, dijo el ministerio de Orland.",
        "La presa y el puente de Lume costaron 125 millones de dólares en total, según los auditores de Orland.",
    ),
    (
        "A firm of Raúl Ardo, brother of the minister Julia Ardo, won a contract for uniforms in June, papers show.",
        "La ministra Julia Ardo niega haber favorecido a su hermano Raúl Ardo en el contrato de uniformes.",
    ),
    (
        "Кремль отверг предположения о том, что Россия причастна к крушению грузового поезда под Островом.",
        "Россия не причастна к крушению грузового поезда под Островом, заявил Кремль.",
    ),
]

DISPUTED = [
    (
        "Turnout in Sunday's election in Orland was 60 percent, the election commission said.",
        "Turnout in Sunday's election in Orland was only 40 percent, the opposition said.",
    ),
    (
        BLAST,
        "Nine people died in Saturday's blast in the port of Lovisk, not four as the fire brigade says, a union said.",
    ),
    (
        "Police in Varby arrested the managers of Halden Grain over the silo fire on Wednesday, its spokesman said.",
        "Nobody was arrested over the silo fire in Varby, the managers of Halden Grain told reporters on Wednesday.",
    ),
]


def _disputes(stored: str, new: str) -> tuple[object, ...]:
    sides = {
        "stored": ("North Desk", "2025-10-18T14:00:00Z", stored),
        "new": ("South Paper", "2025-10-18T18:00:00Z", new),
    }
    return decide_dispute(
        {
            side: {"outlet": outlet, "published": at, "title": "", "text": text}
            for side, (outlet, at, text) in sides.items()
        }
    ).disputes


@pytest.mark.parametrize(("stored", "new"), HARMLESS)
def test_what_only_goes_on_or_denies_a_part_in_it_contradicts_nothing(stored: str, new: str) -> None:
    assert _disputes(stored, new) == ()


@pytest.mark.parametrize(("stored", "new"), DISPUTED)
def test_what_sets_itself_against_the_other_contradicts_it(stored: str, new: str) -> None:
    assert _disputes(stored, new)
