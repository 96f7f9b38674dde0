"""Which clauses of a sentence tell, and in what tense."""

from __future__ import annotations

import pytest

from news.dates.clause_tenses import Link, Verb, clauses_of


def mains(text: str, language: str = "en") -> list[Verb]:
    return [one.verb for one in clauses_of(text, language) if one.link is Link.MAIN and one.verb is not Verb.NONE]


@pytest.mark.parametrize(
    ("text", "verbs"),
    [
        ("On Tuesday, when the mayor unveiled a stone, farmers left.", [Verb.PAST]),
        ("She keeps the register that she wrote in 1991.", [Verb.PRESENT]),
        ("The pool, opened in 1907, loses money.", []),
        ("The engineers who were on duty that night have told us of it.", [Verb.PERFECT]),
        ("“The water came,” she said.", [Verb.SAID]),
        ("In May nine people jumped from a roof in Split and one lived.", [Verb.PAST, Verb.STATE]),
        ("That was in October.", [Verb.STATE]),
        ("Two were held by police.", [Verb.PASSIVE]),
        ("The roof had burnt before.", [Verb.BEFORE]),
        ("People still set their clocks by it.", []),
    ],
)
def test_the_main_clauses_tell(text: str, verbs: list[Verb]) -> None:
    assert mains(text) == verbs


@pytest.mark.parametrize(
    ("language", "text", "verb"),
    [
        ("es", "El lunes comenzó en Lima el juicio.", Verb.PAST),
        ("es", "La policía ha detenido al hombre.", Verb.PERFECT),
        ("es", "Elsa vende empanadas.", Verb.PRESENT),
        ("ru", "Летом сгорела деревня Моховое.", Verb.PAST),
        ("ru", "Родные помнят ту ночь.", Verb.PRESENT),
    ],
)
def test_other_languages(language: str, text: str, verb: Verb) -> None:
    assert mains(text, language) == [verb]
