"""A strike or curfew "from Monday" lies ahead of the Sunday on which it is announced; one that is over does not."""

from __future__ import annotations

from datetime import date

import pytest

from news.dates import find_dates

SUNDAY, NEXT, LAST = date(2026, 3, 15), date(2026, 3, 16), date(2026, 3, 9)

AHEAD = [
    ("en", "Dockers in Korvalla called an indefinite strike from Monday over pay."),
    ("en", "An indefinite strike from Monday was announced by the dockers' union."),
    ("en", "The union announced a walkout starting on Monday."),
    ("en", "Nurses backed an open-ended strike at three hospitals from Monday."),
    ("en", "Indefinite strike from Monday at the port of Korvalla"),
    ("en", "The mayor ordered a night curfew from Monday."),
    ("en", "The strike from Monday will hit trains."),
    ("en", "The dockers go on strike from Monday."),
    ("en", "A ban on fires takes effect from Monday."),
    ("es", "Los estibadores convocaron una huelga indefinida desde el lunes, informó el sindicato."),
    ("es", "El sindicato anunció un paro indefinido a partir del lunes."),
    ("es", "Huelga indefinida en los puertos desde el lunes"),
    ("es", "El gobierno decretó el toque de queda desde el lunes."),
    ("es", "Los médicos llamaron a un paro por tiempo indefinido desde el lunes."),
    ("es", "El juicio comienza el lunes."),
    ("ru", "Докеры порта объявили бессрочную забастовку с понедельника, сообщил профсоюз."),
    ("ru", "Профсоюз объявил о бессрочной забастовке с понедельника."),
    ("ru", "Докеры пригрозили бессрочной стачкой с понедельника."),
    ("ru", "Бессрочная забастовка с понедельника: докеры порта решились"),
    ("ru", "С понедельника вводится комендантский час."),
    ("ru", "Запрет на полёты вступает в силу с понедельника."),
]

OVER = [
    ("en", "The dockers held a strike from Monday to Friday."),
    ("en", "The strike from Monday has cost the port three million."),
    ("en", "The strike that began on Monday ended."),
    ("en", "Trains were cancelled from Monday because of the strike."),
    ("en", "The fire burned from Monday to Wednesday, officials said."),
    ("en", "They have been on strike since Monday."),
    ("en", "Results from Monday's vote were annulled."),
    ("en", "Police lifted the curfew imposed on Monday."),
    ("es", "Los maestros están en huelga indefinida desde el lunes."),
    ("es", "Los maestros mantuvieron un paro desde el lunes hasta el jueves."),
    ("es", "La huelga desde el lunes dejó pérdidas por tres millones."),
    ("es", "La carretera permanece cerrada desde el lunes."),
    ("es", "Los maestros siguen en paro desde el lunes."),
    ("es", "No hay agua desde el lunes."),
    ("ru", "Забастовка с понедельника парализовала порт."),
    ("ru", "Дорога закрыта с понедельника из-за лавины."),
    ("ru", "Учителя бастуют с понедельника."),
    ("ru", "Докеры провели забастовку с понедельника по четверг."),
    ("ru", "В городе нет воды с понедельника."),
]


def first_day(language: str, text: str) -> date | None:
    found = find_dates(text, published_on=SUNDAY, language=language)
    return next(one.span.first_on for one in found if one.span.first_on is not None)


@pytest.mark.parametrize(("language", "text"), AHEAD)
def test_what_is_announced_from_a_day_on_lies_ahead(language: str, text: str) -> None:
    assert first_day(language, text) == NEXT


@pytest.mark.parametrize(("language", "text"), OVER)
def test_what_was_from_a_day_on_lies_behind(language: str, text: str) -> None:
    assert first_day(language, text) == LAST


WEDNESDAY, WAS_MONDAY, IS_MONDAY = date(2024, 6, 5), date(2024, 6, 3), date(2024, 6, 10)

BEGUN = [
    ("es", "Los vecinos sufren los apagones desde el lunes, informó la alcaldía."),
    ("es", "Los bloqueos desde el lunes dejan pérdidas, dijo el ministro."),
    ("es", "Bloqueos desde el lunes dejan pérdidas"),
    ("es", "Bolivia acumula bloqueos desde el lunes y faltan alimentos."),
    ("es", "Bolivia acumula bloqueos desde el lunes"),
    ("es", "El sindicato informó que la huelga desde el lunes costó dos millones."),
    ("es", "El ministro anunció que la huelga desde el lunes costó dos millones."),
    ("es", "Faltan medicinas por el bloqueo desde el lunes."),
    ("ru", "Забастовка с понедельника парализовала порт, сообщил профсоюз."),
    ("ru", "Город живёт без воды из-за отключения с понедельника."),
    ("ru", "Город остался без хлеба из-за блокады с понедельника."),
    ("ru", "Жители страдают от блокады с понедельника."),
    ("ru", "Власти сообщили, что отключения света с понедельника затронули 500 домов."),
    ("ru", "Власти объявили, что забастовка с понедельника стоила порту миллиона."),
    ("en", "The closures from Monday cost shops millions, the chamber said."),
    ("en", "Closures from Monday cost shops millions"),
    ("en", "Hospitals report fuel shortages because of the blockade from Monday."),
    ("en", "The union said the strike from Monday cost two million."),
    ("en", "The minister announced that the blockade from Monday cost two million."),
    ("en", "Ministers called for calm, but the strike from Monday paralysed the port."),
    ("en", "Under the ceasefire from Monday, aid trucks are crossing."),
]

STILL_TO_COME = [
    ("en", "The dockers declared an indefinite strike from Monday."),
    ("en", "Union calls indefinite strike from Monday"),
    ("en", "The union said the strike from Monday will hit trains."),
    ("en", "Trains will stop because of the strike from Monday."),
    ("en", "Nurses threaten a walkout from Monday."),
    ("es", "El sindicato convocó a una huelga indefinida desde el lunes."),
    ("es", "La huelga desde el lunes fue convocada por el sindicato."),
    ("es", "El sindicato dijo que la huelga desde el lunes será indefinida."),
    ("ru", "Профсоюз объявил бессрочную забастовку с понедельника."),
    ("ru", "Забастовку с понедельника объявил профсоюз."),
    ("ru", "Докеры начнут забастовку с понедельника."),
]


def monday_of(language: str, text: str) -> date | None:
    found = find_dates(text, published_on=WEDNESDAY, language=language)
    return next(one.span.first_on for one in found if one.span.first_on is not None)


@pytest.mark.parametrize(("language", "text"), BEGUN)
def test_a_measure_that_is_borne_has_begun(language: str, text: str) -> None:
    assert monday_of(language, text) == WAS_MONDAY


def test_a_truce_that_holds_has_begun() -> None:
    assert monday_of("en", "Under the ceasefire from Sunday, aid trucks are crossing.") == date(2024, 6, 2)


@pytest.mark.parametrize(("language", "text"), STILL_TO_COME)
def test_only_what_announces_puts_a_measure_ahead(language: str, text: str) -> None:
    assert monday_of(language, text) == IS_MONDAY
