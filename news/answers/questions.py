"""What a question asks: for a person, a place, a date, a figure or something else, and about what.

Owns the understanding of the question, by the words of ``news/data/questions.toml``. Must never look at an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from news.answers.retrieval import PassageQuery
from news.dates import find_dates
from news.dates.when import describe_span
from news.errors import QueryError
from news.model import DateBasis, EntityKind, Precision, TimeExpression, TimeSpan
from news.queries.topics import Resolve
from news.tables import load_toml
from news.words.text import content_terms, fold, iter_words, stem_words, stop_words, tokenize
from news.words.vocabulary import language_of

MAX_QUESTION = 500
"""Characters of the longest question."""

_LANGUAGES = frozenset({"en", "es", "ru"})
_PHASES = frozenset({"begin", "start", "commenc", "end", "stop", "finish"})
"""Stems that ask for one end of something, though they ask for a date as well."""

_EXAMPLE = "ask in a sentence, such as: how many planes landed in Caracas in March 2019?"
_MAX_NAME_WORDS = 5
_DATED = frozenset({Precision.DAY, Precision.MONTH, Precision.YEAR})
_YEARLESS = re.compile(r"XXXX-\d\d(?:-\d\d)?")
_NUMBERED = re.compile(r"-\d")
_QUOTED = re.compile(r'["“„«]([^"“”„«»]{2,100})["”“»]')


class Asked(StrEnum):
    """What would answer the question."""

    WHO = "who"
    WHERE = "where"
    WHEN = "when"
    FIGURE = "figure"
    WHAT = "what"
    YES_NO = "yes or no"


KINDS_WANTED = {
    Asked.WHO: frozenset({EntityKind.PERSON}),
    Asked.WHERE: frozenset({EntityKind.PLACE}),
}
"""Which names answer which question."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the question: known (with keys) or only written with a capital letter."""

    text: str
    keys: tuple[str, ...] = ()
    language: str = "en"

    @property
    def terms(self) -> frozenset[str]:
        """The stems of its words, little words left out: what a text must have one of to have the name."""
        return frozenset(list_terms(self.text, self.language))


@dataclass(frozen=True, slots=True)
class Question:
    """A question, taken apart.

    Attributes:
        kinds: kinds of names that would answer it; empty if no name would.
        terms: stems of its content words, those that only ask left out.
        names: what it is about, as far as it is named.
        phrases: what stands in quotes.
        about: the terms without those of ``days``; all of them where there are no others.
        language: of the question: ``en``, ``es`` or ``ru``.
        days: the days, months and years that it names in full, and the days that it names without their year, for which
            a sentence must be of one of them.
    """

    text: str
    asked: Asked
    kinds: frozenset[EntityKind]
    terms: tuple[str, ...]
    names: tuple[Name, ...]
    phrases: tuple[str, ...]
    about: tuple[str, ...] = ()
    days: tuple[TimeSpan, ...] = ()
    language: str = "en"


def read_question(text: str, resolve: Resolve, *, newest_on: date | None = None) -> Question:
    """Return the question, taken apart. Raises QueryError if there is nothing in it to look for.

    ``newest_on`` is the newest day of the record: a day without a year ("November 17") is the one nearest to it.
    """
    if len(text) > MAX_QUESTION:
        raise QueryError(f"the question is longer than {MAX_QUESTION} characters; {_EXAMPLE}", position=MAX_QUESTION)
    asked, kinds = find_asked(text)
    language = _language(text)
    dates = _list_dates(text)
    yearless = _list_yearless(text)
    told = " ".join((text, *(describe_span(one.span) for one in dates)))  # "2018-03-23" stands in few texts as such
    terms = tuple(term for term in list_terms(told, language) if term not in _asking_stems())
    if not terms:
        raise QueryError(f"there is no word to look for in it; {_EXAMPLE}", position=0)
    phrases = tuple(match.strip() for match in _QUOTED.findall(text))
    undated = _blank(text, [*dates, *yearless])
    stems = list_terms(undated, language) if dates or yearless else terms
    about = tuple(term for term in terms if term in stems) or terms
    names = tuple(_iter_names(undated, resolve, language))
    days = (*(one.span for one in dates), *_resolve_days(text, yearless, newest_on))
    return Question(text, asked, kinds, terms, names, phrases, about, days, language)


