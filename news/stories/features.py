"""How alike an article and the articles of a story are: cosines of words, names and numbers.

Owns the weighing of shared words by how rare they are. Must never choose a story: ``news.stories.belonging`` does.

Each channel gives the nearest article, the mean of the three nearest, the mean of all, and the centroid, by cosine of
logarithmic counts and inverse document frequencies (Salton and Buckley 1988). The store counts documents only for the
words of the article that is decided on, so all other words weigh the same: lengths come from a sum that is kept for
each stored article, and only shared words are looked at.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

from news.matching.world import World
from news.stories.pairs import Side
from news.stories.profiles import CHANNELS, Profile, square_of, weight_of

SHAPES = ("max", "top", "mean", "centroid")
FEATURES = tuple(f"{channel}_{shape}" for channel in CHANNELS for shape in SHAPES)
"""Names of the features in order; each also goes in as ``log_<name>``."""

MAX_MEMBERS = 25
_N_NEAREST = 3
_LEAST = 0.1
_WEIGHTS = (0.0, *map(weight_of, range(1, 1000)))
_UNCOUNTED = (0.0, 0.0)
_DIGITS = 9
"""Digits of a score: its last bits would hang on the order in which a set is gone through."""


class Rarities(dict[str, float]):
    """Inverse document frequencies, worked out once for each word of a decision."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self._counts = world.document_counts
        self._total = world.n_articles + 2
        # The store counts documents only for the words of the article that is decided on; a word that only a candidate
        # has counts as one of middling rarity.
        self.usual = max(math.log(self._total / (0.5 + max(1.0, 0.02 * self._total))), _LEAST)

    def __missing__(self, key: str) -> float:
        count = self._counts.get(key)
        value = self.usual if count is None else math.log(self._total / (count + 0.5))
        self[key] = value
        return value


class _Channel:
    """One channel of the article, weighed once for all that it is held against."""

    def __init__(
        self, counts: Mapping[str, int], rarities: Rarities, counted: Mapping[str, tuple[float, float]]
    ) -> None:
        weighed = {key: _WEIGHTS[min(count, 999)] * rarities[key] for key, count in counts.items()}
        length = math.hypot(*weighed.values()) or 1.0
        self._usual = rarities.usual**2
        # What sharing a key adds to the product of both, and what knowing its rarity adds to the other's length.
        self._known = dict(counted)
        for key, value in weighed.items():
            self._known[key] = (value / length * rarities[key], counted.get(key, _UNCOUNTED)[1])

    def compare(self, counts: Mapping[str, int], square: float) -> float:
        """Return the cosine with other counts, whose squared weights sum up to ``square``; 0 to 1."""
        known, dot = self._known, 0.0
        total = square * self._usual
        for key in known.keys() & counts.keys():
            count = counts[key]
            weight = _WEIGHTS[count if count < 1000 else 999]  # noqa: PLR2004 - size of the table
            product, more = known[key]
            dot += product * weight
            total += more * weight * weight
        return round(dot / math.sqrt(total), _DIGITS) if total > 0 else 0.0


class Subject:
    """The article that is decided on, weighed by rarity once for all comparisons."""

    def __init__(self, profile: Profile, world: World) -> None:
        self.profile = profile
        self.world = world
        rarities = Rarities(world)
        usual = rarities.usual**2
        counted = {key: (0.0, rarities[key] ** 2 - usual) for key in world.document_counts}
        numbers = {key: square for key, square in counted.items() if key[:1].isdigit()}
        terms, names, digits = profile.channels
        self._channels = (
            _Channel(terms, rarities, counted),
            _Channel(names, rarities, counted),
            _Channel(digits, rarities, numbers),
        )
        self._term_squares = {key: rarities[key] ** 2 for key in profile.terms}
        self._name_squares = {key: rarities[key] ** 2 for key in profile.names}

    @cached_property
    def side(self) -> Side:
        """The article as it is held against single articles; most articles need it not."""
        return Side(self.profile, self.world)

    def nearness(self, terms: Mapping[str, int], names: Mapping[str, int]) -> float:
        """Return a quick estimate of how much rare vocabulary an article with these shares."""
        squares, others = self._term_squares, self._name_squares
        near = math.fsum(map(squares.__getitem__, squares.keys() & terms.keys()))  # exact: in whatever order
        return near + math.fsum(map(others.__getitem__, others.keys() & names.keys()))

    def features(self, members: Sequence[Profile]) -> dict[str, float]:
        """Return the features against the articles of one story, by name, each 0 to 1.

        Args:
            members: at least one; more than 25 are cut.
        """
        found: dict[str, float] = {}
        members = members[:MAX_MEMBERS]
        for place, (name, channel) in enumerate(zip(CHANNELS, self._channels, strict=True)):
            counts = [member.channels[place] for member in members]
            scores = [channel.compare(one, member.squares[place]) for one, member in zip(counts, members, strict=True)]
            shapes = _shapes(scores, _centroid(channel, counts) if len(counts) > 1 else scores[0])
            found.update({f"{name}_{shape}": value for shape, value in zip(SHAPES, shapes, strict=True)})
        return found


def _shapes(scores: list[float], centroid: float) -> tuple[float, float, float, float]:
    scores = sorted(scores, reverse=True)
    nearest = scores[:_N_NEAREST]
    return scores[0], sum(nearest) / len(nearest), sum(scores) / len(scores), centroid


def _centroid(channel: _Channel, counts: Sequence[Mapping[str, int]]) -> float:
    total: dict[str, int] = dict(counts[0])
    for one in counts[1:]:
        both = {key: total[key] for key in total.keys() & one.keys()}
        total.update(one)
        for key, count in both.items():
            total[key] += count
    return channel.compare(total, square_of(total.values()))
