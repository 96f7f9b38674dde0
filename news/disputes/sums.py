"""One sum told twice by two leads: the fine, the price, the share, whatever else the two leads say.

Owns when the only figure of its measure in an article's headline and first sentences stands for the same as that of a
stored one. Must never choose the story, and compares no counts and no durations: those are of many things.

Two leads that have much in common (names, the thing, the day) and give one sum of money, one share or one mass each
speak of one thing, though the words that govern the figures differ ("fined", "the penalty amounts to"). Sums in two
of the great currencies are compared where no rate of exchange explains the difference. English only.
"""

from __future__ import annotations

from collections.abc import Sequence

from news.decision import FactKind, StoredReport
from news.disputes.rivals import find_rivals
from news.disputes.shares import is_comparable
from news.disputes.slots import Teller, is_contested_figure
from news.model import Quantity, Report
from news.reports.explicit import Difference
from news.reports.moods import may_differ
from news.reports.quantities import find_quantities
from news.reports.tellings import tell
from news.reports.wording import say_figure
from news.words.facts import Fit, compare_figures
from news.words.text import content_terms
from news.words.units import measure_of

__all__ = ["find_other_sum"]

_HARD = frozenset({"usd", "eur", "gbp", "chf"})
_MONEY = frozenset({*_HARD, "krw", "jpy", "rub", "cny", "inr", "brl", "mxn", "try", "uah", "pln", "sek", "nok", "dkk"})
_SUMS = frozenset({*_MONEY, "tonne", "litre"})
_ANY_RATE = 1.8
"""No two of the great currencies have been so far apart in this century, but for the pound and the franc at times."""
_ALIKE = 0.35
_LEAST = 5


def find_other_sum(
    report: Report, stored: Sequence[StoredReport], title: str, teller: Teller
) -> tuple[StoredReport, Difference] | None:
    """Return the stored sum that the sum of a leading sentence contradicts, with both values; None for none.

    Args:
        stored: leading sentences of one story by other voices, with their figures.
        title: of the new article.
    """
    ours = _sum_of(report)
    if ours is None:
        return None
    for one in stored:
        theirs = _sum_of(one.report)
        if theirs is None or not _are_of_one(report, title, one) or not _are_apart(ours, theirs):
            continue
        fit = compare_figures(ours, theirs)
        fit = fit if fit in {Fit.MORE, Fit.LESS} else Fit.LESS
        quotes = report.quote, one.report.quote
        if not is_comparable(ours, theirs, *quotes) or not is_contested_figure(ours, report, one, fit, teller):
            continue
        if not find_rivals(tell(quotes[0]), tell(quotes[1]), teller.within, share=0.0):
            values = say_figure(ours, quotes[0]), say_figure(theirs, quotes[1])
            return one, Difference(FactKind.FIGURE, *values)
    return None


def _sum_of(report: Report) -> Quantity | None:
    """Return the only sum of a sentence, or None."""
    found = [one for one in find_quantities(report.quote, "en") if measure_of(one.unit)[0] in _SUMS]
    return found[0] if len(found) == 1 else None


def _are_apart(ours: Quantity, theirs: Quantity) -> bool:
    """Return whether two sums exclude each other in whatever currency they are given."""
    if measure_of(ours.unit)[0] == measure_of(theirs.unit)[0]:
        return compare_figures(ours, theirs) in {Fit.MORE, Fit.LESS}
    low, high = sorted((ours.value, theirs.value))
    return {ours.unit, theirs.unit} <= _HARD and high > low * _ANY_RATE


def _are_of_one(report: Report, title: str, stored: StoredReport) -> bool:
    """Return whether two leads, their headlines taken in, have enough words and a name in common."""
    if not may_differ(tell(report.quote), tell(stored.report.quote)):
        return False
    here = frozenset(content_terms(f"{title}\n{report.quote}"))
    there = frozenset(content_terms(f"{stored.title}\n{stored.report.quote}"))
    both = {term for term in here & there if term.isalpha()}
    return len(both) >= _LEAST and len(both) >= _ALIKE * min(len(here), len(there))
