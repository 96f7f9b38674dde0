"""What must hold for any text that a stranger may send."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from news.dates.clause_tenses import clauses_of
from news.documents.boilerplate import strip_boilerplate
from news.documents.parse import parse_document
from news.errors import DocumentError
from news.names.entities import find_mentions, lookup
from news.reports.quantities import find_quantities
from news.words.text import clean_text, content_terms, fold, split_sentences, stem_words, tokenize

WORDS = st.sampled_from(
    ["Moscow", "said", ".", ",", "\n", "\n\n", "“", "”", "(", ")", "1.", "20", "$", "5-6", "billion",
     "General", "Vasily", "Tu-160", "U.S.", "Jan.", "a.m.", "the", "of", "Ministry", "says", "Read more:",
     "© 2019", "Home", "»", "Maduro’s", "Путин", "тонн", "тыс.", "dos", "millones", "de", "dólares", "-",
     "–", "…", "!", "?", "2,500", "3.5", "U+", "\u202e", "\u0301", ""]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))
LANGUAGES = st.sampled_from(["en", "es", "ru", "", "xx"])


@given(TEXTS)
def test_cleaning_is_idempotent_and_leaves_nothing_invisible(raw: str) -> None:
    text = clean_text(raw)
    assert clean_text(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert not any(
        unicodedata.category(letter) in {"Cc", "Cf", "Cs"} and letter != "\n" for letter in text if ord(letter) < 0x600
    )
    assert "\n\n\n" not in text
    assert "  " not in text


@given(TEXTS)
def test_sentences_cover_the_text_in_order(raw: str) -> None:
    """No word of a text is lost between two sentences."""
    text = clean_text(raw)
    end = 0
    for number, sentence in enumerate(split_sentences(text)):
        assert sentence.index == number
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip() != ""
        assert text[end : sentence.start].strip() == ""
        end = sentence.end
    assert text[end:].strip() == ""


@given(TEXTS, LANGUAGES)
def test_words_and_stems_go_together(raw: str, language: str) -> None:
    text = clean_text(raw)
    assert len(stem_words(text, language)) == len(tokenize(text))
    assert all(count > 0 and term for term, count in content_terms(text, language).items())
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_stripping_only_leaves_lines_out(raw: str) -> None:
    """What remains of a page stood there, word for word and in order."""
    text = clean_text(raw)
    lines = iter(text.split("\n"))
    for line in strip_boilerplate(text).split("\n"):
        glued = line.replace(" — ", "")
        assert not line or any(other in {line, glued} or other.replace(" — ", "") == glued for other in lines)


@settings(deadline=None)
@given(TEXTS, LANGUAGES)
def test_mentions_are_ordered_pieces_of_the_text(raw: str, language: str) -> None:
    text = clean_text(raw)
    end = 0
    for mention in find_mentions(text, split_sentences(text), language):
        assert end <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        assert mention.entity.key.partition(":")[0] == mention.entity.kind.value
        end = mention.end


@given(TEXTS, LANGUAGES)
def test_figures_are_ordered_pieces_of_the_text(raw: str, language: str) -> None:
    text = clean_text(raw)
    end = 0
    for quantity in find_quantities(text, language):
        assert end <= quantity.start < quantity.end
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.upper is None or quantity.upper > quantity.value
        assert quantity.unit
        end = quantity.end


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_typed_name_has_an_answer(typed: str) -> None:
    assert all(entity.key for entity in lookup(typed))


@given(st.one_of(st.binary(max_size=400), TEXTS.map(str.encode)), st.sampled_from(["a.md", "a.txt", "a.html", "a"]))
def test_a_document_is_read_or_refused_with_its_name(data: bytes, name: str) -> None:
    try:
        article = parse_document(name, data, clean_html=lambda html: html)
    except DocumentError as error:
        reason = str(error)
    else:
        reason = ""
        assert article.text
        assert article.title
        assert clean_text(article.text) == article.text
    assert not reason or reason.startswith(name)


@given(st.text(max_size=300))
def test_clauses_follow_each_other_and_lie_within(text: str) -> None:
    clauses = clauses_of(text, "en")
    assert all(one.start <= one.end <= len(text) for one in clauses)
    assert all(one.start <= other.start for one, other in pairwise(clauses))
