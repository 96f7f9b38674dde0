"""Numbers in words, held against words that are made from numbers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.words.measures import measures_in
from news.words.numerals import number_at
from tests.property.spelling import SPELLERS, spell_english, spell_spanish

_VALUES = st.one_of(st.integers(2, 130), st.integers(2, 2_100), st.integers(2, 999_999))
_LANGUAGES = st.sampled_from(sorted(SPELLERS))


@pytest.mark.parametrize("language", sorted(SPELLERS))
@settings(max_examples=300)
@given(value=_VALUES)
def test_a_number_in_words_is_the_number(language: str, value: int) -> None:
    """In every gender and case, with what stands behind it left alone; "семью" alone is a family."""
    for words in {spell(value) for spell in SPELLERS[language]} - {"семью"}:
        assert number_at(f"{words}.", 0, language) == (value, len(words)), words


@settings(max_examples=200)
@given(first=_VALUES, second=_VALUES, language=_LANGUAGES, mark=st.sampled_from([", ", ". ", "; ", " / ", "\n", " – "]))
def test_what_a_mark_parts_are_two_numbers(first: int, second: int, language: str, mark: str) -> None:
    spell = SPELLERS[language][0]
    words = spell(first)
    assert number_at(f"{words}{mark}{spell(second)}", 0, language) == (first, len(words))


@settings(max_examples=200)
@given(pair=st.lists(_VALUES, min_size=2, max_size=2, unique=True).map(sorted))
def test_two_numbers_between_which_something_lies_are_two(pair: list[int]) -> None:
    """The last "and" of "between a hundred and fifty and two hundred" joins no number."""
    text = f"between {spell_english(pair[0])} and {spell_english(pair[1])} people"
    assert [one.bare for one in measures_in(text, "en")] == pair


@settings(max_examples=200)
@given(low=st.integers(2, 99), high=st.integers(10, 999))
def test_spanish_numbers_are_joined_by_y_behind_tens_only(low: int, high: int) -> None:
    text = f"entre {spell_spanish(low)} y {spell_spanish(high)} personas"
    assert [one.bare for one in measures_in(text, "es")] == [low, high]


_WORDS = (
    "a and half hundred thousand million two twenty - , y mil cien ciento treinta un с половиной сто тысяч два одна"
)


@given(words=st.lists(st.sampled_from(_WORDS.split()), max_size=14), language=_LANGUAGES)
def test_any_words_in_a_row_can_be_read(words: list[str], language: str) -> None:
    """Each number ends behind its first word and within the text."""
    text = " ".join(words)
    for one in measures_in(text, language):
        assert 0 <= one.start < one.end <= len(text)
