"""Columns of brief items are cut where the country changes; other articles are no columns."""

from __future__ import annotations

import pytest

from news.model import Article
from news.reading import read
from news.reports.roundups import is_column, list_item_countries

COLUMN = (
    "TANZANIA: A ferry burned off Mafia Island and 14 people died.\n\nDivers searched the wreck.\n\n"
    "PERU: Police in Lima fired tear gas on Monday. Forty people were arrested.\n\n"
    "FIJI: A cyclone tore roofs off houses. Two people were hurt."
)
HEADED = "Chile\nMiners blocked a road.\n\nKenya\nA bus fell into a river near Garissa. The driver was arrested."
STORY = "Police in Lima, Peru, fired tear gas on Monday.\n\nChile and Bolivia sent observers.\n\nForty were arrested."


def items_of(title: str, text: str) -> list[tuple[str, ...]] | None:
    reading = read(Article("1", "", "Post", title, text))
    found = list_item_countries(title, reading.sentences, reading.mentions)
    return None if found is None else [found[sentence.index] for sentence in reading.sentences]


def test_each_sentence_is_of_the_country_of_its_item() -> None:
    """One that names none goes on with the item before."""
    tanzania, peru, fiji = ("place:tanzania",), ("place:peru",), ("place:fiji",)
    assert items_of("", COLUMN) == [tanzania, tanzania, peru, peru, fiji, fiji]
    assert items_of("World in brief", COLUMN) == items_of("", COLUMN)


def test_a_line_with_a_name_heads_an_item() -> None:
    found = items_of("News round-up", HEADED)
    assert found is not None
    assert found[-1] == ("place:kenya",)
    assert ("place:chile",) in found


def test_a_column_of_one_paragraph_is_cut_by_sentences() -> None:
    text = "A bridge fell in Nepal. Three are missing. In Chile, talks resume on Friday. Nobody was hurt."
    found = items_of("In brief: a bridge falls; talks resume", text)
    assert found == [("place:nepal",)] * 2 + [("place:chile",)] * 2


@pytest.mark.parametrize("title", ["Protests in Peru", "A brief history of Peru", "Peru police brief the press", ""])
def test_an_article_on_one_matter_is_no_column(title: str) -> None:
    assert items_of(title, STORY) is None


BRIEFS = (
    "The tram drivers of Genoa went back to work on Thursday.\n\nA court in Lima freed the banker Rosa Quispe on "
    "Thursday.\n\nTwo hikers were found alive on Mount Kazbek."
)


@pytest.mark.parametrize(
    ("title", "text", "found"),
    [
        ("Your Friday briefing", BRIEFS, True),
        ("Five things to know", BRIEFS, True),
        ("A quiet Friday", BRIEFS, False),
        ("A quiet Friday", "1. " + BRIEFS.replace("\n\n", "\n\n2. "), True),
        ("Your Friday briefing: the fall of Rosa Quispe", BRIEFS.replace("Two hikers", "Rosa Quispe and Anna"), False),
        ("Three dead in Genoa", f"{STORY * 9}\n\n1. " + BRIEFS.replace("\n\n", "\n\n2. "), False),
    ],
)
def test_a_column_is_of_many_matters(title: str, text: str, *, found: bool) -> None:
    """Its items share no name but that of a day, and are most of it; without marks its title has to say so."""
    assert is_column(title, text) is found
