"""Choosing the story that an article goes on with, among those of its candidates.

Owns the order of the questions behind that choice: how near by words, names and events, whether more than a place ties
a brief article, whether it is another happening of the kind, and whether it denies or contradicts a story that its
words seemed too far from. Must never say what is new in the article: ``news.novelty`` does; nor weigh:
``news.stories.belonging`` and ``news.another.stories`` do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from news.another.leads import find_another
from news.another.places import is_of_other_country
from news.another.stories import Judged, is_brief, judge_stories
from news.deciding.going_on import joins_from, parts_under, score_all
from news.deciding.retold import find_retold
from news.disputes.contrast import find_contradictions
from news.disputes.denials import find_denied_story
from news.disputes.frame_days import find_other_act_days
from news.disputes.frame_values import find_other_parts
from news.disputes.prominence import Ground
from news.disputes.slots import Teller
from news.matching.assignments import main_reports, score_events
from news.matching.foreign import weigh_days
from news.stories.aims import is_aside, is_beside_only, shares_places_only
from news.stories.belonging import (
    StoryFit,
    add_days,
    add_events,
    choose_story,
    is_foreign,
    may_win,
    rank_stories,
)
from news.stories.case import Case
from news.stories.profiles import profile_of
from news.stories.ties import has_common_ground, is_definite, is_of_one_kind, is_tied, shares_telling_number

_BEYOND_DOUBT = 5.0
"""Log-odds from which an article has more in common with a story than what both only mention."""
_SURELY_OF_IT = 4.0
"""Log-odds from which an article may be the first to name another country in a story."""
_MAX_STORIES = 4
_MAX_CONTRADICTED = 2
_HALF_AN_EVENT = 0.4
_WORDS_HELD = 0.25
"""See ``news.matching.assignments.score_events``: a like day and country alone give less."""
_SURE = -1.0
"""A brief article with a story of at least this score needs no other tie, if it has any words of it."""
_SUREST = 5.0
"""With a story of at least this score it needs none at all."""
_WORDS_MET = 0.2
"""So many of its words, names and numbers aside, a text has of any other."""
_FARTHEST_JOINED = -2.0
_PLAIN = 2.0
_MARGIN = 3.0
_FEW_DAYS = 1.1
"""Logarithm of a gap of two days."""
_LEAST_STORE = 10
_FARTHEST_ASKED = -5.0
"""A story that is farther is not asked for all signs: of those hardly any is the article's own."""
_FARTHEST = -6.0
"""A story that is farther by words and names is not asked whether the article contradicts it."""


def rank_candidates(case: Case) -> tuple[StoryFit, ...]:
    """Rank the candidate stories by words, then the first of them by the events that they share with the article."""
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
    nearest = {fit.story_id for fit in fits[:_MAX_STORIES] if _may_join(case, fit)}
    return add_events(fits, score_events(case.reading.reports, reports, case.world, story_ids=nearest))


def _may_join(case: Case, fit: StoryFit) -> bool:
    """Return whether more than a contradiction could join the article to a story; of a brief one nobody knows yet."""
    return may_win(fit) or (case.article.published_at is not None and is_brief(case.article.text))


def choose(case: Case, fits: Sequence[StoryFit]) -> StoryFit | None:
    """Return the story that the article goes on with, or None.

    What has no date is chosen by likeness alone; so is a story in another language, or one that it is surely like.
    """
    meant = list_meant(case, fits)
    liked = choose_by_likeness(case, meant)
    if case.article.published_at is None or (liked is not None and liked.score >= _BEYOND_DOUBT):
        return liked
    near = list_near(case, meant)
    asked = [fit for fit in near if fit is liked or _is_worth_asking(case, fit)]
    scored = score_all(case, asked, near)
    settled = settle(
        liked.story_id if liked is not None else None,
        {fit.story_id: scored[fit.story_id] for fit in asked if _may_settle(case, fit, scored[fit.story_id], liked)},
    )
    return next((fit for fit in (*near, liked) if fit is not None and fit.story_id == settled), None)


def _may_settle(case: Case, fit: StoryFit, score: float, liked: StoryFit | None) -> bool:
    """Return whether all signs together may overrule likeness about a story.

    They join only where there is more than a place and a day, and do not part what contradicts a story that is near.
    """
    if fit is not liked:
        return score <= joins_from() or _is_founded(case, fit)
    return score > parts_under() or fit.score <= _FARTHEST_JOINED or not _is_contradicted(case, fit)