def _language(text: str) -> str:
    """Return the language of a question; its asking words say more than the few others."""
    words = set(map(fold, tokenize(text)))
    if "¿" in text or not words.isdisjoint(load_toml("questions.toml")["asking"]["es"].split()):
        return "es"
    found = language_of(text)
    return found if found in _LANGUAGES else "en"


def list_terms(text: str, language: str) -> tuple[str, ...]:
    """Return the content stems of words of a question, each once; its little words count in no language.

    The stems are those of the index, which are made by the rules of English, so that Spanish and Russian words are
    left out before their stems are taken: "los" is no word there.
    """
    idle = _idle_words(language)
    for start, end, word in reversed(list(iter_words(text)) if idle else []):
        if fold(word) in idle and not _NUMBERED.match(text, end):  # the word "tu" is none in "Tu-160"
            text = f"{text[:start]} {text[end:]}"
    return tuple(content_terms(text))


@cache
def _idle_words(language: str) -> frozenset[str]:
    """Return the folded words that say nothing in a question in Spanish or Russian; English ones are left to stems."""
    if language == "en":
        return frozenset()
    asking = load_toml("questions.toml")["asking"]
    return (
        stop_words(language) | _asking_words() | frozenset(f"{asking[language]} {asking['polite'][language]}".split())
    )


def list_wanted(asked: Question) -> tuple[str, ...]:
    """Return the stems of what is asked about that are no part of a name; where there are none, of the names."""
    named = {term for name in asked.names for term in name.terms}
    phases = [term for term in stem_words(asked.text) if term in _PHASES and term not in asked.about]
    return (*(term for term in asked.about if term not in named), *phases) or asked.about


def _list_dates(text: str) -> list[TimeExpression]:
    """Return the days, months and years that the text names with their year."""
    found = find_dates(text, published_on=None, language=language_of(text))
    return [one for one in found if one.span.basis is DateBasis.STATED and one.span.precision in _DATED]


def _list_yearless(text: str) -> list[TimeExpression]:
    """Return the days and months that the text names without their year."""
    found = find_dates(text, published_on=None, language=language_of(text))
    return [one for one in found if _YEARLESS.fullmatch(one.value)]


def _resolve_days(text: str, yearless: Sequence[TimeExpression], newest_on: date | None) -> Iterator[TimeSpan]:
    """Yield the days named without a year as those nearest to the newest day of the record; months stay open."""
    starts = {one.start for one in yearless}
    for one in find_dates(text, published_on=newest_on, language=language_of(text)) if newest_on and starts else ():
        if one.start in starts and one.span.precision is Precision.DAY:
            yield one.span


def _blank(text: str, dates: Sequence[TimeExpression]) -> str:
    """Return the text with spaces for its dates: March is no name there."""
    for one in dates:
        text = f"{text[: one.start]}{' ' * (one.end - one.start)}{text[one.end :]}"
    return text


def make_query(question: str, resolve: Resolve, *, until: date | None = None) -> PassageQuery:
    """Return what to ask the index for: the question's content words as stems, its names, and only up to ``until``.

    Quoted words are looked for as words too, since a quote in a question seldom stands in an article to the letter.
    Raises QueryError for a question without a content word or longer than ``MAX_QUESTION``.
    """
    read = read_question(question, resolve)
    keys = tuple(dict.fromkeys(key for name in read.names for key in name.keys))
    depth = int(load_toml("questions.toml")["ranking"]["depth"])
    return PassageQuery(read.terms, keys=keys, until=until, limit=depth)


@cache
def _asking_stems() -> frozenset[str]:
    tables = load_toml("questions.toml")
    asked = (word for words in tables["asked"].values() for phrase in words for word in phrase.split())
    return frozenset(stem_words(" ".join([tables["asking"]["words"], *asked]))) - {"year", "month", "day", "date"}


