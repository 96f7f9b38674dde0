"""Two counts of one thing that an article gives itself, and numbers that it names as those of another account."""

from __future__ import annotations

import pytest

from news.disputes.contested import contested_in, find_contested
from news.disputes.two_counts import find_two_counts
from news.words.measures import measures_in
from tests.unit.test_prominence import stored_reports

COUNTED_TWICE = [
    (
        "Nine Pakistani soldiers were killed in Monday's clash, Afghanistan's defence ministry said.",
        "Islamabad's military reported two dead and five wounded.",
        "Two Pakistani soldiers were killed and five wounded, the military said.",
    ),
    (
        "At least 23 people were detained in Batumi overnight, a lawyers' network said.",
        "The interior ministry acknowledges nine detentions.",
        "Nine people were detained, the interior ministry said.",
    ),
    (
        "Fourteen workers are in our hands, the rebel commander said.",
        "The army insists that nine workers were taken.",
        "Gunmen are holding nine workers, army spokesman Nestor Alba said.",
    ),
    (
        "Según el sindicato, 41 mineros quedaron atrapados.",
        "La empresa admite 18 mineros atrapados.",
        "La empresa informó de que 18 mineros quedaron atrapados.",
    ),
    (
        "Девять военнослужащих погибли, сообщило министерство обороны Афганистана.",
        "Пакистанская сторона ранее сообщала о двух погибших.",
        "Two soldiers were killed, the Pakistani military said.",
    ),
    (
        "More than 200 people were on the ferry, survivors said.",
        "Its owner put the number of people aboard at 84.",
        "The owner said that 84 people had been on board.",
    ),
]
COUNTED_APART = [
    (
        "Two people were killed in Kherson, the governor said.",
        "Five people were killed in Kharkiv, police said.",
        "Five people were killed in Kharkiv, police said.",
    ),
    (
        "The toll has risen to 15, the ministry said.",
        "On Monday officials had reported nine dead.",
        "Nine people died, officials said.",
    ),
    (
        "Twenty people were hurt, the hospital said.",
        "Police said that five people were killed.",
        "Five people were killed, police said.",
    ),
    (
        "Women account for 12 of the dead, the hospital said.",
        "The governor said that 40 people died.",
        "Forty people died, the governor said.",
    ),
    (
        "El ministro anunció 40 casas nuevas.",
        "La policía informó de 12 casas quemadas.",
        "Doce casas se quemaron, informó la policía.",
    ),
    (
        "Since January 300 people have died at sea, the charity said.",
        "The coastguard said that 12 people died on Friday.",
        "Twelve people died on Friday, the coastguard said.",
    ),
]


@pytest.mark.parametrize(("own", "others", "stored"), COUNTED_TWICE)
def test_two_counts_of_one_thing_by_two_speakers_contradict(own: str, others: str, stored: str) -> None:
    """No word need set the one against the other; the order of the sentences is of no matter."""
    (found,) = find_two_counts([own, others], stored_reports(stored))
    assert found.sentence == 0
    (turned,) = find_two_counts([others, own], stored_reports(stored))
    assert turned.values == found.values


@pytest.mark.parametrize(("own", "others", "stored"), COUNTED_APART)
def test_counts_of_two_things_places_or_times_do_not(own: str, others: str, stored: str) -> None:
    assert not list(find_two_counts([own, others], stored_reports(stored)))
    assert not list(find_contested([own, others], stored_reports(stored)))


def test_a_count_that_the_record_has_as_well_is_nothing_new() -> None:
    own, others, stored = COUNTED_TWICE[1]
    held = stored_reports(stored, "At least 23 people were detained, a lawyers' network said.")
    assert not list(find_two_counts([own, others], held))


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
    assert contested_in(quote)[-1].value == 12


@pytest.mark.parametrize(
    "quote",
    [
        "The fire killed 12 people on Monday.",
        "The company said it would hire 12 engineers.",
        "The bank raised its forecast to 12 percent from nine.",
        "El incendio dejó 12 muertos el lunes.",
        "Пожар унёс жизни 12 человек.",
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


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("el 8 de febrero", "es"),
        ("del 8 al 9 de febrero", "es"),
        ("в ночь с 8 на 9 февраля", "ru"),
        ("the night from 8 to 9 February", "en"),
        ("8-9 February", "en"),
        ("May 3 to 5", "en"),
        ("entre el 3 y el 5 de mayo", "es"),
    ],
)
def test_days_of_a_month_are_no_numbers(text: str, language: str) -> None:
    assert not measures_in(text, language)


def test_a_number_near_a_month_is_one() -> None:
    assert [one.value for one in measures_in("between 8 and 9 people died in February")] == [8, 9]
    assert [one.value for one in measures_in("la muerte de 9 de los mineros", "es")] == [9]