def _is_founded(case: Case, fit: StoryFit) -> bool:
    """Return whether an article has more in common with a story than a place and a day."""
    (judged,) = judge_stories(case, [fit])
    return _is_tied(case, judged) and _has_ground(case, judged)


def list_near(case: Case, fits: Sequence[StoryFit]) -> list[StoryFit]:
    """Return the nearest stories that have articles in the language of the article."""
    return _list_comparable(case, fits)[:_MAX_STORIES]


def settle(liked: int | None, scored: Mapping[int, float]) -> int | None:
    """Return the story of an article by likeness, and by all signs together where they are plain.

    Args:
        liked: the story by likeness.
        scored: story -> log-odds that the article goes on with it, see ``news.deciding.going_on``.
    """
    best = max(scored, key=scored.__getitem__, default=None)
    if best is not None and scored[best] > joins_from():
        return best
    return liked if liked is not None and scored.get(liked, 0.0) > parts_under() else None


def _is_worth_asking(case: Case, fit: StoryFit) -> bool:
    """Return whether all signs are asked of a story: it is near, and a brief article has more of it than the scene."""
    return fit.score >= _FARTHEST_ASKED and not (is_brief(case.article.text) and _shares_the_scene_only(case, fit))


def _shares_the_scene_only(case: Case, fit: StoryFit) -> bool:
    """Return whether an article has no more of a story than where and when it was: a town has many news a day."""
    return shares_places_only(case, fit.story_id) and not shares_telling_number(case, case.hold(fit.story_id))


def choose_by_likeness(case: Case, fits: Sequence[StoryFit]) -> StoryFit | None:
    """Return the story that an article goes on with by likeness, and by the rules that mend it, or None.

    The ranking by words decides, but for what is dated: there the evidence of events tells the second flight from the
    first, and joins a brief retelling whose words are all its own. What denies or contradicts a story belongs to it.
    """
    own = _list_comparable(case, fits) if case.article.published_at is not None else []
    chosen = choose_story([fit for fit in fits if fit not in own or not _is_of_a_place_only(case, fit)])
    if chosen is not None and not (
        chosen in own and any(_is_another(case, one) for one in judge_stories(case, [chosen]))
    ):
        return chosen
    judged = judge_stories(case, own) if chosen is None and is_brief(case.article.text) else ()
    is_same = bool(judged) and judged[0].is_same_story and not _tells_again(judged[0])
    is_same = is_same and not _shares_the_scene_only(case, judged[0].fit)
    if is_same and (_is_tied(case, judged[0]) or _stands_alone(case, judged)):
        return judged[0].fit
    retold = find_retold(case, own) if chosen is None else None
    if retold is not None:
        return retold
    reports, stored = main_reports(case.reading.reports), case.candidates.reports
    denied = find_denied_story(reports, stored, fits, case.world, now=case.issued_at)
    if denied is not None:
        return denied
    asked = fits[:_MAX_CONTRADICTED] if chosen is None else (chosen,)
    contradicted = [fit for fit in asked if _is_contradicted(case, fit)]
    judged = judge_stories(case, contradicted) if contradicted else ()
    return next((one.fit for one in judged if not one.features["series"]), None)


def list_meant(case: Case, fits: Sequence[StoryFit]) -> list[StoryFit]:
    """Return the stories in order without those that it only mentions, or tells of another happening than."""
    beside = list_mentioned(case, fits)
    others = {*beside, *(fit.story_id for fit in fits[:_MAX_STORIES] if _is_apart(case, fit))}
    return [
        fit
        for fit in fits
        if fit.story_id not in beside
        and not _is_apart(case, fit)
        and not _is_abroad(case, fit)
        and not (others and fit.score < _BEYOND_DOUBT and is_beside_only(case, fit.story_id, others))
    ]


def _is_apart(case: Case, fit: StoryFit) -> bool:
    """Return whether the article opens with another happening of the kind, one of its own."""
    another = find_another(case, fit.story_id) if fit.score >= _FARTHEST else None
    return another is not None and another.is_apart


def _is_abroad(case: Case, fit: StoryFit) -> bool:
    """Return whether the article tells the like of another country, in words that do not speak for the story."""
    if case.article.published_at is None or fit.score >= _SURELY_OF_IT:
        return False
    return is_of_other_country(case, case.list_articles(fit.story_id))


