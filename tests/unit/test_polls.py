"""Shares of votes: two stages of a count, two polls and two candidates contradict nothing."""

from __future__ import annotations

import pytest

from news.disputes.seeming.polls import are_two_counts


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (
            "He had 50.3 percent of the vote after 81 percent of ballots were counted, the office said.",
            "Ana Soto led the run-off with 52.1 percent of the vote after 30 percent of ballots were counted.",
        ),
        (
            "Ivo Marin has won the election with 50.6 percent of the vote, with all ballots counted.",
            "Ivo Marin has overtaken Ana Soto in the run-off, at 50.3 percent after 81 percent of votes were counted.",
        ),
        (
            "Ivo Marin is ahead of Ana Soto with 43 percent to 41 percent, a survey by Datos found.",
            "Ana Soto leads the race with 44 percent against 38 percent, a poll by Prisma showed.",
        ),
        (
            "Ivo Marin took 12 percent of the vote in the capital, the party said.",
            "Ana Soto took 44 percent of the vote in the capital, the electoral board said.",
        ),
    ],
)
def test_shares_of_two_counts(here: str, there: str) -> None:
    assert are_two_counts(here, there)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (
            "Ivo Marin won the election with 51 percent of the vote, his party said.",
            "Ivo Marin lost the election with 47 percent of the vote, the electoral office said.",
        ),
        (
            "Prices rose 12 percent in May, the bank said.",
            "Prices rose 9 percent in May, the statistics office said.",
        ),
    ],
)
def test_shares_of_one_count(here: str, there: str) -> None:
    """What two sides say of one candidate, or of no vote at all, is still held against each other."""
    assert not are_two_counts(here, there)
