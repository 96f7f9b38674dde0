"""Stored reports by the names and words they have: which of them a report may tell of one event with.

Owns the index over the candidates of one decision. Must never weigh two reports: ``news.matching.same_event`` does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from itertools import chain

from news.decision import StoredReport
from news.matching.traits import Traits, traits_of
from news.matching.world import World
from news.tables import load_toml

ROUNDING = 1e-9
"""More than the sum of ten weights differs by in another order."""

_FEW = 4
"""Candidates that are looked at one by one."""


@cache
def matching_weights() -> Mapping[str, float]:
    """Return the weights of ``matching`` in ``data/weights.toml``."""
    return {key: float(value) for key, value in load_toml("weights.toml")["matching"].items()}


def is_across(here: Traits, there: Traits, world: World) -> bool:
    """Return whether the two sentences are in different languages of the vocabulary."""
    return world.is_mixed and here.told_in != there.told_in


def may_tell(here: Traits, there: Traits, world: World) -> bool:
    """Return whether the words of both may be telling: no word weighs more than 1, so counting them often says no.

    Sentences in different languages share other things than words, and always may.
    """
    if is_across(here, there, world):
        return True
    both = here.words & there.words
    if not both:
        return False
    weights = matching_weights()
    least = min(world.weight_of(here.words), world.weight_of(there.words))
    return len(both) * weights["word_share"] + ROUNDING >= weights["word_least"] * least


class Pairs:
    """Candidates with their traits, for holding several reports against them: found by the names and words they share.

    Only those are looked at that share a name with a report or enough words, or that are in another language.
    """

    def __init__(self, stored: Iterable[StoredReport], world: World) -> None:
        self._world = world
        self._items = [(one, traits_of(one.report, world.language)) for one in stored]
        self._weights: dict[int, float] = {}
        self._by_name: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        self._by_language: dict[str, list[int]] = {}
        self._is_indexed = False
        self._asked: frozenset[str] = frozenset()

    def expect(self, words: frozenset[str]) -> None:
        """Look up these words in all candidates at once; what reports have beside them is looked up when they come."""
        fresh = words - self._asked
        if not fresh or len(self._items) <= _FEW:
            return
        self._asked |= fresh
        by_word = self._by_word
        for place, (_, traits) in enumerate(self._items):
            for word in fresh & traits.words:
                by_word.setdefault(word, []).append(place)

    def near(self, here: Traits) -> list[tuple[StoredReport, Traits]]:
        """Return those that the report may tell of one event with, in the order given."""
        if len(self._items) <= _FEW or not _needs_more():
            return [pair for pair in self._items if self._is_near(here, pair[1])]
        self.expect(here.words)
        if not self._is_indexed:
            self._index()
        found = {place for name in here.names for place in self._by_name.get(name, ())}
        for language, places in self._by_language.items():
            if language != here.told_in:
                found.update(places)
        return [self._items[place] for place in sorted(found | self._sharing_words(here, found))]

    def _is_near(self, here: Traits, there: Traits) -> bool:
        return not _needs_more() or not here.names.isdisjoint(there.names) or may_tell(here, there, self._world)

    def _index(self) -> None:
        self._is_indexed = True
        for place, (_, traits) in enumerate(self._items):
            for name in traits.names:
                self._by_name.setdefault(name, []).append(place)
            if self._world.is_mixed:
                self._by_language.setdefault(traits.told_in, []).append(place)

    def _sharing_words(self, here: Traits, known: Collection[int]) -> set[int]:
        """Return the places of those with which the report may share telling words, see ``may_tell``."""
        by_word = self._by_word
        counts = Counter(chain.from_iterable(by_word[word] for word in here.words if word in by_word))
        weights, held = matching_weights(), self._weights
        ours, share, least = self._world.weight_of(here.words), weights["word_share"], weights["word_least"]
        found: set[int] = set()
        for place, n in counts.items():
            if place in known:
                continue
            weight = held.get(place)
            if weight is None:
                weight = held[place] = self._world.weight_of(self._items[place][1].words)
            if n * share + ROUNDING >= least * min(ours, weight):
                found.add(place)
        return found


@cache
def _needs_more() -> bool:
    """Return whether two reports without a common name need telling words."""
    weights = matching_weights()
    return weights["bias"] + weights["word_least"] + weights["same_story"] <= 0


def pair_up(stored: Iterable[StoredReport], world: World) -> Pairs:
    """Return the candidates with their traits, for holding several reports against them."""
    return Pairs(stored, world)
