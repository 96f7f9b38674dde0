"""What a watch listens to, and whether it takes an article: names, words and phrases, filters and patterns.

Owns the meaning of expressions. How they are written is ``news.queries.expression_grammar``'s; topics, which are all
that a reader asks about, are ``news.queries.topics``'s. Must never look anything up.

A pattern is a regular expression in the syntax of the package ``regex``, without regard to case; it is given 100 ms for
an article, and one that takes longer takes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import regex

from news.decision import StoredArticle
from news.model import Article, Entity, EntityKind, Reading
from news.names.entities import get_entity
from news.queries.topics import Topic, is_match
from news.reading import read
from news.reports.origins import outlet_origin
from news.words.text import fold, stem_words

EVERYTHING = "*"
"""The expression that takes every article."""

PATTERN_LIMIT_S = 0.1
"""How long a pattern may look at an article."""

KIND_FILTERS = {
    "place": EntityKind.PLACE,
    "person": EntityKind.PERSON,
    "org": EntityKind.ORG,
    "equipment": EntityKind.EQUIPMENT,
}
"""Filters by a name of one kind."""

FILTERS = (*KIND_FILTERS, "outlet", "lang", "kind")
"""The names of all filters."""

_PATTERN_CHARS = 50_000


@dataclass(frozen=True, slots=True)
class Names:
    """A run of names, words and phrases; all of them must fit."""

    topic: Topic


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter by name; ``keys`` are the entities that the value names, for those that are about entities."""

    name: str
    value: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression, held against title and text."""

    source: str


@dataclass(frozen=True, slots=True)
class Not:
    """Fits where its part does not."""

    part: Expression


@dataclass(frozen=True, slots=True)
class Every:
    """Fits where all of its parts do; without parts it takes everything."""

    parts: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """Fits where any of its parts does."""

    parts: tuple[Expression, ...]


Expression = Names | Filter | Pattern | Not | Every | Either


def list_topics(expression: Expression) -> Iterator[Topic]:
    """Yield the runs of names and words in an expression, also those that it excludes, in order."""
    match expression:
        case Names(topic):
            yield topic
        case Not(part):
            yield from list_topics(part)
        case Every(parts) | Either(parts):
            for part in parts:
                yield from list_topics(part)


def find_match(expression: Expression, content: Content) -> tuple[str, ...] | None:
    """Return what of the expression fits the article, as typed, in order; None if it does not take it.

    What is only excluded leaves nothing to name, so the result may be empty.
    """
    match expression:
        case Names(topic):
            return tuple(term.text for term in topic.terms) if content.is_on(topic) else None
        case Filter(name, value):
            return (f"{name}:{value}",) if content.fits(expression) else None
        case Pattern(source):
            return (f"/{source}/",) if content.holds(source) else None
        case Not(part):
            return () if find_match(part, content) is None else None
        case Every(parts):
            found = [find_match(part, content) for part in parts]
            return None if None in found else tuple(word for words in found if words for word in words)
        case Either(parts):
            return next((words for part in parts if (words := find_match(part, content)) is not None), None)


class Content:
    """An article as expressions are held against it; each view of it is made when the first expression needs it.

    Args:
        keys: keys of its entities, without what they lie within.
        read_it: what returns its reading.
    """

    def __init__(
        self, article: Article, *, language: str, keys: Collection[str], read_it: Callable[[], Reading]
    ) -> None:
        self._article = article
        self._language = language
        self._names = keys
        self._read_it = read_it

    @classmethod
    def of_reading(cls, article: Article, reading: Reading) -> Content:
        """Return the view of an article that was read."""
        keys = {key for entity in reading.entities for key in (entity.key, *entity.within)}
        return cls(article, language=reading.language, keys=keys, read_it=lambda: reading)

    @classmethod
    def of_stored(cls, stored: StoredArticle) -> Content:
        """Return the view of a stored article, which is read again only where a filter asks for it."""
        known = (get_entity(key) for key in stored.entity_counts)
        within = {key for entity in known if entity is not None for key in entity.within}
        keys = {*stored.entity_counts, *within}
        return cls(stored.article, language=stored.language, keys=keys, read_it=lambda: read(stored.article))

    def is_on(self, topic: Topic) -> bool:
        """Return whether all terms of the topic fit."""
        return any(is_match(topic, self._names, words) for words in self._stems)

    def fits(self, wanted: Filter) -> bool:
        """Return whether a filter takes the article."""
        match wanted.name:
            case "lang":
                return self._language == wanted.value.lower()
            case "kind":
                return wanted.value.lower() in self._kinds
            case "outlet":
                return self._is_outlet(wanted.value)
            case _:
                return self._is_about(KIND_FILTERS[wanted.name], wanted.value, wanted.keys)

    def holds(self, source: str) -> bool:
        """Return whether a pattern is found in title or text; not if it takes longer than it may."""
        try:
            return compile_pattern(source).search(self._text, timeout=PATTERN_LIMIT_S) is not None
        except (TimeoutError, regex.error):
            return False

    @cached_property
    def _text(self) -> str:
        return f"{self._article.title}\n{self._article.text}"[:_PATTERN_CHARS]

    @cached_property
    def _reading(self) -> Reading:
        return self._read_it()

    @cached_property
    def _stems(self) -> tuple[Sequence[str], ...]:
        """The stems by the article's language, and by English where that is another: topics carry no language."""
        text = f"{self._article.title}\n{self._article.text}"
        languages = dict.fromkeys((self._language or "en", "en"))
        return tuple(stem_words(text, language) for language in languages)

    @cached_property
    def _kinds(self) -> Collection[str]:
        return {report.kind.value for report in self._reading.reports if not report.is_background}

    def _is_outlet(self, value: str) -> bool:
        outlet, url = self._article.outlet, self._article.url
        own = {outlet_origin(outlet, url).key, outlet_origin("", url).key}
        is_address = "." in value and " " not in value
        wanted = outlet_origin("", f"https://{value}") if is_address else outlet_origin(value)
        return wanted.key in own or fold(value) == fold(outlet)

    def _is_about(self, kind: EntityKind, value: str, keys: Sequence[str]) -> bool:
        name = fold(value)
        return any(_is_named(entity, name, keys) for entity in self._reading.entities if entity.kind is kind)


def _is_named(entity: Entity, name: str, keys: Sequence[str]) -> bool:
    return any(key in keys for key in (entity.key, *entity.within)) or fold(entity.name) == name


@lru_cache(maxsize=256)
def compile_pattern(source: str) -> regex.Pattern[str]:
    """Return the pattern. Raises regex.error for one that cannot be understood."""
    return regex.compile(source, regex.IGNORECASE)
