"""Choosing the story that an article belongs to, in one pass and without looking ahead.

Owns what makes two articles one story: names, figures and words, weighed by how rare they are, and the events that both
tell of. Must never look anything up: the candidates come from the store. The weights stand in ``data/weights.toml``
under ``stories`` and are learnt by ``python -m benchmarks.learn_stories``.

The articles of each candidate story are compared with the new one in three channels: all words, names (entity keys),
and numbers (``news.stories.features``). A logistic regression makes log-odds of these and of their logarithms. A story
that would be joined is then held against the article one by one (``news.stories.pairs``), which tells two events of one
kind apart; only what both say is joined, so that a small store joins nothing by chance. What no training data has
(dates of events far apart, other languages) is added by hand-set terms; stories in other languages are weighed by
``news.matching.foreign``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType

from news.decision import Candidates, StoredArticle
from news.matching.assignments import MOST_EVENTS
from news.matching.foreign import Told, score_article
from news.matching.world import World
from news.stories.features import MAX_MEMBERS, Subject
from news.stories.pairs import is_asked, limit_score, score_pairs
from news.stories.profiles import (
    Profile,
    stored_profile,
)
from news.tables import load_toml

_LOG_FLOOR = 0.03
_MAX_STORIES = 8
_FOREIGN = "foreign"
_COMPARED = frozenset(("en", "es", "ru"))
_LEAD_CHARS = 500
_TOLD_CHARS = 2_000
_NUMBERED = re.compile(
    r"\b(\d{1,3})(?:st|nd|rd|th)\s+(?!century|day|minute|anniversary|birthday|floor|street|avenue|time|place)"
    r"([a-z]{4,})"
)

_RESULT = re.compile(r"(?<![\d.:–-])(\d{1,2})[-–:](\d{1,2})(?![\d.:–-]| ?(?:a\.?m|p\.?m|percent|per cent|%)\b)")
_PLAYED = re.compile(
    r"\b(?:beat|beats|beaten|draw|draws|drew|won|wins|lost|loses|defeat|defeats|defeated|victory|thrash|thrashed|"
    r"ganó|ganaron|venció|vencieron|derrotó|goleó|empató|empataron|empate|победил\w?|победили|обыграл\w?|выиграл\w?|"
    r"проиграл\w?|ничью|вничью)\b"
)
_SPORT = re.compile(
    r"\b(?:football|soccer|rugby|cricket|hockey|handball|volleyball|league|derby|match|goals?|scored|penalty|playoffs?|"
    r"semi-?finals?|quarter-?finals?|fútbol|partido|liga|goles|torneo|матч|матче|футбол\w*|хокке\w*|лиг[аеиу]|чемпионат\w*)\b"
)


@dataclass(frozen=True, slots=True)
class StoryFit:
    """How well an article fits a story.

    Attributes:
        score: log-odds.
        nearest: the most similar article of the story.
        pairs: log-odds that it is of one story with each of its articles; none where they were not asked for.
    """

    story_id: int
    score: float
    nearest: StoredArticle
    features: Mapping[str, float]
    pairs: tuple[float, ...] = ()


@cache
def _weights() -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["stories"].items()})


def with_logs(features: Mapping[str, float]) -> dict[str, float]:
    """Return the features with their logarithms beside them, as the regression takes them."""
    logs = {_log_name(key): math.log(value + _LOG_FLOOR) for key, value in features.items()}
    return {**features, **logs}


def score_features(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the log-odds that features stand for one story."""
    get, log = weights.get, math.log
    parts = [get(key, 0.0) * value for key, value in features.items()]
    parts += [get(_log_name(key), 0.0) * log(value + _LOG_FLOOR) for key, value in features.items()]
    return weights["bias"] + sum(parts)


@cache
def _log_name(key: str) -> str:
    return f"log_{key}"


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
    plain = text.casefold()
    things = [(found.group(2), found.group(1)) for found in _NUMBERED.finditer(plain)]
    if _PLAYED.search(plain) and _SPORT.search(plain):
        things += [("result", "-".join(sorted(found.groups()))) for found in _RESULT.finditer(plain)]
    return tuple(things)


