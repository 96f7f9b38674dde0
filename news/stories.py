"""Choosing the story that an article belongs to, in one pass and without looking ahead.

Owns what makes two articles one story: names, figures and words, weighed by how rare they are, and the events that both
tell of. Must never look anything up: the candidates come from the store. The weights stand in ``data/weights.toml``
under ``stories`` and are learnt by ``python -m benchmarks.learn_stories``.

The articles of each candidate story are compared with the new one in three channels: all words, names (entity keys),
and numbers. Each channel gives the nearest article, the mean of the three nearest, the mean of all, and the centroid,
by cosine of logarithmic counts and inverse document frequencies (Salton and Buckley 1988). A logistic regression makes
log-odds of these and of their logarithms. What no training data has (dates of events far apart, other languages) is
added by hand-set terms; stories in other languages are weighed by ``news.foreign``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from types import MappingProxyType

from news.decision import Candidates, StoredArticle
from news.foreign import Told, score_article
from news.model import Article, Reading
from news.tables import load_toml
from news.text import content_terms
from news.world import World

CHANNELS = ("term", "name", "number")
_SHAPES = ("max", "top", "mean", "centroid")
FEATURES = tuple(f"{channel}_{shape}" for channel in CHANNELS for shape in _SHAPES)
"""Names of the features in order; each also goes in as ``log_<name>``."""

_MAX_MEMBERS = 25
_N_NEAREST = 3
_LOG_FLOOR = 0.03
_MAX_STORIES = 8
_FOREIGN = "foreign"
_COMPARED = frozenset(("en", "es", "ru"))
_DIGITS = frozenset("0123456789")
_LEAD_CHARS = 500
_TOLD_CHARS = 2_000
_NAMES_CHARS = 5000
_PROPER = re.compile(r"\b[A-ZÀ-ÞА-ЯЁ][^\W\d_]+")
_NUMBERED = re.compile(
    r"\b(\d{1,3})(?:st|nd|rd|th)\s+(?!century|day|minute|anniversary|birthday|floor|street|avenue|time|place|century)"
    r"([a-z]{4,})"
)

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Profile:
    """What an article is made of, for comparing it with others: counts by stem, by entity key and by number."""

    terms: Mapping[str, int]
    names: Mapping[str, int]
    language: str = ""
    published_at: datetime | None = None
    lead: str = ""
    text: str = ""

    def channel(self, name: str) -> Mapping[str, int]:
        """Return the counts of ``term``, ``name`` or ``number``; numbers are the terms that begin with a digit."""
        if name == "number":
            return {term: count for term, count in self.terms.items() if term[0] in _DIGITS}
        return self.names if name == "name" else self.terms


@dataclass(frozen=True, slots=True)
class StoryFit:
    """How well an article fits a story. ``score`` is log-odds; ``nearest`` is the most similar article of the story."""

    story_id: int
    score: float
    nearest: StoredArticle
    features: Mapping[str, float]


@lru_cache(maxsize=1 << 9)
def proper_words(text: str, language: str = "en") -> Mapping[str, int]:
    """Return how often each word stands capitalised and never in small letters, by its stem as in the terms.

    They stand for the names that no table knows. Languages that capitalise nouns, and headlines in capitals, give more
    than names; being rare is what makes a word count.
    """
    text = text[:_NAMES_CHARS]
    small = set(text.split())
    found: Counter[str] = Counter()
    for word, count in Counter(_PROPER.findall(text)).items():
        if word.lower() not in small:
            found.update(dict.fromkeys(content_terms(word, language), count))
    return MappingProxyType(found)


def lead_and_text(article: Article) -> str:
    """Return title and text as one."""
    return f"{article.title}\n{article.text}"


def profile_of(article: Article, reading: Reading) -> Profile:
    """Return the profile of an article that has just been read."""
    names = Counter(mention.entity.key for mention in reading.mentions)
    names.update(proper_words(lead_and_text(article), reading.language))
    terms = content_terms(f"{article.title}\n{article.text}", reading.language)
    lead = f"{article.title}\n{article.text[:_LEAD_CHARS]}"
    return Profile(terms, names, reading.language, article.published_at, lead, lead_and_text(article))


def stored_profile(stored: StoredArticle) -> Profile:
    """Return the profile of a stored article."""
    names = {**proper_words(lead_and_text(stored.article), stored.language), **stored.entity_counts}
    text = lead_and_text(stored.article)
    return Profile(stored.term_counts, names, stored.language, stored.article.published_at, text=text)


class _Idf(dict[str, float]):
    """Inverse document frequencies, worked out once for each word of a decision."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self._counts = world.document_counts
        self._total = world.n_articles + 2
        # The store counts documents only for the words of the article that is decided on; a word that only a candidate
        # has counts as one of middling rarity.
        self._default = max(math.log(self._total / (0.5 + max(1.0, 0.02 * self._total))), 0.1)

    def __missing__(self, key: str) -> float:
        count = self._counts.get(key)
        value = self._default if count is None else math.log(self._total / (count + 0.5))
        self[key] = value
        return value


