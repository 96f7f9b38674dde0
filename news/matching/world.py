"""What is known beyond two reports: how telling names and words are, what lies in what, and what was weighed already.

Owns the memory of one decision. Must never weigh reports itself; ``news.matching.same_event`` does.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

from news.words.facts import Within

_Answer = TypeVar("_Answer")

Parts = tuple[tuple[str, float], ...]
"""Evidence by name, in a fixed order."""

_PRIOR_ARTICLES = 50
"""Articles assumed beside those of the store, so that in a small store not every name is common."""


class _Rarities(dict[str, float]):
    """Rarity by name or word, worked out when first asked for: a sum over a sentence then costs no calls."""

    def __init__(self, counts: Mapping[str, int], n_articles: int) -> None:
        super().__init__()
        self._counts = counts
        self._total = n_articles + _PRIOR_ARTICLES + 2

    def __missing__(self, key: str) -> float:
        count = self._counts.get(key)
        # Most words of a candidate are none of the article's, and the store counts only those.
        value = self[key] = math.log(self._total / (count + 1)) / math.log(self._total) if count else 1.0
        return value


@dataclass(frozen=True, slots=True)
class World:
    """What is known beyond two reports.

    Attributes:
        n_articles: size of the store.
        document_counts: entity key or stem -> number of articles that have it.
        within: what each place, person or organisation lies in or belongs to.
        language: ISO 639-1 of the article that is decided on.
        is_mixed: candidates may be in other languages.
    """

    n_articles: int = 0
    document_counts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    within: Within = field(default_factory=lambda: MappingProxyType({}))
    language: str = "en"
    is_mixed: bool = True
    _rarities: _Rarities = field(init=False, repr=False, compare=False)
    _counted: frozenset[str] = field(init=False, repr=False, compare=False)
    _sums: dict[frozenset[str], float] = field(default_factory=dict, repr=False, compare=False)
    _insides: dict[str, set[str]] = field(default_factory=dict, repr=False, compare=False)
    _weighed: dict[tuple[int, int], Parts] = field(default_factory=dict, repr=False, compare=False)
    _answers: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Begin with nothing worked out."""
        object.__setattr__(self, "_rarities", _Rarities(self.document_counts, self.n_articles))
        object.__setattr__(self, "_counted", frozenset(self.document_counts))

    def remember(self, question: Hashable, answer: Callable[[], _Answer]) -> _Answer:
        """Return the answer to a question of this decision, asked for once only.

        Args:
            question: what the answer depends on beside this world; objects by their ``id``, as they outlive it.
        """
        if question not in self._answers:
            self._answers[question] = answer()
        found: _Answer = self._answers[question]
        return found

    def forget(self) -> None:
        """Drop the answers, once there is a decision: they hold the world that holds them, and would stay for long."""
        self._answers.clear()

    def rarity(self, key: str) -> float:
        """Return how telling a name or word is, from about 0 (in every article) to 1 (in none)."""
        return self._rarities[key]

    def sum_rarities(self, keys: Iterable[str]) -> float:
        """Return the sum of the rarities, in order of the keys."""
        return sum(map(self._rarities.__getitem__, keys))

    def weight_of(self, keys: frozenset[str]) -> float:
        """Return the sum of the rarities, remembered for the next comparison."""
        known = self._sums.get(keys)
        if known is None:
            # What the store does not count weighs 1, and that is most of what a candidate has.
            counted = keys & self._counted
            known = self._sums[keys] = len(keys) - len(counted) + self.sum_rarities(counted)
        return known

    def inside(self, key: str) -> Collection[str]:
        """Return the keys that are known to lie in ``key`` or to belong to it, itself left out."""
        if not self._insides:
            for inner, outers in self.within.items():
                for outer in outers:
                    self._insides.setdefault(outer, set()).add(inner)
        return self._insides.get(key, ())
