"""How alike two articles are, signal by signal, and the log-odds that they are of one story.

Owns the features of a pair of articles, and joining what pairs say to one score. Must never choose a story:
``news.stories.belonging`` does. The weights stand in ``data/weights.toml`` under ``story_pairs`` and are learnt by
``python -m benchmarks.learn_story_pairs``.

Words, names, numbers and pairs of neighbouring words are compared by cosine with inverse document frequencies (Salton
and Buckley 1988). Two events of one kind share most of that, so the other signals ask what each has that the other
lacks: the names that an article is about, its first sentences, and figures of one kind that differ.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

from news.matching.world import World
from news.stories.profiles import Profile
from news.stories.texts import Told, tell_text
from news.tables import load_toml

COSINES = ("word", "name", "number", "pair", "key", "all", "lead")
"""Channels that are compared by cosine; each goes in as it is and as its logarithm."""

CONTRASTS = (
    "name_least", "name_most", "lead_least", "lead_most", "number_least", "main_least", "main_most", "main_both",
    "front_least", "front_most", "day", "age", "money", "year_same", "year_differs", "count_same", "count_differs",
    "length",
)  # fmt: skip
"""What one has and the other lacks; ``least`` is the lesser of the two directions. Long texts share much by chance."""

FEATURES = (*COSINES, *(f"log_{name}" for name in COSINES), *CONTRASTS)
"""Names of the features in the order in which ``compare`` gives them."""

_PRIOR_ARTICLES = 100
_PRIOR_SHARE = 0.002
_USUAL_SHARE = 0.02
_LEAST_RARITY = 0.02
_LOG_FLOOR = 0.03
_N_FRONT = 4
_CLEAR = 0.3
_MONEY_RATIO = 1.28
_SUREST = 6.0
_DIGITS = 9
"""Digits of a share: its last bits would hang on the order in which a set is gone through."""


class Rarities(dict[str, float]):
    """Inverse document frequencies, worked out once for each word of a decision.

    A hundred articles are assumed beside those of the store, each with an even share of all words, so that in a small
    store not every word is common.
    """

    def __init__(self, world: World) -> None:
        super().__init__()
        self._counts = world.document_counts
        self._total = world.n_articles + _PRIOR_ARTICLES
        self._extra = _PRIOR_ARTICLES * _PRIOR_SHARE + 0.5
        self.usual = self._of(_USUAL_SHARE * world.n_articles)
        """That of a word that only a candidate has: the store counts the words of the new article alone."""

    def _of(self, count: float) -> float:
        return max(math.log(self._total / (count + self._extra)), _LEAST_RARITY)

    def __missing__(self, key: str) -> float:
        value = self[key] = self._of(self._counts.get(key, 0))
        return value

    def of_pair(self, pair: str) -> float:
        """Return that of two neighbouring words, which is not remembered: it is asked for once."""
        one, _, other = pair.partition(" ")
        return self[one] + self[other]


class Side:
    """The article that is decided on, weighed by rarity once for all comparisons."""

    def __init__(self, profile: Profile, world: World) -> None:
        self.n_articles = world.n_articles
        self.rarities = Rarities(world)
        self.text, rarity = _tell(profile), self.rarities
        text = self.text
        words = (
            {key: (value, rarity[key] ** 2) for key, value in one.items()}
            for one in (text.words, text.names, text.numbers)
        )
        self.classes = *words, {pair: (value, rarity.of_pair(pair) ** 2) for pair, value in text.pairs.items()}
        self.squares = tuple(sum([v * v * square for v, square in one.values()]) for one in self.classes)
        self.names_weight = sum(value * rarity[key] for key, value in text.names.items())
        self.lead_weight = math.fsum(rarity[key] for key in text.lead)
        self.lead_square = math.fsum(rarity[key] ** 2 for key in text.lead)
        self.keys = {key: 1 + math.log(count) for key, count in profile.names.items() if ":" in key}
        self.keys_square = sum((value * rarity[key]) ** 2 for key, value in self.keys.items())
        self.front_numbers = text.lead & text.numbers.keys()


def _tell(profile: Profile) -> Told:
    title, _, text = profile.text.partition("\n")
    return tell_text(title, text, profile.language)


def _cosine(dot: float, ours: float, theirs: float) -> float:
    return round(dot / math.sqrt(ours * theirs), _DIGITS) if ours > 0 and theirs > 0 else 0.0


def _share(part: float, whole: float) -> float:
    """Return a share that says little of little: one name of one says less than four of four."""
    return round((part + 0.5) / (whole + 1.0), _DIGITS)


def _classes(ours: Side, theirs: Told) -> list[tuple[float, float]]:
    """Return, for words, names, numbers and pairs, the product of both and the square of theirs."""
    usual = ours.rarities.usual**2
    found = []
    for place, (mine, other) in enumerate(
        zip(ours.classes, (theirs.words, theirs.names, theirs.numbers, theirs.pairs), strict=True)
    ):
        dot = 0.0
        base = usual * 4 if place == 3 else usual  # noqa: PLR2004 - a pair is as rare as both of its words together
        square = theirs.squares[place] * base
        for key in mine.keys() & other.keys():
            value, rarity = mine[key]
            their = other[key]
            dot += value * their * rarity
            square += their * their * (rarity - base)
        found.append((dot, square))
    return found


def _key_cosine(ours: Side, theirs: Mapping[str, int]) -> float:
    usual = ours.rarities.usual
    dot = square = 0.0
    for key, count in theirs.items():
        if ":" not in key:
            continue
        value = 1 + math.log(count)
        mine = ours.keys.get(key)
        weight = value * (ours.rarities[key] if mine is not None else usual)
        square += weight * weight
        if mine is not None:
            dot += mine * ours.rarities[key] * weight
    return _cosine(dot, ours.keys_square, square)


def _names(ours: Side, theirs: Told) -> tuple[float, float]:
    """Return the share of our names that they have, and of theirs that we have."""
    mine, rarity = ours.text.names, ours.rarities
    kept = math.fsum(mine[key] * rarity[key] for key in mine.keys() & theirs.terms)
    held, whole = 0.0, theirs.names_sum * rarity.usual
    for key in theirs.names.keys() & ours.text.terms:
        value = theirs.names[key]
        held += value * rarity[key]
        whole += value * (rarity[key] - rarity.usual)
    return _share(kept, ours.names_weight), _share(held, whole)


def _lead(ours: Side, theirs: Told) -> tuple[float, float, float]:
    """Return the cosine of the first sentences, and how much of either is anywhere in the other."""
    mine, rarity = ours.text, ours.rarities
    common = mine.lead & theirs.lead
    shared = math.fsum(rarity[key] ** 2 for key in common)
    n_other = len(theirs.lead) - len(common)
    kept = math.fsum(rarity[key] for key in mine.lead & theirs.terms)
    known = theirs.lead & mine.terms
    held = math.fsum(rarity[key] for key in known)
    whole = held + (len(theirs.lead) - len(known)) * rarity.usual
    cosine = _cosine(shared, ours.lead_square, shared + n_other * rarity.usual**2)
    return cosine, _share(kept, ours.lead_weight), _share(held, whole)


def _missing(main: tuple[tuple[str, float], ...], terms: frozenset[str]) -> float:
    """Return the weight of the foremost of these names that is nowhere in the other, against the foremost of all."""
    if not main:
        return 0.0
    return max((value for key, value in main if key not in terms), default=0.0) / (main[0][1] + _CLEAR)


def _front(main: tuple[tuple[str, float], ...], lead: frozenset[str]) -> float:
    """Return the share of the foremost names that stand in the other's first sentences."""
    front = main[:_N_FRONT]
    return sum(value for key, value in front if key in lead) / (sum(value for _, value in front) + _CLEAR)


