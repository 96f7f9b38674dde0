"""Which of the many periods that a partial date fits is meant: the Marches, Fridays or summers around the article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from news.dates.forms import Pick, Point, Unit
from news.dates.tense import Tense
from news.dates.values import SEASONS, UNKNOWN_VALUES, Period, days_in

_AGAINST: Final = 4.0
"""A date that the tense speaks against must be this many times nearer than the one that it speaks for."""

_AHEAD: Final = 1.2
"""The same for a date ahead where no tense is to be seen: news looks back."""

_QUARTER_AHEAD: Final = 4.0
"""The same for quarters: figures are told of those that have begun."""

_LONG: Final = 100
"""Days. A lone month belongs to a year told before it; after a told month it may be the next year's."""


_LEAP_YEAR: Final = 2000


@dataclass(frozen=True, slots=True)
class Candidates:
    """The periods that fit a partial date, one a year."""

    point: Point

    @property
    def is_weekday_only(self) -> bool:
        """Whether the words give a weekday and no date."""
        return self.point.weekday is not None and self.point.month is None

    @property
    def needs_no_year(self) -> bool:
        """Whether a decade or century is meant."""
        return self.point.decade is not None or self.point.century is not None

    def is_possible(self) -> bool:
        """Tell whether any year has such a date."""
        day, month = self.point.day, self.point.month
        return day is None or month is None or day <= days_in(self.point.year or _LEAP_YEAR, month)

    def of_year(self, year: int) -> Period | None:
        """Return the one of a year, or None where the year has none (29 February)."""
        point = self.point
        if point.decade is not None:
            return Period(Unit.DECADE, date(point.decade * 10, 1, 1))
        if point.century is not None:
            return Period(Unit.CENTURY, date(point.century * 100, 1, 1))
        if point.holiday:
            return Period(Unit.DAY, holiday(point.holiday, year))
        if point.month is not None and point.day is not None:
            fits = point.day <= days_in(year, point.month)
            return Period(Unit.DAY, date(year, point.month, point.day)) if fits else None
        return _coarse(point, year)

    def unknown_value(self) -> str:
        """Return the TIMEX3 value with X's for what is not known."""
        point = self.point
        if self.is_weekday_only:
            return f"XXXX-WXX-{point.weekday}"
        if point.holiday:
            return f"XXXX-{point.holiday}" if point.holiday[0].isdigit() else UNKNOWN_VALUES[Unit.DAY]
        if point.month is not None:
            return f"XXXX-{point.month:02d}" + (f"-{point.day:02d}" if point.day else "")
        named = f"-Q{point.quarter}" if point.quarter else f"-H{point.half}" if point.half else ""
        return f"XXXX{named or (f'-{point.season}' if point.season else '')}"


def _coarse(point: Point, year: int) -> Period:
    if point.month is not None:
        return Period(Unit.MONTH, date(year, point.month, 1))
    if point.quarter is not None:
        return Period(Unit.QUARTER, date(year, point.quarter * 3 - 2, 1))
    if point.half is not None:
        return Period(Unit.HALF, date(year, point.half * 6 - 5, 1))
    if point.season:
        return Period(Unit.SEASON, date(year, SEASONS[point.season], 1))
    return Period(Unit.YEAR, date(year, 1, 1))


def choose_near_told(candidates: Candidates, told: Period) -> Period | None:
    """Return the period that fits a history best: in the year told last or, after a month, the nearest to it."""
    if told.last.toordinal() - told.first.toordinal() > _LONG:
        return candidates.of_year(told.first.year)
    years = range(told.first.year - 1, told.first.year + 2)
    near = [period for year in years if (period := candidates.of_year(year))]
    return min(near, key=lambda period: abs((period.first - told.first).days), default=None)


def choose(candidates: Candidates, now: date, pick: Pick, tense: Callable[[], Tense]) -> Period | None:
    """Return the period that the determiner, or failing that the tense, points to; without either the last one."""
    if pick is Pick.THIS and not candidates.point.day:
        return candidates.of_year(now.year)
    near = [period for year in range(now.year - 2, now.year + 3) if (period := candidates.of_year(year))]
    near = _on_weekday(near, candidates.point.weekday) or near
    if pick is Pick.LAST:
        return max((period for period in near if _is_last(period, now)), key=_first, default=None)
    if pick is Pick.NEXT:
        return min((period for period in near if period.first > now), key=_first, default=None)
    clause = tense()
    return min(near, key=lambda period: _distance(period, now, clause), default=None)


def _distance(period: Period, now: date, tense: Tense) -> float:
    """Return how far a period is from now in days, made longer where the tense speaks against it.

    A period that has begun counts as past, too: "third-quarter profit" is expected after the quarter has ended.
    """
    if period.first <= now:
        return abs((now - period.last).days) * (_AGAINST if tense is Tense.FUTURE else 1.0)
    ahead = _QUARTER_AHEAD if period.unit is Unit.QUARTER else _AHEAD
    return (period.first - now).days * {Tense.PAST: _AGAINST, Tense.NONE: ahead, Tense.FUTURE: 1.0}[tense]


def _is_last(period: Period, now: date) -> bool:
    """Tell whether "last" may mean a period: the month just over would be "last month", so its name means another."""
    gap = 12 * (now.year - period.first.year) + now.month - period.first.month
    return period.last < now and not (period.unit is Unit.MONTH and gap == 1)


def _first(period: Period) -> date:
    return period.first


def _on_weekday(periods: list[Period], weekday: int | None) -> list[Period]:
    return [period for period in periods if weekday is None or period.first.isoweekday() == weekday]


def choose_weekday(weekday: int, now: date, pick: Pick, tense: Callable[[], Tense]) -> date:
    """Return the day that a lone weekday means: by its determiner, else the last or, in the future tense, the coming.

    The article's own day counts for both tenses: agencies name the weekday of the day they write on.
    """
    back = (now.isoweekday() - weekday) % 7
    if pick in {Pick.LAST, Pick.BEFORE_TOLD}:
        return now - timedelta(days=back or 7)
    if pick in {Pick.NEXT, Pick.AFTER_TOLD}:
        return now + timedelta(days=7 - back)
    if pick is Pick.TOLD:
        return now - timedelta(days=now.weekday()) + timedelta(days=weekday - 1)
    if back and (tense() is Tense.FUTURE or (pick is Pick.THIS and tense() is not Tense.PAST)):
        return now + timedelta(days=7 - back)
    return now - timedelta(days=back)


def easter(year: int) -> date:
    """Return Western Easter Sunday (the anonymous Gregorian computus, Meeus 1991, chapter 8).

    >>> easter(2019)
    datetime.date(2019, 4, 21)
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, odd = divmod(century, 4)
    epact = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quads, left = divmod(rest, 4)
    to_sunday = (32 + 2 * odd + 2 * quads - epact - left) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holiday(key: str, year: int) -> date:
    """Return a holiday's day.

    A key is ``MM-DD``, ``EA`` (Easter, ``EA+1`` is its Monday) or ``TH`` (fourth Thursday of November).
    """
    if key.startswith("EA"):
        return easter(year) + timedelta(days=int(key[2:] or 0))
    if key == "TH":
        first = date(year, 11, 1)
        return first + timedelta(days=(4 - first.isoweekday()) % 7 + 21)
    month, _, day = key.partition("-")
    return date(year, int(month), int(day))
