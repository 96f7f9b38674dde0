"""An article goes on with a story by what it presupposes, and what only recalls or resembles it does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from benchmarks.novelty import take_in
from benchmarks.stories import MemoryStore
from news.deciding.going_on import FEATURES, said_of_itself
from news.decision import Reason
from news.model import Article, Precision
from news.novelty import decide
from news.reading import read
from news.tables import load_toml

HELD = (
    (
        "Beer firm Halloran gets bid",
        (
            "The brewer Halloran said on Tuesday that it had received an offer of 640 million pounds from Danish group "
            "Kvist. Halloran's board will meet on Friday to look at it."
        ),
    ),
    (
        "Dock chief held over missing containers",
        (
            "Police in Port Lessing on Tuesday arrested the head of the container terminal, Anders Mokke, 49, after 26 "
            "containers of copper vanished from his yard. He is suspected of theft."
        ),
    ),
    (
        "Car ferry hits pier at Tavna",
        (
            "The car ferry Ilmatar struck the pier at Tavna on Lake Orve on Tuesday morning, injuring 11 "
            "people, police "
            "said. The ferry carried 140 passengers and 32 cars."
        ),
    ),
)


def _article(day: int, title: str, text: str) -> Article:
    at = datetime(2025, 5, day, 12, tzinfo=UTC)
    return Article("", "", "Wire", title, text, published_at=at, published_precision=Precision.DAY)


@pytest.mark.parametrize(
    ("story", "day", "title", "text"),
    [
        (
            1,
            9,
            "Directors send Danes away",
            "The board of Halloran turned down the approach from Kvist as too low.",
        ),
        (
            2,
            26,
            "Seventeen charges against terminal boss",
            (
                "Prosecutors have charged Anders Mokke with 17 counts of theft. The trial over copper of Port "
                "Lessing is "
                "to open in June."
            ),
        ),
        (
            None,
            27,
            "Ferry aground on Lake Orve",
            (
                "The passenger ferry Sampo ran aground off Kella on Lake Orve on Tuesday evening with 60 "
                "people on board, "
                "police said. It was the second ferry accident on the lake this month, "
                "after the Ilmatar struck a pier on 6 May."
            ),
        ),
        (
            None,
            27,
            "Distiller Gant gets bid",
            (
                "The distiller Gant said on Tuesday that it had received an offer of 310 million pounds from "
                "French group "
                "Olivet. Gant's board will meet on Monday to look at it."
            ),
        ),
    ],
)
def test_all_signs_together(story: int | None, day: int, title: str, text: str) -> None:
    assert _find_story(HELD, day, title, text) == story


def _find_story(held: Sequence[tuple[str, str]], day: int, title: str, text: str) -> int | None:
    store = MemoryStore()
    for one in held:
        take_in(store, first := _article(6, *one), read(first))
    article = _article(day, title, text)
    return take_in(store, article, read(article)).story_id


YARD = (
    (
        "Six die in tanker blast at Morsund yard",
        (
            "Six welders were killed and nine hurt when an explosion tore through the tanker Brisa in dock at the "
            "Morsund shipyard in western Norway on Tuesday, police said. The ship had come in on Friday."
        ),
    ),
    (
        "Un alud sepulta un autobús en el puerto de Larrauri",
        (
            "Cuatro personas murieron el martes al caer un alud de piedras sobre un autobús de la empresa Beltza en el "
            "puerto de Larrauri, informó la Ertzaintza. En el vehículo viajaban 31 pasajeros."
        ),
    ),
    (
        "В Верхнем Яру обрушилась крыша рынка, трое погибших",
        (
            "Три человека погибли и двенадцать пострадали во вторник, когда обрушилась крыша рынка «Садовый» в городе "
            "Верхний Яр, сообщило МЧС. Здание построили в 1984 году."
        ),
    ),
)


@pytest.mark.parametrize(
    ("story", "day", "title", "text"),
    [
        (
            1,
            9,
            "Welder held over dock blast",
            (
                "Police said on Friday that they had detained a welder, Jarl Onstad, 33, in connection with Tuesday's "
                "explosion on the tanker Brisa. He is suspected of negligence."
            ),
        ),
        (
            1,
            12,
            "Minister visits Morsund as hot work is banned",
            (
                "Norway's labour minister Tone Brekke on Monday banned welding on all ships that have carried fuel, "
                "six days after the explosion on the Brisa."
            ),
        ),
        (
            None,
            15,
            "Two dead as crane falls at Vardal yard",
            (
                "Two riggers were killed on Thursday when a crane fell at the Vardal shipyard in northern Norway, "
                "police said. It was the second fatal accident at a Norwegian yard this month, after a tanker exploded "
                "at Morsund."
            ),
        ),
        (
            2,
            13,
            "Detenido el encargado de la ladera de Larrauri",
            (
                "La Ertzaintza detuvo el martes al ingeniero Iker Soroa, encargado de vigilar la ladera que se "
                "desprendió hace una semana sobre un autobús en Larrauri."
            ),
        ),
        (
            3,
            9,
            "Директора рынка арестовали после обрушения",
            (
                "Суд в Верхнем Яру в пятницу арестовал директора рынка «Садовый» Олега Панфёрова на два месяца. Крыша "
                "здания обрушилась во вторник, погибли трое."
            ),
        ),
    ],
)
def test_what_grows_out_of_a_story_and_what_is_like_it(story: int | None, day: int, title: str, text: str) -> None:
    assert _find_story(YARD, day, title, text) == story


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("in_row", "It was the second such crash in a week."),
        ("in_row", "Es el segundo accidente de un autobús en dos semanas."),
        ("in_row", "Это второй пожар за неделю."),
        ("in_row", "The attack came a week after a strike on a funeral in the city."),
        ("in_row", "El ataque se produjo tres días después de otro atentado."),
        ("", "The arrest came a day after an attack on the station."),
        ("", "The fire came days after an inspector had warned of it."),
        ("in_row", "A warehouse was hit on Sunday in the third attack on the port in five days."),
        ("in_row", "Es su segundo lanzamiento esta semana."),
        ("in_row", "Это второй пуск на этой неделе."),
        ("unlinked", "The two companies are not connected."),
        ("unlinked", "El incendio no guarda relación con el alud."),
        ("unlinked", "С обрушением пожар не связан."),
        ("", "The band plays its third concert in five days on Sunday."),
        ("", "The second man was held on Friday; the police link him to the theft."),
    ],
)
def test_what_an_article_says_of_itself(name: str, text: str) -> None:
    assert {one for one, value in said_of_itself(text).items() if value} == ({name} if name else set())


def _story_reason(day: int, title: str, text: str) -> Reason:
    store = MemoryStore()
    for one in HELD:
        take_in(store, first := _article(6, *one), read(first))
    article = _article(day, title, text)
    reading = read(article)
    candidates = store.find_candidates(article, reading)
    decision = decide(article, reading, candidates, now=article.published_at or datetime.now(UTC))
    return next(one for one in decision.reasons if one.step == "story")


def test_the_evidence_is_what_chose_the_story() -> None:
    """The score is on the side of 0 that the choice is on, and the signs are told in words."""
    chosen = _story_reason(9, "Directors send Danes away", "The board of Halloran turned down the approach from Kvist.")
    assert chosen.text.startswith("goes on with story 1; for it: ")
    assert "openings that tell the same" in chosen.text
    assert chosen.score is not None
    assert chosen.score > 0
    left = _story_reason(
        27,
        "Ferry aground on Lake Orve",
        "The ferry Sampo ran aground off Kella on Lake Orve on Tuesday. It was the second ferry accident this month.",
    )
    assert left.text.startswith("does not go on with the nearest, story 3; ")
    assert "against it: " in left.text
    assert "it says that it is one of a row" in left.text
    assert left.score is None or left.score < 0
    assert max(map(len, (chosen.text, left.text))) < 400


def test_every_sign_has_words() -> None:
    assert set(load_toml("going_on.toml")["words"]) == set(FEATURES)
