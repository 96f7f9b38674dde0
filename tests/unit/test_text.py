from __future__ import annotations

import pytest

from news.tables import load_lines, load_toml
from news.words.text import clean_text, content_terms, fold, split_sentences, stem_letters, stem_words, tokenize


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(text)]


def test_cleaning_folds_spaces_and_keeps_lines_and_paragraphs() -> None:
    raw = "  One\u00a0 two\tthree \r\nfour\r\n\r\n\r\n\u2003five\u200b \n"
    assert clean_text(raw) == "One two three\nfour\n\nfive"


@pytest.mark.parametrize(
    "code", [0x0, 0x7, 0x1B, 0x7F, 0x9B, 0xAD, 0x200B, 0x200E, 0x202E, 0x2066, 0xFEFF, 0xE0041, 0xD800]
)
def test_no_invisible_or_steering_character_survives(code: int) -> None:
    """Feed text can neither move a cursor nor turn a line around."""
    assert clean_text(f"a{chr(code)}b") == "ab"


def test_letters_are_composed_and_floods_of_marks_are_cut() -> None:
    assert clean_text("Guaido\u0301") == "Guaidó"
    assert len(clean_text("a" + "\u0301\u0323" * 5_000)) < 10


def test_long_texts_are_cut_at_a_space() -> None:
    assert clean_text("word " * 100, limit=52) == ("word " * 10).strip()
    assert clean_text("x" * 100, limit=30) == "x" * 30


@pytest.mark.parametrize("letter", ["x", "ñ", "щ", "9"])
def test_of_a_word_without_end_only_the_beginning_is_kept(letter: str) -> None:
    """A file between the words of a page is nothing to quote, and the rest of the page is still read."""
    start = f"The fire {letter * 50}"
    cleaned = clean_text(f"The fire {letter * 2_000_000} killed 3 people.")
    assert cleaned.startswith(start)
    assert cleaned.endswith("… killed 3 people.")
    assert len(cleaned) < 150
    assert clean_text(cleaned) == cleaned
    hidden = clean_text("\u200b".join([letter * 2_000] * 3))
    assert clean_text(hidden) == hidden


def test_long_addresses_and_writing_without_spaces_stay_whole() -> None:
    address = f"https://gazette.example/{'a' * 1_900}"
    assert clean_text(f"See {address} there") == f"See {address} there"
    assert clean_text("消防队说三人死亡。" * 500) == "消防队说三人死亡。" * 500
    assert clean_text("a" * 5_000, is_name=True) == "a" * 5_000


def test_abbreviations_initials_and_decimals_do_not_end_sentences() -> None:
    text = (
        "The U.S. Navy sent Gen. A. B. Carter on Jan. 3. He paid $3.5 million to No. 7. The talks in the U.S. The deal "
        "was signed at 5 p.m. Monday. They left at 6 a.m. Nobody knew."
    )
    assert sentences(text) == [
        "The U.S. Navy sent Gen. A. B. Carter on Jan. 3.",
        "He paid $3.5 million to No. 7.",
        "The talks in the U.S.",
        "The deal was signed at 5 p.m. Monday.",
        "They left at 6 a.m.",
        "Nobody knew.",
    ]


def test_quotes_and_brackets_close_with_their_sentence() -> None:
    text = "“We are ready.” He left. (Nobody saw him.) “Is it so?” That was all… Then silence."
    assert sentences(text) == [
        "“We are ready.”", "He left.", "(Nobody saw him.)", "“Is it so?”", "That was all…", "Then silence.",
    ]  # fmt: skip


def test_spanish_and_russian_sentences() -> None:
    assert sentences("¿Qué pasó? El Sr. Díaz viajó a EE. UU. el lunes. ¡Increíble! Véase la pág. 5.") == [
        "¿Qué pasó?", "El Sr. Díaz viajó a EE. UU. el lunes.", "¡Increíble!", "Véase la pág. 5.",
    ]  # fmt: skip
    assert sentences("А. П. Иванов приехал в г. Тверь. Там 5 тыс. человек, т.е. мало. Он ушел.") == [
        "А. П. Иванов приехал в г. Тверь.", "Там 5 тыс. человек, т.е. мало.", "Он ушел.",
    ]  # fmt: skip


def test_a_line_is_a_sentence_and_a_blank_line_a_paragraph() -> None:
    found = split_sentences("Rates unchanged\nDecision on Thursday\n\n- first point\n- second point")
    assert [(one.text, one.paragraph) for one in found] == [
        ("Rates unchanged", 0), ("Decision on Thursday", 0), ("- first point", 1), ("- second point", 1),
    ]  # fmt: skip


def test_slips_of_the_typist_still_end_sentences() -> None:
    text = (
        "They face broad sanctions.A new treaty helps them. this was seen last week with the equipment. "
        "See example.com now."
    )
    assert sentences(text) == [
        "They face broad sanctions.",
        "A new treaty helps them.",
        "this was seen last week with the equipment.",
        "See example.com now.",
    ]


def test_words_are_folded_and_possessives_go() -> None:
    assert tokenize("Russia’s Tu-160s don't cost 2,500 U.S. dollars") == [
        "russia", "tu", "160s", "don't", "cost", "2,500", "us", "dollars",
    ]  # fmt: skip
    assert fold("Guaidó – ЁЛКА “Øre”") == 'guaido - елка "ore"'


def test_stems_agree_over_forms_and_scripts() -> None:
    assert stem_words("landing landed lands") == ("land", "land", "land")
    assert stem_words("Венесуэлы") == stem_words("Венесуэла", "ru")
    assert stem_words("soldados", "es") == stem_words("soldado", "es")
    assert stem_words("word", "xx") == ("word",)


def test_content_terms_count_without_stop_words() -> None:
    assert content_terms("The planes and the plane were in a hangar") == {"plane": 2, "hangar": 1}
    assert content_terms("Los aviones y el avión", "es") == {"avion": 2}
    assert "и" not in content_terms("Самолет и самолеты", "ru")


def test_tables_are_named_not_addressed() -> None:
    assert load_toml("stopwords.toml") is load_toml("stopwords.toml")
    assert all(line and not line.startswith("#") for line in load_lines("names_given.txt"))
    for name in ("../model.py", "/etc/passwd", ".hidden"):
        with pytest.raises(ValueError, match="bare name"):
            load_toml(name)


@pytest.mark.parametrize("language", ["en", "es", "ru", ""])
def test_the_stem_of_letters_is_that_of_the_word(language: str) -> None:
    for word in ("landed", "aviones", "самолётами", "strasse", "canción", "a"):
        assert (stem_letters(word, language),) == stem_words(word, language)
