"""What an article is about: a story that stands in its opening, or one that it only mentions further down.

Owns that one question. Must never choose a story (``news.deciding.choosing``) nor weigh likeness of words
(``news.stories.belonging``).

Newspapers close an article with what else happens in the country: "the signing was put off because of the disaster".
Such a sentence has the names, figures and acts of the other story, and so has evidence in plenty, but the article is
not about it. What an article is about stands in its headline and its first sentence, or, after an opening that tells a
scene, in the second; and what is told of the matter goes on. So each sentence is asked how much ties it to the story:
see ``news.stories.grounds``.

An article that shares nothing with a story anywhere is not asked: there its words are all its own, and others judge.
English, Spanish and Russian, each against stories of its own language; of a story in another one only names are
asked for. An article without a date is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache, partial

from news.matching.assignments import score_events
from news.names.entities import find_mentions, lookup
from news.stories.case import Case
from news.stories.grounds import list_ties, parts_of
from news.stories.holdings import Holdings, is_country, is_spelt_otherwise
from news.tables import load_toml
from news.words.meanings import is_date_word
from news.words.small_letters import small
from news.words.text import fold, lower_in_place, split_sentences

__all__ = ["is_aside"]

_TIED = 1.0
"""From here on a sentence is tied to a story: a name of its own, a place with a word, or two words."""
_PLAINLY = 1.5
"""A second sentence takes the place of the opening where it is tied by this much."""
_CONTRAST, _LEAST_BESIDE = 1.45, 0.4
"""So much more than the opening must a sentence further down be tied; one that sets the story beside, so much."""
_N_OPENING = 2
_LONG, _LONG_OPENING = 14, 5
"""A long article takes more sentences to come to its matter."""
_FEW = 2
"""After fewer sentences than these, the last one is no closing one."""
_HALF_AN_EVENT = 0.4
"""See ``news.matching.assignments.score_events``."""
_MOST_TIED = 0.4
"""Share of the other sentences that may be tied where a story is only mentioned."""
_CAPITAL = re.compile(r"\b[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}")
_RELATIVE = re.compile(
    r", ((?:(?:in|of|at|during|for|by|from|with) )?(?:when|where|which|who|whose|whom)\b[^,;]{4,200})"
)


def is_aside(case: Case, story_id: int) -> bool:
    """Return whether an article opens with something else and only mentions a story further down."""
    return case.world.remember(("aside", story_id), partial(_is_aside, case, story_id))


def _is_aside(case: Case, story_id: int) -> bool:
    texts = parts_of(case)
    if case.article.published_at is None or len(texts) <= _N_OPENING:
        return False
    is_home = _is_of_its_language(case, story_id)
    return (_is_aside_at_home if is_home else _is_aside_abroad)(case, story_id, texts)


def _is_aside_at_home(case: Case, story_id: int, texts: Sequence[str]) -> bool:
    """Return whether of the words that a text has of a story in its language all but a few stand further down."""
    front = list_ties(case, story_id, texts[: _LONG_OPENING if len(texts) > _LONG else _N_OPENING])
    if max(front) >= _TIED:
        return False
    opening, rest = max(front[:_N_OPENING]), list_ties(case, story_id, texts[_N_OPENING:])
    n_tied = sum(one >= _TIED for one in rest)
    if n_tied > max(1.0, _MOST_TIED * len(rest)):
        return False
    told, beside = zip(*(_cut_beside(text) for text in texts[_N_OPENING:]), strict=True)
    if rest[0] >= _PLAINLY and list_ties(case, story_id, told[:1])[0] >= _PLAINLY:
        return False
    if not _is_plain_contrast(case, story_id, texts[_N_OPENING:], opening, beside):
        return False
    return not _opens_with_event(case, story_id)


def _is_plain_contrast(case: Case, story_id: int, texts: Sequence[str], opening: float, beside: Sequence[str]) -> bool:
    """Return whether the story stands so much more plainly further down that it can only be mentioned there.

    Less will do where a sentence says itself that it sets the story beside: "it comes a week after ...".
    """
    rest = list_ties(case, story_id, texts)
    if max(rest) - opening >= _CONTRAST:
        return True
    set_beside = [text for text, tie in zip(beside, rest, strict=True) if text and tie > opening]
    if set_beside and max(list_ties(case, story_id, set_beside)) >= opening + _LEAST_BESIDE:
        return True
    clauses = list_ties(case, story_id, [" ".join(_relatives_of(text)) for text in texts])
    if max(clauses) >= _TIED:
        return True
    return len(texts) >= _FEW and rest[-1] == max(rest) and clauses[-1] >= opening + _LEAST_BESIDE


def _opens_with_event(case: Case, story_id: int) -> bool:
    """Return whether the first sentence reports an event that the story tells of."""
    first = [one for one in case.reading.reports if one.sentence == 0]
    events = score_events(first, case.candidates.reports, case.world, story_ids={story_id}) if first else {}
    return events.get(story_id, 0.0) >= _HALF_AN_EVENT


def _is_aside_abroad(case: Case, story_id: int, texts: Sequence[str]) -> bool:
    """Return whether a text names what a story in another language names, but opens with other names alone.

    Countries are left out.
    """
    held, language = case.hold(story_id), case.reading.language or "en"
    front, rest = ". ".join(texts[: _N_OPENING + 1]), texts[_N_OPENING + 1 :]
    listed = _keys_in(front, language)
    if not listed or listed & held.keys or _is_spelt_in(front, held):
        return False
    return any(_keys_in(text, language) & held.keys or _is_spelt_in(text, held) for text in rest)


def _keys_in(text: str, language: str) -> frozenset[str]:
    """Return the keys of the names in a text, those of countries left out."""
    found = (one.entity.key for one in find_mentions(text, split_sentences(text), language))
    return frozenset(key for key in found if not is_country(key))


def _is_spelt_in(text: str, held: Holdings) -> bool:
    """Return whether any word with a capital stands in the story, in whatever letters."""
    names = (one for one in _CAPITAL.findall(text) if not is_date_word(one) and not _is_country(one))
    return any(fold(name) in held.words or is_spelt_otherwise(name, held) for name in names)


def _is_country(name: str) -> bool:
    return any(is_country(one.key) for one in lookup(name))


def _is_of_its_language(case: Case, story_id: int) -> bool:
    language = case.reading.language or "en"
    return any(one.language in {"", language} for one in case.list_articles(story_id))


@lru_cache(maxsize=1 << 11)
def _cut_beside(sentence: str) -> tuple[str, str]:
    """Return what a sentence tells and what it sets beside that: "work went on", "two days after the disaster"."""
    found = _asides().search(lower_in_place(sentence))
    return (sentence, "") if found is None else (sentence[: found.start()], sentence[found.start() :])


@lru_cache(maxsize=1 << 11)
def _relatives_of(sentence: str) -> tuple[str, ...]:
    """Return the clauses that tell more of a name of the sentence: "who sacked his minister on Monday"."""
    return tuple(found.group(1) for found in _RELATIVE.finditer(sentence))


@cache
def _asides() -> re.Pattern[str]:
    return small("|".join(load_toml("aims.toml")["asides"]["patterns"]))
