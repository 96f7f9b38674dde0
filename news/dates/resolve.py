"""Gives each form its place in the calendar: against the article's date, the sentence's tense and the narrative.

With no article date, what hangs on it stays unresolved: a value with X's and no span. Nothing is ever resolved against
a date that neither the caller nor the text gave.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from news.dates.anchors import find_anchor, find_saying_day, is_countable
from news.dates.forms import CLOCK_UNITS, Edge, Form, Length, Origin, Pick, Point, Repeat, Shift, Side, Unit, Vague
from news.dates.narrative import Narrative
from news.dates.picking import Candidates, choose, choose_near_told, choose_weekday
from news.dates.tense import Tense, find_tense
from news.dates.values import (
    UNKNOWN_VALUES,
    Period,
    halved,
    length_value,
    moved,
    narrowed,
    period_of,
    stretch,
    value_of,
)
from news.model import NO_TIME, DateBasis, Precision, TimeSpan

_FALLS_BACK: Final = (Unit.YEAR, Unit.QUARTER)
"""Told units that are counted from the article's date when the text has told nothing yet."""


_BOUND: Final = re.compile(r"\b(?:ended|ending) $")
_COMPARED: Final = re.compile(r"\b(?:compared with|compared to|against|from|than) [^.;]*$")
_COMPARED_REACH: Final = 60

_MID_QUARTER: Final = 45
"""Days before the end of a quarter that lie in its middle: one "ended July 31" is mostly the second."""
_BY: Final = re.compile(r"\b[Bb]y (?:the (?:end|middle|start) of )?$")
_BY_REACH: Final = 24
_HAD: Final = re.compile(r"\b[Hh]ad\b[^.;]*$")