def numbered_things(text: str) -> dict[str, set[str]]:
    """Return the things that a text numbers, with their numbers: "13th package" gives ``package`` and ``13``.

    What is numbered in a series is told apart by its number and by nothing else: the 12th package of sanctions and the
    13th share all names and most words. So are two matches of one team by their results, which stand under ``result``.
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
    for member in members[:MAX_MEMBERS]:
        for thing, numbers in _numbered(member).items():
            theirs.setdefault(thing, set()).update(numbers)
    both = [thing for thing in ours if thing in theirs]
    if not both or any(ours[thing] & theirs[thing] for thing in both):
        return 0.0
    return _weights()["series_differs"]


def _language_part(article: Profile, members: Sequence[Profile], native: float, world: World) -> float | None:
    """Return what the members in other languages add to the score by words, or None if there are none or no gain.

    Words of two languages say nothing of each other: a story without a member in the article's language is weighed by
    ``news.matching.foreign`` alone, and one with some by whichever says more.
    """
    others = [one for one in members[:MAX_MEMBERS] if _is_foreign(article, one)]
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
    subject = Subject(article, world)
    nearest = sorted(groups, key=lambda story_id: -max(_nearness(subject, one) for one in groups[story_id]))
    # By words, stories in other languages come last of all: the most related of them are looked at beside the nearest.
    others = [story_id for story_id, members in groups.items() if _is_all_foreign(article, members)]
    chosen = dict.fromkeys((*nearest[:_MAX_STORIES], *others[: _MAX_STORIES // 2]))
    return _sorted([_fit(subject, story_id, groups[story_id]) for story_id in chosen])


def _is_all_foreign(article: Profile, members: Sequence[StoredArticle]) -> bool:
    return {article.language, members[0].language} <= _COMPARED and all(
        one.language != article.language for one in members
    )


def _nearness(subject: Subject, stored: StoredArticle) -> float:
    return subject.nearness(stored.term_counts, stored.entity_counts)


def _sorted(fits: Sequence[StoryFit]) -> tuple[StoryFit, ...]:
    return tuple(sorted(fits, key=lambda fit: (-fit.score, fit.story_id)))


def _fit(subject: Subject, story_id: int, members: Sequence[StoredArticle]) -> StoryFit:
    article, profiles = subject.profile, [stored_profile(member) for member in members]
    features = subject.features(profiles)
    score = score_features(features, _weights())
    foreign = _language_part(article, profiles, score, subject.world)
    pairs: tuple[float, ...] = ()
    threshold, n_articles = _weights()["threshold"], subject.world.n_articles
    if foreign is not None:
        score, features = score + foreign, {**features, _FOREIGN: 1.0}
    elif is_asked(score, threshold, article, n_articles):
        pairs = score_pairs(subject.side, [one for one in profiles[:MAX_MEMBERS] if not _is_foreign(article, one)])
        score = limit_score(score, threshold, pairs, n_articles)
    score += _time_part(article, profiles)
    score += _series_part(numbered_things(article.lead), members)
    return StoryFit(story_id, score, members[0], features, pairs)


def add_events(fits: Sequence[StoryFit], event_scores: Mapping[int, float]) -> tuple[StoryFit, ...]:
    """Return the fits with the evidence of events that both tell of added, best first again.

    Args:
        event_scores: story id -> see ``news.matching.assignments.score_events``.
    """
    return _sorted(
        [replace(fit, score=fit.score + _event_weight(fit) * event_scores.get(fit.story_id, 0.0)) for fit in fits]
    )


def may_reach(fit: StoryFit, least: float | None = None) -> bool:
    """Return whether events could bring a story above ``least`` (the threshold), all of them told by the article."""
    return fit.score + _event_weight(fit) * MOST_EVENTS > (_weights()["threshold"] if least is None else least)


def _event_weight(fit: StoryFit) -> float:
    return _foreign_event() if is_foreign(fit) else _weights()["event_match"]


@cache
def _foreign_event() -> float:
    return float(load_toml("weights.toml")["foreign"]["event"])


def is_foreign(fit: StoryFit) -> bool:
    """Return whether the story was weighed as one in another language than the article."""
    return _FOREIGN in fit.features


def add_days(fits: Sequence[StoryFit], weights: Mapping[int, float]) -> tuple[StoryFit, ...]:
    """Return the fits with what the days say (story id -> log-odds) added, best first again."""
    return _sorted([replace(fit, score=fit.score + weights.get(fit.story_id, 0.0)) for fit in fits])


def choose_story(fits: Sequence[StoryFit]) -> StoryFit | None:
    """Return the best story if it is above the threshold and more than numbers speak for it, else None."""
    return next((fit for fit in fits[:1] if fit.score > _weights()["threshold"] and not _is_bare(fit)), None)


def _is_bare(fit: StoryFit) -> bool:
    """Return whether numbers and days alone speak for a story: the article has next to no name and word of it."""
    features, weights = fit.features, _weights()
    return (
        not is_foreign(fit)
        and features["name_max"] < weights["bare_name"]
        and features["term_max"] < weights["bare_term"]
    )


def list_related(
    fits: Sequence[StoryFit], chosen: StoryFit | None, *, first: Sequence[int] = (), limit: int = 5
) -> tuple[int, ...]:
    """Return the ids of stories that are near without being the one, nearest first.

    Args:
        first: ids of those that are surely related, such as what the article mentions.
    """
    floor = _weights()["related_name"]
    near = [fit.story_id for fit in fits if fit is not chosen and fit.features["name_max"] > floor]
    own = chosen.story_id if chosen is not None else None
    return tuple(dict.fromkeys(one for one in (*first, *near) if one != own))[:limit]
