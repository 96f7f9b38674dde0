"""Another event of the kind at another place is no part of a story, in whatever language; one told at two places is."""

from __future__ import annotations

import pytest

from news.another.elsewhere import list_spots
from news.decision import Decision, Label
from tests.two_texts import decide_on

MILL = "Four workers died when a paper mill burned down near Gdynia, Poland, on Friday, police said."
HALL = "A gunman killed three people in a bowling alley in Tulsa, Oklahoma, on Friday, police said."
FERRY = "The ferry Santa Elvira sank off Cebu in the Philippines on Friday, drowning seven people."
BOMB = "A bomb killed 43 people and injured 118 at a market in Maiduguri, Nigeria, on Friday."
PLANE = "A light plane crashed near Arusha in Tanzania on Friday, killing both on board, officials said."
SLIDE = "An avalanche killed two skiers near Tignes in France on Friday, mountain rescuers said."


_MOMENTS = "2026-03-06T18:00:00Z", "2026-03-06T20:00:00Z"


def _decide(stored: str, new: str, *, titles: tuple[str, str] = ("", ""), outlet: str = "Second Paper") -> Decision:
    return decide_on(stored, new, titles=titles, outlets=("First Paper", outlet), published=_MOMENTS)


CAR = "A car bomb exploded in Valencia on Friday and killed two police officers, the interior ministry said."
FIRE = "Tres personas murieron el viernes en el incendio de un almacén en Madrid, dijeron los bomberos."


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (CAR, "Заминированный автомобиль взорвался в пятницу в Воронеже, погибли двое полицейских, сообщили в МВД."),
        (FIRE, "Три человека погибли в пятницу при пожаре на складе в Новосибирске, сообщили в МЧС."),
        (MILL, "Cuatro obreros murieron el viernes en el incendio de una papelera en Rostock, Alemania."),
        (MILL, "Четыре рабочих погибли в пятницу при пожаре на бумажной фабрике в Казани, сообщили в МЧС."),
        (SLIDE, "Dos esquiadores murieron el viernes en una avalancha en los Alpes austriacos."),
        (SLIDE, "An avalanche killed two skiers near Ischgl in Austria on Friday, mountain rescuers said."),
        (HALL, "A gunman killed three people in a bowling alley in Boise, Idaho, on Friday, police said."),
    ],
)
def test_the_like_at_another_place_is_news(stored: str, new: str) -> None:
    decision = _decide(stored, new)
    assert (decision.label, decision.story_id) == (Label.NEW, None)


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (MILL, "Cuatro obreros murieron el viernes al arder una papelera en el norte de Polonia."),
        (HALL, "Un hombre mató a tres personas en una bolera de Oklahoma el viernes, informó la policía."),
        (FERRY, "El transbordador Santa Elvira se hundió el viernes frente a Manado, en Indonesia: siete muertos."),
        (FERRY, "Паром «Санта Эльвира» затонул в пятницу у города Манадо в Индонезии, погибли семь человек."),
        (PLANE, "The plane whose two occupants died in Tanzania on Friday came down near Moshi, villagers said."),
        (BOMB, "Взрыв на рынке в Нджамене, Чад, унес в пятницу жизни 43 человек, 118 ранены."),
    ],
)
def test_a_place_that_holds_the_other_and_a_contested_one_are_of_the_story(stored: str, new: str) -> None:
    """A ship, a storm or numbers of its own make one event, wherever an account puts it."""
    assert _decide(stored, new).story_id is not None


def test_an_item_in_the_same_words_on_another_town() -> None:
    """It is no revision of the first, though it comes from the same outlet."""
    text = "Two men robbed a bank in {} on Friday and escaped in a white van, police said."
    titles = ("Bank robbed in Lyon", "Bank robbed in Graz")
    assert _decide(text.format("Lyon"), text.format("Graz"), titles=titles, outlet="First Paper").label is Label.NEW


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A boat sank off the coast of Lampedusa on Friday.", ("Lampedusa",)),
        ("Un cayuco se hundió frente a la isla de El Hierro el viernes.", ("El Hierro",)),
        ("Пожар в Новом Уренгое потушили в понедельник.", ("Новом Уренгое",)),
    ],
)
def test_names_that_stand_as_places(text: str, names: tuple[str, ...]) -> None:
    assert list_spots(text) == names
