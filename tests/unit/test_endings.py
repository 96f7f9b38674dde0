"""A Russian name is the same name in all its cases."""

from __future__ import annotations

import pytest

from news.names.endings import without_ending
from news.names.entities import lookup


@pytest.mark.parametrize(
    ("key", "cases"),
    [
        ("place:novosibirsk", "Новосибирск Новосибирска Новосибирску Новосибирском Новосибирске"),
        ("place:kharkiv", "Харьков Харькова Харькову Харьковом Харькове"),
        ("place:munich", "Мюнхен Мюнхена Мюнхену Мюнхеном Мюнхене"),
        ("place:samara", "Самара Самары Самаре Самару Самарой"),
        ("place:perm", "Пермь Перми Пермью"),
        ("place:cherepovets", "Череповец Череповца Череповцу Череповце"),
        ("place:amsterdam", "Амстердам Амстердама Амстердаме"),
        ("person:sergey-lavrov", "Лавров Лаврова Лаврову Лавровым Лаврове"),
        ("place:venezuela", "Венесуэла Венесуэлы Венесуэле Венесуэлу Венесуэлой"),
    ],
)
def test_all_cases_are_one_name(key: str, cases: str) -> None:
    for name in cases.split():
        assert lookup(name)[0].key == key, name


@pytest.mark.parametrize(("word", "left"), [("ош", "ош"), ("уфа", "уф"), ("уфои", "уф"), ("об", "об"), ("рим", "рим")])
def test_two_letters_are_left(word: str, left: str) -> None:
    assert without_ending(word) == left


@pytest.mark.parametrize("word", ["росс", "саратов", "иванов", "путин", "дрезден", "лисабон"])
def test_what_only_looks_like_an_ending_stays(word: str) -> None:
    """A stemmer of the language would leave "сарат" and "дрезд", which no case of the names has."""
    assert without_ending(word) == word


def test_words_that_are_no_names_are_no_cases_of_one() -> None:
    """The words "Об этом" are no case of "Обама"."""
    assert without_ending("об") != without_ending("обама")
