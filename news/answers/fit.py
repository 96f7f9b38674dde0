"""Which stored sentences may answer a question: those of the day, the place and the happening that it asks about.

Owns what speaks against a sentence however many words it shares: another day, another event, a mere supposition, a look
back. Must never rank: ``news.answers.answer`` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from news.answers.questions import Asked, Question
from news.answers.retrieval import PassageHit
from news.dates import find_dates
from news.model import Article, Modality, Precision, TimeExpression, TimeSpan
from news.names.entities import find_mentions, get_entity
from news.reading import read
from news.reports.tolls import HARMS
from news.tables import load_toml
from news.words.meanings import acts_in
from news.words.text import fold, split_sentences, tokenize
from news.words.vocabulary import language_of

_MAX_TEXT = 2_000
_LONG_AGO = timedelta(days=60)
_A_DAY = timedelta(days=1)
_MONTH_DAYS = 31
_REAL = frozenset({Modality.HAPPENED, Modality.ALLEGED, Modality.DENIED})
_PLACE = "place:"


def _is_of_days(days: Sequence[TimeSpan], text: str, hit: PassageHit) -> bool:
    """Return whether a sentence may tell of one of the days: it dates something to it, or dates nothing.

    A month or less that holds the day counts as the day. Without a date of its own, a sentence is of the day on which
    its article appeared, or of the day before; and of a year that its passage names.
    """
    published_on = _day_of(hit)
    spans = [one.span for one in _dates_in(text, published_on) if one.span.precision is not Precision.UNKNOWN]
    if spans:
        return any(_touches(span, day) for span in spans for day in days)
    return any(_is_about(published_on, day) or _is_in_year(hit.text, day) for day in days)


def _touches(span: TimeSpan, day: TimeSpan) -> bool:
    first, last = span.first_on or span.last_on, span.last_on or span.first_on
    if first is None or last is None or day.first_on is None or day.last_on is None:
        return False
    widest = max(_MONTH_DAYS, (day.last_on - day.first_on).days + 1)
    return first <= day.last_on and last >= day.first_on and (last - first).days <= widest


def _is_in_year(text: str, day: TimeSpan) -> bool:
    return day.precision is Precision.YEAR and day.first_on is not None and names_year(text, str(day.first_on.year))


def names_year(text: str, year: str) -> bool:
    """Return whether a text has these four digits as a number of their own: 120195 does not name 2019."""
    return re.search(rf"\b{year}\b", text) is not None


def _is_about(published_on: date | None, day: TimeSpan) -> bool:
    if published_on is None or day.first_on is None or day.last_on is None or day.last_on >= date.max - _A_DAY:
        return False
    return day.first_on <= published_on <= day.last_on + _A_DAY


def _day_of(hit: PassageHit) -> date | None:
    return hit.published_at.date() if hit.published_at is not None else None


@lru_cache(maxsize=1 << 10)
def _dates_in(text: str, published_on: date | None) -> tuple[TimeExpression, ...]:
    return find_dates(text[:_MAX_TEXT], published_on=published_on, language=language_of(text))


# A figure of the happening that is asked about


def choose_fitting(asked: Question, sentences: Sequence[tuple[str, PassageHit]]) -> list[bool]:
    """Return for each sentence whether it may stand in the answer.

    Where a number is asked for, it must not be that of another place or of another kind of happening, nor one that is
    only supposed; and not that of an earlier time where other sentences tell of the newest.
    """
    fits = [_is_fitting(asked, text, hit) for text, hit in sentences]
    if asked.asked is Asked.FIGURE and not asked.days:
        now = [fit and not _is_of_long_ago(text, hit) for fit, (text, hit) in zip(fits, sentences, strict=True)]
        has_figure = any(fit and any(map(str.isdecimal, text)) for fit, (text, _) in zip(now, sentences, strict=True))
        return now if has_figure else fits
    return fits


def _is_fitting(asked: Question, text: str, hit: PassageHit) -> bool:
    if asked.days and not _is_of_days(asked.days, text, hit):
        return False
    if asked.asked is not Asked.FIGURE:
        return True
    if not _is_of_kind(asked, hit) or _is_elsewhere(asked, text):
        return False
    return not asked_of_past(asked) or asks_ahead(asked) or not is_supposed(text, hit.title)


def _is_of_kind(asked: Question, hit: PassageHit) -> bool:
    """Return whether the passage names a happening of the kind that is asked about; true where none is named."""
    wanted = acts_in(asked.text, language_of(asked.text)) - set(HARMS) - set(HARMS.values())
    return not wanted or not wanted.isdisjoint(acts_in(f"{hit.title}. {hit.text}"[:_MAX_TEXT]))


def _is_elsewhere(asked: Question, text: str) -> bool:
    """Return whether a sentence names places, none of which is, holds or lies in one that is asked about."""
    wanted = {key for name in asked.names for key in name.keys if key.startswith(_PLACE)}
    if not wanted:
        return False
    around = {*wanted, *(outer for key in wanted for outer in _within(key))}
    words = set(map(fold, tokenize(text)))
    if any(words.issuperset(map(fold, tokenize(name.text))) for name in asked.names):
        return False
    found = [one.entity for one in find_mentions(text, split_sentences(text), language_of(text))]
    places = [one for one in found if one.key.startswith(_PLACE)]
    return bool(places) and all(one.key not in around and wanted.isdisjoint(one.within) for one in places)


def _within(key: str) -> tuple[str, ...]:
    entity = get_entity(key)
    return entity.within if entity is not None else ()


def _is_of_long_ago(text: str, hit: PassageHit) -> bool:
    published_on = _day_of(hit)
    if published_on is None or published_on.toordinal() <= _LONG_AGO.days:
        return False
    lasts = [one.span.last_on for one in _dates_in(text, published_on) if one.span.precision is not Precision.UNKNOWN]
    return bool(lasts) and all(last is not None and last < published_on - _LONG_AGO for last in lasts)


@lru_cache(maxsize=4)
def _cues(name: str) -> re.Pattern[str]:
    words = "|".join(
        re.escape(word).replace(r"\*", r"\w*") for word in load_toml("questions.toml")["unreal"][name].split()
    )
    return re.compile(rf"(?i)(?<!\w)(?:{words})(?!\w)")


def asks_ahead(asked: Question) -> bool:
    """Return whether a question asks for what is planned or might be."""
    return bool(_cues("ahead").search(asked.text) or _cues("staged").search(asked.text))


def tells_ahead(text: str) -> bool:
    """Return whether a sentence has a word for what is planned or might be."""
    return _cues("ahead").search(text[:_MAX_TEXT]) is not None


_PAST = re.compile(
    r"\b(?:(?i:did|was|were|has|have|had)|won|struck|sank|(?:agreed|freed|guaranteed|refereed)|"
    r"(?!united\b|hundred\b|sacred\b|hatred\b|kindred\b|naked\b|wicked\b|biped\b|moped\b)"
    r"[a-z]{1,14}[a-df-z]ed)\b"
)
"""Words in -ed are verbs in small letters only, and seldom in -eed: "United", "need"."""


def asked_of_past(asked: Question) -> bool:
    """Return whether an English question asks for what has happened."""
    return bool(_PAST.search(asked.text))


@lru_cache(maxsize=1 << 10)
def is_supposed(text: str, title: str = "") -> bool:
    """Return whether a sentence tells of nothing that happened: what could be, what is planned, what a drill plays."""
    text = text[:_MAX_TEXT]
    if _cues("staged").search(text) or _cues("staged").search(title[:_MAX_TEXT]):
        return True
    if not tells_ahead(text):
        return False
    reports = read(Article("", "", "", "", text, language=language_of(text))).reports
    return not any(report.modality in _REAL and not report.is_background for report in reports)
