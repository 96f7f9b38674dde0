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
