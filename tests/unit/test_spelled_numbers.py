"""Numbers in words, in the three languages that are read."""

from __future__ import annotations

import pytest

from news.reports.quantities import find_quantities
from news.reports.tolls import tolls_in
from news.words.measures import is_held, measures_in
from news.words.number_words import english_number_words, scale_of
from news.words.numerals import number_at, read_number, read_tokens


def read_all(text: str, language: str) -> list[float]:
    """Return the numbers of a text one after the other."""
    tokens, found, behind = read_tokens(text, language), [], 0
    for at in tokens.list_starts():
        number = read_number(tokens, at, language) if at >= behind else None
        if number is not None:
            found.append(number.value)
            behind = number.after
    return found


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("es", "treinta y un presos, sesenta y cuatro guardias", [31, 64]),
        ("es", "ciento veinte casas y doscientas treinta granjas", [120, 230]),
        ("es", "mil caballos y dos mil quinientos jinetes", [1000, 2500]),
        ("es", "mil millones; dos mil quinientos millones; un millón doscientos mil", [1e9, 2.5e9, 1_200_000]),
        ("es", "medio millón, millones, un millón y medio", [500_000, 2e6, 1_500_000]),
        ("es", "una veintena, dos centenares, media docena, un par", [20, 200, 6]),
        ("es", "tres cuartos de millón", [750_000]),
        ("es", "el diez por ciento, una persona, uno de ellos", [10]),
        ("es", "2 mil 500 casas, 3 millones 200 mil votos", [2500, 3_200_000]),
        ("es", "veinte treinta", [20, 30]),
        ("es", "dos mil tres mil", [2000, 3000]),
        ("ru", "двадцать один дом, двадцати двум сёлам, тридцатью тремя судами", [21, 22, 33]),
        ("ru", "сто двадцать, двумястами сорока, трёхсот", [120, 240, 300]),
        ("ru", "полторы тысячи, две с половиной тысячи, полтора десятка", [1500, 2500, 15]),
        ("ru", "тысяча двести, около тысячи, более сотни, тысячи", [1200, 1000, 100, 2000]),
        ("ru", "семьюдесятью, семью тысячами, со своей семью", [70, 7000]),
        ("ru", "двадцать один моряк и двое юнг, один моряк", [21, 2]),
        ("ru", "два десятилетия, пять миллионеров, 5-миллионный город", [2, 5, 5e6]),
        ("ru", "2 тысячи 300 домов, 3 млн 200 тыс. рублей", [2300, 3_200_000]),
        ("en", "two and a half thousand, one and a half million, a million and a half", [2500, 1.5e6, 1.5e6]),
        ("en", "a hundred and twenty, half a million, a half-dozen, a quarter of a million", [120, 5e5, 6, 250_000]),
        ("en", "two hundred and fifty thousand, fifteen hundred, two thousand and six", [250_000, 1500, 2006]),
        ("en", "one and two, seven eight, a hundred and two hundred", [1, 2, 7, 8, 100, 200]),
        ("en", "between a hundred and two thousand", [100, 2000]),
        ("en", "between a hundred and fifty and two hundred", [150, 200]),
        ("en", "twenty five-year-olds and two hundred five-ton lorries", [20, 5, 200, 5]),
        ("en", "two hundred, fifty of them; a hundred - five", [200, 50, 100, 5]),
        ("en", "once, mil, media, a man, two-thirds", []),
        ("en", "3 million 25 years ago", [3e6, 25]),
    ],
)
def test_words_are_put_together_to_numbers(language: str, text: str, values: list[float]) -> None:
    """What belongs to one number is one, and what does not is none."""
    assert read_all(text, language) == values


@pytest.mark.parametrize(
    ("language", "text", "words", "counted"),
    [
        ("es", "Treinta y siete reclusos huyeron.", "Treinta y siete reclusos", (37, "prisoner")),
        ("es", "Una treintena de vecinos protestó.", "Una treintena de vecinos", (30, "resident")),
        ("ru", "Спасли двадцать одного пассажира.", "двадцать одного пассажира", (21, "passenger")),
        ("ru", "Туда летит двадцать первый рейс.", "двадцать первый рейс", (21, "flight")),
        ("en", "It was the twenty-first flight.", "twenty-first flight", (21, "flight")),
    ],
)
def test_a_figure_has_all_its_words(language: str, text: str, words: str, counted: tuple[float, str]) -> None:
    figure = find_quantities(text, language)[0]
    assert (figure.text, (figure.value, figure.object)) == (words, counted)


def test_dozens_stay_open_and_bunches_are_rounded() -> None:
    """Of "una treintena" there may be 32, of "dozens" 24 and more."""
    open_one, rounded = find_quantities("dozens of homes", "en")[0], find_quantities("una treintena de casas", "es")[0]
    assert (open_one.bound, open_one.approximate) == ("min", True)
    assert (rounded.bound, rounded.approximate) == ("", True)
    assert is_held(measures_in("una treintena de casas", "es")[0], measures_in("32 casas", "es"))


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("two to three hundred homes", (200, 300)),
        ("fifty to a hundred homes", (50, 100)),
        ("two to three million homes", (2e6, 3e6)),
        ("ninety to two hundred homes", (90, 200)),
    ],
)
def test_the_lower_end_of_a_range_shares_the_scale_where_it_can(text: str, ends: tuple[float, float]) -> None:
    figure = find_quantities(text, "en")[0]
    assert (figure.value, figure.upper) == ends


@pytest.mark.parametrize(
    ("language", "text", "dead"),
    [
        ("en", "The blast came at dawn, killing thirty-seven.", {37}),
        ("en", "The death toll rose to at least a hundred and four.", {104}),
        ("es", "El número de muertos subió a treinta y siete.", {37}),
        ("ru", "Число погибших выросло до тридцати семи.", {37}),
        ("en", "A party of thirty-seven climbers was hit and five climbers died.", {5}),
    ],
)
def test_a_toll_is_no_part_of_its_number(language: str, text: str, dead: set[float]) -> None:
    """Nor are those a part of it whom the dead were with."""
    assert tolls_in(text, language).counts["die"] == dead


def test_a_number_ends_where_its_words_end() -> None:
    assert number_at("at thirty-seven, six", 3, "en") == (37, len("at thirty-seven"))
    assert number_at("at thirty-seven, six", 2, "en") is None


def test_scales_stand_behind_digits() -> None:
    assert [scale_of(word) for word in ("bn", "тыс", "docenas", "миллионный", "миллионер")] == [1e9, 1e3, 12, 1e6, None]
    assert {"seven", "hundred", "dozens"} < english_number_words()
    assert not {"one", "siete", "first"} & english_number_words()
