"""The words of a text that figures are read from: each points at what is written, and no unit is passed over."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.reports.quantities import find_quantities
from news.words.numerals import read_tokens
from news.words.quantity_words import quantity_words
from news.words.text import lower_in_place

_TEXTS = st.text(alphabet=st.sampled_from("aé Ж1 0,.-–$%’'\nof9"), max_size=60)


@settings(max_examples=200)
@given(text=_TEXTS, language=st.sampled_from(["en", "es", "ru"]))
def test_tokens_point_at_what_is_written(text: str, language: str) -> None:
    """A figure is cut out of the text by these offsets, and a quotation of it must hold."""
    tokens = read_tokens(text, language)
    behind = 0
    for at, word in enumerate(tokens.words):
        start, end = tokens.start_of(at), tokens.end_of(at)
        written = lower_in_place(text[start:end]).replace("é", "e").replace("–", "-")
        assert written.rstrip(".") == word
        assert tokens.is_glued(at) is (at > 0 and behind == start)
        assert start >= behind
        behind = end


@pytest.mark.parametrize("language", ["en", "es", "ru"])
def test_every_unit_of_the_table_is_found_after_a_figure(language: str) -> None:
    """Most words are told from units by their first part alone; that must pass over none."""
    words = quantity_words()
    for unit in words.units:
        assert words.may_open_unit(read_tokens(unit.replace("-", " "), language).words[0])
    found = find_quantities("They sailed 12 nautical miles and 3 square miles on 5 - tonne loads.", language)
    assert [one.unit for one in found][:2] == ["nautical_mile", "square_mile"]


@pytest.mark.parametrize("lead", ["A woman of", "a boy aged", "at the age of", "Aged"])
def test_an_age_is_no_figure(lead: str) -> None:
    """Who is 70 is one person, not seventy."""
    assert find_quantities(f"{lead} 70 people said so.", "en") == ()
