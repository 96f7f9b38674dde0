"""Tolls in any wording, and what they make of a report."""

from __future__ import annotations

import pytest

from news.decision import Claim, FactKind, NewFact
from news.reports.tolls import (
    find_new_toll,
    gather_tolls,
    is_late_death,
    is_of_others,
    is_told_toll,
    tolls_in,
)
from tests.deciding.deciding_world import report, stored_article, stored_report


@pytest.mark.parametrize(
    ("text", "language", "harm", "number"),
    [
        ("An avalanche buried a hut near Narvik, killing at least six.", "en", "die", 6),
        ("The number of people killed in the landslide has risen to eleven.", "en", "die", 11),
        ("A woman of 81 died when the roof gave way.", "en", "die", 1),
        ("Cinco personas resultaron heridas al volcar el camión.", "es", "injure", 5),
        ("Погибли семь человек, сообщили спасатели.", "ru", "die", 7),
        ("Two men from a party of nine were killed by the slide.", "en", "die", 2),
        ("She is the third victim of the crash.", "en", "die", 3),
        ("Los buzos recuperaron los cadáveres de dos pescadores.", "es", "die", 2),
        ("Спасатели извлекли из-под завала тела двух человек.", "ru", "die", 2),
        ("The quake killed 31, the deadliest in the past ten years.", "en", "die", 31),
        ("Не менее 12 человек погибли под завалами, сообщили в МЧС.", "ru", "die", 12),
        ("Количество погибших достигло 21.", "ru", "die", 21),
        ("Боевик убил 12 человек и ранил 30.", "ru", "injure", 30),
        ("No menos de 12 obreros murieron en el derrumbe.", "es", "die", 12),
        ("Los fallecidos se elevan a 21 en Valencia.", "es", "die", 21),
        ("La riada se cobró 12 vidas.", "es", "die", 12),
    ],
)
def test_a_toll_is_read_in_its_wordings(text: str, language: str, harm: str, number: float) -> None:
    assert number in tolls_in(text, language).counts[harm]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody was killed.",
        "Dozens are feared dead.",
        "There were no deaths, police said.",
        "In 2019 a slide killed 31 people there.",
        "Slides have killed dozens of people in the past two decades.",
    ],
)
def test_what_is_denied_or_feared_is_no_toll(text: str) -> None:
    assert not tolls_in(text, "en").told


def test_passengers_of_a_bus_are_no_dead() -> None:
    """What stands after "when" is another clause."""
    counts = tolls_in("At least nine people died when a coach with 44 passengers left the road.", "en").counts
    assert counts["die"] == {9.0}


def test_a_wall_in_spanish_is_nobody_dead() -> None:
    assert "die" not in tolls_in("Cayó un muro en el centro de la ciudad.", "es").told


INJURED = gather_tolls([stored_article("Two people were killed and nine were injured in the fire.")])
LATER = gather_tolls([stored_article("Nine were injured in the fire. One of the injured has died in hospital.")])


@pytest.mark.parametrize(
    ("sentence", "language", "is_late"),
    [
        ("A guest hurt in the fire has died in hospital.", "en", True),
        ("A guest who was injured in the fire died on Monday.", "en", True),
        ("Uno de los heridos en el incendio ha fallecido.", "es", True),
        ("Женщина, пострадавшая при пожаре, скончалась в больнице.", "ru", True),
        ("Two guests died and nine were injured in the fire.", "en", False),
        ("Dos huéspedes murieron y nueve resultaron heridos en el incendio.", "es", False),
        ("Погибли двое, девять человек пострадали при пожаре.", "ru", False),
        ("None of the injured has died in hospital.", "en", False),
    ],
)
def test_who_was_hurt_has_died_since(sentence: str, language: str, *, is_late: bool) -> None:
    assert is_late_death(sentence, language, INJURED) is is_late
    assert not is_late_death(sentence, language, LATER)


def test_numbers_of_other_years_and_of_the_company_are_of_others() -> None:
    assert is_of_others("31 people", "In 2019 a slide killed 31 people there.", "en")
    assert is_of_others("30 campers", "Four of a group of 30 campers died.", "en")
    assert not is_of_others("Four", "Four of a group of 30 campers died.", "en")
    assert not is_of_others("40 ships", "In 2019 the yard built 40 ships.", "en")


def test_background_of_a_story_is_no_toll_of_it() -> None:
    quote = "A slide there killed 31 people."
    past = stored_report(report(quote, is_background=True))
    assert not gather_tolls([stored_article(f"Eight are missing. {quote}")], [past]).counts.get("die")


HELD = gather_tolls([stored_article("The tremor was felt in all of Sulmona. A man died under a chimney.")])


@pytest.mark.parametrize(
    ("sentence", "is_new"),
    [
        ("Four people died in the tremor, the prefect said.", True),
        ("Three pupils were injured by falling tiles.", True),
        ("A man died in the tremor.", False),
        ("The tremor was felt in Sulmona.", False),
    ],
)
def test_first_harm_and_more_harm_is_new(sentence: str, *, is_new: bool) -> None:
    assert bool(find_new_toll([sentence], "en", HELD)) is is_new


def test_a_toll_that_the_story_has_in_other_words_has_not_moved() -> None:
    held = gather_tolls([stored_article("Rescuers found more bodies, bringing the number of dead to 31.")])
    quote = "Thirty-one people died, according to the prefect."
    before, after = Claim("20 dead", "20 people died.", "Alpha"), Claim("Thirty-one people dead", quote, "Beta")
    assert is_told_toll(NewFact(FactKind.FIGURE, after, before), held)
    more = Claim("Forty people dead", "Forty people died, according to the prefect.", "Beta")
    assert not is_told_toll(NewFact(FactKind.FIGURE, more, before), held)
