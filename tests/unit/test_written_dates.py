from __future__ import annotations

import pytest

from news.words.meanings import meanings_by_word, meanings_in, without_dates


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("On 12 March 2020 they began to march.", "On   they began to march."),
        ("It opens March 3, 2021 and on Monday.", "It opens   and on  ."),
        ("Mayor Mayhew may come in May", "Mayor Mayhew may come in  "),
        ("Those living live outlive the alive", "Those     outlive the alive"),
        ("the 112 March hares, xMay and 3 May", "the 112   hares, xMay and  "),
        ("No date is written.", "No date is written."),
    ],
)
def test_written_dates_are_no_words(text: str, bare: str) -> None:
    assert without_dates(text) == bare


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Soldiers killed two jets in March", "en"),
        ("El ministro anunció el despliegue de tropas", "es"),
        ("Министр объявил о переброске войск", "ru"),
    ],
)
def test_a_text_means_what_its_words_mean(text: str, language: str) -> None:
    by_word = meanings_by_word(language)
    assert meanings_in(text, language) == {meaning for word in text.split() for meaning in by_word[word]}
