"""Stored reports by the names and words they have: which of them a report may tell of one event with.

Owns the index over the candidates of one decision. Must never weigh two reports: ``news.matching.same_event`` does.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain

from news.decision import StoredReport
from news.matching.traits import Traits, traits_of
from news.matching.world import World
from news.model import Report, TimeSpan
from news.tables import load_toml

ROUNDING = 1e-9
"""More than the sum of ten weights differs by in another order."""

_FEW = 4
"""Candidates that are looked at one by one."""
_DATED = ("said", "loose")


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
        return [self._items[place] for place in self.places_near(here)]

    def places_near(self, here: Traits) -> list[int]:
        """Return the places of those that ``near`` returns."""
        if len(self._items) <= _FEW or not _needs_more():
            return [place for place, pair in enumerate(self._items) if self._is_near(here, pair[1])]
        self.expect(here.words)
        if not self._is_indexed:
            self._index()
        found = {place for name in here.names for place in self._by_name.get(name, ())}
        for language, places in self._by_language.items():
            if language != here.told_in:
                found.update(places)
        return sorted(found | self._sharing_words(here, found))

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


class Tied:
    """Candidates of which those of other stories than one need a tie to be of one event: a name, a place or a day.

    So ``news.matching.same_event`` asks it of what an article looks back to. Of most candidates nothing is worked out.
    """

    def __init__(self, stored: Sequence[StoredReport], world: World, *, own: Pairs, story_id: int | None) -> None:
        self._stored, self._world, self._own = stored, world, own
        self._places_of_own = [place for place, one in enumerate(stored) if one.story_id == story_id]

    def near(self, here: Traits) -> list[tuple[StoredReport, Traits]]:
        """Return those that the report may tell of one event with, in the order given."""
        keys, within = set(here.names), self._world.within
        for place in here.report.places:
            keys.update(within.get(place, ()), self._world.inside(place))
        found = {at for at, one in enumerate(self._stored) if _has_any(one.report, keys)}
        if here.is_dated and not here.is_lasting:
            low, high = here.first - most_days_of_tie(), here.last + most_days_of_tie()
            found.update(at for at, one in enumerate(self._stored) if _is_between(one.report.when, low, high))
        found.difference_update(self._places_of_own)
        found.update(self._places_of_own[at] for at in self._own.places_near(here))
        chosen = (self._stored[at] for at in sorted(found))
        return [(one, traits_of(one.report, self._world.language)) for one in chosen]


def _has_any(report: Report, keys: set[str]) -> bool:
    are_others = keys.isdisjoint(report.actors) and keys.isdisjoint(report.places)
    return not (are_others and keys.isdisjoint(report.equipment))


def _is_between(when: TimeSpan, low: float, high: float) -> bool:
    first, last = when.first_on, when.last_on
    return first is not None and last is not None and first.toordinal() <= high and last.toordinal() >= low


@cache
def most_days_of_tie() -> float:
    """Return how many days apart two reports may be at most for their days to speak for one event."""
    weights = matching_weights()
    reach = {"same": 0.0, "day": 1.0, "days": 4.0, "fortnight": 14.0, "far": math.inf}
    return max(days for name, days in reach.items() if max(weights[f"date_{kind}_{name}"] for kind in _DATED) > 0)


@cache
def _needs_more() -> bool:
    """Return whether two reports without a common name need telling words."""
    weights = matching_weights()
    return weights["bias"] + weights["word_least"] + weights["same_story"] <= 0


def pair_up(stored: Iterable[StoredReport], world: World) -> Pairs:
    """Return the candidates with their traits, for holding several reports against them."""
    return Pairs(stored, world)
