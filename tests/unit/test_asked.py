"""What a reader may ask about: OR, AND and brackets, and where it says that a mistake is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import QueryError
from news.names.entities import lookup
from news.queries.asked import EXAMPLE, parse_asked
from news.queries.topics import MAX_TOPIC


def ways(text: str) -> list[tuple[str, ...]]:
    topic = parse_asked(text, lookup)
    return [tuple(term.text for term in terms) for terms in (topic.terms, *topic.either)]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("peru", [("peru",)]),
        ("peru chile", [("peru", "chile")]),
        ("peru AND chile", [("peru", "chile")]),
        ("peru OR chile", [("peru",), ("chile",)]),
        ("peru (copper OR tin)", [("peru", "copper"), ("peru", "tin")]),
        ("(peru OR chile) (tin)", [("peru", "tin"), ("chile", "tin")]),
        ("peru OR (chile (copper OR peru))", [("peru",), ("chile", "copper"), ("chile", "peru")]),
        ("peru OR Peru", [("peru",), ("Peru",)]),
        ('"copper OR tin"', [("copper OR tin",)]),
        ("place:peru copper", [("peru", "copper")]),
        ("tu-160", [("tu-160",)]),
        ("24/7 news: what?", [("24/7", "news")]),
    ],
)  # fmt: skip
def test_a_topic_fits_in_each_of_these_ways(text: str, fits: list[tuple[str, ...]]) -> None:
    assert ways(text) == fits


@pytest.mark.parametrize(
    ("text", "at", "reason"),
    [
        ("", 0, "empty"),
        ("  ", 0, "empty"),
        ("peru OR", 7, "missing"),
        ("peru AND", 8, "missing"),
        ("OR peru", 0, "missing"),
        ("AND peru", 0, "nothing before"),
        ("peru OR OR chile", 8, "missing"),
        ("peru NOT", 5, "nothing to exclude"),
        ("peru ()", 6, "missing"),
        ("(peru", 0, "not closed"),
        ("peru)", 4, "closes nothing"),
        ('peru "tin', 5, "not closed"),
        ("peru (tin OR NOT zinc)", 13, "beside the whole"),
        ("NOT tin", 0, "of what not"),
        ("peru outlet:tass", 5, "for watches"),
        ("peru /tin/", 5, "for watches"),
        ("kind:move", 0, "--kind"),
        ("place:nowhereatall", 0, "no name"),
        ("*", 0, "for watches"),
        ("(a OR b OR c OR d) (e OR f OR g OR h)", 0, "parts"),
        ("x" * (MAX_TOPIC + 1), MAX_TOPIC, "longer"),
    ],
)
def test_a_mistake_is_refused_with_its_place_and_an_example(text: str, at: int, reason: str) -> None:
    """Nothing that is left hanging is silently taken for something else."""
    with pytest.raises(QueryError, match=reason) as caught:
        parse_asked(text, lookup)
    assert caught.value.position == at
    assert str(caught.value).count("such as") >= 1
    if reason != "not closed":  # the example closes what was left open
        assert str(caught.value).endswith(EXAMPLE)


@given(
    st.lists(st.sampled_from(["peru", "OR", "AND", "NOT", "(", ")", '"', "-", "tin", "place:", "/", "*"]), max_size=14)
)
def test_any_line_is_understood_or_refused_in_its_place(words: list[str]) -> None:
    """Whatever is typed, the answer is a topic with something in each of its ways, or a place within the line."""
    text, at = " ".join(words), None
    try:
        topic = parse_asked(text, lookup)
    except QueryError as error:
        at = error.position
        topic = None
    assert topic is None or all((topic.terms, *topic.either))
    assert topic is not None or (at is not None and 0 <= at <= len(text))
