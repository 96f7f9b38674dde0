"""What tells that a story is two: its articles fall into two parts, and each part has a subject of its own.

Owns how the articles of one story are parted, and the log-odds that the parts are two events. Must never part anything:
``handlers.parting`` does. The weights stand in ``data/weights.toml`` under ``parting`` and are learnt by
``python -m benchmarks.learn_parting``.

Two events of one kind share most of their words: when the first article of the second is told, nothing but a name tells
it apart, and all that follow go the same way. Once there are a few of either, what they share is common to the story,
and what is left is rare in it: words are weighed by how few articles of the story have them, so that "champion" weighs
nothing and the two challengers weigh much. The parts are found by k-means on the sphere (Dhillon and Modha 2001), from
the pairs of articles that have least in common. Whether they are two events is a logistic regression on how much nearer
each is to its own part, and on the names, numbers and words of the opening that one part has and the other lacks.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from news.decision import StoredArticle
from news.reports.furniture import without_furniture
from news.stories.texts import Told, tell_text
from news.tables import load_toml
from news.words.text import content_terms

FEATURES = (
    "size", "nearer", "nearer_many",
    "name_least", "name_most", "names_least", "number_least", "lead_least", "lead_most",
)  # fmt: skip
"""Names of the features in the order in which ``describe`` gives them; ``least`` is the lesser of the two parts."""

LEAST, MOST = 4, 40
"""Articles of a story that may be parted. With fewer nothing is common; what has more is a subject of many events."""

_EIGHT = 8
_LEAST_PART = 2
_COMMON = 0.85
_N_SEEDS = 6
_MOST_ROUNDS = 15
_N_LEAD = 5
_CLEAR = 0.3
_FAINT = 0.15
_N_NAMED = 2
_NAMES_CHARS = 5000
_CAPITALISED = re.compile(r"\b[A-ZÀ-ÞА-ЯЁ][^\W\d_]+")

Vector = Mapping[str, float]
Sides = tuple[Sequence[int], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Parting:
    """Two parts of a story that are two events.

    Attributes:
        kept: ids of the part that has the oldest article, in order. ``moved``: those of the other.
        score: log-odds that they are two events.
        kept_names, moved_names: names that one part is about and the other lacks; at most two.
    """

    kept: tuple[int, ...]
    moved: tuple[int, ...]
    score: float
    kept_names: tuple[str, ...] = ()
    moved_names: tuple[str, ...] = ()


@cache
def _weights() -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["parting"].items()})


def is_due(n_articles: int) -> bool:
    """Return whether a story that has just grown to so many articles, copies aside, is looked at: ever more seldom."""
    return LEAST <= n_articles <= MOST and n_articles % (1 + n_articles // _EIGHT) == 0


def find_parting(articles: Sequence[StoredArticle]) -> Parting | None:
    """Return how a story falls into two events, or None where nothing says so clearly.

    Copies go where their originals go. What is told in several languages stays whole: words of two languages say
    nothing of each other.

    Args:
        articles: all articles of the story, oldest first.
    """
    firsts = [one for one in articles if one.duplicate_of is None]
    if not LEAST <= len(firsts) <= MOST or len({one.language for one in firsts}) > 1:
        return None
    bare = [without_furniture(one.article) for one in firsts]
    told = [tell_text(article.title, article.text, one.language) for article, one in zip(bare, firsts, strict=True)]
    found = part(told)
    if found is None:
        return None
    sides, features = found
    score = score_features(features, _weights())
    if score <= _weights()["threshold"]:
        return None
    return _name_parts(articles, firsts, told, sides, score)


def _name_parts(
    articles: Sequence[StoredArticle], firsts: Sequence[StoredArticle], told: Sequence[Told], sides: Sides, score: float
) -> Parting:
    moved = {firsts[place].id for place in sides[1]}
    moved |= {one.id for one in articles if one.duplicate_of in moved}
    ids = [one.id for one in articles]
    kept_told, moved_told = ([told[place] for place in side] for side in sides)
    kept_firsts, moved_firsts = ([firsts[place] for place in side] for side in sides)
    return Parting(
        tuple(one for one in ids if one not in moved),
        tuple(one for one in ids if one in moved),
        score,
        _own_names(kept_firsts, kept_told, moved_told),
        _own_names(moved_firsts, moved_told, kept_told),
    )


def _own_names(articles: Sequence[StoredArticle], ours: Sequence[Told], theirs: Sequence[Told]) -> tuple[str, ...]:
    own = _list_own(ours, theirs, _main_names)
    return tuple(_as_written(key, articles) for value, key in own[:_N_NAMED] if value > 2 * _FAINT)


def _as_written(stem: str, articles: Sequence[StoredArticle]) -> str:
    """Return a word with that stem as the first of the articles writes it, or the stem."""
    for one in articles:
        words = _CAPITALISED.findall(f"{one.article.title}\n{one.article.text[:_NAMES_CHARS]}")
        found = next((word for word in words if stem in content_terms(word, one.language)), None)
        if found is not None:
            return str(found)
    return stem


def score_features(features: Sequence[float], weights: Mapping[str, float]) -> float:
    """Return the log-odds that two parts are two events."""
    return weights["bias"] + sum(weights[name] * value for name, value in zip(FEATURES, features, strict=True))


def part(told: Sequence[Told]) -> tuple[Sides, tuple[float, ...]] | None:
    """Return the two parts of a story, the one with its first article first, and what sets them apart.

    None where one article alone stands against the rest, or nothing is common to some and foreign to others.

    Args:
        told: what the articles tell, oldest first.
    """
    near = _hold_together(told)
    sides = _divide(near)
    if sides is None or min(map(len, sides)) < _LEAST_PART:
        return None
    return sides, describe(told, near, sides)


def _hold_together(told: Sequence[Told]) -> list[list[float]]:
    """Return how near each article is to each: cosines of what is neither in one of them alone nor in nearly all."""
    n = len(told)
    counts = [{**one.words, **one.names, **one.numbers} for one in told]
    holders = Counter(key for one in counts for key in one)
    rarity = {key: math.log((n + 1) / (k + 0.5)) for key, k in holders.items() if 1 < k <= _COMMON * n}
    vectors = [_unit({key: one[key] * rarity[key] for key in one.keys() & rarity.keys()}) for one in counts]
    near = [[0.0] * n for _ in range(n)]
    for i, one in enumerate(vectors):
        for j in range(i + 1):
            near[i][j] = near[j][i] = _dot(one, vectors[j])
    return near


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(math.fsum(value * value for value in vector.values()))
    return {key: value / length for key, value in vector.items()} if length else {}


def _dot(one: Vector, other: Vector) -> float:
    return math.fsum(one[key] * other[key] for key in one.keys() & other.keys())


def _divide(near: Sequence[Sequence[float]]) -> Sides | None:
    """Return the best of the divisions that begin with two articles far apart."""
    n = len(near)
    pairs = sorted((near[i][j], j, i) for i in range(n) for j in range(i))
    found = [_settle(near, one, other) for _, one, other in pairs[:_N_SEEDS]]
    best = max(found, key=lambda sides: sum(_length(near, side) for side in sides), default=None)
    if best is None or not all(best):
        return None
    return best if best[0][0] < best[1][0] else (best[1], best[0])


def _settle(near: Sequence[Sequence[float]], one: int, other: int) -> Sides:
    """Return the parts that two articles draw, after each article went where it is nearest until none goes."""
    members = range(len(near))
    is_other = [near[i][other] > near[i][one] for i in members]
    is_other[one], is_other[other] = False, True
    for _ in range(_MOST_ROUNDS):
        ours, theirs = _sides(is_other)
        here, there = _length(near, ours), _length(near, theirs)
        moved = [
            sum(near[i][j] for j in theirs) * here > sum(near[i][j] for j in ours) * there for i in members
        ]  # the nearer centre, by cosine
        if moved == is_other or len(set(moved)) == 1:
            break
        is_other = moved
    return _sides(is_other)


def _sides(is_other: Sequence[bool]) -> Sides:
    return [i for i, other in enumerate(is_other) if not other], [i for i, other in enumerate(is_other) if other]


def _length(near: Sequence[Sequence[float]], side: Sequence[int]) -> float:
    """Return the length of the sum of the vectors of a part."""
    return math.sqrt(max(math.fsum(near[i][j] for i in side for j in side), 1e-9))


def describe(told: Sequence[Told], near: Sequence[Sequence[float]], sides: Sides) -> tuple[float, ...]:
    """Return the features of two parts in the order of ``FEATURES``."""
    ours, theirs = sides
    nearer = _nearer(near, sides)
    one, other = [told[place] for place in ours], [told[place] for place in theirs]
    names = [_values(_list_own(*pair, _main_names)) for pair in ((one, other), (other, one))]
    numbers = [_values(_list_own(*pair, _lead_numbers)) for pair in ((one, other), (other, one))]
    leads = [sum(_values(_list_own(*pair, _lead_words))[:_N_LEAD]) / _N_LEAD for pair in ((one, other), (other, one))]
    return (
        math.log(len(told)),
        nearer,
        nearer * math.log(min(len(ours), len(theirs))),
        min(own[0] for own in names),
        max(own[0] for own in names),
        min(own[0] + own[1] for own in names),
        min(own[0] for own in numbers),
        min(leads),
        max(leads),
    )


def _nearer(near: Sequence[Sequence[float]], sides: Sides) -> float:
    """Return how much nearer two articles of one part are than two of both, in the mean."""
    inside = math.fsum(near[i][j] for side in sides for i in side for j in side if i != j)
    n_inside = sum(len(side) * (len(side) - 1) for side in sides)
    across = math.fsum(near[i][j] for i in sides[0] for j in sides[1])
    return inside / max(1, n_inside) - across / (len(sides[0]) * len(sides[1]))


def _list_own(
    ours: Sequence[Told], theirs: Sequence[Told], list_keys: Callable[[Told], Iterable[tuple[str, float]]]
) -> list[tuple[float, str]]:
    """Return what one part has and the other lacks, by how much it is about it, weightiest first."""
    weights: dict[str, float] = {}
    for one in ours:
        for key, value in list_keys(one):
            weights[key] = weights.get(key, 0.0) + value
    found = []
    for key, weight in weights.items():
        mean = weight / (len(ours) + 0.5)
        if mean >= _FAINT:
            share = sum(1 for one in theirs if key in one.terms) / (len(theirs) + 0.5)
            found.append((mean * (1 - share), key))
    return sorted(found, key=lambda pair: (-pair[0], pair[1]))


def _values(own: Sequence[tuple[float, str]]) -> list[float]:
    return [*(value for value, _ in own), 0.0, 0.0]


def _main_names(told: Told) -> Iterable[tuple[str, float]]:
    most = told.main[0][1] + _CLEAR if told.main else 1.0
    return [(key, value / most) for key, value in told.main]


def _lead_words(told: Told) -> Iterable[tuple[str, float]]:
    return [(key, 1.0) for key in told.lead]


def _lead_numbers(told: Told) -> Iterable[tuple[str, float]]:
    return [(key, 1.0) for key in told.lead & told.numbers.keys()]
