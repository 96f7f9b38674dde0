"""What ties an article to a story whatever their words: a telling name or number that both have.

Owns the finding of such ties. Must never choose a story by them: ``news.deciding.choosing`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from news.decision import StoredArticle
from news.model import EntityKind
from news.names.entities import get_entity, lookup
from news.stories.case import Case
from news.stories.holdings import Holdings, country_of, is_capital_of
from news.words.meanings import acts_in, is_date_word
from news.words.measures import CLOCK, Measure, is_held, measures_in
from news.words.text import fold, stop_words
from news.words.turns import grave_turns, turns_in

TELLING_NUMBER = 20
"""Smaller bare numbers say nothing: every story has a three somewhere."""

_TELLING_SHARE = 10
_MAX_COMPARED = 6_000
_FRONT_CHARS = 250
_DAY_HOURS = 24
_HALF_HOUR = 30
_LARGE = 100
"""From here on a bare number is one of its own; smaller ones meet by chance."""
_PLAIN = 4
_OF_ANY = frozenset({
    "deny", "claim", "confirm", "accuse", "plan", "promise", "brief", "demand", "warn", "record", "meet", "contact",
    "study", "order",
})  # fmt: skip
"""Kinds of acts that stories of all kinds have."""
_LABOUR, _FIGHTING = "strike_work", frozenset({"attack"})
"""Where work is laid down, a strike hits nobody."""
_PLAIN_OR_ELSE = re.compile(r"[^\W\d_]+|[^\w\s]|\d+")
_WORD = re.compile(r"[^\W\d_]+")
_KNOWN = re.compile(r"\b(?:[Tt]he|[Tt]his|[Tt]hat) (?:[a-z]+ )?([a-z]{4,20})\b")
_FIRST = re.compile(r"\b[Aa]n? (?:[a-z]+ )?([a-z]{4,20})\b")
_NAME = re.compile(r"(?<=\w )[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}")
_RUN = re.compile(r"(?<=[\w,;] )[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}(?: [A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}){0,5}")


def has_common_ground(case: Case, held: Holdings) -> bool:
    """Return whether the article has a telling name or number of the story: no country, no capital, no small count."""
    return any(True for _ in _iter_numbers(case, held)) or any(True for _ in _iter_names(case, held))


def is_tied(case: Case, held: Holdings, articles: Sequence[StoredArticle]) -> bool:
    """Return whether the article has more in common with the story than a place where much happens.

    A few percent, a few days, the outlet's own name and a place alone are ties of a whole country's news; so is a name
    that the story has only further down, such as that of a spokesman.

    Args:
        articles: the candidates of the story.
    """
    if shares_telling_number(case, held):
        return True
    front = frozenset(fold(word) for one in articles for word in _WORD.findall(_front_of(one)))
    names = (name for name in _iter_names(case, held) if not _is_place(name))
    return any(fold(_last_word(name)) in front for name in names)


def shares_telling_number(case: Case, held: Holdings) -> bool:
    """Return whether the article has a number of the story that says that both tell of one thing."""
    return any(_is_telling(one) for one in _iter_numbers(case, held))


def _is_telling(measure: Measure) -> bool:
    """Return whether a number that two texts have says that they tell of one thing: no few percent, no whole days."""
    if measure.kind == CLOCK:
        return measure.value % _HALF_HOUR > 0
    if measure.kind == "time":
        return measure.value % _DAY_HOURS > 0
    return measure.value >= (_TELLING_SHARE if measure.kind == "share" else 0 if measure.kind else _LARGE)


def is_of_one_kind(case: Case, held: Holdings, articles: Sequence[StoredArticle]) -> bool:
    """Return whether article and story tell of acts of one kind in one place, or of one thing there.

    The place is no country and no capital; a thing is two words that stand side by side in both, such as "northern
    pier". That people die or are hurt is no act to tell a story by.
    """
    if not any(_is_place(name) for name in _iter_names(case, held)):
        return False
    language = case.reading.language or "en"
    acts = {one for classes in turns_in(_text_of(case), language).values() for one in classes} - grave_turns() - _OF_ANY
    if acts & (held.turns - (_FIGHTING if _LABOUR in held.turns else frozenset())):
        return True
    pairs = _pairs_of_words(_text_of(case), language)
    told = ((f"{one.article.title}\n{one.article.text}"[:_MAX_COMPARED], one.language) for one in articles)
    return any(pairs & _pairs_of_words(*each) for each in told)


@lru_cache(maxsize=1 << 9)
def _pairs_of_words(text: str, language: str) -> frozenset[tuple[str, str]]:
    """Return the pairs of neighbouring words in small letters that are neither small words nor dates."""
    words = _PLAIN_OR_ELSE.findall(text)
    pairs = pairwise(word if _is_plain(word, language) else "" for word in words)
    return frozenset((one, other) for one, other in pairs if one and other)


def _is_plain(word: str, language: str) -> bool:
    return len(word) >= _PLAIN and word.islower() and word not in stop_words(language) and not is_date_word(word)


def _front_of(stored: StoredArticle) -> str:
    return f"{stored.article.title}\n{stored.article.text.strip()[:_FRONT_CHARS]}"


def _last_word(name: str) -> str:
    """Return the last word of a name or of the slug of an entity key."""
    return re.split(r"[ :-]", name)[-1]


def _iter_numbers(case: Case, held: Holdings) -> Iterator[Measure]:
    for one in measures_in(_text_of(case)):
        is_round = one.kind == CLOCK and not _is_telling(one)
        if not is_round and (one.kind or one.value >= TELLING_NUMBER) and is_held(one, held.measures):
            yield one


def _iter_names(case: Case, held: Holdings) -> Iterator[str]:
    """Yield the keys and words of names that both have, countries, capitals and the outlet's own name left out."""
    own = {fold(word) for word in _WORD.findall(case.article.outlet)}
    for mention in case.reading.mentions:
        key = mention.entity.key
        if own and own.issuperset(fold(word) for word in _WORD.findall(mention.text)):
            continue
        if key in held.keys and key not in held.countries and not is_capital_of(key):
            yield key
    for found in _RUN.finditer(_text_of(case)):
        word = found.group().split()[-1]  # of "Santa Rosa" the second; the first is that of many
        is_common = fold(word) in held.words and fold(word) not in own
        if is_common and not is_date_word(word) and not _is_country_or_capital(word):
            yield word


def _text_of(case: Case) -> str:
    return f"{case.article.title}\n{case.article.text}"[:_MAX_COMPARED]


def _is_place(name: str) -> bool:
    entities = [get_entity(name)] if ":" in name else lookup(name)
    return any(entity is not None and entity.kind is EntityKind.PLACE for entity in entities)


def _is_country_or_capital(name: str) -> bool:
    keys = [entity.key for entity in lookup(name)]
    return any(is_capital_of(key) or country_of(key, {}) == key for key in keys)


def is_definite(lead: str, quotes: Iterable[str]) -> bool:
    """Return whether a sentence speaks of "the explosion" where another tells of "an explosion": it is that one.

    The nouns are acts, and the sentence has all names of the other. English only.
    """
    known = {noun.casefold() for noun in _KNOWN.findall(lead) if acts_in(noun)}
    if not known:
        return False
    words = frozenset(_WORD.findall(lead))
    return any(
        known & {noun.casefold() for noun in _FIRST.findall(quote)} and words.issuperset(names)
        for quote in quotes
        if (names := [name for name in _NAME.findall(quote) if not is_date_word(fold(name))])
    )
