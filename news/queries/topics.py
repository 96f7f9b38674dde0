"""What a reader asks about: names in any of their forms, several words, or a quoted phrase.

Owns the parsing of topics and the test whether a topic fits. Finding what fits in the store is ``storage``'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from news.errors import QueryError
from news.model import Entity, EntityKind
from news.words.text import content_terms, fold, stem_words

MAX_TOPIC = 200
"""Characters of the longest topic."""

MAX_TERMS = 12
"""Most terms of a topic: enough for any headline, few enough to stay cheap for the store."""

_MAX_NAME_WORDS = 7
_MAX_KEYS = 8
_LEAST_LIKENESS = 62.0
"""Out of 100; below it rapidfuzz's ratio takes short names for one another ("Iran", "Irma")."""

_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}
_WORD = re.compile(r"[^\s,;\"“”„«»]+")
_EDGES = "()[]{}<>:!?*'’‘`|"
_EXAMPLE = 'write names or words, such as: russia venezuela, or a quoted phrase, such as: "oil embargo"'


@dataclass(frozen=True, slots=True)
class TopicTerm:
    """One part of a topic; it fits where any of its keys or its words fit.

    Attributes:
        text: as typed, without quotes.
        keys: entity keys that the words name; empty if they are no known name.
        words: stemmed words (``news.words.text.stem_words``) that must stand next to each other, in order.
    """

    text: str
    keys: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """All of ``terms`` must fit. ``text`` is what was typed; no terms at all fits everything.

    Attributes:
        either: the topic fits as well where all terms of one of these do ("oil OR gas").
        without: it does not fit where all terms of one of these do ("NOT oil").
    """

    text: str
    terms: tuple[TopicTerm, ...]
    either: tuple[tuple[TopicTerm, ...], ...] = ()
    without: tuple[tuple[TopicTerm, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that the store has articles on, for completion and for "did you mean"."""

    name: str
    key: str
    kind: EntityKind
    n_articles: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word or a quoted phrase of the typed topic."""

    start: int
    text: str
    is_quoted: bool = False


Resolve = Callable[[str], Sequence[Entity]]
"""The entities that a name stands for, best first; empty if it is no known name."""


def parse_topic(text: str, resolve: Resolve) -> Topic:
    """Return the topic that ``text`` describes.

    From left to right the longest run of words that ``resolve`` knows becomes one term ("nicolas maduro"); a word that
    begins no name becomes a term of its own, or none if it is a stop word beside others. A quoted phrase is taken by
    its words alone. Commas only separate. Words in Cyrillic are stemmed as Russian, all others as English. What OR
    and brackets mean is ``news.queries.asked``'s.

    Raises QueryError, with the position of the mistake and an example, for a topic that is empty, too long, or has a
    quote that is not closed.

    Known failure: a stop word that is a name only in capitals ("US") is a name for ``resolve`` to tell.
    """
    if len(text) > MAX_TOPIC:
        raise QueryError(f"the topic is longer than {MAX_TOPIC} characters; {_EXAMPLE}", position=MAX_TOPIC)
    terms = tuple(_iter_terms(list(_iter_pieces(text)), resolve))
    if not terms:
        raise QueryError(f"the topic is empty; {_EXAMPLE}", position=0)
    if len(terms) > MAX_TERMS:
        raise QueryError(
            f"the topic has more than {MAX_TERMS} parts; {_EXAMPLE}", position=text.find(terms[MAX_TERMS].text)
        )
    return Topic(text.strip(), terms)


def is_match(topic: Topic, entity_keys: Collection[str], words: Sequence[str]) -> bool:
    """Return whether every term of the topic fits, or of one of its alternatives, and nothing that it leaves out.

    Args:
        topic: what is asked for.
        entity_keys: keys of all entities of the article, those that they lie within included; a set is fastest.
        words: the stemmed words of title and text in order.
    """
    if any(_fits_all(terms, entity_keys, words) for terms in topic.without):
        return False
    return any(_fits_all(terms, entity_keys, words) for terms in (topic.terms, *topic.either))


def _fits_all(terms: Sequence[TopicTerm], entity_keys: Collection[str], words: Sequence[str]) -> bool:
    text: str | None = None
    for term in terms:
        if any(key in entity_keys for key in term.keys):
            continue
        text = f" {' '.join(words)} " if text is None else text
        if not term.words or f" {' '.join(term.words)} " not in text:
            return False
    return True


def nearest_names(text: str, names: Sequence[KnownName], *, limit: int = 5) -> tuple[KnownName, ...]:
    """Return the names most like ``text``, best first: those that begin with it, then those spelt like it.

    Case and accents do not count. Names that are not alike at all are left out, so the result may be empty. Ties go to
    the name with more articles.
    """
    typed = fold(text.strip())[:MAX_TOPIC]
    if not typed:
        return ()
    scored = [(_likeness(typed, fold(name.name)), name) for name in names]
    alike = [(score, name) for score, name in scored if score >= _LEAST_LIKENESS]
    alike.sort(key=lambda pair: (-pair[0], -pair[1].n_articles, pair[1].name))
    nearest = dict.fromkeys(name.key for _, name in alike)
    best = {name.key: name for _, name in reversed(alike)}
    return tuple(best[key] for key in list(nearest)[:limit])


def _likeness(typed: str, name: str) -> float:
    """Return 0 to 102: the ratio of edits, of the whole name or of its nearest word."""
    if name.startswith(typed):
        return 102.0
    words = name.split()
    if any(word.startswith(typed) for word in words):
        return 101.0
    whole = fuzz.ratio(typed, name)
    part = max((fuzz.ratio(typed, word) for word in words), default=0.0) if len(words) > 1 else 0.0
    return max(whole, part - 1)


def _iter_pieces(text: str) -> Iterator[_Piece]:
    at = 0
    while at < len(text):
        closing = _QUOTES.get(text[at])
        if closing is not None:
            end = text.find(closing, at + 1)
            if end < 0:
                raise QueryError(f"the quote opened here is not closed; {_EXAMPLE}", position=at)
            yield _Piece(at + 1, " ".join(text[at + 1 : end].split()), is_quoted=True)
            at = end + 1
        elif match := _WORD.match(text, at):
            if word := match.group().strip(_EDGES):
                yield _Piece(at, word)
            at = match.end()
        else:
            at += 1


def _iter_terms(pieces: Sequence[_Piece], resolve: Resolve) -> Iterator[TopicTerm]:
    has_content = any(piece.is_quoted or content_terms(piece.text) for piece in pieces)
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        n_words, keys = (0, ()) if piece.is_quoted else _find_name(pieces, at, resolve)
        text = " ".join(each.text for each in pieces[at : at + max(n_words, 1)])
        at += max(n_words, 1)
        words = _stems(text)
        if words and (keys or piece.is_quoted or not has_content or content_terms(text)):
            yield TopicTerm(text, keys, words)


def _find_name(pieces: Sequence[_Piece], at: int, resolve: Resolve) -> tuple[int, tuple[str, ...]]:
    """Return how many words from ``at`` on make the longest known name, and its keys; (0, ()) for none."""
    n_most = 0
    while n_most < _MAX_NAME_WORDS and at + n_most < len(pieces) and not pieces[at + n_most].is_quoted:
        n_most += 1
    for n_words in range(n_most, 0, -1):
        name = " ".join(piece.text for piece in pieces[at : at + n_words])
        for form in _forms(name):
            if entities := resolve(form):
                return n_words, tuple(dict.fromkeys(entity.key for entity in entities[:_MAX_KEYS]))
    return 0, ()


def _forms(name: str) -> tuple[str, ...]:
    """Return the spellings to look up: as typed, without a last full stop, without a possessive."""
    bare = name.rstrip(".")
    owner = bare.removesuffix("'s").removesuffix("’s")
    return tuple(form for form in dict.fromkeys((name, bare, owner)) if form)


def _stems(text: str) -> tuple[str, ...]:
    return stem_words(text, "ru" if any("а" <= letter <= "я" for letter in text.casefold()) else "en")
