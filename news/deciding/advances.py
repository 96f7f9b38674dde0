"""What moves a story on though no slot of an event that it holds has moved: first harm, a plan that came true.

Owns the news that a brief report has whatever its words: the first dead, a toll above all that the story has, what was
announced for a day and then happened on it, and a strong act of headline and first sentence alike. Must never choose
the story or weigh sentences; ``news.deciding.telling`` does that.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from news.deciding.outcomes import find_outcomes
from news.deciding.reversals import find_reversal
from news.deciding.telling import Telling, is_worked_out
from news.decision import FactKind, NewFact, StoredReport
from news.matching.assignments import Placed
from news.model import Modality, Precision
from news.reports.tolls import Tolls, find_new_toll
from news.stories.case import Case
from news.stories.holdings import Holdings
from news.words.facts import is_said
from news.words.measures import is_held, measures_in
from news.words.turns import grave_turns, strong_turns, turns_in

__all__ = ["list_advances"]

_FRONT = 4
_LATER_DAYS = 2
_MISSING = frozenset({"missing"})


def list_advances(
    case: Case,
    placed: Sequence[Placed],
    tellings: Sequence[Telling],
    *,
    held: Holdings,
    tolls: Tolls,
    stored: Sequence[StoredReport],
) -> tuple[NewFact, ...]:
    """Return what moves the story on: tolls, plans that came true, strong acts of the opening, outcomes, answers.

    Args:
        placed: the main reports of the article with the events that they match.
        tellings: its sentences held against the story; empty where the two are in different languages.
        held: what the story holds.
        tolls: of the articles of the story.
        stored: the reports of the story.
    """
    return (
        *_of_tolls(case, tolls, held),
        *_of_plans(case, placed, stored),
        *_of_opening(case, tellings, held),
        *_of_outcomes(case, tellings, held),
        *_of_reversals(case, stored),
    )


def _of_reversals(case: Case, stored: Sequence[StoredReport]) -> tuple[NewFact, ...]:
    quote = find_reversal(case.reading.reports, stored, case.world.within)
    return (NewFact(FactKind.ACT, case.claim(quote, quote)),) if quote else ()


def _of_tolls(case: Case, tolls: Tolls, held: Holdings) -> tuple[NewFact, ...]:
    """Return the first sentence that tells of harm which the story has not, or of more of it.

    How many are missing may follow from how many were aboard, found and saved; that is nothing new.
    """
    language = case.reading.language or "en"
    reports = [one for one in case.reading.reports if not one.is_background and one.modality is Modality.HAPPENED]
    front = [one.quote for one in reports if one.sentence < _FRONT]
    quote = find_new_toll(front, language, tolls)
    if not quote or _is_remainder(quote, case, held):
        return ()
    return (NewFact(FactKind.ACT, case.claim(quote, quote)),)


def _is_remainder(quote: str, case: Case, held: Holdings) -> bool:
    language = case.reading.language or "en"
    harms = frozenset().union(*turns_in(quote, language).values()) & grave_turns()
    large = [one for one in measures_in(quote, language) if not is_held(one, held.measures)]
    return (
        not harms - held.turns - _MISSING
        and bool(large)
        and all(is_worked_out(one, quote, held, case) for one in large)
    )


def _of_plans(case: Case, placed: Sequence[Placed], stored: Sequence[StoredReport]) -> tuple[NewFact, ...]:
    """Return what was announced for a day and is now told to have happened on it, where nobody has told so yet."""
    return tuple(
        NewFact(FactKind.STATUS, case.claim(one.report.modality.value, one.report.quote))
        for one in placed
        if one.match is not None and _comes_true(case, one, one.match.stored, stored)
    )


def _comes_true(case: Case, one: Placed, plan: StoredReport, stored: Sequence[StoredReport]) -> bool:
    day = _day_of(one.report.when.first_on, one)
    if day is None or one.report.modality is not Modality.HAPPENED or plan.report.modality is not Modality.PLANNED:
        return False
    if not is_said(plan.report.when) or plan.report.when.first_on != day or plan.published_at is None:
        return False
    if not plan.published_at.date() < day <= case.issued_at.date():
        return False
    same = [other for other in stored if other.event_id == plan.event_id]
    return not any(other.published_at is not None and other.published_at.date() >= day for other in same)


def _day_of(first: date | None, one: Placed) -> date | None:
    when = one.report.when
    return first if when.precision is Precision.DAY and is_said(when) else None


def _of_opening(case: Case, tellings: Sequence[Telling], held: Holdings) -> tuple[NewFact, ...]:
    """Return the first sentence if it and the headline both name a strong act of a kind that the story lacks."""
    if not tellings:
        return ()
    quote, language = tellings[0].sentence.text, case.reading.language or "en"
    told = _new_kinds(quote, language, held) & _new_kinds(case.article.title, language, held)
    if not told & (strong_turns() | grave_turns()):
        return ()
    return (NewFact(FactKind.ACT, case.claim(quote, quote)),)


def _new_kinds(text: str, language: str, held: Holdings) -> set[str]:
    """Return the kinds of acts of a text that are new to the story, of words that name none that it has."""
    each = turns_in(text, language).values()
    return {one for classes in each if classes.isdisjoint(held.turns) for one in classes}


def _of_outcomes(case: Case, tellings: Sequence[Telling], held: Holdings) -> tuple[NewFact, ...]:
    """Return the first sentence if it tells, two days or more after all of the story, what became of its state."""
    if not tellings or held.last_on is None or (case.issued_at.date() - held.last_on).days < _LATER_DAYS:
        return ()
    quote = tellings[0].sentence.text
    if tellings[0].features["background"] or not find_outcomes(quote, held):
        return ()
    return (NewFact(FactKind.ACT, case.claim(quote, quote)),)
