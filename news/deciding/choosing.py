"""Choosing the story that an article goes on with, among those of its candidates.

Owns the order of the questions behind that choice: how near by words, names and events; which stories it only mentions;
of a brief article, whether all signs together say that it goes on with one; of a long one, whether it is another
happening of the kind, and whether it denies or contradicts a story that its words seemed too far from. Must never say
what is new in the article: ``news.novelty`` does; nor weigh: ``news.stories.belonging``, ``news.another.stories`` and
``news.deciding.going_on`` do.
"""

from __future__ import annotations

from collections.abc import Sequence

from news.another.leads import find_another
from news.another.places import is_of_other_country
from news.another.stories import is_brief, judge_stories
from news.deciding.findings import can_tell
from news.deciding.going_on import score as score_going_on
from news.disputes.contrast import find_contradictions
from news.disputes.denials import find_denied_story
from news.disputes.frame_days import find_other_act_days
from news.disputes.frame_values import find_other_parts
from news.disputes.slots import Teller
from news.matching.assignments import main_reports, score_events
from news.matching.foreign import weigh_days
from news.stories.aims import is_aside, is_beside_only
from news.stories.belonging import (
    StoryFit,
    add_days,
    add_events,
    choose_story,
    is_foreign,
    rank_stories,
)
from news.stories.case import Case
from news.stories.profiles import profile_of

_BEYOND_DOUBT = 5.0
"""Log-odds from which an article has more in common with a story than what both only mention."""
_SURELY_OF_IT = 4.0
"""Log-odds from which an article may be the first to name another country in a story."""
_MAX_STORIES = 4
_MAX_CONTRADICTED = 2
_FARTHEST = -6.0
"""A story that is farther by words and names is not asked whether the article contradicts it."""


def rank_candidates(case: Case) -> tuple[StoryFit, ...]:
    """Rank the candidate stories by words, then the first of them by the events that they share with the article."""
    profile = profile_of(case.article, case.reading)
    fits = rank_stories(profile, case.group_articles(), case.world)
    reports = case.candidates.reports
    abroad = {fit.story_id for fit in fits if is_foreign(fit)}
    if abroad:
        told = {number: [one.report for one in reports if one.story_id == number] for number in abroad}
        dates = case.reading.dates
        fits = add_days(fits, {number: weigh_days(dates, told[number], text=case.article.text) for number in abroad})
    nearest = {fit.story_id for fit in fits[:_MAX_STORIES]}
    return add_events(fits, score_events(case.reading.reports, reports, case.world, story_ids=nearest))


def choose(case: Case, fits: Sequence[StoryFit]) -> StoryFit | None:
    """Return the story that the article goes on with, or None.

    A long article has words enough, and the ranking by words decides, unless it tells the story's formula of another
    event. A brief one that is dated is weighed by all signs. What denies or contradicts a story belongs to it.
    """
    fits = _list_meant(case, fits)
    if case.article.published_at is None:
        return choose_story(fits) or _find_contradicted(case, fits)
    own = _list_comparable(case, fits)
    if is_brief(case.article.text):
        return _choose_brief(case, fits, own)
    chosen = choose_story(fits)
    if chosen is None:
        return _find_contradicted(case, fits)
    if chosen in own and _is_another(case, chosen):
        return _find_contradicted(case, fits, only=chosen)
    return chosen


def _is_another(case: Case, chosen: StoryFit) -> bool:
    """Return whether an article tells another event in the words of its story, or the like of another country."""
    if any(one.is_recurrence for one in judge_stories(case, [chosen])):
        return True
    return chosen.score < _SURELY_OF_IT and is_of_other_country(case, case.list_articles(chosen.story_id))


def _choose_brief(case: Case, fits: Sequence[StoryFit], own: Sequence[StoryFit]) -> StoryFit | None:
    """Return the story that a brief article goes on with: of its language by all signs, of another by its words."""
    scored = [(score_going_on(case, fit), -place) for place, fit in enumerate(own[:_MAX_STORIES])]
    best = max(scored, default=(0.0, 0))
    if best[0] > 0:
        return own[-best[1]]
    abroad = choose_story(fits)
    return abroad if abroad not in own else None


def _find_contradicted(case: Case, fits: Sequence[StoryFit], *, only: StoryFit | None = None) -> StoryFit | None:
    """Return a story that the article denies or contradicts though its words seemed too far from it, or None."""
    reports, stored = main_reports(case.reading.reports), case.candidates.reports
    denied = find_denied_story(reports, stored, fits, case.world, now=case.issued_at)
    if denied is not None:
        return denied
    asked = fits[:_MAX_CONTRADICTED] if only is None else (only,)
    contradicted = [fit for fit in asked if _is_contradicted(case, fit)]
    judged = judge_stories(case, contradicted) if contradicted else ()
    return next((one.fit for one in judged if not one.features["series"]), None)


def _list_meant(case: Case, fits: Sequence[StoryFit]) -> list[StoryFit]:
    """Return the stories in order without those that it only mentions, or tells of another happening than."""
    beside = list_mentioned(case, fits)
    others = {*beside, *(fit.story_id for fit in fits[:_MAX_STORIES] if _is_apart(case, fit))}
    return [
        fit
        for fit in fits
        if fit.story_id not in beside
        and not _is_apart(case, fit)
        and not (others and fit.score < _BEYOND_DOUBT and is_beside_only(case, fit.story_id, others))
    ]


def _is_apart(case: Case, fit: StoryFit) -> bool:
    """Return whether the article opens with another happening of the kind, one of its own."""
    another = find_another(case, fit.story_id) if fit.score >= _FARTHEST else None
    return another is not None and another.is_apart


def list_mentioned(case: Case, fits: Sequence[StoryFit]) -> tuple[int, ...]:
    """Return the ids of the stories that the article only mentions, nearest first: they are related."""
    near = fits[:_MAX_STORIES]
    return tuple(fit.story_id for fit in near if fit.score < _BEYOND_DOUBT and is_aside(case, fit.story_id))


def _list_comparable(case: Case, fits: Sequence[StoryFit]) -> list[StoryFit]:
    """Return the stories in order without those that ``matching.foreign`` alone weighs: all told in other languages."""
    groups = case.group_articles()
    return [fit for fit in fits if not is_foreign(fit) or can_tell(case, groups.get(fit.story_id, []))]


def _is_contradicted(case: Case, fit: StoryFit) -> bool:
    """Return whether the article contradicts a story that it seemed too far from."""
    reports = [one for one in case.candidates.reports if one.story_id == fit.story_id]
    if fit.score < _FARTHEST or find_another(case, fit.story_id) is not None:
        return False
    teller = Teller(case.article, {}, case.world.within)
    if find_contradictions(case.reading, (), reports, teller, case.world, now=case.issued_at):
        return True
    articles = case.list_articles(fit.story_id)
    return any(find(case, articles, reports, teller, is_sure=True) for find in (find_other_parts, find_other_act_days))