_OPENING: Final = re.compile(r"(?:^|[\n.!?”\"] ?)In $")
_REACH: Final = 8
"""Characters before a date in which such words stand."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """TIMEX3 type and value, and the days meant."""

    type: str
    value: str
    span: TimeSpan


class Resolver:
    """Resolves the forms of one text, in order."""

    def __init__(self, text: str, published_on: date | None, language: str, *, is_history: bool) -> None:
        self._text = text
        self._now = published_on
        self._language = language
        self._narrative = Narrative(is_history=is_history)

    def resolve(self, form: Form, start: int, end: int) -> Resolved | None:
        """Return what a form at ``text[start:end]`` means; None if it is no possible date ("February 31")."""
        self._narrative.at = start
        try:
            return self._resolve(form, start, end)
        except (OverflowError, ValueError):
            return Resolved("DATE", "PAST_REF", NO_TIME) if isinstance(form, Shift) else None

    def _resolve(self, form: Form, start: int, end: int) -> Resolved | None:
        if isinstance(form, Point):
            return self._point(form, start, end)
        if isinstance(form, Shift):
            return self._shift(form, start, end)
        if isinstance(form, Length):
            if form.unit is Unit.MONTH and form.side is Side.NONE:
                self._narrative.quarter = None  # figures "for the nine months" compare with a year, not a quarter
            return Resolved("DURATION", length_value(form.unit, form.count), self._length_span(form, end))
        if isinstance(form, Repeat):
            return Resolved("SET", form.value, NO_TIME)
        return self._vague(form)

    def _vague(self, form: Vague) -> Resolved:
        return Resolved("DATE", form.value, NO_TIME)

    def _unresolved(self, value: str, form: Point | Shift) -> Resolved:
        """Return a value with X's; what follows cannot hang on the dates told before it."""
        self._narrative.forget()
        suffix = _suffix(form)
        return Resolved("TIME" if suffix else "DATE", value + suffix, NO_TIME)

    def _tense(self, start: int, end: int) -> Tense:
        return find_tense(self._text, start, end, self._language)

    # Partial dates

    def _point(self, point: Point, start: int, end: int) -> Resolved | None:
        is_stated = point.year is not None or point.decade is not None or point.century is not None
        candidates = Candidates(point)
        if not candidates.is_possible():
            return None
        period = self._place(point, candidates, start, end)
        if period is None:
            return self._unresolved(candidates.unknown_value(), point)
        basis = DateBasis.STATED if is_stated else DateBasis.RESOLVED
        if point.until_day is not None and period.unit is Unit.DAY:
            self._narrative.tell(period)
            return _ranged(period, point, basis)
        if point.night_into and period.unit is Unit.DAY:
            self._narrative.tell(period)
            return _night_into(period.first, basis)
        if point.nth_week is not None:
            return self._week_of_month(period, point.nth_week, basis)
        if point.week_of:
            period = period_of(Unit.WEEK, period.first)
        if point.ends_quarter:
            period = period_of(Unit.QUARTER, period.last - timedelta(days=_MID_QUARTER))
        if (point.year_shift != -1 or point.quarter is None) and not point.as_told:
            self._tell(period, start)
        return _finished(period, point, basis, self._now)

    def _week_of_month(self, month: Period, number: int, basis: DateBasis) -> Resolved:
        """Return a week counted within a month: "the first week of March" is its first seven days."""
        first = month.last - timedelta(days=6) if number < 0 else month.first + timedelta(days=7 * (number - 1))
        week = period_of(Unit.WEEK, first + timedelta(days=3))
        self._narrative.tell(week)
        return Resolved("DATE", value_of(week), TimeSpan(first, first + timedelta(days=6), Precision.WEEK, basis))

    def _tell(self, period: Period, start: int) -> None:
        """Tell a date, unless it only bounds a period: "the quarter ended Sept. 30"."""
        if _BOUND.search(self._text, max(0, start - _REACH), start):
            return
        self._narrative.tell(period)
        is_old = self._now is not None and self._now.year - period.first.year > 1
        if period.unit is Unit.YEAR and is_old and _OPENING.search(self._text, max(0, start - _REACH), start):
            self._narrative.open_year(period)

    def _place(self, point: Point, candidates: Candidates, start: int, end: int) -> Period | None:
        """Return the period that a partial date means, or None where nothing known places it."""
        if candidates.is_weekday_only:
            return self._weekday(point, start, end)
        year = point.year
        if year is None and point.year_shift is not None and self._now:
            year = self._now.year + point.year_shift
        if year is not None or candidates.needs_no_year:
            return self._of_year(point, candidates, year or 0)
        if point.year_shift is not None:
            return None
        if point.pick in {Pick.TOLD, Pick.AFTER_TOLD, Pick.BEFORE_TOLD}:
            return self._told_point(point, candidates)
        return self._yearless(point, candidates, start, end)

    def _of_year(self, point: Point, candidates: Candidates, year: int) -> Period | None:
        quarter = self._narrative.quarter if point.as_told else None
        return moved(quarter, 4 * (year - quarter.first.year)) if quarter else candidates.of_year(year)

    def _yearless(self, point: Point, candidates: Candidates, start: int, end: int) -> Period | None:
        told = self._narrative.last_within(Unit.YEAR) if self._narrative.is_history else self._narrative.opened
        if told is not None and point.pick is Pick.TENSE:
            return choose_near_told(candidates, told)
        if self._now is None:
            return None
        return choose(candidates, self._now, point.pick, lambda: self._tense_of_point(start, end))

    def _tense_of_point(self, start: int, end: int) -> Tense:
        """Return the tense around a lone month or day; what is to be done by then lies ahead."""
        if self._language == "en" and _BY.search(self._text, max(0, start - _BY_REACH), start):
            is_over = _HAD.search(self._text, max(0, start - _COMPARED_REACH), start)
            return Tense.PAST if is_over else Tense.FUTURE
        return self._tense(start, end)

    def _told_point(self, point: Point, candidates: Candidates) -> Period | None:
        told = self._narrative.last_within(Unit.YEAR)
        if told is None:
            return None
        if point.pick is Pick.TOLD:
            return candidates.of_year(told.first.year)
        pick = Pick.NEXT if point.pick is Pick.AFTER_TOLD else Pick.LAST
        return choose(candidates, told.first, pick, lambda: Tense.NONE)

    def _weekday(self, point: Point, start: int, end: int) -> Period | None:
        weekday = point.weekday or 1
        base = self._now
        if point.pick in {Pick.TOLD, Pick.AFTER_TOLD, Pick.BEFORE_TOLD}:
            told = self._narrative.last_within(Unit.WEEK)
            base = told.first if told else None
        if base is None:
            return None
        if point.week_shift is not None:
            monday = base - timedelta(days=base.weekday()) + timedelta(weeks=point.week_shift)
            return Period(Unit.DAY, monday + timedelta(days=weekday - 1))
        if self._language == "en" and point.pick is Pick.TENSE and self._now:
            base = find_saying_day(self._text, start, end, self._now) or base
        return Period(Unit.DAY, choose_weekday(weekday, base, point.pick, lambda: self._tense(start, end)))

    # Whole units at a distance

    def _shift(self, shift: Shift, start: int, end: int) -> Resolved:
        period = self._shifted(shift, start, end)
        if period is None:
            return self._unresolved(UNKNOWN_VALUES.get(shift.grain or shift.unit, "XXXX"), shift)
        is_aside = self._narrative.is_history and shift.origin is Origin.NOW and not shift.by_story
        if not shift.compares and not is_aside:
            # "a year earlier" only compares, and a history does not move to the day of its writing.
            self._narrative.tell(period)
        return _finished(period, shift, DateBasis.RESOLVED, self._now)

    def _shifted(self, shift: Shift, start: int, end: int) -> Period | None:
        if shift.count is None:
            return None
        if shift.unit is Unit.QUARTER and shift.origin is Origin.TOLD and shift.count == 0:
            return self._quarter_told()
        if (shift.compares or self._is_comparison(shift, start)) and (told := self._quarter_before(shift)):
            return moved(told, shift.count * 4)
        base = self._base(shift)
        if base is None or self._is_loose(shift, start):
            return None
        period = period_of(shift.unit, base)
        if shift.by_tense:
            return self._by_tense(period, start, end)
        return moved(period, shift.count)

    def _is_comparison(self, shift: Shift, start: int) -> bool:
        """Tell whether "last year" is what a figure is held against: "up from $3 million last year"."""
        if shift.unit is not Unit.YEAR or shift.count != -1 or shift.origin is not Origin.NOW or shift.grain:
            return False
        return _COMPARED.search(self._text, max(0, start - _COMPARED_REACH), start) is not None

    def _is_loose(self, shift: Shift, start: int) -> bool:
        """Tell whether "ten days later" hangs on something that no date was told of."""
        if shift.origin is not Origin.TOLD or not shift.count or shift.count < 0 or shift.clock or shift.part:
            return False
        told = self._narrative.list_told()
        return bool(told) and self._language == "en" and not is_countable(self._text, told[-1][0], start)

    def _base(self, shift: Shift) -> date | None:
        if shift.origin is Origin.NOW:
            told = self._narrative.last_within(shift.unit) if self._narrative.is_history and shift.by_story else None
            return told.first if told is not None else self._now
        told = self._narrative.last_within(shift.unit)
        if told is not None and (self._narrative.is_history or not shift.compares or self._now is None):
            return told.first
        return self._now if shift.unit in _FALLS_BACK or shift.clock or shift.part else None

    def _by_tense(self, period: Period, start: int, end: int) -> Period:
        now = self._now or period.first
        if now < period.first and self._tense(start, end) is not Tense.FUTURE:
            return moved(period, -1)
        return period

    def _quarter_told(self, *, before: date | None = None) -> Period | None:
        """Return the quarter that the text speaks of: the last it named that has begun, else the last that was over."""
        told = self._narrative.last_of(Unit.QUARTER, before=before or self._now)
        if told is None and self._now is not None and not self._narrative.is_history:
            return moved(period_of(Unit.QUARTER, self._now), -1)
        return told

    def _quarter_before(self, shift: Shift) -> Period | None:
        """Return the quarter that "a year earlier" compares with, if the narrative is about one."""
        if shift.grain is Unit.QUARTER:
            # Figures are held against a year before when their quarter is over.
            return self._quarter_told(before=period_of(Unit.QUARTER, self._now).first if self._now else None)
        return self._narrative.quarter if shift.count == -1 else None

    # Durations

    def _length_span(self, length: Length, end: int) -> TimeSpan:
        if length.count is None or length.unit is Unit.PERIOD:
            return NO_TIME
        if length.side in {Side.PAST, Side.NEXT} and self._now:
            return _anchored(self._now, length)
        if length.side in {Side.AFTER, Side.BEFORE} and length.unit not in CLOCK_UNITS:
            return self._span_from_told(length, end)
        return NO_TIME

    def _span_from_told(self, length: Length, end: int) -> TimeSpan:
        told = find_anchor(self._text, end, self._narrative.list_told())
        if told is None or length.count is None or length.count % 1:
            return NO_TIME
        steps = int(length.count) if length.side is Side.AFTER else -int(length.count)
        unit = length.unit if length.unit is not Unit.WEEKEND else Unit.WEEK
        period = moved(period_of(unit, told), steps)
        return TimeSpan(period.first, period.last, period.precision, DateBasis.RESOLVED)


