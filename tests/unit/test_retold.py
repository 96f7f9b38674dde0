"""A brief retelling that names nothing of its own is put to its story, and news of another event is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.stories import MemoryStore
from news.deciding.choosing import rank_candidates
from news.deciding.retold import find_retold
from news.model import Article, Precision
from news.novelty import decide
from news.reading import read
from news.stories.case import open_case
from news.words.things import things_in

STORED = (
    "Ferry engine room burns off Split",
    (
        "Fire broke out off Croatia on Monday at 06:20 in the engine room of a ferry with 214 passengers there, "
        "the harbour master said. Tugs towed it back to port. Two sailors were treated for smoke. The blaze was "
        "out within three hours."
    ),
)
RETOLD = (
    "Scare at sea",
    (
        "More than two hundred travellers had a bad start to the week in Croatia when flames broke out below deck of "
        "their boat. It was pulled back to harbour; a pair of seamen had breathed in smoke. It took three hours to put "
        "the blaze out."
    ),
)
ELSEWHERE = (
    "Scare at sea",
    (
        "More than two hundred travellers had a bad start to the week in Croatia when flames broke out below deck of "
        "the Lastovka. It was pulled back to Zadar; a pair of seamen had breathed in smoke. It took three hours to put "
        "the blaze out."
    ),
)


def _article(told: tuple[str, str], outlet: str, day: int) -> Article:
    title, text = told
    at = datetime(2025, 3, day, 12, tzinfo=UTC)
    return Article("", "", outlet, title, text, published_at=at, published_precision=Precision.DAY)


def _is_retold(told: tuple[str, str], day: int) -> bool:
    store = MemoryStore()
    first = _article(STORED, "Adriatic Wire", 10)
    reading = read(first)
    now = datetime(2025, 3, day, tzinfo=UTC)
    store.add(first, reading, decide(first, reading, store.find_candidates(first, reading), now=now))
    article = _article(told, "Danube Evening", day)
    reading = read(article)
    case = open_case(article, reading, store.find_candidates(article, reading), now=now, old_event_days=30)
    return find_retold(case, rank_candidates(case)) is not None


def test_names_nothing_of_its_own() -> None:
    """What shares no wording with its story is found by having no name that the story lacks."""
    assert _is_retold(RETOLD, 10)


def test_a_name_of_its_own_is_another_event() -> None:
    assert not _is_retold(ELSEWHERE, 10)


def test_much_later_is_another_event() -> None:
    assert not _is_retold(RETOLD, 28)


@pytest.mark.parametrize(
    ("one", "other"),
    [("the chauffeur", "the driver"), ("a lender", "the bank"), ("monetary authority", "the central bank")],
)
def test_things_in_other_words(one: str, other: str) -> None:
    ours = frozenset[str]().union(*things_in(one).values())
    theirs = frozenset[str]().union(*things_in(other).values())
    assert ours & theirs
