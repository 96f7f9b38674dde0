"""What watches listen to: the grammar, what it takes, and where it says that a mistake is."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.decision import Label, StoredArticle
from news.errors import QueryError
from news.model import Article
from news.names.entities import lookup
from news.queries.expression_grammar import MAX_EXPRESSION, parse_expression
from news.queries.expressions import Content, Every, find_match, list_topics
from news.reading import read

ARTICLE = Article(
    "1",
    "https://www.example.org/a",
    "Harbour Post",
    "Norway sanctions oil trader",
    "OSLO (Reuters) - Norway imposed sanctions on an oil trader on Tuesday, Foreign Minister Kari Lund said. The firm, "
    "Brent Basin Ltd, had shipped 400 tonnes of crude to Caracas.",
)
CONTENT = Content.of_reading(ARTICLE, read(ARTICLE))


def matches(text: str, content: Content = CONTENT) -> tuple[str, ...] | None:
    return find_match(parse_expression(text, lookup), content)


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("*", ()),
        ("norway", ("norway",)),
        ("norway oil", ("norway", "oil")),
        ("norway AND oil", ("norway", "oil")),
        ("norway gas", None),
        ("gas OR oil", ("oil",)),
        ("norway (gas OR oil)", ("norway", "oil")),
        ("norway (gas OR coal)", None),
        ('"oil traders"', ("oil traders",)),
        ("norway NOT oil", None),
        ("norway -gas", ("norway",)),
        ("NOT gas", ()),
        ("NOT gas oil", ("oil",)),
        ("NOT (gas OR oil)", None),
        ("place:venezuela", ("place:venezuela",)),
        ("place:peru", None),
        ("person:venezuela", None),
        ('person:"kari lund"', ("person:kari lund",)),
        ('outlet:"harbour post"', ("outlet:harbour post",)),
        ("outlet:example.org", ("outlet:example.org",)),
        ("outlet:tass", None),
        ("lang:EN", ("lang:EN",)),
        ("lang:es", None),
        ("kind:sanction", ("kind:sanction",)),
        ("kind:protest", None),
        (r"/\b\d+ tonn?es\b/", (r"/\b\d+ tonn?es\b/",)),
        ("/NORWAY sanctions/", ("/NORWAY sanctions/",)),
        ("/^gas/", None),
        ("norway kind:sanction -outlet:tass (/crude/ OR gas)", ("norway", "kind:sanction", "/crude/")),
    ],
)
def test_what_an_expression_takes(text: str, matched: tuple[str, ...] | None) -> None:
    assert matches(text) == matched


def test_a_stored_article_is_taken_as_it_was_when_it_came() -> None:
    reading = read(ARTICLE)
    counts = dict(Counter(mention.entity.key for mention in reading.mentions))
    stored = StoredArticle(1, ARTICLE, 1, Label.NEW, datetime(2026, 3, 1, tzinfo=UTC), reading.language, counts)
    for text in ("venezuela", "norway -gas", "place:venezuela", "kind:sanction", "lang:es", "/tonnes/", "outlet:tass"):
        assert matches(text, Content.of_stored(stored)) == matches(text)


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("", 0, "empty"),
        ("oil OR", 6, "missing"),
        ("OR oil", 0, "missing"),
        ("oil AND AND gas", 8, "nothing before"),
        ("oil (gas", 4, r"not closed; such as: venezuela \(oil OR gas\)"),
        ("oil (gas OR", 4, "not closed"),
        ("oil (gas AND (coal OR wood)", 4, "not closed"),
        ("((oil OR gas) coal NOT", 0, "not closed"),
        ("oil (gas (coal OR", 9, "not closed"),
        ('oil (gas OR "cargo flight', 12, 'not closed; such as: venezuela "cargo flight"'),
        ("oil “cargo flight", 4, "“cargo flight”"),
        ('outlet:"harbour post', 7, "the quote opened here is not closed"),
        ("oil) gas", 3, "closes nothing"),
        ("oil ()", 5, "missing"),
        ("oil NOT", 4, "nothing to exclude"),
        ('oil "gas', 4, "not closed"),
        ("oil town:oslo", 4, "no filter"),
        ("oil kind:war", 4, "no kind"),
        ("lang:english", 0, "two letters"),
        ("oil /(/", 4, "cannot be understood"),
        ("oil /gas", 4, "not closed"),
        ("oil //", 4, "empty"),
        ("oil /a{5000}/", 4, "repeats"),
        ("oil " * 200, MAX_EXPRESSION, "longer"),
        ("(" * 12 + "gas" + ")" * 12, 11, "brackets"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_an_example(text: str, position: int, reason: str) -> None:
    with pytest.raises(QueryError, match=reason) as caught:
        parse_expression(text, lookup)
    assert caught.value.position == position
    assert "such as" in str(caught.value)


def test_words_that_look_like_operators_are_words_in_small_letters() -> None:
    topics = [topic.text for topic in list_topics(parse_expression("trial and error", lookup))]
    assert topics == ["trial and error"]


@pytest.mark.parametrize("source", ["(a+)+$", "(a|a)*b", "(.*)*x", "(a|aa)+$", "([a-z]+)*[0-9]", "((((a*)*)*)*)*b"])
def test_a_pattern_never_takes_longer_than_its_limit(source: str) -> None:
    """Somebody's pattern must not stop the news of everybody; a pattern that runs out of time takes nothing."""
    article = replace(ARTICLE, text="a" * 40_000 + "!")
    content = Content.of_reading(article, read(replace(article, text="a")))
    began = time.process_time()
    matches(f"/{source}/", content)
    assert time.process_time() - began < 1.0  # the limit is 0.1 s by the clock, and work of this process is less


@given(st.text(st.sampled_from('ab "()/-:*{}9ANDORT\\?+|[]^$\u201c\u201d'), max_size=60) | st.text(max_size=80))
def test_any_text_is_understood_or_refused(text: str) -> None:
    with suppress(QueryError):
        found = find_match(parse_expression(text, lookup), CONTENT)
        assert found is None or isinstance(found, tuple)


def test_everything_is_everything() -> None:
    assert parse_expression(" * ", lookup) == Every()
