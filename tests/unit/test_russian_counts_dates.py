"""A Russian number of four digits before what it counts is a figure and no year."""

from __future__ import annotations

from datetime import date

import pytest

from news.dates import find_dates
from news.reports.quantities import find_quantities

COUNTS = [
    ("Завод сократит 1200 рабочих.", 1200),
    ("На улицы вышли 1850 рабочих.", 1850),
    ("Эвакуировали 2000 человек.", 2000),
    ("Без света остались 1500 жителей.", 1500),
    ("Под землёй работали 1200 горняков.", 1200),
    ("Вода залила 1020 домов.", 1020),
    ("Уволили до 2000 человек.", 2000),
    ("Без тепла остались люди в 1200 домах.", 1200),
    ("В марте 1500 жителей вышли на площадь.", 1500),
    ("Завод лишился 1900 сотрудников.", 1900),
    ("Погибли 2014 солдат.", 2014),
    ("Бастуют 1203 шахтёра.", 1203),
    ("Построили 1200 квартир.", 1200),
    ("Летом 2000 человек уехали.", 2000),
    ("Уволят до 2000 рабочих.", 2000),
    ("Город принял 2000 мигрантов с юга.", 2000),
]
YEARS = [
    ("В 2014 Крым голосовал.", "2014"),
    ("Это было в 1998 году.", "1998"),
    ("Это было в 1998 г. в Москве.", "1998"),
    ("Закон 2014-й год изменил.", "2014"),
    ("В 2014 завод закрылся.", "2014"),
    ("В 2020 население выросло.", "2020"),
    ("К 2030 производство вырастет.", "2030"),
    ("С 2014 по 2018 завод стоял.", "2014"),
    ("После 2014 многие уехали.", "2014"),
    ("Завод построен в 1978 и закрыт.", "1978"),
    ("Договор (2014) утратил силу.", "2014"),
    ("В мае 2014 рабочих завода уволили.", "2014-05"),
    ("На Евро-2024 команд стало больше.", "2024"),
    ("Чемпионат мира 2018 болельщиков порадовал.", "2018"),
    ("Революция 1917 года.", "1917"),
    ("В 2014 объявлен набор.", "2014"),
    ("За 2023 завод удвоил прибыль.", "2023"),
    ("Курс 2014 вырос.", "2014"),
    ("До 2030 порт достроят.", "2030"),
    ("Кризис 2008 ударил по банкам.", "2008"),
    ("Выборы 2024 президент отложил.", "2024"),
    ("В 2014 против закона голосовали многие.", "2014"),
]


@pytest.mark.parametrize(("text", "value"), COUNTS)
def test_what_is_counted_is_a_figure(text: str, value: int) -> None:
    dates = find_dates(text, published_on=date(2024, 6, 5), language="ru")
    assert not [one for one in dates if str(value) in one.text]
    figures = find_quantities(text, "ru", taken=[(one.start, one.end) for one in dates])
    assert [one.value for one in figures if one.unit == "count"] == [value]


@pytest.mark.parametrize(("text", "value"), YEARS)
def test_a_year_stays_a_year(text: str, value: str) -> None:
    dates = find_dates(text, published_on=date(2024, 6, 5), language="ru")
    assert dates[0].value == value
    assert not find_quantities(text, "ru", taken=[(one.start, one.end) for one in dates])