def _anchored(now: date, length: Length) -> TimeSpan:
    """Return the days of a duration that ends, or begins, now."""
    count = length.count or 0
    other = stretch(now, length.unit, -count if length.side is Side.PAST else count)
    first, last = min(now, other), max(now, other)
    return TimeSpan(first, last, Precision.DAY if first == last else Precision.SPAN, DateBasis.RESOLVED)


def _ranged(period: Period, point: Point, basis: DateBasis) -> Resolved:
    """Return a range of days of one month; TIMEX3 has one value for it, that of its first day."""
    last = period.first.replace(day=point.until_day or period.first.day)
    return Resolved("DATE", value_of(period), TimeSpan(period.first, last, Precision.SPAN, basis))


def _night_into(day: date, basis: DateBasis) -> Resolved:
    """Return the night that ends on a day; TIMEX3 gives it to the day on which it begins, the span has both."""
    before = day - timedelta(days=1)
    return Resolved("TIME", f"{before.isoformat()}TNI", TimeSpan(before, day, Precision.SPAN, basis))


def _suffix(form: Point | Shift) -> str:
    return f"T{form.clock}" if form.clock else f"T{form.part}" if form.part else ""


def _finished(period: Period, form: Point | Shift, basis: DateBasis, now: date | None) -> Resolved:
    """Put the time of day behind a date's value, and cut its span to the edge that the words name."""
    suffix = _suffix(form) if period.unit is Unit.DAY else ""
    edge = Edge.NONE if suffix else form.edge
    first, last, precision = halved(period, edge, now) if now else narrowed(period, edge)
    return Resolved("TIME" if suffix else "DATE", value_of(period) + suffix, TimeSpan(first, last, precision, basis))
