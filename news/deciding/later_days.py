"""A day that a sentence names and that its story can only have announced, or has not named at all.

Owns that one question. A day after all that the story held was published is news where something happened on it, or
where it is a plan that the story does not have: "until Friday" and "through Thursday" are one term, and the end of
August is the 31st. Must never weigh it; ``news.deciding.telling`` does.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, date, timedelta

from news.model import Precision, Report, Sentence, TimeExpression
from news.stories.case import Case
from news.stories.holdings import Holdings
from news.words.facts import is_said
from news.words.small_letters import small
from news.words.text import lower_in_place
from news.words.turns import saying_words

__all__ = ["is_later", "later_day"]

_AHEAD = small(
    r"\b(?:will|shall|would|is to|are to|was to|were to|due to|due on|due in|plans? to|plan an?|planned|scheduled|"
    r"set to|set for|expected|intends? to|(?:is|are) [a-z]{2,}ing|must be|prevé|previst[oa]s?|"
    r"va a|van a|[a-záéíóúñ]{3,}(?:ará|erá|irá|arán|erán|irán)|будет|будут|"
    r"планиру\w+|намерен\w*|состоится|запланирован\w*|должн?[аоы]?)\b"
)
_OF_THESE_DAYS = re.compile(r"[Tt]oday['’]s (?!\d)")
"""No day: "a cousin of today's whales"."""

_UNTIL = re.compile(
    r"(?i)\b(?:until|till|through|up to|by|hasta|para|до|к) "
    r"(?:the |el |the end of |midnight on |noon on |ночи на |вечеру )?$"
)
_WEEK = re.compile(r"(?i)day week\b")
_WEEKDAYS = (
    {"monday", "lunes", "понедельник"},
    {"tuesday", "martes", "вторник"},
    {"wednesday", "miercoles", "среду"},
    {"thursday", "jueves", "четверг"},
    {"friday", "viernes", "пятницу"},
    {"saturday", "sabado", "субботу"},
    {"sunday", "domingo", "воскресенье"},
)
_SAYING_WORDS = 3
_BEFORE = 24
_ONE = timedelta(days=1)
_SEVEN = timedelta(days=7)
_MONTH = timedelta(days=31)


def later_day(sentence: Sentence, case: Case, held: Holdings) -> tuple[date | None, bool]:
    """Return a day that the sentence names and that is after all that the story held was published, or None.

    With it, whether it is only the day on which somebody said it; a day of something else goes first.
    """
    said: date | None = None
    for one in case.reading.dates:
        is_own = sentence.start <= one.start < sentence.end
        day = _day_of(one, case) if is_own and one.span.precision is Precision.DAY else None
        start = one.start - sentence.start
        if held.last_on is None or day is None or _OF_THESE_DAYS.match(sentence.text, start):
            continue
        if not _is_after(day, sentence.text, case, held, before=_before(one, sentence)):
            continue
        if saying_words().isdisjoint(sentence.text[:start].casefold().split()[-_SAYING_WORDS:]):
            return day, False
        said = day
    return said, said is not None


def is_later(report: Report, case: Case, held: Holdings) -> bool:
    """Return whether a report is of a day after all that the story held was published."""
    day = report.when.first_on
    if day is None or report.is_background or not is_said(report.when):
        return False
    sentence = next((one for one in case.reading.sentences if one.index == report.sentence), None)
    if sentence is None:
        return _is_after(day, report.quote, case, held)
    own = [one for one in case.reading.dates if sentence.start <= one.start < sentence.end and one.span.first_on == day]
    before = _before(own[0], sentence) if len(own) == 1 else ""
    return _is_after((_day_of(own[0], case) if own else None) or day, report.quote, case, held, before=before)


def _before(one: TimeExpression, sentence: Sentence) -> str:
    start = one.start - sentence.start
    return sentence.text[max(0, start - _BEFORE) : start]


def _day_of(one: TimeExpression, case: Case) -> date | None:
    """Return the day of a time expression; "Friday week" is seven days after the Friday to come."""
    day = one.span.first_on
    if day is None or not _WEEK.search(one.text) or day.year == MAXYEAR:
        return day
    issued_on = case.issued_at.date()
    while day < issued_on:
        day += _SEVEN
    return day + _SEVEN


def _is_after(day: date, text: str, case: Case, held: Holdings, *, before: str = "") -> bool:
    """Return whether a day is after all that the story held was published, and no plan of its.

    What the story has of such a day it can only have announced: once the day has come, it is news that it has.
    """
    if held.last_on is None or day <= held.last_on:
        return False
    is_term = bool(_UNTIL.search(before))
    if day <= case.issued_at.date() and not is_term and not _AHEAD.search(lower_in_place(text)):
        return True
    is_near = (day - held.last_on).days < len(_WEEKDAYS)
    if day in held.days or (is_near and not held.words.isdisjoint(_WEEKDAYS[day.weekday()])):
        return False
    return not _is_named(day, held, is_term=is_term)


def _is_named(day: date, held: Holdings, *, is_term: bool) -> bool:
    """Return whether the story names a day: itself, the last of a span, or, of a term, the day beside it."""
    for span in held.spans:
        first, last = span.first_on, span.last_on
        if first is None or last is None or last - first > _MONTH:
            continue
        if day in {first, last} or (is_term and abs(day - last) <= _ONE):
            return True
    return False
