"""What holding one report against many asks of it, worked out once.

Owns the sets and numbers that ``news.matching.same_event`` compares, and remembering them. Must never weigh anything.
"""

from __future__ import annotations

import math
from functools import cache, cached_property, lru_cache

from news.kept import Kept
from news.matching.foreign import concepts_in, names_in
from news.model import EventKind, Precision, Quantity, Report
from news.words.facts import figures_of, is_lasting, is_said
from news.words.meanings import act_of, acts_across, acts_in, meanings_in
from news.words.vocabulary import language_of

_GROUPS = (
    frozenset({EventKind.DEPLOY, EventKind.MOVE, EventKind.MOBILIZE, EventKind.AID}),
    frozenset({EventKind.AGREE, EventKind.COOPERATE, EventKind.CONSULT, EventKind.SUPPORT}),
    frozenset({EventKind.ASSAULT, EventKind.COERCE, EventKind.MOBILIZE}),
    frozenset({EventKind.ACCUSE, EventKind.REJECT, EventKind.THREATEN, EventKind.REQUEST}),
    frozenset({EventKind.SANCTION, EventKind.COERCE}),
    frozenset({EventKind.YIELD, EventKind.MOVE, EventKind.REJECT}),
)
"""Kinds that one act may go under in two wordings."""

_FAR_PAST, _FAR_FUTURE = -math.inf, math.inf
_MOST_KEPT, _MOST_LANGUAGES = 1 << 11, 8


class Traits:
    """What the weighing asks of one report, the same for all pairs and decisions that it is in.

    Attributes:
        names: keys of its actors, places and equipment.
        words: what its words mean, see ``news.words.meanings.meanings_in``.
        groups: bits of the groups of ``_GROUPS`` that its kind is in.
        first, last: ordinals of its days, infinite at an open end.
    """

    def __init__(self, report: Report, language: str) -> None:
        self.report, self.language = report, language
        self.kind, self.is_other, self.groups = report.kind, report.kind is EventKind.OTHER, _group_bits(report.kind)
        self.actors, self.equipment = frozenset(report.actors), frozenset(report.equipment)
        self.names = self.actors.union(report.places, report.equipment)
        self.words = meanings_in(report.quote, language)
        when = report.when
        self.is_dated = when.precision is not Precision.UNKNOWN
        self.is_lasting, self.is_said = is_lasting(when), is_said(when)
        self.first = when.first_on.toordinal() if when.first_on else _FAR_PAST
        self.last = when.last_on.toordinal() if when.last_on else _FAR_FUTURE

    @cached_property
    def told_in(self) -> str:
        """The language that the sentence itself is in; that of the article where the vocabulary does not cover it."""
        return language_of(self.report.quote, self.language)

    @cached_property
    def act(self) -> str:
        """The class of the word that names the event; empty without one."""
        return act_of(self.report.trigger, self.told_in) if self.report.trigger else ""

    @cached_property
    def acts(self) -> frozenset[str]:
        """The classes of acts that the sentence names."""
        return acts_in(self.report.quote, self.language)

    @cached_property
    def acts_across(self) -> frozenset[str]:
        """The same for holding it against a sentence in another language."""
        return acts_across(self.report.quote, self.language)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """What it shares with its translations, see ``news.matching.foreign``."""
        return concepts_in(self.report.quote, self.language)

    @cached_property
    def sounds(self) -> frozenset[str]:
        """The skeletons of its names, see ``news.matching.foreign.names_in``."""
        return names_in(self.report.quote, self.language)

    @cached_property
    def figures(self) -> tuple[Quantity, ...]:
        """See ``news.words.facts.figures_of``."""
        return figures_of(self.report)

    def gap_days(self, other: Traits) -> float | None:
        """Return what ``news.words.facts.gap_days`` returns for the two."""
        if not (self.is_dated and other.is_dated):
            return None
        gap = self.first - other.last
        return gap if gap > 0 else max(0.0, other.first - self.last)


@cache
def _group_bits(kind: EventKind) -> int:
    return sum(1 << place for place, group in enumerate(_GROUPS) if kind in group)


def traits_of(report: Report, language: str) -> Traits:
    """Return the traits of a report for an article in ``language``; remembered for the very same object."""
    return _kept_in(language)(report)


@lru_cache(maxsize=_MOST_LANGUAGES)
def _kept_in(language: str) -> Kept[Report, Traits]:
    return Kept(lambda report: Traits(report, language), most=_MOST_KEPT)
