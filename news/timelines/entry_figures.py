"""The figures of an event that many articles tell of: of each slot the most precise one that nobody disputes.

Owns that choice. Must not decide what is disputed: ``news.disputes.slots`` does, and a slot in dispute has no figure
here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from news.decision import Dispute, FactKind, StoredReport
from news.model import Modality, Quantity
from news.reports.wording import say_figure
from news.words.facts import Fit, compare_figures, is_same_slot
from news.words.vocabulary import language_of

_MOST_COMPARED = 12
"""Reports whose figures are looked at, the newest ones: a toll that rises is given as it stands."""

_Held = tuple[StoredReport, Quantity]
_UNTOLD = frozenset({"ordinal", "km", "m"})
_BARE = frozenset({"count", "usd", "eur", "gbp", "percent"})
"""Units of figures that need no "of": two planes, $6 billion, 18 percent."""


def choose_figures(
    reports: Sequence[StoredReport], modality: Modality, disputes: Sequence[Dispute] = ()
) -> tuple[Quantity, ...]:
    """Return the figures of an event, told by reports from old to new, in the order in which they were first given.

    "99 soldiers" goes before "around 100" and 20 before "at least 12", whoever told it first; of two figures that
    differ and are in no dispute the newer stands. Only reports as sure as the event itself count: what was planned does
    not say what came. Offsets are those of the report that gave the figure.
    """
    slots: list[list[_Held]] = []
    for stored in [each for each in reports if each.report.modality is modality][-_MOST_COMPARED:]:
        for quantity in stored.report.quantities:
            _slot_of(slots, stored, quantity).append((stored, quantity))
    quotes = {claim.quote for each in disputes if each.kind is FactKind.FIGURE for claim in (each.here, each.there)}
    chosen = (_most_precise(slot) for slot in slots if not _is_disputed(slot, quotes))
    return tuple(quantity for quantity in chosen if quantity is not None)


@dataclass(frozen=True, slots=True)
class ToldFigure:
    """A figure of an event as it is shown: in words, with the report that gives it."""

    words: str
    quantity: Quantity
    stored: StoredReport


def tell_figures(figures: Sequence[Quantity], reports: Sequence[StoredReport]) -> tuple[ToldFigure, ...]:
    """Return figures of ``choose_figures`` in words: ``around 100 troops``, ``35 tons of equipment``.

    Left out are ordinals ("a third plane" counts nothing), distances, which say where it was ("two kilometres off the
    shore"), and what the same number says in another language.
    """
    told: list[ToldFigure] = []
    for quantity in figures:
        stored = next((each for each in reports if quantity in each.report.quantities), None)
        if stored is None or quantity.unit in _UNTOLD or any(_is_same_number(quantity, stored, one) for one in told):
            continue
        told.append(ToldFigure(_say(quantity, stored.report.quote), quantity, stored))
    return tuple(told)


def _is_same_number(quantity: Quantity, stored: StoredReport, other: ToldFigure) -> bool:
    languages = language_of(stored.report.quote), language_of(other.stored.report.quote)
    same = (quantity.value, quantity.unit) == (other.quantity.value, other.quantity.unit)
    return same and (languages[0] != languages[1] or _say(quantity, stored.report.quote) == other.words)


def _say(quantity: Quantity, quote: str) -> str:
    text = " ".join(quantity.text.split())
    if language_of(quote) != "en":
        return text
    if quantity.unit in _BARE or not quantity.object or quantity.object.casefold() in text.casefold():
        return say_figure(quantity, quote)
    return f"{text} of {quantity.object}"


def is_outgrown(stored: StoredReport, figures: Sequence[Quantity], reports: Sequence[StoredReport]) -> bool:
    """Return whether a report has a figure in the place of which another now stands: the first toll of many.

    Args:
        figures: those of ``choose_figures`` for all ``reports``.
    """
    for figure in figures:
        holder = next((each for each in reports if figure in each.report.quantities), None)
        for own in stored.report.quantities if holder is not None and holder.id != stored.id else ():
            here, there = stored.report.quote, holder.report.quote if holder is not None else ""
            is_bound = bool(own.bound) and figure.value != own.value
            is_other = is_bound or compare_figures(figure, own) in {Fit.MORE, Fit.LESS}
            if is_other and is_same_slot(figure, own, here_quote=there, there_quote=here):
                return True
    return False


def _slot_of(slots: list[list[_Held]], stored: StoredReport, quantity: Quantity) -> list[_Held]:
    """Return the figures of the same thing, a new empty list if there are none."""
    for slot in slots:
        there, figure = slot[0]
        if there.id == stored.id:
            continue
        if is_same_slot(quantity, figure, here_quote=stored.report.quote, there_quote=there.report.quote):
            return slot
    slots.append([])
    return slots[-1]


def _is_disputed(slot: Sequence[_Held], quotes: set[str]) -> bool:
    """Return whether figures of the slot that differ come from sentences that are in dispute over a figure."""
    told = [quantity for stored, quantity in slot if stored.report.quote in quotes]
    return any(compare_figures(one, told[0]) in {Fit.MORE, Fit.LESS} for one in told[1:])


def _most_precise(slot: Sequence[_Held]) -> Quantity | None:
    best: Quantity | None = None
    for _, quantity in slot:
        if best is None or _goes_before(quantity, best):
            best = quantity
    return best


def _goes_before(newer: Quantity, older: Quantity) -> bool:
    fit = compare_figures(newer, older)
    return fit in {Fit.MORE, Fit.LESS, Fit.FINER} or _vagueness(newer) < _vagueness(older)


def _vagueness(quantity: Quantity) -> tuple[bool, bool, bool]:
    return bool(quantity.bound), quantity.upper is not None, quantity.approximate
