"""The part that a figure plays, whatever words tell it, in three languages."""

from __future__ import annotations

import pytest

from news.disputes.frames.parts import list_parts

TOLD = [
    ("people.dead", 31, "La morgue recibió 31 cuerpos, dijo el director del hospital."),
    ("people.dead", 9, "La avalancha se cobró nueve vidas en los Pirineos."),
    ("people.dead", 2, "En la comisaría murieron dos detenidos."),
    ("people.dead", 12, "В морг доставили 12 тел, сообщил главврач."),
    ("people.dead", 7, "Обстрел унёс семь жизней."),
    ("people.dead", 31, "The morgue received the remains of 31 people."),
    ("people.hurt", 40, "Погибших 12, раненых 40, сообщил губернатор."),
    ("people.hurt", 30, "30 alumnos sufrieron contusiones y fracturas."),
    ("people.missing", 18, "Продолжаются поиски 18 рыбаков."),
    ("people.missing", 18, "Se desconoce el paradero de 18 estudiantes."),
    ("people.arrested", 22, "ОМОН увёз в автозаках 22 протестующих."),
    ("people.arrested", 5, "La policía recapturó a 5 fugados del penal."),
    ("people.arrested", 64, "They published the names of 64 people who were driven off in police vans."),
    ("people.released", 205, "Liberan a 205 detenidos en Caracas."),
    ("people.released", 205, "На свободу вышли 205 политзаключённых."),
    ("people.released", 137, "Ukraine welcomes home 137 fighters."),
    ("people.hospital", 14, "Госпитализированы 14 пострадавших."),
    ("people.evacuated", 3000, "3.000 personas abandonaron sus hogares."),
    ("people.evacuated", 3000, "Без крыши над головой остались 3000 человек."),
    ("people.attended", 12000, "12.000 feligreses asistieron a la misa."),
    ("people.attended", 12000, "В крестном ходе прошли 12 тысяч верующих."),
    ("people.attended", 12000, "12,000 had taken part in the walk, the organisers said."),
    ("people.dismissed", 900, "Cesantearon a 900 empleados públicos."),
    ("people.dismissed", 900, "Компания расстанется с 900 сотрудниками."),
    ("people.ill", 48, "48 escolares presentaron vómitos y diarrea."),
    ("people.aboard", 52, "В автобусе было 52 человека."),
    ("people.captured", 45, "В плен попали 45 морпехов."),
    ("things.downed", 41, "Подавлены 41 БПЛА."),
    ("things.destroyed", 35, "El fuego redujo a cenizas 35 viviendas."),
    ("money.fine", 4_000_000, "La empresa fue sancionada con 4 millones de pesos."),
    ("money.loot", 4_000_000, "Мошенники выманили у пенсионерки 4 млн рублей."),
    ("money.bribe", 4_000_000, "Lo acusan de desfalcar 4 millones de dólares."),
]


@pytest.mark.parametrize(("part", "value", "quote"), TOLD)
def test_each_figure_gets_the_part_it_plays(part: str, value: float, quote: str) -> None:
    assert (part, value) in {(f"{one.kind}.{one.name}", one.measure.value) for one in list_parts(quote)}


@pytest.mark.parametrize(
    ("part", "quote"),
    [
        ("people.evacuated", "El incendio dejó 12 muertos y 300 evacuados."),
        ("people.released", "Hubo 12 detenidos, y 30 rehenes fueron liberados."),
        ("people.hospital", "El choque dejó 12 muertos y 30 heridos hospitalizados."),
    ],
)
def test_what_is_told_of_another_figure_is_not_told_of_the_first(part: str, quote: str) -> None:
    first = list_parts(quote)[0]
    assert first.measure.value == 12
    assert f"{first.kind}.{first.name}" != part
