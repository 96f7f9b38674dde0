from __future__ import annotations

import pytest

from news.model import Quantity
from news.reports.quantities import find_quantities
from news.words.quantity_words import quantity_words


def only(text: str, language: str = "en") -> Quantity:
    found = find_quantities(text, language)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "unit", "counted"),
    [
        ("100 troops landed", 100, "count", "troop"),
        ("carrying 35 tons of equipment unloaded at night", 35, "tonne", "equipment"),
        ("pledged $6 billion in loans", 6e9, "usd", "loan"),
        ("paid €3m", 3e6, "eur", ""),
        ("24 Sukhoi Su-30 MK2 fighter jets were sold", 24, "count", "jet"),
        ("two Ilyushin Il-76 transport aircraft in Caracas", 2, "count", "aircraft"),
        ("the seventh training flight for pilots", 7, "ordinal", "flight"),
        ("the 12th sanctions package", 12, "ordinal", "package"),
        ("50 percent of voters", 50, "percent", "voter"),
        ("100 thousand dead", 1e5, "count", "dead"),
        ("12 killed", 12, "count", "dead"),
        ("12 people were killed", 12, "count", "dead"),
        ("killing 12", 12, "count", "dead"),
        ("12 were reported injured", 12, "count", "injured"),
        ("a range of 2,500 km", 2500, "km", ""),
        ("twenty-five soldiers", 25, "count", "soldier"),
        ("two hundred and fifty thousand people", 250_000, "count", "person"),
        ("half a million barrels per day", 5e5, "barrel_per_day", ""),
        ("a dozen tanks", 12, "count", "tank"),
        ("one plane", 1, "count", "plane"),
        ("1,234,567.89 dollars", 1_234_567.89, "usd", ""),
        ("8 million pounds", 8e6, "gbp", ""),
        ("20 pounds of cocaine", 20, "lb", "cocaine"),
        ("a three-year plan", 3, "year", ""),
        ("35t of cargo", 35, "tonne", "cargo"),
    ],
)
def test_figures_with_their_units(text: str, value: float, unit: str, counted: str) -> None:
    found = only(text)
    assert (found.value, found.unit, found.object) == (value, unit, counted)


@pytest.mark.parametrize(
    ("text", "bound", "approximate"),
    [
        ("around 100 troops", "", True),
        ("some 20 accords", "", True),
        ("an estimated 20 accords", "", True),
        ("At least two bombers", "min", True),
        ("more than 1.5 million people", "min", True),
        ("up to 50 tons", "max", True),
        ("no more than 10 ships", "max", True),
        ("exactly 10 ships", "", False),
        ("dozens of soldiers", "min", True),
    ],
)
def test_bounds(text: str, bound: str, *, approximate: bool) -> None:
    found = only(text)
    assert (found.bound, found.approximate) == (bound, approximate)


@pytest.mark.parametrize(
    ("text", "lower", "upper", "unit"),
    [
        ("between 20 and 30 people", 20, 30, "count"),
        ("20-30 planes", 20, 30, "count"),
        ("5 to 10 percent", 5, 10, "percent"),
        ("$5-6 billion", 5e9, 6e9, "usd"),
    ],
)
def test_ranges(text: str, lower: float, upper: float, unit: str) -> None:
    found = only(text)
    assert (found.value, found.upper, found.unit) == (lower, upper, unit)


