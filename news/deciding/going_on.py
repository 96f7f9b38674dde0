"""Whether a dated article goes on with a story: all that speaks for it and against it, weighed.

Owns that one weighing. Must never rank stories by words (``news.stories.belonging``), nor say what is new.

Likeness of words cannot tell a second fire in the town from the inquiry into the first: both share what is rare, and in
a small store all that a town has is rare. So it is one sign among others: the names that both have, and those, the
places and the numbers that the story lacks; the acts and things that the story opens with; what the opening is on, what
it takes as known ("the ferry that burned on Tuesday") and what it tells of for the first time ("a hotel"); the days;
whether another of the stories near is tied more plainly; and what the article says itself of the two ("the second in a
week", "the fires are not connected"). No sign decides alone.

The weights stand in ``data/weights.toml`` under ``going_on`` and are learnt by ``python -m benchmarks learn_joining``,
where a false join counts twice as much as a split; so the article goes on with the best story above 0. The words stand
in ``data/going_on.toml``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from news.another.elsewhere import list_spots
from news.another.leads import find_another
from news.another.stories import describe_fit
from news.another.words import happenings_in
from news.deciding import afresh, nearest
from news.decision import StoredArticle
from news.reports.givens import split_given
from news.reports.tellings import split_speaker
from news.stories.belonging import StoryFit
from news.stories.case import Case
from news.stories.grounds import count_matter, list_ties, parts_of, weigh_names
from news.stories.profiles import count_terms, lead_and_text
from news.stories.ties import TELLING_NUMBER, own_names
from news.tables import load_toml
from news.words.measures import Measure, is_held, measures_in
from news.words.small_letters import small
from news.words.text import content_terms, fold, lower_in_place
from news.words.vocabulary import language_of

__all__ = [
    "FEATURES",
    "Weighed",
    "Weights",
    "describe_all",
    "follows_like",
    "is_barred",
    "said_of_itself",
    "score_signs",
    "weigh_all",
]

_SHARED = ("gap", "formula", "recurs", "act_later", "day_held", "words_held", "person_same", "brief")
"""Signs that ``news.another.stories`` finds."""

FEATURES = (
    "story",
    *_SHARED,
    "size",
    "names_lack",
    "names_told",
    "own_name",
    "place_only",
    "spots_lack",
    "numbers_lack",
    "numbers_told",
    "matter",
    "no_matter",
    "title_matter",
    "title_told",
    "first_told",
    "known",
    "tie_given",
    "tie_rest",
    "tie_other",
    "another",
    "unlinked",
    "in_row",
    "numbers_new",
    "turn_own",
    *nearest.FEATURES,
    *afresh.FEATURES,
)
"""Names of the signs in order; see ``describe_all``."""

Weights = Mapping[str, float]
"""Weight by sign, with ``bias``."""

_MOST_LIKE, _MOST_TIED = 8.0, 3.0
_FRONT_CHARS, _MAX_TEXT, _MAX_WHOLE = 300, 4_000, 6_000
_N_OPENING = 3
"""Headline and first two sentences."""
_PLAINLY = 2.0
"""See ``news.stories.grounds.list_ties``."""
_MAX_ARTICLES, _MAX_TITLES = 6, 8
_BESIDE = 140
_MOST_SAID = 3
_AUDIBLE = 0.1
"""Log-odds from which a sign is told of as evidence."""
_PAUSE = re.compile(r"[.;:\n]")


@cache
def _weights() -> Weights:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["going_on"].items()})


@dataclass(frozen=True, slots=True)
class Weighed:
    """How a dated article stands to a story.

    Attributes:
        signs: see ``describe_all``.
        score: log-odds that it goes on with the story; minus infinity where that is barred.
    """

    signs: Mapping[str, float]
    score: float

    def say_signs(self) -> str:
        """Return in words what spoke most for it and what most against it: ``for it: ...; against it: ...``."""
        if self.signs.get("series"):
            return "it tells of another number of a series"
        if is_barred(self.signs):
            return "it has its place alone and tells of something for the first time"
        spoken = {name: _weights()[name] * self.signs[name] for name in FEATURES}
        most = sorted((name for name in FEATURES if abs(spoken[name]) >= _AUDIBLE), key=lambda name: -abs(spoken[name]))
        sides = [
            ("for it", [name for name in most if spoken[name] > 0]),
            ("against it", [name for name in most if spoken[name] < 0]),
        ]
        words = load_toml("going_on.toml")["words"]
        return "; ".join(
            f"{side}: {', '.join(words[name] for name in names[:_MOST_SAID])}" for side, names in sides if names
        )


def weigh_all(case: Case, near: Sequence[StoryFit]) -> dict[int, Weighed]:
    """Return story id -> how a dated article stands to it; see ``describe_all``.

    A story that is barred is out of the question, whatever the words: what is taken for held is not told.
    """
    described = describe_all(case, near).items()
    return {
        story_id: Weighed(signs, -math.inf if is_barred(signs) else score_signs(signs, _weights()))
        for story_id, signs in described
    }


def is_barred(signs: Mapping[str, float]) -> bool:
    """Return whether an article has the place alone of a story, and tells of something for the first time: "a whale".

    A town has many news a day. Nor does one go on with a story that leads with another number of a series: the next
    package of sanctions, the next result of a team. Too few of our texts have any for a weight to be learnt.
    """
    return bool(signs.get("series") or (signs["place_only"] and signs["first_told"]))


def score_signs(signs: Mapping[str, float], weights: Weights) -> float:
    """Return the log-odds that an article with these signs goes on with the story."""
    return weights["bias"] + sum(weights[name] * signs[name] for name in FEATURES)


def describe_all(case: Case, near: Sequence[StoryFit]) -> dict[int, dict[str, float]]:
    """Return story id -> its signs by name, those of ``FEATURES``; all are finite, counts by their logarithm.

    ``names_lack`` counts the names of the article that the story lacks, ``names_told`` weighs those that it has,
    ``own_name`` says whether they weigh more than a place, and ``place_only`` that nothing else is common to both.
    ``spots_lack`` counts the names that stand as places in headline and first sentence, known or not, ``numbers_lack``
    the numbers there, and ``first_told`` the words there behind "a", that the story lacks, who only speaks left out;
    ``known`` counts the words there behind "the", and ``numbers_told`` the telling numbers, that it has;
    ``numbers_new`` counts those that it lacks. ``turn_own``: headline or first sentence tell an act that carries a
    story on, such as a verdict, which the story lacks, and it has more than a place of it. ``matter``
    counts the acts and things that the story opens with, ``title_matter`` those of the headline. Of what ties an
    article (``news.stories.grounds``), ``tie_given`` is of what is taken as known in the first two sentences,
    ``tie_rest`` of all behind them, and ``tie_other`` how much more plainly the opening is tied to another of these.
    ``title_told`` is the share of a stored headline that the article has, the nearest one's. ``in_row``: it says that
    it is one of a row, and the story does not. How it stands to the nearest article of the story:
    ``news.deciding.nearest``; whether it opens with a happening of its own: ``news.deciding.afresh``.
    ``series`` has no weight, see ``is_barred``.

    Args:
        near: the stories to describe, and to hold against each other.
    """
    if not near:
        return {}
    texts = parts_of(case)
    ties = {fit.story_id: list_ties(case, fit.story_id, texts) for fit in near}
    opened = {story_id: sum(min(_PLAINLY, tie) for tie in each[:_N_OPENING]) for story_id, each in ties.items()}
    said = said_of_itself("\n".join(texts)[:_MAX_WHOLE])
    found = {}
    for fit in near:
        best = max((value for story_id, value in opened.items() if story_id != fit.story_id), default=0.0)
        described = {**_describe(case, fit), **_weigh_parts(case, fit.story_id, texts)}
        opening = afresh.describe_opening(case, fit.story_id, texts, ties[fit.story_id], gap=described["gap"])
        signs = {
            "tie_other": max(0.0, min(_MOST_TIED, best - opened[fit.story_id])),
            "tie_rest": min(_MOST_TIED, max(ties[fit.story_id][_N_OPENING:], default=0.0)),
            "unlinked": said["unlinked"],
            "in_row": float(said["in_row"] and not _is_row(case, fit.story_id)),
            "turn_own": described["turn"] * described["own_name"],
            **described,
            **opening,
        }
        has_more = signs["matter"] or signs["own_name"] or signs["numbers_told"]
        found[fit.story_id] = {"place_only": float(not has_more), **signs}
    return found


@lru_cache(maxsize=1 << 9)
def said_of_itself(text: str) -> Mapping[str, float]:
    """Return what an article says of itself: that it tells one of a row, that something is not linked with it."""
    low = lower_in_place(text)
    found = {name: float(_pattern(name).search(low) is not None) for name in ("unlinked", "in_row")}
    return {**found, "in_row": max(found["in_row"], float(counts_like(text)), float(follows_like(text)))}


def counts_like(text: str) -> bool:
    """Return whether a text counts a happening in a row of its kind: "the second attack in four days"."""
    low, language = lower_in_place(text), language_of(text, "en")
    if any(happenings_in(found.group(), language) for found in _pattern("counted").finditer(low)):
        return True
    return any(any(beside) for beside in _iter_beside("running", text, low, language))


def follows_like(text: str) -> bool:
    """Return whether a text says that a happening came after another of its kind: "the raid came days after a raid".

    Weeks after it may be of any kind: "a blast two months after the cave-in".
    """
    low, language = lower_in_place(text), language_of(text, "en")
    if any(before & behind for before, behind in _iter_beside("came_after", text, low, language)):
        return True
    return any(before and behind for before, behind in _iter_beside("long_after", text, low, language))


def _iter_beside(name: str, text: str, low: str, language: str) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Yield the kinds of happenings that stand before and behind each place where a pattern matches."""
    for found in _pattern(name).finditer(low):
        before = _PAUSE.split(text[max(0, found.start() - _BESIDE) : found.start()])[-1]
        behind = _PAUSE.split(text[found.end() : found.end() + _BESIDE])[0]
        yield happenings_in(before, language), happenings_in(behind, language)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return small("|".join(load_toml("going_on.toml")[name]["patterns"]))


