"""Two versions of one thing: how he died, what was hit, what the ship carried. Neither comes of the other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from news.decision import Label
from news.disputes.openings.conditions import is_excluded, is_fixed, list_conditions
from tests.two_texts import decide_on

PAIRS = (
    (
        "The strike on Khan Yunis hit an arms depot, the army said.",
        "The strike on Khan Yunis hit a school, medics said.",
    ),
    (
        "El ataque en Tibú alcanzó un depósito de armas, dijo el ejército.",
        "El ataque en Tibú alcanzó una escuela, dijo el hospital.",
    ),
    (
        "Удар в Изюме пришёлся по складу боеприпасов, заявило Минобороны.",
        "Удар в Изюме пришёлся по школе, рассказали врачи.",
    ),
    (
        "Five militants were killed in the raid on Zamfara, the army said.",
        "Five villagers were killed in the raid on Zamfara, elders said.",
    ),
    (
        "The pilot had been drinking, investigators said.",
        "The pilot was sober, the airline said.",
    ),
    (
        "El periodista murió de un infarto en su celda en Managua, dijo la policía.",
        "El periodista murió por una paliza en su celda en Managua, dijo su abogado.",
    ),
    (
        "Журналист умер от сердечного приступа в СИЗО Минска, сообщили во ФСИН.",
        "Журналиста забили насмерть в СИЗО Минска, заявил его адвокат.",
    ),
    (
        "The ship seized off Somalia was carrying arms, the navy said.",
        "The ship seized off Somalia was carrying rice, its owner said.",
    ),
    (
        "El sospechoso actuó solo, dijo el fiscal de Lima.",
        "El sospechoso tuvo dos cómplices, dijo un abogado de Lima.",
    ),
    (
        "Президент подписал закон об иноагентах, сообщили в Кремле.",
        "Президент наложил вето на закон об иноагентах, заявил депутат.",
    ),
    (
        "The guards fired into the air in Tbilisi, the ministry said.",
        "The guards fired at the crowd in Tbilisi, a witness said.",
    ),
    (
        "A Chinese cutter rammed a supply boat near Sandoval Shoal, Manila said.",
        "The cutter kept a distance from the boat near Sandoval Shoal, Beijing said.",
    ),
)


@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.parametrize("is_turned", [False, True], ids=["told", "turned"])
def test_each_version_contradicts_the_other_whoever_is_first(one: str, other: str, *, is_turned: bool) -> None:
    stored, new = (other, one) if is_turned else (one, other)
    decision = decide_on(stored, new)
    assert decision.label is Label.DISPUTED, decision.reasons


@pytest.mark.parametrize(
    ("stored", "new"),
    [
        (PAIRS[0][0], "The strike on Khan Yunis struck an ammunition depot next to a school, the army said on Monday."),
        ("The minister was dismissed on Monday, state television said.", "Deputies had called on the minister to go."),
        (PAIRS[4][0], "The pilot had drunk before the flight, the prosecutor said."),
        (PAIRS[5][0], "El periodista falleció de un paro cardíaco en su celda en Managua, según el parte oficial."),
        ("The ship was carrying arms, the navy said.", "The ship may have been carrying rice, its owner said."),
    ],
)
def test_one_version_in_other_words_contradicts_nothing(stored: str, new: str) -> None:
    assert not decide_on(stored, new).disputes


def test_a_version_may_be_told_first_or_last() -> None:
    told = [one for pair in PAIRS for quote in pair for one in list_conditions(quote) if one.is_version]
    assert {one.matter for one in told} >= {"target", "slain", "drink", "manner", "cargo", "abettors", "aim", "contact"}
    assert all(map(is_fixed, told))


def test_at_least_is_no_not() -> None:
    """Nothing is denied by "не менее 27 погибли": it is counted from below."""
    told = list_conditions("Не менее 27 человек погибли на рынке в Судане.")
    other = list_conditions("A drone strike killed at least 27 people on a market in Sudan.")
    assert {one.pole for one in told} == {"dead"}
    assert not any(is_excluded(here, there) for here in told for there in other)


DEPOT = (
    "В ночь на субботу беспилотники атаковали порт Южный в Одесской области. Горит склад зерна, сообщил губернатор.",
    "Минобороны РФ сообщило, что минувшей ночью в порту Южный уничтожен склад с дронами и боеприпасами.",
)
HANGED = (
    "El alcalde de Boaco, Rubén Salas, fue hallado muerto el sábado. La Policía sostuvo que se ahorcó en su casa.",
    "Rubén Salas fue asesinado, afirma su hermana Inés, que vio el cuerpo del alcalde de Boaco.",
)
ALTIMETER = (
    "Борт Ан-26 разбился у Диксона. Высотомер был неисправен, установила комиссия.",
    "Авиакомпания заявила, что высотомер борта Ан-26, который разбился у Диксона, был исправен.",
)
BRAKES = (
    "The coach left the road near Kotor on Saturday. Its brakes were faulty, the prosecutor said.",
    "The brakes of the coach that left the road near Kotor were in good working order, its owner said.",
)
LIFT = (
    "Un ascensor cayó el sábado en un hotel de Cancún. El freno estaba averiado, informó la Fiscalía.",
    "La empresa aseguró que el freno del ascensor del hotel de Cancún funcionaba correctamente.",
)


@pytest.mark.parametrize("pair", [DEPOT, HANGED, ALTIMETER, BRAKES, LIFT])
def test_the_words_of_two_sides_contradict_each_other_in_any_order(pair: tuple[str, str]) -> None:
    """Also where only the openings say that both are of one thing, or a clause leaves its subject to the reader."""
    assert decide_on(*pair).label is Label.DISPUTED
    assert decide_on(pair[1], pair[0]).label is Label.DISPUTED


def test_what_is_said_to_have_been_hit_in_other_languages() -> None:
    told = [
        "Drones struck Kharkiv overnight, damaging a children's hospital, regional head Oleh Syniehubov said.",
        "El Ministerio de Defensa de Rusia declaró que el ataque en Járkov alcanzó un cuartel de mercenarios.",
    ]
    here, there = ([one for one in list_conditions(quote) if one.matter == "target"] for quote in told)
    assert is_excluded(here[0], there[0])


@pytest.mark.parametrize(
    ("stored", "new", "hours"),
    [
        (DEPOT[0], "В порту Южный минувшей ночью повреждён ещё и элеватор, сообщил губернатор Одесской области.", 4),
        (DEPOT[0], DEPOT[1], 40),
        (BRAKES[0], "The brakes of the coach that left the road near Kotor were out of order, its driver said.", 4),
        (HANGED[0], "El alcalde de Boaco, Rubén Salas, se suicidó el sábado, confirmó su hermana Inés.", 4),
        (BRAKES[0], "Police checked coaches near Kotor on Saturday. The brakes of 22 of them were in good order.", 4),
        (BRAKES[0], "The driver of the coach that left the road near Kotor is in good condition, doctors said.", 4),
        (LIFT[0], "El ascensor del hotel de Cancún que cayó el sábado funciona con normalidad tras la reparación.", 4),
    ],
)
def test_what_is_of_the_next_night_the_same_or_repaired_contradicts_nothing(stored: str, new: str, hours: int) -> None:
    first, second = (
        datetime(2025, 10, 18, 8, tzinfo=UTC),
        datetime(2025, 10, 18, 8, tzinfo=UTC) + timedelta(hours=hours),
    )
    assert not decide_on(stored, new, published=(first.isoformat(), second.isoformat())).disputes
