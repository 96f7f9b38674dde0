"""Whether an article as a whole is on an event long past: how it is told, and what the record has of it, weighed.

Owns that one weighing. Must never read a text (``news.dates.narration`` does) nor choose the story.

A feature a year after a theft names few days and tells much in the present: who keeps the empty frame, what a guard
remembers. A verdict a year after the theft names the theft too, and is news. What is mostly narrated in the past is
old by that alone; beside a story that is long over the share of the past, the words for the time since, who remembers,
what happened of late, and whether the numbers and names are those of the story are signs beside each other.

The weights stand in ``data/weights.toml`` under ``old_event`` and are learnt by ``python -m benchmarks
learn_old_events``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from news.another.stories import describe_fit
from news.dates.lookback import is_revelation
from news.dates.narration import describe_telling, is_narrated_past
from news.stories.belonging import StoryFit
from news.stories.case import Case
from news.stories.holdings import Holdings
from news.tables import load_toml

__all__ = ["FEATURES", "describe_age", "find_age", "score_age"]

FEATURES = (
    "past",
    "years",
    "remembered",
    "recalled",
    "that_day",
    "recent",
    "opens_recent",
    "opens_bare",
    "tells_past",
    "tells_passive",
    "tells_perfect",
    "tells_future",
    "tells_none",
    "old_days",
    "old_only",
    "gap_core",
    "names_held",
    "numbers_held",
    "formula",
)
"""Names of the signs in order; see ``describe_age``."""

_MAX_STORIES = 3


@cache
def _weights(table: str) -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")[table].items()})


def find_age(case: Case, fits: Sequence[StoryFit]) -> str:
    """Return why an article is on an event older than ``old_event_days``, in words; empty where it is news.

    Either it is mostly narrated in the past (``news.dates.narration.is_narrated_past``), or all signs together say so
    of an article beside a story that is long over. The latter is not asked of what opens with these days, tells of no
    past and has none in its headline, brings old things to light, or has in its opening an act that carries a story
    on, such as an arrest: an alert that nobody gets is worse than one too many.

    Args:
        fits: the stories near, nearest first.
    """
    if is_narrated_past(case.article, case.reading, _horizon(case)):
        return f"what it leads with is older than {case.old_event_days} days"
    signs = describe_age(case, fits)
    if not signs or score_age(signs, _weights("old_event")) <= _weights("old_event_limits")["least"]:
        return ""
    return f"it looks back on a story that was over more than {case.old_event_days} days before"


def score_age(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the log-odds that an article with these signs is on an old event."""
    return weights["bias"] + sum(weights[name] * signs[name] for name in FEATURES)


def describe_age(case: Case, fits: Sequence[StoryFit]) -> dict[str, float]:
    """Return the signs of an article by name, those of ``FEATURES``; nothing where they are not asked, see ``is_old``.

    Those of ``news.dates.narration.describe_telling``, and of the story near that has most of its names and words and
    ended before the horizon: ``gap_core`` is the share of its names that the article has, times the logarithm of the
    days since it; then the shares of names and numbers of the opening that it has, and how far the first sentence has
    its words.
    """
    over = [fit for fit in fits[:_MAX_STORIES] if _is_over(case, fit)]
    telling = describe_telling(case.article, case.reading, _horizon(case)) if over else {}
    if not telling or telling["opens_now"] or not (telling["past"] or telling["years"]):
        return {}
    if is_revelation(case.article, case.reading):
        return {}
    record = _describe_record(case, over)
    return {**telling, **record} if record else {}


def _horizon(case: Case) -> date:
    issued_on = case.issued_at.date()
    return issued_on - timedelta(days=min(case.old_event_days, issued_on.toordinal() - 1))


def _is_over(case: Case, fit: StoryFit) -> bool:
    last_on = case.hold(fit.story_id).last_on
    return last_on is not None and (case.issued_at.date() - last_on).days > case.old_event_days


def _describe_record(case: Case, over: Sequence[StoryFit]) -> dict[str, float]:
    """Return the signs of the one most alike of stories long over; nothing where the opening carries that on."""
    best, most = None, 0.0
    for fit in over:
        held = case.hold(fit.story_id)
        own = describe_fit(case, fit, case.list_articles(fit.story_id), held)
        if own["core_held"] and own["core_held"] + own["words_held"] > most:
            best, most = (own, held), own["core_held"] + own["words_held"]
    if best is None or _carries_on(case, best[1]):
        return {}
    own = best[0]
    return {
        "gap_core": own["gap"] * own["core_held"],
        **{name: own[name] for name in ("names_held", "numbers_held", "formula")},
    }


def _carries_on(case: Case, held: Holdings) -> bool:
    first = case.reading.sentences[0].text if case.reading.sentences else ""
    return held.lacks_step(f"{case.article.title}. {first}", case.reading.language or "en")
