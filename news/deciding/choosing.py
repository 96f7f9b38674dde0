"""Choosing the story that an article goes on with, among those of its candidates.

Owns the order of the questions behind that choice: how near by words, names and events, which stories it only mentions,
and, of a dated article, whether all signs together put it there. Must never say what is new in the article:
``news.novelty`` does; nor weigh: ``news.stories.belonging`` and ``news.deciding.going_on`` do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice

from news.another.elsewhere import is_elsewhere
from news.deciding.going_on import Weighed, weigh_all
from news.matching.assignments import score_events
from news.matching.foreign import weigh_days
from news.model import Article
from news.reports.roundups import is_column
from news.stories.aims import is_aside
from news.stories.belonging import (
    StoryFit,
    add_days,
    add_events,
    choose_story,
    is_foreign,
    may_reach,
    rank_stories,
)
from news.stories.case import Case
from news.stories.grounds import parts_of, weigh_names
from news.stories.profiles import profile_of

_BEYOND_DOUBT = 5.0
"""Log-odds from which an article has more in common with a story than what both only mention."""
_MAX_STORIES = 4
_N_TOP, _OWN = 2, 1.0
"""Headline and first sentence, and what one name of a story's own weighs."""
_FARTHEST = -6.0
"""Log-odds by words and names from which a story is asked for all signs: of those farther off it was put to as many
wrongly as rightly."""


def rank_candidates(case: Case) -> tuple[StoryFit, ...]:
    """Rank the candidate stories by words, then the first of them by the events that they share with the article.

    Events of which nobody knows the day say nothing that names and words do not: two arrests in one town are alike.
    """
    return case.world.remember("ranked", partial(_rank_candidates, case))


def _rank_candidates(case: Case) -> tuple[StoryFit, ...]:
    profile = profile_of(case.article, case.reading)
    fits = rank_stories(profile, case.group_articles(), case.world)
    reports = case.candidates.reports
    abroad = {fit.story_id for fit in fits if is_foreign(fit)}
    if abroad:
        told = {number: [one.report for one in reports if one.story_id == number] for number in abroad}
        dates = case.reading.dates
        fits = add_days(fits, {number: weigh_days(dates, told[number], text=case.article.text) for number in abroad})
    is_dated = case.article.published_at is not None
    least = _FARTHEST if is_dated else None
    nearest = {fit.story_id for fit in fits[:_MAX_STORIES] if (is_dated or is_foreign(fit)) and may_reach(fit, least)}
    return add_events(fits, score_events(case.reading.reports, reports, case.world, story_ids=nearest))


@dataclass(frozen=True, slots=True)
class Choice:
    """The story that an article goes on with, if any, and what decided that.

    Attributes:
        nearest: the story that came first of those asked for, the chosen one where there is one.
        near: the stories that it was put to.
        weighed_by_story: how the article stands to the stories near it by all signs, the nearest among them; empty
            where likeness of words and names decided.
    """

    fit: StoryFit | None = None
    nearest: StoryFit | None = None
    near: Sequence[StoryFit] = ()
    weighed_by_story: Mapping[int, Weighed] = field(default_factory=dict)

    @property
    def weighed(self) -> Weighed | None:
        """How the article stands to the nearest by all signs; None where likeness of words and names decided."""
        return self.weighed_by_story.get(self.nearest.story_id) if self.nearest is not None else None


def choose(case: Case, fits: Sequence[StoryFit]) -> Choice:
    """Return the story that the article goes on with, if it goes on with one."""
    liked, near = list_offered(case, fits)
    if liked is not None or case.article.published_at is None:
        return Choice(liked, liked or next(iter(fits), None), near)
    return settle(weigh_all(case, near), near) or Choice(None, next(iter(fits), None))


def list_offered(case: Case, fits: Sequence[StoryFit]) -> tuple[StoryFit | None, list[StoryFit]]:
    """Return the story that likeness alone chooses, if any, and the stories that are near.

    Likeness alone puts an article without a date, and one to a story that is told in other languages only.
    """
    meant = iter_meant(case, fits)
    if case.article.published_at is None:
        every = list(meant)
        return choose_story(every), every
    first = next(meant, None)
    liked = choose_story([first]) if first is not None else None
    abroad = liked if liked is not None and _is_told_abroad(case, liked) else None
    meant = chain([first] if first is not None else [], meant)
    near = islice((fit for fit in meant if not _is_told_abroad(case, fit)), _MAX_STORIES)
    return abroad, [fit for fit in near if fit.score >= _FARTHEST or _is_named(case, fit)]


def _is_named(case: Case, fit: StoryFit) -> bool:
    """Return whether headline and first sentence name what is the story's own, though its other words are far."""
    is_own = weigh_names(case, fit.story_id, " ".join(parts_of(case)[:_N_TOP])) >= _OWN
    return is_own and not is_aside(case, fit.story_id)


def settle(weighed: Mapping[int, Weighed], near: Sequence[StoryFit]) -> Choice | None:
    """Return the story with the highest log-odds, chosen if they are above 0; None where no story is near."""
    best = max(near, key=lambda fit: weighed[fit.story_id].score, default=None)
    if best is None:
        return None
    return Choice(best if weighed[best.story_id].score > 0 else None, best, near, weighed)


def iter_meant(case: Case, fits: Sequence[StoryFit]) -> Iterator[StoryFit]:
    """Yield the stories in order without those that it only mentions, or tells of another happening than.

    A column of brief items is no story: it goes on with none, and nothing goes on with it. Most articles ask for the
    first few stories only, and none is looked at before it is asked for.
    """
    if _is_column(case.article):
        return
    beside = list_mentioned(case, fits)
    for fit in fits:
        if fit.story_id in beside or is_elsewhere(case, fit.story_id):
            continue
        if not all(_is_column(one.article) for one in case.list_articles(fit.story_id)):
            yield fit


def _is_column(article: Article) -> bool:
    return is_column(article.title, article.text)


def list_mentioned(case: Case, fits: Sequence[StoryFit]) -> tuple[int, ...]:
    """Return the ids of the stories that the article only mentions, nearest first: they are related."""
    near = (fit for fit in fits[:_MAX_STORIES] if _FARTHEST <= fit.score < _BEYOND_DOUBT)
    return tuple(fit.story_id for fit in near if is_aside(case, fit.story_id))


def _is_told_abroad(case: Case, fit: StoryFit) -> bool:
    """Return whether a story is told in other languages only: ``matching.foreign`` alone weighs it."""
    return is_foreign(fit) and not case.hold(fit.story_id).is_told_in(case.reading.language or "en")