_LOGS = (0.0, *(1 + math.log(count) for count in range(1, 1000)))


def _weigh(counts: Mapping[str, int], idf: _Idf) -> Vector:
    vector = {key: _LOGS[count if count < 1000 else 999] * idf[key] for key, count in counts.items()}  # noqa: PLR2004 - size of the table
    length = math.hypot(*vector.values())
    return {key: value / length for key, value in vector.items()} if length else {}


def _dot(one: Vector, other: Vector) -> float:
    return sum(one[key] * other[key] for key in one.keys() & other.keys())


def _shapes(ours: Vector, members: Sequence[Vector], centroid: Vector) -> tuple[float, float, float, float]:
    scores = sorted((_dot(ours, member) for member in members), reverse=True)
    nearest = scores[:_N_NEAREST]
    return scores[0], sum(nearest) / len(nearest), sum(scores) / len(scores), _dot(ours, centroid)


def _sum_counts(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return total


def features_of(article: Profile, members: Sequence[Profile], world: World) -> dict[str, float]:
    """Return the features of an article against the articles of one story, by name, each 0 to 1.

    Args:
        members: at least one; more than 25 are cut.
    """
    return _features(article, members, _Idf(world))


def _features(article: Profile, members: Sequence[Profile], idf: _Idf) -> dict[str, float]:
    found: dict[str, float] = {}
    for channel in CHANNELS:
        counts = [member.channel(channel) for member in members[:_MAX_MEMBERS]]
        ours = _weigh(article.channel(channel), idf)
        vectors = [_weigh(one, idf) for one in counts]
        shapes = _shapes(ours, vectors, _weigh(_sum_counts(counts), idf) if len(counts) > 1 else vectors[0])
        found.update({f"{channel}_{shape}": value for shape, value in zip(_SHAPES, shapes, strict=True)})
    return found


@cache
def _weights() -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["stories"].items()})


def with_logs(features: Mapping[str, float]) -> dict[str, float]:
    """Return the features with their logarithms beside them, as the regression takes them."""
    logs = {f"log_{key}": math.log(value + _LOG_FLOOR) for key, value in features.items()}
    return {**features, **logs}


