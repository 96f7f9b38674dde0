"""On whose ground it was, in three languages: one country's waters, another's, or nobody's."""

from __future__ import annotations

import pytest

from news.decision import FactKind
from news.disputes.openings.grounds import are_two_grounds, list_grounds
from tests.two_texts import decide_on

ZONE = (
    "La patrullera capturó al pesquero «Nuevo Silleiro» dentro de la Zona Económica Exclusiva Argentina "
    "frente a Chubut, informó la Armada."
)


@pytest.mark.parametrize(
    ("quote", "owners"),
    [
        ("The trawler was boarded inside Argentina's exclusive economic zone.", {"place:argentina"}),
        ("The trawler was boarded inside the exclusive economic zone.", {"?"}),
        ("The trawler was boarded on the high seas.", {""}),
        ("El dron cayó en territorio colombiano.", {"place:colombia"}),
        ("El pesquero faenaba en aguas internacionales.", {""}),
        ("Траулер находился в нейтральных водах.", {""}),
        ("Траулер задержан в территориальных водах России.", {"place:russia"}),
        ("Беспилотник разбился на украинском берегу Дуная.", {"place:ukraine"}),
        ("Беспилотник не падал на территории Молдавии.", set()),
        ("The ship never entered Iranian waters.", set()),
    ],
)
def test_whose_ground_it_was(quote: str, owners: set[str]) -> None:
    assert {one.owner for one in list_grounds(quote)} == owners


def test_a_zone_that_is_not_named_excludes_the_high_seas_alone() -> None:
    zone, sea, own = map(list_grounds, ("in the territorial waters", "on the high seas", "in Iranian waters"))
    assert are_two_grounds(zone, sea)
    assert not are_two_grounds(zone, own)


def test_two_grounds_contradict_each_other() -> None:
    new = "El pesquero «Nuevo Silleiro» faenaba en aguas internacionales frente a Chubut, sostiene la armadora."
    assert FactKind.PLACE in {one.kind for one in decide_on(ZONE, new).disputes}
