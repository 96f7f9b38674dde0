"""Numbers that a sentence names as those of another account, and days of a month, which are none."""

from __future__ import annotations

import pytest

from news.disputes.contesting.contested import find_contested
from news.disputes.contesting.numbers import contested_in
from news.disputes.parties import party_of
from news.words.measures import measures_in
from tests.deciding.test_prominence import stored_reports


@pytest.mark.parametrize(
    "quote",
    [
        "That is twice the 12 reported by police.",
        "The hospital's list is a far cry from the 12 claimed by the company.",
        "Far fewer joined than the 12 claimed by the union.",
        "One tank was damaged, not twelve, as Kyiv claims.",
        "The figure of twelve released by the ministry does not match the facts.",
        "Nobody believes the 12 deaths acknowledged by the authorities.",
        "Es más del doble de los 12 admitidos por el gobierno.",
        "La cifra contrasta con los 12 que reconoce el Gobierno.",
        "Людей было 31 вместо 12, о которых сообщали власти.",
        "Повреждён один резервуар, а не двенадцать, как утверждает Киев.",
    ],
)
def test_a_sentence_names_the_number_of_another_account(quote: str) -> None:
    assert [one.value for one in contested_in(quote)] == [12]


@pytest.mark.parametrize(
    "quote",
    [
        "The fire killed 12 people on Monday.",
        "The company said it would hire 12 engineers.",
        "The bank raised its forecast to 12 percent from nine.",
        "El incendio dejó 12 muertos el lunes.",
        "Пожар унёс жизни 12 человек.",
        "Dockers did not agree to the 12 percent offered.",
        "Hubo el doble de las 12 de 2025.",
        "Дело вели трое судей вместо 12 судей.",
        "Цена выше, чем 12 рублей.",
    ],
)
def test_a_sentence_that_names_no_other_account(quote: str) -> None:
    assert not contested_in(quote)


def test_a_number_with_a_comma_ends_no_clause() -> None:
    """Nor does a number in words, and "one" is a count where it is set against two."""
    stored = stored_reports("Some 6,200 workers walked out, the union said.")
    (found,) = find_contested(
        ["About 3,900 employees had joined, far fewer than the 6,200 claimed by the union."], stored
    )
    assert (found.values.here, found.values.there) == ("3,900 employees", "6,200 claimed")
    (found,) = find_contested(["One tank was damaged, not two, as Kyiv claims."], stored_reports("Two tanks were hit."))
    assert found.values.here.casefold() == "one tank"


def test_its_own_number_is_not_that_of_the_other_side() -> None:
    """Who has the stored figure and sets it against a third one does not contradict what is stored."""
    stored = stored_reports("About 3,900 employees joined, the company said.")
    quote = "About 3,900 employees had joined, the company said, far fewer than the 6,200 claimed by the union."
    assert not list(find_contested([quote], stored))
    quote = "Twice the 12 reported by police were held."
    assert not list(find_contested([quote], stored_reports("Two men were arrested.")))


@pytest.mark.parametrize("quote", ["No one was hurt, not two.", "Según un portavoz, nadie murió, no 3."])
def test_nobody_is_not_one(quote: str) -> None:
    assert not list(find_contested([quote], stored_reports("Two people were hurt.", "Hubo 3 muertos.")))


def test_of_whom_it_is_told_does_not_speak() -> None:
    assert not party_of("Nine police officers were confirmed dead in the raid.")
    assert party_of("The army acknowledges nine dead.") == "state"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("el 8 de febrero", "es"),
        ("del 8 al 9 de febrero", "es"),
        ("в ночь с 8 на 9 февраля", "ru"),
        ("the night from 8 to 9 February", "en"),
        ("8-9 February", "en"),
        ("entre el 3 y el 5 de mayo", "es"),
    ],
)
def test_days_of_a_month_are_no_numbers(text: str, language: str) -> None:
    assert not measures_in(text, language)


def test_a_number_near_a_month_is_one() -> None:
    assert [one.value for one in measures_in("between 8 and 9 people died in February")] == [8, 9]
    assert [one.value for one in measures_in("la muerte de 9 de los mineros", "es")] == [9]
    assert [one.value for one in measures_in("En mayo el 20 por ciento votó.", "es")] == [20]
    assert [one.value for one in measures_in("En enero de 12 a 15 muertos.", "es")] == [12, 15]
    assert [one.value for one in measures_in("8 and " + "9" * 5_000 + " May")] == [8]


@pytest.mark.parametrize(
    "quotes",
    [
        ["The Red Cross counted 22 dead.", "The ministry admits only twelve."],
        ["The ministry insists on twelve.", "The Red Cross counted 22 dead in the hospitals."],
        ["Doctors listed 22 dead.", "Officially, twelve people died."],
        ["La Cruz Roja contó 22 muertos.", "El ministerio reconoce solo doce."],
        ["Красный Крест насчитал 22 погибших.", "Министерство признаёт только двенадцать."],
    ],
)
def test_a_side_that_keeps_to_its_number(quotes: list[str]) -> None:
    """Its number is set against that of another side in a sentence before or behind it."""
    stored = stored_reports("Twelve people died in the fire, the ministry said.")
    (found,) = find_contested(quotes, stored)
    assert measures_in(found.values.here)[0].value == 22
    assert "22" in quotes[found.sentence]


def test_more_than_expected_is_no_plan_of_the_other_side() -> None:
    quote = "More than expected came: 4,000 people, not 900 as police claim."
    assert [one.value for one in contested_in(quote)] == [900]


def test_another_thing_beside_a_kept_number_contests_nothing() -> None:
    stored = stored_reports("The maker recalled 43 cars on Monday.")
    assert not list(find_contested(["The maker acknowledges 43 cars, and 12 lawsuits are pending."], stored))


@pytest.mark.parametrize(
    ("quote", "here"),
    [
        ("The march drew 9,000 people, more than four times the official count.", "9,000"),
        ("Some 4,300 people came, twice what the police say.", "4,300"),
        ("La protesta reunió a 4.000 personas, el doble de la cifra oficial.", "4.000"),
        ("На митинг вышли шесть тысяч человек, втрое больше официального числа.", "шесть тысяч"),
        ("Only 1,000 people came, half the number given by the police.", "1,000"),
    ],
)
def test_a_multiple_of_what_the_other_side_counts(quote: str, here: str) -> None:
    """The other side's number is not named, and known by what it must be."""
    (found,) = find_contested([quote], stored_reports("About 2,000 people took part in the march, police said."))
    assert found.values.here.startswith(here)
    assert found.values.there.startswith("2,000")


@pytest.mark.parametrize(
    "quote",
    [
        "The march drew 90,000 people, four times the official count.",
        "The march passed 9,000 shops. The crowd was four times the official count.",
        "Some 9,000 people aged 30 came, eight times what the police say.",
        "The 4,000 prices on the list are twice the official rate of May.",
        "The city has 9,000 inhabitants, four times as many as in 1950.",
    ],
)
def test_no_multiple_of_a_stored_number(quote: str) -> None:
    assert not list(find_contested([quote], stored_reports("About 2,000 people took part in the march, police said.")))