def score_features(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the log-odds that features stand for one story."""
    return weights["bias"] + sum(weights.get(key, 0.0) * value for key, value in with_logs(features).items())


def _days_apart(article: Profile, members: Sequence[Profile]) -> int | None:
    if article.published_at is None:
        return None
    dates = [member.published_at for member in members if member.published_at is not None]
    return min((abs((article.published_at - date).days) for date in dates), default=None)


def _time_part(article: Profile, members: Sequence[Profile]) -> float:
    """Weigh the days between publications: a story that nobody wrote on for a year seldom goes on."""
    weights = _weights()
    gap = _days_apart(article, members)
    if gap is None or gap <= weights["gap_days"]:
        return 0.0
    return max(weights["gap_floor"], -weights["gap_weight"] * math.log(gap / weights["gap_days"]))


def _numbered(stored: StoredArticle) -> dict[str, set[str]]:
    return numbered_things(f"{stored.article.title}\n{stored.article.text[:_LEAD_CHARS]}")


@lru_cache(maxsize=1 << 10)
def _find_numbered(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((found.group(2), found.group(1)) for found in _NUMBERED.finditer(text.casefold()))


def numbered_things(text: str) -> dict[str, set[str]]:
    """Return the things that a text numbers, with their numbers: "13th package" gives ``package`` and ``13``.

    What is numbered in a series is told apart by its number and by nothing else: the 12th package of sanctions and the
    13th share all names and most words.
    """
    found: dict[str, set[str]] = {}
    for thing, number in _find_numbered(text):
        found.setdefault(thing, set()).add(number)
    return found


def _series_part(ours: Mapping[str, set[str]], members: Sequence[StoredArticle]) -> float:
    """Weigh numbers of one series: one that differs from all of the story's tells two stories apart."""
    if not ours:
        return 0.0
    theirs: dict[str, set[str]] = {}
    for member in members[:_MAX_MEMBERS]:
        for thing, numbers in _numbered(member).items():
            theirs.setdefault(thing, set()).update(numbers)
    both = [thing for thing in ours if thing in theirs]
    if not both or any(ours[thing] & theirs[thing] for thing in both):
        return 0.0
    return _weights()["series_differs"]


def _language_part(article: Profile, members: Sequence[Profile], native: float, world: World) -> float | None:
    """Return what the members in other languages add to the score by words, or None if there are none or no gain.

    Words of two languages say nothing of each other: a story without a member in the article's language is weighed by
    ``news.foreign`` alone, and one with some by whichever says more.
    """
    others = [one for one in members[:_MAX_MEMBERS] if _is_foreign(article, one)]
    if not others:
        return None
    best = max(score_article(_told(article), _told(one), world.rarity) for one in others)
    return best - native if best > native or len(others) == len(members) else None


def _is_foreign(article: Profile, member: Profile) -> bool:
    return {article.language, member.language} <= _COMPARED and article.language != member.language


def _told(profile: Profile) -> Told:
    keys = frozenset(key for key in profile.names if ":" in key)
    return Told(profile.text[:_TOLD_CHARS], profile.language, profile.published_at, keys)


def group_by_story(candidates: Candidates) -> dict[int, list[StoredArticle]]:
    """Return the candidate articles by story, each once, most related first."""
    groups: dict[int, list[StoredArticle]] = {}
    seen: set[int] = set()
    for stored in (*candidates.related, *candidates.similar):
        if stored.id not in seen:
            seen.add(stored.id)
            groups.setdefault(stored.story_id, []).append(stored)
    return groups


def rank_stories(article: Profile, groups: Mapping[int, Sequence[StoredArticle]], world: World) -> tuple[StoryFit, ...]:
    """Return how well the article fits the eight nearest stories by words, names, numbers and time, best first.

    Args:
        groups: candidate articles by story, see ``group_by_story``. Ties go to the lower story id.
    """
    idf = _Idf(world)
    nearest = sorted(groups, key=lambda story_id: -max(_nearness(article, one, idf) for one in groups[story_id]))
    # By words, stories in other languages come last of all: the most related of them are looked at beside the nearest.
    others = [story_id for story_id, members in groups.items() if _is_all_foreign(article, members)]
    chosen = dict.fromkeys((*nearest[:_MAX_STORIES], *others[: _MAX_STORIES // 2]))
    return _sorted([_fit(article, story_id, groups[story_id], idf) for story_id in chosen])


def _is_all_foreign(article: Profile, members: Sequence[StoredArticle]) -> bool:
    return {article.language, members[0].language} <= _COMPARED and all(
        one.language != article.language for one in members
    )


def _nearness(article: Profile, stored: StoredArticle, idf: _Idf) -> float:
    """Return a quick estimate of how much rare vocabulary two articles share."""
    terms = sum(idf[term] ** 2 for term in article.terms.keys() & stored.term_counts.keys())
    return terms + sum(idf[key] ** 2 for key in article.names.keys() & stored.entity_counts.keys())


def _sorted(fits: Sequence[StoryFit]) -> tuple[StoryFit, ...]:
    return tuple(sorted(fits, key=lambda fit: (-fit.score, fit.story_id)))


def _fit(article: Profile, story_id: int, members: Sequence[StoredArticle], idf: _Idf) -> StoryFit:
    profiles = [stored_profile(member) for member in members]
    features = _features(article, profiles, idf)
    score = score_features(features, _weights())
    foreign = _language_part(article, profiles, score, idf.world)
    if foreign is not None:
        score, features = score + foreign, {**features, _FOREIGN: 1.0}
    score += _time_part(article, profiles)
    score += _series_part(numbered_things(article.lead), members)
    return StoryFit(story_id, score, members[0], features)


def add_events(fits: Sequence[StoryFit], event_scores: Mapping[int, float]) -> tuple[StoryFit, ...]:
    """Return the fits with the evidence of events that both tell of added, best first again.

    Args:
        event_scores: story id -> see ``news.assignments.score_events``.
    """
    weights = {False: _weights()["event_match"], True: float(load_toml("weights.toml")["foreign"]["event"])}
    return _sorted(
        [replace(fit, score=fit.score + weights[is_foreign(fit)] * event_scores.get(fit.story_id, 0.0)) for fit in fits]
    )


def is_foreign(fit: StoryFit) -> bool:
    """Return whether the story was weighed as one in another language than the article."""
    return _FOREIGN in fit.features


def add_days(fits: Sequence[StoryFit], weights: Mapping[int, float]) -> tuple[StoryFit, ...]:
    """Return the fits with what the days say (story id -> log-odds) added, best first again."""
    return _sorted([replace(fit, score=fit.score + weights.get(fit.story_id, 0.0)) for fit in fits])


def choose_story(fits: Sequence[StoryFit]) -> StoryFit | None:
    """Return the best story if it is above the threshold, else None: the article opens its own."""
    return fits[0] if fits and fits[0].score > _weights()["threshold"] else None


def list_related(fits: Sequence[StoryFit], chosen: StoryFit | None, *, limit: int = 5) -> tuple[int, ...]:
    """Return the ids of stories that are near without being the one, nearest first."""
    floor = _weights()["related_name"]
    near = [fit for fit in fits if fit is not chosen and fit.features["name_max"] > floor]
    return tuple(fit.story_id for fit in near[:limit])
