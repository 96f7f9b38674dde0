"""Whether two openings tell of one event, whatever their words: what they have in common by names, acts and things.

Owns the weighing of that for two texts that are held against each other figure by figure or day by day. Must never
choose a story by it alone, nor compare values.

An opening is the headline and the first four sentences. Names of places and persons count most, a country half; acts,
things and other words count by the classes that they belong to, so that a coach that tipped over is the coach that
overturned. English, Spanish and Russian, across them too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from news.dates.quoted import dates_in
from news.decision import StoredArticle
from news.disputes.loose_sentences import sentences_of
from news.model import Article, Precision
from news.names.entities import lookup
from news.stories.holdings import country_of, is_capital_of, is_country
from news.words.meanings import is_date_word, is_number_word, meanings_in
from news.words.text import fold, stop_words
from news.words.things import things_in
from news.words.transliteration import romanize
from news.words.turns import grave_turns, turns_in
from news.words.vocabulary import language_of

__all__ = [
    "Opening",
    "count_shared",
    "open_article",
    "open_stored",
    "open_text",
    "weigh_tie",
]

_SENTENCES = 4
_MAX_TEXT = 1_500
_NAME, _WIDE, _CONCEPT, _DAY = 1.0, 0.5, 0.4, 0.6
_MAX_NAMES, _MAX_CONCEPTS = 3.0, 2.4
_STEM = 5
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_MOST = 1 << 12
_CAPITAL = re.compile(r"(?<![.!?:“\"«] )(?<!^)(?<!\n)\b[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}")
_AFTER = re.compile(r"(?:said|says|told|announced|reported|сообщил\w*|заявил\w*|dijo|inform[óo])[^.;]{0,30}$")
_VAGUE = frozenset(["say", "tell", "announce", "person", "peopl", "day", "year", "time", "report", "accord", "count"])


@dataclass(frozen=True, eq=False)
class Opening:
    """How an article opens; one object for each text, so that it is known by its identity.

    All but the sentences is worked out when it is asked for: most openings are held against none.

    Attributes:
        sentences: the headline first, then the first four sentences.
        outlet: its name is no name of the text. ``published_on``: what the days are counted from.
    """

    sentences: tuple[str, ...]
    outlet: str = ""
    published_on: date | None = None

    @cached_property
    def names(self) -> frozenset[str]:
        """Folded words of names."""
        return self._named[0]

    @cached_property
    def wide(self) -> frozenset[str]:
        """Countries."""
        return self._named[1]

    @cached_property
    def heads(self) -> frozenset[str]:
        """Names and countries of the headline and the first sentence alone."""
        return frozenset().union(*_names(self.sentences[:2], self._own, self._language))

    @cached_property
    def capitals(self) -> frozenset[str]:
        """All words with a capital, those that begin a sentence too."""
        return frozenset(_key(word) for word in _WORD.findall("\n".join(self.sentences)) if word[0].isupper())

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Meanings of the other words, with the classes of acts and things."""
        return _concepts("\n".join(self.sentences), self._language, self.names | self.wide)

    @cached_property
    def days(self) -> frozenset[date]:
        """Days that the sentences name, those of the saying left out."""
        return _days(self.sentences, self.published_on)

    @cached_property
    def _named(self) -> tuple[frozenset[str], frozenset[str]]:
        return _names(self.sentences, self._own, self._language)

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(fold(word) for word in _WORD.findall(self.outlet))

    @cached_property
    def _language(self) -> str:
        return language_of("\n".join(self.sentences))


def open_article(article: Article) -> Opening:
    """Return the opening of an article."""
    published_on = article.published_at.date() if article.published_at else None
    return open_text(article.title, article.text[:_MAX_TEXT], article.outlet, published_on)


def open_stored(stored: StoredArticle) -> Opening:
    """Return the opening of a stored article."""
    return open_article(stored.article)


@lru_cache(maxsize=1 << 8)
def open_text(title: str, text: str, outlet: str, published_on: date | None) -> Opening:
    """Return the opening of a text; ``outlet`` is no name of it."""
    return Opening((title, *sentences_of(text)[:_SENTENCES]), outlet, published_on)


def _names(sentences: tuple[str, ...], own: frozenset[str], language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of names, and the countries that they are of or lie in."""
    names, wide = set(), set()
    for word in {*_CAPITAL.findall("\n".join(sentences[1:])), *_known("\n".join(sentences))}:
        if is_date_word(word) or fold(word) in stop_words(language):
            continue
        countries = _countries(word)
        wide.update(countries)
        if not _is_wide(word) and (fold(word) not in own or countries):
            names.add(_key(word))
    return frozenset(names), frozenset(wide)


def _key(word: str) -> str:
    """Return what the cases of a name share, in Latin letters."""
    return romanize(fold(word))[: _STEM + 1]


def _known(text: str) -> set[str]:
    return {word for word in _WORD.findall(text) if word[0].isupper() and _keys_of(word)}


@lru_cache(maxsize=_MOST)
def _keys_of(word: str) -> tuple[str, ...]:
    return tuple(entity.key for entity in lookup(word))


def _countries(word: str) -> set[str]:
    """Return the countries that a name is of or lies in: Minsk and Belarus are of one."""
    return {country for key in _keys_of(word) if (country := country_of(key, {}))}


def _is_wide(word: str) -> bool:
    return any(is_capital_of(key) or is_country(key) for key in _keys_of(word))


def _concepts(text: str, language: str, names: frozenset[str]) -> frozenset[str]:
    words = {word for word in meanings_in(text, language) if word.isalpha() and not is_number_word(word)}
    acts = {f"act:{name}" for found in turns_in(text, language).values() for name in found if name not in grave_turns()}
    things = {f"thing:{name}" for found in things_in(text, language).values() for name in found}
    plain = {word for word in words if word not in _VAGUE and not any(name.startswith(word[:_STEM]) for name in names)}
    return frozenset(plain | acts | things)


def _days(sentences: tuple[str, ...], published_on: date | None) -> frozenset[date]:
    found = set()
    for sentence in sentences[1:]:
        for one in dates_in(sentence, published_on, language_of(sentence)):
            is_said = _AFTER.search(sentence[max(0, one.start - 40) : one.start])
            if one.span.precision is Precision.DAY and one.span.first_on and not is_said:
                found.add(one.span.first_on)
    return frozenset(found)


def count_shared(here: str, there: str) -> int:
    """Return how many meanings two sentences share."""
    return len(_words(here) & _words(there))


@lru_cache(maxsize=_MOST)
def _words(quote: str) -> frozenset[str]:
    words = meanings_in(quote, language_of(quote))
    return frozenset(word for word in words if word.isalpha() and not is_number_word(word))


def weigh_tie(ours: Opening, theirs: Opening) -> float:
    """Return how much two openings have in common; from 2 on they are of one matter, from 3 on surely."""
    both = (ours.names & theirs.capitals) | (ours.capitals & theirs.names)
    names = _NAME * len(both) + _WIDE * len(ours.wide & theirs.wide)
    concepts = _CONCEPT * _count(ours.concepts, theirs.concepts)
    return min(_MAX_NAMES, names) + min(_MAX_CONCEPTS, concepts) + _DAY * bool(ours.days & theirs.days)


def _count(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """Return how many concepts two openings share; an act and a thing that a shared word names count half."""
    both = ours & theirs
    plain = sum(":" not in one for one in both)
    classes = sum(":" in one for one in both)
    return plain + max(0.0, (classes - plain) / 2)