def _agreement(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Return 1 if both name a common one, -1 if they name others, 0 if either names none."""
    if not ours or not theirs:
        return 0.0
    return 1.0 if ours & theirs else -1.0


def _money_agreement(ours: frozenset[float], theirs: frozenset[float]) -> float:
    if not ours or not theirs:
        return 0.0
    near = (1 / _MONEY_RATIO < (one + 1) / (other + 1) < _MONEY_RATIO for one in ours for other in theirs)
    return 1.0 if any(near) else -1.0


def _numbers(ours: Side, theirs: Told) -> float:
    mine = ours.front_numbers
    front = theirs.lead & theirs.numbers.keys()
    kept, held = len(mine & theirs.numbers.keys()), len(front & ours.text.numbers.keys())
    return min((kept + 0.5) / (len(mine) + 1), (held + 0.5) / (len(front) + 1))


def _counts(ours: Told, theirs: Told) -> tuple[float, float]:
    """Return how many things both count, as logarithms: alike ("23 pirates" twice), and otherwise (23 and 26)."""
    both = ours.counted.keys() & theirs.counted.keys()
    n_same = sum(not ours.counted[thing].isdisjoint(theirs.counted[thing]) for thing in both)
    return math.log1p(n_same), math.log1p(len(both) - n_same)


def compare(ours: Side, theirs: Profile) -> list[float]:
    """Return the features of two articles in the order of ``FEATURES``; shares and cosines are 0 to 1.

    ``length`` is the logarithm of how many words either has, multiplied.
    """
    mine, text = ours.text, _tell(theirs)
    classes = _classes(ours, text)
    cosines = [_cosine(dot, ours.squares[place], square) for place, (dot, square) in enumerate(classes)]
    every = _cosine(sum(dot for dot, _ in classes[:3]), sum(ours.squares[:3]), sum(square for _, square in classes[:3]))
    lead, lead_ours, lead_theirs = _lead(ours, text)
    cosines += [_key_cosine(ours, theirs.names), every, lead]
    name_ours, name_theirs = _names(ours, text)
    miss_ours, miss_theirs = _missing(mine.main, text.terms), _missing(text.main, mine.terms)
    front_ours, front_theirs = _front(mine.main, text.lead), _front(text.main, mine.lead)
    years = mine.year and text.year
    return [
        *cosines,
        *(math.log(value + _LOG_FLOOR) for value in cosines),
        min(name_ours, name_theirs),
        max(name_ours, name_theirs),
        min(lead_ours, lead_theirs),
        max(lead_ours, lead_theirs),
        _numbers(ours, text),
        min(miss_ours, miss_theirs),
        max(miss_ours, miss_theirs),
        math.sqrt(miss_ours * miss_theirs),
        min(front_ours, front_theirs),
        max(front_ours, front_theirs),
        _agreement(mine.days, text.days),
        _agreement(mine.ages, text.ages),
        _money_agreement(mine.money, text.money),
        1.0 if years and mine.year == text.year else 0.0,
        1.0 if years and mine.year != text.year else 0.0,
        *_counts(mine, text),
        math.log(len(mine.terms) + 1) + math.log(len(text.terms) + 1),
    ]


@cache
def _weights() -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["story_pairs"].items()})


@cache
def _learnt() -> tuple[float, ...]:
    return tuple(_weights()[name] for name in FEATURES)


def join_scores(scores: Sequence[float]) -> float:
    """Return the score of a story from those of its articles, see ``score_pairs``.

    It lies between the mean of the three nearest articles and the mean of all: one near article runs stories of one
    subject into each other, the mean of all splits a story that moves on.
    """
    best = sorted(scores, reverse=True)
    nearest, share = best[: int(_weights()["nearest"])], _weights()["nearest_share"]
    return share * sum(nearest) / len(nearest) + (1 - share) * sum(best) / len(best)


def _slack(n_articles: int) -> float:
    """Return how much pairs may add to the score of a story in a store of this size."""
    weights = _weights()
    span = (n_articles - weights["few_articles"]) / (weights["most_articles"] - weights["few_articles"])
    return weights["slack"] * max(0.0, min(1.0, span))


def is_asked(score: float, threshold: float, profile: Profile, n_articles: int) -> bool:
    """Return whether pairs of articles are asked for; most stories are too far for that.

    Those are asked as well that lie so little below what joining takes that they may be one with the article's own.
    """
    weights = _weights()
    is_enough = n_articles >= weights["least_articles"] and len(profile.terms) >= weights["least_terms"]
    return is_enough and score + _slack(n_articles) + weights["margin"] > threshold


def score_pairs(side: Side, members: Sequence[Profile]) -> tuple[float, ...]:
    """Return the log-odds that an article is of one story with each of these, cut at plus and minus 6.

    One pair proves no more than that.
    """
    line, bias = _learnt(), _weights()["bias"]
    scores = (bias + sum(map(float.__mul__, compare(side, member), line)) for member in members)
    return tuple(max(-_SUREST, min(_SUREST, score)) for score in scores)


def limit_score(score: float, threshold: float, scores: Sequence[float], n_articles: int) -> float:
    """Return the score of a story as far as pairs of articles bear it out.

    In a store of up to 100 articles the score is never more than it was, so that nothing is joined there by pairs.

    Args:
        score: log-odds of the story by all its articles.
        threshold: above it the story would be joined.
        scores: of the pairs, see ``score_pairs``.
    """
    slack = _slack(n_articles)
    if not scores or score + slack <= threshold:
        return score
    return min(score + slack, threshold + join_scores(scores) - _weights()["threshold"])
