"""Patterns for texts in small letters find what IGNORECASE finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.words.small_letters import small

PATTERNS = (r"\bThe [A-Z]\w+", r"\Dof\b|\S+ly\b", r"(?:has|HAVE) (?:risen|rosE) to \d", r"\bубит\w+")


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text(alphabet="tThHeE oOfFaAsSvVrRiInNlLyYуУбБиИтТ1", max_size=30))
def test_what_ignores_case_is_found_at_the_same_place(pattern: str, text: str) -> None:
    """Escapes keep their meaning, letters of sets and words lose their case."""
    expected = re.compile(pattern, re.IGNORECASE).search(text)
    found = small(pattern).search(text.lower())
    assert (found and found.span()) == (expected and expected.span())
