from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from news.errors import DocumentError
from news.words.fingerprint import containment, decode, encode, lookup_hashes, sign

TEXTS = st.text(max_size=400)
WORDS = st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=3, max_size=300).map(" ".join)


@given(TEXTS)
def test_every_text_is_signed_and_written_and_read_back(text: str) -> None:
    signed = sign(text)
    assert decode(encode(signed)) == signed
    assert list(signed.hashes) == sorted(set(signed.hashes))
    assert set(lookup_hashes(signed)) <= set(signed.hashes)


@given(TEXTS)
def test_reading_never_fails_otherwise_than_it_says(text: str) -> None:
    """Front matter is typed by people: anything is either a signature or a DocumentError."""
    try:
        signed = decode(text)
    except DocumentError:
        return
    assert encode(signed).split(":")[2] == text.strip().split(":")[2]


@given(WORDS)
def test_a_text_contains_itself(text: str) -> None:
    assert containment(sign(text), sign(text)) == 1.0


@settings(max_examples=50)
@given(WORDS, WORDS)
def test_a_part_is_wholly_contained(part: str, rest: str) -> None:
    whole = sign(f"{rest} {part}")
    share = containment(sign(part), whole)
    assert share == 1.0 or (share == 0.0 and not any(h < whole.hashes[-1] for h in sign(part).hashes))
