"""The like of another country, by the same formula, is another event."""

from __future__ import annotations

import pytest

from benchmarks.novelty import article_of, open_store
from news.decision import Label
from news.novelty import decide
from news.reading import read

RATE = (
    "Kenya's central bank raised its main interest rate by 25 basis points to 9.25 percent on Thursday, as "
    "economists had expected. The board said that risks to inflation had grown and that it stood ready to act again."
)


def label_of(text: str, *, outlet: str) -> Label:
    """Return what an article is told as, where the store holds the rate of Kenya."""
    rows = [
        {"outlet": "Agency", "published": "2024-05-16T10:00:00Z", "title": "", "text": RATE},
        {"outlet": outlet, "published": "2024-05-16T14:00:00Z", "title": "", "text": text},
    ]
    stored, article = map(article_of, rows)
    reading = read(article)
    candidates = open_store([(stored, read(stored))]).find_candidates(article, reading)
    assert article.published_at is not None
    return decide(article, reading, candidates, now=article.published_at).label


@pytest.mark.parametrize("outlet", ["Agency", "Another Paper"])
def test_rate_of_a_neighbour(outlet: str) -> None:
    """Neither a correction of the first, nor a contradiction, nor a copy."""
    other = RATE.replace("Kenya's", "Uganda's").replace("9.25", "10.50")
    assert label_of(other, outlet=outlet) is Label.NEW


def test_rate_of_the_same() -> None:
    assert label_of(RATE, outlet="Another Paper") is Label.REPRINT
