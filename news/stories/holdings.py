"""What one story holds: its names, numbers, acts, words and days, for asking whether a sentence has anything else.

Owns the gathering from the candidates of one story, whatever wording they have it in, and what counts as held: a
capital stands for its country, a surname for the person, a rounded number for the exact one. Must never weigh what is
not held; ``news.deciding.telling`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache, cached_property, lru_cache
from itertools import chain

from news.dates.find import find_dates
from news.decision import StoredArticle, StoredReport
from news.model import Precision, TimeSpan
from news.names.entities import get_entity
from news.names.gazetteer import slug_of
from news.reports.givens import list_standings
from news.reports.said import words_said
from news.tables import load_toml
from news.words.derived import Sums
from news.words.facts import is_said
from news.words.meanings import classes_in
from news.words.measures import Measure, measures_in
from news.words.text import fold, split_sentences, stem_words
from news.words.things import things_in
from news.words.transliteration import skeleton
from news.words.turns import strong_turns, turns_in

__all__ = ["Holdings", "country_of", "hold", "is_capital_of", "is_name_held", "is_spelt_otherwise", "words_of"]

_MAX_ARTICLES = 8
_MAX_CHARS = 6_000
_ROOT = 5
_LEAST_SOUND = 3
_CYRILLIC = re.compile(r"[Ѐ-ґ]")
_WORD = re.compile(r"[^\W\d_]+")


class Holdings:
    """What a story holds; each of it is gathered when it is first asked for, as most questions need little of it.

    Attributes:
        last_on: day of its last publication, None if unknown.
    """

    def __init__(
        self, articles: Sequence[StoredArticle], reports: Sequence[StoredReport], within: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._articles, self._reports, self._within = articles[:_MAX_ARTICLES], reports, within
        published = [one.article.published_at for one in self._articles if one.article.published_at is not None]
        self.last_on = max(published).date() if published else None
        self._acts_in: dict[str, tuple[frozenset[str], frozenset[str]]] = {}

    @cached_property
    def keys(self) -> frozenset[str]:
        """Entity keys."""
        keys = {key for one in self._articles for key in one.entity_counts}
        keys.update(*((*one.report.actors, *one.report.places, *one.report.equipment) for one in self._reports))
        return frozenset(keys)

    @cached_property
    def countries(self) -> frozenset[str]:
        """Keys of the countries that are named, or that something named lies in."""
        named = frozenset(filter(None, (country_of(key, self._within) for key in self.keys)))
        return named | _countries_in_names(self.keys)

    @cached_property
    def outer_keys(self) -> frozenset[str]:
        """Keys of all that something named lies in or belongs to."""
        return frozenset().union(*(self._within.get(key, ()) for key in self.keys))

    @cached_property
    def words(self) -> frozenset[str]:
        """All words folded, and their stems."""
        return frozenset().union(*map(words_of, self._articles))

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """All numbers."""
        return tuple(chain.from_iterable(measures_in(_text_of(one), one.language or "en") for one in self._articles))

    @cached_property
    def turns(self) -> frozenset[str]:
        """Classes of acts."""
        texts = (turns_in(_text_of(one), one.language or "en") for one in self._articles)
        return frozenset().union(*(classes for turns in texts for classes in turns.values()))

    def lacks_step(self, text: str, language: str) -> bool:
        """Return whether a text tells an act that carries a story on, such as a verdict, which this one has not."""
        told = turns_in(text, language).values()
        return any(one & strong_turns() and one.isdisjoint(self.turns) for one in told)

    @cached_property
    def things(self) -> frozenset[str]:
        """Classes of persons, bodies and things."""
        texts = (things_in(_text_of(one), one.language or "en") for one in self._articles)
        return frozenset().union(*(classes for things in texts for classes in things.values()))

    @cached_property
    def meanings(self) -> frozenset[str]:
        """The words with one name for those of one act or one thing."""
        return classes_in(self.words)

    @cached_property
    def roots(self) -> frozenset[str]:
        """The first five letters of the longer words."""
        return frozenset(word[:_ROOT] for word in self.words if len(word) >= _ROOT)

    @cached_property
    def _lines_of_words(self) -> str:
        return "\n".join(["", *self.words, ""])

    def has_beginning(self, root: str, *, most: int) -> bool:
        """Return whether a word is this root with at most so many letters behind it."""
        lines = self._lines_of_words
        at = lines.find(f"\n{root}")
        while at >= 0:
            end = lines.index("\n", at + 1)
            if end - at - 1 - len(root) <= most:
                return True
            at = lines.find(f"\n{root}", end)
        return False

    @cached_property
    def cyrillic_sounds(self) -> frozenset[str]:
        """Skeletons of the words with a capital that are in Cyrillic letters."""
        texts = (text for text, _ in self.texts if _CYRILLIC.search(text))
        return frozenset(map(skeleton, filter(_is_cyrillic, frozenset().union(*map(_named_in, texts)))))

    @cached_property
    def other_sounds(self) -> frozenset[str]:
        """Skeletons of the other words with a capital."""
        named = frozenset[str]().union(*(_named_in(text) for text, _ in self.texts))
        return frozenset(skeleton(word) for word in named if not _is_cyrillic(word))

    @cached_property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Title and text of each article with its language."""
        return tuple((_text_of(one), one.language or "en") for one in self._articles)

    def is_told_in(self, language: str) -> bool:
        """Return whether any of it is in this language, or in one that is not known."""
        return any(one.language in {"", language} for one in self._articles)

    @cached_property
    def sums(self) -> Sums:
        """The numbers that others can be worked out of."""
        return Sums(self.texts)

    def list_done(self, language: str) -> frozenset[str]:
        """Return the bases of the words that its texts in a language tell without a denial, a wish or a plan before."""
        return self._acts(language)[0]

    def list_undone(self, language: str) -> frozenset[str]:
        """Return the bases of the words that these texts have only as denied, wished for or planned."""
        return self._acts(language)[1]

    def _acts(self, language: str) -> tuple[frozenset[str], frozenset[str]]:
        if language not in self._acts_in:
            own = (text for text, each in self.texts if each == language)
            standings = frozenset(chain.from_iterable(_standings_of(text, language) for text in own))
            done = frozenset(base for base, is_done in standings if is_done)
            self._acts_in[language] = done, frozenset(base for base, is_done in standings if not is_done) - done
        return self._acts_in[language]

    @cached_property
    def spans(self) -> tuple[TimeSpan, ...]:
        """All times that it names, days of what is to come included."""
        each = (
            _spans_of(text, one.article.published_at.date(), language)
            for one, (text, language) in zip(self._articles, self.texts, strict=True)
            if one.article.published_at is not None
        )
        return tuple(chain.from_iterable(each))

    @cached_property
    def days(self) -> frozenset[date]:
        """Days that its reports date events to, and those of publication."""
        return _days_of(self._articles, self._reports)


