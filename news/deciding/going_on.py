"""Whether a brief, dated article goes on with a story: all that speaks for it and against it, weighed.

Owns that one weighing. Must never rank stories by words (``news.stories.belonging``), nor say what is new.

A brief article has too few words for their likeness to show its story, in a small record above all: nobody knows there
which words are rare. So what else is known of both is weighed with it, sign by sign: the names that it leads with and
whether the story has them, those that the story lacks, places above all; what it speaks of as known ("the approach from
Lakehead"); numbers of both and of one alone; the days between; the formula of the story told for a later day; another
happening that it says itself it tells of. No sign decides alone.

The weights stand in ``data/weights.toml`` under ``going_on`` and are learnt by ``python -m benchmarks.learn_joining``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache, partial
from types import MappingProxyType

from news.another.leads import find_another
from news.another.places import is_of_other_country
from news.another.stories import describe_fit
from news.deciding.retold import own_names
from news.model import EntityKind
from news.stories.aims import list_ties, parts_of, weigh_names
from news.stories.belonging import StoryFit
from news.stories.case import Case
from news.stories.holdings import Holdings
from news.tables import load_toml
from news.words.measures import is_held, measures_in
from news.words.text import fold

__all__ = ["FEATURES", "describe", "joins_from", "parts_under", "score"]

FEATURES = (
    "story",
    "first_held",
    "rare_shared",
    "numbers_held",
    "gap",
    "same_day",
    "formula",
    "recurs",
    "act_later",
    "day_held",
    "place_other",
    "places_lack",
    "names_lack",
    "names_shared",
    "tie_open",
    "tie_rest",
    "known",
    "numbers_agree",
    "numbers_lack",
    "another",
    "abroad",
)
"""Names of the signs in order; see ``describe``."""

_SHARED = (
    "story",
    "first_held",
    "rare_shared",
    "numbers_held",
    "gap",
    "formula",
    "recurs",
    "act_later",
    "day_held",
    "place_other",
)
"""Signs that ``news.another.stories`` finds."""

_LEAD_CHARS, _MAX_TEXT = 700, 3_000
_LEAD_SENTENCES = 2
_N_OPENING = 3
_MOST_TIED, _MOST_NAMES = 3.0, 5.0
_TELLING_NUMBER = 20
_DAY = 0.8
"""Above the logarithm of a gap of one day, below that of two."""
_KNOWN = re.compile(
    r"\b(?:[Tt]h(?:e|is|at|ese|ose)|[\w-]{2,30}['’]s|[Ee]l|[Ll][ao]s?|[Ee]st[aeo]s?|[Ээ]т\w{1,3}) "
    r"((?:[^\W\dA-ZÀ-ÞА-ЯЁ_][\w-]{1,30} ){0,3}[^\W\dA-ZÀ-ÞА-ЯЁ_][\w-]{2,30})"
)
"""A noun phrase that is told as known: "the approach", "last week's cancelled mathematics paper"."""


@cache
def _weights() -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["going_on"].items()})


def score(case: Case, fit: StoryFit) -> float:
    """Return the log-odds that a brief, dated article goes on with a story of few articles."""
    return case.world.remember(("going on", fit.story_id), partial(_score, case, fit))


def joins_from() -> float:
    """Return the log-odds from which an article joins a story, whatever likeness says."""
    return float(load_toml("weights.toml")["going_on_limits"]["joins"])


def parts_under() -> float:
    """Return the log-odds under which an article does not join a story that it is like."""
    return float(load_toml("weights.toml")["going_on_limits"]["parts"])


def _score(case: Case, fit: StoryFit) -> float:
    weights, own = _weights(), describe(case, fit)
    return weights["bias"] + sum(weights[name] * own[name] for name in FEATURES)


def describe(case: Case, fit: StoryFit) -> dict[str, float]:
    """Return the signs by name, those of ``FEATURES``; all are finite, counts by their logarithm.

    ``known`` counts what the opening speaks of as known and the story has; ``tie_open`` and ``tie_rest`` are how much
    ties the first sentences and the rest (``news.stories.aims``); ``another`` and ``abroad`` are 1 where the article
    opens with another happening (``news.another.leads``) and where it tells the like of another country.
    """
    held, articles = case.hold(fit.story_id), case.list_articles(fit.story_id)
    found = describe_fit(case, fit, articles, held)
    ties = list_ties(case, fit.story_id, parts_of(case))
    return {
        **{name: float(found[name]) for name in _SHARED},
        "same_day": float(found["gap"] < _DAY),
        "places_lack": _count_places(case, held),
        "names_lack": math.log1p(len(set(own_names(case, held)))),
        "names_shared": min(_MOST_NAMES, weigh_names(case, fit.story_id, _lead_of(case))),
        "tie_open": min(_MOST_TIED, max(ties[:_N_OPENING])),
        "tie_rest": min(_MOST_TIED, max(ties[_N_OPENING:], default=0.0)),
        "known": _count_known(case, held),
        **_count_numbers(case, held),
        "another": float(find_another(case, fit.story_id) is not None),
        "abroad": float(is_of_other_country(case, articles)),
    }


def _lead_of(case: Case) -> str:
    return f"{case.article.title}. {case.article.text.strip()[:_LEAD_CHARS]}"


def _count_places(case: Case, held: Holdings) -> float:
    """Return the logarithm of the places of the first two sentences that the story has under no name."""
    sentences = case.reading.sentences[:_LEAD_SENTENCES]
    end = sentences[-1].end if sentences else 0
    near = [one for one in case.reading.mentions if one.start < end and one.entity.kind is EntityKind.PLACE]
    lacking = {one.entity.key for one in near if one.entity.key not in held.keys and fold(one.text) not in held.words}
    return math.log1p(len(lacking))


def _count_known(case: Case, held: Holdings) -> float:
    """Return the logarithm of the noun phrases that the opening takes for known and that have a word of the story."""
    phrases = (found.group(1).split() for found in _KNOWN.finditer(_lead_of(case)[:_LEAD_CHARS]))
    return math.log1p(sum(any(fold(word) in held.words for word in words) for words in phrases))


def _count_numbers(case: Case, held: Holdings) -> dict[str, float]:
    text = f"{case.article.title}\n{case.article.text}"[:_MAX_TEXT]
    numbers = measures_in(text, case.reading.language or "en")
    own = {(one.kind, one.value): one for one in numbers if one.kind or one.value >= _TELLING_NUMBER}
    n_held = sum(is_held(one, held.measures) for one in own.values())
    return {"numbers_agree": math.log1p(n_held), "numbers_lack": math.log1p(len(own) - n_held)}