def _is_row(case: Case, story_id: int) -> bool:
    """Return whether a story says itself that it is one of a row."""
    articles = case.list_articles(story_id)[:_MAX_ARTICLES]
    return any(said_of_itself(lead_and_text(one.article)[:_MAX_WHOLE])["in_row"] for one in articles)


def _describe(case: Case, fit: StoryFit) -> dict[str, float]:
    held, articles, language = case.hold(fit.story_id), case.list_articles(fit.story_id), case.reading.language or "en"
    found = describe_fit(case, fit, articles, held)
    lead = case.reading.sentences[0].text if case.reading.sentences else ""
    top = f"{case.article.title}. {lead}"
    core = f"{_core_of(case.article.title)}. {_core_of(lead)}"
    numbers = _telling_numbers(case)
    n_told = sum(is_held(one, held.measures) for one in numbers)
    return {
        **{name: float(found[name]) for name in (*_SHARED, "series")},
        **nearest.describe_nearest(case.article, fit.nearest, language=language, gap=float(found["gap"])),
        "turn": float(held.lacks_step(top, language)),
        "story": max(-_MOST_LIKE, min(_MOST_LIKE, fit.score)),
        "size": math.log(max(1, len(articles))),
        "names_lack": math.log1p(len(set(own_names(case, held)))),
        "spots_lack": math.log1p(len({fold(name.split()[-1]) for name in list_spots(core)} - held.words)),
        "numbers_lack": math.log1p(sum(not is_held(one, held.measures) for one in measures_in(top, language))),
        "numbers_told": math.log1p(n_told),
        "numbers_new": math.log1p(len(numbers) - n_told),
        "first_told": math.log1p(sum(word not in held.words for word in _behind("first", core, language))),
        "known": math.log1p(sum(word in held.words for word in _behind("known", top, language))),
        "title_told": max((_title_told(case, one) for one in articles[:_MAX_TITLES]), default=0.25),
        "another": float(find_another(case, fit.story_id) is not None),
    }