@cache
def _capitals() -> Mapping[str, str]:
    """Return the key of each capital -> the key of its country."""
    rows = [row for row in load_toml("countries.toml").values() if "capital" in row]
    return {f"place:{slug_of(row['capital'])}": f"place:{slug_of(row['name'])}" for row in rows}


@cache
def _countries() -> frozenset[str]:
    return frozenset(f"place:{slug_of(row['name'])}" for row in load_toml("countries.toml").values() if "name" in row)


def is_capital_of(key: str) -> str:
    """Return the key of the country that a place is the capital of, or an empty string."""
    return _capitals().get(key, "")


def is_country(key: str) -> bool:
    """Return whether a key is that of a country."""
    return country_of(key, {}) == key


def country_of(key: str, within: Mapping[str, tuple[str, ...]]) -> str:
    """Return the key of the country that something is, lies in or belongs to; empty if unknown."""
    parents = within.get(key)
    if parents is None:
        return _country_listed(key)
    return key if key in _countries() else _country_among(parents)


@lru_cache(maxsize=1 << 13)
def _country_listed(key: str) -> str:
    """Return the key of the country of what the tables know by this key; empty if they do not."""
    entity = get_entity(key)
    return key if key in _countries() else _country_among(entity.within) if entity is not None else ""


def _country_among(parents: Sequence[str]) -> str:
    return next((one for one in reversed(parents) if one in _countries()), "")


def _countries_in_names(keys: Iterable[str]) -> frozenset[str]:
    """Return the countries that organisations are named after: "Bank of Ghana", "National Bank of Georgia"."""
    slugs = [f"place:{key.rpartition('-of-')[2]}" for key in keys if key.startswith("org:") and "-of-" in key]
    return frozenset(slugs) & _countries()


@lru_cache(maxsize=1 << 7)
def _standings_of(text: str, language: str) -> frozenset[tuple[str, bool]]:
    each = (list_standings(one.text, language) for one in split_sentences(text, language))
    return frozenset((word.base, word.is_done) for words in each for word in words)


@lru_cache(maxsize=1 << 9)
def _spans_of(text: str, published_on: date, language: str) -> tuple[TimeSpan, ...]:
    return tuple(one.span for one in find_dates(text, published_on=published_on, language=language))


@lru_cache(maxsize=1 << 9)
def _words_of(text: str, language: str) -> frozenset[str]:
    text = text[:_MAX_CHARS]
    return words_said(text).union(stem_words(text, language or "en"))


def words_of(stored: StoredArticle) -> frozenset[str]:
    """Return the words of an article folded, and their stems; of a long one, those of its beginning."""
    return _words_of(_text_of(stored), stored.language)


def _text_of(stored: StoredArticle) -> str:
    return f"{stored.article.title}\n{stored.article.text}"[:_MAX_CHARS]


def _days_of(articles: Iterable[StoredArticle], reports: Iterable[StoredReport]) -> frozenset[date]:
    days = {one.article.published_at.date() for one in articles if one.article.published_at is not None}
    for one in reports:
        when = one.report.when
        if is_said(when) and when.precision is Precision.DAY and when.first_on is not None:
            days.add(when.first_on)
    return frozenset(days)


def hold(
    articles: Sequence[StoredArticle], reports: Sequence[StoredReport], within: Mapping[str, tuple[str, ...]]
) -> Holdings:
    """Return what the articles and reports of one story hold; of more than eight articles, the nearest eight."""
    return Holdings(articles, reports, within)


def is_name_held(key: str, text: str, held: Holdings, within: Mapping[str, tuple[str, ...]]) -> bool:
    """Return whether the story names this, or what stands for it.

    A government, an army, a people and a capital are held where their country is; anything else where the last word of
    its name stands in the story, in whatever script.
    """
    if key in held.keys:
        return True
    country = country_of(key, within)
    if country in held.countries and (key == country or is_capital_of(key) or key.startswith("org:")):
        return True
    if key in held.outer_keys:
        return True
    words = _WORD.findall(text)
    return bool(words) and (fold(words[-1]) in held.words or is_spelt_otherwise(words[-1], held))


def is_spelt_otherwise(word: str, held: Holdings) -> bool:
    """Return whether a story has the name that a word is in letters of another script: "Лосев" where it has "Losev"."""
    sound = skeleton(word)
    return len(sound) >= _LEAST_SOUND and sound in (held.other_sounds if _is_cyrillic(word) else held.cyrillic_sounds)


def _is_cyrillic(word: str) -> bool:
    return "а" <= word[0].lower() <= "ґ"


def _named_in(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text) if word[0].isupper())
