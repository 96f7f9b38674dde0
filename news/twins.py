"""Two tellings that are one but for a single value: the town, the day, the number, or who did it.

Owns the finding of that value. Must never say whether the two tell of one event by other evidence than their own words,
and gives no value where more than one slot differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from news.dates import find_dates
from news.decision import FactKind, StoredReport
from news.disputes import Teller, is_contested_figure, say_days, say_figure
from news.entities import get_entity
from news.explicit import Difference
from news.facts import Fit, Within, compare_figures, figures_of, is_development, is_same_slot
from news.model import Precision, Quantity, Report, TimeSpan
from news.shares import is_comparable
from news.tellings import Name, Telling, is_passive, listed

_LIKE, _ALIKE = 0.5, 0.6
_PLACES = frozenset({"where", "to", "from", "through"})
_FINE = frozenset({Precision.DAY, Precision.MONTH})


def find_difference(
    ours: Telling, theirs: Telling, report: Report, stored: StoredReport, teller: Teller, *, share: float
) -> Difference | None:
    """Return the one value in which two like tellings differ, or None: none does, or more than one, or all is too unlike.

    Args:
        share: what the tellings have in common, 0 to 1.
    """
    if share < _LIKE:
        return None
    names = list(_name_differences(ours, theirs, teller.within, share=share))
    days = _day_difference(ours, theirs, teller, stored)
    figure = _figure_difference(report, stored, teller)
    found = [*names[:1], *([days] if days else []), *([figure] if figure else [])]
    if len(found) != 1 or len({one.kind for one in names}) > 1:
        return None
    return found[0]


def _slot(name: Name, *, passive: bool) -> str:
    if name.part == "by" or (name.part == "lead" and not passive):
        return "agent"
    if name.part in {"lead", "rest"}:
        return "patient"
    return name.part


def _is_same(one: Name, other: Name, within: Within) -> bool:
    if one.key == other.key or set(one.words) & set(other.words):
        return True
    return one.key in _within(other.key, within) or other.key in _within(one.key, within)


def _within(key: str, within: Within) -> tuple[str, ...]:
    if key in within:
        return within[key]
    entity = get_entity(key)
    return entity.within if entity is not None else ()


def _left(ours: Telling, theirs: Telling, within: Within) -> list[Name]:
    """Return the names of one telling that the other has nothing of."""
    words = set(theirs.lows)
    return [
        name
        for name in ours.names
        if not any(_is_same(name, other, within) for other in theirs.names) and not words.issuperset(name.words)
    ]


def _name_differences(ours: Telling, theirs: Telling, within: Within, *, share: float) -> Sequence[Difference]:
    here, there = _left(ours, theirs, within), _left(theirs, ours, within)
    passive = is_passive(ours), is_passive(theirs)
    found: list[Difference] = []
    for one in here:
        for other in there:
            slot = _slot(one, passive=passive[0])
            if slot != _slot(other, passive=passive[1]) or slot in {"of", "other"}:
                continue
            if _is_rival(one, other, slot, ours, theirs, share=share):
                kind = FactKind.PLACE if slot in _PLACES or (one.head and one.head == other.head and _is_site(one)) else FactKind.ACTOR
                found.append(Difference(kind, one.text, other.text))
    return found


def _is_site(name: Name) -> bool:
    return name.head in listed("sites", "stems")


def _is_rival(one: Name, other: Name, slot: str, ours: Telling, theirs: Telling, *, share: float) -> bool:
    """Return whether two names in one slot exclude each other: same surroundings, same noun, or same sort of name."""
    if _is_aligned(one, other, ours, theirs) and share >= _ALIKE:
        return True
    if one.head and one.head == other.head:
        return True
    if slot in _PLACES:
        return one.kind == other.kind == "place" and _level(one) == _level(other)
    if slot in {"agent", "patient"}:
        return _sort(one) == _sort(other) != ""
    return False


def _level(name: Name) -> bool:
    """Return whether a place is a country, or lies in nothing known."""
    entity = get_entity(name.key)
    return entity is None or not entity.within


def _sort(name: Name) -> str:
    if name.kind in {"place", "org"}:
        return "party"
    return "person" if name.kind == "person" or (not name.kind and len(name.words) > 1) else ""


def _is_aligned(one: Name, other: Name, ours: Telling, theirs: Telling) -> bool:
    """Return whether the same words stand before and after two names."""
    before = ours.lows[max(0, one.start - 1) : one.start] == theirs.lows[max(0, other.start - 1) : other.start]
    return before and ours.lows[one.end : one.end + 2] == theirs.lows[other.end : other.end + 2]


def _days_of(telling: Telling, published_on: date | None) -> list[TimeSpan]:
    found = find_dates(telling.core, published_on=published_on)
    return [one.span for one in found if one.type in {"DATE", "TIME"} and one.span.precision in _FINE]


def _overlaps(one: TimeSpan, other: TimeSpan) -> bool:
    if one.first_on is None or one.last_on is None or other.first_on is None or other.last_on is None:
        return True
    return one.first_on <= other.last_on and other.first_on <= one.last_on


def _day_difference(ours: Telling, theirs: Telling, teller: Teller, stored: StoredReport) -> Difference | None:
    here = _days_of(ours, teller.article.published_at.date() if teller.article.published_at else None)
    there = _days_of(theirs, stored.published_at.date() if stored.published_at else None)
    left = [span for span in here if not any(_overlaps(span, other) for other in there)]
    held = [span for span in there if not any(_overlaps(span, other) for other in here)]
    if len(left) != 1 or len(held) != 1 or _is_moved(ours):
        return None
    return Difference(FactKind.DATE, say_days(left[0]), say_days(held[0]))


def _is_moved(telling: Telling) -> bool:
    return is_development(telling.quote) or bool(listed("moved", "words") & set(telling.lows))


def _figure_difference(report: Report, stored: StoredReport, teller: Teller) -> Difference | None:
    pairs = [(ours, theirs) for ours in figures_of(report) for theirs in figures_of(stored.report)]
    agreed = {id(one) for pair in pairs if _is_slot(*pair, report, stored) and compare_figures(*pair) in {Fit.SAME, Fit.FINER} for one in pair}
    for ours, theirs in pairs:
        if agreed & {id(ours), id(theirs)} or not _is_slot(ours, theirs, report, stored):
            continue
        fit = compare_figures(ours, theirs)
        if is_contested_figure(ours, report, stored, fit, teller):
            return Difference(FactKind.FIGURE, say_figure(ours, report.quote), say_figure(theirs, stored.report.quote))
    return None


def _is_slot(ours: Quantity, theirs: Quantity, report: Report, stored: StoredReport) -> bool:
    quotes = report.quote, stored.report.quote
    return is_same_slot(ours, theirs, here_quote=quotes[0], there_quote=quotes[1]) and is_comparable(ours, theirs, *quotes)