@cache
def _asking_words() -> frozenset[str]:
    asked = load_toml("questions.toml")["asked"].values()
    return frozenset(fold(word) for phrases in asked for phrase in phrases for word in phrase.split()[:1])


def find_asked(text: str) -> tuple[Asked, frozenset[EntityKind]]:
    """Return what is asked for and which kinds of names would answer it.

    Known failure: in "Which of the men who landed ...?" the first asking word of the question counts.
    """
    words = [fold(word) for word in tokenize(text)]
    best: tuple[int, int, Asked] | None = None
    for asked in (Asked.WHO, Asked.WHERE, Asked.WHEN, Asked.FIGURE, Asked.WHAT):
        for phrase in load_toml("questions.toml")["asked"][asked.value]:
            at = _find(words, fold(phrase).split())
            if at is not None and (best is None or (at, -len(phrase.split())) < best[:2]):
                best = (at, -len(phrase.split()), asked)
    if best is None:
        return Asked.YES_NO, frozenset()
    at, length, asked = best
    return _by_noun(words[at - length :]) if asked is Asked.WHAT else (asked, KINDS_WANTED.get(asked, frozenset()))


def _find(words: Sequence[str], phrase: Sequence[str]) -> int | None:
    n_words = len(phrase)
    return next((at for at in range(len(words) - n_words + 1) if list(words[at : at + n_words]) == list(phrase)), None)


_NOUN_REACH = 4


def _by_noun(after: Sequence[str]) -> tuple[Asked, frozenset[EntityKind]]:
    """Return what "which" or "what" asks for by the noun that follows: "which automaker" is answered by a name.

    The noun must come before the next stop word: "which virus makes officials ..." asks for no official.
    """
    nouns = load_toml("questions.toml")["nouns"]
    for word in after[:_NOUN_REACH]:
        if not content_terms(word):
            break
        for name, words in nouns.items():
            if word in words.split() or word.removesuffix("s") in words.split() or _is_case_of(word, words):
                if name == "organisation":
                    return Asked.WHO, frozenset({EntityKind.ORG})
                return Asked(name), KINDS_WANTED[Asked(name)]
    return Asked.WHAT, frozenset()


def _is_case_of(word: str, listed: str) -> bool:
    """Return whether a Russian word is one of the listed in any case: "стране", "городом"."""
    return word >= "а" and not set(stem_words(word, "ru")).isdisjoint(stem_words(listed, "ru"))


def _iter_names(text: str, resolve: Resolve, language: str) -> Iterator[Name]:
    """Yield the names of the question: the longest that are known, then runs of words with capital letters."""
    words = [(start, end, word) for start, end, word in iter_words(text)]
    at = 0
    while at < len(words):
        n_words, keys = _known_at(text, words[at : at + _MAX_NAME_WORDS], resolve, language)
        if not n_words:
            n_words = _capitals_at(words, at, language)
        if n_words:
            yield Name(text[words[at][0] : words[at + n_words - 1][1]], keys, language)
        at += max(1, n_words)


def _known_at(
    text: str, words: Sequence[tuple[int, int, str]], resolve: Resolve, language: str
) -> tuple[int, tuple[str, ...]]:
    """Return how many words make the longest known name here; one must have a capital letter or a digit."""
    for n_words in range(len(words), 0, -1):
        name = text[words[0][0] : words[n_words - 1][1]]
        is_idle = not list_terms(name, language) or fold(name) in _asking_words()
        is_plain = n_words == 1 and not name.isupper() and is_idle
        if name.islower() or is_plain:
            continue
        for form in dict.fromkeys((name, name.removesuffix("'s").removesuffix("’s"))):
            if entities := resolve(form):
                return n_words, tuple(entity.key for entity in entities[:_MAX_NAME_WORDS])
    return 0, ()


def _capitals_at(words: Sequence[tuple[int, int, str]], at: int, language: str) -> int:
    """Return how many words with capital letters stand here; the first word of the question does not count."""
    n_words = 0
    while at > 0 and at + n_words < len(words):
        word = words[at + n_words][2]
        if not word[:1].isupper() or not list_terms(word, language):
            break
        n_words += 1
    return n_words
