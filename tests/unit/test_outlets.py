"""The table of outlets: complete, unambiguous, and extensible."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.jobs.settings import ConfiguredOutlet
from news.errors import DocumentError
from news.reports.origins import count_independent, outlet_origin
from news.reports.outlets import KINDS, build_outlets, outlet_of, shipped_outlets, use_outlets


def test_every_row_says_where_its_facts_are_from() -> None:
    """An editor must be able to check each row."""
    rows = shipped_outlets().rows
    assert len(rows) >= 150
    assert all(row.source and row.owner and row.domains and len(row.country) == 2 for row in rows)
    assert {row.kind for row in rows} <= KINDS


def test_no_name_and_no_domain_stands_for_two_outlets() -> None:
    rows = shipped_outlets().rows
    names = Counter(name for row in rows for name in {row.name, *row.aliases})
    domains = Counter(domain for row in rows for domain in row.domains)
    assert [name for name, n in [*names.items(), *domains.items()] if n > 1] == []


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        ("Reuters", "reuters"),
        ("reuters.com", "reuters"),
        ("https://www.reuters.com/world/x", "reuters"),
        ("BBC Mundo", "bbc"),
        ("https://www.bbc.co.uk/mundo/1", "bbc"),
        ("news.bbc.co.uk", "bbc"),
        ("el pais", "prisa"),
        ("ТАСС", "tass"),
        ("RIA Novosti", "rossiya-segodnya"),
        ("mundo.sputniknews.com", "rossiya-segodnya"),
        ("The Wall Street Journal", "news-corp"),
        ("New York Post", "news-corp"),
    ],
)
def test_finds_by_name_domain_and_address(asked: str, key: str) -> None:
    found = outlet_of(asked)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("asked", ["", "the village gazette", "ap", "rt", "example.org", "com", "notreuters.com"])
def test_knows_nothing_of_others(asked: str) -> None:
    """A short name in another case is an ordinary word, and a domain's tail must be a whole one."""
    assert outlet_of(asked) is None


def test_a_user_can_add_an_outlet() -> None:
    """Two papers of one owner are one origin as soon as somebody says so, and the shipped ones stay."""
    papers = [ConfiguredOutlet(name, (f"{name.lower()}.example",), key="harbour-media") for name in ("Post", "Star")]
    before = count_independent([outlet_origin("Post"), outlet_origin("Star")])
    try:
        use_outlets(paper.as_row() for paper in papers)
        after = count_independent([outlet_origin("Post"), outlet_origin("", "https://www.star.example/1")])
        assert outlet_origin("BBC News").key == "outlet:bbc"
    finally:
        use_outlets(())
    assert (before, after) == (2, 1)
    assert outlet_of("star.example") is None


@pytest.mark.parametrize("change", [{"kind": "trustworthy"}, {"owner": None, "drop": "owner"}])
def test_a_bad_row_is_named(change: dict[str, str]) -> None:
    row = {
        "name": "The Harbour Post", "key": "harbour", "domains": ["harbour.example"], "owner": "its readers",
        "country": "NZ", "kind": "newspaper", "source": "its own page",
    } | change  # fmt: skip
    if "drop" in change:
        del row[change["drop"]]
    with pytest.raises(DocumentError, match="The Harbour Post"):
        build_outlets([row])


@given(st.text(max_size=300))
def test_any_text_may_be_asked_for(text: str) -> None:
    outlet_of(text)
