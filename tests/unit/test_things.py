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
