"""An article as one that is held against another line by line: its sentences, and what each of them gives.

Owns the reading of a line's words, figures, days and turns of speech, each once and only when it is asked for. Must
never compare two lines; ``news.disputes.judging.proposing`` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from itertools import islice

from news.dates.quoted import dates_in
from news.dates.saying_days import is_day_of_saying
from news.disputes.contesting.refuted import harms_in
from news.disputes.cues import find_cue
from news.disputes.days import Day, names_day
from news.disputes.frames.counts import is_ordinal
from news.disputes.frames.days import acts_of_days, is_aside_day
from news.disputes.frames.parts import Part, list_parts
from news.disputes.loose_sentences import sentences_of
from news.disputes.openings.castings import Casting, list_castings
from news.disputes.openings.conditions import Condition, list_conditions
from news.disputes.openings.scenes import Scene, list_scenes
from news.disputes.parties import offices, party_of, speaker_of
from news.model import Article, Precision
from news.reports.denied import Denied
from news.reports.negations import list_denied
from news.reports.progress import is_development
from news.reports.tellings import Telling, tell
from news.tables import load_toml
from news.words.ages import is_age
from news.words.meanings import is_date_word, is_number_word, meanings_in
from news.words.measures import CLOCK, Measure, measures_in
from news.words.small_letters import small
from news.words.text import fold, lower_in_place, stop_words
from news.words.vocabulary import language_of

__all__ = ["Account", "DatedLine", "Figure", "Line", "account_of", "says"]

_MAX_LINES = 12
_MAX_TEXT, _MAX_LINE = 6_000, 700
_FRONT = 4
_BRIEF = 2
_NOUNS, _NEAR = 3, 45
_MOST_FIGURES, _MOST_DAYS = 8, 4
"""Of one line: each is held against each of the other article, and a table of figures is no account."""
_KEY = 6
_LETTERS = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"(?<![.!?:“\"«] )(?<!^)\b[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}")
_CAPITAL = re.compile(r"\b[A-ZÀ-ÞА-ЯЁ][^\W\d_]{2,}")


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return small("|".join(load_toml("judging.toml")[name]["patterns"]))


@lru_cache(maxsize=1 << 12)
def says(name: str, text: str) -> bool:
    """Return whether a text has words of a class of ``data/judging.toml``."""
    return _pattern(name).search(lower_in_place(text)) is not None


@lru_cache(maxsize=1 << 11)
def _meanings(text: str, language: str) -> frozenset[str]:
    return frozenset(word for word in meanings_in(text, language) if word.isalpha() and not is_number_word(word))


@dataclass(frozen=True, eq=False)
class Figure:
    """A number of a line with the words around it.

    Attributes:
        part: the part that it plays in its event, None for one of no class.
        nouns: meanings of the three words after it.
    """

    line: Line
    measure: Measure
    part: Part | None
    nouns: frozenset[str]

    @cached_property
    def is_age(self) -> bool:
        """Whether it says how old somebody is."""
        return is_age(self.line.text, self.measure.start, self.measure.end)

    @property
    def text(self) -> str:
        """The number as written, with what it counts if that is the word after it."""
        quote, one = self.line.text, self.measure
        after = re.match(r"%|[ -]([^\W\d_]{2,})", quote[one.end : one.end + 24])
        is_thing = after is not None and fold(after[1] or "") not in stop_words(self.line.language or "en")
        return quote[one.start : one.end + (after.end() if after is not None and is_thing else 0)]


@dataclass(frozen=True, eq=False)
class Line:
    """A sentence of one account, known by its identity."""

    text: str

    @cached_property
    def language(self) -> str:
        """Of the sentence alone."""
        return language_of(self.text)

    @cached_property
    def telling(self) -> Telling:
        """The sentence cut from who says it; English only."""
        return tell(self.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Meanings without numbers."""
        return _meanings(self.text, self.language)

    @cached_property
    def names(self) -> frozenset[str]:
        """Beginnings of the words with a capital, that which begins the sentence left out."""
        return frozenset(fold(word)[:_KEY] for word in self._capitals)

    def spell(self, names: frozenset[str]) -> str:
        """Return names of the line as written."""
        return ", ".join(dict.fromkeys(word for word in self._capitals if fold(word)[:_KEY] in names))

    @cached_property
    def _capitals(self) -> list[str]:
        return [word for word in _NAME.findall(self.text) if not is_date_word(word)]

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Numbers other than times of day, ordinals and open ones; one of anything counts nothing."""
        parts = {part.measure.start: part for part in list_parts(self.text)}
        low = lower_in_place(self.text)
        found = (one for one in measures_in(self.text, self.language) if one.kind != CLOCK and not one.is_open)
        told = (one for one in found if one.kind or (one.value > 1 and not is_ordinal(one, low)))
        return tuple(self._figure(one, parts.get(one.start)) for one in islice(told, _MOST_FIGURES))

    def _figure(self, one: Measure, part: Part | None) -> Figure:
        words = _LETTERS.findall(self.text[one.end : one.end + _NEAR])
        after = [word for word in words if word.islower()][:_NOUNS]  # "Two Russian military aircraft" are no soldiers
        return Figure(self, one, part, _meanings(" ".join(after), self.language))

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """States that it tells."""
        return tuple(list_conditions(self.text))

    @cached_property
    def scenes(self) -> tuple[Scene, ...]:
        """Places of what it tells."""
        return list_scenes(self.text)

    @cached_property
    def castings(self) -> tuple[Casting, ...]:
        """Who plays which part in it."""
        return list_castings(self.text)

    @cached_property
    def denied(self) -> tuple[Denied, ...]:
        """What it says is not so."""
        return list_denied(self.telling)

    @cached_property
    def is_negative(self) -> bool:
        """Whether it says that something is not so, or that others are wrong."""
        return says("negates", self.text) or self.is_denial or (self.language == "es" and " no " in f" {self.text} ")

    @cached_property
    def is_denial(self) -> bool:
        """Whether it says that others are wrong."""
        return says("denies", self.text)

    @cached_property
    def is_cited(self) -> bool:
        """Whether it tells what another side says, or sets itself against that."""
        claims = says("claims", self.text) or says("corrects", self.text)
        return claims or self.is_denial or find_cue(self.text) is not None

    @cached_property
    def is_later(self) -> bool:
        """Whether it tells of a later state of things."""
        return is_development(self.text) or says("later", self.text)

    @cached_property
    def harms(self) -> frozenset[str]:
        """Classes of harm of which it counts somebody."""
        return harms_in(self.text)

    @cached_property
    def party(self) -> str:
        """The side whose word it gives, see ``news.disputes.parties``."""
        return party_of(self.text)

    @cached_property
    def speaker(self) -> frozenset[str]:
        """Meanings of the words for whoever says it, without those that say nothing of whose word it is."""
        return self.voice - offices()

    @cached_property
    def voice(self) -> frozenset[str]:
        """Meanings of all words for whoever says it, the saying with them."""
        return _meanings(speaker_of(self.text), self.language)


@dataclass(frozen=True, eq=False)
class DatedLine:
    """A line with one of its days; ``acts`` are the classes of what it gives the day to."""

    line: Line
    day: date
    told: Day
    acts: frozenset[str]


@dataclass(frozen=True, eq=False)
class Account:
    """An article as a list of lines, its headline first; at most twelve sentences."""

    lines: tuple[Line, ...]
    issued_at: datetime | None

    @property
    def published_on(self) -> date | None:
        """The day it came out; what its days are counted from."""
        return self.issued_at.date() if self.issued_at else None

    @property
    def is_brief(self) -> bool:
        """Whether it is a headline and a sentence, which show nothing of how it stands to another account."""
        return len(self.lines) <= _BRIEF

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Its lines as written."""
        return tuple(line.text for line in self.lines)

    @cached_property
    def front(self) -> tuple[Line, ...]:
        """The headline and the first three sentences."""
        return self.lines[:_FRONT]

    @cached_property
    def words(self) -> frozenset[str]:
        """Meanings of all lines."""
        return frozenset().union(*(line.words for line in self.lines))

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Beginnings of all words with a capital."""
        return frozenset(fold(word)[:_KEY] for line in self.lines for word in _CAPITAL.findall(line.text))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Those of all lines in order."""
        return tuple(one for line in self.lines for one in line.figures)

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The bare numbers of all lines."""
        return tuple(one.measure for one in self.figures)

    @cached_property
    def dated(self) -> tuple[DatedLine, ...]:
        """Its days, those of a saying left out; none for an article without a date."""
        return tuple(self._dated())

    @cached_property
    def days(self) -> frozenset[date]:
        """All days that it names."""
        return frozenset(one.day for one in self.dated)

    def place(self, line: Line) -> int:
        """Return where a line stands: 0 is the headline."""
        return self.lines.index(line)

    def _dated(self) -> Iterator[DatedLine]:
        for line in self.lines if self.published_on is not None else ():
            acts = acts_of_days(line.text, self.published_on) if self.published_on else {}
            found = dates_in(line.text, self.published_on, line.language) if line.language else ()
            for one in found[:_MOST_DAYS]:
                day = one.span.first_on
                if one.span.precision is not Precision.DAY or one.type not in {"DATE", "TIME"} or day is None:
                    continue
                if is_day_of_saying(line.text, one.start, one.end, line.language):
                    continue
                if line.language == "en" and not names_day(line.text[one.start : one.end]):
                    continue
                if not is_aside_day(lower_in_place(line.text), one.start, one.end):
                    around = line.text[max(0, one.start - _NEAR) : one.end + _NEAR]
                    told = Day(one.span, line.text[one.start : one.end], around)
                    yield DatedLine(line, day, told, acts.get(day, frozenset()))


def account_of(article: Article) -> Account:
    """Return an article as an account."""
    return _account(article.title, article.text[:_MAX_TEXT], article.published_at)


@lru_cache(maxsize=1 << 7)
def _account(title: str, text: str, issued_at: datetime | None) -> Account:
    texts = (title, *sentences_of(text)[:_MAX_LINES])
    return Account(tuple(Line(one[:_MAX_LINE]) for one in texts if one.strip()), issued_at)
