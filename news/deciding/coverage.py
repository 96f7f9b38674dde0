"""What a story holds, and whether a sentence tells anything that a story in another language does not hold.

Owns that test: names, figures, acts and words against all that the candidates of one story hold. Must never compare the
values of one event, which ``news.disputes.slots`` does, nor weigh sentences of one language, which
``news.deciding.telling`` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import chain
from types import MappingProxyType

from news.decision import StoredArticle, StoredReport
from news.disputes.slots import is_nameable
from news.matching.foreign import NAME_MARK, concepts_in, is_known_number, names_in, weight_of
from news.matching.foreign import is_known_name as is_known_name_abroad
from news.matching.world import World
from news.model import (
    EntityKind,
    Mention,
    Precision,
    Quantity,
    Report,
    TimeExpression,
    TimeSpan,
)
from news.stories.profiles import lead_and_text
from news.tables import load_toml
from news.words.facts import Fit, compare_figures, figures_of, gap_days, is_lasting, is_said, is_same_slot
from news.words.meanings import (
    act_of,
    acts_in,
    is_class_of_acts,
    is_number_word,
    meanings_in,
    terms_in,
)
from news.words.states import state_of
from news.words.text import content_terms

_ACTING = frozenset((EntityKind.PERSON, EntityKind.ORG))


@dataclass(frozen=True, slots=True)
class Pool:
    """All that the candidates of one story hold.

    Attributes:
        keys: entity keys of its articles and reports.
        terms: stems of its articles.
        reports: its reports.
        meanings: its words, with one name for those of one act or one thing; like the next two only where a part of it
            is in another language than the article.
        acts: classes of acts that its words name.
        foreign: what it shares with its translations (see ``news.matching.foreign``).
    """

    keys: frozenset[str]
    terms: frozenset[str]
    reports: tuple[StoredReport, ...]
    meanings: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()


@cache
def _limits() -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["coverage"].items()})


def make_pool(articles: Sequence[StoredArticle], reports: Sequence[StoredReport], language: str) -> Pool:
    """Gather what the articles and reports of one story hold, for an article in ``language``."""
    keys = {key for article in articles for key in article.entity_counts}
    keys |= {key for one in reports for key in (*one.report.actors, *one.report.places, *one.report.equipment)}
    terms = {term for article in articles for term in article.term_counts}
    for one in reports:
        terms.update(terms_in(one.report.quote, language))
    pool = Pool(frozenset(keys), frozenset(terms), tuple(reports))
    abroad = _foreign_concepts(articles, reports, language)
    if not abroad:
        return pool
    texts = [lead_and_text(article.article) for article in articles] + [one.report.quote for one in reports]
    meanings = frozenset().union(*(meanings_in(text, language) for text in texts))
    acts = frozenset().union(*(acts_in(text, language) for text in texts))
    return replace(pool, meanings=meanings, acts=acts, foreign=abroad)


def with_names(pool: Pool, mentions: Iterable[Mention], language: str) -> Pool:
    """Return the pool with the keys of those names that a part of it in another language has in its own spelling."""
    if not pool.foreign:
        return pool
    known = (
        mention.entity.key
        for mention in mentions
        if mention.entity.key not in pool.keys
        and mention.entity.kind in _ACTING
        and is_known_name_abroad(mention.text, language, pool.foreign)
    )
    return replace(pool, keys=pool.keys | frozenset(known))


def _foreign_concepts(
    articles: Sequence[StoredArticle], reports: Sequence[StoredReport], language: str
) -> frozenset[str]:
    """Return what the story can share with a translation; nothing where all of it is in one language."""
    if not any(article.language and language and article.language != language for article in articles):
        return frozenset()
    texts = [(lead_and_text(article.article), article.language) for article in articles]
    texts += [(one.report.quote, language) for one in reports]
    return frozenset(chain.from_iterable(concepts_in(text, told_in) for text, told_in in texts))


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
    if f"{quantity.value:g}" in pool.terms or (bool(numbers) and numbers <= pool.terms):
        return True
    return bool(pool.foreign) and is_known_number(quantity.value, pool.foreign)


def _has_state(report: Report, quantity: Quantity, quote: str) -> bool:
    state = state_of(quantity, quote)
    return any(state_of(theirs, report.quote) == state for theirs in figures_of(report))


def is_known_name(key: str, pool: Pool, world: World) -> bool:
    """Return whether the story names this, something in it, or what it lies in."""
    if key in pool.keys:
        return True
    return not pool.keys.isdisjoint(world.inside(key))


def _word_cover(text: str, pool: Pool, world: World) -> float:
    """Return the share of a sentence's content words that the story has, by rarity, 0 to 1; 1 for none at all."""
    words = meanings_in(text, world.language, has_dates=True)
    total = world.sum_rarities(words)
    cover = world.sum_rarities(words & pool.meanings) / total if total else 1.0
    return max(cover, _cover_across(text, pool, world))


