"""What one office tells first and then, what is of somebody else, and what is long past contradicts nothing."""

from __future__ import annotations

import pytest

from news.disputes.openings.players import list_players
from news.disputes.parties import are_two_voices
from tests.two_texts import decide_on

WIRING = "A fire gutted the Brun cannery in Sorel on Friday. It was caused by faulty wiring, the fire brigade said."


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (
            "The driver of the van that hit a tram in Sorel on Friday was sober, police said.",
            "A passenger of the van that hit a tram in Sorel on Friday was drunk, police said.",
        ),
        (
            "President Iva Dorn signed the forest law on Friday, her office said.",
            "President Iva Dorn vetoed the fishing law on Friday, the speaker of parliament said.",
        ),
        (
            "Police fired into the air at a rally in Sorel on Friday, the ministry said.",
            "Police also fired at the crowd in Marn on Friday, the ministry said.",
        ),
        (
            "Tres montañeros murieron en un alud en Bielsa el viernes, informó la Guardia Civil.",
            "Los otros montañeros del alud de Bielsa salieron ilesos el viernes, dijo un guía.",
        ),
        (
            "Иван Лесной возглавил в пятницу Заречный театр, сообщили в мэрии.",
            "Заречный театр в пятницу возглавил Иван Лесной, рассказали актёры.",
        ),
        (
            "El juez Luis Robles dio la orden de cerrar la mina de Colque el viernes, dijo el sindicato.",
            "La orden de cerrar la mina de Colque la dio el viernes el juez Luis Robles, informó la empresa.",
        ),
        (
            WIRING,
            "A fire gutted the Brun cannery in Sorel on Friday. The funeral of a cook was put off because of a storm.",
        ),
        (WIRING, "The fire at the Brun cannery in Sorel on Friday was probably started by an oven, neighbours said."),
        (
            WIRING,
            "The fire at the Brun cannery in Sorel on Friday wasn't caused by an overload, said its owner, a plumber.",
        ),
    ],
)
def test_what_can_both_be_right_is_no_dispute(stored: str, new: str) -> None:
    found = [(one.here.value, one.there.value) for one in decide_on(stored, new).disputes]
    assert all(value in {"denied", "happened"} for pair in found for value in pair), found


@pytest.mark.parametrize(
    ("ours", "theirs", "are_two"),
    [
        ("It was red, the union said.", "It was green, the railway company said.", True),
        ("It was red, police said.", "It was green, police said.", False),
        ("It was red, police said.", "It was green.", False),
        ("It was red, said the Kyrgyz border guard.", "It was green, said the Tajik border guard.", True),
        ("Era rojo, dijo el jefe de estación.", "Era verde, dijo el jefe de bancada.", True),
    ],
)
def test_whose_word_two_sentences_give(ours: str, theirs: str, *, are_two: bool) -> None:
    assert are_two_voices([ours], [theirs]) is are_two


def test_whoever_is_denied_or_feared_to_have_done_it_did_not() -> None:
    assert not list_players("Karsten hadn't built the Tarn bridge.")
    assert not list_players("Relatives feared that the mayor was at the wheel.")


def test_who_names_no_country_speaks_for_that_of_his_town() -> None:
    moscow = ("Минобороны РФ сообщило, что уничтожен склад.",)
    assert are_two_voices(moscow, ("Порт Измаил горит, сообщил глава областной администрации Олег Кипер.",))
    assert not are_two_voices(moscow, ("В Белгороде горит склад, сообщил глава областной администрации.",))
