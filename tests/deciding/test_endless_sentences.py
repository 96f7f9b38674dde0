"""A sentence without an end, full of figures, holds nobody up: only its beginning is held against others."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from benchmarks.stories import MemoryStore
from news.decision import Label
from news.disputes.judging.lines import account_of
from news.disputes.judging.proposing import propose
from news.model import Article
from news.novelty import decide
from news.reading import read
from news.stories.case import open_case
from news.words import measures
from news.words.facts import figures_of

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
OPENING = (
    "A fire broke out in a storage tank of the refinery of Amuay on Sunday, 15 March 2026, and nine workers died. "
)
MOST = 2_000


def piece(outlet: str, figures: str) -> Article:
    return Article("", f"https://{outlet}.example/", outlet, "Fire at Amuay refinery", OPENING + figures, NOW)


def test_only_the_beginning_of_a_sentence_is_held_against_others() -> None:
    """Neither the sentences of the article nor those of stored articles are longer than what is read of them."""
    here, there = (read(piece("herald", text * 300)) for text in ("Bombs killed 3 people, ", "Bombs killed 5 people, "))
    store = MemoryStore()
    first = piece("post", "Bombs killed 5 people, " * 300)
    store.add(first, there, decide(first, there, store.find_candidates(first, there), now=NOW))
    article = piece("herald", "Bombs killed 3 people, " * 300)
    case = open_case(article, here, store.find_candidates(article, here), now=NOW, old_event_days=30)
    assert max(len(one.report.quote) for one in store.reports) > MOST
    assert max(len(one.report.quote) for one in case.candidates.reports) == MOST
    assert max(len(one.quote) for one in case.reading.reports) == MOST
    assert max(len(one.text) for one in case.reading.sentences) == MOST
    assert all(one.end - one.start == len(one.text) for one in case.reading.sentences)
    assert [one.index for one in case.reading.sentences] == [one.index for one in here.sentences]


def test_a_list_of_figures_is_cut() -> None:
    """Each figure of a report is held against each of another: a hundred of each would be ten thousand pairs."""
    (report, *_) = read(piece("herald", "")).reports
    (quantity, *_) = read(piece("herald", "")).quantities
    long = replace(report, quantities=tuple(replace(quantity, value=float(n)) for n in range(100)))
    assert len(figures_of(long)) <= 48
    assert figures_of(long)[:3] == long.quantities[:3]


def test_every_report_is_placed() -> None:
    """What is cut for comparing is still placed: one assignment for each report of the reading."""
    article = piece("herald", "Bombs killed 3 people, " * 300)
    reading = read(article)
    decision = decide(article, reading, MemoryStore().find_candidates(article, reading), now=NOW)
    assert decision.label is Label.NEW
    assert len(decision.assignments) == len(reading.reports)


def test_a_table_of_figures_proposes_no_more_than_an_account_does() -> None:
    def table(start: int) -> str:
        lines = range(start, start + 12_000, 1_000)
        return "\n".join("Results of Amuay: " + ", ".join(str(at + 7 * n) for n in range(120)) + "." for at in lines)

    here, there = (account_of(piece(f"post{start}", table(start))) for start in (100, 101))
    assert sum(len(line.figures) for line in here.lines) <= 8 * len(here.lines)
    assert len(list(propose(here, there))) < 10_000


def test_tables_of_numbers_are_not_held_number_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five thousand bare numbers against nine thousand others: some hundreds of each are compared, whoever asks."""
    n_compared = 0
    agree = measures._agree

    def count(one: measures.Measure, other: measures.Measure) -> bool:
        nonlocal n_compared
        n_compared += 1
        return agree(one, other)

    monkeypatch.setattr(measures, "_agree", count)
    first = piece("post", " ".join(str(2 + 7 * n % 9_967) for n in range(9_000)))
    article = piece("herald", " ".join(str(3 + 11 * n % 9_973) for n in range(5_000)))
    store = MemoryStore()
    held, reading = read(first), read(article)
    store.add(first, held, decide(first, held, store.find_candidates(first, held), now=NOW))
    decide(article, reading, store.find_candidates(article, reading), now=NOW)
    assert 0 < n_compared < 600_000
