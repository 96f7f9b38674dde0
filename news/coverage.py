"""Whether a sentence that matches no stored event tells anything that the story does not already hold.

Owns the sentence-by-sentence test: names, figures, acts and words against all that the candidates of one story hold.
Must never compare the values of one event; ``news.disputes`` does that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from news.decision import StoredArticle, StoredReport
from news.disputes import is_nameable
from news.facts import (
    Fit,
    act_of,
    acts_in,
    compare_figures,
    figures_of,
    is_class_of_acts,
    is_date_word,
    is_number_word,
    is_same_slot,
    meanings_in,
    state_of,
    terms_in,
)
from news.matching import World
from news.model import NO_TIME, EventKind, Mention, Modality, Quantity, Report, Sentence
from news.tables import load_toml
from news.text import content_terms

_MOST_SORTED = 50_000
_CAPITALISED = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Pool:
    """All that the candidates of one story hold.

    Attributes:
        keys: entity keys of its articles and reports.
        terms: stems of its articles.
        meanings: the same with one name for words of one act or one thing.
        acts: classes of acts that its reports and words name.
        reports: its reports.
    """

    keys: frozenset[str]
    terms: frozenset[str]
    meanings: frozenset[str]
    acts: frozenset[str]
    reports: tuple[StoredReport, ...]


@cache
def _limits() -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["coverage"].items()})


class _Sorted(dict[str, tuple[frozenset[str], frozenset[str]]]):
    """What each stem of a language means, and its classes of acts; begun anew when it holds too many."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, term: str) -> tuple[frozenset[str], frozenset[str]]:
        if len(self) > _MOST_SORTED:
            self.clear()
        value = self[term] = meanings_in(term, self._language, has_dates=True), acts_in(term, self._language)
        return value


_sorted_terms = cache(_Sorted)


def _sort_terms(terms: Iterable[str], language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return what stems mean, as ``meanings_in`` has it, and the classes of acts that they name."""
    pairs = [*map(_sorted_terms(language).__getitem__, terms)]
    return frozenset().union(*(pair[0] for pair in pairs)), frozenset().union(*(pair[1] for pair in pairs))


def make_pool(articles: Sequence[StoredArticle], reports: Sequence[StoredReport], language: str) -> Pool:
    """Gather what the articles and reports of one story hold, for an article in ``language``."""
    keys = {key for article in articles for key in article.entity_counts}
    keys |= {key for one in reports for key in (*one.report.actors, *one.report.places, *one.report.equipment)}
    terms = {term for article in articles for term in article.term_counts}
    for one in reports:
        terms.update(terms_in(one.report.quote, language))
    meanings, acts = _sort_terms(terms, language)
    return Pool(frozenset(keys), frozenset(terms), meanings, acts, tuple(reports))


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


def _new_names(quote: str, pool: Pool, language: str) -> bool:
    """Return whether a capitalised word inside the sentence is one that the story lacks."""
    words = _CAPITALISED.findall(quote)
    return any(not content_terms(word, language).keys() <= pool.terms for word in words if not is_date_word(word))


def is_known_name(key: str, pool: Pool, world: World) -> bool:
    """Return whether the story names this, something in it, or what it lies in."""
    if key in pool.keys:
        return True
    return not pool.keys.isdisjoint(world.inside(key))


def word_cover(text: str, pool: Pool, world: World) -> float:
    """Return the share of a sentence's content words that the story has, by rarity, 0 to 1; 1 for none at all."""
    words = meanings_in(text, world.language, has_dates=True)
    total = world.sum_rarities(words)
    return world.sum_rarities(words & pool.meanings) / total if total else 1.0


def _acts_of(report: Report, language: str) -> frozenset[str]:
    """Return the class of the word that names the event, those of all words if it has none, none without an event."""
    if not report.trigger:
        return frozenset()
    act = act_of(report.trigger)
    return frozenset({act}) if is_class_of_acts(act) else acts_in(report.quote, language)


def has_new_figure(report: Report, pool: Pool, world: World) -> bool:
    """Return whether a sentence on the story's subject has a figure that the story lacks."""
    if word_cover(report.quote, pool, world) < _limits()["word_subject"]:
        return False
    figures = [figure for figure in figures_of(report) if is_nameable(figure, report.quote)]
    return any(not is_known_figure(figure, report.quote, pool) for figure in figures)


def is_new_act(report: Report, pool: Pool, world: World) -> bool:
    """Return whether a report that matches no event of the story tells something that the story does not hold.

    New is a sentence with a figure that the story lacks, or a name that it lacks together with some new words, or an
    act that it lacks, or mostly new words. Known is a sentence whose names and figures the story has and whose acts or
    words it has too, in whatever wording.

    Known failure: a new act told in words that the tables lack, between known actors and without a figure, is known
    where the rest of the sentence is.
    """
    limits = _limits()
    cover = word_cover(report.quote, pool, world)
    if cover >= limits["word_full"]:
        return False
    figures = [figure for figure in figures_of(report) if is_nameable(figure, report.quote)]
    if any(not is_known_figure(figure, report.quote, pool) for figure in figures):
        return True
    if any(figure.value > limits["telling_figure"] for figure in figures):
        return False
    names = (*report.actors, *report.places, *report.equipment)
    is_unnamed = any(not is_known_name(key, pool, world) for key in names)
    if cover < limits["word_named"] and (is_unnamed or _new_names(report.quote, pool, world.language)):
        return True
    acts = _acts_of(report, world.language)
    if acts:
        return cover < limits["word_act"] if acts.isdisjoint(pool.acts) else cover < limits["word_bare"]
    return cover < limits["word_bare" if names else "word_plain"]


def sentences_as_reports(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], quantities: Sequence[Quantity]
) -> list[Report]:
    """Return each sentence as a report of no known kind, for an article in which no event was found."""
    return [
        Report(
            sentence.index,
            sentence.text,
            NO_TIME,
            EventKind.OTHER,
            Modality.HAPPENED,
            actors=tuple(dict.fromkeys(m.entity.key for m in mentions if sentence.start <= m.start < sentence.end)),
            quantities=tuple(q for q in quantities if sentence.start <= q.start < sentence.end),
        )
        for sentence in sentences
    ]
