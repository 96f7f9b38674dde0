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
        ("place:ufa", "Уфа Уфы Уфе Уфу Уфой"),
        ("place:china", "Китай Китая Китаем"),
        ("place:cherepovets", "Череповец Череповца Череповцу Череповце"),
        ("place:amsterdam", "Амстердам Амстердама Амстердаме"),
        ("person:sergey-lavrov", "Лавров Лаврова Лаврову Лавровым Лаврове"),
        ("place:venezuela", "Венесуэла Венесуэлы Венесуэле Венесуэлу Венесуэлой"),
    ],
)
def test_all_cases_are_one_name(key: str, cases: str) -> None:
    for name in cases.split():
        assert lookup(name)[0].key == key, name


@pytest.mark.parametrize(
    ("word", "left"), [("ош", "ош"), ("уфа", "уфа"), ("об", "об"), ("рим", "рим"), ("дубаи", "дуба")]
)
def test_three_letters_are_left(word: str, left: str) -> None:
    assert without_ending(word) == left


@pytest.mark.parametrize("word", ["росс", "саратов", "иванов", "путин", "дрезден", "лисабон"])
def test_what_only_looks_like_an_ending_stays(word: str) -> None:
    """A stemmer of the language would leave "сарат" and "дрезд", which no case of the names has."""
    assert without_ending(word) == word


@pytest.mark.parametrize("word", ["Об", "Сам", "Самый", "Малый", "Дуб", "Мак", "Думал"])
def test_words_that_open_a_sentence_are_no_cases_of_a_name(word: str) -> None:
    """The word "Самый" is none of "Самоа", nor "Малый" of "Мали", nor "Дуб" of "Дубай"."""
    assert lookup(word) == ()


def test_a_town_is_no_case_of_a_parliament() -> None:
    """Both "Радом" and "Рада" are known by themselves, in their own cases."""
    assert [lookup(name)[0].key for name in ("Радом", "Радомом", "Рады")] == [
        "place:radom",
        "place:radom",
        "org:verkhovna-rada",
    ]
