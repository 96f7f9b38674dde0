"""Common words in an innocent sense name no state and no act: the stems of the tables are not too open.

Each line is a text and, behind a bar, the classes that it may have all the same. A flight that is held up is in
nobody's custody, and a blast furnace does not explode.
"""

from __future__ import annotations

import pytest

from news.disputes.openings.conditions import list_conditions
from news.words.turns import turns_in

ENGLISH = """
The flight was held for five hours | event
The train was held at the station | event deploy
The payment was held back | event pay
The meeting was held in Korvalla | event meet
The convention was held | event
The ferry was delayed by fog | postpone
The band played live |
The stable door was painted |
The shares closed higher on Monday | close
The dollar stopped at 1.08 | cancel end stop
The debate was heated |
The battery died | die
The bill died in committee | die
The engine is dead | craft die
The tree was planted in spring |
The crops were planted late |
A fire sale of shoes | contract
The strike rate of the batsman |
The blast furnace was relit |
The trial version of the software |
The crash course in Spanish |
The poll tax of 1990 |
The shell company of the group |
The goal was scored late |
The bridge of the violin |
The bank of the river is green |
The cell phone rang |
The arms of the clock |
The suit was tailored |
The drop in prices | fall
The driver of growth |
The plot of the novel |
The tie was silk |
"""

SPANISH = """
El vuelo fue retenido cinco horas | fly
El vuelo está detenido por la niebla | arrival running fly
El tren quedó detenido | running
El reloj está detenido | arrival
El ascensor quedó detenido | running
La obra está detenida | arrival running build
Las negociaciones están detenidas | arrival running meet
El pago fue retenido | pay
El muro fue pintado |
El banco del parque |
La banda tocó en vivo |
La corte de pelo | fight
El corte de pelo |
La carga del móvil |
El golpe de Estado de 1930 |
La prueba de matemáticas |
La bomba de agua |
El paro cardíaco |
El paro respiratorio |
El fallo técnico de la aplicación | intent
El fallo del sistema |
La planta de tomate |
La mina de lápiz |
El casco antiguo |
El puente festivo |
El frente frío |
La ola de calor |
El programa en vivo |
El aire libre |
El arma secreta del equipo |
El parte meteorológico |
La bolsa está cerrada por festivo | close contract merge
La lengua murió hace siglos | die
"""

RUSSIAN = """
Рейс задержан на пять часов |
Задержан рейс в Самару |
Поезд задержан из-за снега |
Задержаны три поезда |
Выплата задержана | pay
Зарплата задержана на месяц |
Поставка задержана |
Отправление задержано |
Премьера задержана |
Завод задержал зарплату |
Туман задержал рейсы |
Самолёт задержал вылет | fly leave
Задержка дыхания | postpone
Клуб освободил тренера от должности | office
Площадь освобождена от снега |
Банк открылся | begin reopen
Замок на двери старый |
Лук посадили весной |
Сел за стол |
Село на холме |
Мир во всём мире |
Заключение врача |
Заключение договора | agree
Удар по воротам |
Обвал рынка |
Взрыв эмоций |
Бои без правил |
Бой курантов |
Посадка деревьев |
Отход поезда |
Отходы убрали |
Выход альбома |
Снаряд для гимнастики |
Волна тепла |
Мост через реку |
Карточный домик |
Партия в шахматы |
Сбор урожая |
Рано утром |
Гора снега |
"""

LINES = [
    (language, *map(str.strip, line.split("|")))
    for language, lines in (("en", ENGLISH), ("es", SPANISH), ("ru", RUSSIAN))
    for line in lines.strip().splitlines()
]


@pytest.mark.parametrize(("language", "text", "allowed"), LINES)
def test_an_innocent_word_has_no_class(language: str, text: str, allowed: str) -> None:
    states = {one.matter for one in list_conditions(f"{text}.")}
    acts = {name for names in turns_in(text, language).values() for name in names}
    assert (states | acts) - set(allowed.split()) == set()


@pytest.mark.parametrize(
    ("language", "text", "state", "act"),
    [
        ("en", "The pilot of the flight was detained", "custody", "arrest"),
        ("en", "The train driver was detained", "custody", "arrest"),
        ("en", "Police detained the flight attendant", "custody", "arrest"),
        ("ru", "Задержан начальник поезда", "custody", "arrest"),
        ("ru", "Капитан поезда задержан", "custody", "arrest"),
        ("ru", "Задержан переводчик министра", "custody", "arrest"),
        ("ru", "Премьер задержан", "custody", "arrest"),
        ("es", "El conductor del tren quedó detenido", "custody", "arrest"),
        ("en", "Mayor Falk was held at the station", "custody", ""),
        ("en", "Mayor Falk died on Monday", "life", "die"),
        ("es", "El piloto está detenido", "custody", "arrest"),
        ("es", "El alcalde Ruiz quedó detenido tras el vuelo", "custody", "arrest"),
        ("es", "Anunciaron un paro de 24 horas", "", "strike_work"),
        ("es", "El fallo absuelve al alcalde", "", "sentence"),
        ("ru", "Мэр задержан в аэропорту", "custody", "arrest"),
        ("ru", "Задержан пилот рейса", "custody", "arrest"),
        ("ru", "Полиция задержала мэра", "custody", "arrest"),
        ("ru", "Взрыв на складе ранил двоих", "", "explode"),
        ("ru", "Обвал на шахте", "", "collapse"),
        ("ru", "Заключение под стражу мэра", "", "sentence"),
        ("ru", "Солдат освободили из плена", "", "release"),
    ],
)
def test_the_same_word_in_earnest_keeps_its_class(language: str, text: str, state: str, act: str) -> None:
    states = {one.matter for one in list_conditions(f"{text}.")}
    acts = {name for names in turns_in(text, language).values() for name in names}
    assert not state or state in states
    assert not act or act in acts