def _telling_numbers(case: Case) -> Sequence[Measure]:
    text = f"{case.article.title}\n{case.article.text}"[:_MAX_TEXT]
    return [one for one in measures_in(text, case.reading.language or "en") if one.kind or one.value >= TELLING_NUMBER]


def _weigh_parts(case: Case, story_id: int, texts: Sequence[str]) -> dict[str, float]:
    """Return what the headline of an article, what its opening takes as known, and all of it have of a story."""
    whole, language = " ".join(texts)[:_MAX_TEXT], case.reading.language or "en"
    n_matter = count_matter(case, story_id, whole)
    given = [clause for text in texts[1:_N_OPENING] for clause in split_given(text, language).given]
    told = weigh_names(case, story_id, whole)
    return {
        "own_name": float(told >= 1.0),
        "names_told": math.log1p(told),
        "matter": math.log1p(n_matter),
        "no_matter": float(not n_matter),
        "title_matter": math.log1p(count_matter(case, story_id, texts[0])),
        "tie_given": min(_MOST_TIED, max(list_ties(case, story_id, given), default=0.0)),
    }


@lru_cache(maxsize=1 << 8)
def _behind(article: str, text: str, language: str) -> tuple[str, ...]:
    """Return the folded words of a text that stand behind an article: what is told of first, or what is known."""
    return tuple(fold(found.group(1)) for found in _articles(article, language).finditer(text))


@lru_cache(maxsize=1 << 8)
def _core_of(sentence: str) -> str:
    """Return a sentence without whoever only speaks in it: "a diplomat said"."""
    return split_speaker(sentence)[0]


@cache
def _articles(article: str, language: str) -> re.Pattern[str]:
    words = load_toml("going_on.toml")["articles"].get(language, {}).get(article, "(?!)")
    return re.compile(rf"\b(?:{words}) ([^\W\dA-ZÀ-ÞА-ЯЁ_][^\W\d_]{{2,}})")


def _title_told(case: Case, stored: StoredArticle) -> float:
    """Return the share of the words of a stored headline that the article has; a quarter of none."""
    language = case.reading.language or "en"
    if stored.language not in {"", language}:
        return 0.0
    title, read = case.article.title[:_MAX_WHOLE], case.article.text[: max(0, _MAX_WHOLE - 1 - len(case.article.title))]
    told, ours = _terms_of(stored.article.title, language), count_terms(title, read, case.reading.language)
    return (len(told & ours.keys()) + 0.25) / (len(told) + 1.0)


@lru_cache(maxsize=1 << 9)
def _terms_of(text: str, language: str) -> frozenset[str]:
    return frozenset(content_terms(text, language))
