"""What two accounts are compared by, line by line."""

from __future__ import annotations

import pytest

from news.disputes.judging.lines import account_of
from news.model import Article


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("The club paid 34 million euros for the striker.", ["34 million euros"]),
        ("She got nine years in prison.", ["nine years"]),
        ("The fire destroyed 62 supermarkets and two kiosks.", ["62 supermarkets", "two kiosks"]),
        ("Se quemaron 300 hectáreas de pinos, según el gobierno.", ["300 hectáreas"]),
        ("Погибли 12 человек.", ["12 человек"]),
    ],
)
def test_a_figure_is_shown_with_what_it_counts_and_no_other_word(sentence: str, shown: list[str]) -> None:
    assert [figure.text for figure in account_of(Article("", "", "Alpha Courier", "Title", sentence)).figures] == shown
