"""One article read as a whole, and the plain data that scripts build on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.inspection import describe
from news.model import Article, EventKind, Modality
from news.reading import MAX_CHARACTERS, MAX_SENTENCES, read, with_headline

TEXT = (
    "TOKYO (Reuters) - Japan deployed two survey ships to the Philippines on Monday, carrying around 60 engineers.\n\n"
    "Japanese officials said the ships will arrive in Manila on Friday. A third ship left Yokohama on Tuesday.\n\n"
    "The Financial Times reported that Japan could send more. Last year, Japan sent a hospital ship."
)
ARTICLE = Article(
    "1", "https://fjord.example/1", "The Fjord Times", "Ships sail", TEXT, datetime(2024, 5, 15, tzinfo=UTC)
)


def test_an_article_is_read_as_an_editor_would() -> None:
    reading = read(ARTICLE)
    told = [(one.kind, one.modality, one.when.first_on, one.is_background) for one in reading.reports]
    assert told[:3] == [
        (EventKind.DEPLOY, Modality.HAPPENED, date(2024, 5, 13), False),
        (EventKind.MOVE, Modality.PLANNED, date(2024, 5, 17), False),
        (EventKind.MOVE, Modality.HAPPENED, date(2024, 5, 14), False),
    ]
    assert [one.is_background for one in reading.reports[3:]] == [True]
    assert reading.language == "en"


def test_credit_and_officials_are_the_origins_not_the_outlet() -> None:
    keys = [origin.key for origin in read(ARTICLE).origins]
    assert keys[0] == "outlet:reuters"
    assert "outlet:the-fjord-times" not in keys


def test_what_goes_on_with_somebodys_word_is_theirs() -> None:
    """The agency that passes on what officials said adds no word of its own."""
    opening, _, rest = TEXT.partition("\n\n")
    article = replace(ARTICLE, text=rest.partition("\n\n")[0] + "\n\n" + opening.partition(" - ")[2])
    assert [origin.key for origin in read(article).origins] == ["official:japan"]


def test_an_outlet_that_speaks_for_itself_is_its_own_origin() -> None:
    article = replace(ARTICLE, text="Police arrested nine men in the harbour on Monday.")
    assert [origin.key for origin in read(article).origins] == ["outlet:the-fjord-times"]


def test_offsets_are_into_the_given_text() -> None:
    """Scripts cut the text by these offsets."""
    reading = read(ARTICLE)
    found = [(one.start, one.end, one.text) for one in reading.dates]
    found += [(one.start, one.end, one.text) for one in reading.mentions]
    found += [(one.start, one.end, one.text) for one in reading.quantities]
    found += [(one.start, one.end, one.text) for one in reading.sentences]
    assert [TEXT[start:end] for start, end, _ in found] == [text for _, _, text in found]


def test_reading_is_repeatable() -> None:
    assert read(ARTICLE) == read(ARTICLE)


def test_inspection_is_the_contract() -> None:
    """The names of these fields are what others script against."""
    told = describe(ARTICLE, read(ARTICLE))
    assert set(told) == {"language", "dates", "entities", "events"}
    assert set(told["dates"][0]) == {"start", "end", "text", "type", "value", "from", "to", "precision"}
    assert set(told["entities"][0]) == {"start", "end", "text", "name", "kind"}
    event = told["events"][0]
    assert set(event) == {
        "sentence", "from", "to", "precision", "kind", "modality", "actors", "places", "quantities", "origin",
    }  # fmt: skip
    assert set(event["quantities"][0]) == {"value", "unit", "object", "approximate"}
    assert (event["from"], event["to"], event["precision"]) == ("2024-05-13", "2024-05-13", "day")
    assert event["origin"] == "Reuters"
    assert "Japan" in event["actors"]
    assert json.loads(json.dumps(told)) == told


def test_without_date_of_publication_nothing_is_dated_relatively() -> None:
    reading = read(replace(ARTICLE, published_at=None))
    assert all(report.when.first_on is None for report in reading.reports)


@pytest.mark.parametrize("piece", ["Police arrested nine men. ", "“", "(((", "и "])
def test_a_text_of_any_length_is_read_up_to_the_cap(piece: str) -> None:
    """A feed cannot stall the bot with one huge article."""
    reading = read(replace(ARTICLE, text=piece * (120_000 // len(piece))))
    assert len(reading.sentences) <= MAX_SENTENCES
    assert all(sentence.end <= MAX_CHARACTERS for sentence in reading.sentences)


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=600), st.sampled_from(["", "en", "es", "ru", "zh", "xx"]))
def test_any_text_is_read(text: str, language: str) -> None:
    """Texts come from strangers: reading never fails."""
    article = replace(ARTICLE, text=text, title=text[:50], author=text[:50], language=language)
    reading = read(article)
    json.dumps(describe(article, reading))


def test_headline_is_read_where_the_text_is_only_a_teaser() -> None:
    """A feed that gives titles alone still tells its news."""
    bare = with_headline(Article("", "", "Example Post", "Peru declares state of emergency after quake", ""))
    assert bare.text == bare.title
    assert with_headline(bare) == bare
    text = "The government of Peru declared a state of emergency. " * 5
    long = Article("", "", "Example Post", "Peru declares emergency", text)
    assert with_headline(long) is long
