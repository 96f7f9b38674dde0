"""Which figure a denial is about, where both sentences give one: the sum or the count that differs.

Owns the turning of a dispute over whether a thing happened into one over its figure. Must never find a
dispute, nor drop one. English only.
"""

from __future__ import annotations

from dataclasses import replace

from news.decision import Dispute, FactKind
from news.disputes.shares import is_comparable
from news.model import Modality, Quantity
from news.reports.quantities import find_quantities
from news.reports.wording import say_figure
from news.words.facts import Fit, compare_figures, is_same_slot
from news.words.units import DURATION, measure_of
from news.words.vocabulary import language_of

__all__ = ["with_own_values"]


def with_own_values(dispute: Dispute) -> Dispute:
    """Return a dispute over a denial as one over the figure in which its two sentences differ, if one does."""
    values = {dispute.here.value, dispute.there.value}
    if dispute.kind is not FactKind.STATUS or values != {Modality.DENIED.value, Modality.HAPPENED.value}:
        return dispute
    here, there = dispute.here, dispute.there
    if {language_of(here.quote), language_of(there.quote)} != {"en"}:
        return dispute
    found = _other_figure(here.quote, there.quote)
    if found is None:
        return dispute
    mine, yours = say_figure(found[0], here.quote), say_figure(found[1], there.quote)
    sides = replace(here, value=mine), replace(there, value=yours)
    return replace(dispute, kind=FactKind.FIGURE, here=sides[0], there=sides[1])


def _figures(quote: str) -> list[Quantity]:
    return [one for one in find_quantities(quote, "en") if measure_of(one.unit)[0] not in {DURATION, "ordinal"}]


def _other_figure(here: str, there: str) -> tuple[Quantity, Quantity] | None:
    """Return the one pair of figures of one slot that exclude each other; None for none or several."""
    found = [
        (ours, theirs)
        for ours in _figures(here)
        for theirs in _figures(there)
        if is_same_slot(ours, theirs, here_quote=here, there_quote=there)
        and compare_figures(ours, theirs) in {Fit.MORE, Fit.LESS}
        and is_comparable(ours, theirs, here, there)
    ]
    return found[0] if len(found) == 1 else None
