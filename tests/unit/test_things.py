"""Nouns that stand for one thing."""

from __future__ import annotations

import pytest

from news.words.things import things_in


@pytest.mark.parametrize(
    ("one", "other"),
    [("the chauffeur", "the driver"), ("a lender", "the bank"), ("monetary authority", "the central bank")],
)
def test_things_in_other_words(one: str, other: str) -> None:
    ours = frozenset[str]().union(*things_in(one).values())
    theirs = frozenset[str]().union(*things_in(other).values())
    assert ours & theirs


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("al volante iba un camionero", "es", "driver"),
        ("dos socorristas y un brigadista", "es", "firefighter"),
        ("la autoridad monetaria mantuvo", "es", "central_bank"),
        ("los ediles del consistorio", "es", "mayor"),
        ("el granelero y dos lanchas", "es", "ship"),
        ("un sicario encapuchado", "es", "gunman"),
        ("огнеборцы прибыли за семь минут", "ru", "firefighter"),
        ("дальнобойщика доставили", "ru", "driver"),
        ("решение ЦБ по ключевой ставке", "ru", "central_bank"),
        ("аким области и акимат", "ru", "mayor"),
        ("сухогруз и два траулера", "ru", "ship"),
        ("горняков подняли на поверхность", "ru", "miner"),
    ],
)
def test_things_abroad(text: str, language: str, name: str) -> None:
    assert name in frozenset[str]().union(*things_in(text, language).values())
