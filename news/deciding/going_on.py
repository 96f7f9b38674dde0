"""Whether a dated article goes on with a story: all that speaks for it and against it, weighed.

Owns that one weighing. Must never rank stories by words (``news.stories.belonging``), nor say what is new.

Likeness of words cannot tell a second fire in the town from the inquiry into the first: both share what is rare. So
what else is known of both is weighed with it, sign by sign: what ties the headline, the main clause of the opening, the
clauses that it takes as known ("the ferry that burned on Tuesday") and what comes further down; the names, places and
numbers that the story lacks; the days; whether another of the stories near is tied more plainly; and what the article
says itself of the two ("the second in a week", "the fires are not connected"). No sign decides alone.

The weights stand in ``data/weights.toml`` under ``going_on`` and are learnt by ``python -m benchmarks.learn_joining``,
the words in ``data/going_on.toml``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from news.another.leads import find_another
from news.another.places import is_of_other_country
from news.another.stories import describe_fit
from news.another.words import happenings_in
from news.deciding.retold import own_names
from news.decision import StoredArticle
from news.model import EntityKind, Precision
from news.reports.givens import split_given
from news.stories.aims import list_ties, parts_of
from news.stories.belonging import StoryFit
from news.stories.case import Case
from news.stories.holdings import Holdings
from news.stories.ties import has_common_ground, is_of_one_kind
from news.tables import load_toml
from news.words.meanings import is_date_word
from news.words.measures import Measure, is_held, measures_in
from news.words.text import content_terms, fold

__all__ = [
    "FEATURES",
    "Weights",
    "describe_all",
    "joins_from",
    "parts_under",
    "said_of_itself",
    "score_all",
    "score_signs",
]

_SHARED = (
    "gap",
    "formula",
    "recurs",
    "act_later",
    "day_held",
    "words_held",
    "strong_turn",
    "numbers_held",
)
"""Signs that ``news.another.stories`` finds."""

FEATURES = (
    "story",
    *_SHARED,
    "size",
    "same_day",
    "lead_day",
    "names_lack",
    "places_lack",
    "spots_lack",
    "tie_first",
    "tie_told",
    "tie_given",
    "tie_rest",
    "tie_share",
    "tie_other",
    "known",
    "numbers_agree",
    "numbers_lack",
    "lead_numbers_lack",
    "title_told",
    "one_kind",
    "ground",
    "other_kind",
    "another",
    "abroad",
    "unlinked",
    "in_row",
)
"""Names of the signs in order; see ``describe_all``."""

Weights = Mapping[str, float]
"""Weight by sign, with ``bias``."""

_MOST_LIKE, _MOST_TIED = 8.0, 3.0
_LEAD_CHARS, _FRONT_CHARS, _MAX_TEXT, _MAX_WHOLE = 700, 300, 3_000, 6_000
_LEAD_SENTENCES = 2
_N_OPENING = 3
"""Headline and first two sentences."""
_TIED, _PLAINLY = 1.0, 2.0
"""See ``news.stories.aims.list_ties``."""
_TELLING_NUMBER = 20
_MAX_ARTICLES, _MAX_TITLES = 6, 8
_DAY = 0.8
"""Above the logarithm of a gap of one day, below that of two."""
_KNOWN = re.compile(
    r"\b(?:[Tt]h(?:e|is|at|ese|ose)|[\w-]{2,30}['’]s|[Ee]l|[Ll][ao]s?|[Ee]st[aeo]s?|[Ээ]т\w{1,3}) "
    r"((?:[^\W\dA-ZÀ-ÞА-ЯЁ_][\w-]{1,30} ){0,3}[^\W\dA-ZÀ-ÞА-ЯЁ_][\w-]{2,30})"
)
"""A noun phrase that is told as known: "the approach", "last week's cancelled mathematics paper"."""


@cache
def _weights() -> Weights:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["going_on"].items()})


def joins_from() -> float:
    """Return the log-odds from which an article joins a story, whatever likeness says."""
    return float(load_toml("weights.toml")["going_on_limits"]["joins"])


def parts_under() -> float:
    """Return the log-odds under which an article does not join a story that it is like."""
    return float(load_toml("weights.toml")["going_on_limits"]["parts"])


def score_all(case: Case, asked: Sequence[StoryFit], near: Sequence[StoryFit]) -> dict[int, float]:
    """Return story id -> log-odds that a dated article goes on with it, of the stories asked; see ``describe_all``."""
    return {story_id: score_signs(signs, _weights()) for story_id, signs in describe_all(case, asked, near).items()}


def score_signs(signs: Mapping[str, float], weights: Weights) -> float:
    """Return the log-odds that an article with these signs goes on with the story."""
    return weights["bias"] + sum(weights[name] * signs[name] for name in FEATURES)


def describe_all(case: Case, asked: Sequence[StoryFit], near: Sequence[StoryFit]) -> dict[int, dict[str, float]]:
    """Return story id -> its signs by name, those of ``FEATURES``; all are finite, counts by their logarithm.

    ``lead_day``: the opening dates itself to a day of the story. ``spots_lack`` counts the names that stand as places
    in headline and first sentence, known or not, and that the story lacks. Of what ties an article
    (``news.stories.aims``), ``tie_first`` is of the first sentence, ``tie_told`` and ``tie_given`` of main clauses and
    of what is taken as known in the first two, ``tie_rest`` of all behind them, ``tie_share`` the share of sentences
    tied, and ``tie_other`` how much more plainly the opening is tied to another of these stories. ``known`` counts what
    the opening speaks of as known and the story has. ``title_told`` is the share of a stored headline that the article
    has, the nearest one's. ``other_kind``: the opening tells a happening, and the story one of another kind.

    Args:
        asked: the stories to describe.
        near: the stories that may be tied more plainly, those asked among them.
    """
    if not asked:
        return {}
    texts = parts_of(case)
    ties = {fit.story_id: list_ties(case, fit.story_id, texts) for fit in near}
    opened = {story_id: sum(min(_PLAINLY, tie) for tie in each[:_N_OPENING]) for story_id, each in ties.items()}
    said = said_of_itself("\n".join(texts)[:_MAX_WHOLE])
    found = {}
    for fit in asked:
        best = max((value for story_id, value in opened.items() if story_id != fit.story_id), default=0.0)
        found[fit.story_id] = {
            "tie_other": max(0.0, min(_MOST_TIED, best - opened[fit.story_id])),
            **said,
            **_describe(case, fit),
            **_weigh_ties(case, fit.story_id, texts, ties[fit.story_id]),
        }
    return found


@lru_cache(maxsize=1 << 6)
def said_of_itself(text: str) -> Mapping[str, float]:
    """Return what an article says of itself: that it tells one of a row, that something is not linked with it."""
    return {name: float(_pattern(name).search(text) is not None) for name in ("unlinked", "in_row")}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(load_toml("going_on.toml")[name]["patterns"]), re.IGNORECASE)


def _describe(case: Case, fit: StoryFit) -> dict[str, float]:
    held, articles = case.hold(fit.story_id), case.list_articles(fit.story_id)
    found = describe_fit(case, fit, articles, held)
    top = f"{case.article.title}. {case.reading.sentences[0].text if case.reading.sentences else ''}"
    return {
        **{name: float(found[name]) for name in _SHARED},
        "story": max(-_MOST_LIKE, min(_MOST_LIKE, fit.score)),
        "size": math.log(max(1, len(articles))),
        "same_day": float(found["gap"] < _DAY),
        "lead_day": float(_opens_on_day(case, held)),
        "names_lack": math.log1p(len(set(own_names(case, held)))),
        "places_lack": _count_places(case, held),
        "spots_lack": math.log1p(len(_spots_in(top) - held.words)),
        "known": _count_known(case, held),
        **_count_numbers(case, held, top),
        "title_told": max((_title_told(case, one) for one in articles[:_MAX_TITLES]), default=0.5),
        "one_kind": float(is_of_one_kind(case, held, articles)),
        "ground": float(has_common_ground(case, held)),
        "other_kind": float(_is_of_other_kind(case, articles, top)),
        "another": float(find_another(case, fit.story_id) is not None),
        "abroad": float(is_of_other_country(case, articles)),
    }


def _weigh_ties(case: Case, story_id: int, texts: Sequence[str], ties: Sequence[float]) -> dict[str, float]:
    opening = [split_given(text) for text in texts[1:_N_OPENING]]
    told = list_ties(case, story_id, [one.told for one in opening])
    given = list_ties(case, story_id, [clause for one in opening for clause in one.given])
    return {
        "tie_first": min(_MOST_TIED, max(ties[1:2], default=0.0)),
        "tie_told": min(_MOST_TIED, max(told, default=0.0)),
        "tie_given": min(_MOST_TIED, max(given, default=0.0)),
        "tie_rest": min(_MOST_TIED, max(ties[_N_OPENING:], default=0.0)),
        "tie_share": sum(tie >= _TIED for tie in ties) / len(ties),
    }


def _opens_on_day(case: Case, held: Holdings) -> bool:
    leads = (one.when for one in case.reading.reports if one.sentence < _LEAD_SENTENCES and not one.is_background)
    return any(when.precision is Precision.DAY and when.first_on in held.days for when in leads)


def _count_places(case: Case, held: Holdings) -> float:
    """Return the logarithm of the places of the first two sentences that the story has under no name."""
    sentences = case.reading.sentences[:_LEAD_SENTENCES]
    end = sentences[-1].end if sentences else 0
    near = [one for one in case.reading.mentions if one.start < end and one.entity.kind is EntityKind.PLACE]
    lacking = {one.entity.key for one in near if one.entity.key not in held.keys and fold(one.text) not in held.words}
    return math.log1p(len(lacking))


@lru_cache(maxsize=1 << 8)
def _spots_in(text: str) -> frozenset[str]:
    """Return the folded last words of the names that stand as places: after "in", "near" and their like."""
    names = (found.group(1).split()[-1] for found in _spot().finditer(text))
    return frozenset(fold(name) for name in names if not is_date_word(name))


@cache
def _spot() -> re.Pattern[str]:
    words = load_toml("going_on.toml")["spots"]["words"]
    name = r"[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}"
    return re.compile(rf"\b(?:{words}) ({name}(?:[ -]{name})*)")


def _count_known(case: Case, held: Holdings) -> float:
    """Return the logarithm of the noun phrases that the opening takes for known and that have a word of the story."""
    lead = f"{case.article.title}. {case.article.text.strip()}"[:_LEAD_CHARS]
    phrases = (found.group(1).split() for found in _KNOWN.finditer(lead))
    return math.log1p(sum(any(fold(word) in held.words for word in words) for words in phrases))


def _count_numbers(case: Case, held: Holdings, top: str) -> dict[str, float]:
    language = case.reading.language or "en"
    own = measures_in(f"{case.article.title}\n{case.article.text}"[:_MAX_TEXT], language)
    telling = _distinct(one for one in own if one.kind or one.value >= _TELLING_NUMBER)
    n_held = sum(is_held(one, held.measures) for one in telling)
    return {
        "numbers_agree": math.log1p(n_held),
        "numbers_lack": math.log1p(len(telling) - n_held),
        "lead_numbers_lack": math.log1p(sum(not is_held(one, held.measures) for one in measures_in(top, language))),
    }


def _distinct(measures: Iterable[Measure]) -> Sequence[Measure]:
    return list({(one.kind, one.value): one for one in measures}.values())


def _title_told(case: Case, stored: StoredArticle) -> float:
    """Return the share of the words of a stored headline that the article has; half of none."""
    language = case.reading.language or "en"
    if stored.language not in {"", language}:
        return 0.0
    whole = f"{case.article.title}\n{case.article.text}"[:_MAX_WHOLE]
    title, ours = _terms_of(stored.article.title, language), _terms_of(whole, language)
    return (len(title & ours) + 0.25) / (len(title) + 0.5)


@lru_cache(maxsize=1 << 9)
def _terms_of(text: str, language: str) -> frozenset[str]:
    return frozenset(content_terms(text, language))


def _is_of_other_kind(case: Case, articles: Sequence[StoredArticle], top: str) -> bool:
    ours = happenings_in(top, case.reading.language or "en")
    if not ours:
        return False
    fronts = (f"{one.article.title}. {one.article.text[:_FRONT_CHARS]}" for one in articles[:_MAX_ARTICLES])
    languages = (one.language or "en" for one in articles[:_MAX_ARTICLES])
    theirs = frozenset().union(*map(happenings_in, fronts, languages))
    return bool(theirs) and ours.isdisjoint(theirs)
