"""One vote told with other numbers in two openings: 31 to 27 against 30 to 28, three votes against a majority of 19.

Owns the comparing of tallies and margins of two openings. Must never judge whether the two are on one event:
``news.disputes.frames.values`` does.
"""

from __future__ import annotations

from collections.abc import Iterator

from news.disputes.frames.ties import Opening
from news.disputes.frames.times import are_two_phases
from news.disputes.tallies import (
    are_two_bodies,
    find_tally,
    have_other_numbers,
    is_of_contest,
    is_of_vote,
)
from news.reports.tellings import tell

__all__ = ["list_other_votes"]

_Pair = tuple[tuple[str, str], tuple[str, str]]


def list_other_votes(ours: Opening, theirs: Opening) -> Iterator[_Pair]:
    """Yield the numbers of one vote that exclude each other, ours first, each with its sentence."""
    yield from _other_tallies(ours, theirs)


def _tally_of(quote: str) -> str:
    return find_tally(tell(quote).core) if is_of_contest(quote) else ""


def _other_tallies(ours: Opening, theirs: Opening) -> Iterator[_Pair]:
    """Yield the tallies, each with its sentence, where each opening has one of one body's vote and they differ."""
    mine, yours = ([(_tally_of(q), q) for q in each.sentences[1:]] for each in (ours, theirs))
    mine, yours = ([one for one in each if one[0]] for each in (mine, yours))
    if len(mine) != 1 or len(yours) != 1 or not have_other_numbers(mine[0][0], yours[0][0]):
        return
    here, there = mine[0][1], yours[0][1]
    if is_of_vote(here) and is_of_vote(there) and not are_two_phases(here, there) and not are_two_bodies(here, there):
        yield mine[0], yours[0]