@pytest.mark.parametrize(
    "text",
    [
        "In 2018 and 2019 nothing happened.",
        "On 3 April, on April 3 and el 3 de abril.",
        "The Tu-160, the S-300VM and the Su-30 flew.",
        "Flight 370 and Boeing 737, Resolution 2334, Article 5.",
        "Call +1 202-555-0143 or 202-555-0143.",
        "At 10:30 or at 5 p.m. on page 3.",
        "Version 1.2.3 of the G20 paper.",
        "They lost 3-2 and Ann Field, 61, saw it.",
        "Two-thirds agreed, one-third did not.",
        "One of the men, no one else, for the first time, as one people.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    """A date or the name of an aircraft taken for a figure would make false disputes."""
    assert find_quantities(text, "en") == ()


@pytest.mark.parametrize(
    ("text", "value", "unit", "counted"),
    [
        ("unos 200 soldados", 200, "count", "soldier"),
        ("dos millones de dólares", 2e6, "usd", ""),
        ("2 mil millones de euros", 2e9, "eur", ""),
        ("más de 1.500 personas", 1500, "count", "person"),
        ("3,5 toneladas", 3.5, "tonne", ""),
        ("12 por ciento", 12, "percent", ""),
    ],
)
def test_spanish(text: str, value: float, unit: str, counted: str) -> None:
    found = only(text, "es")
    assert (found.value, found.unit, found.object) == (value, unit, counted)


@pytest.mark.parametrize(
    ("text", "value", "unit", "counted"),
    [
        ("около 100 военных", 100, "count", "troop"),
        ("35 тонн груза", 35, "tonne", "cargo"),
        ("6 млрд долларов", 6e9, "usd", ""),
        ("2 500 человек", 2500, "count", "person"),
        ("5 тыс. человек", 5000, "count", "person"),
        ("3,5 миллиона рублей", 3.5e6, "rub", ""),
        ("два самолета", 2, "count", "plane"),
        ("не менее 50 процентов", 50, "percent", ""),
    ],
)
def test_russian(text: str, value: float, unit: str, counted: str) -> None:
    found = only(text, "ru")
    assert (found.value, found.unit, found.object) == (value, unit, counted)


def test_taken_spans_are_left_alone() -> None:
    text = "For three days 40 ships waited."
    assert [one.value for one in find_quantities(text, "en", taken=[(4, 14)])] == [40]


def test_spans_are_the_words_of_the_text() -> None:
    text = "Officials said at least 99 troops and 35 tons of cargo came."
    assert [one.text for one in find_quantities(text, "en")] == ["at least 99 troops", "35 tons"]
    assert all(text[one.start : one.end] == one.text for one in find_quantities(text, "en"))


def test_the_number_of_a_model_is_no_figure() -> None:
    """Eighteen Leopard 2 tanks are eighteen, not two."""
    text = "Germany delivered 18 Leopard 2 tanks."
    name = text.index("Leopard 2")
    found = find_quantities(text, "en", taken=[(name, name + len("Leopard 2"))])
    assert [(one.value, one.object) for one in found] == [(18, "tank")]


def test_nobody_is_no_figure() -> None:
    for text in ("No one was killed.", "Nobody was killed. One of the planes landed.", "One of the men was named."):
        assert find_quantities(text, "en") == ()


@pytest.mark.parametrize("city", ["İzmir", "Diyarbakır İli", "İİİİ"])
def test_a_letter_whose_small_form_is_longer_moves_no_span(city: str) -> None:
    """The small form of the Turkish capital İ is two characters; words and offsets of what follows must not shift."""
    assert find_quantities(f"No one was hurt in {city}. No one was hurt.", "en") == ()
    text = f"In {city} the quake hurt At Least 12 people on Monday."
    found = only(text)
    assert (text[found.start : found.end], found.value, found.object) == (found.text, 12, "person")
    assert found.text == "At Least 12 people"


@pytest.mark.parametrize(
    "text",
    ["A woman of 70 died when a balcony fell on her.", "A man aged 41 died in hospital.", "A boy of seven was killed."],
)
def test_an_age_counts_nobody(text: str) -> None:
    assert [quantity.object for quantity in find_quantities(text, "en")] == []


@pytest.mark.parametrize(
    ("text", "language", "figures"),
    [
        (
            "The number of dead has risen to eight after two men died in hospital.",
            "en",
            [(8, "dead"), (2, "man")],
        ),
        ("The death toll rose from 6 to 8 on Friday.", "en", [(8, "dead")]),
        ("The number of people injured now stands at 40.", "en", [(40, "injured")]),
        ("El número de muertos subió de 6 a 9.", "es", [(9, "dead")]),
        ("Число погибших выросло до девяти.", "ru", [(9, "dead")]),
        ("Число погибших при взрыве выросло с трёх до 12 человек.", "ru", [(12, "dead")]),
        ("The toll road was opened to 2,000 cars.", "en", [(2000, "car")]),
    ],
)
def test_what_a_toll_has_come_to_counts_the_dead(text: str, language: str, figures: list[tuple[int, str]]) -> None:
    """A number that counts nothing by itself; what it rose from is none of the event's figures any more."""
    found = find_quantities(text, language)
    assert [(one.value, one.object) for one in found] == figures
    assert not any(one.bound for one in found)


@pytest.mark.parametrize(
    "lead",
    [
        "The toll rose to ",
        "The number of people killed climbed to ",
        "The number of injured now stands at ",
        "El número de muertos subió a ",
        "El numero de heridos aumentó a ",
        "La cifra de fallecidos asciende a ",
        "El balance de muertos es de ",
        "El saldo de muertos llegó a ",
        "El recuento de víctimas mortales alcanzó ",
        "Число погибших выросло до ",
        "Количество раненых достигло ",
    ],
)
def test_what_leads_to_a_toll_has_a_word_of_it(lead: str) -> None:
    """Without one of these words no pattern of a toll is tried."""
    words = quantity_words()
    assert any(leads.search(lead) for leads in words.tolls.values())
    assert words.may_lead_to_toll(lead)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Before the deaths, the speed was 80.", "en"),
        ("The number of deaths at the pit was two fewer than first feared.", "en"),
        ("The death toll could rise to 100.", "en"),
        ("The death toll since 1990 now stands at 41.", "en"),
        ("The toll on the bridge rises from 6 to 8.", "en"),
        ("Число погибших может вырасти до 100.", "ru"),
        ("Число погибших снизилось до нуля.", "ru"),
        ("La cifra de muertos podría llegar a 100.", "es"),
    ],
)
def test_what_may_come_or_is_another_toll_counts_no_dead(text: str, language: str) -> None:
    assert "dead" not in {one.object for one in find_quantities(text, language)}


def test_what_exceeds_or_rises_is_still_a_figure() -> None:
    exceeds = find_quantities("La cifra de afectados pasa de 4.000 personas.", "es")
    rises = find_quantities("The number of homes without power has climbed from 2,000 homes to 9,000 homes.", "en")
    assert [(one.value, one.object) for one in (*exceeds, *rises)] == [(4000, "person"), (2000, "home"), (9000, "home")]
