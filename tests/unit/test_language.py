from __future__ import annotations

import pytest

from news.language import detect_language


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
