from __future__ import annotations

import pytest

from news.errors import DocumentError
from news.model import Signature
from news.words.fingerprint import (
    N_LOOKUP,
    SIGNATURE_VERSION,
    containment,
    count_shared,
    decode,
    encode,
    lookup_hashes,
    resemblance,
    sign,
)


def story(name: str, n_words: int) -> str:
    return " ".join(f"{name}{number * 7919 % 10007}" for number in range(n_words))


def test_hashes_never_change() -> None:
    """Signatures are stored and shipped in seeds: any other value here needs a new SIGNATURE_VERSION."""
    signed = sign("Two planes landed in Caracas on Saturday")
    assert signed.version == SIGNATURE_VERSION == 1
    assert signed.n_shingles == 5
    assert encode(signed) == FROZEN


FROZEN = "1:5:bw+l3boNWmJvRDltjRmzXwN6R5Mnsr/ammN8whTo"


def test_layout_case_and_marks_do_not_count() -> None:
    plain = sign("Two planes landed, in Caracas: on Saturday.")
    assert sign("TWO PLANES\n\nlanded in “Caracas” — on  saturday") == plain


def test_words_of_plain_letters_are_those_of_any_text() -> None:
    """Texts of ASCII are cut in another way than others, and must give the same words."""
    plain = " ".join(f"a{chr(code)}b{chr(code)} c" for code in range(128))
    assert sign(plain) == sign(f"{plain} ’")


def test_short_texts_keep_all_hashes_and_long_ones_a_bounded_number() -> None:
    assert len(sign(story("a", 100)).hashes) == 98
    for n_words in (400, 5_000, 40_000):
        assert 60 <= len(sign(story("a", n_words)).hashes) <= 200


def test_first_third_is_found_in_its_whole() -> None:
    """A feed's summary is contained in the article, whatever their lengths."""
    text = story("a", 900)
    whole, third = sign(text), sign(text[: len(text) // 3])
    assert containment(third, whole) > 0.95
    assert containment(whole, third) == pytest.approx(1 / 3, abs=0.15)
    assert resemblance(whole, third) == resemblance(third, whole) > 0.95


def test_text_within_comments_is_found() -> None:
    """A page with a long comment thread still contains its article, and its look-up hashes still meet the article's."""
    article = story("a", 300)
    page = sign(f"{story('menu', 40)} {article} {story('comment', 900)}")
    assert containment(sign(article), page) > 0.9
    assert len(set(lookup_hashes(sign(article))) & set(lookup_hashes(page))) >= 3


def test_lookup_hashes_of_a_part_meet_those_of_the_whole() -> None:
    text = story("b", 900)
    shared = set(lookup_hashes(sign(text))) & set(lookup_hashes(sign(text[: len(text) // 3])))
    assert len(shared) >= 4
    assert len(lookup_hashes(sign(text))) == N_LOOKUP
    assert max(lookup_hashes(sign(text))) < 2**63


def test_other_text_shares_nothing() -> None:
    assert resemblance(sign(story("a", 400)), sign(story("b", 400))) == 0.0


def test_versions_do_not_mix() -> None:
    """A signature of an older kind must never be taken for a different text of the same kind."""
    signed = sign(story("a", 50))
    older = Signature(0, signed.n_shingles, signed.hashes)
    assert count_shared(older, signed) == (0, 0)
    assert containment(older, signed) == 0.0


@pytest.mark.parametrize("text", ["", "one", "one two", "!!! ???", "\ud800 \ud800 \ud800 x"])
def test_odd_texts_are_signed(text: str) -> None:
    signed = sign(text)
    assert decode(encode(signed)) == signed


def test_writing_without_spaces_is_compared_by_character() -> None:
    one = "两架俄罗斯军用飞机星期六降落在加拉加斯"
    assert containment(sign(one), sign(f"据路透社报道{one}机上约有一百名士兵")) > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1:2",
        "1:2:AAAA:x",
        "x:2:",
        "2:0:",
        "1:3:AAAA",
        "1:1:AA",
        "1:1:!!!!!!!!",
        "1:2:AQAAAAAAAQAAAAAA",
        "1:2:AgAAAAAAAQAAAAAA",
        "1:1:AQAAAAAAAgAAAAAA",
        "1:99999999999:",
        "1:٣:AQAAAAAA",
        "1:1000:////////",
    ],
)
def test_what_encode_did_not_write_is_refused(text: str) -> None:
    """A damaged fingerprint in a seed's front matter is named, not guessed at."""
    with pytest.raises(DocumentError, match="fingerprint"):
        decode(text)
