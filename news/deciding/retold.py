"""A brief retelling in words that are all its own: joined to its story because it names nothing of its own.

Owns that one question. Must never rank stories by words (``news.stories.belonging``) nor say what is new
(``news.deciding.telling``).

A paraphrase may share no word with what it retells, so likeness cannot find its story. But news of another event says
whom and where it befell: it has a name that the story lacks. A brief article of the same days whose every name the
story has, and that agrees with it in numbers and acts, has nothing left by which it could be told from it. Where two
stories have all its names, the one that it agrees with more plainly is its own, and none if neither stands out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from news.another.stories import is_brief
from news.decision import StoredArticle
from news.model import EntityKind, Precision
from news.names.entities import lookup
from news.stories.belonging import StoryFit
from news.stories.case import Case
from news.stories.holdings import Holdings, country_of, is_name_held
from news.stories.profiles import proper_words
from news.tables import load_toml
from news.words.meanings import is_date_word
from news.words.measures import Measure, is_held, measures_in
from news.words.text import content_terms, fold
from news.words.things import things_in
from news.words.turns import grave_turns, turns_in

__all__ = ["agreement", "find_retold", "own_names"]

_MAX_TEXT = 3_000
_MAX_ARTICLES = 6
_LATEST_DAYS = 2
_FARTHEST_DAYS = 30
_LEAST = 2.0
_MARGIN = 1.0
_STEM = 6
_ENDING = 4
_SMALL = 20
_MID = re.compile(r"(?<=[\w,;] )[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}")
_CAPITAL = re.compile(r"(?<!\w)[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}")
_WORD = re.compile(r"[^\W\d_]+")


def find_retold(case: Case, fits: Sequence[StoryFit]) -> StoryFit | None:
    """Return the story that a brief article retells without a name of its own, or None.

    Args:
        fits: the stories that may be meant, in the language of the article.
    """
    if not is_brief(case.article.text):
        return None
    scored = [(agreement(case, fit.story_id), -place) for place, fit in enumerate(fits) if _may_be(case, fit)]
    if not scored:
        return None
    scored.sort(reverse=True)
    best = scored[0]
    if best[0] < _LEAST or any(best[0] - other < _MARGIN for other, _ in scored[1:]):
        return None
    return fits[-best[1]]


def _may_be(case: Case, fit: StoryFit) -> bool:
    """Return whether a story is of these days, has all names of the article, and one of them at least."""
    held = case.hold(fit.story_id)
    if held.last_on is None:
        return False
    gap = (case.issued_at.date() - held.last_on).days
    if not -1 <= gap <= _LATEST_DAYS and not (0 < gap <= _FARTHEST_DAYS and _dates_back(case, held)):
        return False
    return not own_names(case, held) and any(_iter_shared(case, held))


def _dates_back(case: Case, held: Holdings) -> bool:
    """Return whether the first sentence dates something to a day of the story that was over: "nine days ago"."""
    end = case.reading.sentences[0].end if case.reading.sentences else 0
    spans = [one.span for one in case.reading.dates if one.start < end]
    over = {day for day in held.days if held.last_on is not None and day <= held.last_on}
    return any(span.precision is Precision.DAY and span.first_on in over for span in spans)


def own_names(case: Case, held: Holdings) -> list[str]:
    """Return the names of an article that a story lacks: neither they nor their country, nor a word like them.

    Seas, regions of the world and other places that lie in no country tell no event from another.
    """
    covered: set[str] = set()
    found = []
    for mention in case.reading.mentions:
        covered.update(map(fold, _WORD.findall(mention.text)))
        entity = mention.entity
        is_wide = entity.kind is EntityKind.PLACE and not entity.within and not country_of(entity.key, {})
        if not is_wide and not is_name_held(entity.key, mention.text, held, case.world.within):
            found.append(mention.text)
    return found + [word for word in _iter_names(case) if fold(word) not in covered and not _is_word_held(word, held)]


def _iter_names(case: Case) -> Iterator[str]:
    """Yield the capitalised words inside the sentences; those that begin one are left out, whatever they are."""
    for word in _MID.findall(case.article.text[:_MAX_TEXT]):
        if not is_date_word(word) and fold(word) not in _plain_capitals():
            yield word


@lru_cache(maxsize=1)
def _plain_capitals() -> frozenset[str]:
    """Return the words that are written with a capital letter and name nobody: titles and offices."""
    return frozenset(str(load_toml("retold.toml")["capitals"]["words"]).split())


def _is_word_held(word: str, held: Holdings) -> bool:
    """Return whether a story has a name or one of its root: "Gagauzia" where it has "Gagauz"."""
    folded = fold(word)
    if folded in held.words:
        return True
    if len(folded) < _STEM:
        return False
    shortest = max(_STEM, len(folded) - _ENDING)
    if held.has_beginning(folded[:shortest], most=_ENDING):
        return True
    return any(folded[:size] in held.words for size in range(shortest, len(folded)))


def _iter_shared(case: Case, held: Holdings) -> Iterator[bool]:
    for mention in case.reading.mentions:
        if is_name_held(mention.entity.key, mention.text, held, case.world.within):
            yield True
    for word in (*_iter_names(case), *_CAPITAL.findall(case.article.title[:_MAX_TEXT])):
        if _is_word_held(word, held) and (word in case.article.text or lookup(word)):
            yield True


def agreement(case: Case, story_id: int) -> float:
    """Return how far the numbers, acts and words of an article are those of a story; at 2 it is far enough."""
    held = case.hold(story_id)
    text, language = f"{case.article.title}\n{case.article.text}"[:_MAX_TEXT], case.reading.language or "en"
    numbers = _distinct(measures_in(text, language))
    agreed = sum(_weight(one) for one in numbers if is_held(one, held.measures))
    lacking = sum(_weight(one) for one in numbers if not is_held(one, held.measures))
    acts = {frozenset(classes) for classes in turns_in(text, language).values()}
    common = sum(0.5 if one & grave_turns() else 1.0 for one in acts if one & held.turns)
    things = _count_things(text, language, case.list_articles(story_id))
    return agreed - 0.5 * lacking + 0.5 * common + 0.25 * (things + _count_words(text, language, held))


def _count_things(text: str, language: str, articles: Sequence[StoredArticle]) -> int:
    """Return how many nouns of a text stand, in other words, for what a story has."""
    told: set[str] = set()
    words: set[str] = set()
    for one in articles[:_MAX_ARTICLES]:
        if one.language in {"", language}:
            found = things_in(f"{one.article.title}\n{one.article.text}"[:_MAX_TEXT], language)
            words |= found.keys()
            told = told.union(*found.values())
    ours = {classes for word, classes in things_in(text, language).items() if word not in words}
    return sum(not classes.isdisjoint(told) for classes in ours)


def _distinct(measures: Sequence[Measure]) -> list[Measure]:
    return list({(one.kind, one.value): one for one in measures}.values())


def _weight(measure: Measure) -> float:
    return 1.0 if measure.kind not in {"", "time"} or measure.value >= _SMALL else 0.5


def _count_words(text: str, language: str, held: Holdings) -> int:
    proper = proper_words(text, language)
    return sum(word in held.words for word in content_terms(text, language) if word not in proper)