def _cover_across(text: str, pool: Pool, world: World) -> float:
    """Return the share of the words that can be compared across languages; 0 where they are too few to tell."""
    concepts = frozenset(one for one in concepts_in(text, world.language) if not one.startswith(NAME_MARK))
    total = weight_of(concepts)
    return weight_of(concepts & pool.foreign) / total if total >= _limits()["foreign_least"] else 0.0


def _acts_of(report: Report, language: str) -> frozenset[str]:
    """Return the class of the word that names the event, those of all words if it has none, none without an event."""
    if not report.trigger:
        return frozenset()
    act = act_of(report.trigger, language)
    return frozenset({act}) if is_class_of_acts(act) else acts_in(report.quote, language)


def _has_new_day(report: Report, pool: Pool) -> bool:
    """Return whether the sentence names a day on which no report of the story has anything."""
    if report.when.precision is not Precision.DAY or not is_said(report.when):
        return False
    return all(gap_days(report.when, one.report.when) for one in pool.reports)


def is_new_act(report: Report, pool: Pool, world: World) -> bool:
    """Return whether a report that matches no event of a story in another language tells something that it lacks.

    New is a sentence with a figure that the story lacks, or a name that it lacks together with some new words, or an
    act that it lacks, or mostly new words. Known is a sentence whose names and figures the story has and whose acts or
    words it has too, in whatever wording.

    Known failure: a new act told in words that the tables lack, between known actors and without a figure, is known
    where the rest of the sentence is.
    """
    limits = _limits()
    cover = _word_cover(report.quote, pool, world)
    is_dated = _has_new_day(report, pool)
    if cover >= limits["word_full"] and not is_dated:
        return False
    figures = [figure for figure in figures_of(report) if is_nameable(figure, report.quote)]
    if is_dated or any(not is_known_figure(figure, report.quote, pool) for figure in figures):
        return True
    if any(figure.value > limits["telling_figure"] for figure in figures):
        return False
    names = (*report.actors, *report.places, *report.equipment)
    is_unnamed = any(not is_known_name(key, pool, world) for key in names)
    if cover < limits["word_named"] and (is_unnamed or not names_in(report.quote, world.language) <= pool.foreign):
        return True
    acts = _acts_of(report, world.language)
    if acts:
        return cover < limits["word_act"] if acts.isdisjoint(pool.acts) else cover < limits["word_bare"]
    return cover < limits["word_bare" if names else "word_plain"]


def new_deadlines(
    dates: Iterable[TimeExpression], pool: Pool, *, published_on: date | None
) -> tuple[TimeExpression, ...]:
    """Return the days still to come that a text names and a story in another language does not; else none.

    Across languages a new term ("until 15 March") cannot be told by its words.
    """
    if not pool.foreign or published_on is None:
        return ()
    ahead = (one for one in dates if one.span.precision is Precision.DAY and any(map(str.isdigit, one.text)))
    return tuple(one for one in ahead if _is_new_deadline(one.span, pool, published_on))


def _is_new_deadline(span: TimeSpan, pool: Pool, published_on: date) -> bool:
    if span.first_on is None or span.first_on <= published_on:
        return False
    if is_known_number(span.first_on.day, pool.foreign):
        return False
    return all(gap_days(span, one.report.when) != 0 or is_lasting(one.report.when) for one in pool.reports)