def list_mentioned(case: Case, fits: Sequence[StoryFit]) -> tuple[int, ...]:
    """Return the ids of the stories that the article only mentions, nearest first: they are related."""
    near = (fit for fit in fits[:_MAX_STORIES] if _FARTHEST <= fit.score < _BEYOND_DOUBT)
    return tuple(fit.story_id for fit in near if is_aside(case, fit.story_id))


def _is_of_a_place_only(case: Case, chosen: StoryFit) -> bool:
    """Return whether a brief article has no more in common with a story than where it happened."""
    if chosen.score <= _FARTHEST_JOINED or not is_brief(case.article.text):
        return False
    if _shares_the_scene_only(case, chosen):
        return True
    (judged,) = judge_stories(case, [chosen])
    may_be = chosen.score < _SURE or (chosen.score < _SUREST and judged.features["words_held"] <= _WORDS_MET)
    return may_be and not _is_tied(case, judged)


def _tells_again(judged: Judged) -> bool:
    """Return whether an article says that something came about again, and on a later day: "Another Il-76 reaches"."""
    return bool(judged.features["again"]) and judged.features["act_later"] >= 1


def _is_another(case: Case, judged: Judged) -> bool:
    return judged.is_recurrence and not _refers_back(case, judged)


def _refers_back(case: Case, judged: Judged) -> bool:
    """Return whether the article opens with "the explosion" where a story of these days opens with "an explosion"."""
    reports = main_reports(case.reading.reports)
    own = [one.report.quote for one in case.candidates.reports if one.story_id == judged.fit.story_id]
    return bool(reports) and judged.features["gap"] <= _FEW_DAYS and is_definite(reports[0].quote, own)


def _stands_alone(case: Case, judged: Sequence[Judged]) -> bool:
    """Return whether the evidence of events is plain for one story of these days and for no other.

    Where the store holds few articles nobody knows which names are rare, so that nothing is plain.
    """
    best, others = judged[0], judged[1:]
    is_plain = best.score >= _PLAIN and all(best.score - one.score >= _MARGIN for one in others)
    is_near = best.features["gap"] <= _FEW_DAYS and case.world.n_articles >= _LEAST_STORE
    return is_plain and is_near and _has_ground(case, best) and not _is_of_a_place_only(case, best.fit)


def _has_ground(case: Case, judged: Judged) -> bool:
    """Return whether more than the name of a country or a capital is common to article and story."""
    return judged.features["words_held"] > _WORDS_MET or has_common_ground(case, case.hold(judged.fit.story_id))


def _is_tied(case: Case, judged: Judged) -> bool:
    """Return whether a telling name, a number or an event ties the article to a story, whatever the words say.

    A place alone does so only where the words are of the story as well.
    """
    story_id, held = judged.fit.story_id, case.hold(judged.fit.story_id)
    events = score_events(case.reading.reports, case.candidates.reports, case.world, story_ids={story_id})
    if events.get(story_id, 0.0) >= _HALF_AN_EVENT or is_tied(case, held, case.list_articles(story_id)):
        return True
    if is_of_one_kind(case, held, case.list_articles(story_id)):
        return True
    return judged.features.get("words_held", 0.0) >= _WORDS_HELD and has_common_ground(case, held)


def _list_comparable(case: Case, fits: Sequence[StoryFit]) -> list[StoryFit]:
    """Return the stories in order without those that ``matching.foreign`` alone weighs: all told in other languages."""
    language = case.reading.language or "en"
    return [fit for fit in fits if not is_foreign(fit) or case.hold(fit.story_id).is_told_in(language)]


def _is_contradicted(case: Case, fit: StoryFit) -> bool:
    """Return whether the article contradicts a story that it seemed too far from."""
    reports = [one for one in case.candidates.reports if one.story_id == fit.story_id]
    if fit.score < _FARTHEST or find_another(case, fit.story_id) is not None:
        return False
    teller = Teller(case.article, {}, case.world.within)
    articles = case.list_articles(fit.story_id)
    if find_contradictions(case, (), reports, teller, ground=Ground(case, articles, reports)):
        return True
    return any(find(case, articles, reports, teller, is_sure=True) for find in (find_other_parts, find_other_act_days))
