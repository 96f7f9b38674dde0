"""Whether an article goes on with a story or tells of another event of its kind.

Owns the evidence, event against event, that two like accounts are two happenings: a later day for the same act, another
town, another man, "again" and "second". Must never rank stories by words; ``news.stories.belonging`` does, and its
score is one piece of the evidence here. The weights stand in ``data/weights.toml`` under ``recurrence`` and are learnt
by ``python -m benchmarks.learn_novelty``.

Reports of one kind are written to a formula: flights, missile tests, run-offs, expulsions. The second shares nearly all
words with the first, and often all names. What tells them apart is the day of the act, its place, who did it, and that
nothing in the second refers back to the first.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, partial
from types import MappingProxyType

from news.another.formulas import is_of_others
from news.another.onward import first_sentence, goes_on, is_later_lead, issued_on
from news.decision import StoredArticle
from news.matching.alignment import align
from news.matching.assignments import score_events
from news.matching.editions import has_new_value
from news.model import EntityKind
from news.on_demand import OnDemand
from news.reports.said import words_said
from news.stories.belonging import StoryFit, group_by_story, numbered_things
from news.stories.case import Case
from news.stories.holdings import Holdings, country_of, is_capital_of, words_of
from news.stories.openings import count_since, has_new_name, names_of_opening
from news.stories.profiles import lead_and_text, proper_words
from news.tables import load_toml
from news.words.measures import is_held, measures_in
from news.words.small_letters import small
from news.words.text import content_terms
from news.words.turns import turns_in

__all__ = ["FEATURES", "Judged", "describe_fit", "has_other_opening", "is_brief", "judge_stories"]

_LEAD_CHARS = 700
_FORMULA = 0.5
_BRIEF_WORDS = 100
_MAX_ARTICLES = 6
_AGAIN = small(
    r"\b(?:again|another|second|third|fourth|fifth|sixth|new|fresh|more|next|latest|repeat|otra vez|otro|otra|"
    r"nuevo|nueva|segundo|segunda|tercer|tercera|снова|опять|ещё|второй|вторая|третий|третья|новый|новая)\b"
)
_RARE = 0.55
_MAX_STORIES = 4
_MONTH = 31
_FORTNIGHT = math.log1p(14)
_RECENT = 2
_DAYS_AFTER = 2

FEATURES = (
    "story",
    "events",
    "names_held",
    "first_held",
    "core_held",
    "rare_shared",
    "numbers_held",
    "gap",
    "later_lead",
    "formula",
    "recurs",
    "again",
    "place_other",
    "person_same",
    "strong_turn",
    "same_act",
    "act_later",
    "words_held",
    "day_held",
    "series",
    "foreign",
    "brief",
    "brief_names",
)
"""Names of the features in order; see ``describe_fit``."""


@cache
def _weights() -> Mapping[str, float]:
    return MappingProxyType({key: float(value) for key, value in load_toml("weights.toml")["recurrence"].items()})


@cache
def _limits() -> Mapping[str, float]:
    return MappingProxyType(
        {key: float(value) for key, value in load_toml("weights.toml")["recurrence_limits"].items()}
    )


def _score_fit(features: Mapping[str, float]) -> float:
    """Return the log-odds that an article with these features goes on with the story."""
    weights = _weights()
    return weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in features.items())


def _lead_of(title: str, text: str) -> str:
    return f"{title}. {text.strip()[:_LEAD_CHARS]}"


@lru_cache(maxsize=1 << 9)
def _plain_words(text: str, language: str) -> frozenset[str]:
    """Return the stems of the words that are neither names nor numbers."""
    proper = proper_words(text, language)
    return frozenset(w for w in content_terms(text, language) if w not in proper and not w[0].isdigit())


def _jaccard(one: Collection[str], other: Collection[str]) -> float:
    ours, theirs = set(one), set(other)
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def describe_fit(
    case: Case,
    fit: StoryFit,
    articles: Sequence[StoredArticle],
    held: Holdings,
) -> OnDemand:
    """Return the features of an article against one story that it may go on with, each found when it is asked for.

    Args:
        articles: the candidates of the story.
    """
    language = case.reading.language or "en"
    gap = abs((issued_on(case) - held.last_on).days) if held.last_on else 0

    def of_opening(_: OnDemand) -> Mapping[str, float]:
        return _opening_features(case, articles)

    return OnDemand(
        {
            "brief": lambda _: _brevity(case.article.text),
            "brief_names": lambda own: own["brief"] * own["names_held"],
            "story": lambda _: max(-8.0, min(8.0, fit.score)),
            "events": lambda _: _events_of(case, fit.story_id),
            "gap": lambda _: math.log1p(min(gap, 730)),
            "series": lambda _: float(_is_other_of_series(case, articles)),
            "foreign": lambda _: float(all(one.language not in {"", language} for one in articles)),
            "again": lambda _: float(_is_again(case, articles)),
            "place_other": lambda _: float(_is_other_place(case, held)),
            **dict.fromkeys(("names_held", "first_held"), of_opening),
            "core_held": lambda _: _core_held(case, articles),
            "rare_shared": of_opening,
            "numbers_held": lambda _: _numbers_held(case, held),
            "person_same": lambda _: float(_has_person(case, held)),
            "words_held": of_opening,
            "later_lead": lambda _: float(is_later_lead(case, held)),
            "formula": lambda _: _nearest_formula(case, articles),
            "recurs": lambda own: _recurs(own, case, held),
            **dict.fromkeys(("strong_turn", "same_act"), lambda _: _turn_features(case, held)),
            "act_later": lambda own: own["later_lead"] and own["same_act"],
            "day_held": lambda _: float(_refers_back(case, held)),
        }
    )


def _events_of(case: Case, story_id: int) -> float:
    found = score_events(case.reading.reports, case.candidates.reports, case.world, story_ids={story_id})
    return found.get(story_id, 0.0)


def _brevity(text: str) -> float:
    return 1 / (1 + len(text.split()) / _BRIEF_WORDS)


def is_brief(text: str) -> bool:
    """Return whether a text is so short that its words alone cannot show what story it belongs to."""
    return _brevity(text) > _limits()["brief_least"]


def _opening_features(case: Case, articles: Sequence[StoredArticle]) -> dict[str, float]:
    """Return how far the names and words of the opening are those of one article of the story, the nearest."""
    lead_names, first_names, plain = case.world.remember("names of the opening", partial(_names_of_opening, case))
    nearest = max(articles[:_MAX_ARTICLES], key=lambda one: _share(lead_names, words_of(one)), default=None)
    words = words_of(nearest) if nearest is not None else frozenset()
    return {
        "names_held": _share(lead_names, words),
        "first_held": _share(first_names, words),
        "rare_shared": math.log1p(sum(name in words and case.world.rarity(name) > _RARE for name in lead_names)),
        "words_held": _share(plain, words),
    }


def _names_of_opening(case: Case) -> tuple[list[str], list[str], list[str]]:
    """Return the names of the opening, those of headline and first sentence, and the other words of the opening."""
    language = case.reading.language or "en"
    lead = _lead_of(case.article.title, case.article.text)
    names = proper_words(lead_and_text(case.article), language)
    top = f"{case.article.title}. {first_sentence(case)}"
    lead_names, first_names = (
        [one for one in names_of_opening(text, language) if one in names] for text in (lead, top)
    )
    return lead_names, first_names, list(_plain_words(lead, language))


def _core_held(case: Case, articles: Sequence[StoredArticle]) -> float:
    whole, language = lead_and_text(case.article), case.reading.language or "en"
    return max((_core(one, whole, language) for one in articles[:_MAX_ARTICLES]), default=0.0)


def _numbers_held(case: Case, held: Holdings) -> float:
    numbers = measures_in(_lead_of(case.article.title, case.article.text), case.reading.language or "en")
    return sum(is_held(m, held.measures) for m in numbers) / len(numbers) if numbers else 0.5


def _has_person(case: Case, held: Holdings) -> bool:
    people = {m.entity.key for m in case.reading.mentions if m.entity.kind is EntityKind.PERSON}
    return not people.isdisjoint(held.keys)


def _recurs(own: OnDemand, case: Case, held: Holdings) -> float:
    """Return how far the opening tells the act of the story by its formula, on a later day, and without going on."""
    if not own["later_lead"] or own["day_held"] or not own["formula"] or goes_on(case, held):
        return 0.0
    return min(1.0, own["formula"] / _FORMULA)


def _turn_features(case: Case, held: Holdings) -> dict[str, float]:
    """Return whether the opening has an act that carries a story on, and whether it has no act that the story lacks."""
    lead, language = _lead_of(case.article.title, case.article.text), case.reading.language or "en"
    turns = turns_in(lead, language).values()
    has_all = bool(turns) and not any(classes.isdisjoint(held.turns) for classes in turns)
    return {"strong_turn": float(held.lacks_step(lead, language)), "same_act": float(has_all)}


def _nearest_formula(case: Case, articles: Sequence[StoredArticle]) -> float:
    language, first = case.reading.language or "en", first_sentence(case)
    return max((_formula(first, one, language) for one in articles[:_MAX_ARTICLES]), default=0.0)


def _refers_back(case: Case, held: Holdings) -> bool:
    """Return whether the first sentence dates something to a past day of the story: "arrested in March".

    The two days before the article do not count: all news of a week has them. Or whether it counts the time since what
    the story tells of.
    """
    end = case.reading.sentences[0].end if case.reading.sentences else 0
    if count_since(first_sentence(case)) in held.words:
        return True
    for one in case.reading.dates:
        first, last = one.span.first_on, one.span.last_on
        if one.start >= end or first is None or last is None or (last - first).days > _MONTH:
            continue
        is_past = (issued_on(case) - last).days >= _RECENT
        if is_past and any(-1 <= (day - first).days <= (last - first).days + _DAYS_AFTER for day in held.days):
            return True
    return False


def _is_other_of_series(case: Case, articles: Sequence[StoredArticle]) -> bool:
    """Return whether the article leads with another number of a series than all of the story: the 13th package."""
    ours = numbered_things(_lead_of(case.article.title, case.article.text))
    theirs: dict[str, set[str]] = {}
    for one in articles:
        for thing, numbers in numbered_things(_lead_of(one.article.title, one.article.text)).items():
            theirs.setdefault(thing, set()).update(numbers)
    both = [thing for thing in ours if thing in theirs]
    return bool(both) and not any(ours[thing] & theirs[thing] for thing in both)


@dataclass(frozen=True)
class Judged:
    """A story that the article was held against, event against event; above 0 it goes on with it."""

    fit: StoryFit
    features: Mapping[str, float]
    is_dated: bool
    """Whether it is known when the story was told."""

    @cached_property
    def score(self) -> float:
        """The log-odds that it goes on with the story."""
        return _score_fit(self.features)

    @property
    def is_recurrence(self) -> bool:
        """Return whether the article tells of another event than the story.

        So it does where it tells the act of the story once more, by its formula and later; and where it is brief and
        all evidence speaks against it.
        """
        limits, own = _limits(), self.features
        if not self.is_dated or is_of_others(own):
            return self.is_dated
        if own["recurs"] > limits["recurs_least"] or own["series"]:
            return self.score < 0
        return own["brief"] > limits["brief_least"] and self.score < min(0.0, limits["part_most"])

    @property
    def is_much_later(self) -> bool:
        """Return whether the article tells the act of the story by its formula a fortnight or more after it."""
        own = self.features
        return self.is_dated and own["recurs"] > _limits()["recurs_least"] and own["gap"] > _FORTNIGHT


def judge_stories(case: Case, fits: Sequence[StoryFit]) -> tuple[Judged, ...]:
    """Return the first four of the ranked stories with the evidence that the article goes on with them, best first."""
    groups = group_by_story(case.candidates)
    judged = []
    for fit in fits[:_MAX_STORIES]:
        held = case.hold(fit.story_id)
        features = describe_fit(case, fit, groups.get(fit.story_id, []), held)
        judged.append(Judged(fit, features, held.last_on is not None))
    if len(judged) == 1:
        return tuple(judged)  # the score need not be known
    return tuple(sorted(judged, key=lambda one: (-one.score, one.fit.story_id)))


def has_other_opening(case: Case, copied: StoredArticle) -> bool:
    """Return whether a sentence of the opening puts a name, a number or a day in place of another of a text like it.

    What tells of another happening in the words of the first has: a true copy, however late and however garbled, has
    none that the copied text lacks.
    """
    text = copied.article.text
    changed = [pair.line.text for pair in align(text, case.article.text[:_LEAD_CHARS]).pairs if pair.edits]
    return any(has_new_value(line, text) or has_new_name(line, copied.article) for line in changed)


def _share(words: Sequence[str], held: Collection[str]) -> float:
    return sum(word in held for word in words) / len(words) if words else 0.5


def _formula(first: str, stored: StoredArticle, language: str) -> float:
    theirs = stored.article.text.strip()[:400]
    return _jaccard(_plain_words(first, language), _plain_words(theirs.split(". ")[0], language))


def _core(stored: StoredArticle, whole: str, language: str) -> float:
    """Return the share of the names of a stored lead that stand in the new article."""
    theirs = proper_words(_lead_of(stored.article.title, stored.article.text), stored.language or "en")
    return _share(list(theirs), _words_of(whole, language))


@lru_cache(maxsize=8)
def _words_of(whole: str, language: str) -> frozenset[str]:
    return words_said(whole).union(content_terms(whole, language))


def _is_again(case: Case, articles: Sequence[StoredArticle]) -> bool:
    """Return whether title or first sentence counts the event in a row of its kind as no stored lead does."""
    ours = set(_AGAIN.findall(f"{case.article.title}. {first_sentence(case)}".lower()))
    leads = (_lead_of(one.article.title, one.article.text).lower() for one in articles)
    return bool(ours) and bool(ours.difference(*map(_AGAIN.findall, leads)))


def _is_other_place(case: Case, held: Holdings) -> bool:
    """Return whether the lead names a place of its own, below a country, and none of the places of the story."""
    end = case.reading.sentences[0].end if case.reading.sentences else 0
    near = [m.entity for m in case.reading.mentions if m.start < end and m.entity.kind is EntityKind.PLACE]
    own = [one for one in near if one.within and not is_capital_of(one.key)]
    within = case.world.within
    own += [one for one in near if is_capital_of(one.key) and country_of(one.key, within) not in held.countries]
    return bool(own) and not any(one.key in held.keys for one in own)
