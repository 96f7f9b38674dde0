from __future__ import annotations

import pytest

from news.words.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister arrived on Monday and met the president in the capital.", "en"),
        ("El ministro llegó el lunes y se reunió con el presidente en la capital.", "es"),
        ("Министр прибыл в понедельник и встретился с президентом в столице.", "ru"),
        ("Der Minister kam am Montag an und traf den Präsidenten in der Hauptstadt.", "de"),
        ("THE MINISTER ARRIVED ON MONDAY\nAND MET THE PRESIDENT", "en"),
    ],
)
def test_common_languages_are_told(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "   ", "Moscow", "12 34 56 78", "x y", "\n\n\n", "!!! ??? ---"])
def test_unsure_is_an_empty_answer(text: str) -> None:
    assert detect_language(text) == ""


@pytest.mark.usefixtures("socket_disabled")
def test_model_is_read_without_network() -> None:
    """Only the model inside the package is used, so a machine without network reads the same."""
    assert detect_language("La ministra habló ayer con los periodistas extranjeros") == "es"


def test_only_the_beginning_is_read() -> None:
    assert detect_language("Esta es una frase en español bastante clara. " * 40 + "english words " * 10_000) == "es"


def test_plain_english_is_told_by_its_small_words_and_a_mixture_is_not() -> None:
    """A long text that is half in another language is left to the model, whatever its first lines say."""
    english = "The minister said that they would meet with the president of the country, which has not agreed. "
    spanish = "El ministro dijo que se reunirá con el presidente del país, que no ha aceptado la propuesta. "
    assert detect_language(english * 12) == "en"
    assert detect_language(english * 2 + spanish * 10) == "es"
    assert detect_language(spanish * 5 + english * 2 + spanish * 5) == "es"


def test_half_of_a_pair_of_code_units_is_read_over() -> None:
    assert detect_language("El ministro dijo \ud800 que se reunirá con el presidente del país") == "es"
