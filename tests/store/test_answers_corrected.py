"""``/ask`` after a correction: the right value is the answer, and it is said that it was corrected."""

from __future__ import annotations

import pytest

from bot.render.terminal import render_text
from tests.store.handlers_world import World
from tests.store.test_answers_overtaken import Account, ask

FERRY = (
    (
        "Harbour Post",
        "Ferry sinks off Korvalla, 12 dead",
        (
            "A ferry sank off Korvalla on Sunday and 12 people died, the coastguard said. The ferry Marlin was "
            "carrying 80 passengers. Divers searched the wreck through the night."
        ),
    ),
    (
        "Harbour Post",
        "Correction: Ferry sinks off Korvalla",
        (
            "Correction: An earlier version of this article said 12 people died when a ferry sank off Korvalla; "
            "it is 21. We regret the error."
        ),
    ),
)
FUEGO = (
    (
        "El Faro",
        "Incendio en un almacén de Puerto Lindo deja 12 heridos",
        "Un incendio en un almacén de Puerto Lindo dejó 12 heridos el domingo, informaron los bomberos.",
    ),
    (
        "El Faro",
        "Fe de errores: incendio en Puerto Lindo",
        (
            "Fe de errores. En la noticia sobre el incendio en un almacén de Puerto Lindo, donde decía 12 heridos debe "
            "decir 21 heridos."
        ),
    ),
)
ROOF = (
    (
        "Вестник",
        "При обрушении крыши склада в Зареченске погибли 12 человек",
        "При обрушении крыши склада в Зареченске погибли 12 человек, сообщили спасатели. Под завалами искали рабочих.",
    ),
    (
        "Вестник",
        "Уточнение: обрушение крыши склада в Зареченске",
        "Уточнение. Ранее сообщалось, что при обрушении крыши склада в Зареченске погибли 12 человек; правильно: 21.",
    ),
)
TRIAL = (
    (
        "Harbour Post",
        "Minister Drago to face trial on 3 May",
        "Former minister Pavel Drago will go on trial in Kosice on 3 May over the tram contract, the court said.",
    ),
    (
        "Harbour Post",
        "Correction: Drago trial",
        "We wrongly reported that the trial of Pavel Drago in Kosice begins on 3 May. It begins on 5 May.",
    ),
)
DIED = "How many people died when the ferry sank off Korvalla?"


@pytest.mark.parametrize(
    ("told", "question", "right"),
    [
        (FERRY, DIED, "21"),
        (FUEGO, "¿Cuántos heridos dejó el incendio en el almacén de Puerto Lindo?", "21"),
        (ROOF, "Сколько человек погибли при обрушении крыши склада в Зареченске?", "21"),
        (TRIAL, "When does the trial of Pavel Drago begin in Kosice?", "5 May"),
    ],
)
def test_the_corrected_value_is_the_answer(world: World, told: tuple[Account, ...], question: str, right: str) -> None:
    """The notice is quoted first, and both values stand below it."""
    reply = ask(world, told, question)
    assert str(reply.data["answer"]).split(" heridos")[0] == right
    assert reply.data["sentences"][0]["source"]["article"] == "guid-2"
    (later,) = reply.data["later"]
    assert later["is_correction"] is True
    assert (later["before"]["value"], later["here"]["value"]) == (("12", "21") if right == "21" else ("3 May", "5 May"))
    assert f"Corrected by {told[1][0]} (a2): " in render_text(reply)


def test_before_the_correction_the_record_had_the_old_value(world: World) -> None:
    reply = ask(world, FERRY, DIED, as_of="2026-03-16")
    assert (reply.data["answer"], reply.data["later"]) == ("12 people", [])


def test_another_value_of_the_corrected_article_stays(world: World) -> None:
    """That the dead were counted wrongly says nothing of the passengers."""
    reply = ask(world, FERRY, "How many passengers was the ferry Marlin carrying?")
    assert (reply.data["answer"], reply.data["later"]) == ("80 passengers", [])


def test_a_newer_toll_is_not_taken_back_by_an_old_correction(world: World) -> None:
    grown = ("Tide", "Ferry toll rises to 25", "The death toll of the ferry that sank off Korvalla rose to 25 people.")
    reply = ask(world, (*FERRY, grown), DIED)
    assert reply.data["answer"] in {None, "25", "25 people"}
