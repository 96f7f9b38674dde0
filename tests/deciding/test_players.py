"""Who alone can have played a part: another driver, builder or winner contradicts, another word for him does not."""

from __future__ import annotations

import pytest

from news.decision import FactKind, Label
from news.disputes.openings.players import list_players
from tests.two_texts import decide_on

SENATOR = "The senator's son was at the wheel of the car that killed two cyclists near Chania in Crete, police said."
DIPUTADO = (
    "El diputado Wálter Quisbert conducía la vagoneta que atropelló a dos vendedoras en El Alto, informó Tránsito."
)
BRIDGE = "Пешеходный мост, рухнувший под Кокшетау, возвела в 2022 году компания «Дала-Мост», сообщили в министерстве."


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (SENATOR, "The senator was driving the car that killed two cyclists near Chania in Crete, a witness said."),
        (
            DIPUTADO,
            "Ramiro Choque, su chofer, manejaba la vagoneta que arrolló a dos vendedoras en El Alto, dijo su partido.",
        ),
        (BRIDGE, "Подрядчиком моста, рухнувшего под Кокшетау, было ТОО «Сарыарка», заявили в профсоюзе."),
        (
            "На выборах мэра Якутска победил Сергей Ершов, сообщил избирком.",
            "Выборы мэра Якутска выиграла Анна Лыткина, заявили в её штабе.",
        ),
        (
            "Киргизские пограничники первыми открыли огонь по дорожникам у Ходжаи Аъло во вторник, заявили в Душанбе.",
            "Стрельбу у Ходжаи Аъло во вторник начал таджикский пограничный наряд, сообщила погранслужба Киргизии.",
        ),
    ],
)
def test_another_player_of_one_part_contradicts(stored: str, new: str) -> None:
    decision = decide_on(stored, new)
    assert decision.label is Label.DISPUTED, decision.reasons
    assert FactKind.ACTOR in {one.kind for one in decision.disputes}


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (SENATOR, "A young man was driving the car that killed two cyclists near Chania in Crete, a witness said."),
        (SENATOR, "The senator was not driving the car that killed two cyclists in Crete, his office said on Monday."),
        (
            DIPUTADO,
            "Quisbert manejaba la vagoneta que arrolló a dos vendedoras en El Alto, confirmó el fiscal.",
        ),
        (
            "The Tarn bridge near Albi was built by Ferrand in 1998, the ministry said after its collapse.",
            "The Tarn bridge near Albi was built in 1998 and inspected in May, engineers said after its collapse.",
        ),
    ],
)
def test_the_same_one_in_other_words_contradicts_nobody(stored: str, new: str) -> None:
    assert FactKind.ACTOR not in {one.kind for one in decide_on(stored, new).disputes}


def test_whose_somebody_is_is_not_who_he_is() -> None:
    (found,) = list_players("The senator's son was at the wheel of the car.")
    assert (found.part, found.who, found.nouns) == ("driver", "The senator's son", frozenset({"son"}))


def test_what_was_built_is_no_builder() -> None:
    (found,) = list_players(BRIDGE)
    assert (found.part, found.who) == ("builder", "компания «Дала-Мост")


def test_who_was_killed_is_no_killer() -> None:
    assert not [one for one in list_players("The engineer Davoud Rastegar was killed near Karaj.") if one.names]


def test_a_part_is_told_once_for_headline_and_text() -> None:
    new = "The senator was driving the car that killed two cyclists near Chania in Crete, a witness said."
    titles = "Senator's son drove in Crete crash near Chania", "Senator drove the car in Crete crash near Chania"
    decision = decide_on(SENATOR, new, titles=titles)
    assert [one.here.quote for one in decision.disputes if one.kind is FactKind.ACTOR] == [new]


def test_who_holds_a_town_today_may_have_lost_it_since() -> None:
    stored = "Rebels control the town of Bunagana in North Kivu, villagers said."
    new = "Bunagana in North Kivu is in the hands of the army, the defence ministry said."
    days = "2025-10-14T14:00:00Z", "2025-10-18T14:00:00Z"
    assert FactKind.ACTOR in {one.kind for one in decide_on(stored, new).disputes}
    assert FactKind.ACTOR not in {one.kind for one in decide_on(stored, new, published=days).disputes}
