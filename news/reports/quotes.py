"""Which sentences tell an event best: near the centre of what all say, clear by themselves, and not twice the same.

Owns the choice of stored sentences; it never changes, joins or shortens one. The weights are learnt on development
topics by ``benchmarks.timelines`` and live in ``news/data/timeline.toml``.

The centre is the sum of the TF-IDF vectors of all candidates (centroid summarisation, Radev et al. 2004); sentences are
taken one by one so that the sum of those taken comes as near to the centre as it can (Rossiello et al. 2017, Gholipour
Ghalandari 2017), which also keeps repetitions out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log, sqrt

from news.tables import load_toml
from news.words.text import content_terms

Vector = dict[str, float]
"""Stem -> weight."""

_NO_END = re.compile(r"[\w,;:\-–—]$")
_ENOUGH = 400
"""Candidates that are weighed for one day; more of them change the centre no further and cost time."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may stand for a day or an event.

    Attributes:
        source: the caller's number of the report.
        text: the sentence, verbatim.
        weight: how much it counts for the centre: more where it surely speaks of the day.
        n_actors: how many actors it names.
    """

    source: int
    text: str
    weight: float = 1.0
    n_actors: int = 0
    language: str = "en"


_terms_of = lru_cache(maxsize=4096)(content_terms)
"""A timeline asks for the terms of a sentence three times; the callers only look."""


class Rarity:
    """How rare each stem is among the sentences of one subject."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._n_texts = 0
        self._counts: Counter[str] = Counter()
        for text in texts:
            self._n_texts += 1
            self._counts.update(_terms_of(text, "en").keys())

    def vector(self, text: str, language: str = "en") -> Vector:
        """Return the TF-IDF vector of length 1, empty for a text without content words."""
        terms = _terms_of(text, language)
        raw = {term: (1 + log(count)) * self.weigh(term) for term, count in terms.items()}
        length = sqrt(sum(weight * weight for weight in raw.values()))
        return {term: weight / length for term, weight in raw.items()} if length else {}

    def weigh(self, term: str) -> float:
        """Return the smoothed inverse document frequency of a stem, above 0."""
        return log((2 + self._n_texts) / (1 + self._counts.get(term, 0)))


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the product of two vectors of length 1: 0 for nothing shared, 1 for the same direction."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def is_clear(text: str) -> bool:
    """Return whether the sentence can be read by itself: complete, and not leaning on the one before it."""
    words = text.split(maxsplit=1)
    first = words[0].strip("\"“”‘’'(").casefold().strip(",.") if words else ""
    return bool(text) and first not in _leaning_words() and not _NO_END.search(text) and not text[0].islower()


def _leaning_words() -> frozenset[str]:
    return frozenset(load_toml("timeline.toml")["leaning"]["words"].split())


def _length_fit(n_words: int, best: float, width: float) -> float:
    """Return 1 for a sentence of ``best`` content words, less the further away (a bell over the logarithm)."""
    return exp(-((log(max(n_words, 1) / best) / width) ** 2)) if n_words else 0.0


def choose_quotes(
    candidates: Sequence[Candidate], rarity: Rarity, *, n_quotes: int, weights: Mapping[str, float] | None = None
) -> tuple[Candidate, ...]:
    """Return up to ``n_quotes`` candidates that together tell the most, best first; equal texts count once."""
    weighed = load_toml("timeline.toml")["quotes"] if weights is None else weights
    pool = _Pool(candidates, rarity, weighed)
    chosen: list[Candidate] = []
    while len(chosen) < n_quotes and (best := pool.take_best()) is not None:
        chosen.append(best)
    return tuple(chosen)


class _Pool:
    """The candidates left, with the sum of those taken."""

    def __init__(self, candidates: Sequence[Candidate], rarity: Rarity, weights: Mapping[str, float]) -> None:
        unique: dict[str, Candidate] = {}
        for candidate in candidates:
            unique.setdefault(candidate.text, candidate)
        heavy = sorted(unique.values(), key=lambda each: -each.weight)[:_ENOUGH]
        vectors = ((each, rarity.vector(each.text, each.language)) for each in heavy)
        self._left = [(each, vector) for each, vector in vectors if vector]
        self._weights = weights
        self._centre = _unit(_add_all((vector, each.weight) for each, vector in self._left))
        self._taken: Vector = {}
        self._fits = {each.text: self._fit(each, vector) for each, vector in self._left}

    def _fit(self, candidate: Candidate, vector: Vector) -> float:
        """Return what the sentence is worth by itself, whatever is taken."""
        fit = _length_fit(len(vector), self._weights["best_length"], self._weights["length_width"])
        clear = 1.0 if is_clear(candidate.text) else self._weights["unclear"]
        actors = 1.0 if candidate.n_actors else self._weights["no_actor"]
        return fit * clear * actors * float(candidate.weight ** self._weights["own_weight"])

    def take_best(self) -> Candidate | None:
        """Remove and return the candidate that brings the taken ones nearest to the centre; None at the end."""
        if not self._left:
            return None
        at = max(range(len(self._left)), key=lambda index: self._gain(*self._left[index]))
        candidate, vector = self._left.pop(at)
        self._taken = _add_all(((self._taken, 1.0), (vector, 1.0)))
        self._left = [pair for pair in self._left if cosine(pair[1], vector) < self._weights["same"]]
        return candidate

    def _gain(self, candidate: Candidate, vector: Vector) -> float:
        together = _unit(_add_all(((self._taken, 1.0), (vector, 1.0)))) if self._taken else vector
        return cosine(together, self._centre) * self._fits[candidate.text]


def _add_all(vectors: Iterable[tuple[Mapping[str, float], float]]) -> Vector:
    total: Vector = {}
    for vector, weight in vectors:
        for term, value in vector.items():
            total[term] = total.get(term, 0.0) + weight * value
    return total


def _unit(vector: Vector) -> Vector:
    length = sqrt(sum(value * value for value in vector.values()))
    return {term: value / length for term, value in vector.items()} if length else {}
