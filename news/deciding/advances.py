"""What moves a story on though no slot of an event that it holds has moved: first harm, an answer in kind.

Owns the news that a brief report has whatever its words: the first dead, a toll above all that the story has, a strong
act of headline and first sentence alike, and an answer in kind. Must never choose the story or weigh sentences;
``news.deciding.telling`` does that.
"""

from __future__ import annotations

from collections.abc import Sequence

from news.deciding.reversals import find_reversal
from news.deciding.telling import Telling
from news.decision import FactKind, NewFact, StoredReport
from news.model import Modality
from news.reports.tolls import Tolls, find_new_toll, names_victims
from news.stories.case import Case
from news.stories.holdings import Holdings
from news.words.turns import grave_turns, strong_turns, turns_in

__all__ = ["list_advances"]

_FRONT = 4


def list_advances(
    case: Case,
    tellings: Sequence[Telling],
    *,
    held: Holdings,
    tolls: Tolls,
    stored: Sequence[StoredReport],
) -> tuple[NewFact, ...]:
    """Return what moves the story on: tolls, strong acts of the opening, answers.

    Args:
        tellings: its sentences held against the story; empty where the two are in different languages.
        held: what the story holds.
        tolls: of the articles of the story.
        stored: the reports of the story.
    """
    return (
        *_of_tolls(case, tolls),
        *_of_opening(case, tellings, held),
        *_of_reversals(case, stored),
    )


def _of_reversals(case: Case, stored: Sequence[StoredReport]) -> tuple[NewFact, ...]:
    quote = find_reversal(case.reading.reports, stored, case.world.within)
    return (NewFact(FactKind.ACT, case.claim(quote, quote)),) if quote else ()


def _of_tolls(case: Case, tolls: Tolls) -> tuple[NewFact, ...]:
    """Return the first sentence that tells of harm which the story has not, or of more of it."""
    language = case.reading.language or "en"
    told = {
        one.sentence: not one.is_background and one.modality is Modality.HAPPENED
        for one in reversed(case.reading.reports)
    }
    sentences = case.reading.sentences[:_FRONT]
    front = [one.text for one in sentences if told.get(one.index, names_victims(one.text))]
    quote = find_new_toll(front, language, tolls)
    return (NewFact(FactKind.ACT, case.claim(quote, quote)),) if quote else ()


def _of_opening(case: Case, tellings: Sequence[Telling], held: Holdings) -> tuple[NewFact, ...]:
    """Return the first sentence if it and the headline both name a strong act of a kind that the story lacks."""
    language = case.reading.language or "en"
    if not tellings or not held.is_told_in(language):
        return ()
    quote = tellings[0].sentence.text
    told = _new_kinds(quote, language, held) & _new_kinds(case.article.title, language, held)
    if not told & (strong_turns() | grave_turns()):
        return ()
    return (NewFact(FactKind.ACT, case.claim(quote, quote)),)


def _new_kinds(text: str, language: str, held: Holdings) -> set[str]:
    """Return the kinds of acts of a text that are new to the story, of words that name none that it has."""
    each = turns_in(text, language).values()
    return {one for classes in each if classes.isdisjoint(held.turns) for one in classes}
