"""Whether a slot of an event that seems to have moved has: a number that follows from others has not, nor a mere wish.

Owns the two tests. What compares slots sees two values of one slot and calls the later one a development; "nine votes
behind" is no other count than 31 to 22, and who "wants to buy" has not bought. Must never find what is new.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from news.deciding.counts import is_count_held
from news.deciding.givens import is_act_held, list_done
from news.deciding.telling import is_worked_out
from news.decision import FactKind, NewFact
from news.model import Modality
from news.reports.givens import orders, split_given
from news.reports.tolls import is_of_others
from news.stories.case import Case
from news.stories.holdings import Holdings
from news.words.meanings import GLOSSED
from news.words.measures import Measure, is_held, measures_in

__all__ = ["without_seeming_moves"]


def without_seeming_moves(facts: Iterable[NewFact], case: Case, held: Holdings) -> tuple[NewFact, ...]:
    """Return the facts, in order; those that only seem to move a slot have nothing before them."""
    return tuple(replace(one, before=None) if _is_seeming(one, case, held) else one for one in facts)


def _is_seeming(fact: NewFact, case: Case, held: Holdings) -> bool:
    if fact.before is None:
        return False
    if fact.kind is FactKind.FIGURE:
        others = is_of_others(fact.after.value, fact.after.quote, case.reading.language or "en")
        return others or _is_worked_out(fact, case, held)
    is_done = fact.kind is FactKind.STATUS and fact.after.value == Modality.HAPPENED.value
    language = case.reading.language or "en"
    is_read = language == "en" or language in GLOSSED
    return is_done and is_read and not _tells_of_act(fact.after.quote, held, language)


def _is_worked_out(fact: NewFact, case: Case, held: Holdings) -> bool:
    """Return whether all numbers of a value follow from those of the story, where the sentence has them."""
    quote, language = fact.after.quote, case.reading.language or "en"
    values = {one.value for one in measures_in(fact.after.value, language)}
    own = [one for one in measures_in(quote, language) if one.value in values]
    return bool(own) and all(
        is_worked_out(one, quote, held, case) or _is_held_unit(one, held) or is_count_held(one, quote, held, language)
        for one in own
    )


def _is_held_unit(measure: Measure, held: Holdings) -> bool:
    """Return whether a story has this very number of a unit, for whatever else: "31.50 dollars"."""
    return bool(measure.kind) and is_held(measure, [one for one in held.measures if one.kind == measure.kind])


def _tells_of_act(quote: str, held: Holdings, language: str) -> bool:
    """Return whether the main clause tells as done an act that the story does not; an order for one is none."""
    done = list_done(split_given(quote, language).told, language)
    return any(one.base not in orders(language) and not is_act_held(one, held, language) for one in done)
