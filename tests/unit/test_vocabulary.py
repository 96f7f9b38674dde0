"""The vocabulary of three languages, and the language of a sentence."""

from __future__ import annotations

import pytest

from news.tables import load_lines
from news.words.meanings import acts_across, class_across
from news.words.text import stem_words
from news.words.vocabulary import faint_concepts, find_concept, language_of, stems_of


def concept(word: str, language: str) -> str | None:
    return find_concept(stem_words(word, language)[0], language)


@pytest.mark.parametrize(
    ("english", "spanish", "russian"),
    [
        ("bridge", "puentes", "моста"),
        ("prisoners", "reclusos", "военнопленными"),
        ("inmate", "presos", "заключённых"),
        ("shelled", "bombardeó", "обстреливали"),
        ("refinery", "refinería", "переработчик"),
        ("oil", "petróleo", "нефти"),
        ("ferry", "transbordador", "парома"),
        ("7", "siete", "семь"),
    ],
)
def test_one_thing_has_one_name_in_three_languages(english: str, spanish: str, russian: str) -> None:
    assert concept(english, "en") == concept(spanish, "es") == concept(russian, "ru") is not None


def test_words_of_dates_say_nothing_and_unknown_ones_are_unknown() -> None:
    """A weekday is compared as a date; a word that the table lacks must not be taken for a difference."""
    assert concept("martes", "es") == ""
    assert concept("вторник", "ru") == ""
    assert concept("quitanieves", "es") is None


def test_every_row_has_three_columns_and_no_foreign_letters() -> None:
    """A Cyrillic letter in a Latin word looks right and is never found."""
    for line in load_lines("vocabulary.txt"):
        english, spanish, russian = line.removeprefix("=").split("|")
        assert not any("а" <= letter <= "я" for letter in (english + spanish).lower()), line
        assert not any("a" <= letter <= "z" for letter in russian.lower()), line


def test_acts_are_classed_alike() -> None:
    told = (
        acts_across("Three soldiers were killed in the village.", "en"),
        acts_across("Tres soldados murieron en el pueblo.", "es"),
        acts_across("Трое солдат погибли в селе.", "ru"),
    )
    assert told[0] == told[1] == told[2] == frozenset({"die"})
    assert class_across("солдат", "ru") == "troop"


@pytest.mark.parametrize(
    ("sentence", "default", "language"),
    [
        ("The minister said that the bridge was closed.", "en", "en"),
        ("El ministro dijo que el puente se cerró.", "en", "es"),
        ("Министр сообщил, что мост закрыт.", "en", "ru"),
        ("The minister said that the bridge was closed.", "ru", "en"),
        ("The minister said that the bridge was closed.", "es", "en"),
        ("Rescatan a dos pescadores", "es", "es"),
        ("Mayor of Los Angeles visits San Juan de la Cruz school", "en", "en"),
        ("Le ministre a dit que le pont est fermé.", "fr", "fr"),
    ],
)
def test_the_language_of_a_sentence(sentence: str, default: str, language: str) -> None:
    assert language_of(sentence, default) == language


def test_stems_of_other_languages_are_found_by_the_english_one() -> None:
    assert "мост" in stems_of(["es", "ru"])["bridg"]
    assert "puent" in stems_of(["es", "ru"])["bridg"]
    assert "say" in faint_concepts()
