"""What the candidates of one story hold of figures and names, for the comparing of slots.

Owns whether a figure stands elsewhere in the story than in the event that it is compared with. Must never compare the
values of one event; ``news.disputes.slots`` does that, nor say what is new; ``news.deciding.telling`` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from news.decision import StoredArticle, StoredReport
from news.model import Quantity, Report
from news.words.facts import Fit, compare_figures, figures_of, is_same_slot
from news.words.meanings import is_number_word, terms_in
from news.words.states import state_of
from news.words.text import content_terms

__all__ = ["Pool", "is_known_figure", "make_pool"]


@dataclass(frozen=True, slots=True)
class Pool:
    """All that the candidates of one story hold.

    Attributes:
        keys: entity keys of its articles and reports.
        terms: stems of its articles.
        reports: its reports.
    """

    keys: frozenset[str]
    terms: frozenset[str]
    reports: tuple[StoredReport, ...]


def make_pool(articles: Sequence[StoredArticle], reports: Sequence[StoredReport], language: str) -> Pool:
    """Gather what the articles and reports of one story hold, for an article in ``language``."""
    keys = {key for article in articles for key in article.entity_counts}
    keys |= {key for one in reports for key in (*one.report.actors, *one.report.places, *one.report.equipment)}
    terms = {term for article in articles for term in article.term_counts}
    for one in reports:
        terms.update(terms_in(one.report.quote, language))
    return Pool(frozenset(keys), frozenset(terms), tuple(reports))


def is_known_figure(quantity: Quantity, quote: str, pool: Pool) -> bool:
    """Return whether a report of the story gives this figure for this slot, or its words give the bare number.

    The bare number is enough only where no report counts the same otherwise.
    """
    for one in pool.reports:
        for theirs in figures_of(one.report):
            quotes = {"here_quote": quote, "there_quote": one.report.quote}
            if (
                is_same_slot(quantity, theirs, **quotes, is_strict=False)
                and compare_figures(quantity, theirs) is Fit.SAME
            ):
                return True
    if state_of(quantity, quote) and any(_has_state(one.report, quantity, quote) for one in pool.reports):
        return False
    numbers = {term for term in content_terms(quantity.text) if term[0].isdigit() or is_number_word(term)}
    return f"{quantity.value:g}" in pool.terms or (bool(numbers) and numbers <= pool.terms)


def _has_state(report: Report, quantity: Quantity, quote: str) -> bool:
    state = state_of(quantity, quote)
    return any(state_of(theirs, report.quote) == state for theirs in figures_of(report))
